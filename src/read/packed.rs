//! The driver of packed values. Keys that the packer knows come as the index of their row; bytes that are no packed value are no value.

use super::key::{self, Found};
use super::{Place, Reader, begin, digits_decide, misfit, repeats, short};
use crate::draft::{Cell, Draft, MAX_DEPTH, MAX_ITEMS, NO_SLOT, Owner, ROOT, RecordId, What};
use crate::input::packed::{Broken, Cursor, Name, Token};
use crate::kinds::written;
use crate::table::Record;

/// Reads a value into an empty root; of a list that is too long the items beyond its limit are only counted.
pub(crate) fn checked<'s>(draft: Draft<'s>, bytes: &[u8]) -> Draft<'s> {
    root(draft, bytes, MAX_ITEMS)
}

/// Reads a value into an empty root.
pub(crate) fn value<'s>(draft: Draft<'s>, bytes: &[u8]) -> Draft<'s> {
    root(draft, bytes, usize::MAX)
}

fn root<'s>(draft: Draft<'s>, bytes: &[u8], most: usize) -> Draft<'s> {
    let mut reader = Reader::of(draft, most);
    // The packer writes nothing that is broken; of what is, as much is read as can be.
    let _ = reader.packed_root(&mut Cursor::new(bytes));
    reader.draft
}

/// Reads a value for one row of a record.
pub(crate) fn field<'s>(draft: Draft<'s>, record: RecordId, field: usize, bytes: &[u8]) -> (Draft<'s>, Cell) {
    let Some(row) = draft.spec(record).fields.get(field) else { return (draft, Cell::Absent) };
    let mut reader = Reader::of(draft, usize::MAX);
    let place = Place { record, field: short(field), row };
    // As above.
    let cell = reader.packed_value(&mut Cursor::new(bytes), Some(place), 1).unwrap_or_default();
    (reader.draft, cell)
}

/// Reads a value as a new item of a list: the record stands in no list yet.
pub(crate) fn item<'s>(mut draft: Draft<'s>, spec: &'static Record, bytes: &[u8]) -> (Draft<'s>, RecordId) {
    let record = draft.add_record(spec, Owner::None);
    let mut reader = Reader::of(draft, usize::MAX);
    // As above: the item stays empty.
    let _ = reader.packed_item(&mut Cursor::new(bytes), record, 1);
    (reader.draft, record)
}

/// Reads a single value that no row describes: a cell of a block that is pasted.
pub(crate) fn cell(draft: &mut Draft<'_>, cursor: &mut Cursor<'_>) -> Result<Cell, Broken> {
    let token = cursor.value()?;
    let list = matches!(token, Token::List(_));
    Ok(match token {
        Token::List(_) | Token::Object(_) => {
            let passed = cursor.skip_rest(token, 1)?;
            Cell::Foreign(misfit(if list { What::List } else { What::Object }, passed), NO_SLOT)
        }
        token => scalar(draft, token, true),
    })
}

/// The cell of a value that is no list and no object.
#[inline]
fn scalar(draft: &mut Draft<'_>, token: Token<'_>, digits: bool) -> Cell {
    match token {
        Token::Absent | Token::List(_) | Token::Object(_) => Cell::Absent,
        Token::Null => Cell::Null,
        Token::Bool(flag) => Cell::Bool(flag),
        Token::Number(number) => Cell::Number(number),
        Token::Written(number) if !digits => Cell::Number(written::nearest(number)),
        Token::Written(number) => draft.keep_written(number),
        Token::Text(text) => draft.keep(text),
        Token::TextBy(text, by) => draft.keep(text).text_by(by),
        Token::NumberBy(number, by) => Cell::Entered(number, by),
        Token::Foreign(what, slot) => Cell::Foreign(what, slot),
    }
}

impl Reader<'_> {
    pub(super) fn packed_root(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Broken> {
        match cursor.value()? {
            Token::Object(count) => self.packed_entries(cursor, ROOT, count, 1),
            token => {
                let cell = self.packed_rest(cursor, token, None, 1)?;
                self.odd(ROOT, cell);
                Ok(())
            }
        }
    }

    /// Reads a value for a row, or one that no row describes.
    #[inline]
    pub(super) fn packed_value(
        &mut self,
        cursor: &mut Cursor<'_>,
        place: Option<Place>,
        level: u32,
    ) -> Result<Cell, Broken> {
        let token = cursor.value()?;
        self.packed_rest(cursor, token, place, level)
    }

    fn packed_rest<'b>(
        &mut self,
        cursor: &mut Cursor<'b>,
        token: Token<'b>,
        place: Option<Place>,
        level: u32,
    ) -> Result<Cell, Broken> {
        match token {
            Token::Object(count) => {
                if let Some(record) = place.and_then(|place| self.nested(place)) {
                    self.packed_entries(cursor, record, count, level)?;
                    return Ok(Cell::Record(record));
                }
                let passed = cursor.skip_rest(token, level)?;
                Ok(Cell::Foreign(misfit(What::Object, passed), NO_SLOT))
            }
            Token::List(items) => {
                let Some(list) = place.and_then(|place| self.list(place)) else {
                    let passed = cursor.skip_rest(token, level)?;
                    return Ok(Cell::Foreign(misfit(What::List, passed), NO_SLOT));
                };
                let items = items as usize;
                // Every item takes a byte at least.
                self.draft.expect(list, items.min(self.most).min(cursor.left()));
                for count in 0..items {
                    match self.item(list, count, || (count, items)) {
                        Some(record) => self.packed_item(cursor, record, level + 1)?,
                        None => drop(cursor.skip(level + 1)?),
                    }
                }
                Ok(Cell::List(list))
            }
            token => Ok(scalar(&mut self.draft, token, place.is_some_and(|place| digits_decide(place.row)))),
        }
    }

    fn packed_item(&mut self, cursor: &mut Cursor<'_>, record: RecordId, level: u32) -> Result<(), Broken> {
        if let Some(place) = self.scalar_item(record) {
            let cell = self.packed_value(cursor, Some(place), level)?;
            self.draft.set_cell(record, 0, cell);
            return Ok(());
        }
        let cell = match cursor.value()? {
            Token::Object(count) => return self.packed_entries(cursor, record, count, level),
            token @ Token::List(items) => {
                // A list where an object is meant: of one it is that one, unless that is a list again.
                if items > 1 {
                    let passed = cursor.skip_rest(token, level)?;
                    Cell::Foreign(misfit(What::Many, passed), NO_SLOT)
                } else if items == 0 {
                    self.unwrapped(record);
                    Cell::Absent
                } else {
                    match cursor.value()? {
                        Token::Object(count) => {
                            self.packed_entries(cursor, record, count, level + 1)?;
                            self.unwrapped(record);
                            return Ok(());
                        }
                        only => {
                            let cell = self.packed_rest(cursor, only, None, level + 1)?;
                            if !matches!(cell, Cell::Foreign(What::List | What::Deep | What::Void, _)) {
                                self.unwrapped(record);
                            }
                            cell
                        }
                    }
                }
            }
            token => self.packed_rest(cursor, token, None, level)?,
        };
        self.odd(record, cell);
        Ok(())
    }

    /// Reads the entries of an object.
    fn packed_entries(
        &mut self,
        cursor: &mut Cursor<'_>,
        record: RecordId,
        count: u32,
        level: u32,
    ) -> Result<(), Broken> {
        debug_assert!(level <= MAX_DEPTH);
        let (spec, base, mut keys) = begin(&self.draft, record);
        for _ in 0..count {
            let found = match cursor.key()? {
                Name::Row(row) => Found::Row(usize::from(row)),
                Name::Text(name) => key::find(spec, keys.next, name),
            };
            let (field, key) = match found {
                Found::Row(field) => (field, None),
                Found::Renamed(field, key) => (field, Some(key)),
                Found::Unknown(key) => {
                    let value = self.packed_value(cursor, None, level + 1)?;
                    self.unknown(record, &mut keys, key, value);
                    continue;
                }
            };
            let row = spec.fields.get(field).ok_or(Broken)?;
            let place = Place { record, field: short(field), row };
            let left = self.left;
            let mut value = self.packed_value(cursor, Some(place), level + 1)?;
            if record == ROOT {
                value = self.whole(value, left);
            }
            self.put(record, base, &mut keys, field, key, value);
        }
        if keys.odd {
            repeats::settle(&mut self.draft, record);
        }
        Ok(())
    }
}

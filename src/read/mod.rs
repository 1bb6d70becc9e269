//! Filling a draft by its table: no intermediate tree and no struct per payload. Two drivers, of JSON text and of packed values, move
//! their cursors and put what they find into the draft through the reader that they share. Reading only stores what stands there;
//! which value counts, and what is wrong with it, is decided by `reading`.

mod json;
mod key;
mod packed;
mod repeats;

pub(crate) use json::{json, watched, whole_json};
pub(crate) use packed::{cell, checked, field, item, value};

use crate::draft::{
    Cell, Draft, ListId, MAX_ALL_ITEMS, MAX_ITEMS, NO_SLOT, Owner, ROOT, RecordId, Repeats, Slot, Unknown, What, inner,
};
use crate::input::Part;
use crate::input::json::Passed;
use crate::table::{Field, Kind, Payload, Record};
use crate::watch::{Stage, Ticker};

/// Reads a part of a value as a whole payload.
pub(crate) fn part<'s>(payload: &'static Payload, part: Part<'s>) -> Draft<'s> {
    let mut reader = Reader::of_part(payload, part);
    let read = match part {
        Part::Json(mut json) => reader.json_root(&mut json).map_err(drop),
        Part::Packed(mut cursor) => reader.packed_root(&mut cursor).map_err(drop),
    };
    read.map_or_else(|()| Draft::new(payload, ""), |()| reader.draft)
}

/// Reads a part of a value as the one row of a payload.
pub(crate) fn only_row<'s>(payload: &'static Payload, part: Part<'s>) -> Draft<'s> {
    let mut reader = Reader::of_part(payload, part);
    if let Some(row) = payload.root.fields.first() {
        let place = Some(Place { record: ROOT, field: 0, row });
        let cell = match part {
            Part::Json(mut json) => reader.json_value(&mut json, place, 1).map_err(drop),
            Part::Packed(mut cursor) => reader.packed_value(&mut cursor, place, 1).map_err(drop),
        };
        reader.draft.set_cell(ROOT, 0, cell.unwrap_or_default());
    }
    reader.draft
}

struct Reader<'s> {
    draft: Draft<'s>,
    /// Items of a list beyond so many are counted and not kept.
    most: usize,
    /// So many items may still come in all; `None` when there were more.
    left: Option<usize>,
    ticker: Ticker<'s>,
}

/// The row of a record that a value is read for.
#[derive(Clone, Copy)]
struct Place {
    record: RecordId,
    field: u8,
    row: &'static Field,
}

/// What is known of the keys of an object so far.
#[derive(Default)]
struct Keys {
    /// Bits of the rows that were read already.
    seen: u64,
    /// The row that the next key may be expected to have.
    next: usize,
    /// Some key is no row, was there already, or is spelt in another way.
    odd: bool,
}

impl<'s> Reader<'s> {
    fn of(draft: Draft<'s>, most: usize) -> Self {
        Self { draft, most, left: Some(MAX_ALL_ITEMS), ticker: Ticker::new(None, Stage::Reading) }
    }

    fn of_part(payload: &'static Payload, part: Part<'s>) -> Self {
        let source = if let Part::Json(json) = part { json.text } else { "" };
        Self::of(Draft::new(payload, source), MAX_ITEMS)
    }

    /// The record that an object in this row fills; nothing where the row has no objects.
    fn nested(&mut self, Place { record, field, row }: Place) -> Option<RecordId> {
        let spec = inner(row.kind).filter(|spec| !spec.scalar)?;
        Some(self.draft.add_record(spec, Owner::Field(record, field)))
    }

    /// The list that fills this row; nothing where the row has no lists. An object may come as a list of one.
    fn list(&mut self, Place { record, field, row }: Place) -> Option<ListId> {
        let item = inner(row.kind)?;
        Some(self.draft.add_list(item, record, field))
    }

    /// The next item of a list; nothing where it is only counted.
    fn item(&mut self, list: ListId, count: usize, place: impl FnOnce() -> (usize, usize)) -> Option<RecordId> {
        if count < self.most {
            self.left = self.left.and_then(|left| left.checked_sub(1));
        }
        if count >= self.most || self.left.is_none() {
            self.draft.count_item(list);
            return None;
        }
        self.ticker.tick(|_| place());
        Some(self.draft.push_item(list))
    }

    /// The value that was read for a row of the root since so many items were left: of more than may come in all nothing is kept.
    #[inline]
    fn whole(&mut self, value: Cell, before: Option<usize>) -> Cell {
        if self.left.is_some() {
            return value;
        }
        self.left = before;
        self.draft.release(value);
        Cell::Foreign(What::Excess, NO_SLOT)
    }

    /// The row of an item that is a value and not an object.
    fn scalar_item(&self, record: RecordId) -> Option<Place> {
        let spec = self.draft.spec(record);
        let row = spec.fields.first().filter(|_| spec.scalar)?;
        Some(Place { record, field: 0, row })
    }

    /// An item was given as a list of one.
    #[cold]
    fn unwrapped(&mut self, record: RecordId) {
        self.draft.extras_mut(record).unwrapped = true;
    }

    /// An item, or the root, is no object.
    fn odd(&mut self, record: RecordId, cell: Cell) {
        self.draft.extras_mut(record).odd = Some(cell);
    }

    /// Puts the value of a row where it belongs.
    #[inline]
    fn put(&mut self, record: RecordId, base: u32, keys: &mut Keys, field: usize, key: Option<Box<str>>, value: Cell) {
        let bit = 1_u64 << field;
        keys.next = field + 1;
        if keys.seen & bit == 0 && key.is_none() {
            self.draft.put(base, field, value);
        } else {
            keys.odd = true;
            self.odd_key(record, field, key, value, keys.seen & bit != 0);
        }
        keys.seen |= bit;
    }

    /// A row whose key is spelt in another way, or that stood there already.
    #[cold]
    fn odd_key(&mut self, record: RecordId, field: usize, key: Option<Box<str>>, value: Cell, again: bool) {
        match (key, again) {
            (None, _) => {
                // The exact spelling wins; of two exact ones the later, as in every JSON parser.
                let earlier = self.draft.cell(record, field);
                match self.forget_renaming(record, field) {
                    Some(key) => self.repeat(record, key, earlier, field),
                    None => {
                        self.draft.release(earlier);
                        let name = self.draft.spec(record).fields.get(field).map_or("", |row| row.name);
                        self.repeat(record, name.into(), Cell::Absent, field);
                    }
                }
                self.draft.set_cell(record, field, value);
            }
            (Some(key), true) => self.repeat(record, key, value, field),
            (Some(key), false) => {
                self.draft.set_cell(record, field, value);
                // In the order of the rows, in which they are written back too.
                let renamed = &mut self.draft.extras_mut(record).renamed;
                let at = renamed.partition_point(|(row, _)| usize::from(*row) < field);
                renamed.insert(at, (short(field), key));
            }
        }
    }

    /// A key that the table does not have.
    #[cold]
    fn unknown(&mut self, record: RecordId, keys: &mut Keys, key: Box<str>, value: Cell) {
        keys.odd = true;
        self.draft.extras_mut(record).unknown.push(Unknown { key, value, repeats: None });
    }

    fn repeat(&mut self, record: RecordId, key: Box<str>, value: Cell, field: usize) {
        self.draft.extras_mut(record).unknown.push(Unknown { key, value, repeats: Some(Repeats::Field(short(field))) });
    }

    fn forget_renaming(&mut self, record: RecordId, field: usize) -> Option<Box<str>> {
        let extras = self.draft.extras_mut(record);
        let at = extras.renamed.iter().position(|(row, _)| usize::from(*row) == field);
        let key = at.map(|at| extras.renamed.remove(at).1);
        self.draft.tidy_extras(record);
        key
    }
}

/// A list or object that does not fit its row.
const fn misfit(what: What, passed: Passed) -> What {
    match what {
        _ if passed.deep => What::Deep,
        What::Many if passed.idle => What::VoidMany,
        _ if passed.idle => What::Void,
        what => what,
    }
}

/// Whether the digits of a number decide, and not the double that is nearest.
const fn digits_decide(row: &Field) -> bool {
    matches!(row.kind, Kind::Integer | Kind::Text(_))
}

fn short(field: usize) -> u8 {
    u8::try_from(field).unwrap_or(u8::MAX)
}

/// The keys of a record and the place of its cells.
fn begin(draft: &Draft<'_>, record: RecordId) -> (&'static Record, u32, Keys) {
    let Slot { spec, base, .. } = draft.slot(record);
    (spec, base, Keys::default())
}

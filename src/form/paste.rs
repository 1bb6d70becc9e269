//! Blocks of cells, as they are pasted from a spreadsheet: one batch of changes.

use super::batch::Change;
use super::edit::cleared;
use super::reach::{out_of_range, short, unknown};
use super::{Changes, Form, ListKey, Misuse};
use crate::draft::{By, Cell, Draft, Owner, RecordId};
use crate::input::Packed;
use crate::input::packed::{Cursor, Token};
use crate::kinds::text::trim;
use crate::read as reader;
use crate::reading::{Meant, meant, read};
use crate::table::{Field, Record};

impl Form {
    /// Pastes a block of cells: the items from `index` on get the values of `columns`, and items are added where the list ends. One
    /// batch, one undo. `rows` is a list of lists of values, read as people write them in a sheet. A row in which nothing stands is no
    /// row; a blank in another one clears its cell, and what a row is too short for stays as it is.
    pub fn paste<'v>(
        &mut self,
        pointer: &str,
        index: usize,
        rows: impl Into<Packed<'v>>,
        columns: &[&str],
    ) -> Result<Changes, Misuse> {
        let (batch, _) = self.pasted(pointer, index, &rows.into(), columns)?;
        Ok(self.edit(batch))
    }

    /// The changes of a paste, and how many rows of the block are none because nothing stands in them.
    pub(super) fn pasted(
        &mut self,
        pointer: &str,
        index: usize,
        rows: &Packed<'_>,
        columns: &[&str],
    ) -> Result<(Vec<Change>, usize), Misuse> {
        let (list, spec, len, mut batch) = self.list_at(pointer)?;
        let made = batch.len();
        match self.pasted_rows(pointer, (list, spec, len), index, rows, columns, &mut batch) {
            Ok(blank) if batch.len() > made => Ok((batch, blank)),
            // Not even a list is made for nothing.
            other => {
                self.forget(batch);
                other.map(|blank| (Vec::new(), blank))
            }
        }
    }

    fn pasted_rows(
        &mut self,
        pointer: &str,
        (list, spec, len): (ListKey, &'static Record, usize),
        index: usize,
        rows: &Packed<'_>,
        columns: &[&str],
        batch: &mut Vec<Change>,
    ) -> Result<usize, Misuse> {
        if index > len {
            return Err(out_of_range(&format!("{pointer}/{index}")));
        }
        let mut fields = Vec::new();
        for column in columns {
            let at = if spec.scalar && column.is_empty() { Some(0) } else { spec.find(column) };
            let scalar =
                |at: &usize| spec.fields.get(*at).is_some_and(|field| crate::draft::inner(field.kind).is_none());
            fields.push(at.filter(scalar).ok_or_else(|| unknown(&format!("{pointer}/*/{column}")))?);
        }
        let block = read_block(&mut self.draft, rows)?;
        let mut added = Vec::new();
        let mut blank = 0;
        for (at, row) in block.into_iter().enumerate() {
            let cells = || fields.iter().zip(&row);
            if cells().all(|(_, cell)| is_blank(&self.draft, *cell)) {
                blank += 1;
                continue;
            }
            let at = index + at - blank;
            let existing = self.item(list, at).filter(|_| at < len);
            let record = existing.unwrap_or_else(|| self.draft.add_record(spec, Owner::None));
            if existing.is_none() {
                added.push(record);
            }
            let mut extras = existing.and_then(|record| self.draft.extras(record)).cloned();
            let mut respelt = false;
            for (field, cell) in cells() {
                let cell = match spec.fields.get(*field) {
                    Some(row) => self.meant(*cell, row),
                    None => *cell,
                };
                if existing.is_none() {
                    self.draft.set_cell(record, *field, cell);
                    continue;
                }
                respelt |= extras.as_mut().is_some_and(|extras| cleared(extras, short(*field)));
                let there = self.draft.cell(record, *field);
                if !self.draft.same(cell, there) || self.reads_more(record, *field, cell, there) {
                    batch.push(Change::Set { record, field: short(*field), cell });
                }
            }
            if respelt {
                batch.push(Change::Extras { record, extras: extras.map(Box::new) });
            }
        }
        if !added.is_empty() {
            batch.push(Change::Insert { list, index: len, records: added });
        }
        Ok(blank)
    }

    /// Whether a cell of a sheet says what the same text did not say before it was pasted.
    fn reads_more(&self, record: RecordId, field: usize, pasted: Cell, there: Cell) -> bool {
        let (Cell::Text(new), Cell::Text(old)) = (pasted, there) else { return false };
        let row = self.draft.spec(record).fields.get(field).filter(|_| new.by != old.by);
        let value = |row, cell| read(&self.draft, row, cell, self.options.dialect).value;
        row.is_some_and(|row| value(row, pasted) != value(row, there))
    }

    /// A cell of a sheet as the form has it: the value that a word stands for, else what was typed.
    fn meant(&mut self, cell: Cell, row: &'static Field) -> Cell {
        let cell = self.draft.marked(cell, row.kind, By::Pasting);
        let (text, by) = match meant(&self.draft, row, cell, self.options.dialect) {
            None => return cell,
            Some(Meant::Flag(flag)) => return Cell::Bool(flag),
            Some(Meant::Value(value)) => (value.to_owned(), By::Pasting),
            Some(Meant::Day(day)) => (day.to_string(), By::Counting),
        };
        let cell = self.draft.keep(&text);
        self.draft.marked(cell, row.kind, by)
    }
}

/// The cells of a block. The draft keeps their texts.
fn read_block(draft: &mut Draft<'_>, rows: &Packed<'_>) -> Result<Vec<Vec<Cell>>, Misuse> {
    let mut cursor = Cursor::new(rows.bytes());
    let mut block = Vec::new();
    for _ in 0..list(&mut cursor)? {
        let mut row = Vec::new();
        for _ in 0..list(&mut cursor)? {
            row.push(reader::cell(draft, &mut cursor).map_err(|_| no_block())?);
        }
        block.push(row);
    }
    Ok(block)
}

/// Whether nothing stands in a cell.
fn is_blank(draft: &Draft<'_>, cell: Cell) -> bool {
    match cell {
        Cell::Absent | Cell::Null => true,
        Cell::Text(span) => trim(draft.text(span)).is_empty(),
        _ => false,
    }
}

fn no_block() -> Misuse {
    Misuse::Type("Pasted rows are a list of lists of values.".to_owned())
}

/// The next list of a block, and how many items it has.
fn list(cursor: &mut Cursor<'_>) -> Result<u32, Misuse> {
    match cursor.value() {
        Ok(Token::List(count)) => Ok(count),
        _ => Err(no_block()),
    }
}

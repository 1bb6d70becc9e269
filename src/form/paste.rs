//! Blocks of cells, as they are pasted from a spreadsheet: one batch of changes, whose values come from any serde deserializer.

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

use super::batch::Change;
use super::edit::cleared;
use super::reach::{out_of_range, short, unknown};
use super::{Changes, Form, ListKey, Misuse};
use crate::draft::{By, Cell, NO_SLOT, Owner, RecordId, What};
use crate::kinds::text::trim;
use crate::reading::{Meant, meant, read};
use crate::table::{Field, Record};

impl Form {
    /// Pastes a block of cells: the items from `index` on get the values of `columns`, and items are added where the list ends. One
    /// batch, one undo. `rows` is a list of lists of values, read as people write them in a sheet. A row in which nothing stands is no
    /// row; a blank in another one clears its cell, and what a row is too short for stays as it is.
    pub fn paste<'b, D: Deserializer<'b>>(
        &mut self,
        pointer: &str,
        index: usize,
        rows: D,
        columns: &[&str],
    ) -> Result<Changes, Misuse> {
        let (batch, _) = self.pasted(pointer, index, rows, columns)?;
        Ok(self.edit(batch))
    }

    /// The changes of a paste, and how many rows of the block are none because nothing stands in them.
    pub(super) fn pasted<'b, D: Deserializer<'b>>(
        &mut self,
        pointer: &str,
        index: usize,
        rows: D,
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

    fn pasted_rows<'b, D: Deserializer<'b>>(
        &mut self,
        pointer: &str,
        (list, spec, len): (ListKey, &'static Record, usize),
        index: usize,
        rows: D,
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
        let Ok(rows) = Rows::deserialize(rows) else {
            return Err(Misuse::Type("Pasted rows are a list of lists of values.".to_owned()));
        };
        let mut added = Vec::new();
        let mut blank = 0;
        for (at, row) in rows.0.into_iter().enumerate() {
            let cells = || fields.iter().zip(&row.0);
            if cells().all(|(_, value)| value.is_blank()) {
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
            for (field, value) in cells() {
                let cell = match value {
                    Pasted::Missing => Cell::Absent,
                    Pasted::Null => Cell::Null,
                    Pasted::Bool(flag) => Cell::Bool(*flag),
                    Pasted::Number(number) => Cell::Number(number + 0.0),
                    Pasted::Text(text) => self.draft.keep(text),
                    Pasted::Foreign(what, slot) => Cell::Foreign(*what, *slot),
                };
                let cell = match spec.fields.get(*field) {
                    Some(row) => self.meant(cell, row),
                    None => cell,
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

/// Rows of a pasted block.
struct Rows(Vec<Row>);
struct Row(Vec<Pasted>);

enum Pasted {
    Missing,
    Null,
    Bool(bool),
    Number(f64),
    Text(Box<str>),
    Foreign(What, u32),
}

impl Pasted {
    fn is_blank(&self) -> bool {
        match self {
            Self::Missing | Self::Null => true,
            Self::Text(text) => trim(text).is_empty(),
            Self::Bool(_) | Self::Number(_) | Self::Foreign(..) => false,
        }
    }
}

struct Sequence<T>(core::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Sequence<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element()? {
            all.push(item);
        }
        Ok(all)
    }
}

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Sequence(core::marker::PhantomData)).map(Self)
    }
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Sequence(core::marker::PhantomData)).map(Self)
    }
}

impl<'de> Deserialize<'de> for Pasted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One;
        impl<'de> Visitor<'de> for One {
            type Value = Pasted;

            fn expecting(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.write_str("a value")
            }
            fn visit_none<E>(self) -> Result<Pasted, E> {
                Ok(Pasted::Missing)
            }
            fn visit_unit<E>(self) -> Result<Pasted, E> {
                Ok(Pasted::Null)
            }
            fn visit_bool<E>(self, flag: bool) -> Result<Pasted, E> {
                Ok(Pasted::Bool(flag))
            }
            #[expect(clippy::cast_precision_loss, reason = "a number beyond 2^53 is reported as such")]
            fn visit_i64<E>(self, number: i64) -> Result<Pasted, E> {
                Ok(Pasted::Number(number as f64))
            }
            #[expect(clippy::cast_precision_loss, reason = "a number beyond 2^53 is reported as such")]
            fn visit_u64<E>(self, number: u64) -> Result<Pasted, E> {
                Ok(Pasted::Number(number as f64))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Pasted, E> {
                Ok(Pasted::Number(number))
            }
            fn visit_str<E>(self, text: &str) -> Result<Pasted, E> {
                Ok(Pasted::Text(text.into()))
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Pasted, E> {
                let (what, slot) = crate::read::foreign_parts(bytes);
                Ok(Pasted::Foreign(what, slot))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Pasted, A::Error> {
                while items.next_element::<serde::de::IgnoredAny>()?.is_some() {}
                Ok(Pasted::Foreign(What::List, NO_SLOT))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut entries: A) -> Result<Pasted, A::Error> {
                while entries.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
                Ok(Pasted::Foreign(What::Object, NO_SLOT))
            }
        }
        deserializer.deserialize_any(One)
    }
}

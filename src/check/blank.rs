//! An optional object of nothing but blanks is absent: nothing in it is required, and it is not sent. Its keys are looked at all the
//! same.

use super::place::Place;
use super::{Checker, short};
use crate::draft::{Cell, RecordId};
use crate::reading::{Read, Reading, kind_of, read};
use crate::table::{Field, Kind, Need};

impl<'d> Checker<'d> {
    /// Reads a row's value as it counts: an optional object left blank is absent.
    pub(crate) fn read(&self, field: &Field, cell: Cell) -> Read<'d> {
        let mut read = read(self.draft, field, cell, self.options.dialect);
        if let Reading::Object(record) = read.value
            && !matches!(field.required, Need::Always)
            && self.is_blank_object(record)
        {
            read.value = Reading::Absent;
        }
        read
    }

    /// Whether the members of an object are all missing or blank. A key that is no member does not count.
    fn is_blank_object(&self, record: RecordId) -> bool {
        let (spec, cells) = self.draft.object_cells(record);
        match self.draft.odd(record) {
            Some(odd) => matches!(odd, Cell::Absent | Cell::Null) || self.draft.is_blank_text(odd),
            None => spec.fields.iter().zip(cells).all(|(field, cell)| self.is_blank(field, *cell)),
        }
    }

    fn is_blank(&self, field: &Field, cell: Cell) -> bool {
        match read(self.draft, field, cell, self.options.dialect).value {
            Reading::Absent | Reading::Blank => true,
            Reading::Object(record) => self.is_blank_object(record),
            Reading::List(cell) => self.draft.items(cell).iter().all(|item| self.is_blank_object(item)),
            _ => false,
        }
    }

    /// What is wrong with the keys of an object that counts as absent, and of what is in it.
    pub(super) fn blank_keys(&mut self, field: &Field, cell: Cell) {
        // In a live form the items of a list are checked by themselves.
        let gone_into = self.deep || matches!(kind_of(field, self.options.dialect), Kind::Object(_));
        if !gone_into {
            return;
        }
        let draft = self.draft;
        for record in draft.items(cell).iter() {
            let (spec, cells) = draft.object_cells(record);
            for (at, (field, cell)) in spec.fields.iter().zip(cells).enumerate() {
                if let Some(extras) = draft.extras(record) {
                    self.keys(&mut Place::new(record, short(at)), field, extras, true);
                }
                self.blank_keys(field, *cell);
            }
            if let Some(extras) = draft.extras(record) {
                self.unknown(record, spec, extras, u64::MAX);
            }
        }
    }
}

//! Comparing and weighing what stands in a draft: whether two values are the same as typed, and how much memory one takes.

use super::cell::Slot;
use super::{By, Cell, Draft, Extras, NO_SLOT, RecordId};

impl Draft<'_> {
    /// Whether two values are the same as they were typed, with everything in them.
    pub(crate) fn same(&self, one: Cell, other: Cell) -> bool {
        match (one, other) {
            // A day that a spreadsheet counted is noted until a person writes it, though the date be the same.
            (Cell::Text(one), Cell::Text(other)) => {
                one.len == other.len
                    && (one.by == By::Counting) == (other.by == By::Counting)
                    && self.text(one) == self.text(other)
            }
            (Cell::Record(one), Cell::Record(other)) => self.same_record(one, other),
            (Cell::List(one), Cell::List(other)) => {
                one == other
                    || match (self.list(one), self.list(other)) {
                        (Some(one), Some(other)) => {
                            one.rows.len() == other.rows.len()
                                && one
                                    .rows
                                    .iter()
                                    .zip(other.rows.iter())
                                    .all(|(one, other)| self.same_record(one, other))
                        }
                        _ => false,
                    }
            }
            // Of what is not kept nobody knows what it was.
            (Cell::Foreign(_, NO_SLOT), _) => false,
            // Who wrote a value does not make it another one.
            (Cell::Number(one) | Cell::Entered(one, _), Cell::Number(other) | Cell::Entered(other, _)) => one == other,
            (one, other) => one == other,
        }
    }

    fn same_record(&self, one: RecordId, other: RecordId) -> bool {
        let ((spec, cells), (other_spec, other_cells)) = (self.object_cells(one), self.object_cells(other));
        one == other
            || core::ptr::eq(spec, other_spec)
                && cells.iter().zip(other_cells).all(|(one, other)| self.same(*one, *other))
                && self.same_extras(self.extras(one), self.extras(other))
    }

    /// Whether two records have the same besides the rows of their table.
    pub(crate) fn same_extras(&self, one: Option<&Extras>, other: Option<&Extras>) -> bool {
        let (one, other) = match (one, other) {
            (None, None) => return true,
            (Some(one), Some(other)) => (one, other),
            _ => return false,
        };
        let odd = match (one.odd, other.odd) {
            (Some(one), Some(other)) => self.same(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let unknown = || {
            one.unknown.iter().zip(&other.unknown).all(|(one, other)| {
                one.key == other.key && one.repeats == other.repeats && self.same(one.value, other.value)
            })
        };
        odd && one.unwrapped == other.unwrapped
            && one.renamed == other.renamed
            && one.unknown.len() == other.unknown.len()
            && unknown()
    }

    /// How many bytes a value takes besides its cell.
    pub(crate) fn weight(&self, cell: Cell) -> usize {
        match cell {
            Cell::Text(span) => span.len as usize,
            Cell::Record(record) => self.weight_of_record(record),
            Cell::List(id) => self.list(id).map_or(0, |list| {
                size_of_val(list)
                    + list.rows.iter().map(|row| size_of::<RecordId>() + self.weight_of_record(row)).sum::<usize>()
            }),
            _ => 0,
        }
    }

    fn weight_of_record(&self, record: RecordId) -> usize {
        let cells: usize = self.cells(record).iter().map(|cell| size_of::<Cell>() + self.weight(*cell)).sum();
        size_of::<Slot>() + cells + self.extras(record).map_or(0, |extras| self.weight_of_extras(extras))
    }

    pub(crate) fn weight_of_extras(&self, extras: &Extras) -> usize {
        let unknown = extras.unknown.iter().map(|one| size_of_val(one) + one.key.len() + self.weight(one.value));
        let renamed = extras.renamed.iter().map(|one| size_of_val(one) + one.1.len());
        size_of_val(extras) + unknown.sum::<usize>() + renamed.sum::<usize>()
    }
}

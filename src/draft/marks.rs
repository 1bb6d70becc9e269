//! Marks of who wrote a value. They stand in the cells themselves, so whatever moves, comes back or is checked again keeps its mark;
//! only another value in its place does away with it.

use super::{By, Cell, Draft, RecordId};
use crate::table::Kind;

impl Draft<'_> {
    /// The cell, of a row of this kind, as written by a person, with everything in it.
    pub(crate) fn marked(&mut self, cell: Cell, kind: Kind, by: By) -> Cell {
        match cell {
            Cell::Text(_) => cell.text_by(by),
            Cell::Written(span) => Cell::Written(super::cell::Span { by, ..span }),
            Cell::Number(number) => match (kind, by) {
                (Kind::Text(_), _) | (Kind::Date, By::Pasting) => Cell::Entered(number, by),
                _ => cell,
            },
            Cell::Record(record) => {
                self.mark_record(record, by);
                cell
            }
            Cell::List(_) => {
                for item in self.items(cell).iter().collect::<Vec<_>>() {
                    self.mark_record(item, by);
                }
                cell
            }
            other => other,
        }
    }

    /// Marks everything in a record as written by a person.
    pub(crate) fn mark_record(&mut self, record: RecordId, by: By) {
        for (at, field) in self.spec(record).fields.iter().enumerate() {
            let cell = self.marked(self.cell(record, at), field.kind, by);
            self.set_cell(record, at, cell);
        }
    }
}

//! What was typed, written back in the packed form: values as they were given, keys as they were spelt, nothing lost; in a snapshot
//! with who wrote them.

use super::ask::At;
use super::{Form, Misuse};
use crate::draft::{By, Cell, ROOT, RecordId, Unknown};
use crate::input::as_written;

impl Form {
    /// The whole draft as typed, in the packed form with every key as text.
    pub fn value(&self) -> Vec<u8> {
        let mut out = Vec::new();
        Packer { form: self, marks: false }.record(ROOT, &mut out);
        out
    }

    /// The whole draft in a packed form that says who wrote what: a form that is made of it reads every value as this one does.
    pub fn snapshot(&self) -> Vec<u8> {
        let mut out = Vec::new();
        Packer { form: self, marks: true }.record(ROOT, &mut out);
        out
    }

    /// The value at the pointer as typed, in the packed form with every key as text.
    pub fn get(&self, pointer: &str) -> Result<Vec<u8>, Misuse> {
        let mut out = Vec::new();
        let at = self.cell_at(pointer)?;
        let packer = Packer { form: self, marks: false };
        match at {
            At::Record(record) => packer.record(record, &mut out),
            At::Cell(cell) => packer.cell(cell, &mut out),
        }
        Ok(out)
    }
}

struct Packer<'f> {
    form: &'f Form,
    /// Whether it is written who wrote what.
    marks: bool,
}

impl Packer<'_> {
    fn record(&self, record: RecordId, out: &mut Vec<u8>) {
        let spec = self.form.draft.spec(record);
        let extras = self.form.draft.extras(record);
        if extras.is_some_and(|extras| extras.unwrapped) {
            let empty = extras.is_some_and(|extras| extras.odd == Some(Cell::Absent));
            out.push(6);
            out.extend(count(usize::from(!empty)).to_le_bytes());
            if empty {
                return;
            }
        }
        if let Some(odd) = extras.and_then(|extras| extras.odd) {
            self.cell(odd, out);
            return;
        }
        if spec.scalar {
            self.cell(self.form.draft.cell(record, 0), out);
            return;
        }
        let given = spec
            .fields
            .iter()
            .enumerate()
            .zip(self.form.draft.cells(record))
            .filter(|(_, cell)| **cell != Cell::Absent);
        // Of the same key twice, as only a text can have it, the later counts.
        let again = |unknown: &&Unknown| {
            let row = unknown.of_row().and_then(|at| spec.fields.get(usize::from(at)));
            row.is_some_and(|field| field.name == &*unknown.key)
        };
        let unknown = || extras.into_iter().flat_map(|extras| &extras.unknown).filter(move |unknown| !again(unknown));
        out.push(7);
        out.extend(count(given.clone().count() + unknown().count()).to_le_bytes());
        for ((at, field), cell) in given {
            let renamed =
                extras.into_iter().flat_map(|extras| &extras.renamed).find(|(row, _)| usize::from(*row) == at);
            out.push(0xff);
            text(renamed.map_or(field.name, |(_, key)| key), out);
            self.cell(*cell, out);
        }
        for unknown in unknown() {
            out.push(0xff);
            text(&unknown.key, out);
            self.cell(unknown.value, out);
        }
    }

    fn cell(&self, cell: Cell, out: &mut Vec<u8>) {
        match cell {
            Cell::Absent => out.push(0),
            Cell::Null => out.push(1),
            Cell::Bool(flag) => out.push(if flag { 3 } else { 2 }),
            Cell::Entered(number, by) if self.marks => {
                out.extend([13, by.byte()]);
                out.extend(number.to_le_bytes());
            }
            Cell::Number(number) | Cell::Entered(number, _) => {
                out.push(4);
                out.extend(number.to_le_bytes());
            }
            Cell::Written(span) => as_written(out, self.form.draft.text(span)),
            Cell::Text(span) => {
                if self.marks && span.by != By::Data {
                    out.extend([12, span.by.byte()]);
                } else {
                    out.push(5);
                }
                text(self.form.draft.text(span), out);
            }
            Cell::Record(record) => self.record(record, out),
            Cell::List(_) => {
                let items = self.form.draft.items(cell);
                out.push(6);
                out.extend(count(items.len()).to_le_bytes());
                for item in items.iter() {
                    self.record(item, out);
                }
            }
            Cell::Foreign(what, slot) => {
                out.extend([8, what.byte()]);
                out.extend(slot.to_le_bytes());
            }
        }
    }
}

fn text(text: &str, out: &mut Vec<u8>) {
    out.extend(count(text.len()).to_le_bytes());
    out.extend(text.as_bytes());
}

fn count(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

//! Edits: from a pointer and a value to a batch of small changes. What is there already is no change: it makes no step of the history
//! and no new version.

use super::batch::Change;
use super::reach::{Spot, out_of_range, short, unknown};
use super::{Changes, Form, ListKey, Misuse};
use crate::draft::{By, Cell, Draft, Extras, Owner, ROOT, RecordId, Repeats};
use crate::input::Packed;
use crate::options::Options;
use crate::read;
use crate::table::{Kind, Record};

/// The field of a record that is typed into.
type Typed = (RecordId, u8);

impl Form {
    /// Sets the value at the pointer, as a person typed it: plain writings leave no note. Missing objects and the next item of a list
    /// are made on the way.
    pub fn set<'v>(&mut self, pointer: &str, value: impl Into<Packed<'v>>) -> Result<Changes, Misuse> {
        let (batch, _) = self.putting(pointer, &value.into())?;
        Ok(self.edit(batch))
    }

    /// As `set`, of a field that is being typed into: such edits are one step of the history until anything else is edited.
    pub fn set_typing<'v>(&mut self, pointer: &str, value: impl Into<Packed<'v>>) -> Result<Changes, Misuse> {
        let (batch, field) = self.putting(pointer, &value.into())?;
        Ok(self.edit_as(batch, field))
    }

    /// The changes that set a value, and the field that it stands in where that is one of a record.
    pub(super) fn putting(
        &mut self,
        pointer: &str,
        value: &Packed<'_>,
    ) -> Result<(Vec<Change>, Option<Typed>), Misuse> {
        let (spot, mut batch) = self.make_way(pointer)?;
        let place = match spot {
            Spot::Root => {
                return Ok((self.replacement(value, By::Typing), None));
            }
            Spot::Missing { .. } | Spot::Beside { .. } | Spot::Inside { .. } => return Err(unknown(pointer)),
            Spot::Item { list, record } if !self.draft.spec(record).scalar => {
                self.put_item(list, record, value, &mut batch);
                return Ok((batch, None));
            }
            Spot::Field { record, field } => (record, usize::from(field)),
            Spot::Item { record, .. } => (record, 0),
        };
        let (record, field) = place;
        let (draft, mut cell) = read::field(self.take_draft(), record, field, value.bytes());
        self.draft = draft;
        if let Some(row) = self.draft.spec(record).fields.get(field) {
            cell = self.draft.marked(cell, row.kind, By::Typing);
        }
        let respelt = self.clear_extras(record, field, &mut batch);
        // An item that is no object has nothing in its fields.
        let there = cell == Cell::Absent || self.draft.odd(record).is_none();
        if there && !respelt && self.draft.same(self.draft.cell(record, field), cell) {
            self.draft.release(cell);
            if cell == Cell::Absent {
                // Nothing is made on the way to nothing.
                self.forget(core::mem::take(&mut batch));
            }
        } else {
            batch.push(Change::Set { record, field: short(field), cell });
        }
        Ok((batch, Some((record, short(field)))))
    }

    /// Inserts an item into the list at the pointer, as a person typed it.
    pub fn insert<'v>(
        &mut self,
        pointer: &str,
        index: usize,
        item: Option<impl Into<Packed<'v>>>,
    ) -> Result<Changes, Misuse> {
        let (list, spec, len, mut batch) = self.list_at(pointer)?;
        if index > len {
            self.forget(batch);
            return Err(out_of_range(&format!("{pointer}/{index}")));
        }
        let record = match item {
            Some(item) => self.typed_item(spec, &item.into()),
            None => self.draft.add_record(spec, Owner::None),
        };
        batch.push(Change::Insert { list, index, records: vec![record] });
        Ok(self.edit(batch))
    }

    /// Removes an item from the list at the pointer.
    pub fn remove(&mut self, pointer: &str, index: usize) -> Result<Changes, Misuse> {
        let (list, _, len, mut batch) = self.list_at(pointer)?;
        if index >= len {
            self.forget(batch);
            return Err(out_of_range(&format!("{pointer}/{index}")));
        }
        batch.push(Change::Remove { list, index, count: 1 });
        Ok(self.edit(batch))
    }

    /// Moves an item of the list at the pointer.
    pub fn move_item(&mut self, pointer: &str, from: usize, to: usize) -> Result<Changes, Misuse> {
        let (list, _, len, mut batch) = self.list_at(pointer)?;
        if from >= len || to >= len {
            self.forget(batch);
            return Err(out_of_range(&format!("{pointer}/{}", from.max(to))));
        }
        if from == to {
            self.forget(core::mem::take(&mut batch));
        } else {
            batch.push(Change::Move { list, from, to });
        }
        Ok(self.edit(batch))
    }

    /// Replaces the whole draft by data, of which every lenient reading is noted.
    pub fn replace<'v>(&mut self, value: impl Into<Packed<'v>>) -> Changes {
        let batch = self.replacement(&value.into(), By::Data);
        self.edit(batch)
    }

    pub(super) fn replacement(&mut self, value: &Packed<'_>, by: By) -> Vec<Change> {
        let spec = self.draft.spec(ROOT);
        let before: Vec<Cell> = self.draft.cells(ROOT).to_vec();
        let extras_before = self.draft.take_extras(ROOT);
        for field in 0..spec.fields.len() {
            self.draft.set_cell(ROOT, field, Cell::Absent);
        }
        self.draft = read::value(self.take_draft(), value.bytes());
        if by != By::Data {
            self.draft.mark_record(ROOT, by);
        }
        let cells: Vec<Cell> = self.draft.cells(ROOT).to_vec();
        let extras = self.draft.take_extras(ROOT);
        for (field, cell) in before.iter().enumerate() {
            self.draft.set_cell(ROOT, field, *cell);
        }
        let same = cells.iter().zip(&before).all(|(one, other)| self.draft.same(*one, *other))
            && self.draft.same_extras(extras.as_ref(), extras_before.as_ref());
        if let Some(extras) = extras_before {
            *self.draft.extras_mut(ROOT) = extras;
        }
        let new = Change::Root { cells, extras: extras.map(Box::new) };
        if same {
            self.forget(vec![new]);
            return Vec::new();
        }
        vec![new]
    }

    /// Other options: everything is checked anew.
    pub fn set_options(&mut self, options: Options) -> Changes {
        let session = self.capture_all();
        // The address of a cycle is an item in one dialect and a nested object in the other.
        let regrouped = self.options.dialect.address_list != options.dialect.address_list;
        let remarks = if regrouped { self.all_remarks() } else { Vec::new() };
        // The indexes are keyed by the seed that the form began with.
        self.options = Options { seed: self.options.seed, ..options };
        if regrouped {
            self.regroup_remarks(remarks);
        }
        self.version += 1;
        self.recheck_all(session, regrouped)
    }

    /// Makes the changes; none are no edit.
    pub(super) fn edit(&mut self, batch: Vec<Change>) -> Changes {
        self.edit_as(batch, None)
    }

    fn edit_as(&mut self, batch: Vec<Change>, typing: Option<Typed>) -> Changes {
        if batch.is_empty() {
            return self.unchanged();
        }
        let (changes, inverse) = self.run(batch);
        self.remember(inverse, typing);
        changes
    }

    /// What an edit tells that changes nothing.
    pub(super) fn unchanged(&self) -> Changes {
        Changes { summary: self.summary(), ..Changes::default() }
    }

    /// A new item of a list with what a person typed; it stands in no list yet.
    fn typed_item(&mut self, spec: &'static Record, item: &Packed<'_>) -> RecordId {
        let (draft, record) = read::item(self.take_draft(), spec, item.bytes());
        self.draft = draft;
        self.draft.mark_record(record, By::Typing);
        record
    }

    /// Makes an item what the value is, field by field: it stays the same item.
    fn put_item(&mut self, list: ListKey, record: RecordId, value: &Packed<'_>, batch: &mut Vec<Change>) {
        let spec = self.draft.spec(record);
        let new = self.typed_item(spec, value);
        let extras = self.draft.take_extras(new);
        let alone = self.draft.cell(list.0, usize::from(list.1)) == Cell::Record(record);
        if alone && extras.as_ref().is_some_and(|extras| extras.odd.is_some() || extras.unwrapped) {
            // In the place of a list it would not be an item any more.
            batch.push(self.wrapping(list, spec));
        }
        if !self.draft.same_extras(extras.as_ref(), self.draft.extras(record)) {
            batch.push(Change::Extras { record, extras: extras.map(Box::new) });
        }
        for field in 0..spec.fields.len() {
            let cell = self.draft.cell(new, field);
            self.draft.set_cell(new, field, Cell::Absent);
            if self.draft.same(cell, self.draft.cell(record, field)) {
                self.draft.release(cell);
            } else {
                batch.push(Change::Set { record, field: short(field), cell });
            }
        }
        self.draft.release_record(new);
    }

    /// An edited field stands under its own key, once; tells whether it did not.
    fn clear_extras(&self, record: RecordId, field: usize, batch: &mut Vec<Change>) -> bool {
        let earlier = batch.iter_mut().find_map(|change| match change {
            Change::Extras { record: of, extras } if *of == record => extras.as_deref_mut(),
            _ => None,
        });
        let field = short(field);
        match earlier {
            Some(extras) => cleared(extras, field),
            None => {
                let Some(extras) = self.draft.extras(record) else { return false };
                let mut extras = extras.clone();
                let respelt = cleared(&mut extras, field);
                if respelt {
                    batch.push(Change::Extras { record, extras: Some(Box::new(extras)) });
                }
                respelt
            }
        }
    }

    fn take_draft(&mut self) -> Draft<'static> {
        let hollow = Draft::hollow(self.draft.payload);
        core::mem::replace(&mut self.draft, hollow)
    }

    /// The item of a list at an index.
    pub(crate) fn item(&self, (record, field): ListKey, index: usize) -> Option<RecordId> {
        match self.draft.cell(record, usize::from(field)) {
            Cell::Record(id) => (index == 0).then_some(id),
            Cell::List(id) => self.draft.list(id).and_then(|list| list.rows.get(index)),
            _ => None,
        }
    }

    /// The list at a pointer, made by the batch where it is missing: its items' record, and how many they are.
    pub(super) fn list_at(&mut self, pointer: &str) -> Result<(ListKey, &'static Record, usize, Vec<Change>), Misuse> {
        let not_a_list = || Misuse::Type(format!("The field at {pointer} is not a list."));
        let (spot, mut batch) = self.make_way(pointer)?;
        let found = match spot {
            Spot::Field { record, field } => match self.kind(record, field) {
                Kind::List(spec) => Some(((record, field), spec)),
                _ => None,
            },
            _ => None,
        };
        let Some((list, spec)) = found else {
            self.forget(batch);
            return Err(not_a_list());
        };
        let cell = self.draft.cell(list.0, usize::from(list.1));
        self.grow(list, spec, &mut batch);
        Ok((list, spec, self.draft.items(cell).len(), batch))
    }
}

/// Drops what stands beside a field that is edited: another spelling of its key, a second key of it, and what is no object at all.
pub(super) fn cleared(extras: &mut Extras, field: u8) -> bool {
    let before = (extras.odd.is_some(), extras.renamed.len(), extras.unknown.len());
    extras.make_object();
    extras.renamed.retain(|(row, _)| *row != field);
    extras.unknown.retain(|unknown| unknown.repeats != Some(Repeats::Field(field)));
    before != (false, extras.renamed.len(), extras.unknown.len())
}

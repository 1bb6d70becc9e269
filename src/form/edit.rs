//! Edits: from a pointer and a value to a batch of small changes, each of which has an inverse. Undo is running the inverse batch.

use std::borrow::Cow;

use serde::de::Deserializer;

use super::{Changes, Form, HISTORY, ListKey};
use crate::draft::{By, Cell, Draft, Extras, Owner, ROOT, RecordId, Repeats};
use crate::options::Options;
use crate::read;
use crate::table::{Kind, Record};

/// A call that makes no sense; bad data never does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misuse {
    /// A JavaScript `TypeError`.
    Type(String),
    /// A JavaScript `RangeError`.
    Range(String),
}

impl core::fmt::Display for Misuse {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Type(text) | Self::Range(text) => formatter.write_str(text),
        }
    }
}

impl core::error::Error for Misuse {}

/// The smallest step of an edit.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Set {
        record: RecordId,
        field: u8,
        cell: Cell,
    },
    Extras {
        record: RecordId,
        extras: Option<Box<Extras>>,
    },
    Insert {
        list: ListKey,
        index: usize,
        records: Vec<RecordId>,
    },
    Remove {
        list: ListKey,
        index: usize,
        count: usize,
    },
    Move {
        list: ListKey,
        from: usize,
        to: usize,
    },
    /// A single object that stands for a list becomes a list of one.
    Wrap {
        list: ListKey,
    },
    Unwrap {
        list: ListKey,
    },
    Root {
        cells: Vec<Cell>,
        extras: Option<Box<Extras>>,
    },
}

/// Where a pointer leads.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spot {
    Root,
    Field {
        record: RecordId,
        field: usize,
    },
    Item {
        list: ListKey,
        index: usize,
        record: RecordId,
    },
    /// A row of the table whose object or item is not there.
    Missing {
        spec: &'static Record,
        field: usize,
    },
}

/// The segments of a JSON pointer (RFC 6901).
pub(crate) fn segments(pointer: &str) -> Result<Vec<Cow<'_, str>>, Misuse> {
    if pointer.is_empty() {
        return Ok(Vec::new());
    }
    let Some(rest) = pointer.strip_prefix('/') else {
        return Err(Misuse::Type("A pointer is empty or begins with a slash (RFC 6901).".to_owned()));
    };
    let unescaped = |segment| match segment {
        plain if !str::contains(plain, '~') => Cow::Borrowed(plain),
        escaped => Cow::Owned(escaped.replace("~1", "/").replace("~0", "~")),
    };
    Ok(rest.split('/').map(unescaped).collect())
}

pub(super) fn unknown(pointer: &str) -> Misuse {
    Misuse::Type(format!("The payload has no field at {pointer}."))
}

pub(super) fn out_of_range(pointer: &str) -> Misuse {
    Misuse::Range(format!("The list has no item at {pointer}."))
}

fn list_index(segment: &str) -> Option<usize> {
    let plain = segment == "0" || (!segment.starts_with('0') && segment.bytes().all(|byte| byte.is_ascii_digit()));
    if plain { segment.parse().ok() } else { None }
}

pub(super) fn short(field: usize) -> u8 {
    u8::try_from(field).unwrap_or(u8::MAX)
}

impl Form {
    /// Sets the value at the pointer, as typed; missing objects and the next item of a list are made on the way.
    pub fn set<'b, D: Deserializer<'b>>(&mut self, pointer: &str, value: D) -> Result<Changes, Misuse> {
        let mut batch = Vec::new();
        match self.reach(pointer, Some(&mut batch))? {
            Spot::Root => batch = self.replacement(value, By::Typing),
            Spot::Missing { .. } => return Err(unknown(pointer)),
            Spot::Field { record, field } => self.set_cell(record, field, value, &mut batch),
            Spot::Item { record, .. } if self.draft.spec(record).scalar => self.set_cell(record, 0, value, &mut batch),
            Spot::Item { list, index, record } => {
                let spec = self.draft.spec(record);
                let new = self.typed_item(spec, value);
                batch.push(Change::Remove { list, index, count: 1 });
                batch.push(Change::Insert { list, index, records: vec![new] });
            }
        }
        Ok(self.edit(batch))
    }

    /// Inserts an item into the list at the pointer.
    pub fn insert<'b, D: Deserializer<'b>>(
        &mut self,
        pointer: &str,
        index: usize,
        item: Option<D>,
    ) -> Result<Changes, Misuse> {
        let mut batch = Vec::new();
        let (list, spec, len) = self.list_at(pointer, &mut batch)?;
        if index > len {
            return Err(out_of_range(&format!("{pointer}/{index}")));
        }
        let record = match item {
            Some(item) => self.typed_item(spec, item),
            None => self.draft.add_record(spec, Owner::None),
        };
        batch.push(Change::Insert { list, index, records: vec![record] });
        Ok(self.edit(batch))
    }

    /// Removes an item from the list at the pointer.
    pub fn remove(&mut self, pointer: &str, index: usize) -> Result<Changes, Misuse> {
        let mut batch = Vec::new();
        let (list, _, len) = self.list_at(pointer, &mut batch)?;
        if index >= len {
            return Err(out_of_range(&format!("{pointer}/{index}")));
        }
        batch.push(Change::Remove { list, index, count: 1 });
        Ok(self.edit(batch))
    }

    /// Moves an item of the list at the pointer.
    pub fn move_item(&mut self, pointer: &str, from: usize, to: usize) -> Result<Changes, Misuse> {
        let mut batch = Vec::new();
        let (list, _, len) = self.list_at(pointer, &mut batch)?;
        if from >= len || to >= len {
            return Err(out_of_range(&format!("{pointer}/{}", from.max(to))));
        }
        if from != to {
            batch.push(Change::Move { list, from, to });
        }
        Ok(self.edit(batch))
    }

    /// Replaces the whole draft.
    pub fn replace<'b, D: Deserializer<'b>>(&mut self, value: D) -> Changes {
        let batch = self.replacement(value, By::Data);
        self.edit(batch)
    }

    pub(super) fn replacement<'b, D: Deserializer<'b>>(&mut self, value: D, by: By) -> Vec<Change> {
        let spec = self.draft.spec(ROOT);
        let before: Vec<Cell> = self.draft.cells(ROOT).to_vec();
        let extras = self.draft.take_extras(ROOT);
        for field in 0..spec.fields.len() {
            self.draft.set_cell(ROOT, field, Cell::Absent);
        }
        self.draft = match read::value(self.take_draft(), value) {
            Ok(draft) => draft.unborrowed(),
            Err(_) => Draft::new(self.draft.payload, ""),
        };
        if by != By::Data {
            self.draft.mark_record(ROOT, by);
        }
        let new =
            Change::Root { cells: self.draft.cells(ROOT).to_vec(), extras: self.draft.take_extras(ROOT).map(Box::new) };
        for (field, cell) in before.into_iter().enumerate() {
            self.draft.set_cell(ROOT, field, cell);
        }
        if let Some(extras) = extras {
            *self.draft.extras_mut(ROOT) = extras;
        }
        vec![new]
    }

    /// Other options: everything is checked anew.
    pub fn set_options(&mut self, options: Options) -> Changes {
        let session = self.capture_all();
        // The address of a cycle is an item in one dialect and a nested object in the other.
        let regrouped = self.options.dialect.address_list != options.dialect.address_list;
        self.options = options;
        self.version += 1;
        self.recheck_all(session, regrouped)
    }

    /// Takes back the last edit.
    pub fn undo(&mut self) -> Option<Changes> {
        let batch = self.past.pop()?;
        let (changes, inverse) = self.run(batch);
        self.future.push(inverse);
        Some(changes)
    }

    /// Does the edit again that was taken back last.
    pub fn redo(&mut self) -> Option<Changes> {
        let batch = self.future.pop()?;
        let (changes, inverse) = self.run(batch);
        self.past.push(inverse);
        Some(changes)
    }

    pub(super) fn edit(&mut self, batch: Vec<Change>) -> Changes {
        let (changes, inverse) = self.run(batch);
        self.remember(inverse);
        changes
    }

    /// What an edit tells that changes nothing: it is no step of the history.
    pub(super) fn unchanged(&self) -> Changes {
        Changes { summary: self.summary(), ..Changes::default() }
    }

    /// Puts an edit into the history.
    pub(super) fn remember(&mut self, inverse: Vec<Change>) {
        self.past.push(inverse);
        for dropped in core::mem::take(&mut self.future) {
            self.forget(dropped);
        }
        if self.past.len() > HISTORY {
            let dropped = self.past.remove(0);
            self.forget(dropped);
        }
        self.tidy();
    }

    pub(super) fn tidy(&mut self) {
        let held = self.past.iter_mut().chain(&mut self.future).flatten().flat_map(Change::cells);
        self.draft.compact_when_worth_it(held);
    }

    /// Gives back what only a forgotten step of the history held.
    pub(super) fn forget(&mut self, batch: Vec<Change>) {
        for change in batch {
            match change {
                Change::Set { cell, .. } => self.draft.release(cell),
                Change::Root { cells, .. } => cells.into_iter().for_each(|cell| self.draft.release(cell)),
                Change::Insert { records, .. } => {
                    records.into_iter().for_each(|record| self.draft.release_record(record))
                }
                Change::Remove { .. }
                | Change::Extras { .. }
                | Change::Move { .. }
                | Change::Wrap { .. }
                | Change::Unwrap { .. } => {}
            }
        }
    }

    fn set_cell<'b, D: Deserializer<'b>>(&mut self, record: RecordId, field: usize, value: D, batch: &mut Vec<Change>) {
        let (draft, mut cell) = read::field(self.take_draft(), record, field, value);
        self.draft = draft.unborrowed();
        if let Some(row) = self.draft.spec(record).fields.get(field) {
            cell = self.draft.marked(cell, row.kind, By::Typing);
        }
        self.clear_extras(record, field, batch);
        batch.push(Change::Set { record, field: short(field), cell });
    }

    /// A new item of a list with what a person typed; it stands in no list yet.
    fn typed_item<'b, D: Deserializer<'b>>(&mut self, spec: &'static Record, item: D) -> RecordId {
        let (draft, record) = read::item(self.take_draft(), spec, item);
        self.draft = draft.unborrowed();
        self.draft.mark_record(record, By::Typing);
        record
    }

    /// An edited field stands under its own key, once.
    pub(super) fn clear_extras(&self, record: RecordId, field: usize, batch: &mut Vec<Change>) {
        let Some(extras) = self.draft.extras(record) else { return };
        let field = short(field);
        let mut cleared = extras.clone();
        cleared.make_object();
        cleared.renamed.retain(|(row, _)| *row != field);
        cleared.unknown.retain(|unknown| unknown.repeats != Some(Repeats::Field(field)));
        let same = cleared.odd == extras.odd
            && cleared.renamed.len() == extras.renamed.len()
            && cleared.unknown.len() == extras.unknown.len();
        if !same {
            batch.push(Change::Extras { record, extras: Some(Box::new(cleared)) });
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

    /// The list at a pointer, made by the batch where it is missing.
    pub(super) fn list_at(
        &mut self,
        pointer: &str,
        batch: &mut Vec<Change>,
    ) -> Result<(ListKey, &'static Record, usize), Misuse> {
        let spot = self.reach(pointer, Some(batch))?;
        let Spot::Field { record, field } = spot else {
            return Err(Misuse::Type(format!("The field at {pointer} is not a list.")));
        };
        let Kind::List(spec) = self.kind(record, short(field)) else {
            return Err(Misuse::Type(format!("The field at {pointer} is not a list.")));
        };
        let list = (record, short(field));
        let cell = self.draft.cell(record, field);
        self.grow(list, spec, cell, batch);
        Ok((list, spec, self.draft.items(cell).len()))
    }

    /// Follows a pointer. With a batch, whatever is missing on the way is made by it.
    pub(crate) fn reach(&mut self, pointer: &str, mut make: Option<&mut Vec<Change>>) -> Result<Spot, Misuse> {
        let parts = segments(pointer)?;
        let mut record = ROOT;
        let mut at = 0;
        while let Some(name) = parts.get(at) {
            // What is no object gives way to one; so does a list in a list that stands where an object is meant.
            let odd = |extras: &&Extras| extras.odd.is_some() || (extras.unwrapped && self.item_of(record).is_none());
            if let (Some(batch), Some(extras)) = (make.as_deref_mut(), self.draft.extras(record).filter(odd)) {
                let mut extras = extras.clone();
                extras.make_object();
                extras.unwrapped &= self.item_of(record).is_some();
                batch.push(Change::Extras { record, extras: Some(Box::new(extras)) });
            }
            let spec = self.draft.spec(record);
            let field = spec.find(name).filter(|_| !spec.scalar).ok_or_else(|| unknown(pointer))?;
            at += 1;
            if at == parts.len() {
                return Ok(Spot::Field { record, field });
            }
            let cell = self.draft.cell(record, field);
            match self.kind(record, short(field)) {
                Kind::Object(inner) => match (self.draft.object(cell), make.as_deref_mut()) {
                    (Some(found), _) => record = found,
                    (None, Some(batch)) => {
                        let new = self.draft.add_record(inner, Owner::Field(record, short(field)));
                        batch.push(Change::Set { record, field: short(field), cell: Cell::Record(new) });
                        record = new;
                    }
                    (None, None) => return missing(inner, parts.get(at..).unwrap_or_default(), pointer),
                },
                Kind::List(item) => {
                    let list = (record, short(field));
                    let len = self.draft.items(cell).len();
                    let segment = parts.get(at).map_or("", |part| part);
                    let index = if segment == "-" && make.is_some() { Some(len) } else { list_index(segment) };
                    let index = index.ok_or_else(|| unknown(pointer))?;
                    record = match (self.item(list, index), make.as_deref_mut()) {
                        (Some(found), _) => found,
                        (None, Some(batch)) if index == len => {
                            let new = self.draft.add_record(item, Owner::None);
                            self.grow(list, item, cell, batch);
                            batch.push(Change::Insert { list, index, records: vec![new] });
                            new
                        }
                        _ => return Err(out_of_range(pointer)),
                    };
                    at += 1;
                    if at == parts.len() {
                        return Ok(Spot::Item { list, index, record });
                    }
                }
                _ => return Err(unknown(pointer)),
            }
        }
        Ok(Spot::Root)
    }

    /// Makes a list of what is not one yet.
    fn grow(&mut self, (record, field): ListKey, item: &'static Record, cell: Cell, batch: &mut Vec<Change>) {
        match cell {
            Cell::List(_) => {}
            Cell::Record(_) => batch.push(Change::Wrap { list: (record, field) }),
            _ => {
                let list = self.draft.add_list(item, record, field);
                batch.push(Change::Set { record, field, cell: Cell::List(list) });
            }
        }
    }
}

/// Follows the rest of a pointer through the table alone.
fn missing(mut spec: &'static Record, parts: &[Cow<'_, str>], pointer: &str) -> Result<Spot, Misuse> {
    let mut found: Option<(&'static Record, usize)> = None;
    for part in parts {
        if let Some((outer, field)) = found {
            let Some(Kind::Object(inner)) = outer.fields.get(field).map(|row| row.kind) else {
                return Err(out_of_range(pointer));
            };
            spec = inner;
        }
        found = Some((spec, spec.find(part).ok_or_else(|| unknown(pointer))?));
    }
    let (spec, field) = found.ok_or_else(|| unknown(pointer))?;
    Ok(Spot::Missing { spec, field })
}

impl Change {
    /// The cells that the change holds.
    pub(crate) fn cells(&mut self) -> Vec<&mut Cell> {
        match self {
            Self::Set { cell, .. } => vec![cell],
            Self::Root { cells, extras } => {
                let mut all: Vec<&mut Cell> = cells.iter_mut().collect();
                if let Some(extras) = extras {
                    all.extend(extras.cells());
                }
                all
            }
            Self::Extras { extras: Some(extras), .. } => extras.cells().collect(),
            Self::Extras { extras: None, .. }
            | Self::Insert { .. }
            | Self::Remove { .. }
            | Self::Move { .. }
            | Self::Wrap { .. }
            | Self::Unwrap { .. } => Vec::new(),
        }
    }
}

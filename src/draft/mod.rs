//! The one in-memory form of a payload, whether it came as JSON bytes, as JavaScript values or edit by edit: per object a run of
//! cells, one per row of its table, and per list the ids of its items. Cells hold what was typed; `reading` says what counts.

mod cell;
mod compare;
mod marks;
mod texts;

use rustc_hash::FxHashMap as HashMap;

pub(crate) use cell::{By, Cell, Extras, Items, List, Owner, Repeats, Slot, Unknown, What};

use crate::rows::Rows;
use crate::table::{Kind, Payload, Record};

pub(crate) type RecordId = u32;
pub(crate) type ListId = u32;

/// The root's record.
pub(crate) const ROOT: RecordId = 0;
/// No JavaScript value is kept for a foreign cell.
pub(crate) const NO_SLOT: u32 = u32::MAX;
/// More items than this are `too_many`.
pub(crate) const MAX_ITEMS: usize = 100_000;
/// A payload that comes to more items in all, in lists within lists, is not read whole: its list is `too_many`.
pub(crate) const MAX_ALL_ITEMS: usize = 1 << 20;
/// Nesting deeper than this is `too_deep`.
pub(crate) const MAX_DEPTH: u32 = 32;
/// The source of a draft is not longer than this.
pub(crate) const MAX_SOURCE: usize = texts::MAX_STORE;

/// The values of one payload.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'s> {
    pub(crate) payload: &'static Payload,
    source: &'s str,
    own: String,
    /// How long the own store was when it last held nothing superfluous.
    compact: usize,
    cells: Vec<Cell>,
    records: Vec<Slot>,
    lists: Vec<List>,
    extras: HashMap<RecordId, Extras>,
    /// Records and lists whose cells can be used again.
    free_records: Vec<RecordId>,
    free_lists: Vec<ListId>,
}

static EMPTY: Record = Record::new(&[]);

/// Makes room for so many more, a quarter at a time: a form of many rows shall not hold twice what it needs.
fn grow<T>(items: &mut Vec<T>, more: usize) {
    if items.capacity() - items.len() < more {
        items.reserve_exact(more.max(items.len() / 4).max(64));
    }
}

impl<'s> Draft<'s> {
    /// An empty draft; texts may stand in `source`.
    pub(crate) fn new(payload: &'static Payload, source: &'s str) -> Self {
        let mut draft = Self { source, ..Self::hollow(payload) };
        // In JSON text a value with its key takes some twenty bytes; growing would copy them all.
        draft.cells.reserve(source.len() / 17);
        draft.add_record(payload.root, Owner::None);
        draft
    }

    /// An empty draft with room for a packed value of so many bytes: its texts are copied, and a value is some sixteen bytes long.
    pub(crate) fn for_packed(payload: &'static Payload, bytes: usize) -> Self {
        let mut draft = Self::hollow(payload);
        draft.own.reserve_exact(bytes);
        draft.cells.reserve(bytes / 16);
        draft.add_record(payload.root, Owner::None);
        draft
    }

    /// A draft without even a root, to stand in while the real one is filled.
    pub(crate) fn hollow(payload: &'static Payload) -> Self {
        Self {
            payload,
            source: "",
            own: String::new(),
            compact: 0,
            cells: Vec::new(),
            records: Vec::new(),
            lists: Vec::new(),
            extras: HashMap::default(),
            free_records: Vec::new(),
            free_lists: Vec::new(),
        }
    }

    /// The same draft without a source; nothing was borrowed from it.
    pub(crate) fn unborrowed(self) -> Draft<'static> {
        Draft {
            payload: self.payload,
            source: "",
            own: self.own,
            compact: self.compact,
            cells: self.cells,
            records: self.records,
            lists: self.lists,
            extras: self.extras,
            free_records: self.free_records,
            free_lists: self.free_lists,
        }
    }

    pub(crate) fn add_record(&mut self, spec: &'static Record, owner: Owner) -> RecordId {
        let fits = |id: &RecordId| {
            self.records.get(*id as usize).is_some_and(|slot| slot.spec.fields.len() == spec.fields.len())
        };
        if let Some(at) = self.free_records.iter().rev().take(8).position(fits) {
            let id = self.free_records.swap_remove(self.free_records.len() - 1 - at);
            if let Some(slot) = self.records.get_mut(id as usize) {
                *slot = Slot { spec, base: slot.base, owner };
            }
            return id;
        }
        let base = index(self.cells.len());
        grow(&mut self.cells, spec.fields.len());
        grow(&mut self.records, 1);
        self.cells.resize(self.cells.len() + spec.fields.len(), Cell::Absent);
        self.records.push(Slot { spec, base, owner });
        index(self.records.len() - 1)
    }

    /// Makes room for so many items of a list.
    pub(crate) fn expect(&mut self, list: ListId, count: usize) {
        let Some(item) = self.list(list).map(|list| list.item) else { return };
        grow(&mut self.cells, count * item.fields.len());
        grow(&mut self.records, count);
    }

    pub(crate) fn add_list(&mut self, item: &'static Record, owner: RecordId, field: u8) -> ListId {
        let list = List { item, owner, field, rows: Rows::default(), more: 0 };
        if let Some(id) = self.free_lists.pop() {
            if let Some(slot) = self.lists.get_mut(id as usize) {
                *slot = list;
            }
            return id;
        }
        self.lists.push(list);
        index(self.lists.len() - 1)
    }

    /// Appends a new item to the list.
    pub(crate) fn push_item(&mut self, list: ListId) -> RecordId {
        let item = self.lists.get(list as usize).map_or(&EMPTY, |list| list.item);
        let id = self.add_record(item, Owner::Item(list, 0));
        let block = self.lists.get_mut(list as usize).map_or(0, |list| list.rows.push(id));
        self.own_item(id, list, block);
        id
    }

    /// Counts an item of the list without keeping it.
    pub(crate) fn count_item(&mut self, list: ListId) {
        if let Some(list) = self.lists.get_mut(list as usize) {
            list.more = list.more.saturating_add(1);
        }
    }

    /// Puts a record that stands nowhere into the list; gives the items that came from one block into another.
    pub(crate) fn insert_item(&mut self, list: ListId, index: usize, id: RecordId) -> Vec<(RecordId, u32, u32)> {
        let Self { lists, records, .. } = self;
        let mut moves = Vec::new();
        if let Some(target) = lists.get_mut(list as usize) {
            target.rows.insert(index, id, |moved| {
                if let Some(slot) = records.get_mut(moved.id as usize) {
                    if let Owner::Item(_, before) = slot.owner {
                        moves.push((moved.id, before, moved.block));
                    }
                    slot.owner = Owner::Item(list, moved.block);
                }
            });
        }
        moves
    }

    /// Takes an item out of the list; its record lives on without an owner.
    pub(crate) fn remove_item(&mut self, list: ListId, index: usize) -> Option<RecordId> {
        let id = self.lists.get_mut(list as usize)?.rows.remove(index)?;
        if let Some(slot) = self.records.get_mut(id as usize) {
            slot.owner = Owner::None;
        }
        Some(id)
    }

    /// Tells the records in a cell that they stand in this row now.
    pub(crate) fn adopt(&mut self, record: RecordId, field: u8, cell: Cell) {
        match cell {
            Cell::Record(id) => {
                if let Some(slot) = self.records.get_mut(id as usize) {
                    slot.owner = Owner::Field(record, field);
                }
            }
            Cell::List(id) => {
                let Self { lists, records, .. } = self;
                if let Some(list) = lists.get_mut(id as usize) {
                    (list.owner, list.field) = (record, field);
                    list.rows.each_block(|row, block| {
                        if let Some(slot) = records.get_mut(row as usize) {
                            slot.owner = Owner::Item(id, block);
                        }
                    });
                }
            }
            _ => {}
        }
    }

    /// The single object in a row becomes the only item of a list that stands nowhere yet.
    pub(crate) fn wrap(&mut self, record: RecordId, field: u8, shell: ListId) {
        if let Cell::Record(single) = self.cell(record, usize::from(field)) {
            self.insert_item(shell, 0, single);
            self.set_cell(record, usize::from(field), Cell::List(shell));
            self.adopt(record, field, Cell::List(shell));
        }
    }

    /// The only item of the list in a row stands there alone; gives the list, which stands nowhere then.
    pub(crate) fn unwrap(&mut self, record: RecordId, field: u8) -> Option<ListId> {
        let Cell::List(shell) = self.cell(record, usize::from(field)) else { return None };
        let single = Cell::Record(self.remove_item(shell, 0)?);
        self.set_cell(record, usize::from(field), single);
        self.adopt(record, field, single);
        Some(shell)
    }

    pub(crate) fn take_extras(&mut self, id: RecordId) -> Option<Extras> {
        self.extras.remove(&id)
    }

    fn own_item(&mut self, id: RecordId, list: ListId, block: u32) {
        if let Some(slot) = self.records.get_mut(id as usize) {
            slot.owner = Owner::Item(list, block);
        }
    }

    /// Gives back the cells of a value and of everything in it.
    pub(crate) fn release(&mut self, cell: Cell) {
        match cell {
            Cell::Record(id) => self.release_record(id),
            Cell::List(id) => {
                let Some(list) = self.lists.get_mut(id as usize) else {
                    return;
                };
                let rows = core::mem::take(&mut list.rows);
                for row in rows.iter() {
                    self.release_record(row);
                }
                self.free_lists.push(id);
            }
            _ => {}
        }
    }

    pub(crate) fn release_record(&mut self, id: RecordId) {
        self.empty_record(id);
        self.free_records.push(id);
    }

    /// Takes everything out of a record.
    pub(crate) fn empty_record(&mut self, id: RecordId) {
        let count = self.spec(id).fields.len();
        for field in 0..count {
            let cell = self.cell(id, field);
            self.release(cell);
            self.set_cell(id, field, Cell::Absent);
        }
        if let Some(mut extras) = self.extras.remove(&id) {
            for cell in extras.cells_mut() {
                self.release(*cell);
            }
        }
    }

    pub(crate) fn slot(&self, id: RecordId) -> Slot {
        self.records.get(id as usize).copied().unwrap_or(Slot { spec: &EMPTY, base: 0, owner: Owner::None })
    }

    pub(crate) fn spec(&self, id: RecordId) -> &'static Record {
        self.slot(id).spec
    }

    pub(crate) fn cell(&self, id: RecordId, field: usize) -> Cell {
        self.cells.get(self.slot(id).base as usize + field).copied().unwrap_or_default()
    }

    /// The cells of a record, one per row of its table.
    pub(crate) fn cells(&self, id: RecordId) -> &[Cell] {
        self.object_cells(id).1
    }

    /// What a record is, and its cells.
    pub(crate) fn object_cells(&self, id: RecordId) -> (&'static Record, &[Cell]) {
        let Slot { spec, base, .. } = self.slot(id);
        (spec, self.cells.get(base as usize..base as usize + spec.fields.len()).unwrap_or_default())
    }

    pub(crate) fn set_cell(&mut self, id: RecordId, field: usize, value: Cell) {
        let at = self.slot(id).base as usize + field;
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = value;
        }
    }

    /// Sets the cell of a row of the record whose cells begin at `base`.
    #[inline]
    pub(crate) fn put(&mut self, base: u32, field: usize, value: Cell) {
        if let Some(cell) = self.cells.get_mut(base as usize + field) {
            *cell = value;
        }
    }

    pub(crate) fn list(&self, id: ListId) -> Option<&List> {
        self.lists.get(id as usize)
    }

    pub(crate) fn extras(&self, id: RecordId) -> Option<&Extras> {
        if self.extras.is_empty() { None } else { self.extras.get(&id) }
    }

    pub(crate) fn extras_mut(&mut self, id: RecordId) -> &mut Extras {
        self.extras.entry(id).or_default()
    }

    /// Forgets a record's extras that have become empty.
    pub(crate) fn tidy_extras(&mut self, id: RecordId) {
        if self.extras.get(&id).is_some_and(Extras::is_empty) {
            self.extras.remove(&id);
        }
    }

    /// The value of a key that is no row of the table, or spells one in another way.
    pub(crate) fn beside(&self, id: RecordId, key: &str) -> Cell {
        let Some(extras) = self.extras(id) else { return Cell::Absent };
        match extras.renamed.iter().find(|(_, other)| &**other == key) {
            Some((field, _)) => self.cell(id, usize::from(*field)),
            None => {
                extras.unknown.iter().find(|unknown| &*unknown.key == key).map_or(Cell::Absent, |found| found.value)
            }
        }
    }

    pub(crate) fn odd(&self, id: RecordId) -> Option<Cell> {
        self.extras(id).and_then(|extras| extras.odd)
    }

    /// Whether the cell is a text of nothing but white space.
    pub(crate) fn is_blank_text(&self, cell: Cell) -> bool {
        matches!(cell, Cell::Text(span) if crate::kinds::text::trim(self.text(span)).is_empty())
    }

    /// How many records there are, in lists and out of them.
    pub(crate) fn records(&self) -> usize {
        self.records.len()
    }

    /// The record and row that hold a record: of an item, those of its list.
    pub(crate) fn holder(&self, id: RecordId) -> Option<(RecordId, u8)> {
        match self.slot(id).owner {
            Owner::None => None,
            Owner::Field(record, field) => Some((record, field)),
            Owner::Item(list, _) => self.list(list).map(|list| (list.owner, list.field)),
        }
    }

    /// The index of an item in its list.
    pub(crate) fn item_index(&self, id: RecordId) -> Option<usize> {
        match self.slot(id).owner {
            Owner::Item(list, block) => self.list(list)?.rows.index(id, block),
            Owner::None | Owner::Field(..) => None,
        }
    }

    /// The items that count in a list cell, wrapped where a single object stands for a list.
    pub(crate) fn items(&self, cell: Cell) -> Items<'_> {
        match cell {
            Cell::Record(id) => Items::One(id),
            Cell::List(id) => self.list(id).map_or(Items::None, Items::Many),
            _ => Items::None,
        }
    }

    /// The object that counts in an object cell, unwrapped from a list of one.
    pub(crate) fn object(&self, cell: Cell) -> Option<RecordId> {
        match cell {
            Cell::Record(id) => Some(id),
            Cell::List(id) => self.list(id).filter(|list| list.len() == 1).and_then(|list| list.rows.get(0)),
            _ => None,
        }
    }

    /// Gives back the room that filling the draft left over.
    pub(crate) fn fit(&mut self) {
        self.cells.shrink_to_fit();
        self.records.shrink_to_fit();
        self.own.shrink_to_fit();
    }

    /// How much memory the draft holds, texts left out.
    pub(crate) fn memory(&self) -> usize {
        let rows: usize = self.lists.iter().map(|list| list.rows.len()).sum();
        self.cells.capacity() * size_of::<Cell>()
            + self.records.capacity() * size_of::<Slot>()
            + rows * size_of::<RecordId>()
    }
}

/// The record that a row's objects have, where the row has objects.
pub(crate) fn inner(kind: Kind) -> Option<&'static Record> {
    match kind {
        Kind::Object(record) | Kind::List(record) => Some(record),
        _ => None,
    }
}

/// Sizes in a draft stay far below 2^32: the input is bounded.
fn index(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

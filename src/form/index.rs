//! The indexes of rules over rows: which items of a list have a value, how many have a flag, which items refer to a value of
//! another list. They answer in the time of the items concerned, however long the list is.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::ListKey;
use crate::draft::RecordId;

/// Items that have one value; nearly always one.
#[derive(Clone, Debug)]
pub(crate) enum Group {
    One(RecordId),
    /// A set, because a hundred thousand items may have the same value, and go one after the other.
    Many(Box<HashSet<RecordId>>),
}

impl Group {
    fn members(&self) -> impl Iterator<Item = RecordId> {
        let (one, many) = match self {
            Self::One(id) => (Some(*id), None),
            Self::Many(ids) => (None, Some(ids.iter().copied())),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }

    fn add(&mut self, id: RecordId) {
        match self {
            Self::One(first) => *self = Self::Many(Box::new([*first, id].into_iter().collect())),
            Self::Many(ids) => {
                ids.insert(id);
            }
        }
    }

    /// Takes an item out; tells whether none is left.
    fn remove(&mut self, id: RecordId) -> bool {
        match self {
            Self::One(first) => *first == id,
            Self::Many(ids) => {
                ids.remove(&id);
                if ids.len() == 1
                    && let Some(last) = ids.iter().next()
                {
                    *self = Self::One(*last);
                }
                false
            }
        }
    }
}

/// Items by value, for one rule of one list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    groups: HashMap<u64, Group>,
    /// Items without a readable value.
    pub(crate) unreadable: u32,
}

impl Values {
    pub(crate) fn add(&mut self, key: u64, id: RecordId) {
        self.groups.entry(key).and_modify(|group| group.add(id)).or_insert(Group::One(id));
    }

    pub(crate) fn remove(&mut self, key: u64, id: RecordId) {
        if self.groups.get_mut(&key).is_some_and(|group| group.remove(id)) {
            self.groups.remove(&key);
        }
    }

    pub(crate) fn members(&self, key: u64) -> impl Iterator<Item = RecordId> {
        self.groups.get(&key).into_iter().flat_map(Group::members)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = RecordId> {
        self.groups.values().flat_map(|group| group.members())
    }
}

/// How many items of a list have a flag.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flags {
    pub(crate) raised: u32,
    pub(crate) unreadable: u32,
    pub(crate) items: u32,
}

/// Every index of a form. The number is the rule's place among the rules of the item's record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    pub(crate) unique: HashMap<(ListKey, u8), Values>,
    pub(crate) flags: HashMap<(ListKey, u8), Flags>,
    /// Items that refer to a root list's values, by the list's name.
    pub(crate) referring: HashMap<&'static str, Values>,
    /// The values of the root lists that are referred to.
    pub(crate) referred: HashMap<&'static str, Values>,
}

impl Index {
    pub(crate) fn memory(&self) -> usize {
        let values = self.unique.values().chain(self.referring.values()).chain(self.referred.values());
        values.map(|values| values.groups.capacity() * (size_of::<(u64, Group)>() + 1)).sum()
    }
}

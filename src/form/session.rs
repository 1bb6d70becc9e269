//! One batch while it runs: what it touched as that was before, and what is still to be checked, judged and compared.

use std::collections::VecDeque;
use std::sync::Arc;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::remarks::Remark;
use super::{Changes, ListKey, Shift};
use crate::check::Found;
use crate::draft::RecordId;
use crate::issue::Step;
use crate::states::State;

/// A cluster as it was before the batch touched it.
#[derive(Debug, Default)]
pub(super) struct Before {
    pub(super) found: Vec<Found>,
    pub(super) remarks: Vec<Arc<Remark>>,
    /// Nothing where no edit of the batch can have changed them.
    pub(super) states: Option<Vec<State>>,
    pub(super) path: Vec<Step>,
    /// It was taken out; or put in, after it was taken out or as a new one.
    pub(super) gone: bool,
    pub(super) placed: bool,
}

/// Whether a change can make fields relevant or required that were not, or the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum States {
    Stay,
    MayChange,
}

/// Items that a rule over rows has to judge again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Group {
    /// Items of a list that have this value.
    Unique(ListKey, u8, u64),
    /// Items that refer to this value of the root's list.
    Referring(&'static str, u64),
    /// Every item that refers to the root's list.
    AllReferring(&'static str),
}

/// One batch while it runs.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub(super) before: HashMap<RecordId, Before>,
    /// The clusters of `before` in the order in which they were touched.
    pub(super) order: Vec<RecordId>,
    pub(super) queue: VecDeque<RecordId>,
    /// The clusters that are checked since the queue was lined up.
    pub(super) done: HashSet<RecordId>,
    pub(super) groups: HashSet<Group>,
    /// The groups that are left when every cluster is checked.
    pub(super) judging: Vec<Group>,
    /// Lists that are to be judged as a whole.
    pub(super) lists: HashSet<ListKey>,
    pub(super) moves: Vec<(ListKey, usize, isize)>,
    pub(super) shifted: Vec<Shift>,
    pub(super) edited: Vec<(RecordId, u8)>,
    /// For so many of them the clusters that read them are lined up.
    pub(super) lined_up: usize,
    /// For so many of `moves` refusals are forgotten.
    pub(super) moves_lined_up: usize,
    /// What so many clusters of `order` changed.
    pub(super) changes: Changes,
    pub(super) compared: usize,
    /// Clusters that are in no index now.
    pub(super) unkeyed: HashSet<RecordId>,
    /// Every issue is told, as the options are others.
    pub(super) paths_differ: bool,
    /// Nothing was there before, and nothing is told.
    pub(super) silent: bool,
}

impl Session {
    /// Remembers that a rule over rows has to judge these items again.
    pub(super) fn judge(&mut self, group: Group) {
        self.groups.insert(group);
    }

    /// The index that an item had before the batch began.
    pub(super) fn original(&self, list: ListKey, mut index: usize) -> usize {
        for (_, from, by) in self.moves.iter().rev().filter(|(moved, ..)| *moved == list) {
            let start = from.saturating_add_signed((*by).min(0));
            if index >= start {
                index = index.saturating_add_signed(-by);
            }
        }
        index
    }
}

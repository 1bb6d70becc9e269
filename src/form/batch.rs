//! The small changes that an edit consists of, each of which has an inverse; what they hold, and giving that back once they are
//! forgotten.

use super::{Form, ListKey};
use crate::draft::{Cell, Draft, Extras, ListId, RecordId};

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
    /// A single object that stands for a list becomes the only item of this one.
    Wrap {
        list: ListKey,
        shell: ListId,
    },
    Unwrap {
        list: ListKey,
    },
    Root {
        cells: Vec<Cell>,
        extras: Option<Box<Extras>>,
    },
}

impl Change {
    /// The cells that the change holds.
    pub(crate) fn cells(&mut self) -> Vec<&mut Cell> {
        match self {
            Self::Set { cell, .. } => vec![cell],
            Self::Root { cells, extras } => {
                let mut all: Vec<&mut Cell> = cells.iter_mut().collect();
                if let Some(extras) = extras {
                    all.extend(extras.cells_mut());
                }
                all
            }
            Self::Extras { extras: Some(extras), .. } => extras.cells_mut().collect(),
            Self::Extras { extras: None, .. }
            | Self::Insert { .. }
            | Self::Remove { .. }
            | Self::Move { .. }
            | Self::Wrap { .. }
            | Self::Unwrap { .. } => Vec::new(),
        }
    }

    /// How many bytes the change takes with all that it alone holds.
    pub(super) fn weight(&self, draft: &Draft<'_>) -> usize {
        let held = match self {
            Self::Set { cell, .. } => draft.weight(*cell),
            Self::Insert { records, .. } => {
                records.iter().map(|record| size_of::<RecordId>() + draft.weight(Cell::Record(*record))).sum()
            }
            Self::Root { cells, extras } => {
                let cells: usize = cells.iter().map(|cell| size_of::<Cell>() + draft.weight(*cell)).sum();
                cells + extras.as_deref().map_or(0, |extras| draft.weight_of_extras(extras))
            }
            Self::Extras { extras, .. } => extras.as_deref().map_or(0, |extras| draft.weight_of_extras(extras)),
            Self::Remove { .. } | Self::Move { .. } | Self::Wrap { .. } | Self::Unwrap { .. } => 0,
        };
        size_of::<Self>() + held
    }
}

impl Form {
    /// Gives back what only these changes held: a forgotten step of the history, or an edit that was not made.
    pub(super) fn forget(&mut self, batch: Vec<Change>) {
        for change in batch {
            match change {
                Change::Set { cell, .. } => self.release(cell),
                Change::Root { cells, .. } => cells.into_iter().for_each(|cell| self.release(cell)),
                Change::Insert { records, .. } => {
                    records.into_iter().for_each(|record| self.release(Cell::Record(record)));
                }
                Change::Wrap { shell, .. } => self.draft.release(Cell::List(shell)),
                // Nested values among the extras live as long as their record: other steps may hold them, too.
                Change::Extras { .. } | Change::Remove { .. } | Change::Move { .. } | Change::Unwrap { .. } => {}
            }
        }
    }

    /// Gives back a value with what is said of it.
    fn release(&mut self, cell: Cell) {
        self.forget_remarks(cell);
        self.draft.release(cell);
    }
}

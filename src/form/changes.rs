//! What an edit changed, as the JavaScript interface has it: issues that came and went, states that differ, rows that moved along.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::issue::{Issue, Step, pointer};
use crate::options::{Dialect, Locale};
use crate::states::{FieldState, State, record_rows};
use crate::table::Record;

/// How many issues there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// They block submission.
    pub errors: u32,
    /// They do not.
    pub warnings: u32,
    /// Lenient readings.
    pub notes: u32,
}

/// The items of a list from an index on moved by so many places; their issues and states moved along.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Shift {
    /// The list.
    pub pointer: String,
    /// The first index that moved, before it did.
    pub from: usize,
    /// By how many places.
    pub by: isize,
}

/// What an edit changed. To keep a copy in step: take out `removed` (indexes as they were), apply `shifted` in order, put in `added`
/// and `states` (indexes as they are). Parameters that hold an index (`first`) move along with the rows and are not listed.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Issues that are new.
    pub added: Vec<Issue>,
    /// Issues that are gone.
    pub removed: Vec<Issue>,
    /// Records in which states differ; `states` tells them field by field.
    pub(crate) records: Vec<RecordStates>,
    /// Rows that moved along.
    pub shifted: Vec<Shift>,
    /// The counts after the edit.
    pub summary: Summary,
}

/// The states of one record and its nested objects, after an edit and before it.
#[derive(Clone, Debug)]
pub(crate) struct RecordStates {
    pub(crate) path: Vec<Step>,
    pub(crate) spec: &'static Record,
    pub(crate) dialect: Dialect,
    /// Shorter than `after` where the record is new at its place: then every state is told.
    pub(crate) before: Vec<State>,
    pub(crate) after: Vec<State>,
}

impl RecordStates {
    fn tell(&self, out: &mut Vec<FieldState>) {
        let mut at = 0;
        record_rows(self.spec, self.dialect, &mut |names| {
            let (before, after) = (self.before.get(at), self.after.get(at));
            if let Some(state) = after.filter(|state| before != Some(state)) {
                let mut steps = self.path.clone();
                steps.extend(names.iter().map(|name| Step::Key((*name).into())));
                out.push(state.at(pointer(&steps)));
            }
            at += 1;
        });
    }
}

/// States that differ as they cross to JavaScript: which rows have which states is told once for all records that have the same,
/// for a block of rows that are new has a dozen states in each of them.
#[cfg(feature = "wasm")]
#[derive(Debug, Default, serde::Serialize)]
pub(crate) struct Grouped {
    /// The ends of pointers, with the bits of their states.
    kinds: Vec<Vec<(String, u8)>>,
    /// The beginnings, with the index of their kind.
    records: Vec<(String, usize)>,
}

#[cfg(feature = "wasm")]
impl Grouped {
    pub(crate) fn of(changes: &Changes) -> Self {
        let mut grouped = Self::default();
        let mut known = std::collections::HashMap::new();
        for record in &changes.records {
            let differs = |at: usize| record.after.get(at).filter(|state| record.before.get(at) != Some(state));
            let key: Vec<Option<u8>> =
                (0..record.after.len()).map(|at| differs(at).map(|state| state.bits())).collect();
            let kind = *known.entry((core::ptr::from_ref(record.spec), key)).or_insert_with(|| {
                let mut rows = Vec::new();
                let mut at = 0;
                record_rows(record.spec, record.dialect, &mut |names| {
                    if let Some(state) = differs(at) {
                        let steps: Vec<Step> = names.iter().map(|name| Step::Key((*name).into())).collect();
                        rows.push((pointer(&steps), state.bits()));
                    }
                    at += 1;
                });
                grouped.kinds.push(rows);
                grouped.kinds.len() - 1
            });
            grouped.records.push((pointer(&record.path), kind));
        }
        grouped
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

impl Changes {
    /// The states that differ, of rows that are new all of them.
    pub fn states(&self) -> Vec<FieldState> {
        let mut out = Vec::new();
        for record in &self.records {
            record.tell(&mut out);
        }
        out
    }

    /// The changes in one language; serializes as the JavaScript interface's `Changes`.
    pub fn localized(&self, locale: Locale) -> LocalizedChanges<'_> {
        LocalizedChanges(self, locale)
    }
}

/// Changes in one language.
#[derive(Clone, Copy, Debug)]
pub struct LocalizedChanges<'a>(&'a Changes, Locale);

impl Serialize for LocalizedChanges<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(changes, locale) = self;
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("added", &changes.added.iter().map(|issue| issue.localized(*locale)).collect::<Vec<_>>())?;
        map.serialize_entry(
            "removed",
            &changes.removed.iter().map(|issue| issue.localized(*locale)).collect::<Vec<_>>(),
        )?;
        map.serialize_entry("states", &changes.states())?;
        map.serialize_entry("shifted", &changes.shifted)?;
        map.serialize_entry("summary", &changes.summary)?;
        map.end()
    }
}

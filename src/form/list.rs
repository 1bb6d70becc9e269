//! Asking a form: its issues in the order of the table, paged and filtered; the state of one field; what an upstream refused.

use std::borrow::Cow;

use rustc_hash::FxHashMap as HashMap;

use super::reach::{Spot, segments, short, unknown};
use super::{Changes, Form, ListKey, Misuse, Refused};
use crate::check::{Found, WHOLE};
use crate::draft::{Cell, ROOT, RecordId};
use crate::issue::{Issue, Severity, Step, pointer};
use crate::issues;
use crate::states::{self, FieldState};
use crate::table::Kind;

/// Which issues are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only of this severity.
    pub severity: Option<Severity>,
    /// Only at this pointer or below.
    pub under: Option<String>,
    /// So many are passed over.
    pub offset: usize,
    /// At most so many.
    pub limit: Option<usize>,
}

impl Form {
    /// The issues in the order of the table; what an upstream refused comes first.
    pub fn issues(&self, filter: &Filter) -> Result<Vec<Issue>, Misuse> {
        let under = filter.under.as_deref().map(segments).transpose()?;
        let limit = filter.limit.unwrap_or(usize::MAX);
        let dialect = self.options.dialect;
        let wanted = |severity: Severity| filter.severity.is_none_or(|only| only == severity);
        let refused = self.refusals.iter().map(|refused| &refused.issue);
        let refused =
            refused.filter(|issue| wanted(issue.severity) && is_under(&issue.path, under.as_deref())).cloned();
        let found = self.in_order();
        let found = found.iter().filter(|found| {
            wanted(found.severity)
                && (under.is_none() || is_under(&issues::place(&self.draft, found, dialect), under.as_deref()))
        });
        let found = found.map(|found| issues::issue(&self.draft, found, dialect));
        Ok(refused.chain(found).skip(filter.offset).take(limit).collect())
    }

    /// Every finding, in the order of the table.
    pub(super) fn in_order(&self) -> Vec<Found> {
        let mut lists: HashMap<ListKey, Vec<RecordId>> = HashMap::default();
        let mut seen = rustc_hash::FxHashSet::default();
        for cluster in self.own.keys().chain(self.rows.keys()) {
            let mut cluster = *cluster;
            if !self.told(cluster) {
                continue;
            }
            while let Some(list) = self.item_of(cluster).filter(|_| seen.insert(cluster)) {
                lists.entry(list).or_default().push(cluster);
                cluster = self.cluster_of(list.0);
            }
        }
        for items in lists.values_mut() {
            items.sort_by_cached_key(|item| self.draft.item_index(*item));
        }
        let mut out = Vec::new();
        self.walk(ROOT, &self.findings(ROOT), &lists, &mut out);
        out
    }

    fn walk(&self, record: RecordId, all: &[Found], lists: &HashMap<ListKey, Vec<RecordId>>, out: &mut Vec<Found>) {
        let spec = self.draft.spec(record);
        let whole = |found: &&Found| found.record == record && found.field == WHOLE && found.key.is_none();
        // What is said of an item stands before what is in it; what is said of the payload after.
        if record != ROOT {
            out.extend(all.iter().filter(whole).cloned());
        }
        for (at, field) in (0_u8..).zip(spec.fields) {
            let here = |found: &&Found| found.record == record && found.field == at && found.key.is_none();
            out.extend(all.iter().filter(here).cloned());
            let cell = self.draft.cell(record, usize::from(at));
            match crate::reading::kind_of(field, self.options.dialect) {
                Kind::Object(_) => {
                    if let Some(inner) = self.draft.object(cell) {
                        self.walk(inner, all, lists, out);
                    }
                }
                Kind::List(_) => {
                    for item in lists.get(&(record, at)).into_iter().flatten() {
                        self.walk(*item, &self.findings(*item), lists, out);
                    }
                }
                _ => {}
            }
        }
        if record == ROOT {
            out.extend(all.iter().filter(whole).cloned());
        }
        out.extend(all.iter().filter(|found| found.record == record && found.key.is_some()).cloned());
    }

    /// The states of every field.
    pub fn states(&self) -> Vec<FieldState> {
        states::states(&self.draft, &self.options)
    }

    /// The state of the field at the pointer, and the issues at it.
    pub fn state(&mut self, pointer: &str) -> Result<(FieldState, Vec<Issue>), Misuse> {
        let spot = self.reach(pointer, None)?;
        let holder = match spot {
            Spot::Field { record, .. } => Some(record),
            Spot::Item { record, .. } if self.draft.spec(record).scalar => Some(record),
            Spot::Item { .. } | Spot::Root | Spot::Missing { .. } | Spot::Beside { .. } | Spot::Inside { .. } => None,
        };
        let state = self.state_of(pointer, holder, &spot);
        let under = segments(pointer)?;
        let dialect = self.options.dialect;
        let cluster = holder.map(|record| self.cluster_of(record)).or(match spot {
            Spot::Item { record, .. } => Some(record),
            Spot::Beside { record, .. } | Spot::Inside { record, .. } => Some(self.cluster_of(record)),
            _ => None,
        });
        let found = self.told_of(cluster.unwrap_or(ROOT));
        let at_place = |path: &[Step]| path.len() == under.len() && is_under(path, Some(&under));
        let refused = self.refusals.iter().map(|refused| refused.issue.clone()).filter(|issue| at_place(&issue.path));
        let found = found
            .iter()
            .filter(|found| at_place(&issues::place(&self.draft, found, dialect)))
            .map(|found| issues::issue(&self.draft, found, dialect));
        Ok((state, refused.chain(found).collect()))
    }

    fn state_of(&self, wanted: &str, holder: Option<RecordId>, spot: &Spot) -> FieldState {
        let whole = FieldState { pointer: wanted.to_owned(), relevant: true, required: false, expected: false };
        let cluster = match (holder, spot) {
            (Some(record), _) => self.cluster_of(record),
            // What is signed goes out as it is, with the field.
            (None, Spot::Inside { record, field }) => {
                let mut steps = issues::path(&self.draft, *record, self.options.dialect);
                steps.extend(self.draft.spec(*record).fields.get(*field).map(|row| Step::Key(row.name.into())));
                let spot = Spot::Field { record: *record, field: *field };
                let FieldState { relevant, .. } = self.state_of(&pointer(&steps), Some(*record), &spot);
                return FieldState { relevant, ..whole };
            }
            (None, Spot::Item { record, .. }) => return FieldState { relevant: self.awake(*record), ..whole },
            // The row of an object that is not there: its cluster is that of the nearest object above.
            (None, Spot::Missing { .. }) => return self.missing_state(wanted).unwrap_or(whole),
            // What the document does not have is not sent.
            (None, Spot::Beside { .. }) => return FieldState { relevant: false, ..whole },
            (None, _) => return whole,
        };
        let mut found = Vec::new();
        states::record_states(&self.draft, cluster, &self.options, self.around(cluster), &mut found);
        self.pick(cluster, &found, wanted).unwrap_or(whole)
    }

    fn missing_state(&self, wanted: &str) -> Option<FieldState> {
        let mut found = Vec::new();
        let mut record = ROOT;
        let parts = segments(wanted).ok()?;
        let mut parts = parts.iter().peekable();
        // Down to the innermost item on the way.
        let mut cluster = ROOT;
        while let Some(name) = parts.next() {
            let field = self.draft.spec(record).find(name)?;
            let cell = self.draft.cell(record, field);
            match self.kind(record, u8::try_from(field).ok()?) {
                Kind::List(_) => {
                    let index = parts.next()?.parse().ok()?;
                    record = self.item((record, u8::try_from(field).ok()?), index)?;
                    cluster = record;
                }
                _ => match self.draft.object(cell) {
                    Some(inner) => record = inner,
                    None => break,
                },
            }
        }
        states::record_states(&self.draft, cluster, &self.options, self.around(cluster), &mut found);
        self.pick(cluster, &found, wanted)
    }

    /// The state at a pointer among those of a cluster.
    fn pick(&self, cluster: RecordId, found: &[states::State], wanted: &str) -> Option<FieldState> {
        let base = pointer(&issues::path(&self.draft, cluster, self.options.dialect));
        let rest = wanted.strip_prefix(&base)?;
        let names = segments(rest).ok()?;
        let (mut at, mut picked) = (0, None);
        states::record_rows(self.draft.spec(cluster), self.options.dialect, &mut |row| {
            if row.len() == names.len() && row.iter().zip(&names).all(|(one, other)| one == other) {
                picked = found.get(at).copied();
            }
            at += 1;
        });
        picked.map(|state| state.at(wanted.to_owned()))
    }

    /// The number of items in the list at the pointer.
    pub fn length(&mut self, pointer: &str) -> Result<usize, Misuse> {
        let not_a_list = || Misuse::Type(format!("The field at {pointer} is not a list."));
        match self.reach(pointer, None)? {
            Spot::Field { record, field } => {
                let Kind::List(_) = self.kind(record, short(field)) else {
                    return Err(not_a_list());
                };
                Ok(self.draft.items(self.draft.cell(record, field)).len())
            }
            Spot::Missing { spec, field } => match spec.fields.get(field).map(|row| row.kind) {
                Some(Kind::List(_)) => Ok(0),
                _ => Err(not_a_list()),
            },
            Spot::Root | Spot::Item { .. } | Spot::Beside { .. } | Spot::Inside { .. } => Err(not_a_list()),
        }
    }

    /// An identity of the list item at the pointer that stays while it moves.
    pub fn key_of(&mut self, pointer: &str) -> Result<u32, Misuse> {
        match self.reach(pointer, None)? {
            Spot::Item { record, .. } => Ok(record),
            _ => Err(Misuse::Type(format!("There is no list item at {pointer}."))),
        }
    }

    /// Shows what an upstream answered, in place of what it answered before.
    pub fn refuse(&mut self, refused: Vec<Issue>) -> Changes {
        let removed = core::mem::take(&mut self.refusals).into_iter().map(|refused| refused.issue).collect();
        for issue in &refused {
            let at = match self.reach(&issue.pointer(), None) {
                Ok(Spot::Field { record, field }) => Some((record, short(field))),
                Ok(Spot::Item { record, .. }) => Some((record, 0)),
                Ok(_) | Err(_) => None,
            };
            self.refusals.push(Refused { issue: issue.clone(), at });
        }
        self.version += 1;
        Changes { added: refused, removed, summary: self.summary(), ..Changes::default() }
    }

    /// The whole draft, or the value at the pointer, as typed; written to the sink.
    pub(crate) fn cell_at(&mut self, pointer: &str) -> Result<At, Misuse> {
        Ok(match self.reach(pointer, None) {
            Ok(Spot::Root) => At::Record(ROOT),
            Ok(Spot::Field { record, field }) => At::Cell(self.draft.cell(record, field)),
            Ok(Spot::Item { record, .. }) => At::Record(record),
            Ok(Spot::Beside { record, key }) => {
                let key = segments(pointer)?.into_iter().nth(key).unwrap_or_default();
                At::Cell(self.draft.beside(record, &key))
            }
            // What is signed is one value.
            Ok(Spot::Inside { .. }) => return Err(unknown(pointer)),
            Ok(Spot::Missing { .. }) => At::Cell(Cell::Absent),
            Err(misuse) => return Err(misuse),
        })
    }
}

/// What a pointer of `get` leads to.
pub(crate) enum At {
    Record(RecordId),
    Cell(Cell),
}

/// Whether a path is at the pointer or below it.
fn is_under(path: &[Step], under: Option<&[Cow<'_, str>]>) -> bool {
    let Some(under) = under else { return true };
    path.len() >= under.len()
        && path.iter().zip(under).all(|(step, segment)| match step {
            Step::Key(key) => key == segment,
            Step::Index(index) => segment.parse::<u32>() == Ok(*index),
        })
}

//! Asking a form: its issues in the order of the table, paged and filtered; the state of one field; what is where.

use std::borrow::Cow;

use super::reach::{Spot, segments, unknown};
use super::remarks::Place;
use super::search::{Search, Sink, Told, Way};
use super::{Form, Misuse};
use crate::check::Found;
use crate::draft::{Cell, ROOT, RecordId};
use crate::issue::{Issue, Severity, Step};
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
    /// The issues in the order of the table, at each place the form's own first. It costs what it gives, however many there are.
    pub fn issues(&self, filter: &Filter) -> Result<Vec<Issue>, Misuse> {
        let mut issues = Vec::new();
        self.tell(filter, &mut |told, way| issues.push(self.issue(&told, way)))?;
        Ok(issues)
    }

    /// Gives what is wanted to the sink, one after the other.
    pub(crate) fn tell(&self, filter: &Filter, sink: &mut Sink<'_>) -> Result<(), Misuse> {
        let Filter { severity, under, offset, limit } = filter;
        let search = Search::new(self, *severity, *offset, limit.unwrap_or(usize::MAX), sink);
        let Some(pointer) = under.as_deref() else {
            search.all();
            return Ok(());
        };
        let spot = match self.find(pointer) {
            Ok(spot) => spot,
            // Of a row that is not there, or no longer, nothing is told.
            Err(Misuse::Range(_)) => return Ok(()),
            Err(misuse) => return Err(misuse),
        };
        match spot {
            Spot::Root => search.all(),
            Spot::Item { record, .. } => search.item(record),
            Spot::Field { record, field } => search.row(record, field),
            Spot::Missing { .. } | Spot::Beside { .. } | Spot::Inside { .. } => {
                let (cluster, place) = self.place_of(&spot, &segments(pointer)?);
                let inside = |remark: &Place| match spot {
                    Spot::Missing { .. } => remark.trail.starts_with(&place.trail),
                    _ => remark.trail == place.trail && remark.beyond.starts_with(&place.beyond),
                };
                let under = segments(pointer)?;
                search.picked(cluster, |found| self.is_at(found, &under, false), |remark| inside(&remark.place));
            }
        }
        Ok(())
    }

    /// The issue of what is told.
    pub(crate) fn issue(&self, told: &Told<'_>, way: Way<'_>) -> Issue {
        match told {
            Told::Found(found) => issues::issue_at(&self.draft, found, self.options.dialect, way),
            Told::Remark(cluster, remark) => {
                let path = issues::path_at(&self.draft, *cluster, self.options.dialect, way);
                self.remark_issue(*cluster, path, remark)
            }
        }
    }

    /// Whether a finding is at a place, or, unless it has to be exactly there, below it.
    fn is_at(&self, found: &Found, under: &[Cow<'_, str>], exactly: bool) -> bool {
        // A key that no row has cannot be where another is wanted; there may be very many of them.
        if let (Some(key), Some(last)) = (&found.key, under.last())
            && **key != **last
        {
            return false;
        }
        let path = issues::place(&self.draft, found, self.options.dialect);
        (!exactly || path.len() == under.len()) && is_under(&path, under)
    }

    /// The states of every field.
    pub fn states(&self) -> Vec<FieldState> {
        states::states(&self.draft, &self.options)
    }

    /// The state of the field at the pointer, and the issues at it.
    pub fn state(&self, pointer: &str) -> Result<(FieldState, Vec<Issue>), Misuse> {
        let spot = self.find(pointer)?;
        let segments = segments(pointer)?;
        let (cluster, place) = self.place_of(&spot, &segments);
        let mut issues = Vec::new();
        let mut sink = |told: Told<'_>, way: Way<'_>| issues.push(self.issue(&told, way));
        Search::new(self, None, 0, usize::MAX, &mut sink).picked(
            cluster,
            |found| self.is_at(found, &segments, true),
            |remark| remark.place == place,
        );
        Ok((self.state_at(pointer, &spot, cluster, &place), issues))
    }

    fn state_at(&self, pointer: &str, spot: &Spot, cluster: RecordId, place: &Place) -> FieldState {
        let whole = FieldState { pointer: pointer.to_owned(), relevant: true, required: false, expected: false };
        let state = || {
            let row = states::row_of(self.draft.spec(cluster), self.options.dialect, &place.trail)?;
            self.cluster_states(cluster).get(row).map(|state| state.at(pointer.to_owned()))
        };
        match spot {
            Spot::Root => whole,
            Spot::Item { record, .. } if !self.draft.spec(*record).scalar => {
                FieldState { relevant: self.awake(*record), ..whole }
            }
            // What the document does not have is not sent.
            Spot::Beside { .. } => FieldState { relevant: false, ..whole },
            // What is signed goes out as it is, with the field.
            Spot::Inside { .. } => FieldState { relevant: state().is_none_or(|state| state.relevant), ..whole },
            Spot::Field { .. } | Spot::Item { .. } | Spot::Missing { .. } => state().unwrap_or(whole),
        }
    }

    /// The number of items in the list at the pointer.
    pub fn length(&self, pointer: &str) -> Result<usize, Misuse> {
        match self.find(pointer)? {
            Spot::Field { record, field } if matches!(self.kind(record, field), Kind::List(_)) => {
                Ok(self.draft.items(self.draft.cell(record, usize::from(field))).len())
            }
            Spot::Missing { kind: Kind::List(_), .. } => Ok(0),
            _ => Err(Misuse::Type(format!("The field at {pointer} is not a list."))),
        }
    }

    /// An identity of the list item at the pointer that stays while it moves.
    pub fn key_of(&self, pointer: &str) -> Result<u32, Misuse> {
        match self.find(pointer)? {
            Spot::Item { record, .. } => Ok(record),
            _ => Err(Misuse::Type(format!("There is no list item at {pointer}."))),
        }
    }

    /// The whole draft, or the value at the pointer, as typed.
    pub(crate) fn cell_at(&self, pointer: &str) -> Result<At, Misuse> {
        Ok(match self.find(pointer)? {
            Spot::Root => At::Record(ROOT),
            Spot::Field { record, field } => At::Cell(self.draft.cell(record, usize::from(field))),
            Spot::Item { record, .. } => At::Record(record),
            Spot::Beside { record, key } => {
                let key = segments(pointer)?.into_iter().nth(key).unwrap_or_default();
                At::Cell(self.draft.beside(record, &key))
            }
            Spot::Missing { .. } => At::Cell(Cell::Absent),
            // What is signed is one value.
            Spot::Inside { .. } => return Err(unknown(pointer)),
        })
    }
}

/// What a pointer of `get` leads to.
pub(crate) enum At {
    Record(RecordId),
    Cell(Cell),
}

/// Whether a path is at the pointer or below it.
fn is_under(path: &[Step], under: &[Cow<'_, str>]) -> bool {
    path.len() >= under.len()
        && path.iter().zip(under).all(|(step, segment)| match step {
            Step::Key(key) => key == segment,
            Step::Index(index) => segment.parse::<u32>() == Ok(*index),
        })
}

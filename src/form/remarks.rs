//! What others say of the draft: an upstream's refusals, which stand until their field is edited, and a front end's own findings, which
//! stand until it replaces them. A remark stands at a row or a field of a *record*, so it moves along with it, goes with it, and is there
//! again when the row comes back. It is told while its place is relevant; it neither hides findings nor is hidden by them.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use super::reach::{Spot, segments};
use super::session::{Session, States};
use super::{Changes, Form, Misuse};
use crate::draft::{Cell, ROOT, RecordId};
use crate::issue::{Code, Given, Issue, Params, Says, Severity, Step};
use crate::states;
use crate::table::Record;

/// A finding of the front end's own.
#[derive(Clone, Debug)]
pub struct Finding<'f> {
    /// Where.
    pub pointer: &'f str,
    /// What it says, in the language of the page.
    pub message: &'f str,
    /// An error or a warning.
    pub severity: Severity,
    /// A stable word, by default `attached`.
    pub code: Option<&'f str>,
}

/// The place of a remark in its cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The rows that lead there from the cluster's record; none for the cluster as a whole.
    pub(super) trail: Vec<u8>,
    /// Steps beyond what the table knows: an unknown key, or into what is signed.
    pub(super) beyond: Vec<Step>,
}

impl Place {
    /// Whether it is the cluster as a whole.
    pub(super) fn is_whole(&self) -> bool {
        self.trail.is_empty() && self.beyond.is_empty()
    }
}

/// One remark.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Remark {
    pub(super) place: Place,
    /// The source, in the order in which sources were used first; an upstream is 0.
    source: u32,
    /// Without a path.
    issue: Issue,
}

impl Remark {
    pub(crate) fn is_refusal(&self) -> bool {
        self.source == 0
    }

    pub(crate) fn severity(&self) -> Severity {
        self.issue.severity
    }
}

/// All remarks, told or not.
#[derive(Clone, Debug, Default)]
pub(super) struct Remarks {
    /// By the clusters that they stand in, there in the order of their places and sources.
    by_cluster: HashMap<RecordId, Vec<Arc<Remark>>>,
    sources: Vec<Box<str>>,
}

impl Remarks {
    pub(super) fn is_empty(&self) -> bool {
        self.by_cluster.is_empty()
    }

    /// Adds remarks; at one place they stand in the order of their sources.
    fn add(&mut self, added: Vec<(RecordId, Arc<Remark>)>) {
        let mut clusters = Vec::new();
        for (cluster, remark) in added {
            self.by_cluster.entry(cluster).or_default().push(remark);
            clusters.push(cluster);
        }
        clusters.sort_unstable();
        clusters.dedup();
        for cluster in clusters {
            if let Some(all) = self.by_cluster.get_mut(&cluster) {
                all.sort_by(|one, other| (&one.place.trail, one.source).cmp(&(&other.place.trail, other.source)));
            }
        }
    }

    /// Takes out those of one source; gives them by the clusters in which they stood.
    fn take(&mut self, source: u32) -> HashMap<RecordId, VecDeque<Arc<Remark>>> {
        let mut taken: HashMap<RecordId, VecDeque<Arc<Remark>>> = HashMap::default();
        self.by_cluster.retain(|cluster, all| {
            let own: VecDeque<Arc<Remark>> = all.extract_if(.., |remark| remark.source == source).collect();
            if !own.is_empty() {
                taken.insert(*cluster, own);
            }
            !all.is_empty()
        });
        taken
    }

    fn number(&mut self, source: &str) -> u32 {
        let at = self.sources.iter().position(|other| &**other == source).unwrap_or_else(|| {
            self.sources.push(source.into());
            self.sources.len() - 1
        });
        u32::try_from(at + 1).unwrap_or(u32::MAX)
    }
}

impl Form {
    /// Shows what an upstream answered, in place of what it answered before: at the fields, until they are edited. What is about a place
    /// that the form does not have stands at the nearest one that it has.
    pub fn refuse(&mut self, refused: Vec<Issue>) -> Changes {
        let mut all = Vec::new();
        for mut issue in refused {
            let (cluster, place, whole) = self.nearest(&issue.path);
            if !whole {
                (issue.payload, issue.inner) = (self.draft.payload, 0);
            }
            issue.path.clear();
            all.push((cluster, Remark { place, source: 0, issue }));
        }
        self.replace_remarks(0, all)
    }

    /// Shows a front end's own findings, in place of those that it attached under the same name before. They count like the form's own.
    pub fn attach(&mut self, source: &str, findings: &[Finding<'_>]) -> Result<Changes, Misuse> {
        let number = Arc::make_mut(&mut self.remarks).number(source);
        let mut all = Vec::with_capacity(findings.len());
        for finding in findings {
            if finding.severity == Severity::Note {
                return Err(Misuse::Type("A finding that is attached is an error or a warning.".to_owned()));
            }
            let (cluster, place) = self.place_at(finding.pointer)?;
            let given = Given {
                code: finding.code.unwrap_or(Code::Attached.as_str()).into(),
                source: source.into(),
                message: finding.message.into(),
            };
            let issue = Issue {
                path: Vec::new(),
                code: Code::Attached,
                severity: finding.severity,
                rule: Cow::Borrowed(Code::Attached.as_str()),
                params: Params::None,
                says: Says::Given(Box::new(given)),
                payload: self.draft.payload,
                inner: 0,
            };
            all.push((cluster, Remark { place, source: number, issue }));
        }
        Ok(self.replace_remarks(number, all))
    }

    fn replace_remarks(&mut self, source: u32, all: Vec<(RecordId, Remark)>) -> Changes {
        let mut before = Arc::clone(&self.remarks);
        let remarks = Arc::make_mut(&mut self.remarks);
        let mut old = remarks.take(source);
        let mut clusters: Vec<RecordId> = old.keys().copied().chain(all.iter().map(|(cluster, _)| *cluster)).collect();
        // What is said again is the same remark, and no change.
        let mut now = Vec::with_capacity(all.len());
        let mut new = false;
        for (cluster, remark) in all {
            let said = old.get_mut(&cluster).and_then(|said| {
                let at = said.iter().position(|other| **other == remark)?;
                said.remove(at)
            });
            new |= said.is_none();
            now.push((cluster, said.unwrap_or_else(|| Arc::new(remark))));
        }
        if !new && old.values().all(VecDeque::is_empty) {
            core::mem::swap(&mut self.remarks, &mut before);
            return self.unchanged();
        }
        remarks.add(now);
        clusters.sort_unstable();
        clusters.dedup();
        clusters.retain(|cluster| self.attached(*cluster));
        let mut session = Session::default();
        for cluster in clusters {
            self.capture(cluster, States::Stay, &mut session);
            self.refind(cluster, |form| form.retell(cluster));
        }
        self.version += 1;
        self.difference(session)
    }

    /// What is told of the remarks in a cluster.
    pub(super) fn told_remarks(&self, cluster: RecordId) -> &[Arc<Remark>] {
        match self.told_remarks.get(&cluster) {
            Some(told) if self.told(cluster) => told,
            _ => &[],
        }
    }

    /// Decides which remarks of a cluster are told now.
    pub(super) fn retell(&mut self, cluster: RecordId) {
        let Some(all) = self.remarks.by_cluster.get(&cluster) else {
            if !self.told_remarks.is_empty() {
                self.told_remarks.remove(&cluster);
            }
            return;
        };
        let states = self.cluster_states(cluster);
        let spec = self.draft.spec(cluster);
        let relevant = |remark: &&Arc<Remark>| {
            let trail = &remark.place.trail;
            trail.is_empty()
                || states::row_of(spec, self.options.dialect, trail)
                    .and_then(|row| states.get(row))
                    .is_some_and(|state| state.relevant())
        };
        let told: Vec<Arc<Remark>> =
            if self.awake(cluster) { all.iter().filter(relevant).cloned().collect() } else { Vec::new() };
        if told.is_empty() {
            self.told_remarks.remove(&cluster);
        } else {
            self.told_remarks.insert(cluster, told);
        }
    }

    /// The issue of a remark in the cluster whose path is given.
    pub(super) fn remark_issue(&self, cluster: RecordId, mut path: Vec<Step>, remark: &Remark) -> Issue {
        let mut spec: Option<&'static Record> = Some(self.draft.spec(cluster));
        for row in &remark.place.trail {
            let Some(outer) = spec.filter(|spec| !spec.scalar) else { break };
            let Some(field) = outer.fields.get(usize::from(*row)) else { break };
            path.push(Step::Key(field.name.into()));
            spec = crate::draft::inner(field.kind);
        }
        path.extend(remark.place.beyond.iter().cloned());
        Issue { path, ..remark.issue.clone() }
    }

    /// Forgets the refusals at, above and below what was edited.
    pub(super) fn forget_refusals(&mut self, session: &mut Session) {
        let (edited, moved) = (session.lined_up, session.moves_lined_up);
        session.moves_lined_up = session.moves.len();
        if self.remarks.is_empty() {
            return;
        }
        let fields = session.edited.iter().skip(edited).copied();
        let lists = session.moves.iter().skip(moved).map(|(list, ..)| *list);
        let mut places: Vec<(RecordId, u8)> = fields.chain(lists).collect();
        places.sort_unstable();
        places.dedup();
        for (record, field) in places {
            let (mut cluster, mut trail) = self.trail_to(record, Some(field));
            let mut below = true;
            loop {
                self.forget_at(cluster, &trail, below, session);
                let Some((holder, field)) = self.item_of(cluster) else { break };
                (cluster, trail) = self.trail_to(holder, Some(field));
                below = false;
            }
        }
    }

    fn forget_at(&mut self, cluster: RecordId, edited: &[u8], below: bool, session: &mut Session) {
        let gone = |remark: &Remark| {
            let Place { trail, beyond } = &remark.place;
            remark.is_refusal()
                && (beyond.is_empty() && edited.starts_with(trail) || below && trail.starts_with(edited))
        };
        if !self.remarks.by_cluster.get(&cluster).is_some_and(|all| all.iter().any(|remark| gone(remark))) {
            return;
        }
        self.capture(cluster, States::Stay, session);
        let remarks = Arc::make_mut(&mut self.remarks);
        if let Some(all) = remarks.by_cluster.get_mut(&cluster) {
            all.retain(|remark| !gone(remark));
            if all.is_empty() {
                remarks.by_cluster.remove(&cluster);
            }
        }
        self.refind(cluster, |form| form.retell(cluster));
    }

    /// Says again what an upstream said before an edit that is given up.
    pub(super) fn restore_refusals(&mut self, before: &Arc<Remarks>) {
        if Arc::ptr_eq(before, &self.remarks) {
            return;
        }
        let each = before.by_cluster.iter();
        let said: Vec<_> = each
            .flat_map(|(cluster, all)| all.iter().map(|remark| (*cluster, Arc::clone(remark))))
            .filter(|(_, remark)| remark.is_refusal())
            .collect();
        let remarks = Arc::make_mut(&mut self.remarks);
        let mut clusters: Vec<RecordId> = remarks.take(0).into_keys().collect();
        clusters.extend(said.iter().map(|(cluster, _)| *cluster));
        clusters.sort_unstable();
        clusters.dedup();
        remarks.add(said);
        for cluster in clusters {
            if self.attached(cluster) {
                self.refind(cluster, |form| form.retell(cluster));
            }
        }
    }

    /// Forgets remarks at what is given back for good.
    pub(super) fn forget_remarks(&mut self, cell: Cell) {
        if self.remarks.is_empty() {
            return;
        }
        let mut cells = vec![cell];
        while let Some(cell) = cells.pop() {
            for record in self.draft.items(cell).iter() {
                cells.extend(
                    self.draft.cells(record).iter().filter(|cell| matches!(cell, Cell::Record(_) | Cell::List(_))),
                );
                if self.remarks.by_cluster.contains_key(&record) {
                    Arc::make_mut(&mut self.remarks).by_cluster.remove(&record);
                }
            }
        }
    }

    /// The cluster that a record stands in, and the rows that lead from there to it, and to a row of it.
    pub(super) fn trail_to(&self, mut record: RecordId, row: Option<u8>) -> (RecordId, Vec<u8>) {
        let mut trail: Vec<u8> = row.into_iter().collect();
        while let Some(holder) = self.nested_in(record) {
            trail.extend(self.draft.holder(record).map(|(_, field)| field));
            record = holder;
        }
        trail.reverse();
        (record, trail)
    }

    /// The place that a pointer leads to.
    fn place_at(&self, pointer: &str) -> Result<(RecordId, Place), Misuse> {
        Ok(self.place_of(&self.find(pointer)?, &segments(pointer)?))
    }

    /// The cluster that a spot is in, and its place there.
    pub(super) fn place_of(&self, spot: &Spot, segments: &[Cow<'_, str>]) -> (RecordId, Place) {
        let steps = |from: usize| segments.iter().skip(from).map(|step| Step::Key(step.to_string().into())).collect();
        let (record, row, beyond) = match spot {
            Spot::Root => (ROOT, None, Vec::new()),
            Spot::Item { record, .. } | Spot::Missing { record, .. } => (*record, None, Vec::new()),
            Spot::Field { record, field } => (*record, Some(*field), Vec::new()),
            Spot::Beside { record, key } => (*record, None, steps(*key)),
            Spot::Inside { record, field, from } => (*record, Some(*field), steps(*from)),
        };
        let (cluster, mut trail) = self.trail_to(record, row);
        if let Spot::Missing { rows, .. } = spot {
            trail.extend(rows);
        }
        (cluster, Place { trail, beyond })
    }

    /// Whether something is said of a key of an object that is no row of its table.
    pub(super) fn is_remarked(&self, record: RecordId, key: &str) -> bool {
        if self.remarks.is_empty() {
            return false;
        }
        let (cluster, trail) = self.trail_to(record, None);
        let at_key = |remark: &Arc<Remark>| {
            let Place { trail: at, beyond } = &remark.place;
            *at == trail && matches!(beyond.as_slice(), [Step::Key(beyond)] if beyond == key)
        };
        self.remarks.by_cluster.get(&cluster).is_some_and(|all| all.iter().any(at_key))
    }

    /// The place of a path, or of as much of it as there is; and whether that is all of it.
    fn nearest(&self, path: &[Step]) -> (RecordId, Place, bool) {
        for length in (0..=path.len()).rev() {
            let pointer = crate::issue::pointer(path.get(..length).unwrap_or_default());
            if let Ok((cluster, place)) = self.place_at(&pointer) {
                return (cluster, place, length == path.len());
            }
        }
        (ROOT, Place::default(), path.is_empty())
    }

    /// Remarks keep their places although other records are clusters now.
    pub(super) fn regroup_remarks(&mut self, places: Vec<(RecordId, Arc<Remark>)>) {
        let mut remarks = Remarks { sources: self.remarks.sources.clone(), ..Remarks::default() };
        let mut all = Vec::with_capacity(places.len());
        for (record, remark) in places {
            // From the record that the rows lead to, as far as there is one.
            let (mut at, mut rest) = (record, remark.place.trail.as_slice());
            while let [row, below @ ..] = rest
                && !below.is_empty()
                && let Some(inner) = self.draft.object(self.draft.cell(at, usize::from(*row)))
            {
                (at, rest) = (inner, below);
            }
            let (cluster, mut trail) = self.trail_to(at, None);
            trail.extend(rest);
            let place = Place { trail, beyond: remark.place.beyond.clone() };
            all.push((cluster, Arc::new(Remark { place, ..Remark::clone(&remark) })));
        }
        remarks.add(all);
        self.remarks = Arc::new(remarks);
    }

    /// Every remark with the record from which its rows lead.
    pub(super) fn all_remarks(&self) -> Vec<(RecordId, Arc<Remark>)> {
        let each = self.remarks.by_cluster.iter();
        each.flat_map(|(cluster, all)| all.iter().map(|remark| (*cluster, Arc::clone(remark)))).collect()
    }
}

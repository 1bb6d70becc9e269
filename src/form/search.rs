//! Going through what is told in the order of the table, from one place on, past so many issues and up to so many. Clusters, blocks and
//! lists in which nothing is wanted are passed over by their counts, so that a page of issues costs what it has on it.

use std::sync::Arc;

use super::remarks::Remark;
use super::tally::{ALONE, bits, wanted};
use super::{Form, ListKey};
use crate::check::{Found, WHOLE};
use crate::draft::{Cell, Items, ROOT, RecordId};
use crate::issue::Severity;
use crate::table::Kind;

/// Something that is told: a finding, or a remark in a cluster.
pub(crate) enum Told<'t> {
    Found(&'t Found),
    Remark(RecordId, &'t Remark),
}

/// The indexes of the items that lead to what is told.
pub(crate) type Way<'w> = &'w [(RecordId, u32)];

/// Takes what is told, and the way to it.
pub(crate) type Sink<'s> = dyn FnMut(Told<'_>, Way<'_>) + 's;

/// What is told of one cluster.
struct Cluster<'c> {
    id: RecordId,
    found: &'c [Found],
    remarks: &'c [Arc<Remark>],
}

pub(super) struct Search<'f, 's> {
    form: &'f Form,
    severity: Option<Severity>,
    /// So many are still passed over; and so many still told.
    skip: usize,
    left: usize,
    way: Vec<(RecordId, u32)>,
    /// The rows that lead to the current one from its cluster's record.
    trail: Vec<u8>,
    sink: &'s mut Sink<'s>,
}

impl<'f, 's> Search<'f, 's> {
    pub(super) fn new(
        form: &'f Form,
        severity: Option<Severity>,
        offset: usize,
        limit: usize,
        sink: &'s mut Sink<'s>,
    ) -> Self {
        Self { form, severity, skip: offset, left: limit, way: Vec::new(), trail: Vec::new(), sink }
    }

    /// The whole form.
    pub(super) fn all(mut self) {
        self.cluster(ROOT);
    }

    /// An item, with everything in it.
    pub(super) fn item(mut self, item: RecordId) {
        self.lead_to(item);
        self.cluster(item);
    }

    /// A row of a record, with everything in it.
    pub(super) fn row(mut self, record: RecordId, field: u8) {
        let form = self.form;
        let (id, trail) = form.trail_to(record, None);
        self.lead_to(id);
        self.trail = trail;
        let found = form.told_of(id);
        let cluster = Cluster { id, found: &found, remarks: form.told_remarks(id) };
        self.one_row(record, field, &cluster);
    }

    /// What a predicate picks of what stands in a cluster itself.
    pub(super) fn picked(mut self, id: RecordId, found: impl Fn(&Found) -> bool, remark: impl Fn(&Remark) -> bool) {
        let form = self.form;
        self.lead_to(id);
        let all = form.told_of(id);
        let cluster = Cluster { id, found: &all, remarks: form.told_remarks(id) };
        self.tell(&cluster, found, remark);
    }

    /// The indexes of an item and of those around it.
    fn lead_to(&mut self, mut item: RecordId) {
        while let Some((holder, _)) = self.form.item_of(item) {
            let index = self.form.draft.item_index(item).unwrap_or(0);
            self.way.insert(0, (item, u32::try_from(index).unwrap_or(u32::MAX)));
            item = self.form.cluster_of(holder);
        }
    }

    /// Whether so many of what comes next can be passed over as a whole, because nothing of it is told.
    fn passes(&mut self, counts: [u32; 3]) -> bool {
        let count = wanted(counts, self.severity);
        if self.left == 0 || count == 0 {
            return true;
        }
        if count <= self.skip {
            self.skip -= count;
            return true;
        }
        false
    }

    fn cluster(&mut self, id: RecordId) {
        let form = self.form;
        if self.passes(form.tallies.all(id)) {
            return;
        }
        let trail = core::mem::take(&mut self.trail);
        let found = form.told_of(id);
        self.record(id, &Cluster { id, found: &found, remarks: form.told_remarks(id) });
        self.trail = trail;
    }

    fn record(&mut self, record: RecordId, cluster: &Cluster<'_>) {
        let whole = |found: &Found| found.record == record && found.field == WHOLE && found.key.is_none();
        let at_all = |remark: &Remark| record == cluster.id && remark.place.is_whole();
        // What is said of an item stands before what is in it; what is said of the payload after.
        if record != ROOT {
            self.tell(cluster, whole, at_all);
        }
        for (at, _) in (0_u8..).zip(self.form.draft.spec(record).fields) {
            if self.left == 0 {
                return;
            }
            self.one_row(record, at, cluster);
        }
        if record == ROOT {
            self.tell(cluster, whole, at_all);
        }
        let trail = core::mem::take(&mut self.trail);
        self.tell(
            cluster,
            |found| found.record == record && found.key.is_some(),
            |remark| remark.place.trail == trail && !remark.place.beyond.is_empty(),
        );
        self.trail = trail;
    }

    fn one_row(&mut self, record: RecordId, at: u8, cluster: &Cluster<'_>) {
        let form = self.form;
        let scalar = form.draft.spec(record).scalar;
        if !scalar {
            self.trail.push(at);
        }
        let trail = core::mem::take(&mut self.trail);
        let here = |remark: &Remark| !scalar && remark.place.trail == trail && remark.place.beyond.is_empty();
        self.tell(cluster, |found| found.record == record && found.field == at && found.key.is_none(), here);
        let below = |remark: &Remark| !scalar && remark.place.trail.starts_with(&trail) && !here(remark);
        let cell = form.draft.cell(record, usize::from(at));
        match form.kind(record, at) {
            Kind::List(_) => {
                self.list((record, at), cell);
                self.trail = trail;
            }
            Kind::Object(_) => match form.draft.object(cell) {
                Some(inner) => {
                    self.trail = trail;
                    self.record(inner, cluster);
                }
                None => {
                    self.tell(cluster, |_| false, below);
                    self.trail = trail;
                }
            },
            _ => {
                self.tell(cluster, |_| false, below);
                self.trail = trail;
            }
        }
        if !scalar {
            self.trail.pop();
        }
    }

    fn list(&mut self, list: ListKey, cell: Cell) {
        let form = self.form;
        match form.draft.items(cell) {
            Items::None => {}
            Items::One(item) => {
                if !self.passes(form.tallies.block(list, ALONE)) {
                    self.listed(item, 0);
                }
            }
            Items::Many(rows) => {
                let mut index = 0;
                for (block, ids) in rows.rows.blocks() {
                    if self.left == 0 {
                        return;
                    }
                    if !self.passes(form.tallies.block(list, block)) {
                        for (item, index) in ids.iter().zip(index..) {
                            if form.tallies.marked(*item, bits(self.severity)) {
                                self.listed(*item, index);
                            }
                        }
                    }
                    index += u32::try_from(ids.len()).unwrap_or(u32::MAX);
                }
            }
        }
    }

    fn listed(&mut self, item: RecordId, index: u32) {
        self.way.push((item, index));
        self.cluster(item);
        self.way.pop();
    }

    /// Tells some of what there is in a cluster, findings before remarks.
    fn tell(&mut self, cluster: &Cluster<'_>, found: impl Fn(&Found) -> bool, remark: impl Fn(&Remark) -> bool) {
        for found in cluster.found.iter().filter(|one| found(one)) {
            if self.takes(found.severity) {
                (self.sink)(Told::Found(found), &self.way);
            }
        }
        for remark in cluster.remarks.iter().filter(|one| remark(one)) {
            if self.takes(remark.severity()) {
                (self.sink)(Told::Remark(cluster.id, remark), &self.way);
            }
        }
    }

    fn takes(&mut self, severity: Severity) -> bool {
        if self.left == 0 || self.severity.is_some_and(|only| only != severity) {
            return false;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        self.left -= 1;
        true
    }
}

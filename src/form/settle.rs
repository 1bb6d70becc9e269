//! Checking what a batch touched: clusters one by one, holders before what they hold, lists that wake or fall asleep with them, then
//! the groups of items that rules over rows have to judge again.

use rustc_hash::FxHashSet as HashSet;

use super::session::{Session, States};
use super::{Changes, Form, ListKey};
use crate::check::Checker;
use crate::draft::{Cell, ROOT, RecordId};
use crate::reading::Reading;
use crate::room::{self, EVERY};
use crate::states::Around;
use crate::table::Kind;

impl Form {
    /// Checks everything that the batch touched, and tells the difference.
    pub(super) fn settle(&mut self, mut session: Session) -> Changes {
        self.line_up(&mut session);
        self.settle_some(&mut session, usize::MAX);
        self.difference(session)
    }

    /// Puts everything into the queue that has to be checked after the steps made so far.
    pub(super) fn line_up(&mut self, session: &mut Session) {
        session.done.clear();
        self.forget_refusals(session);
        // Holders before what they hold: whether a list is awake is decided above it.
        let mut queue: Vec<RecordId> = session.queue.drain(..).collect();
        if queue.len() > 1 {
            queue.sort_by_cached_key(|record| (self.depth(*record), *record));
            queue.dedup();
        }
        let below: Vec<RecordId> = self.readers_below(session);
        session.lined_up = session.edited.len();
        session.queue.extend(queue);
        session.queue.extend(below);
    }

    /// Checks so many clusters, then so many groups of rules over rows, of those that are left; gives how many are left, at least.
    pub(super) fn settle_some(&mut self, session: &mut Session, mut count: usize) -> usize {
        while count > 0
            && let Some(cluster) = session.queue.pop_front()
        {
            count -= 1;
            if session.queue.len() % EVERY == EVERY - 1 {
                room::ahead();
            }
            if session.done.insert(cluster) && self.attached(cluster) {
                self.recheck(cluster, session);
            }
        }
        if session.queue.is_empty() {
            session.judging.extend(session.groups.drain());
        }
        while count > 0
            && let Some(group) = session.judging.pop()
        {
            count -= 1;
            self.judge(group, session);
        }
        let left = session.queue.len() + session.judging.len();
        if left == 0 {
            let lists: Vec<ListKey> = session.lists.iter().copied().collect();
            for list in lists {
                self.judge_list(list);
            }
        }
        left
    }

    fn depth(&self, mut record: RecordId) -> usize {
        let mut depth = 0;
        while let Some((holder, _)) = self.draft.holder(record) {
            record = holder;
            depth += 1;
        }
        depth
    }

    pub(super) fn attached(&self, mut record: RecordId) -> bool {
        while let Some((holder, field)) = self.draft.holder(record) {
            let held = match self.draft.cell(holder, usize::from(field)) {
                Cell::Record(id) => id == record,
                Cell::List(id) => {
                    matches!(self.draft.slot(record).owner, crate::draft::Owner::Item(list, _) if list == id)
                }
                _ => false,
            };
            if !held {
                return false;
            }
            record = holder;
        }
        record == ROOT
    }

    /// The clusters whose checks read, in an object above them, a field that was edited.
    fn readers_below(&self, session: &Session) -> Vec<RecordId> {
        let mut found = Vec::new();
        for (record, field) in session.edited.iter().skip(session.lined_up) {
            let name = self.draft.spec(*record).fields.get(usize::from(*field)).map(|field| field.name);
            if name.is_some_and(|name| self.read_below.contains(&name)) {
                self.items_below(self.cluster_of(*record), &mut found);
            }
        }
        found
    }

    /// Every item in the lists of a record and of its nested objects, at any depth.
    pub(super) fn items_below(&self, record: RecordId, found: &mut Vec<RecordId>) {
        for (_, cell) in self.containers(record) {
            self.items_in(cell, found);
        }
    }

    fn items_in(&self, cell: Cell, found: &mut Vec<RecordId>) {
        for inner in self.draft.items(cell).iter() {
            if self.item_of(inner).is_some() {
                found.push(inner);
            }
            self.items_below(inner, found);
        }
    }

    fn recheck(&mut self, cluster: RecordId, session: &mut Session) {
        self.touch(cluster, States::Stay, session);
        let around = self.around(cluster);
        let found = if around.relevant && around.present { self.check_cluster(cluster) } else { Vec::new() };
        self.refind(cluster, |form| {
            if found.is_empty() {
                form.own.remove(&cluster);
            } else {
                form.own.insert(cluster, found);
            }
            form.retell(cluster);
        });
        if around.relevant {
            self.key(cluster, session);
        }
        self.wake_lists(cluster, around, session);
    }

    /// Decides which lists of a cluster are awake, and which stand in nothing that counts as absent; what is in a list of which that
    /// is another now is checked again.
    fn wake_lists(&mut self, record: RecordId, around: Around, session: &mut Session) {
        let containers = self.containers(record);
        if containers.is_empty() {
            return;
        }
        let spec = self.draft.spec(record);
        let checker = Checker::shallow(&self.draft, &self.options);
        let cells = self.draft.cells(record).iter();
        let reads: Vec<_> = spec.fields.iter().zip(cells).map(|(field, cell)| checker.read(field, *cell)).collect();
        let needs = checker.needs(spec, &reads);
        let mut inner = Vec::new();
        let mut lists = Vec::new();
        for (field, cell) in containers {
            let relevant = around.relevant && needs.relevant & (1 << field) != 0;
            let reading = reads.get(usize::from(field)).map(|read| &read.value);
            match (self.kind(record, field), reading) {
                (_, Some(Reading::Object(object))) => inner.push((*object, Around { relevant, ..around })),
                (Kind::List(_), reading) => {
                    // The one thing that makes items unreadable is that there are too many of them.
                    lists.push((field, relevant, relevant && matches!(reading, Some(Reading::Unreadable))));
                }
                (_, reading) => {
                    let relevant = relevant && matches!(reading, Some(Reading::Absent));
                    let blank = Around { relevant, present: false };
                    inner.extend(self.draft.items(cell).iter().map(|object| (object, blank)));
                }
            }
        }
        for (object, around) in inner {
            self.wake_lists(object, around, session);
        }
        for (field, awake, overfull) in lists {
            let list = (record, field);
            let blank = !around.present;
            if awake == self.asleep.contains(&list) || blank != self.blank.contains(&list) {
                let mut below = Vec::new();
                self.items_in(self.draft.cell(record, usize::from(field)), &mut below);
                for cluster in &below {
                    self.touch(*cluster, States::MayChange, session);
                }
                self.judge_later(list, session);
                put(&mut self.asleep, list, !awake);
                put(&mut self.blank, list, blank);
                session.queue.extend(below);
            }
            if overfull != self.overfull.contains(&list) {
                self.fill(list, overfull, session);
            }
        }
    }

    /// A list came to have too many items, or no longer has: what is found in it is not told any more, or is told again.
    fn fill(&mut self, list: ListKey, overfull: bool, session: &mut Session) {
        let told = self.own.keys().chain(self.rows.keys()).chain(self.told_remarks.keys());
        let mut found: Vec<RecordId> = told.copied().collect();
        found.retain(|cluster| self.is_in(*cluster, list));
        found.sort_unstable();
        found.dedup();
        for cluster in &found {
            self.capture(*cluster, States::Stay, session);
        }
        put(&mut self.overfull, list, overfull);
        for cluster in found {
            self.recount(cluster);
        }
    }

    /// Whether a cluster is an item of the list, or stands in one.
    fn is_in(&self, mut cluster: RecordId, list: ListKey) -> bool {
        while let Some(holder) = self.item_of(cluster) {
            if holder == list {
                return true;
            }
            cluster = self.cluster_of(holder.0);
        }
        false
    }

    /// Checks every cluster again after `capture_all`. `regrouped`: other records are clusters now.
    pub(super) fn recheck_all(&mut self, mut session: Session, regrouped: bool) -> Changes {
        self.forget_findings();
        let clusters = self.clusters();
        if regrouped {
            session.before.values_mut().for_each(|before| before.gone = true);
            for cluster in &clusters {
                session.before.entry(*cluster).or_default().placed = true;
                session.order.push(*cluster);
            }
            session.order.sort_unstable();
            session.order.dedup();
        }
        session.unkeyed = clusters.iter().copied().collect();
        session.queue.extend(clusters);
        self.settle(session)
    }

    /// Checks every cluster for the first time.
    pub(super) fn settle_all(&mut self) {
        let mut session = Session { silent: true, ..Session::default() };
        let clusters = self.clusters();
        session.unkeyed.extend(clusters.iter().copied());
        session.queue.extend(clusters);
        self.settle_some(&mut session, usize::MAX);
    }

    /// The root and every item, holders before what they hold.
    pub(super) fn clusters(&self) -> Vec<RecordId> {
        let mut clusters = vec![ROOT];
        self.items_below(ROOT, &mut clusters);
        clusters
    }
}

/// Puts a list into a set, or takes it out.
fn put(set: &mut HashSet<ListKey>, list: ListKey, wanted: bool) {
    if wanted {
        set.insert(list);
    } else {
        set.remove(&list);
    }
}

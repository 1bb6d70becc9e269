//! Running a batch of changes: clusters are remembered before they are touched, and checked again after; `difference` compares. `index`
//! finds the items that a rule over rows concerns.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::edit::Change;
use super::{Changes, Form, ListKey, Shift};
use crate::check::{Checker, Found};
use crate::draft::{Cell, ROOT, RecordId};
use crate::issue::{Step, pointer};
use crate::issues;
use crate::reading::{Reading, read};
use crate::states::{State, record_states};
use crate::table::Kind;

/// A cluster as it was before the batch touched it.
#[derive(Debug, Default)]
pub(super) struct Before {
    pub(super) own: Vec<Found>,
    pub(super) rows: Vec<Found>,
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

impl Session {
    /// Remembers that a rule over rows has to judge these items again.
    pub(super) fn judge(&mut self, group: Group) {
        self.groups.insert(group);
    }
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
    pub(super) lists: HashMap<ListKey, (Vec<Step>, Vec<Found>)>,
    pub(super) moves: Vec<(ListKey, usize, isize)>,
    pub(super) shifted: Vec<Shift>,
    pub(super) edited: Vec<(RecordId, u8)>,
    /// For so many of them the clusters that read them are lined up.
    pub(super) lined_up: usize,
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

impl Form {
    /// Runs a batch; gives what it changed, and the batch that takes it back.
    pub(super) fn run(&mut self, batch: Vec<Change>) -> (Changes, Vec<Change>) {
        let mut session = Session::default();
        let mut inverse = Vec::with_capacity(batch.len());
        for change in batch {
            inverse.push(self.step(change, &mut session));
        }
        inverse.reverse();
        self.version += 1;
        (self.settle(session), inverse)
    }

    pub(super) fn step(&mut self, change: Change, session: &mut Session) -> Change {
        match change {
            Change::Set { record, field, cell } => {
                let states = if self.draft.spec(record).decides(field) { States::MayChange } else { States::Stay };
                self.touch_up(record, states, session);
                let before = self.draft.cell(record, usize::from(field));
                self.leave(before, session);
                self.draft.set_cell(record, usize::from(field), cell);
                self.draft.adopt(record, field, cell);
                self.enter(cell, session);
                session.edited.push((record, field));
                Change::Set { record, field, cell: before }
            }
            Change::Extras { record, extras } => {
                self.touch_up(record, States::Stay, session);
                let before = self.draft.take_extras(record).map(Box::new);
                if let Some(extras) = extras {
                    *self.draft.extras_mut(record) = *extras;
                    self.draft.tidy_extras(record);
                }
                Change::Extras { record, extras: before }
            }
            Change::Root { cells, extras } => {
                self.touch_up(ROOT, States::MayChange, session);
                let before = self.draft.cells(ROOT).to_vec();
                let extras_before = self.draft.take_extras(ROOT).map(Box::new);
                for (field, cell) in cells.into_iter().enumerate() {
                    let field = u8::try_from(field).unwrap_or(u8::MAX);
                    self.leave(self.draft.cell(ROOT, usize::from(field)), session);
                    self.draft.set_cell(ROOT, usize::from(field), cell);
                    self.draft.adopt(ROOT, field, cell);
                    self.enter(cell, session);
                    session.edited.push((ROOT, field));
                }
                if let Some(extras) = extras {
                    *self.draft.extras_mut(ROOT) = *extras;
                    self.draft.tidy_extras(ROOT);
                }
                Change::Root { cells: before, extras: extras_before }
            }
            Change::Move { list, from, to } => {
                if let Change::Insert { records, .. } =
                    self.step(Change::Remove { list, index: from, count: 1 }, session)
                {
                    self.step(Change::Insert { list, index: to, records }, session);
                }
                Change::Move { list, from: to, to: from }
            }
            Change::Wrap { list } | Change::Unwrap { list } => {
                let (record, field) = list;
                self.touch_up(record, States::MayChange, session);
                let before = self.draft.cell(record, usize::from(field));
                self.leave(before, session);
                let wrapped = self.draft.rewrap(record, field);
                self.enter(self.draft.cell(record, usize::from(field)), session);
                session.edited.push((record, field));
                if wrapped { Change::Unwrap { list } } else { Change::Wrap { list } }
            }
            Change::Insert { list, index, records } => {
                let (holder, field) = list;
                self.touch_up(holder, States::MayChange, session);
                self.shift(list, index, records.len().cast_signed(), session);
                if let Cell::List(id) = self.draft.cell(holder, usize::from(field)) {
                    for (at, record) in records.iter().enumerate() {
                        self.draft.insert_item(id, index + at, *record);
                    }
                }
                for record in &records {
                    self.enter_record(*record, session);
                }
                Change::Remove { list, index, count: records.len() }
            }
            Change::Remove { list, index, count } => {
                let (holder, field) = list;
                self.touch_up(holder, States::MayChange, session);
                let mut records = Vec::with_capacity(count);
                for at in 0..count {
                    if let Some(record) = self.item(list, index + at) {
                        self.leave_record(record, session);
                        records.push(record);
                    }
                }
                if let Cell::List(id) = self.draft.cell(holder, usize::from(field)) {
                    for _ in 0..records.len() {
                        self.draft.remove_item(id, index);
                    }
                }
                self.shift(list, index + records.len(), -records.len().cast_signed(), session);
                Change::Insert { list, index, records }
            }
        }
    }

    /// Remembers that the items from an index on move.
    fn shift(&self, list: ListKey, from: usize, by: isize, session: &mut Session) {
        let (holder, field) = list;
        let len = self.draft.items(self.draft.cell(holder, usize::from(field))).len();
        let len = if by < 0 { len.saturating_add_signed(-by) } else { len };
        session.moves.push((list, from, by));
        if from < len {
            let mut steps = issues::path(&self.draft, holder, self.options.dialect);
            if let Some(row) = self.draft.spec(holder).fields.get(usize::from(field)) {
                steps.push(Step::Key(row.name.into()));
            }
            session.shifted.push(Shift { pointer: pointer(&steps), from, by });
        }
    }

    /// Touches a record's cluster, and those above it whose checks read it; each will be checked again.
    fn touch_up(&mut self, record: RecordId, states: States, session: &mut Session) {
        let cluster = self.cluster_of(record);
        self.touch(cluster, states, session);
        session.queue.push_back(cluster);
        // A check that reads a list, or an object, may look at anything in it.
        let mut inner = cluster;
        while let Some((holder, field)) = self.draft.holder(inner) {
            if self.draft.spec(holder).reads(field) {
                let above = self.cluster_of(holder);
                self.touch(above, states, session);
                session.queue.push_back(above);
            }
            inner = holder;
        }
    }

    /// Remembers a cluster before it changes, and takes it out of the indexes.
    fn touch(&mut self, cluster: RecordId, states: States, session: &mut Session) {
        self.capture(cluster, states, session);
        self.unkey(cluster, session);
    }

    /// Remembers a cluster before it changes.
    pub(super) fn capture(&mut self, cluster: RecordId, states: States, session: &mut Session) {
        if session.silent {
            return;
        }
        if !session.before.contains_key(&cluster) {
            let before = Before {
                own: self.own.get(&cluster).cloned().unwrap_or_default(),
                rows: self.rows.get(&cluster).cloned().unwrap_or_default(),
                path: self.path_before(cluster, session),
                ..Before::default()
            };
            session.before.insert(cluster, before);
            session.order.push(cluster);
        }
        // What came earlier in the batch left them as they were.
        if states == States::MayChange
            && let Some(before) = session.before.get_mut(&cluster)
            && before.states.is_none()
        {
            before.states = Some(self.cluster_states(cluster));
        }
    }

    pub(super) fn cluster_states(&self, cluster: RecordId) -> Vec<State> {
        let mut states = Vec::new();
        record_states(&self.draft, cluster, &self.options, self.awake(cluster), &mut states);
        states
    }

    /// The path that a cluster had before the batch began.
    pub(super) fn path_before(&self, cluster: RecordId, session: &Session) -> Vec<Step> {
        let mut path = issues::path(&self.draft, cluster, self.options.dialect);
        if session.moves.is_empty() {
            return path;
        }
        // From the innermost item outwards: each index of the path belongs to one list.
        let mut record = cluster;
        for step in path.iter_mut().rev() {
            if let Step::Index(index) = step {
                while self.item_of(record).is_none() {
                    let Some((holder, _)) = self.draft.holder(record) else { return path };
                    record = holder;
                }
                if let Some(list) = self.item_of(record) {
                    *index = u32::try_from(session.original(list, *index as usize)).unwrap_or(u32::MAX);
                    record = list.0;
                }
            }
        }
        path
    }

    /// Everything in a cell goes away with it.
    fn leave(&mut self, cell: Cell, session: &mut Session) {
        match cell {
            // A nested object belongs to its holder's cluster, which is touched already; its lists do not.
            Cell::Record(record) if self.item_of(record).is_none() => self.leave_lists(record, session),
            Cell::Record(record) => self.leave_record(record, session),
            Cell::List(_) => {
                for record in self.draft.items(cell).iter().collect::<Vec<_>>() {
                    self.leave_record(record, session);
                }
            }
            _ => {}
        }
    }

    fn leave_record(&mut self, record: RecordId, session: &mut Session) {
        self.leave_lists(record, session);
        if self.item_of(record).is_none() {
            return;
        }
        self.touch(record, States::MayChange, session);
        let own = self.own.remove(&record).unwrap_or_default();
        self.count(&own, -1);
        if let Some(before) = session.before.get_mut(&record) {
            before.gone = true;
        }
    }

    fn leave_lists(&mut self, record: RecordId, session: &mut Session) {
        for (field, cell) in self.containers(record) {
            self.leave(cell, session);
            let list = (record, field);
            self.list_before(list, session);
            if let Some(found) = self.lists.remove(&list) {
                self.count(&found, -1);
            }
            self.asleep.remove(&list);
            self.drop_list(list);
        }
    }

    /// Everything in a cell comes with it.
    fn enter(&mut self, cell: Cell, session: &mut Session) {
        match cell {
            Cell::Record(record) if self.item_of(record).is_none() => self.enter_lists(record, session),
            Cell::Record(record) => self.enter_record(record, session),
            Cell::List(_) => {
                for record in self.draft.items(cell).iter().collect::<Vec<_>>() {
                    self.enter_record(record, session);
                }
            }
            _ => {}
        }
    }

    fn enter_record(&mut self, record: RecordId, session: &mut Session) {
        if self.item_of(record).is_some() {
            session.before.entry(record).or_insert_with(|| {
                session.order.push(record);
                Before::default()
            });
            if let Some(before) = session.before.get_mut(&record) {
                before.placed = true;
            }
            session.unkeyed.insert(record);
            session.queue.push_back(record);
        }
        self.enter_lists(record, session);
    }

    fn enter_lists(&mut self, record: RecordId, session: &mut Session) {
        for (_, cell) in self.containers(record) {
            self.enter(cell, session);
        }
    }

    /// The rows of a record that hold objects or lists.
    fn containers(&self, record: RecordId) -> Vec<(u8, Cell)> {
        let cells = self.draft.cells(record).iter().enumerate();
        cells
            .filter(|(_, cell)| matches!(cell, Cell::Record(_) | Cell::List(_)))
            .map(|(at, cell)| (u8::try_from(at).unwrap_or(u8::MAX), *cell))
            .collect()
    }

    /// Checks everything that the batch touched, and tells the difference.
    pub(super) fn settle(&mut self, mut session: Session) -> Changes {
        self.line_up(&mut session);
        self.settle_some(&mut session, usize::MAX);
        self.difference(session)
    }

    /// Puts everything into the queue that has to be checked after the steps made so far.
    pub(super) fn line_up(&mut self, session: &mut Session) {
        session.done.clear();
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
            let lists: Vec<ListKey> = session.lists.keys().copied().collect();
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
    fn items_below(&self, record: RecordId, found: &mut Vec<RecordId>) {
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
        let awake = self.awake(cluster);
        let found = if awake { self.check_cluster(cluster) } else { Vec::new() };
        self.count(&found, 1);
        let before = if found.is_empty() { self.own.remove(&cluster) } else { self.own.insert(cluster, found) };
        self.count(&before.unwrap_or_default(), -1);
        if awake {
            self.key(cluster, session);
        }
        self.wake_lists(cluster, awake, session);
    }

    /// Decides which lists of a cluster are awake; what is in a list that woke or fell asleep is checked again.
    fn wake_lists(&mut self, record: RecordId, awake: bool, session: &mut Session) {
        let containers = self.containers(record);
        if containers.is_empty() {
            return;
        }
        let dialect = self.options.dialect;
        let spec = self.draft.spec(record);
        let readings = |cells: &[Cell]| -> Vec<_> {
            spec.fields.iter().zip(cells).map(|(field, cell)| read(&self.draft, field, *cell, dialect)).collect()
        };
        let reads = readings(self.draft.cells(record));
        let needs = Checker::shallow(&self.draft, &self.options).needs(spec, &reads);
        let mut inner = Vec::new();
        let mut lists = Vec::new();
        for (field, cell) in containers {
            let relevant = awake && needs.relevant & (1 << field) != 0;
            let reading = reads.get(usize::from(field)).map(|read| &read.value);
            match (self.kind(record, field), reading) {
                (_, Some(Reading::Object(object))) => inner.push((*object, relevant)),
                (Kind::List(_), reading) => lists.push((field, relevant && matches!(reading, Some(Reading::List(_))))),
                _ => inner.extend(self.draft.items(cell).iter().map(|object| (object, false))),
            }
        }
        for (object, relevant) in inner {
            self.wake_lists(object, relevant, session);
        }
        for (field, now) in lists {
            let list = (record, field);
            if now == self.asleep.contains(&list) {
                let mut below = Vec::new();
                self.items_in(self.draft.cell(record, usize::from(field)), &mut below);
                for cluster in &below {
                    self.touch(*cluster, States::MayChange, session);
                }
                self.list_before(list, session);
                if now {
                    self.asleep.remove(&list);
                } else {
                    self.asleep.insert(list);
                }
                session.queue.extend(below);
            }
        }
    }

    /// Touches every cluster, before all of them are checked anew.
    pub(super) fn capture_all(&mut self) -> Session {
        let mut session = Session::default();
        for cluster in self.clusters() {
            self.touch(cluster, States::MayChange, &mut session);
        }
        let lists: Vec<ListKey> = self.lists.keys().copied().collect();
        for list in lists {
            self.list_before(list, &mut session);
        }
        session.paths_differ = true;
        session
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

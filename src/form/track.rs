//! Running a batch of changes: clusters are remembered before they are touched, and checked again after; `difference` compares. `index`
//! finds the items that a rule over rows concerns.

use super::batch::Change;
use super::session::{Before, Session, States};
use super::{Changes, Form, ListKey, Shift};
use crate::draft::{Cell, Draft, ROOT, RecordId};
use crate::issue::{Step, pointer};
use crate::issues;
use crate::room::{self, EVERY};
use crate::states::{State, record_states};
use crate::table::Need;

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
            Change::Wrap { list, shell } => {
                self.rewrap(list, session, |draft, (record, field)| draft.wrap(record, field, shell));
                Change::Unwrap { list }
            }
            Change::Unwrap { list } => {
                let shell = self.rewrap(list, session, |draft, (record, field)| draft.unwrap(record, field));
                match shell {
                    Some(shell) => Change::Wrap { list, shell },
                    None => Change::Unwrap { list },
                }
            }
            Change::Insert { list, index, records } => {
                let (holder, field) = list;
                self.touch_up(holder, States::MayChange, session);
                self.shift(list, index, records.len().cast_signed(), session);
                if let Cell::List(id) = self.draft.cell(holder, usize::from(field)) {
                    for (at, record) in records.iter().enumerate() {
                        for (item, from, to) in self.draft.insert_item(id, index + at, *record) {
                            self.reblock(list, item, from, to);
                        }
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

    /// An item that stands alone in the place of its list comes into one, or out of it.
    fn rewrap<R>(
        &mut self,
        list: ListKey,
        session: &mut Session,
        work: impl FnOnce(&mut Draft<'static>, ListKey) -> R,
    ) -> R {
        let (record, field) = list;
        self.touch_up(record, States::MayChange, session);
        self.leave(self.draft.cell(record, usize::from(field)), session);
        let result = work(&mut self.draft, list);
        self.enter(self.draft.cell(record, usize::from(field)), session);
        session.edited.push((record, field));
        result
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
    pub(super) fn touch_up(&mut self, record: RecordId, states: States, session: &mut Session) {
        // Whether an object counts as absent decides what is required in it.
        let here = if self.is_in_optional(record) { States::MayChange } else { states };
        let cluster = self.cluster_of(record);
        self.touch(cluster, here, session);
        session.queue.push_back(cluster);
        // A check that reads a list, or an object, may look at anything in it; so does the question whether it says anything.
        let mut inner = cluster;
        while let Some((holder, field)) = self.draft.holder(inner) {
            let spec = self.draft.spec(holder);
            if spec.reads(field) || spec.weighs(field) || self.may_be_blank(holder) {
                let above = self.cluster_of(holder);
                let there = if self.is_in_optional(holder) { States::MayChange } else { states };
                self.touch(above, there, session);
                session.queue.push_back(above);
            }
            inner = holder;
        }
    }

    /// Whether a record is an object that counts as absent while it is left blank, or stands in one.
    fn is_in_optional(&self, mut record: RecordId) -> bool {
        loop {
            if self.may_be_blank(record) {
                return true;
            }
            match self.nested_in(record) {
                Some(holder) => record = holder,
                None => return false,
            }
        }
    }

    /// Whether a record is an object that counts as absent while it is left blank.
    fn may_be_blank(&self, record: RecordId) -> bool {
        let row = |(holder, field): (RecordId, u8)| self.draft.spec(holder).fields.get(usize::from(field));
        self.nested_in(record).is_some()
            && self.draft.holder(record).and_then(row).is_some_and(|row| !matches!(row.required, Need::Always))
    }

    /// Remembers a cluster before it changes, and takes it out of the indexes.
    pub(super) fn touch(&mut self, cluster: RecordId, states: States, session: &mut Session) {
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
                found: self.told_of(cluster).into_owned(),
                remarks: self.told_remarks(cluster).to_vec(),
                path: self.path_before(cluster, session),
                ..Before::default()
            };
            session.before.insert(cluster, before);
            session.order.push(cluster);
            if session.order.len().is_multiple_of(EVERY) {
                room::ahead();
            }
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
        record_states(&self.draft, cluster, &self.options, self.around(cluster), &mut states);
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
        self.refind(record, |form| {
            form.own.remove(&record);
            form.told_remarks.remove(&record);
        });
        if let Some(before) = session.before.get_mut(&record) {
            // It may have been put in by an earlier change of the batch.
            (before.gone, before.placed) = (true, false);
        }
    }

    fn leave_lists(&mut self, record: RecordId, session: &mut Session) {
        for (field, cell) in self.containers(record) {
            self.leave(cell, session);
            let list = (record, field);
            self.judge_later(list, session);
            self.unjudge_list(list);
            self.asleep.remove(&list);
            self.blank.remove(&list);
            self.overfull.remove(&list);
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
    pub(super) fn containers(&self, record: RecordId) -> Vec<(u8, Cell)> {
        let cells = self.draft.cells(record).iter().enumerate();
        cells
            .filter(|(_, cell)| matches!(cell, Cell::Record(_) | Cell::List(_)))
            .map(|(at, cell)| (u8::try_from(at).unwrap_or(u8::MAX), *cell))
            .collect()
    }

    /// Touches every cluster, before all of them are checked anew.
    pub(super) fn capture_all(&mut self) -> Session {
        let mut session = Session::default();
        for cluster in self.clusters() {
            self.touch(cluster, States::MayChange, &mut session);
        }
        session.paths_differ = true;
        session
    }
}

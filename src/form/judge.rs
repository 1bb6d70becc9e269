//! Rules over rows in the live form: which index an item stands in, and what the rule says of the items that have one value.

use super::session::{Group, Session, States};
use super::{Form, ListKey};
use crate::check::{Checker, Found, is_row_value, row_value, same_rows};
use crate::draft::{ROOT, RecordId};
use crate::issue::{Code, Params};
use crate::reading::Reading;
use crate::table::{RowRule, RowTest};

impl RowRule {
    /// Whether the finding is of this rule: two rules over the same rows may have one id.
    fn found(&self, found: &Found) -> bool {
        self.rule == found.rule && self.code() == found.code
    }
}

impl Form {
    /// Puts an item into the indexes.
    pub(super) fn key(&mut self, cluster: RecordId, session: &mut Session) {
        if session.unkeyed.remove(&cluster) {
            self.index_item(cluster, session, true);
        }
    }

    /// Takes an item out of the indexes, with what the rules over rows found at it.
    pub(super) fn unkey(&mut self, cluster: RecordId, session: &mut Session) {
        if self.awake(cluster) && session.unkeyed.insert(cluster) {
            self.index_item(cluster, session, false);
        }
        // What is found of the cluster's own lists stays.
        let at_item = |found: &Found| found.record == cluster && found.code != Code::ExactlyOne;
        if self.rows.get(&cluster).is_some_and(|rows| rows.iter().any(at_item)) {
            self.refind(cluster, |form| form.keep_rows(cluster, |found| !at_item(found)));
        }
    }

    /// Keeps some of what rules over rows found in a cluster.
    fn keep_rows(&mut self, cluster: RecordId, keep: impl FnMut(&Found) -> bool) {
        let Some(rows) = self.rows.get_mut(&cluster) else { return };
        rows.retain(keep);
        if rows.is_empty() {
            self.rows.remove(&cluster);
        }
    }

    fn index_item(&mut self, cluster: RecordId, session: &mut Session, add: bool) {
        let Some(list) = self.item_of(cluster) else { return };
        let spec = self.draft.spec(cluster);
        for (at, rule) in (0_u8..).zip(spec.rows) {
            match rule.test {
                RowTest::Unique => {
                    let Some(key) = self.row_key(cluster, rule) else { continue };
                    let values = self.index.unique.entry((list, at)).or_default();
                    if add {
                        values.add(key, cluster)
                    } else {
                        values.remove(key, cluster)
                    }
                    session.judge(Group::Unique(list, at, key));
                }
                RowTest::ExactlyOne => {
                    self.judge_later(list, session);
                    let raised = self.flag(cluster, rule);
                    let flags = self.index.flags.entry((list, at)).or_default();
                    let by = if add { 1 } else { -1 };
                    flags.items = flags.items.saturating_add_signed(by);
                    match raised {
                        Some(true) => flags.raised = flags.raised.saturating_add_signed(by),
                        Some(false) => {}
                        None => flags.unreadable = flags.unreadable.saturating_add_signed(by),
                    }
                }
                RowTest::Member(name) => {
                    let Some(key) = self.row_key(cluster, rule) else { continue };
                    let values = self.index.referring.entry(name).or_default();
                    if add {
                        values.add(key, cluster)
                    } else {
                        values.remove(key, cluster)
                    }
                    session.judge(Group::Referring(name, key));
                }
            }
        }
        self.index_referred(cluster, list, session, add);
    }

    /// Puts a value of a root list that other items refer to into its index.
    fn index_referred(&mut self, cluster: RecordId, (holder, field): ListKey, session: &mut Session, add: bool) {
        let name = self.draft.spec(holder).fields.get(usize::from(field)).map(|field| field.name);
        let Some(name) = name.filter(|name| holder == ROOT && self.referred.contains(name)) else { return };
        let reading = row_value(&self.draft, self.options.dialect, cluster, 0);
        let key = reading.and_then(|reading| self.options.seed.key(&reading, None));
        let values = self.index.referred.entry(name).or_default();
        let usable = |values: &super::index::Values| values.unreadable == 0 && !values.is_empty();
        let before = usable(values);
        match (key, add) {
            (Some(key), true) => values.add(key, cluster),
            (Some(key), false) => values.remove(key, cluster),
            (None, true) => values.unreadable += 1,
            (None, false) => values.unreadable = values.unreadable.saturating_sub(1),
        }
        if usable(values) != before {
            session.judge(Group::AllReferring(name));
        }
        if let Some(key) = key {
            session.judge(Group::Referring(name, key));
        }
    }

    fn row_key(&self, record: RecordId, rule: &RowRule) -> Option<u64> {
        if self.draft.odd(record).is_some() {
            return None;
        }
        let [first, second] = rule.fields;
        let value = |field: u8| row_value(&self.draft, self.options.dialect, record, field);
        self.options.seed.key(&value(first)?, value(second).as_ref())
    }

    fn flag(&self, record: RecordId, rule: &RowRule) -> Option<bool> {
        let [flag, _] = rule.fields;
        match row_value(&self.draft, self.options.dialect, record, flag)? {
            Reading::Bool(raised) => Some(raised),
            _ => None,
        }
    }

    /// Judges the items of one group again.
    pub(super) fn judge(&mut self, group: Group, session: &mut Session) {
        match group {
            Group::Unique(list, at, key) => {
                let values = self.index.unique.get(&(list, at)).into_iter();
                let mut members: Vec<RecordId> = values.flat_map(|values| values.members(key)).collect();
                let Some(first) = members.first().copied() else { return };
                let Some(rule) = self.draft.spec(first).rows.get(usize::from(at)) else { return };
                if members.len() > 1 {
                    members.sort_by_cached_key(|record| self.draft.item_index(*record));
                }
                // Nearly always one: keys of different values hardly ever meet.
                let mut firsts: Vec<RecordId> = Vec::new();
                for record in members {
                    let same = |first: &RecordId| same_rows(&self.draft, self.options.dialect, rule, *first, record);
                    let first = firsts.iter().copied().find(same);
                    if first.is_none() {
                        firsts.push(record);
                    }
                    self.set_row(record, rule, first, session);
                }
            }
            Group::Referring(name, key) => {
                let values = self.index.referring.get(name).into_iter();
                let members = values.flat_map(|values| values.members(key)).collect();
                self.judge_members(name, members, session);
            }
            Group::AllReferring(name) => {
                let members = self.index.referring.get(name).map(|values| values.all().collect()).unwrap_or_default();
                self.judge_members(name, members, session);
            }
        }
    }

    fn judge_members(&mut self, name: &'static str, members: Vec<RecordId>, session: &mut Session) {
        for record in members {
            let rules = self.draft.spec(record).rows;
            for rule in rules.iter().filter(|rule| matches!(rule.test, RowTest::Member(list) if list == name)) {
                let Some(key) = self.row_key(record, rule) else { continue };
                let value = row_value(&self.draft, self.options.dialect, record, rule.fields[0]);
                let same = |item: RecordId| is_row_value(&self.draft, self.options.dialect, item, value.as_ref());
                let stranger = self.index.referred.get(name).is_some_and(|values| {
                    values.unreadable == 0 && !values.is_empty() && !values.members(key).any(same)
                });
                self.set_row(record, rule, stranger.then_some(record), session);
            }
        }
    }

    /// What a rule over rows says of one item: `fault` is the item that has the value first, or the item itself.
    fn set_row(&mut self, record: RecordId, rule: &'static RowRule, fault: Option<RecordId>, session: &mut Session) {
        let before = self.rows.get(&record).and_then(|found| found.iter().find(|found| rule.found(found)));
        if fault.is_none() && before.is_none() {
            return;
        }
        let new = fault.map(|first| {
            let [one, two] = rule.fields;
            let field = if two == u8::MAX { one } else { two };
            let mut found = Checker::shallow(&self.draft, &self.options).row_fault(rule, record, field);
            found.first = matches!(rule.test, RowTest::Unique).then_some(first);
            found
        });
        if new.as_ref() == before {
            return;
        }
        self.capture(record, States::Stay, session);
        let rules = self.draft.spec(record).rows;
        self.refind(record, |form| {
            let all = form.rows.entry(record).or_default();
            all.retain(|found| !rule.found(found));
            all.extend(new);
            all.sort_by_key(|found| rules.iter().position(|rule| rule.found(found)));
            form.keep_rows(record, |_| true);
        });
    }

    /// Remembers that a list has to be judged as a whole again.
    pub(super) fn judge_later(&mut self, list: ListKey, session: &mut Session) {
        if session.lists.insert(list) {
            self.capture(self.cluster_of(list.0), States::Stay, session);
        }
    }

    /// Forgets what rules over rows found of a list as a whole.
    pub(super) fn unjudge_list(&mut self, (holder, field): ListKey) {
        let cluster = self.cluster_of(holder);
        let of_list = |found: &Found| found.record == holder && found.field == field && found.code == Code::ExactlyOne;
        if self.rows.get(&cluster).is_some_and(|rows| rows.iter().any(of_list)) {
            self.refind(cluster, |form| form.keep_rows(cluster, |found| !of_list(found)));
        }
    }

    /// Judges a list as a whole again.
    pub(super) fn judge_list(&mut self, list: ListKey) {
        self.unjudge_list(list);
        let (holder, field) = list;
        if self.asleep.contains(&list) || !self.attached(holder) {
            return;
        }
        let cell = self.draft.cell(holder, usize::from(field));
        let Some(first) = self.draft.items(cell).iter().next() else { return };
        let mut found: Vec<Found> = Vec::new();
        for (at, rule) in (0_u8..).zip(self.draft.spec(first).rows) {
            let RowTest::ExactlyOne = rule.test else { continue };
            let flags = self.index.flags.get(&(list, at)).copied().unwrap_or_default();
            if flags.items > 0 && flags.unreadable == 0 && flags.raised != 1 {
                let name = rule.fields.first().and_then(|at| self.draft.spec(first).fields.get(usize::from(*at)));
                let params = Params::Count(name.map_or("", |field| field.name), flags.raised);
                let one = Found::at(holder, field, rule.code(), rule.severity, rule.rule, params);
                found.push(Found { ruled: true, ..one });
            }
        }
        if !found.is_empty() {
            let cluster = self.cluster_of(holder);
            self.refind(cluster, |form| form.rows.entry(cluster).or_default().extend(found));
        }
    }

    /// Forgets the indexes of a list that goes away.
    pub(super) fn drop_list(&mut self, list: ListKey) {
        self.index.unique.retain(|(other, _), _| *other != list);
        self.index.flags.retain(|(other, _), _| *other != list);
    }
}

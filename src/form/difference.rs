//! What an edit changed: clusters and lists as they were remembered, compared with what is found there now.

use std::borrow::Cow;
use std::sync::Arc;

use super::changes::RecordStates;
use super::session::{Before, Session};
use super::{Changes, Form};
use crate::check::Found;
use crate::draft::RecordId;
use crate::issue::{Issue, Params, Step};
use crate::issues;
use crate::room::{self, EVERY};

impl Form {
    /// What the batch changed, cluster by cluster.
    pub(super) fn difference(&mut self, mut session: Session) -> Changes {
        self.compare_some(&mut session, usize::MAX);
        let mut changes = core::mem::take(&mut session.changes);
        changes.shifted = core::mem::take(&mut session.shifted);
        changes.summary = self.summary();
        changes
    }

    /// Compares so many clusters with what they were; gives how many are left.
    pub(super) fn compare_some(&self, session: &mut Session, count: usize) -> usize {
        let mut changes = core::mem::take(&mut session.changes);
        let from = session.compared;
        session.compared = session.order.len().min(from.saturating_add(count));
        for (at, cluster) in session.order.iter().enumerate().take(session.compared).skip(from) {
            let Some(before) = session.before.get(cluster) else { continue };
            if at % EVERY == EVERY - 1 {
                room::ahead();
            }
            let there = !before.gone || before.placed;
            let anew = before.placed || session.paths_differ;
            let after = if there { self.told_of(*cluster) } else { Cow::Borrowed(&[][..]) };
            let (old, new) = apart(&before.found, &after, anew, PartialEq::eq);
            changes.removed.extend(old.map(|found| self.issue_before(*cluster, before, found, session)));
            changes.added.extend(new.map(|found| issues::issue(&self.draft, found, self.options.dialect)));
            let after = if there { self.told_remarks(*cluster) } else { &[] };
            let (old, new) = apart(&before.remarks, after, anew, Arc::ptr_eq);
            changes.removed.extend(old.map(|remark| self.remark_issue(*cluster, before.path.clone(), remark)));
            let path = || issues::path(&self.draft, *cluster, self.options.dialect);
            changes.added.extend(new.map(|remark| self.remark_issue(*cluster, path(), remark)));
            if there && (before.placed || before.states.is_some()) {
                let states = self.cluster_states(*cluster);
                let old = before.states.clone().filter(|_| !before.placed).unwrap_or_default();
                if states != old {
                    changes.records.push(RecordStates {
                        path: issues::path(&self.draft, *cluster, self.options.dialect),
                        spec: self.draft.spec(*cluster),
                        dialect: self.options.dialect,
                        before: old,
                        after: states,
                    });
                }
            }
        }
        session.changes = changes;
        session.order.len() - session.compared
    }

    /// A finding that is gone, with the path that it had.
    fn issue_before(&self, cluster: RecordId, before: &Before, found: &Found, session: &Session) -> Issue {
        let mut issue = issues::issue(&self.draft, found, self.options.dialect);
        if found.inner.is_some() {
            // What is signed knows its own path, and moves with nothing.
            return issue;
        }
        issue.path.clone_from(&before.path);
        let mut names = Vec::new();
        let mut record = found.record;
        while record != cluster {
            let Some((holder, field)) = self.draft.holder(record) else { break };
            names.extend(self.draft.spec(holder).fields.get(usize::from(field)).map(|field| field.name));
            record = holder;
        }
        issue.path.extend(names.into_iter().rev().map(|name| Step::Key(name.into())));
        issue.path.extend(issues::last_step(&self.draft, found));
        if let Some(first) = found.first {
            let known = session.before.get(&first).and_then(|before| match before.path.last() {
                Some(Step::Index(index)) => Some(*index),
                _ => None,
            });
            let now = || {
                let index = self.draft.item_index(first).unwrap_or(0);
                let index = self.item_of(first).map_or(index, |list| session.original(list, index));
                u32::try_from(index).unwrap_or(u32::MAX)
            };
            issue.params = Params::First(known.unwrap_or_else(now));
        }
        issue
    }
}

/// What is in one of two lists only; of two that are told anew all. Mostly the lists are the same but for a few in the middle.
fn apart<'l, T>(
    old: &'l [T],
    new: &'l [T],
    anew: bool,
    same: impl Fn(&T, &T) -> bool + Copy + 'l,
) -> (impl Iterator<Item = &'l T>, impl Iterator<Item = &'l T>) {
    let (mut one, mut other) = (old, new);
    while !anew
        && let ([first, rest @ ..], [first_other, rest_other @ ..]) = (one, other)
        && same(first, first_other)
    {
        (one, other) = (rest, rest_other);
    }
    while !anew
        && let ([rest @ .., last], [rest_other @ .., last_other]) = (one, other)
        && same(last, last_other)
    {
        (one, other) = (rest, rest_other);
    }
    let lacks = move |list: &[T], item: &T| anew || !list.iter().any(|other| same(item, other));
    (one.iter().filter(move |item| lacks(other, item)), other.iter().filter(move |item| lacks(one, item)))
}

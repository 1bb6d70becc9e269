//! What an edit changed: clusters and lists as they were remembered, compared with what is found there now.

use std::borrow::Cow;

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
        self.forget_refusals(&session, &mut changes);
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
            for found in before.found.iter().filter(|found| anew || !after.contains(found)) {
                changes.removed.push(self.issue_before(*cluster, before, found, session));
            }
            for found in after.iter().filter(|found| anew || !before.found.contains(found)) {
                changes.added.push(issues::issue(&self.draft, found, self.options.dialect));
            }
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

    /// Refusals stand until their field is edited; those of the form as a whole until anything is.
    fn forget_refusals(&mut self, session: &Session, changes: &mut Changes) {
        if self.refusals.is_empty() || (session.edited.is_empty() && session.moves.is_empty()) {
            return;
        }
        let edited = |at: &Option<(RecordId, u8)>| match at {
            Some(place) => {
                session.edited.contains(place) || session.before.get(&place.0).is_some_and(|before| before.gone)
            }
            None => true,
        };
        let (gone, kept) = core::mem::take(&mut self.refusals).into_iter().partition(|refused| edited(&refused.at));
        self.refusals = kept;
        let gone: Vec<super::Refused> = gone;
        changes.removed.extend(gone.into_iter().map(|refused| refused.issue));
    }
}

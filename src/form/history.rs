//! What can be taken back and done again. Steps are bounded in number and in bytes, counting everything that only they hold; the
//! oldest go first, and what is in the draft is never touched by that.

use std::collections::VecDeque;

use super::batch::Change;
use super::{Changes, Form};
use crate::draft::RecordId;

/// How many edits can be taken back.
const STEPS: usize = 1_000;
/// How much memory the history may hold.
const BYTES: usize = 64 << 20;

/// An edit that can be taken back, or done again.
#[derive(Debug)]
struct Step {
    batch: Vec<Change>,
    bytes: usize,
}

#[derive(Debug, Default)]
pub(super) struct History {
    past: VecDeque<Step>,
    future: Vec<Step>,
    bytes: usize,
    /// The field that is typed into: what is typed there next belongs to the last step of the past.
    typing: Option<(RecordId, u8)>,
}

impl History {
    /// Every change that is held.
    pub(super) fn changes(&mut self) -> impl Iterator<Item = &mut Change> {
        self.past.iter_mut().chain(&mut self.future).flat_map(|step| &mut step.batch)
    }
}

impl Form {
    /// Takes back the last edit.
    pub fn undo(&mut self) -> Option<Changes> {
        let batch = self.history.past.pop_back()?;
        let (changes, step) = self.again(batch);
        self.history.future.push(step);
        self.bound();
        Some(changes)
    }

    /// Does the edit again that was taken back last.
    pub fn redo(&mut self) -> Option<Changes> {
        let batch = self.history.future.pop()?;
        let (changes, step) = self.again(batch);
        self.history.past.push_back(step);
        self.bound();
        Some(changes)
    }

    fn again(&mut self, step: Step) -> (Changes, Step) {
        self.history.typing = None;
        self.history.bytes -= step.bytes;
        let (changes, inverse) = self.run(step.batch);
        (changes, self.step_of(inverse))
    }

    fn step_of(&mut self, batch: Vec<Change>) -> Step {
        let held: usize = batch.iter().map(|change| change.weight(&self.draft)).sum();
        let bytes = size_of::<Step>() + held;
        self.history.bytes += bytes;
        Step { batch, bytes }
    }

    /// Puts an edit into the history. What is typed into one field is one step, until anything else is edited.
    pub(super) fn remember(&mut self, inverse: Vec<Change>, typing: Option<(RecordId, u8)>) {
        for step in core::mem::take(&mut self.history.future) {
            self.history.bytes -= step.bytes;
            self.forget(step.batch);
        }
        let goes_on = typing.is_some() && self.history.typing == typing && !self.history.past.is_empty();
        self.history.typing = typing;
        if goes_on {
            // The step leads back to what was there before the first key; what came between is of no use to anybody.
            self.forget(inverse);
            self.forget_idle();
        } else {
            let step = self.step_of(inverse);
            self.history.past.push_back(step);
        }
        self.bound();
        self.tidy();
    }

    /// Forgets the last step if what was typed is again what was there before.
    fn forget_idle(&mut self) {
        let Some(Step { batch, .. }) = self.history.past.back() else { return };
        if let [Change::Set { record, field, cell }] = batch.as_slice()
            && self.draft.same(*cell, self.draft.cell(*record, usize::from(*field)))
            && let Some(step) = self.history.past.pop_back()
        {
            self.history.typing = None;
            self.history.bytes -= step.bytes;
            self.forget(step.batch);
        }
    }

    /// Forgets the oldest steps beyond the bounds.
    fn bound(&mut self) {
        while self.history.past.len() > STEPS || self.history.bytes > BYTES {
            let oldest = self.history.past.pop_front();
            // What was taken back longest ago is the last that could be done again.
            let Some(step) =
                oldest.or_else(|| (!self.history.future.is_empty()).then(|| self.history.future.remove(0)))
            else {
                return;
            };
            self.history.bytes -= step.bytes;
            self.forget(step.batch);
        }
    }

    pub(super) fn tidy(&mut self) {
        let held = self.history.changes().flat_map(Change::cells);
        self.draft.compact_when_worth_it(held);
    }
}

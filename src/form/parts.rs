//! Edits too large for one go: they are made part by part, and others may have the thread between two parts. Nothing is told and
//! nothing can be undone until the edit is finished; one that is given up leaves the form as it was.

use super::batch::Change;
use std::sync::Arc;

use super::remarks::Remarks;
use super::session::Session;
use super::{Changes, Form, Misuse};
use crate::draft::By;
use crate::input::Packed;

/// An edit of which some parts are made.
#[derive(Debug, Default)]
pub(super) struct Parts {
    session: Session,
    /// What takes the parts back, in the order in which they were made.
    inverse: Vec<Change>,
    /// How many rows of the pasted block were none, because nothing stands in them.
    blank: usize,
    /// What others said before the first part: an edit forgets refusals, one that is given up has not.
    remarks: Arc<Remarks>,
}

impl Form {
    /// Pastes a part of a block, as `paste` does; a further part goes below it, with an index of its own, which counts every row of
    /// the parts before.
    pub fn paste_part<'v>(
        &mut self,
        pointer: &str,
        index: usize,
        rows: impl Into<Packed<'v>>,
        columns: &[&str],
    ) -> Result<(), Misuse> {
        let before = self.parts.as_ref().map_or(0, |parts| parts.blank);
        let (batch, blank) = self.pasted(pointer, index.saturating_sub(before), &rows.into(), columns)?;
        self.make(batch);
        if let Some(parts) = &mut self.parts {
            parts.blank += blank;
        }
        Ok(())
    }

    /// Sets a value, as `set` does: what a block of cells does not reach, before or after it.
    pub fn set_part<'v>(&mut self, pointer: &str, value: impl Into<Packed<'v>>) -> Result<(), Misuse> {
        let (batch, _) = self.putting(pointer, &value.into())?;
        self.make(batch);
        Ok(())
    }

    /// Replaces the whole draft, as `replace` does; what there is to check is left for `advance`.
    pub fn replace_part<'v>(&mut self, value: impl Into<Packed<'v>>) {
        let batch = self.replacement(&value.into(), By::Data);
        self.make(batch);
    }

    /// Does so many of the checks that the parts made so far ask for, and after the last part so many of the comparisons with what
    /// was there before; gives how many are left, at least.
    pub fn advance(&mut self, count: usize, last: bool) -> usize {
        let mut parts = self.begun();
        let mut left = self.settle_some(&mut parts.session, count);
        if last && left == 0 {
            left = self.compare_some(&mut parts.session, count);
        }
        self.parts = Some(parts);
        left
    }

    /// Ends the edit: one step of the history, and everything that it changed.
    pub fn finish(&mut self) -> Changes {
        let Parts { mut session, mut inverse, .. } = self.parts.take().map(|parts| *parts).unwrap_or_default();
        if inverse.is_empty() {
            return self.unchanged();
        }
        self.settle_some(&mut session, usize::MAX);
        inverse.reverse();
        self.version += 1;
        let changes = self.difference(session);
        self.remember(inverse, None);
        changes
    }

    /// Takes back every part; whatever listens to the form has seen none of it.
    pub fn abandon(&mut self) {
        let Some(parts) = self.parts.take() else { return };
        let Parts { mut session, inverse, remarks, .. } = *parts;
        let mut again = Vec::with_capacity(inverse.len());
        for change in inverse.into_iter().rev() {
            again.push(self.step(change, &mut session));
        }
        self.line_up(&mut session);
        self.settle_some(&mut session, usize::MAX);
        self.restore_refusals(&remarks);
        self.forget(again);
        self.tidy();
    }

    /// The edit that is made now, or a new one.
    fn begun(&mut self) -> Box<Parts> {
        let new = || Box::new(Parts { remarks: Arc::clone(&self.remarks), ..Parts::default() });
        self.parts.take().unwrap_or_else(new)
    }

    fn make(&mut self, batch: Vec<Change>) {
        let mut parts = self.begun();
        for change in batch {
            parts.inverse.push(self.step(change, &mut parts.session));
        }
        self.line_up(&mut parts.session);
        self.parts = Some(parts);
    }
}

//! How far a check has come, told to whoever asked for it while it runs. The engine counts and calls; it has no clock, so that
//! whoever is called decides how often anybody is shown what.

use crate::room::{self, EVERY};

/// What a check is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bytes of the text are read.
    Reading,
    /// Items of lists are checked.
    Checking,
    /// Items of lists are written into the outgoing body.
    Writing,
}

/// Is told the stage, how much of it is done, and how much there is.
pub type Watch<'w> = &'w dyn Fn(Stage, usize, usize);

/// Counts the items of one stage, and tells at some of them: often enough for a screen, too seldom to cost anything.
#[derive(Clone, Copy)]
pub(crate) struct Ticker<'w> {
    watch: Option<Watch<'w>>,
    stage: Stage,
    items: u32,
}

impl core::fmt::Debug for Ticker<'_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_struct("Ticker").field("stage", &self.stage).field("items", &self.items).finish_non_exhaustive()
    }
}

impl<'w> Ticker<'w> {
    pub(crate) const fn new(watch: Option<Watch<'w>>, stage: Stage) -> Self {
        Self { watch, stage, items: 0 }
    }

    /// One more item; `place` tells how much is done and how much there is, given the number of items.
    pub(crate) fn tick(&mut self, place: impl FnOnce(usize) -> (usize, usize)) {
        self.items = self.items.wrapping_add(1);
        if (self.items as usize).is_multiple_of(EVERY) {
            room::ahead();
            if let Some(watch) = self.watch {
                let (done, of) = place(self.items as usize);
                watch(self.stage, done, of);
            }
        }
    }
}

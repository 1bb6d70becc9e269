//! How far a check has come, told to whoever asked for it while it runs. The engine counts and calls; it has no clock, so that
//! whoever is called decides how often anybody is shown what.

/// What a check is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bytes of the text are read.
    Reading,
    /// Items of lists are checked.
    Checking,
}

/// Is told the stage, how much of it is done, and how much there is.
pub type Watch<'w> = &'w dyn Fn(Stage, usize, usize);

/// Whether this is one of the items at which somebody is told: often enough for a screen, too seldom to cost anything.
pub(crate) const fn due(items: u32) -> bool {
    items.is_multiple_of(256)
}

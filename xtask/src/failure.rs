//! The one error of xtask: what went wrong, and what the reader can do about it. A failure without
//! advice cannot be made.

use std::fmt;

/// What every command returns.
pub type Outcome<T = ()> = Result<T, Failure>;

/// One failed command, in words for the person at the terminal.
#[derive(Debug)]
pub struct Failure {
    what: String,
    remedy: String,
}

impl Failure {
    /// `what` is one sentence on what happened, `remedy` one on what to do now.
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "error: {}\n  what to do: {}", self.what, self.remedy)
    }
}

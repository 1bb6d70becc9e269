//! Whether a value that was passed over says anything: null, blank texts, zero and false in any writing, and lists and objects of
//! nothing but such values say nothing.

use super::json::Quoted;
use crate::kinds::written;
use crate::nothing::is_naught;

/// What is known of a value so far.
#[derive(Default)]
pub(super) struct Idle {
    something: bool,
}

impl Idle {
    pub(super) fn is_idle(&self) -> bool {
        !self.something
    }

    /// It says something.
    pub(super) fn says(&mut self) {
        self.something = true;
    }

    /// A text of JSON stands in it.
    pub(super) fn quoted(&mut self, quoted: Quoted<'_>) {
        if !self.something {
            self.something = if quoted.escaped { !naught(&quoted.decoded()) } else { !naught(quoted.raw) };
        }
    }

    /// A text stands in it.
    pub(super) fn text(&mut self, given: &str) {
        self.something = self.something || !naught(given);
    }

    /// A JSON number stands in it.
    pub(super) fn number(&mut self, written: &str) {
        self.something = self.something || !written::is_zero(written);
    }

    /// A double stands in it.
    pub(super) fn double(&mut self, number: f64) {
        self.something = self.something || number != 0.0;
    }
}

/// A long text says something, here and where JavaScript packs it.
fn naught(given: &str) -> bool {
    given.encode_utf16().take(256).count() < 256 && is_naught(given)
}

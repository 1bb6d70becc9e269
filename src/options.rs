//! What a caller chooses: language, lenient or strict reading, today's date, the dialect of the upstream and the context that
//! some rules need. All of it is a parameter; the core never asks a clock or the network.

use chrono::NaiveDate;

use crate::context::Context;
use crate::row_key::Seed;
pub use crate::table::{Dialect, Locale};

/// So many issues a report tells unless it is asked for fewer.
const MOST_ISSUES: usize = 200_000;

/// How much is read with a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// What the documents' own examples contain is read, with a note.
    #[default]
    Lenient,
    /// Every note is an error.
    Strict,
}

/// Where a payload is sent.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct EndpointOptions {
    /// Put before the path.
    pub base: Option<String>,
    /// In place of the document's path.
    pub path: Option<String>,
    /// Values of the path's `{name}` parameters.
    pub params: Vec<(String, String)>,
}

impl EndpointOptions {
    /// The value of a parameter of the path.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What a caller chooses.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language; by default Russian for the Portal, Ukrainian for eHealth.
    pub locale: Option<Locale>,
    /// Lenient or strict.
    pub mode: Mode,
    /// Without it the rules that need it do not run.
    pub today: Option<NaiveDate>,
    /// Status, reference lists and whatever else some rules need.
    pub context: Context,
    /// Spellings on which the documents contradict themselves.
    pub dialect: Dialect,
    /// Ids of the rules whose warnings count as errors.
    pub promote: Vec<String>,
    /// Where the payload is sent.
    pub endpoint: EndpointOptions,
    /// How many issues a report tells at most, 200,000 where nothing is said; of more the last one says how many there are.
    pub most_issues: Option<usize>,
    /// What keeps strangers from making rules over rows slow; a form keeps the one that it began with.
    pub seed: Seed,
}

impl Options {
    pub(crate) fn most_issues(&self) -> usize {
        self.most_issues.unwrap_or(MOST_ISSUES).max(1)
    }
}

//! What a check has found so far. A report tells so many issues; those beyond are counted by their severity and not kept, so that what
//! a check costs is bounded by what is checked.

use super::{Found, WHOLE};
use crate::draft::ROOT;
use crate::issue::{Code, Params, Severity};

/// Findings in their order, and how many there are beyond, of each severity.
#[derive(Debug)]
pub(crate) struct Out {
    pub(crate) found: Vec<Found>,
    pub(crate) more: [u32; 3],
    most: usize,
}

impl Out {
    /// Keeps at most so many findings.
    pub(super) const fn new(most: usize) -> Self {
        Self { found: Vec::new(), more: [0; 3], most }
    }

    pub(super) fn push(&mut self, found: Found) {
        if self.found.len() < self.most {
            self.found.push(found);
        } else {
            self.count(found.severity, 1);
        }
    }

    /// Counts findings that are kept nowhere.
    pub(super) fn count(&mut self, severity: Severity, count: u32) {
        if let Some(more) = self.more.get_mut(severity as usize) {
            *more = more.saturating_add(count);
        }
    }

    /// The findings that are told; where there are more, the last says so (GEN-07).
    pub(crate) fn told(mut self) -> Vec<Found> {
        let told = self.found.len().min(self.most.saturating_sub(1));
        if self.more != [0; 3] {
            for found in self.found.split_off(told) {
                self.count(found.severity, 1);
            }
            self.found.push(too_many(self.more));
        }
        self.found
    }
}

/// What is said of issues that are not told: an error, unless none of them is one.
pub(crate) fn too_many(more: [u32; 3]) -> Found {
    let [errors, ..] = more;
    let severity = if errors > 0 { Severity::Error } else { Severity::Warning };
    let count = more.into_iter().fold(0, u32::saturating_add);
    Found::at(ROOT, WHOLE, Code::TooManyIssues, severity, "GEN-07", Params::More(count))
}

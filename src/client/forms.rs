//! What a client needs of what is submitted: whether it has errors, what goes out, and a place for the upstream's reasons.

use crate::explain::explain;
use crate::form::{Filter, Form};
use crate::input::Input;
use crate::issue::{Issue, Severity};
use crate::table::System;

/// Something that can be submitted.
pub trait Submission {
    /// The errors that keep it from being sent.
    fn errors(&self) -> Vec<Issue>;
    /// All of its issues.
    fn issues(&self) -> Vec<Issue>;
    /// The address, with whether it is eHealth's, and the body; no address where it is not sent at all.
    fn outgoing(&self) -> (Option<(String, bool)>, String);
    /// Reads an upstream's answer; shows and gives its reasons, none when it was accepted.
    fn explain(&mut self, status: u16, answer: &[u8]) -> Vec<Issue>;
    /// Shows no reasons any more: nobody knows whether it was refused.
    fn forget(&mut self);
}

impl Submission for Form {
    fn errors(&self) -> Vec<Issue> {
        if self.valid() {
            return Vec::new();
        }
        Form::issues(self, &Filter { severity: Some(Severity::Error), ..Filter::default() }).unwrap_or_default()
    }

    fn issues(&self) -> Vec<Issue> {
        Form::issues(self, &Filter::default()).unwrap_or_default()
    }

    fn outgoing(&self) -> (Option<(String, bool)>, String) {
        let preview = self.preview();
        let ehealth = self.payload().system() == System::Ehealth;
        (preview.endpoint.map(|(_, url)| (url, ehealth)), preview.body)
    }

    fn explain(&mut self, status: u16, answer: &[u8]) -> Vec<Issue> {
        let reasons = explain(self.payload(), self.options(), status, Input::Text(answer));
        self.refuse(reasons.clone());
        reasons
    }

    fn forget(&mut self) {
        self.refuse(Vec::new());
    }
}

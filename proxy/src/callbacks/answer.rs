//! What the Portal is answered: the payloads `application.answer` and `status.answer`, in the document's order of
//! fields. Nothing that was received stands in an answer.

use serde::Serialize;

/// Why a notice is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A rule of its table is broken; the text names the fields.
    IncorrectData(String),
    /// The organisation has no such programme.
    NoSuchProgramme,
    /// The organisation has no such cycle.
    NoSuchCycle,
}

/// The answer to one notice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Answer {
    success: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
}

impl Answer {
    /// An application or its cancellation is stored; `state` as the document's table of answers wants it.
    pub fn application(state: &'static str) -> Self {
        Self { success: true, state: Some(state), ..Self::default() }
    }

    /// An application is refused. Without a state: the document says that beside «cancelled» everything else is
    /// ignored, and the refusal must not be.
    pub fn application_refused(refusal: &Refusal) -> Self {
        let (reason, description) = match refusal {
            Refusal::IncorrectData(description) => ("incorrect_data", Some(description.clone())),
            Refusal::NoSuchProgramme => ("program_not_found", None),
            Refusal::NoSuchCycle => ("cycle_not_found", None),
        };
        Self { reason: Some(reason), description, ..Self::default() }
    }

    /// The outcome of a review is stored; `status.answer` has the status beside success, as the document spells it.
    pub fn review(status: &str) -> Self {
        let written = match status {
            "needs_revision" => "rejected",
            "closed" => "Closed",
            other => other,
        };
        Self { success: true, status: Some(written.to_owned()), ..Self::default() }
    }

    /// The outcome of a review is refused, with the reasons of `status.answer`; its text is called `comment` there.
    pub fn review_refused(refusal: &Refusal) -> Self {
        let (reason, comment) = match refusal {
            Refusal::IncorrectData(description) => ("incorrect_data", Some(description.clone())),
            Refusal::NoSuchProgramme | Refusal::NoSuchCycle => ("unknown_program", None),
        };
        Self { reason: Some(reason), comment, ..Self::default() }
    }

    /// The reason, when it is a refusal.
    pub fn reason(&self) -> Option<&'static str> {
        self.reason
    }
}

#[cfg(test)]
mod tests {
    use portform::{Mode, Options};

    use super::{Answer, Refusal};

    fn is_clean(payload: &str, answer: &Answer) -> Result<(), Box<dyn std::error::Error>> {
        let payload = portform::payload(payload).ok_or("a payload")?;
        let options = Options { mode: Mode::Strict, seed: crate::check::seed(), ..Options::default() };
        let text = serde_json::to_string(answer)?;
        let report = portform::check_json(payload, text.as_bytes(), &options);
        assert!(report.is_empty(), "{text}: {}", report.issues_json());
        // In the table's order of fields, so that both read alike.
        let order = |text: &str| -> Result<Vec<String>, serde_json::Error> {
            let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text)?;
            Ok(fields.keys().cloned().collect())
        };
        assert_eq!(order(&report.body().unwrap_or_default())?, order(&text)?);
        Ok(())
    }

    #[test]
    fn every_answer_is_what_its_table_says_down_to_the_order_of_its_fields() -> Result<(), Box<dyn std::error::Error>> {
        let refusals = [Refusal::IncorrectData("/snils: …".to_owned()), Refusal::NoSuchProgramme, Refusal::NoSuchCycle];
        for refusal in &refusals {
            is_clean("application.answer", &Answer::application_refused(refusal))?;
            is_clean("status.answer", &Answer::review_refused(refusal))?;
        }
        for state in ["actual", "cancelled"] {
            is_clean("application.answer", &Answer::application(state))?;
        }
        for status in ["in_progress", "approved", "needs_revision", "declined", "closed"] {
            is_clean("status.answer", &Answer::review(status))?;
        }
        Ok(())
    }

    #[test]
    fn the_reasons_are_the_documents() {
        let reason = |refusal: &Refusal| {
            (Answer::application_refused(refusal).reason(), Answer::review_refused(refusal).reason())
        };
        assert_eq!(reason(&Refusal::NoSuchProgramme), (Some("program_not_found"), Some("unknown_program")));
        assert_eq!(reason(&Refusal::NoSuchCycle).0, Some("cycle_not_found"));
        let wrong = Refusal::IncorrectData(String::new());
        assert_eq!(reason(&wrong), (Some("incorrect_data"), Some("incorrect_data")));
    }
}

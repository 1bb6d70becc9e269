//! The Portal's answers: a refusal with its reason (RSP-03), and what the platform under it says when something breaks (RSP-04).

use super::{Answer, mentioned, walk};
use crate::issue::{Issue, Step};
use crate::tree::{Object, Tree, is_word};

/// What each reason is about: the first of the fields that the form has; without one it is about the form as a whole.
static REASONS: [(&str, &[&str]); 10] = [
    ("already_exists", &["program_number", "id"]),
    ("not_found", &["program_number", "id"]),
    ("cycle_not_found", &["id", "cycle_id"]),
    ("program_not_found", &["programme", "program_id"]),
    ("unknown_program", &["programme", "program_id"]),
    ("unknown_request", &["request_number"]),
    ("incomplete_data", &[]),
    ("incorrect_data", &[]),
    ("incorrect_pin", &[]),
    ("already_completed", &[]),
];

pub(super) fn explain(answer: &Answer) -> Vec<Issue> {
    match (answer.object(), &answer.body) {
        (Some(object), _) => match success(answer) {
            Some(true) => Vec::new(),
            Some(false) => vec![refusal(answer, object)],
            None if !object.text("error").is_empty() => vec![platform(answer, object)],
            None if !object.text("reason").is_empty() => vec![refusal(answer, object)],
            None if answer.accepted() && !answer.payload.outbound() => Vec::new(),
            None => vec![entry(answer, object)],
        },
        (_, Some(Tree::List(entries))) if !entries.is_empty() => entries
            .iter()
            .map(|item| item.as_object().map_or_else(|| silent(answer), |item| entry(answer, item)))
            .collect(),
        _ => vec![silent(answer)],
    }
}

/// Whether the Portal says that it succeeded; a status of a programme says so too (STA-02).
fn success(answer: &Answer) -> Option<bool> {
    match answer.get("success") {
        Some(Tree::Bool(success)) => Some(*success),
        Some(Tree::Text(text)) if is_word(text, "true") => Some(true),
        Some(Tree::Text(text)) if is_word(text, "false") => Some(false),
        _ if answer.payload.name() == "programme.status" && answer.accepted() => {
            answer.get("status").and_then(Tree::as_text).map(|_| true)
        }
        _ => None,
    }
}

/// A refusal as the document describes it.
fn refusal(answer: &Answer, object: Object<'_>) -> Issue {
    let (given, description) = (object.text("reason"), described(object));
    let Some((reason, fields)) = REASONS.iter().find(|(reason, _)| is_word(given, reason)) else {
        // A reason that the document does not list: its own words are all there is.
        let quote = if description.is_empty() { given } else { description };
        return answer.refused("RSP-03", Vec::new(), "unknown", quote);
    };
    let field = fields.iter().find(|name| answer.payload.root.find(name).is_some());
    let path = match (*reason, field) {
        ("incorrect_data" | "incomplete_data", _) => mentioned(answer.payload, description),
        (_, Some(name)) => vec![Step::Key((*name).into())],
        (_, None) => Vec::new(),
    };
    answer.refused("RSP-03", path, reason, description)
}

fn described<'t>(object: Object<'t>) -> &'t str {
    ["description", "comment", "status_reason"]
        .iter()
        .map(|name| object.text(name))
        .find(|text| !text.is_empty())
        .unwrap_or("")
}

/// `{"error", "details"}` or `{"error", "error_description"}`.
fn platform(answer: &Answer, object: Object<'_>) -> Issue {
    let said = ["details", "error_description"].iter().map(|name| object.text(name)).find(|text| !text.is_empty());
    answer.refused("RSP-04", Vec::new(), answer.by_status(), said.unwrap_or_else(|| object.text("error")))
}

/// One of a list of `{message, path, invalidValue}`; the value is never looked at.
fn entry(answer: &Answer, object: Object<'_>) -> Issue {
    let message = object.text("message");
    let path = object.get("path").and_then(Tree::as_text).map(|path| walk(answer.payload, path)).unwrap_or_default();
    if message.is_empty() && path.is_empty() {
        return silent(answer);
    }
    answer.refused("RSP-04", path, "validation_failed", message)
}

/// An answer that says nothing readable: an HTML page, an empty body, one that was cut off.
fn silent(answer: &Answer) -> Issue {
    answer.refused("RSP-04", Vec::new(), answer.by_status(), "")
}

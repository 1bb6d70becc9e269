//! The Portal's answers: a refusal with its reason (RSP-03), and what the platform under it says when something breaks (RSP-04).

use super::places::{Place, mentioned};
use super::said::{Said, has_faults};
use super::{Answer, Refusal, by_status, in_order};
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

pub(super) fn explain(answer: &Answer<'_>) -> Vec<Issue> {
    let Some(object) = answer.object() else {
        return platform(answer, answer.said(), false);
    };
    match success(answer, object) {
        Some(true) if answer.accepted() && !has_faults(object) => Vec::new(),
        // A success that it takes back in the same breath.
        Some(true) => unclear(answer, &answer.said()),
        Some(false) => refusal(answer, object),
        None if !object.text("reason").is_empty() => refusal(answer, object),
        None if has_faults(object) => platform(answer, answer.said(), true),
        None if answer.accepted() && !answer.payload.outbound() => Vec::new(),
        None => platform(answer, answer.said(), false),
    }
}

/// Whether the Portal says that it succeeded; a status of a programme says so too (STA-02).
fn success(answer: &Answer<'_>, object: Object<'_>) -> Option<bool> {
    match object.get("success") {
        Some(Tree::Bool(success)) => Some(*success),
        Some(Tree::Text(text)) if is_word(text, "true") => Some(true),
        Some(Tree::Text(text)) if is_word(text, "false") => Some(false),
        _ if answer.payload.name() == "programme.status" && answer.accepted() && !has_faults(object) => {
            object.get("status").and_then(Tree::as_text).map(|_| true)
        }
        _ => None,
    }
}

/// A refusal as the document describes it; whatever else the answer says about fields comes with it.
fn refusal(answer: &Answer<'_>, object: Object<'_>) -> Vec<Issue> {
    let given = object.text("reason");
    let said = answer.said();
    let description = said.general.join("; ");
    let known = REASONS.iter().find(|(reason, _)| is_word(given, reason));
    let (reason, fields) = known.copied().unwrap_or(("unknown", &[]));
    // Of a reason that the document does not list, its own words are all there is.
    let quote = if known.is_none() && description.is_empty() { given } else { &description };
    let field = fields.iter().find(|name| answer.payload.root.find(name).is_some());
    let path = match (reason, field) {
        ("incorrect_data" | "incomplete_data", _) => mentioned(answer.payload, answer.options, &description),
        (_, Some(name)) => vec![Step::Key((*name).into())],
        (_, None) => Vec::new(),
    };
    let whole = answer.refused(Place { path, ..Place::default() }, &Refusal { rule: "RSP-03", reason, quote });
    let mut issues = vec![whole];
    issues.append(&mut entries(answer, &said, &description));
    issues
}

/// What the platform says: a list of `{message, path}`, `{"error", "details"}`, or whatever else.
fn platform(answer: &Answer<'_>, said: Said, faults: bool) -> Vec<Issue> {
    if said.says_nothing() {
        return answer.silent();
    }
    let general = said.general.join("; ");
    let mut issues = entries(answer, &said, &general);
    let told = general.is_empty() || said.entries.iter().any(|entry| entry.words.is_empty());
    if issues.is_empty() || !told {
        let reason = match answer.status {
            200..300 if faults => "unknown",
            409 => "conflict",
            status @ (401 | 403 | 413 | 429) => by_status(status),
            400..500 => "unknown",
            status => by_status(status),
        };
        issues.push(answer.refused(Place::default(), &Refusal { rule: "RSP-04", reason, quote: &general }));
    }
    issues
}

/// What is said about fields, each at its own; one without words of its own has those of the whole.
fn entries(answer: &Answer<'_>, said: &Said, general: &str) -> Vec<Issue> {
    let issue = |entry: &super::said::Entry| {
        let place = answer.at(&entry.place);
        let quote = entry.told(general);
        let issue = answer.refused(place.clone(), &Refusal { rule: "RSP-04", reason: "validation_failed", quote });
        (place, issue)
    };
    in_order(said.entries.iter().map(issue).collect())
}

/// An answer that contradicts itself.
fn unclear(answer: &Answer<'_>, said: &Said) -> Vec<Issue> {
    let entries = said.entries.iter().map(|entry| entry.words.as_str());
    let words: Vec<&str> =
        said.general.iter().map(String::as_str).chain(entries).filter(|words| !words.is_empty()).collect();
    let refusal = Refusal { rule: "RSP-04", reason: "unavailable", quote: &words.join("; ") };
    vec![answer.refused(Place::default(), &refusal)]
}

//! eHealth's answers as issues on the form's fields (CTR-22): each entry of a failed validation goes to the field that it names,
//! everything else to the form as a whole. What eHealth says is always quoted, but without what stands in quotation marks in it,
//! because eHealth repeats the rejected value there; `params` is never shown.

use super::places::Place;
use super::said::{Said, has_faults};
use super::{Answer, Refusal, in_order};
use crate::issue::{Issue, Says};
use crate::messages;
use crate::options::Locale;
use crate::payloads::ehealth::contract;
use crate::table::Words;
use crate::tree::{Object, Tree, is_word};

/// Phrases of the document's table of messages, in small letters, and what they are in our own words.
static KNOWN: [(&str, &Words); 3] = [
    ("can not update terminated contract", &contract::NOT_VERIFIED),
    ("suspended contract should be updated by contractor_owner", &contract::SUSPENDED),
    ("contract with such contract number does not exist", &contract::ANOTHER_CONTRACT),
];

/// How eHealth introduces every list of entries: it says nothing that they do not say.
const INTRODUCTION: &str = "validation failed";

pub(super) fn explain(answer: &Answer<'_>) -> Vec<Issue> {
    let whole = answer.object();
    if whole.is_some_and(|whole| accepted(answer, whole)) {
        return Vec::new();
    }
    let mut said = answer.said();
    if whole.is_none() && said.says_nothing() {
        return answer.silent();
    }
    let mut found = Vec::new();
    let introduces = |words: &str| words.to_ascii_lowercase().starts_with(INTRODUCTION);
    let own: Vec<&str> = said.general.iter().map(String::as_str).filter(|words| !introduces(words)).collect();
    let own = own.join("; ");
    let general = if own.is_empty() { said.general.join("; ") } else { own.clone() };
    if said.kind.is_empty() {
        said.kind.clone_from(&general);
    }
    for entry in &said.entries {
        let place = answer.at(&entry.place);
        let words = match entry.told(&own) {
            "" => &general,
            words => words,
        };
        let reason = if is_edrpou(words) { "invalid_edrpou" } else { "validation_failed" };
        let issue = refused(answer, place.clone(), reason, words);
        found.push((place, issue));
    }
    let told = own.is_empty() || said.entries.iter().any(|entry| entry.words.is_empty());
    if found.is_empty() || !told {
        let reason = reason(answer.status, whole, &said, &general);
        let words = if general.is_empty() && reason == "unavailable" { &said.kind } else { &general };
        found.push((Place::default(), refused(answer, Place::default(), reason, words)));
    }
    in_order(found)
}

/// Whether eHealth took the request: a status that says so, and nothing in the answer that says otherwise.
fn accepted(answer: &Answer<'_>, whole: Object<'_>) -> bool {
    let meta = whole.get("meta").and_then(Tree::as_object);
    let code = meta.and_then(|meta| meta.get("code"));
    let refused = match whole.get("success") {
        Some(Tree::Bool(success)) => !success,
        Some(Tree::Text(text)) => is_word(text, "false"),
        _ => false,
    };
    answer.accepted()
        && !refused
        && !has_faults(whole)
        && !matches!(code, Some(Tree::Number(code)) if *code >= 400.0)
        && (whole.get("data").is_some() || whole.text("message").is_empty())
}

fn is_edrpou(said: &str) -> bool {
    says(&said.to_ascii_lowercase(), "invalid edrpou")
}

/// Whether the text has the part: a function, because a search for a constant is unrolled wherever it stands.
#[inline(never)]
fn says(text: &str, part: &str) -> bool {
    text.contains(part)
}

/// Why an answer refuses as a whole.
fn reason(status: u16, whole: Option<Object<'_>>, said: &Said, message: &str) -> &'static str {
    let small = message.to_ascii_lowercase();
    let has = |part: &str| says(&small, part);
    let kind = said.kind.as_str();
    match status {
        401 if has("scope") => "invalid_scopes",
        401 if has("denied") || kind == "access_denied" && message.is_empty() => "access_denied",
        401 => "unauthorized",
        403 if has("blocked") => "client_blocked",
        403 if has("not active") => "client_not_active",
        // The document's row «forbidden» is the check that the client is the NHS.
        403 if small == "forbidden" || has("nhs") || kind == "forbidden" && message.is_empty() => "not_nhs",
        403 => "forbidden",
        404 => "record_not_found",
        409 => "conflict",
        413 | 429 | 500.. => super::by_status(status),
        _ if is_edrpou(message) => "invalid_edrpou",
        _ if kind == "request_malformed" => "malformed",
        _ if kind == "request_conflict" => "conflict",
        _ if kind == "validation_failed" => "validation_failed",
        400 | 415 => "malformed",
        422 => "validation_failed",
        // A success that says what is wrong.
        200..300 if whole.is_some_and(has_faults) => "unknown",
        _ => "unavailable",
    }
}

fn refused(answer: &Answer<'_>, place: Place, reason: &'static str, said: &str) -> Issue {
    let small = said.to_ascii_lowercase();
    let known = KNOWN.iter().find(|(phrase, _)| says(&small, phrase));
    let quote = quotation(said);
    let says = known.map_or(Says::Nothing, |(_, words)| {
        Says::Outside(Box::new(
            Locale::ALL.map(|locale| messages::answered(messages::pick(words, locale), &quote, locale)),
        ))
    });
    Issue { says, ..answer.refused(place, &Refusal { rule: "CTR-22", reason, quote: &quote }) }
}

/// What was said, without what stands in quotation marks. A mark within a word closes nothing, so that a value which has marks of its
/// own goes as a whole, and what is not closed goes to the end.
fn quotation(said: &str) -> String {
    const MARKS: [(char, char); 6] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('`', '`'), ('\'', '\'')];
    let mut shown = String::new();
    let mut before: Option<char> = None;
    let mut rest = said;
    while let Some(letter) = rest.chars().next() {
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        let apostrophe = letter == '\'' && before.is_some_and(char::is_alphanumeric);
        before = Some(letter);
        match MARKS.iter().find(|(open, _)| *open == letter && !apostrophe) {
            Some((_, close)) => {
                shown.push('…');
                rest = after_mark(rest, *close);
            }
            None => shown.push(letter),
        }
    }
    shown
}

fn after_mark(text: &str, close: char) -> &str {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(close) {
        if !after.starts_with(char::is_alphanumeric) {
            return after;
        }
        rest = after;
    }
    ""
}

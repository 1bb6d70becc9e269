//! eHealth's answers as issues on the form's fields (CTR-22): each entry of a failed validation goes to the field that it names,
//! everything else to the form as a whole. A description is quoted without what stands in quotation marks in it, because eHealth
//! repeats the rejected value there; `params` is never shown.

use std::collections::BinaryHeap;

use super::Answer;
use crate::issue::{Issue, Says, Step};
use crate::options::Options;
use crate::payloads::ehealth::{contract, envelope};
use crate::table::{Kind, Payload, Record, Words};
use crate::tree::Tree;

/// Phrases of the document's table of messages, in small letters, and what they are in our own words.
static KNOWN: [(&str, &Words); 3] = [
    ("can not update terminated contract", &contract::NOT_VERIFIED),
    ("suspended contract should be updated by contractor_owner", &contract::SUSPENDED),
    ("contract with such contract number does not exist", &contract::ANOTHER_CONTRACT),
];

/// The issues of an answer; there is no body when it is not JSON.
pub(super) fn issues(payload: &'static Payload, options: &Options, status: u16, body: Option<&Tree>) -> Vec<Issue> {
    let answer = &Answer { payload, status, body: None };
    let whole = body.and_then(Tree::as_object);
    let error = whole.and_then(|whole| whole.get("error")).filter(|error| !matches!(error, Tree::Null | Tree::Nothing));
    if answer.accepted() && error.is_none() && whole.is_some() {
        return Vec::new();
    }
    let details = error.and_then(Tree::as_object).or(whole);
    let said =
        |key: &str| [details, whole].into_iter().flatten().map(|object| object.text(key)).find(|said| !said.is_empty());
    let entries = [details, whole].into_iter().flatten().find_map(|object| object.get("invalid")?.as_list());
    // In the order of the table, the form as a whole last. A heap, because a sort would be a tenth of the explaining.
    let mut order: BinaryHeap<(bool, Vec<u32>, usize)> = BinaryHeap::new();
    let mut found: Vec<Option<Issue>> = Vec::new();
    for entry in entries.unwrap_or_default().iter().filter_map(Tree::as_object) {
        let rules = entry.get("rules").and_then(Tree::as_list).unwrap_or_default().iter().filter_map(Tree::as_object);
        let said: Vec<&str> = rules.map(|rule| rule.text("description")).filter(|said| !said.is_empty()).collect();
        let said = said.join("; ");
        let reason = if is_edrpou(&said) { "invalid_edrpou" } else { "validation_failed" };
        let place = place(payload, options, entry.text("entry"));
        order.push((place.path.is_empty(), place.rank.clone(), found.len()));
        found.push(Some(refused(answer, place, reason, &said)));
    }
    if found.is_empty() {
        let message = said("message").unwrap_or_default();
        let kind = said("type").or_else(|| error.and_then(Tree::as_text)).unwrap_or_default();
        return vec![refused(answer, Place::default(), reason(status, kind, message), message)];
    }
    order.into_sorted_vec().into_iter().filter_map(|(.., at)| found.get_mut(at)?.take()).collect()
}

fn is_edrpou(said: &str) -> bool {
    says(&said.to_ascii_lowercase(), "invalid edrpou")
}

/// Whether the text has the part: a function, because a search for a constant is unrolled wherever it stands.
#[inline(never)]
fn says(text: &str, part: &str) -> bool {
    text.contains(part)
}

/// Why an answer without entries refuses.
fn reason(status: u16, kind: &str, message: &str) -> &'static str {
    let said = message.to_ascii_lowercase();
    let has = |part: &str| says(&said, part);
    match status {
        401 if has("scope") => "invalid_scopes",
        401 if has("denied") || (said.is_empty() && kind == "access_denied") => "access_denied",
        401 => "unauthorized",
        403 if has("blocked") => "client_blocked",
        403 if has("not active") => "client_not_active",
        // The document's row «forbidden» is the check that the client is the NHS.
        403 if said == "forbidden" || has("nhs") || (said.is_empty() && kind == "forbidden") => "not_nhs",
        403 => "forbidden",
        404 => "record_not_found",
        409 => "conflict",
        _ if is_edrpou(&said) => "invalid_edrpou",
        _ if kind == "request_malformed" => "malformed",
        _ if kind == "request_conflict" => "conflict",
        400 | 413 | 415 => "malformed",
        422 => "validation_failed",
        500 => "upstream_error",
        _ => "unavailable",
    }
}

fn refused(answer: &Answer, place: Place, reason: &'static str, said: &str) -> Issue {
    let small = said.to_ascii_lowercase();
    let known = KNOWN.iter().find(|(phrase, _)| says(&small, phrase));
    // Reasons with words of their own need no quotation.
    let quoted = matches!(reason, "conflict" | "malformed" | "validation_failed" | "forbidden" | "record_not_found");
    Issue {
        says: known.map_or(Says::Nothing, |(_, words)| Says::Words(words)),
        payload: place.payload.unwrap_or(answer.payload),
        inner: place.inner,
        ..answer.refused("CTR-22", place.path, reason, &if quoted { quotation(said) } else { String::new() })
    }
}

/// What was said, without what stands in quotation marks.
fn quotation(said: &str) -> String {
    let parts = said.split('"').enumerate();
    parts.map(|(at, part)| if at % 2 == 0 { part } else { "…" }).collect()
}

/// A place in the form.
#[derive(Default)]
struct Place {
    path: Vec<Step>,
    /// Rows and indexes on the way.
    rank: Vec<u32>,
    /// How many steps lead into what is signed, and which payload that is.
    inner: u8,
    payload: Option<&'static Payload>,
}

/// The field of an entry such as `$.a.[0].b`, as far as the form has it; in an envelope also in what is signed.
fn place(payload: &'static Payload, options: &Options, entry: &str) -> Place {
    let mut place = Place::default();
    descend(payload.root, entry, &mut place);
    if place.path.is_empty() && *payload == envelope::ENVELOPE {
        let contents = envelope::contents_payload(options);
        let path = vec![Step::Key("signed_content".into())];
        let mut inner = Place { path, rank: vec![0], inner: 1, payload: Some(contents) };
        descend(contents.root, entry, &mut inner);
        if inner.path.len() > 1 {
            return inner;
        }
    }
    place
}

fn descend(root: &'static Record, entry: &str, place: &mut Place) {
    let Some(steps) = entry.strip_prefix('$') else {
        return;
    };
    let (mut record, mut list) = (Some(root), false);
    for step in steps.split(['.', '[', ']']).filter(|step| !step.is_empty()) {
        if list {
            let Ok(index) = step.parse() else { return };
            place.path.push(Step::Index(index));
            place.rank.push(index);
            list = false;
            continue;
        }
        let Some(at) = record.and_then(|record| record.find(step)) else {
            return;
        };
        let Some(field) = record.and_then(|record| record.fields.get(at)) else {
            return;
        };
        place.path.push(Step::Key(field.name.into()));
        place.rank.push(u32::try_from(at).unwrap_or(u32::MAX));
        (record, list) = match field.kind {
            Kind::Object(inner) => (Some(inner), false),
            Kind::List(inner) => (Some(inner), true),
            _ => (None, false),
        };
    }
}

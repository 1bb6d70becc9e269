//! An upstream's answer on the fields of the form: the Portal's refusals (RSP-03), platform errors, HTML pages and empty bodies
//! (RSP-04), eHealth's validation (CTR-22), and the proxy's own answers. Whatever the answer is, it is read as far as it can be;
//! nothing throws, and what the upstream says was typed (`invalidValue`) is never read.

mod ehealth;
mod portal;

use std::borrow::Cow;

use serde::Deserialize;

use crate::issue::{Code, Issue, Params, Says, Severity, Step};
use crate::kinds::text::lower;
use crate::options::Options;
use crate::packed::{Input, Packed};
use crate::table::{Kind, Payload, Record, System, Words};
use crate::tree::{Object, Tree};

/// What an upstream's answer says about the payload that was sent; nothing when it was accepted.
pub fn explain(payload: &'static Payload, options: &Options, status: u16, body: Input<'_>) -> Vec<Issue> {
    let answer = Answer { payload, status, body: parse(body) };
    if let Some(issues) = proxy(&answer) {
        return issues;
    }
    match payload.system() {
        System::Portal => portal::explain(&answer),
        System::Ehealth => ehealth::issues(payload, options, status, answer.body.as_ref()),
    }
}

/// An answer, read as far as it can be.
struct Answer {
    payload: &'static Payload,
    status: u16,
    /// Nothing where the body is not JSON: an HTML page, empty, or cut off.
    body: Option<Tree>,
}

/// The most of an upstream's words that a message quotes.
const QUOTED: usize = 500;

impl Answer {
    /// The rule of what is no answer of the upstream's own kind.
    fn rule(&self) -> &'static str {
        match self.payload.system() {
            System::Portal => "RSP-04",
            System::Ehealth => "CTR-22",
        }
    }

    fn accepted(&self) -> bool {
        (200..300).contains(&self.status)
    }

    fn object(&self) -> Option<Object<'_>> {
        self.body.as_ref().and_then(Tree::as_object)
    }

    /// The value of a key in any letter case.
    fn get(&self, name: &str) -> Option<&Tree> {
        self.object()?.get(name)
    }

    /// One refusal at a place of the form; `quote` is what the upstream says, "" when it says nothing.
    fn refused(&self, rule: &'static str, path: Vec<Step>, reason: &str, quote: &str) -> Issue {
        let quote: String = quote.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(QUOTED).collect();
        Issue {
            path,
            code: Code::Refused,
            severity: Severity::Error,
            rule: Cow::Borrowed(rule),
            params: Params::Refused(reason.to_owned(), self.status, quote),
            says: Says::Nothing,
            payload: self.payload,
            inner: 0,
        }
    }

    /// The reason that the status alone gives.
    fn by_status(&self) -> &'static str {
        match self.status {
            401 => "unauthorized",
            403 => "forbidden",
            409 => "conflict",
            500.. => "upstream_error",
            _ => "unavailable",
        }
    }
}

fn parse(body: Input<'_>) -> Option<Tree> {
    match body {
        Input::Text(bytes) => Tree::json(bytes),
        Input::Packed(bytes) => match Tree::deserialize(&mut Packed::new(bytes)).ok()? {
            // JavaScript may pass the body on as it came, as text.
            Tree::Text(text) => Tree::json(text.as_bytes()),
            tree => Some(tree),
        },
    }
}

/// The proxy's own answers: `{"error", "message": {ru, uk, en}}`, and with `invalid` the issues that it found.
fn proxy(answer: &Answer) -> Option<Vec<Issue>> {
    let object = answer.object()?;
    let (reason, message) = (object.text("error"), object.get("message")?.as_object()?);
    let said = |name| message.get(name).and_then(Tree::as_text).map(str::to_owned);
    let words = [said("ru")?, said("uk")?, said("en")?];
    let says =
        |path, words| Issue { says: Says::Outside(Box::new(words)), ..answer.refused(answer.rule(), path, reason, "") };
    let issues = object.get("issues").and_then(Tree::as_list).unwrap_or_default();
    let found: Vec<Issue> = issues
        .iter()
        .filter_map(Tree::as_object)
        .filter(|issue| issue.text("severity") == Severity::Error.as_str())
        .map(|issue| {
            let message = issue.text("message").to_owned();
            let path = steps(issue.get("path"));
            if message.is_empty() {
                says(path, words.clone())
            } else {
                says(path, [message.clone(), message.clone(), message])
            }
        })
        .collect();
    Some(if found.is_empty() { vec![says(Vec::new(), words)] } else { found })
}

/// A path of the proxy's issues, which are this crate's own.
fn steps(path: Option<&Tree>) -> Vec<Step> {
    let step = |value: &Tree| match value {
        Tree::Text(key) => Some(Step::Key(Cow::Owned(key.clone()))),
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "compared right here")]
        Tree::Number(index) if f64::from(*index as u32) == *index => Some(Step::Index(*index as u32)),
        _ => None,
    };
    path.and_then(Tree::as_list).unwrap_or_default().iter().filter_map(step).collect()
}

/// The place that an upstream's path names, as far as the table knows it: `$.a.[0].b`, `a[0].b` and `/a/0/b` alike, in any letter
/// case, with or without underscores. Steps before the first that the table knows are passed over.
fn walk(payload: &'static Payload, path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut record, mut list): (&'static Record, bool) = (payload.root, false);
    let mut ended = false;
    for part in path.split(['.', '/', '[', ']', '$']).map(|part| part.trim_matches(['"', '\'', ' '])) {
        if part.is_empty() || ended {
            continue;
        }
        if let Ok(index) = part.parse::<u32>() {
            if list {
                steps.push(Step::Index(index));
                list = false;
            }
            continue;
        }
        match record.fields.iter().find(|field| same_key(field.name, part)) {
            Some(field) => {
                steps.push(Step::Key(Cow::Borrowed(field.name)));
                list = matches!(field.kind, Kind::List(_));
                match field.kind {
                    Kind::Object(inner) | Kind::List(inner) => record = inner,
                    _ => ended = true,
                }
            }
            None => ended = !steps.is_empty(),
        }
    }
    steps
}

/// Whether two spellings are of one key: `programNumber` and `program_number`.
fn same_key(one: &str, other: &str) -> bool {
    let letters = |key: &str| {
        key.chars().filter(|letter| *letter != '_').map(|letter| letter.to_ascii_lowercase()).collect::<String>()
    };
    letters(one) == letters(other)
}

/// Words that stand for a field in other forms than its label.
const STEMS: [(&str, &str); 3] =
    [("специальност", "specialities"), ("спеціальн", "specialities"), ("specialit", "specialities")];

/// The field whose key or label a text contains, the longest first; a field of a list's items stands for its list.
fn mentioned(payload: &'static Payload, text: &str) -> Vec<Step> {
    let text = lower(text);
    let mut best: (usize, Vec<Step>) = (0, Vec::new());
    let mut consider = |name: &str, path: &[Step]| {
        let name = lower(name);
        let length = name.chars().count();
        if length > best.0 && stands_in(&text, &name) {
            best = (length, path.to_vec());
        }
    };
    for (stem, field) in STEMS {
        if payload.root.find(field).is_some() && text.contains(stem) {
            consider(stem, &[Step::Key(Cow::Borrowed(field))]);
        }
    }
    each_field(payload.root, "", &mut Vec::new(), false, &mut |name, label, path| {
        consider(name, path);
        for label in label {
            // A unit after a comma is part of the label, not of the name.
            consider(label.split(',').next().unwrap_or(label), path);
        }
    });
    best.1
}

/// Visits every row with its name as the documents write it (`address.region`), its label and its place.
fn each_field(
    record: &'static Record,
    above: &str,
    path: &mut Vec<Step>,
    in_list: bool,
    visit: &mut dyn FnMut(&str, &'static Words, &[Step]),
) {
    for field in record.fields {
        if !in_list {
            path.push(Step::Key(Cow::Borrowed(field.name)));
        }
        visit(field.name, &field.label, path);
        let name = if above.is_empty() { field.name.to_owned() } else { format!("{above}.{}", field.name) };
        if !above.is_empty() {
            visit(&name, &field.label, path);
        }
        match field.kind {
            Kind::Object(inner) => each_field(inner, &name, path, in_list, visit),
            Kind::List(inner) => each_field(inner, &name, path, true, visit),
            _ => {}
        }
        if !in_list {
            path.pop();
        }
    }
}

/// Whether the name stands in the text as words of its own; a stem may go on.
fn stands_in(text: &str, name: &str) -> bool {
    let stem = STEMS.iter().any(|(stem, _)| *stem == name);
    let part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            let (before, rest) = text.split_at_checked(at).unwrap_or_default();
            let after = rest.strip_prefix(name).unwrap_or_default();
            !part(before.chars().next_back()) && (stem || !part(after.chars().next()))
        })
}

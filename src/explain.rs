//! An upstream's answer on the fields of the form: the Portal's refusals (RSP-03), platform errors, HTML pages and empty bodies
//! (RSP-04), eHealth's validation (CTR-22), and the proxy's own answers. Whatever the answer is, it is read as far as it can be, and
//! what it says is told; nothing throws, and what the upstream says was typed (`invalidValue`) is never shown. An answer that does
//! not say whether the data were accepted is never called a refusal.

mod ehealth;
mod places;
mod portal;
mod said;

use std::borrow::Cow;

use crate::input::Input;
use crate::issue::{Code, Issue, Params, Says, Severity, Step};
use crate::messages;
use crate::options::{Locale, Options};
use crate::table::{Payload, System};
use crate::tree::{Object, Tree};
use places::{Place, place};
use said::Said;

/// What an upstream's answer says about the payload that was sent; nothing when it was accepted.
pub fn explain(payload: &'static Payload, options: &Options, status: u16, body: Input<'_>) -> Vec<Issue> {
    let answer = Answer { payload, options, status, body: Body::read(body) };
    if let Some(issues) = proxy(&answer) {
        return issues;
    }
    match payload.system() {
        System::Portal => portal::explain(&answer),
        System::Ehealth => ehealth::explain(&answer),
    }
}

/// Whether the upstream accepted the payload, by what `explain` says of its answer; nothing where nobody can tell.
pub fn accepted(explained: &[Issue]) -> Option<bool> {
    let unknown = explained.iter().any(|issue| match &issue.params {
        Params::Refused(reason, ..) => messages::UNKNOWN.contains(&reason.as_str()),
        _ => false,
    });
    if unknown { None } else { Some(explained.is_empty()) }
}

/// An answer, read as far as it can be.
struct Answer<'a> {
    payload: &'static Payload,
    options: &'a Options,
    status: u16,
    body: Body,
}

/// The body of an answer.
enum Body {
    Json(Tree),
    /// A line of plain text.
    Plain(String),
    /// Empty, a page, cut off, or not text.
    Nothing,
}

impl Body {
    fn read(body: Input<'_>) -> Self {
        match body {
            Input::Text(bytes) => core::str::from_utf8(bytes).map_or(Self::Nothing, Self::text),
            Input::Packed(packed) => match Tree::packed(packed.bytes()) {
                Some(tree) => Self::tree(tree),
                None => Self::Nothing,
            },
        }
    }

    fn text(text: &str) -> Self {
        let text = crate::kinds::text::trim(text);
        match Tree::json(text) {
            Some(tree) => Self::tree(tree),
            // What begins as data or as a page and is neither was cut off, and may repeat what was sent.
            None if text.starts_with(['{', '[', '"', '<']) => Self::Nothing,
            None => match said::plain(text.lines().next().unwrap_or_default()) {
                line if line.is_empty() => Self::Nothing,
                line => Self::Plain(line),
            },
        }
    }

    /// JavaScript may pass the body on as it came, as text; some servers write their JSON into a JSON text.
    fn tree(tree: Tree) -> Self {
        match tree {
            Tree::Text(text) if !text.starts_with('"') => Self::text(&text),
            Tree::Text(_) => Self::Nothing,
            tree => Self::Json(tree),
        }
    }
}

/// The most of an upstream's words that a message quotes.
const QUOTED: usize = 500;

/// A refusal, as far as it is the same for every place.
struct Refusal<'a> {
    rule: &'static str,
    reason: &'a str,
    quote: &'a str,
}

impl Answer<'_> {
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
        match &self.body {
            Body::Json(tree) => tree.as_object(),
            _ => None,
        }
    }

    fn said(&self) -> Said {
        match &self.body {
            Body::Json(tree) => Said::of(tree),
            _ => Said::default(),
        }
    }

    /// One refusal at a place of the form.
    fn refused(&self, place: Place, refusal: &Refusal<'_>) -> Issue {
        Issue {
            path: place.path,
            code: Code::Refused,
            severity: Severity::Error,
            rule: Cow::Borrowed(refusal.rule),
            params: Params::Refused(refusal.reason.to_owned(), self.status, cut(refusal.quote)),
            says: Says::Nothing,
            payload: place.payload.unwrap_or(self.payload),
            inner: place.inner,
        }
    }

    fn at(&self, path: &str) -> Place {
        place(self.payload, self.options, path)
    }

    /// An answer from which nobody can tell what became of the data, unless its status says so.
    fn silent(&self) -> Vec<Issue> {
        let quote = match &self.body {
            Body::Plain(line) => line,
            _ => "",
        };
        vec![self.refused(Place::default(), &Refusal { rule: self.rule(), reason: by_status(self.status), quote })]
    }
}

/// The reason that a status alone gives.
fn by_status(status: u16) -> &'static str {
    match status {
        401 => "unauthorized",
        403 => "forbidden",
        413 => "too_large",
        429 => "too_many_requests",
        500.. => "upstream_error",
        _ => "unavailable",
    }
}

/// So much of a text as a message quotes.
fn cut(text: &str) -> String {
    let text = said::plain(text);
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => {
            let mut shown = text.split_at_checked(end).unwrap_or_default().0.trim_end().to_owned();
            shown.push('…');
            shown
        }
        None => text,
    }
}

/// In the order of the table, the form as a whole last.
fn in_order(found: Vec<(Place, Issue)>) -> Vec<Issue> {
    let mut found: Vec<_> = found.into_iter().map(|(place, issue)| (place.rank, issue)).collect();
    found.sort_by(|(one, _), (other, _)| one.is_empty().cmp(&other.is_empty()).then_with(|| one.cmp(other)));
    found.into_iter().map(|(_, issue)| issue).collect()
}

/// The proxy's own answers: `{"error", "message": {ru, uk, en}}`, and with `invalid` the issues that it found.
fn proxy(answer: &Answer<'_>) -> Option<Vec<Issue>> {
    let object = answer.object()?;
    let (reason, message) = (object.text("error"), object.get("message")?.as_object()?);
    let said = |locale: Locale| message.text(locale.as_str());
    let any = Locale::ALL.map(said).into_iter().find(|said| !said.is_empty())?;
    let words = Locale::ALL.map(|locale| cut(if said(locale).is_empty() { any } else { said(locale) }));
    let says = |path, words| Issue {
        says: Says::Outside(Box::new(words)),
        ..answer.refused(
            Place { path, ..Place::default() },
            &Refusal { rule: answer.rule(), reason: if reason.is_empty() { "unknown" } else { reason }, quote: "" },
        )
    };
    let issues = object.get("issues").and_then(Tree::as_list).unwrap_or_default();
    let found: Vec<Issue> = issues
        .iter()
        .filter_map(Tree::as_object)
        .filter(|issue| issue.text("severity") == Severity::Error.as_str())
        .map(|issue| {
            let message = cut(issue.text("message"));
            let words = if message.is_empty() { words.clone() } else { [message.clone(), message.clone(), message] };
            says(steps(issue.get("path")), words)
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

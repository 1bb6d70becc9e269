//! What the journal has of one submission, and how it is shown.

use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::FromRow;

use super::by_person::{self, Said};
use crate::clock;
use crate::database::Sealer;
use crate::errors::ProxyError;
use crate::upstream::Answer;

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Under way.
    Received,
    /// The upstream has answered, whatever it said.
    Sent,
    /// It surely was not accepted.
    NotSent,
    /// It may have been accepted.
    Unknown,
}

impl State {
    /// As it stands in the database and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Sent => "sent",
            Self::NotSent => "not_sent",
            Self::Unknown => "unknown",
        }
    }

    /// The state of this name; another name would be one that a newer version wrote, of which nothing is known.
    pub fn of(name: &str) -> Self {
        match name {
            "received" => Self::Received,
            "sent" => Self::Sent,
            "not_sent" => Self::NotSent,
            _ => Self::Unknown,
        }
    }
}

/// A row of the journal.
#[derive(Debug, Clone, FromRow)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// Where it stands among all changes.
    pub place: i64,
    /// Who submitted; empty where nobody is asked.
    pub submitter: String,
    /// The submission's key.
    pub key: String,
    /// Which payload.
    pub payload: String,
    /// A keyed digest of path and body.
    pub fingerprint: Vec<u8>,
    /// What became of it.
    pub state: String,
    /// The request that sent it last.
    pub request_id: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it came, in milliseconds.
    pub received_at: i64,
    /// When that was known.
    pub settled_at: Option<i64>,
    /// The proxy's own code.
    pub error: Option<String>,
    /// The upstream's status.
    pub status: Option<i64>,
    /// Whether the upstream accepted.
    pub accepted: Option<bool>,
    /// A documented reason.
    pub reason: Option<String>,
    /// The upstream's answer, sealed.
    pub answer: Option<Vec<u8>>,
    /// The body, sealed.
    pub body: Option<Vec<u8>>,
    /// What a person said of it when nobody knew.
    pub person_said: Option<String>,
    /// Who; empty where nobody is asked.
    pub person: Option<String>,
    /// When.
    pub person_at: Option<i64>,
    /// A note, sealed.
    pub person_note: Option<Vec<u8>>,
}

/// The columns of an [`Entry`].
pub const COLUMNS: &str = "id, place, submitter, key, payload, fingerprint, state, request_id, attempts, received_at, \
     settled_at, error, status, accepted, reason, answer, body, person_said, person, person_at, person_note";

/// How an answer is kept: this line, and the body after it.
#[derive(Serialize, Deserialize)]
struct Head {
    content_type: Option<String>,
    content_encoding: Option<String>,
    retry_after: Option<String>,
}

/// What a sealed text of the journal is about.
pub fn about(what: &str, submitter: &str, key: &str) -> String {
    // A line break stands in neither.
    format!("journal {what}\n{submitter}\n{key}")
}

/// An answer, sealed.
pub fn seal_answer(sealer: &Sealer, submitter: &str, key: &str, answer: &Answer) -> Option<Vec<u8>> {
    let text = |value: &Option<HeaderValue>| value.as_ref().and_then(|value| value.to_str().ok()).map(str::to_owned);
    let head = Head {
        content_type: text(&answer.content_type),
        content_encoding: text(&answer.content_encoding),
        retry_after: text(&answer.retry_after),
    };
    let mut plain = serde_json::to_vec(&head).ok()?;
    plain.push(b'\n');
    plain.extend_from_slice(&answer.body);
    sealer.seal(&about("answer", submitter, key), &plain)
}

impl Entry {
    /// Its state.
    pub fn state(&self) -> State {
        State::of(&self.state)
    }

    /// What a person said of it; nothing where the upstream has answered after all.
    pub fn said_by_person(&self) -> Option<Said> {
        self.person_said.as_deref().filter(|_| self.status.is_none()).and_then(Said::of)
    }

    /// What the proxy itself said of it, as long as nobody knows better.
    pub fn proxy_error(&self) -> Option<ProxyError> {
        self.error.as_deref().filter(|_| self.said_by_person().is_none()).map(ProxyError::from_code)
    }

    /// The time of what is told of it.
    pub fn at(&self) -> i64 {
        self.settled_at.unwrap_or(self.received_at)
    }

    fn note(&self, sealer: &Sealer) -> Option<String> {
        let note = sealer.open(&about("note", &self.submitter, &self.key), self.person_note.as_ref()?)?;
        String::from_utf8(note).ok()
    }

    /// The upstream's answer, or what a person said in its place; `None` when there is none, or no key opens it.
    pub fn answer(&self, sealer: &Sealer) -> Option<Answer> {
        if let Some(said) = self.said_by_person() {
            return Some(by_person::answer(&self.payload, said, self.note(sealer).as_deref()));
        }
        let plain = sealer.open(&about("answer", &self.submitter, &self.key), self.answer.as_ref()?)?;
        let end = plain.iter().position(|byte| *byte == b'\n')?;
        let (head, body) = plain.split_at_checked(end)?;
        let head: Head = serde_json::from_slice(head).ok()?;
        let value = |text: Option<String>| text.and_then(|text| HeaderValue::from_str(&text).ok());
        Some(Answer {
            status: StatusCode::from_u16(u16::try_from(self.status?).ok()?).ok()?,
            content_type: value(head.content_type),
            content_encoding: value(head.content_encoding),
            retry_after: value(head.retry_after),
            body: Bytes::copy_from_slice(body.get(1..)?),
        })
    }

    /// As `GET /journal` shows it; with a sealer the answer and the body as well.
    pub fn shown(&self, opened: Option<&Sealer>) -> Value {
        let error = self.proxy_error();
        let by_person = self.said_by_person().map(|said| by_person::answer(&self.payload, said, None));
        let mut shown = json!({
            "id": self.id,
            "key": self.key,
            "user": Some(&self.submitter).filter(|user| !user.is_empty()),
            "payload": self.payload,
            "state": self.state().name(),
            "received_at": clock::shown(self.received_at),
            "settled_at": self.settled_at.map(clock::shown),
            "request_id": self.request_id,
            "attempts": self.attempts,
            "error": error.as_ref().map(ProxyError::code),
            "message": error.as_ref().map(ProxyError::message),
            "retry": error.as_ref().map(ProxyError::retry),
            "status": by_person.map_or(self.status, |answer| Some(answer.status.as_u16().into())),
            "accepted": self.accepted,
            "reason": self.reason,
            "settled_by": self.person_said.as_ref().map(|said| json!({
                "user": self.person.as_ref().filter(|user| !user.is_empty()),
                "at": self.person_at.map(clock::shown),
                "state": said,
                "was": self.error,
            })),
        });
        if let (Some(sealer), Some(shown)) = (opened, shown.as_object_mut()) {
            let answer = self.answer(sealer).map(|answer| {
                let content_type = answer.content_type.as_ref().and_then(|value| value.to_str().ok());
                let mut shown = text_or_base64(&answer.body);
                if let Some(shown) = shown.as_object_mut() {
                    shown.insert("content_type".to_owned(), json!(content_type));
                }
                shown
            });
            shown.insert("answer".to_owned(), json!(answer));
            if let Some(settled_by) = shown.get_mut("settled_by").and_then(Value::as_object_mut) {
                settled_by.insert("note".to_owned(), json!(self.note(sealer)));
            }
            if let Some(body) = &self.body {
                let body = sealer.open(&about("body", &self.submitter, &self.key), body);
                shown.insert("submitted".to_owned(), json!(body.map(|body| text_or_base64(&body))));
            }
        }
        shown
    }
}

fn text_or_base64(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => json!({ "body": text }),
        Err(_) => json!({ "base64": STANDARD.encode(bytes) }),
    }
}

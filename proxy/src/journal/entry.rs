//! What the journal has of one submission, and how it is shown.

use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::FromRow;

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
}

/// The columns of an [`Entry`].
pub const COLUMNS: &str = "id, place, submitter, key, payload, fingerprint, state, request_id, attempts, received_at, \
     settled_at, error, status, accepted, reason, answer, body";

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

    /// What the proxy itself said of it.
    pub fn proxy_error(&self) -> Option<ProxyError> {
        self.error.as_deref().map(ProxyError::from_code)
    }

    /// The upstream's answer; `None` when there is none, or no key opens it.
    pub fn answer(&self, sealer: &Sealer) -> Option<Answer> {
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
            "error": self.error,
            "message": error.as_ref().map(ProxyError::message),
            "retry": error.as_ref().map(ProxyError::retry),
            "status": self.status,
            "accepted": self.accepted,
            "reason": self.reason,
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

//! `GET /journal/{key}`: what became of a submission, for the page that made it; `GET /journal`: all that happened, for
//! the information system; `POST /journal/{key}/settle`: what a person knows of one of which the proxy does not.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use std::time::Duration;

use axum::extract::{Path, Query, Request, State as Shared};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::by_person::{BODY_LIMIT, Settling};
use super::{Entry, Failed, Journal, State, key};
use crate::access::{Access, JOURNAL, SETTLE, User};
use crate::body::read_body;
use crate::clock;
use crate::errors::ProxyError;
use crate::forward::is_json;

/// The response header with the time of what is told of a submission.
pub const AT_HEADER: HeaderName = HeaderName::from_static("x-portform-at");

/// The response header with the id of the request that sent it.
pub const SENT_BY_HEADER: HeaderName = HeaderName::from_static("x-portform-request-id");

/// How many entries a page of the list has.
const USUAL: i64 = 100;
const MOST: i64 = 1_000;

/// Says when and by which request what is told became known.
pub fn say_when(headers: &mut HeaderMap, at: i64, request_id: &str) {
    let said = [(AT_HEADER, clock::shown(at)), (SENT_BY_HEADER, request_id.to_owned())];
    for (name, text) in said {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    }
}

/// The routes below `/journal`. `patience` is how long a body may take to arrive.
pub fn router(journal: Option<&Arc<Journal>>, access: &Arc<Access>, patience: Duration) -> Router {
    let Some(journal) = journal else {
        return Router::new().fallback(async || ProxyError::JournalOff);
    };
    Router::new()
        .route("/", get(list))
        .route("/{key}", get(one))
        .route("/{key}/settle", post(settle))
        .method_not_allowed_fallback(async || ProxyError::MethodNotAllowed)
        .fallback(async || ProxyError::NotFound)
        .with_state(Asked { journal: Arc::clone(journal), access: Arc::clone(access), patience })
}

/// What the routes need.
#[derive(Debug, Clone)]
struct Asked {
    journal: Arc<Journal>,
    access: Arc<Access>,
    patience: Duration,
}

impl Asked {
    /// Whose entries a user asks for: his own, or another's where he may see all.
    fn whose(&self, user: &User, wanted: Option<String>) -> Result<String, ProxyError> {
        match wanted {
            Some(wanted) if wanted != user.name && !self.access.may(user, JOURNAL) => Err(ProxyError::NotAllowed),
            Some(wanted) => Ok(wanted),
            None => Ok(user.name.clone()),
        }
    }
}

#[derive(Deserialize)]
struct Whose {
    user: Option<String>,
}

impl From<Failed> for ProxyError {
    fn from(_: Failed) -> Self {
        Self::JournalUnavailable
    }
}

async fn one(
    Shared(asked): Shared<Asked>,
    Extension(user): Extension<User>,
    Path(key): Path<String>,
    whose: Result<Query<Whose>, QueryRejection>,
) -> Result<Response, ProxyError> {
    let Query(whose) = whose.map_err(|_| ProxyError::RequestWrong)?;
    let (user, journal) = (asked.whose(&user, whose.user)?, &asked.journal);
    if !key::is_key(&key) {
        return Err(ProxyError::NotInJournal);
    }
    // Asked first: what ends in between is in the journal by then.
    let busy = journal.is_busy_with(&user, &key);
    match journal.find(&user, &key).await? {
        Some(entry) => Ok(told(journal, &entry)),
        // Its body is being read or checked.
        None if busy => Ok(answer(json!({
            "id": null, "key": key, "user": Some(&user).filter(|user| !user.is_empty()), "payload": null, "state": State::Received.name(),
            "received_at": null, "settled_at": null, "request_id": null, "attempts": 0, "error": null,
            "message": null, "retry": null, "status": null, "accepted": null, "reason": null, "answer": null,
        }))),
        None => Err(ProxyError::NotInJournal),
    }
}

async fn settle(
    Shared(asked): Shared<Asked>,
    Extension(user): Extension<User>,
    Path(key): Path<String>,
    whose: Result<Query<Whose>, QueryRejection>,
    request: Request,
) -> Result<Response, ProxyError> {
    if !asked.access.may(&user, SETTLE) {
        return Err(ProxyError::NotAllowed);
    }
    let Query(whose) = whose.map_err(|_| ProxyError::RequestWrong)?;
    if !is_json(request.headers()) {
        return Err(ProxyError::ContentType);
    }
    let body = read_body(request.into_body(), BODY_LIMIT, asked.patience).await?;
    let settling = Settling::read(&body).ok_or(ProxyError::RequestWrong)?;
    if !key::is_key(&key) {
        return Err(ProxyError::NotInJournal);
    }
    // Whoever may settle may settle anybody's.
    let submitter = whose.user.unwrap_or_else(|| user.name.clone());
    let entry = asked.journal.settle_by_person(&submitter, &key, &settling, &user.name).await?;
    Ok(told(&asked.journal, &entry))
}

fn told(journal: &Journal, entry: &Entry) -> Response {
    let mut response = answer(entry.shown(Some(&journal.database.sealer)));
    say_when(response.headers_mut(), entry.at(), &entry.request_id);
    response
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    after: i64,
    limit: Option<i64>,
    user: Option<String>,
}

async fn list(
    Shared(asked): Shared<Asked>,
    Extension(user): Extension<User>,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Response, ProxyError> {
    let Query(page) = page.map_err(|_| ProxyError::RequestWrong)?;
    let limit = page.limit.unwrap_or(USUAL).clamp(1, MOST);
    // Who may see all sees all, unless he asks for one.
    let whose = match page.user {
        None if asked.access.may(&user, JOURNAL) => None,
        wanted => Some(asked.whose(&user, wanted)?),
    };
    let mut entries = asked.journal.after(page.after, whose.as_deref(), limit + 1).await?;
    let more = i64::try_from(entries.len()).unwrap_or(i64::MAX) > limit;
    entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = entries.last().map_or(page.after, |entry| entry.place).to_string();
    let shown: Vec<Value> = entries.iter().map(|entry| entry.shown(None)).collect();
    Ok(answer(json!({ "entries": shown, "next": next, "more": more })))
}

fn answer(value: Value) -> Response {
    ([(CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(value)).into_response()
}

//! `GET /journal/{key}`: what became of a submission, for the page that made it; `GET /journal`: all that happened, for
//! the information system.

use std::sync::Arc;

use axum::extract::{Path, Query, State as Shared};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Failed, Journal, State, key};
use crate::errors::ProxyError;

/// How many entries a page of the list has.
const USUAL: i64 = 100;
const MOST: i64 = 1_000;

/// The routes below `/journal`.
pub fn router(journal: Option<&Arc<Journal>>) -> Router {
    let Some(journal) = journal else {
        return Router::new().fallback(async || ProxyError::JournalOff);
    };
    Router::new()
        .route("/", get(list))
        .route("/{key}", get(one))
        .method_not_allowed_fallback(async || ProxyError::MethodNotAllowed)
        .fallback(async || ProxyError::NotFound)
        .with_state(Arc::clone(journal))
}

impl From<Failed> for ProxyError {
    fn from(_: Failed) -> Self {
        Self::JournalUnavailable
    }
}

async fn one(Shared(journal): Shared<Arc<Journal>>, Path(key): Path<String>) -> Result<Response, ProxyError> {
    let user = "";
    if !key::is_key(&key) {
        return Err(ProxyError::NotInJournal);
    }
    // Asked first: what ends in between is in the journal by then.
    let busy = journal.is_busy_with(user, &key);
    match journal.find(user, &key).await? {
        Some(entry) => Ok(answer(entry.shown(Some(&journal.database.sealer)))),
        // Its body is being read or checked.
        None if busy => Ok(answer(json!({
            "id": null, "key": key, "user": null, "payload": null, "state": State::Received.name(),
            "received_at": null, "settled_at": null, "request_id": null, "attempts": 0, "error": null,
            "message": null, "retry": null, "status": null, "accepted": null, "reason": null, "answer": null,
        }))),
        None => Err(ProxyError::NotInJournal),
    }
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    after: i64,
    limit: Option<i64>,
}

async fn list(
    Shared(journal): Shared<Arc<Journal>>,
    page: Result<Query<Page>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, ProxyError> {
    let Query(page) = page.map_err(|_| ProxyError::RequestWrong)?;
    let limit = page.limit.unwrap_or(USUAL).clamp(1, MOST);
    let mut entries = journal.after(page.after, None, limit + 1).await?;
    let more = i64::try_from(entries.len()).unwrap_or(i64::MAX) > limit;
    entries.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = entries.last().map_or(page.after, |entry| entry.place).to_string();
    let shown: Vec<Value> = entries.iter().map(|entry| entry.shown(None)).collect();
    Ok(answer(json!({ "entries": shown, "next": next, "more": more })))
}

fn answer(value: Value) -> Response {
    ([(CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(value)).into_response()
}

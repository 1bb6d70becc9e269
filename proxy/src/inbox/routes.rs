//! The inbox over HTTP, for the information system: pages and long polls, single items, event streams, acknowledging,
//! the lists of what the information system has, and the state of the webhook.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use portform::Locale;
use serde::Deserialize;
use serde_json::{Value, json};

use super::store::Unavailable;
use super::{Inbox, events, known};
use crate::body::read_body;
use crate::check::{from_accept_language, from_tag};
use crate::errors::ProxyError;
use crate::forward::{LOCALE_HEADER, is_json};
use crate::web::LAST_EVENT_ID;

/// Items of a page, when no number is asked for; and the most.
const LIMIT: i64 = 100;
const MOST: i64 = 1000;

/// The longest wait of a long poll.
const LONGEST: Duration = Duration::from_secs(60);

/// So many are acknowledged by their numbers at once.
const MOST_IDS: usize = 1000;

/// The longest bodies: a thousand numbers, and as many ids as may be known.
const ACKNOWLEDGED_LIMIT: usize = 64 * 1024;
const KNOWN_LIMIT: usize = 32 * 1024 * 1024;

impl From<Unavailable> for ProxyError {
    fn from(_: Unavailable) -> Self {
        Self::DatabaseUnavailable
    }
}

/// The routes, to be nested under `/inbox`.
/// `patience` is how long a body may take to arrive.
pub fn router(inbox: &Arc<Inbox>, patience: Duration) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/events", get(stream))
        .route("/acknowledged", post(move |inbox, request| acknowledge(inbox, request, patience)))
        .route("/known", get(get_known).put(move |inbox, request| set_known(inbox, request, patience)))
        .route("/webhook", get(webhook))
        .route("/webhook/dead", get(dead))
        .route("/webhook/dead/again", post(move |inbox, request| send_again(inbox, request, patience)))
        .route("/{id}", get(one))
        .method_not_allowed_fallback(async || ProxyError::MethodNotAllowed)
        .fallback(async || ProxyError::NotFound)
        .with_state(Arc::clone(inbox))
}

#[derive(Deserialize)]
struct Asked {
    after: Option<String>,
    limit: Option<String>,
    wait: Option<String>,
    locale: Option<String>,
}

type Parameters = Result<Query<Asked>, QueryRejection>;

impl Asked {
    fn read(parameters: Parameters) -> Result<Self, ProxyError> {
        parameters.map(|Query(asked)| asked).map_err(|_| ProxyError::RequestWrong)
    }

    fn locale(&self, headers: &HeaderMap) -> Locale {
        let header = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let asked = header(LOCALE_HEADER).and_then(from_tag).or_else(|| self.locale.as_deref().and_then(from_tag));
        asked.or_else(|| header(ACCEPT_LANGUAGE).and_then(from_accept_language)).unwrap_or(Locale::Ru)
    }
}

/// A number that is not negative, or nothing where nothing is given.
fn number(text: Option<&str>) -> Result<Option<i64>, ProxyError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let digits = text.bytes().all(|letter| letter.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().map(Some).ok_or(ProxyError::RequestWrong)
}

/// A place in this inbox. One beyond its end belongs to another database: whoever waited there would wait for ever.
async fn place(inbox: &Inbox, text: Option<&str>) -> Result<i64, ProxyError> {
    let Some(place) = number(text)? else {
        return Ok(0);
    };
    if place > inbox.notices.newest().await? { Err(ProxyError::PlaceUnknown) } else { Ok(place) }
}

async fn page(
    State(inbox): State<Arc<Inbox>>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, ProxyError> {
    let asked = Asked::read(parameters)?;
    let locale = asked.locale(&headers);
    let after = place(&inbox, asked.after.as_deref()).await?;
    let limit = number(asked.limit.as_deref())?.unwrap_or(LIMIT).clamp(1, MOST);
    let wait = number(asked.wait.as_deref())?.unwrap_or_default();
    // One more than asked for tells whether there are more.
    let mut items = inbox.notices.after(after, limit + 1, locale).await?;
    if items.is_empty() && wait > 0 {
        let seat = inbox.seat().ok_or(ProxyError::TooManyReaders)?;
        let wait = Duration::from_secs(u64::try_from(wait).unwrap_or_default()).min(LONGEST);
        inbox.wait(after, wait).await;
        drop(seat);
        items = inbox.notices.after(after, limit + 1, locale).await?;
    }
    let limit = usize::try_from(limit).unwrap_or_default();
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().map_or_else(|| after.to_string(), |item| item.id.clone());
    let page = Json(json!({ "items": items, "next": next, "more": more }));
    Ok(([(CACHE_CONTROL, HeaderValue::from_static("no-store"))], page).into_response())
}

async fn one(
    State(inbox): State<Arc<Inbox>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, ProxyError> {
    let locale = Asked::read(parameters)?.locale(&headers);
    let id = number(Some(&id)).ok().flatten().ok_or(ProxyError::NotFound)?;
    let item = inbox.notices.one(id, locale).await?.ok_or(ProxyError::NotFound)?;
    Ok(([(CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(item)).into_response())
}

async fn stream(
    State(inbox): State<Arc<Inbox>>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, ProxyError> {
    let asked = Asked::read(parameters)?;
    let locale = asked.locale(&headers);
    let last = headers.get(LAST_EVENT_ID).and_then(|value| value.to_str().ok()).filter(|text| !text.trim().is_empty());
    let place = place(&inbox, last.or(asked.after.as_deref())).await?;
    let seat = inbox.seat().ok_or(ProxyError::TooManyReaders)?;
    Ok(events::stream(inbox, place, locale, seat))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Acknowledged {
    Through(Number),
    Ids(Vec<Number>),
}

/// Numbers are told as texts; a number is taken as well.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Text(String),
    Number(i64),
}

impl Number {
    fn read(&self) -> Result<i64, ProxyError> {
        match self {
            Self::Text(text) => number(Some(text))?.ok_or(ProxyError::RequestWrong),
            Self::Number(number) => Ok(*number),
        }
    }
}

/// A body of an information system. Only JSON, which a foreign site's form cannot send.
async fn body(request: Request, limit: usize, patience: Duration) -> Result<Bytes, ProxyError> {
    if is_json(request.headers()) {
        read_body(request.into_body(), limit, patience).await
    } else {
        Err(ProxyError::ContentType)
    }
}

/// Which notices are meant.
enum Wanted {
    Through(i64),
    Ids(Vec<i64>),
}

async fn wanted(request: Request, patience: Duration) -> Result<Wanted, ProxyError> {
    let body = body(request, ACKNOWLEDGED_LIMIT, patience).await?;
    match serde_json::from_slice(&body).map_err(|_| ProxyError::RequestWrong)? {
        Acknowledged::Through(place) => Ok(Wanted::Through(place.read()?)),
        Acknowledged::Ids(ids) if ids.len() > MOST_IDS => Err(ProxyError::RequestWrong),
        Acknowledged::Ids(ids) => Ok(Wanted::Ids(ids.iter().map(Number::read).collect::<Result<_, _>>()?)),
    }
}

async fn acknowledge(
    State(inbox): State<Arc<Inbox>>,
    request: Request,
    patience: Duration,
) -> Result<Json<Value>, ProxyError> {
    let count = match wanted(request, patience).await? {
        Wanted::Through(place) => inbox.notices.acknowledge_through(place).await?,
        Wanted::Ids(ids) => inbox.notices.acknowledge(&ids).await?,
    };
    Ok(Json(json!({ "acknowledged": count })))
}

async fn set_known(
    State(inbox): State<Arc<Inbox>>,
    request: Request,
    patience: Duration,
) -> Result<Json<Value>, ProxyError> {
    let body = body(request, KNOWN_LIMIT, patience).await?;
    // Two hundred thousand ids take a while to read.
    let read = tokio::task::spawn_blocking(move || known::read(&body)).await;
    let known = read.map_err(|_| ProxyError::Internal)?.ok_or(ProxyError::RequestWrong)?;
    inbox.notices.set_known(&known).await?;
    known_now(&inbox).await
}

async fn get_known(State(inbox): State<Arc<Inbox>>) -> Result<Json<Value>, ProxyError> {
    known_now(&inbox).await
}

async fn known_now(inbox: &Inbox) -> Result<Json<Value>, ProxyError> {
    let (programmes, cycles) = inbox.notices.known().await?;
    Ok(Json(json!({ "programmes": programmes, "cycles": cycles })))
}

async fn webhook(State(inbox): State<Arc<Inbox>>) -> Result<Json<Value>, ProxyError> {
    let mut state = inbox.notices.webhook_state().await?;
    if let Some(fields) = state.as_object_mut() {
        fields.insert("configured".to_owned(), json!(inbox.config.webhook.is_some()));
    }
    Ok(Json(state))
}

async fn dead(State(inbox): State<Arc<Inbox>>, parameters: Parameters) -> Result<Json<Value>, ProxyError> {
    let asked = Asked::read(parameters)?;
    let after = number(asked.after.as_deref())?.unwrap_or_default();
    let limit = number(asked.limit.as_deref())?.unwrap_or(LIMIT).clamp(1, MOST);
    let mut letters = inbox.notices.dead_letters(after, limit + 1).await?;
    let limit = usize::try_from(limit).unwrap_or_default();
    let more = letters.len() > limit;
    letters.truncate(limit);
    let next = letters.last().map_or(after, |(id, _)| *id).to_string();
    let items: Vec<Value> = letters.into_iter().map(|(_, letter)| letter).collect();
    Ok(Json(json!({ "items": items, "next": next, "more": more })))
}

async fn send_again(
    State(inbox): State<Arc<Inbox>>,
    request: Request,
    patience: Duration,
) -> Result<Json<Value>, ProxyError> {
    let count = match wanted(request, patience).await? {
        Wanted::Through(place) => inbox.notices.send_again_through(place).await?,
        Wanted::Ids(ids) => inbox.notices.send_again(&ids).await?,
    };
    inbox.again.notify_one();
    Ok(Json(json!({ "again": count })))
}

#[cfg(test)]
mod tests {
    use super::number;
    use crate::errors::ProxyError;

    #[test]
    fn a_place_is_a_number_without_a_sign() {
        assert_eq!(number(None), Ok(None));
        assert_eq!(number(Some(" ")), Ok(None));
        assert_eq!(number(Some("017")), Ok(Some(17)));
        for wrong in ["-1", "+1", "1.0", "1e3", "x", "9223372036854775808"] {
            assert_eq!(number(Some(wrong)), Err(ProxyError::RequestWrong), "{wrong}");
        }
    }
}

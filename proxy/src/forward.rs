//! One request of the page: read the body within its limits, check it, write it down, send the bytes as received, write
//! down the answer and pass it on.
//! Only the documented routes get here, and a body that breaks a rule goes no further.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State as Shared};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RETRY_AFTER,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use portform::Locale;
use portform::context::ContractType;

use crate::access::{Access, User};
use crate::body::{Held, hold_body};
use crate::check::{CheckOptions, Verdict, from_accept_language, from_tag};
use crate::clock;
use crate::config::Config;
use crate::errors::{ANSWER_HEADER, ProxyError};
use crate::inbox::Inbox;
use crate::journal::key::{self, KEY_HEADER};
use crate::journal::{Begun, Busy, Entry, Failed, Journal, Judged, State, Submission, Ticket, say_when, verdict};
use crate::load::Load;
use crate::metrics::Metrics;
use crate::routes::{Method, Route, Upstream};
use crate::upstream::{Answer, Upstreams};
use crate::web::RequestId;

/// The request header by which a page chooses the language of the issues.
pub const LOCALE_HEADER: HeaderName = HeaderName::from_static("x-portform-locale");

/// The response header with what the journal has of a submission.
pub const STATE_HEADER: HeaderName = HeaderName::from_static("x-portform-state");

/// The response header of an answer that was given before.
pub const REPEATED_HEADER: HeaderName = HeaderName::from_static("x-portform-repeated");

/// A body of so few bytes is checked before another thread would have begun.
const QUICK: usize = 16 * 1024;

/// What every request needs.
#[derive(Debug)]
pub struct App {
    /// The configuration.
    pub config: Config,
    /// The upstreams.
    pub upstreams: Arc<Upstreams>,
    /// What was submitted, unless there is no journal.
    pub journal: Option<Arc<Journal>>,
    /// What the Portal has sent.
    pub inbox: Arc<Inbox>,
    /// What a user may submit.
    pub access: Arc<Access>,
    /// What is under way.
    pub load: Arc<Load>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
}

/// The documented routes of one upstream, below its prefix.
pub fn router(app: &Arc<App>, upstream: Upstream) -> Router {
    let mut router = Router::new();
    for route in app.config.routes.iter().filter(|route| route.upstream == upstream) {
        let shared = Arc::new(route.clone());
        let handler =
            move |Shared(app): Shared<Arc<App>>, Path(parts): Path<HashMap<String, String>>, request: Request| {
                let route = Arc::clone(&shared);
                async move { forward(&app, &route, &parts, request).await }
            };
        let methods = match route.method {
            Method::Get => get(handler),
            Method::Post => post(handler),
        };
        router = router.route(&format!("/{}", route.path), methods);
    }
    router
        .method_not_allowed_fallback(async || ProxyError::MethodNotAllowed)
        .fallback(async || ProxyError::NotFound)
        .with_state(Arc::clone(app))
}

async fn forward(app: &App, route: &Route, parts: &HashMap<String, String>, request: Request) -> Response {
    let path = match fill(&route.path, parts) {
        Ok(path) => path,
        Err(error) => return error.into_response(),
    };
    if route.method == Method::Get {
        return match app.upstreams.send(route.upstream, reqwest::Method::GET, &path, None).await {
            Ok(answer) => pass_on(answer),
            Err(error) => error.into_response(),
        };
    }
    let options = CheckOptions {
        locale: locale(request.headers()),
        contract_type: parts.get("contract_type").and_then(|text| contract_type(text)),
    };
    submit(app, route, &path, options, request).await
}

/// What is told of a submission.
struct Told {
    outcome: Result<Answer, ProxyError>,
    /// What the journal has of it.
    state: State,
    /// Since when, and by which request it was sent; nothing where nothing was written down.
    since: Option<(i64, String)>,
    /// What became of it, for those who count.
    counted: &'static str,
    /// Whether it was told before, and nothing was sent now.
    repeated: bool,
    /// Whether a person answers in the upstream's place.
    by_person: bool,
}

impl Told {
    fn refused(error: ProxyError) -> Self {
        let (state, counted) = (error.state(), counted(&error));
        Self { state, outcome: Err(error), since: None, counted, repeated: false, by_person: false }
    }

    /// What a submission has come to just now.
    fn now(outcome: Result<(Answer, Judged), ProxyError>, at: i64, request_id: String) -> Self {
        let (state, counted) = match &outcome {
            Ok((answer, verdict)) => (
                answer.state(),
                match (answer.state(), verdict.accepted) {
                    (State::NotSent, _) => "not_sent",
                    (_, Some(true)) => "accepted",
                    (_, Some(false)) => "refused",
                    (_, None) => "unclear",
                },
            ),
            Err(error) => (error.state(), counted(error)),
        };
        let outcome = outcome.map(|(answer, _)| answer);
        Self { outcome, state, since: Some((at, request_id)), counted, repeated: false, by_person: false }
    }
}

/// What a submission came to that the proxy answered itself.
fn counted(error: &ProxyError) -> &'static str {
    match error {
        ProxyError::Invalid(_) => "invalid",
        _ => match error.state() {
            State::Received => "in_progress",
            State::Unknown => "unknown",
            State::Sent | State::NotSent => "not_sent",
        },
    }
}

async fn submit(app: &App, route: &Route, path: &str, options: CheckOptions, request: Request) -> Response {
    let refused = |error: ProxyError| {
        app.metrics.submitted(route.payload, counted(&error));
        error.into_response()
    };
    let user = request.extensions().get::<User>().cloned().unwrap_or_default();
    if !app.access.may(&user, route.payload) {
        return refused(ProxyError::NotAllowed);
    }
    let key = match key::read(request.headers()) {
        Ok(None) if app.journal.as_ref().is_some_and(|journal| journal.config().require_key) => {
            Err(ProxyError::KeyRequired)
        }
        Ok(key) => Ok(key.unwrap_or_else(|| uuid::Uuid::new_v4().to_string())),
        Err(error) => Err(error),
    };
    let key = match key {
        Ok(key) => key,
        Err(error) => return refused(error),
    };
    let told = match &app.journal {
        Some(journal) => match journal.take_up(&user.name, &key) {
            Some(busy) => submit_once(app, journal, busy, route, path, options, request).await,
            None => Told::refused(ProxyError::KeyInProgress),
        },
        None => {
            let request_id = id_of(&request);
            match read_and_check(app, route, options, request).await {
                Ok(body) => match app.load.submit() {
                    Some(_under_way) => {
                        let outcome = post_on(app, route, path, body.bytes.clone()).await;
                        Told::now(judged(route, outcome), clock::now(), request_id)
                    }
                    None => Told::refused(ProxyError::Stopping),
                },
                Err(error) => Told::refused(error),
            }
        }
    };
    app.metrics.submitted(route.payload, told.counted);
    let mut response = match told.outcome {
        Ok(answer) => pass_on(answer),
        Err(error) => error.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(STATE_HEADER, HeaderValue::from_static(told.state.name()));
    if told.by_person {
        headers.insert(ANSWER_HEADER, HeaderValue::from_static("person"));
    }
    if let Some((at, request_id)) = told.since {
        say_when(headers, at, &request_id);
    }
    if told.repeated {
        headers.insert(REPEATED_HEADER, HeaderValue::from_static("1"));
    }
    if let Ok(key) = HeaderValue::from_str(&key::quoted(&key)) {
        headers.insert(KEY_HEADER, key);
    }
    response
}

/// Writes the submission down, sends it unless the journal knows its key, and writes down what became of it.
async fn submit_once(
    app: &App,
    journal: &Journal,
    busy: Busy,
    route: &Route,
    path: &str,
    options: CheckOptions,
    request: Request,
) -> Told {
    let request_id = id_of(&request);
    let body = match read_and_check(app, route, options, request).await {
        Ok(body) => body,
        Err(error) => return Told::refused(error),
    };
    let Some(_under_way) = app.load.submit() else {
        return Told::refused(ProxyError::Stopping);
    };
    let sending = app.upstreams.is_ready(route.upstream);
    let submission = Submission { payload: route.payload, path, body: &body.bytes, request_id: &request_id, sending };
    let ticket = match journal.begin(&busy, submission).await {
        Ok(Begun::New(ticket)) => ticket,
        Ok(Begun::UnderWay) => return Told::refused(ProxyError::KeyInProgress),
        Ok(Begun::OtherBody) => return Told::refused(ProxyError::KeyReused),
        Ok(Begun::Settled(entry)) => return repeated(journal, &entry),
        Err(Failed) => return Told::refused(ProxyError::JournalUnavailable),
    };
    let outcome = match if sending { Ok(()) } else { make_ready(app, journal, ticket, route.upstream).await } {
        Ok(()) => post_on(app, route, path, body.bytes.clone()).await,
        Err(error) => Err(error),
    };
    let (outcome, at) = (judged(route, outcome), clock::now());
    let written = journal.settle(busy, ticket, &outcome, at).await;
    let told = Told::now(outcome, at, request_id);
    match written {
        Ok(()) => told,
        // What surely was not sent is so whether it is written down or not.
        Err(Failed) if told.state == State::NotSent => told,
        Err(Failed) => Told::refused(ProxyError::NotRecorded),
    }
}

fn id_of(request: &Request) -> String {
    request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

fn judged(route: &Route, outcome: Result<Answer, ProxyError>) -> Result<(Answer, Judged), ProxyError> {
    outcome.map(|answer| {
        let verdict = verdict(route, &answer);
        (answer, verdict)
    })
}

async fn post_on(app: &App, route: &Route, path: &str, body: Bytes) -> Result<Answer, ProxyError> {
    if route.payload == "programme.update" {
        // Before it is sent: the Portal may tell of the next review before it answers.
        app.inbox.programme_changes(&body).await;
    }
    app.upstreams.send(route.upstream, reqwest::Method::POST, path, Some(body)).await
}

/// Gets a token while nothing has left the proxy, and writes down that from now on something may have.
async fn make_ready(app: &App, journal: &Journal, ticket: Ticket, upstream: Upstream) -> Result<(), ProxyError> {
    app.upstreams.make_ready(upstream).await?;
    match journal.sending(ticket).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(ProxyError::Interrupted),
        Err(Failed) => Err(ProxyError::JournalUnavailable),
    }
}

/// What was told of a submission before.
fn repeated(journal: &Journal, entry: &Entry) -> Told {
    let outcome = match entry.proxy_error() {
        Some(error) => Err(error),
        // An answer that no key opens any more is still one.
        None => journal.answer(entry).ok_or(ProxyError::NotRecorded),
    };
    Told {
        outcome,
        state: entry.state(),
        since: Some((entry.at(), entry.request_id.clone())),
        counted: "repeated",
        repeated: true,
        by_person: entry.said_by_person().is_some(),
    }
}

async fn read_and_check(app: &App, route: &Route, options: CheckOptions, request: Request) -> Result<Held, ProxyError> {
    if !is_json(request.headers()) {
        return Err(ProxyError::ContentType);
    }
    let (limit, patience) = (app.config.body_limit, app.config.request_timeout);
    let body = hold_body(request.into_body(), limit, patience, &app.load).await?;
    check(app, route.payload, body.bytes.clone(), options).await?;
    Ok(body)
}

/// Puts a request's own parts into a path. They are held to the shapes that the document gives, so that nothing else
/// can be reached by them.
fn fill(path: &str, parts: &HashMap<String, String>) -> Result<String, ProxyError> {
    let mut filled = path.to_owned();
    for (name, value) in parts {
        let fits = match name.as_str() {
            "contract_type" => contract_type(value).is_some(),
            "id" => is_uuid(value),
            _ => false,
        };
        if !fits {
            return Err(ProxyError::NotFound);
        }
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    Ok(filled)
}

fn contract_type(text: &str) -> Option<ContractType> {
    match text.to_ascii_lowercase().as_str() {
        "capitation" => Some(ContractType::Capitation),
        "reimbursement" => Some(ContractType::Reimbursement),
        _ => None,
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(at, letter)| match at {
            8 | 13 | 18 | 23 => letter == '-',
            _ => letter.is_ascii_hexdigit(),
        })
}

/// Another type than JSON could be sent by a foreign site's form without the browser asking first.
pub fn is_json(headers: &HeaderMap) -> bool {
    let declared = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = declared.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

fn locale(headers: &HeaderMap) -> Option<Locale> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    text(LOCALE_HEADER).and_then(from_tag).or_else(|| text(ACCEPT_LANGUAGE).and_then(from_accept_language))
}

async fn check(app: &App, payload: &'static str, body: Bytes, options: CheckOptions) -> Result<(), ProxyError> {
    let check = app.config.check;
    let verdict = if body.len() <= QUICK {
        check(payload, &body, &options)
    } else {
        // A large body takes milliseconds of work: not on the threads that serve everyone, and not all at once.
        let turn = app.load.turn_to_check(body.len()).await;
        let checked = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            check(payload, &body, &options)
        });
        checked.await.map_err(|_| ProxyError::Internal)?
    };
    match verdict {
        Verdict::Valid => Ok(()),
        Verdict::Invalid(issues) => Err(ProxyError::Invalid(issues)),
        Verdict::Unknown => Err(ProxyError::NotChecked),
    }
}

fn pass_on(answer: Answer) -> Response {
    let mut response = (answer.status, Body::from(answer.body)).into_response();
    let headers = response.headers_mut();
    headers.remove(CONTENT_TYPE);
    if let Some(content_type) = answer.content_type {
        headers.insert(CONTENT_TYPE, content_type);
    }
    for (name, value) in [(CONTENT_ENCODING, answer.content_encoding), (RETRY_AFTER, answer.retry_after)] {
        if let Some(value) = value {
            headers.insert(name, value);
        }
    }
    headers.insert(ANSWER_HEADER, HeaderValue::from_static("upstream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // An upstream's HTML is data for the page to explain; opened by itself it must not act in the proxy's origin.
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{fill, is_uuid};
    use crate::errors::ProxyError;

    #[test]
    fn a_path_takes_only_parts_of_the_documented_shapes() {
        let path = "api/contract_requests/{contract_type}/{id}";
        let parts = |contract_type: &str, id: &str| {
            HashMap::from([("contract_type".to_owned(), contract_type.to_owned()), ("id".to_owned(), id.to_owned())])
        };
        let id = "09106b70-18b0-4726-b0ed-6bda1369fd52";
        assert_eq!(
            fill(path, &parts("capitation", id)),
            Ok("api/contract_requests/capitation/09106b70-18b0-4726-b0ed-6bda1369fd52".to_owned())
        );
        for (contract_type, id) in [("other", id), ("capitation", ".."), ("capitation/..", id), ("capitation", "{id}")]
        {
            assert_eq!(fill(path, &parts(contract_type, id)), Err(ProxyError::NotFound));
        }
    }

    #[test]
    fn a_uuid_has_its_hyphens_in_place() {
        assert!(is_uuid("09106b70-18b0-4726-b0ed-6bda1369fd52"));
        assert!(!is_uuid("09106b7018b0-4726-b0ed-6bda1369fd5210"));
        assert!(!is_uuid("0910é70-18b0-4726-b0ed-6bda1369fd52"));
    }
}

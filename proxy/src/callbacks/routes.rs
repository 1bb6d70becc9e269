//! The services that the Portal calls, over HTTP. Who calls is known before a body is read; a notice is on disk before
//! it is answered. A browser is refused, whatever it shows.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ORIGIN, PRAGMA, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::json;

use super::account::{Account, Worth};
use super::attempts::{Attempts, Limits};
use super::credentials::{Shown, are_known};
use super::form::pairs;
use super::token::{OauthError, grant};
use crate::access::ClientAddress;
use crate::body::hold_body;
use crate::clock;
use crate::errors::ProxyError;
use crate::inbox::Inbox;
use crate::inbox::notice::{self, Service};
use crate::inbox::store::{Outcome, refused};
use crate::load::Load;
use crate::metrics::{Metrics, Watched};

/// The longest notice: all texts of the table at their longest, as they are written without need for more.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// The longest form of a token request.
const FORM_LIMIT: usize = 16 * 1024;

/// Every browser of today says with each request where it comes from.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// How the Portal is let in.
#[derive(Debug, Clone)]
pub struct CallbacksConfig {
    /// Its account; without one nobody is let in.
    pub account: Option<Account>,
    /// How many failed attempts are let through.
    pub limits: Limits,
    /// The longest notice, in bytes.
    pub body_limit: usize,
}

impl Default for CallbacksConfig {
    fn default() -> Self {
        Self { account: None, limits: Limits::default(), body_limit: BODY_LIMIT }
    }
}

#[derive(Debug)]
struct Callbacks {
    account: Option<Account>,
    attempts: Mutex<Attempts>,
    inbox: Arc<Inbox>,
    load: Arc<Load>,
    metrics: Arc<Metrics>,
    patience: Duration,
    body_limit: usize,
}

/// The routes, to be nested under `/callbacks`. `patience` is how long a body may take to arrive.
pub fn router(config: CallbacksConfig, watched: &Watched, patience: Duration) -> Router {
    let callbacks = Arc::new(Callbacks {
        account: config.account,
        attempts: Mutex::new(Attempts::new(config.limits)),
        inbox: Arc::clone(&watched.inbox),
        load: Arc::clone(&watched.load),
        metrics: Arc::clone(&watched.metrics),
        patience,
        body_limit: config.body_limit,
    });
    Router::new()
        .route("/oauth/token", post(token))
        .route("/applications", post(applications))
        .route("/expertise", post(expertise))
        .method_not_allowed_fallback(async || ProxyError::MethodNotAllowed)
        .fallback(async || ProxyError::NotFound)
        .layer(from_fn(no_browsers))
        .with_state(callbacks)
}

async fn no_browsers(request: Request, next: Next) -> Response {
    let headers = request.headers();
    if headers.contains_key(ORIGIN) || headers.contains_key(FETCH_SITE) {
        ProxyError::OriginNotAllowed.into_response()
    } else {
        next.run(request).await
    }
}

/// Why somebody is not let in.
enum Denied {
    /// There is no account to let in.
    NobodyIsExpected,
    /// Too many attempts have failed.
    Wait(Duration),
    /// Nothing was shown that can be read.
    Nothing,
    /// portalId or portalSecret is wrong.
    Credentials,
    /// The token is not from here, or its time is over.
    Token,
}

impl Callbacks {
    /// Whether the Portal calls. A token that is good is let in whatever others have tried.
    fn sign_in(&self, headers: &HeaderMap, address: IpAddr) -> Result<(), Denied> {
        let account = self.account.as_ref().ok_or(Denied::NobodyIsExpected)?;
        match Shown::read(headers) {
            Shown::Nothing | Shown::Unreadable => Err(Denied::Nothing),
            Shown::Bearer(token) => match account.worth(&token, clock::seconds()) {
                Worth::Good => Ok(()),
                Worth::Expired => Err(Denied::Token),
                Worth::Foreign => self.attempt(address, || Err(Denied::Token), |_| true)?,
            },
            Shown::Basic(id, secret) => {
                let known = || if are_known(account, &id, &secret) { Ok(()) } else { Err(Denied::Credentials) };
                self.attempt(address, known, |_| true)?
            }
        }
    }

    /// Tries something that may be a guess, when there may be another one. What `is_failure` is counted.
    fn attempt<E>(
        &self,
        address: IpAddr,
        attempt: impl FnOnce() -> Result<(), E>,
        is_failure: impl FnOnce(&E) -> bool,
    ) -> Result<Result<(), E>, Denied> {
        // Held meanwhile, so that no two guesses pass for one. What it guards is still good after a panic.
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if let Some(wait) = attempts.wait(address, now) {
            return Err(Denied::Wait(wait));
        }
        let outcome = attempt();
        match &outcome {
            Ok(()) => attempts.succeeded(address),
            Err(error) if is_failure(error) => attempts.failed(address, now),
            Err(_) => {}
        }
        Ok(outcome)
    }
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        const BASIC: &str = "Basic realm=\"callbacks\", charset=\"UTF-8\"";
        let challenged = |bearer: &'static str, error: &str, description: &str| {
            let mut response = error_response(StatusCode::UNAUTHORIZED, error, description);
            response.headers_mut().append(WWW_AUTHENTICATE, HeaderValue::from_static(bearer));
            response.headers_mut().append(WWW_AUTHENTICATE, HeaderValue::from_static(BASIC));
            response
        };
        match self {
            Self::NobodyIsExpected => ProxyError::NotConfigured.into_response(),
            Self::Wait(wait) => {
                let description = "Too many failed attempts; try again later";
                let mut response = error_response(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", description);
                // Rounded up: a second too early is too early.
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs().saturating_add(1)));
                response
            }
            Self::Nothing => challenged(
                "Bearer realm=\"callbacks\"",
                "unauthorized",
                "portalId and portalSecret, or a token for them",
            ),
            Self::Credentials => {
                challenged("Bearer realm=\"callbacks\"", "unauthorized", OauthError::InvalidClient.description())
            }
            Self::Token => challenged(
                "Bearer realm=\"callbacks\", error=\"invalid_token\"",
                "invalid_token",
                "The token is wrong or its time is over",
            ),
        }
    }
}

async fn token(State(callbacks): State<Arc<Callbacks>>, request: Request) -> Response {
    match give_token(&callbacks, request).await {
        Ok(response) => {
            callbacks.metrics.called("token", "given");
            response
        }
        Err(response) => {
            callbacks.metrics.called("token", "refused");
            response
        }
    }
}

async fn give_token(callbacks: &Callbacks, request: Request) -> Result<Response, Response> {
    let account = callbacks.account.as_ref().ok_or_else(|| Denied::NobodyIsExpected.into_response())?;
    let (address, shown) = (address(&request), Shown::read(request.headers()));
    let is_form = essence(request.headers()).eq_ignore_ascii_case("application/x-www-form-urlencoded");
    let body = hold_body(request.into_body(), FORM_LIMIT, callbacks.patience, &callbacks.load);
    let body = body.await.map_err(IntoResponse::into_response)?.bytes;
    if !is_form && !body.is_empty() {
        return Err(oauth_error(OauthError::InvalidRequest("The parameters are form-encoded")));
    }
    let form = pairs(&body).ok_or_else(|| oauth_error(OauthError::InvalidRequest("The parameters cannot be read")))?;
    callbacks
        .attempt(address, || grant(account, &shown, &form), |error| error.is_failed_attempt())
        .map_err(IntoResponse::into_response)?
        .map_err(|error| {
            tracing::info!(error = error.code(), "no token for the Portal");
            oauth_error(error)
        })?;
    let answer = json!({
        "access_token": account.issue(clock::seconds()),
        "token_type": "bearer",
        "expires_in": account.token_seconds,
        "scope": "callbacks",
    });
    tracing::info!("token given to the Portal");
    Ok(not_kept(Json(answer).into_response()))
}

fn oauth_error(error: OauthError) -> Response {
    let mut response = error_response(error.status(), error.code(), error.description());
    if error == OauthError::InvalidClient {
        let basic = HeaderValue::from_static("Basic realm=\"callbacks\", charset=\"UTF-8\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, basic);
    }
    response
}

fn error_response(status: StatusCode, error: &str, description: &str) -> Response {
    not_kept((status, Json(json!({ "error": error, "error_description": description }))).into_response())
}

fn not_kept(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

fn essence(headers: &HeaderMap) -> &str {
    let declared = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    declared.split(';').next().unwrap_or_default().trim()
}

async fn applications(State(callbacks): State<Arc<Callbacks>>, request: Request) -> Response {
    let (outcome, response) = take(&callbacks, Service::Applications, request).await;
    callbacks.metrics.called("applications", outcome);
    response
}

async fn expertise(State(callbacks): State<Arc<Callbacks>>, request: Request) -> Response {
    let (outcome, response) = take(&callbacks, Service::Expertise, request).await;
    callbacks.metrics.called("expertise", outcome);
    response
}

/// Takes a notice in: in a word what became of it, and the answer.
async fn take(callbacks: &Callbacks, service: Service, request: Request) -> (&'static str, Response) {
    if let Err(denied) = callbacks.sign_in(request.headers(), address(&request)) {
        return ("denied", denied.into_response());
    }
    let failed = |error: ProxyError| ("failed", error.into_response());
    let body = hold_body(request.into_body(), callbacks.body_limit, callbacks.patience, &callbacks.load);
    let body = match body.await {
        Ok(body) => body,
        Err(error) => return failed(error),
    };
    // A large body takes milliseconds of work: not on the threads that serve everyone, and not all at once.
    let turn = callbacks.load.turn_to_check(body.bytes.len()).await;
    let read = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        notice::read(service, &body.bytes, clock::today())
    });
    let Ok(read) = read.await else {
        return failed(ProxyError::Internal);
    };
    let (outcome, answer) = match read {
        Err(refusal) => {
            let answer = refused(service, &refusal);
            tracing::warn!(?service, reason = answer.reason(), "a notice of the Portal was refused");
            ("refused", Json(answer).into_response())
        }
        Ok(notice) => match callbacks.inbox.receive(service, &notice).await {
            Err(unavailable) => return failed(ProxyError::from(unavailable)),
            Ok(Outcome::New(id, answer)) => {
                tracing::info!(id, kind = notice.kind.as_str(), "a notice of the Portal was stored");
                ("stored", json_text(answer))
            }
            Ok(Outcome::Again(answer)) => {
                tracing::info!(kind = notice.kind.as_str(), "a notice of the Portal came again");
                ("again", json_text(answer))
            }
            Ok(Outcome::Refused(answer)) => {
                tracing::warn!(?service, reason = answer.reason(), "a notice of the Portal was refused");
                ("refused", Json(answer).into_response())
            }
        },
    };
    (outcome, not_kept(answer))
}

fn json_text(text: String) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], text).into_response()
}

/// Who calls.
fn address(request: &Request) -> IpAddr {
    let known = request.extensions().get::<ClientAddress>();
    known.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ClientAddress(address)| *address)
}

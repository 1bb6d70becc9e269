//! What lies around every route: one log line per request, the origins that may submit, and the security headers. A log
//! line has the method, the path's template, the status, the duration and the request's id: never
//! a body, a query, a header or the path as requested, which may hold an identifier.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::access::origins::{is_allowed, may_ask};
use crate::access::{Access, hosts};
use crate::errors::{ANSWER_HEADER, ProxyError};
use crate::forward::{LOCALE_HEADER, REPEATED_HEADER, STATE_HEADER};
use crate::journal::key::KEY_HEADER;
use crate::journal::{AT_HEADER, SENT_BY_HEADER};
use crate::load::Load;
use crate::metrics::Metrics;

/// The response header with the request's id, as it stands in the log.
pub const REQUEST_ID_HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// What a reader of events who was cut off has seen last.
pub const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// A request's id, in its extensions.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// The demo needs its own scripts and styles, and leave to compile WebAssembly; nothing else.
const CONTENT_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; \
     object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The routes, by what lies around them.
#[derive(Debug)]
pub struct Routes {
    /// For pages and information systems.
    pub pages: Router,
    /// For no page: no origin gets leave.
    pub callbacks: Router,
    /// For those who watch, also when there is too much under way for others.
    pub metrics: Router,
    /// For those who look whether it runs, by whatever name.
    pub probes: Router,
}

/// What lies around them is made of this.
#[derive(Debug)]
pub struct Around {
    /// The origins of pages that may submit.
    pub origins: Arc<Vec<String>>,
    /// What the proxy is called by.
    pub names: Arc<Vec<String>>,
    /// Who asks.
    pub access: Arc<Access>,
    /// What is under way.
    pub load: Arc<Load>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
}

/// Wraps the routes.
pub fn wrap(routes: Routes, around: Around) -> Router {
    let Around { origins, names, access, load, metrics } = around;
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let bounded = from_fn(move |request: Request, next: Next| Arc::clone(&load).bounded(request, next));
    routes
        .pages
        .layer(bounded.clone())
        .merge(routes.metrics)
        .layer(cors(Arc::clone(&origins)))
        .layer(from_fn(move |request: Request, next: Next| {
            let origins = Arc::clone(&origins);
            async move {
                if may_ask(&request, &origins) {
                    next.run(request).await
                } else {
                    ProxyError::OriginNotAllowed.into_response()
                }
            }
        }))
        .merge(routes.callbacks.layer(bounded))
        .layer(from_fn(move |request: Request, next: Next| {
            let names = Arc::clone(&names);
            async move {
                if hosts::is_meant(&request, &names) {
                    next.run(request).await
                } else {
                    ProxyError::HostNotAllowed.into_response()
                }
            }
        }))
        .merge(routes.probes)
        .layer(header(CONTENT_SECURITY_POLICY, CONTENT_POLICY))
        .layer(header(HeaderName::from_static("x-content-type-options"), "nosniff"))
        .layer(header(HeaderName::from_static("x-frame-options"), "DENY"))
        .layer(header(HeaderName::from_static("referrer-policy"), "no-referrer"))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        // Files are asked for again each time and answered with 304 when they are the same.
        .layer(header(CACHE_CONTROL, "no-cache"))
        .layer(from_fn(move |request: Request, next: Next| log(request, next, Arc::clone(&metrics))))
        .layer(from_fn(move |mut request: Request, next: Next| {
            let address = access.client_address(&request);
            request.extensions_mut().insert(address);
            next.run(request)
        }))
}

fn cors(origins: Arc<Vec<String>>) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin, _| is_allowed(origin, &origins)))
        .allow_methods([Method::GET, Method::POST, Method::PUT])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, LOCALE_HEADER, KEY_HEADER, LAST_EVENT_ID])
        .expose_headers([
            HeaderName::from_static(ANSWER_HEADER),
            REQUEST_ID_HEADER,
            KEY_HEADER,
            STATE_HEADER,
            REPEATED_HEADER,
            AT_HEADER,
            SENT_BY_HEADER,
            RETRY_AFTER,
        ])
}

/// Runs in a task of its own: a page that goes away neither stops a submission half-way nor leaves it out of the log,
/// and a request that fails badly is still answered.
async fn log(request: Request, next: Next, metrics: Arc<Metrics>) -> Response {
    let served = tokio::spawn(run_and_log(request, next, metrics)).await;
    served.unwrap_or_else(|_| ProxyError::Internal.into_response())
}

async fn run_and_log(mut request: Request, next: Next, metrics: Arc<Metrics>) -> Response {
    let started = Instant::now();
    let id = uuid::Uuid::new_v4().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let template = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    let error = response.extensions().get::<ProxyError>().map(ProxyError::code);
    metrics.answered(response.status().as_u16(), error);
    tracing::info!(
        %method,
        path = template.as_deref().unwrap_or("(no route)"),
        status = response.status().as_u16(),
        error,
        milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        request_id = id,
        "request"
    );
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID_HEADER, id);
    }
    response
}

//! One request of the page: read the body within its limits, check it, send the bytes as received, pass the answer on.
//! Only the documented routes get here, and a body that breaks a rule goes no further.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http_body_util::BodyExt;
use portform::Locale;
use portform::context::ContractType;

use crate::check::{CheckOptions, Verdict, from_accept_language, from_tag};
use crate::config::Config;
use crate::database::Database;
use crate::errors::{ANSWER_HEADER, ProxyError};
use crate::routes::{Method, Route, Upstream};
use crate::upstream::{Answer, Upstreams};

/// The request header by which a page chooses the language of the issues.
pub const LOCALE_HEADER: HeaderName = HeaderName::from_static("x-portform-locale");

/// How many times its limit a body may be before the connection is cut.
const DRAINED_LIMITS: usize = 8;

/// What every request needs.
#[derive(Debug)]
pub struct App {
    /// The configuration.
    pub config: Config,
    /// The upstreams.
    pub upstreams: Upstreams,
    /// What was submitted and what came in.
    pub database: Arc<Database>,
}

/// The documented routes of one upstream, below its prefix.
pub fn router(app: &Arc<App>, upstream: Upstream) -> Router {
    let mut router = Router::new();
    for route in app.config.routes.iter().filter(|route| route.upstream == upstream) {
        let shared = Arc::new(route.clone());
        let handler =
            move |State(app): State<Arc<App>>, Path(parts): Path<HashMap<String, String>>, request: Request| {
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
    match submit(app, route, parts, request).await {
        Ok(answer) => pass_on(answer),
        Err(error) => error.into_response(),
    }
}

async fn submit(
    app: &App,
    route: &Route,
    parts: &HashMap<String, String>,
    request: Request,
) -> Result<Answer, ProxyError> {
    let path = fill(&route.path, parts)?;
    if route.method == Method::Get {
        return app.upstreams.send(route.upstream, reqwest::Method::GET, &path, None).await;
    }
    if !is_json(request.headers()) {
        return Err(ProxyError::ContentType);
    }
    let options = CheckOptions {
        locale: locale(request.headers()),
        contract_type: parts.get("contract_type").and_then(|text| contract_type(text)),
    };
    let body = read_body(request.into_body(), &app.config).await?;
    check(app, route.payload, body.clone(), options).await?;
    app.upstreams.send(route.upstream, reqwest::Method::POST, &path, Some(body)).await
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
fn is_json(headers: &HeaderMap) -> bool {
    let declared = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = declared.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

fn locale(headers: &HeaderMap) -> Option<Locale> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    text(LOCALE_HEADER).and_then(from_tag).or_else(|| text(ACCEPT_LANGUAGE).and_then(from_accept_language))
}

async fn read_body(body: Body, config: &Config) -> Result<Bytes, ProxyError> {
    match tokio::time::timeout(config.request_timeout, collect(body, config.body_limit)).await {
        Ok(result) => result,
        Err(_) => Err(ProxyError::RequestTimeout),
    }
}

/// A body that is too large is still read to its end, within reason, and dropped: a browser that is cut off while it
/// sends reports a broken connection to the page, and not the answer that says why.
async fn collect(mut body: Body, limit: usize) -> Result<Bytes, ProxyError> {
    let mut kept = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| ProxyError::RequestIncomplete)?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length <= limit {
            kept.extend_from_slice(&data);
        } else if length > limit.saturating_mul(DRAINED_LIMITS) {
            return Err(ProxyError::TooLarge);
        } else {
            kept = Vec::new();
        }
    }
    if length > limit { Err(ProxyError::TooLarge) } else { Ok(kept.into()) }
}

async fn check(app: &App, payload: &'static str, body: Bytes, options: CheckOptions) -> Result<(), ProxyError> {
    let check = app.config.check;
    // A large body takes milliseconds of work: not on the threads that serve everyone.
    let verdict = tokio::task::spawn_blocking(move || check(payload, &body, &options)).await;
    match verdict {
        Ok(Verdict::Valid) => Ok(()),
        Ok(Verdict::Invalid(issues)) => Err(ProxyError::Invalid(issues)),
        Ok(Verdict::Unknown) => Err(ProxyError::NotChecked),
        Err(_) => Err(ProxyError::Internal),
    }
}

fn pass_on(answer: Answer) -> Response {
    let mut response = (answer.status, Body::from(answer.body)).into_response();
    let headers = response.headers_mut();
    headers.remove(CONTENT_TYPE);
    if let Some(content_type) = answer.content_type {
        headers.insert(CONTENT_TYPE, content_type);
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

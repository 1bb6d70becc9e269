//! Which pages may submit. A browser names the origin of the page with every submission; CORS alone would only hide the
//! answer from a foreign page, after the Portal has accepted the submission. Programs that are no browsers name none.

use axum::extract::Request;
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};

/// How near the page is to the proxy, as the browser sees it.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a person goes there, or a page fetches it.
const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// Whether a page of the allowed origins asks, or no page.
pub fn may_ask(request: &Request, origins: &[String]) -> bool {
    let headers = request.headers();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut named = headers.get_all(ORIGIN).iter();
    match (named.next(), named.next()) {
        (Some(_), Some(_)) => false,
        // What it may read, and whether it may ask, CORS says.
        (Some(origin), None) => reads || *request.method() == Method::OPTIONS || is_allowed(origin, origins),
        (None, _) => is_near(headers) || (reads && says(headers, &FETCH_MODE) == Some("navigate")),
    }
}

/// Whether an origin is one of those.
pub fn is_allowed(origin: &HeaderValue, origins: &[String]) -> bool {
    origins.iter().any(|allowed| allowed.as_bytes() == origin.as_bytes())
}

/// A browser that names no origin still says whether the page is a foreign one.
fn is_near(headers: &HeaderMap) -> bool {
    let mut all = headers.get_all(FETCH_SITE).iter();
    all.all(|site| matches!(site.as_bytes(), b"same-origin" | b"none"))
}

fn says<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

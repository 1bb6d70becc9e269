//! One request: its headers, its time limit, the signal that gives it up, and what came back. gloo-net builds requests and reads
//! headers; the call of `fetch` itself is made here, because what JavaScript throws need not be an `Error`, and because whether a
//! request was sent at all is what everything else depends on.

use core::cell::Cell;
use std::rc::Rc;

use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{JSON, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, RequestCache, RequestCredentials, RequestRedirect};

use super::host::{Listener, Timer, aborted, lacks, offline, property};
use super::judge::{Author, Facts};
use super::{Client, Credentials};
use crate::options::Locale;

/// The limit of a request that is no submission, in milliseconds.
pub(super) const SHORT: u32 = 10_000;
/// The limit of a look whether anybody is there.
pub(super) const GLANCE: u32 = 3_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn host_fetch(request: &web_sys::Request) -> Result<Promise, JsValue>;
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) text: String,
    pub(super) author: Author,
    pub(super) html: bool,
    pub(super) retry_after: Option<u32>,
    pub(super) repeated: bool,
    pub(super) at: Option<String>,
    pub(super) etag: Option<String>,
}

/// Why nothing did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The browser is offline: not sent.
    Offline,
    /// The connection could not be made: not sent.
    NotConnected,
    /// The information system's own headers could not be had: not sent.
    Headers,
    /// Given up before it was sent.
    AbortedBefore,
    /// Given up while it was under way.
    Aborted,
    /// No answer in time.
    Timeout,
    /// The connection broke off, or was never made: a browser does not say which.
    Lost,
    /// There is no `fetch` here, or no such address: a wrong call.
    Call(String),
}

impl Answer {
    /// An upstream's answer as the journal recorded it.
    pub(super) fn recorded(status: u16, text: String, content_type: &str, at: Option<String>) -> Self {
        let html = is_page(content_type, &text);
        Self { status, html, author: Author::Upstream, retry_after: None, repeated: true, at, etag: None, text }
    }

    pub(super) fn empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The body as JavaScript reads it; nothing where it is not JSON.
    pub(super) fn json(&self) -> Option<JsValue> {
        JSON::parse(&self.text).ok()
    }

    /// What matters of a JSON body.
    pub(super) fn facts(&self, locale: Locale) -> Option<Facts> {
        let body = self.json()?;
        let says = |name: &str| property(&body, name).is_some_and(|value| meaningful(&value));
        let message = property(&body, "message").and_then(|message| {
            message.as_string().or_else(|| property(&message, locale.as_str()).and_then(|words| words.as_string()))
        });
        Some(Facts {
            object: body.is_object() && !js_sys::Array::is_array(&body),
            success: property(&body, "success").and_then(|success| success.as_bool()),
            faulty: says("error") || says("errors"),
            reasoned: ["error", "errors", "reason", "description", "message"].into_iter().any(says),
            code: property(&body, "error").and_then(|error| error.as_string()),
            state: property(&body, "state").and_then(|state| state.as_string()),
            retry: property(&body, "retry").and_then(|retry| retry.as_bool()),
            message,
        })
    }
}

/// Whether a value says anything: an empty list or object, a blank text, null and false do not.
fn meaningful(value: &JsValue) -> bool {
    if let Some(text) = value.as_string() {
        return !text.trim().is_empty();
    }
    match value.dyn_ref::<js_sys::Object>() {
        Some(object) => js_sys::Object::keys(object).length() > 0,
        None => value.is_truthy(),
    }
}

/// Reads what stands at the address.
pub(super) async fn get(
    client: &Client,
    url: &str,
    signal: Option<&AbortSignal>,
    headers: &[(&str, &str)],
    limit: u32,
) -> Result<Answer, Broken> {
    usable()?;
    let request = with_headers(client, Request::get(url), headers).await?;
    let (response, guard) = send(client, request, signal, limit, RequestBuilder::build).await?;
    read(response, &guard).await
}

/// Sends a body to the address.
pub(super) async fn post(
    client: &Client,
    url: &str,
    body: &str,
    signal: Option<&AbortSignal>,
    headers: &[(&str, &str)],
) -> Result<Answer, Broken> {
    usable()?;
    let request = with_headers(client, Request::post(url), headers).await?;
    let (response, guard) = send(client, request, signal, client.options.timeout, |builder| builder.body(body)).await?;
    read(response, &guard).await
}

/// A connection that stays open: its answer's head; the guard ends it when it is dropped.
pub(super) async fn open(
    client: &Client,
    url: &str,
    signal: Option<&AbortSignal>,
    headers: &[(&str, &str)],
) -> Result<(web_sys::Response, Guard), Broken> {
    usable()?;
    let request = with_headers(client, Request::get(url), headers).await?;
    send(client, request, signal, SHORT, RequestBuilder::build).await
}

fn usable() -> Result<(), Broken> {
    match lacks(&["fetch", "Request", "Headers", "AbortController"]) {
        Some(name) => Err(Broken::Call(format!(
            "portform/client needs {name}, which is not there: use a browser from 2018 on, or Node.js from 18 on."
        ))),
        None => Ok(()),
    }
}

/// The information system's own headers, asked for anew, and ours.
async fn with_headers(
    client: &Client,
    builder: RequestBuilder,
    own: &[(&str, &str)],
) -> Result<RequestBuilder, Broken> {
    let builder = match &client.options.headers {
        None => builder,
        Some(headers) => {
            let theirs = headers().await.map_err(|_| Broken::Headers)?;
            let raw = web_sys::Headers::new().map_err(|_| Broken::Headers)?;
            for (name, value) in theirs {
                raw.append(&name, &value).map_err(|_| Broken::Headers)?;
            }
            builder.headers(gloo_net::http::Headers::from_raw(raw))
        }
    };
    Ok(own.iter().fold(builder, |builder, (name, value)| builder.header(name, value)))
}

/// Ends a request: by its time limit, by the caller's signal, or when nobody needs it any more.
pub(super) struct Guard {
    controller: AbortController,
    why: Rc<Cell<Option<Broken>>>,
    timer: Option<Timer>,
    _listener: Option<Listener>,
}

impl Guard {
    /// Why the request ended, where it was ended from here.
    fn ended(&self) -> Option<Broken> {
        let why = self.why.take();
        self.why.set(why.clone());
        why
    }
}

impl Guard {
    /// From now on so many milliseconds are left.
    pub(super) fn prolong(&mut self, milliseconds: u32) {
        let (controller, why) = (self.controller.clone(), self.why.clone());
        self.timer = Some(Timer::after(milliseconds, move || {
            why.set(Some(Broken::Timeout));
            controller.abort();
        }));
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // What is read to its end is not disturbed by it.
        self.controller.abort();
    }
}

async fn send(
    client: &Client,
    builder: RequestBuilder,
    signal: Option<&AbortSignal>,
    limit: u32,
    finish: impl FnOnce(RequestBuilder) -> Result<Request, gloo_net::Error>,
) -> Result<(web_sys::Response, Guard), Broken> {
    if aborted(signal) {
        return Err(Broken::AbortedBefore);
    }
    if offline() {
        return Err(Broken::Offline);
    }
    let controller = AbortController::new().map_err(|_| Broken::Call("There is no AbortController.".to_owned()))?;
    let why: Rc<Cell<Option<Broken>>> = Rc::default();
    // The caller's own signal is not handed on: its reason may be anything, ours is always an error.
    let end = |reason: Broken| {
        let (controller, why) = (controller.clone(), why.clone());
        move || {
            why.set(Some(reason.clone()));
            controller.abort();
        }
    };
    let guard = Guard {
        timer: Some(Timer::after(limit, end(Broken::Timeout))),
        _listener: signal.map(|signal| Listener::on_abort(signal, end(Broken::Aborted))),
        why: why.clone(),
        controller: controller.clone(),
    };
    let credentials = match client.options.credentials {
        Credentials::Omit => RequestCredentials::Omit,
        Credentials::SameOrigin => RequestCredentials::SameOrigin,
        Credentials::Include => RequestCredentials::Include,
    };
    let builder = builder
        .credentials(credentials)
        .cache(RequestCache::NoStore)
        // A redirect is a front server's sign-in page: the proxy itself never redirects.
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(&controller.signal()));
    let request = finish(builder).map_err(|error| Broken::Call(error.to_string()))?;
    let called = host_fetch(&request.into());
    let response = match called {
        Ok(promise) => JsFuture::from(promise).await,
        Err(thrown) => Err(thrown),
    };
    match response.map(JsCast::dyn_into::<web_sys::Response>) {
        Ok(Ok(response)) => Ok((response, guard)),
        // A stand-in for `fetch` that gives something else.
        Ok(Err(_)) => Err(Broken::Lost),
        Err(thrown) => Err(guard.ended().unwrap_or_else(|| broken(&thrown))),
    }
}

/// Codes with which Node tells that there was no connection at all.
const NO_CONNECTION: [&str; 7] = [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
];

/// What a failure of `fetch` says: nothing in a browser, a code in Node.
fn broken(thrown: &JsValue) -> Broken {
    let code = property(thrown, "cause").and_then(|cause| property(&cause, "code")).and_then(|code| code.as_string());
    match code {
        Some(code) if NO_CONNECTION.contains(&code.as_str()) => Broken::NotConnected,
        _ => Broken::Lost,
    }
}

async fn read(response: web_sys::Response, guard: &Guard) -> Result<Answer, Broken> {
    let text = match response.text() {
        Ok(promise) => JsFuture::from(promise).await,
        Err(thrown) => Err(thrown),
    };
    let text = text.map_err(|_| guard.ended().unwrap_or(Broken::Lost))?.as_string().unwrap_or_default();
    let head = Response::from(response);
    let header = |name: &str| head.headers().get(name);
    let author = match header("x-portform-answer").as_deref() {
        Some("proxy") => Author::Proxy,
        Some("upstream") => Author::Upstream,
        _ => Author::Stranger,
    };
    Ok(Answer {
        status: head.status(),
        html: is_page(&header("content-type").unwrap_or_default(), &text),
        author,
        retry_after: header("retry-after").and_then(|value| retry_after(&value)),
        repeated: header("x-portform-repeated").as_deref() == Some("1"),
        at: header("x-portform-at"),
        etag: header("etag"),
        text,
    })
}

fn is_page(content_type: &str, text: &str) -> bool {
    let begins = |with: &str| text.trim_start().get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    content_type.starts_with("text/html")
        || content_type.starts_with("application/xhtml")
        || begins("<!doctype")
        || begins("<html")
}

/// Seconds from a `Retry-After`, given as seconds or as a date (RFC 9110, 10.2.3).
fn retry_after(value: &str) -> Option<u32> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(seconds);
    }
    let wait = (js_sys::Date::parse(value) - js_sys::Date::now()) / 1_000.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept between 0 and a day")]
    wait.is_finite().then(|| wait.ceil().clamp(0.0, 86_400.0) as u32)
}

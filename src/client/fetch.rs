//! One request: its headers, its time limit, the signal that gives it up, and what came back. gloo-net builds requests and reads
//! headers; the call of `fetch` itself is made here, because what JavaScript throws need not be an `Error`, and because whether a
//! request was sent at all is what everything else depends on.

use core::cell::Cell;
use std::rc::Rc;

use gloo_net::http::{Headers, Method, RequestBuilder, Response};
use js_sys::{JSON, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, RequestCache, RequestCredentials, RequestRedirect};

use super::host::{Listener, Timer, aborted, lacks, offline, property};
use super::judge::{Author, Facts, Judged, Service, Verdict, judge};
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

/// What is wanted of a request that is no submission.
pub(super) const JSON_WANTED: [(&str, &str); 1] = [("accept", "application/json")];

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) text: String,
    pub(super) author: Author,
    pub(super) html: bool,
    pub(super) retry_after: Option<u32>,
    pub(super) repeated: bool,
    /// What the proxy's journal has of it is that nothing was accepted.
    pub(super) put_off: bool,
    pub(super) at: Option<String>,
    /// The request that the proxy sent it with.
    pub(super) request_id: Option<String>,
    pub(super) etag: Option<String>,
}

/// What is asked for.
pub(super) struct Ask<'a> {
    pub(super) url: &'a str,
    /// What is sent there; without it the address is read.
    pub(super) body: Option<&'a str>,
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) limit: u32,
    pub(super) signal: Option<&'a AbortSignal>,
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
    pub(super) fn recorded(status: u16, text: &str, content_type: &str) -> Self {
        // Reading an answer drops the mark, the journal keeps it.
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let html = is_page(content_type, &text);
        Self {
            status,
            html,
            author: Author::Upstream,
            retry_after: None,
            repeated: true,
            put_off: false,
            at: None,
            request_id: None,
            etag: None,
            text,
        }
    }

    /// The body as JavaScript reads it; nothing where it is not JSON.
    pub(super) fn json(&self) -> Option<JsValue> {
        JSON::parse(&self.text).ok()
    }

    /// What matters of a JSON body.
    pub(super) fn facts(&self, locale: Locale) -> Option<Facts> {
        let body = self.json()?;
        let text = |name: &str| property(&body, name).and_then(|value| value.as_string());
        let says = |name: &str| property(&body, name).is_some_and(|value| meaningful(&value));
        let success = property(&body, "success").and_then(|success| match success.as_string() {
            Some(text) => {
                ["false", "true"].iter().position(|word| text.trim().eq_ignore_ascii_case(word)).map(|at| at == 1)
            }
            None => success.as_bool(),
        });
        let message = property(&body, "message").and_then(|message| {
            message.as_string().or_else(|| property(&message, locale.as_str()).and_then(|words| words.as_string()))
        });
        let faulty = FAULTS.into_iter().any(says);
        let reason = says("reason");
        Some(Facts {
            object: body.is_object() && !js_sys::Array::is_array(&body),
            success,
            faulty,
            reason,
            reasoned: faulty || reason || WORDS.into_iter().any(says),
            status: says("status"),
            data: says("data"),
            code: text("error"),
            state: text("state"),
            retry: property(&body, "retry").and_then(|retry| retry.as_bool()),
            message,
        })
    }

    /// What the answer means.
    pub(super) fn verdict(&self, service: Service, facts: Option<&Facts>) -> Verdict {
        judge(&Judged {
            status: self.status,
            author: self.author,
            service,
            put_off: self.put_off,
            facts,
            html: self.html,
            empty: self.text.trim().is_empty(),
        })
    }
}

/// Keys of what is wrong: an answer in which one of them says something is no acceptance.
const FAULTS: [&str; 6] = ["error", "errors", "invalid", "violations", "fieldErrors", "fault"];
/// Keys of words about it.
const WORDS: [&str; 4] = ["description", "message", "details", "detail"];

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

/// Asks, and reads the answer to its end. A token may have expired while the page stood open: what is refused for it was not passed
/// on, and is asked once more with headers that are asked for anew.
pub(super) async fn exchange(client: &Client, ask: &Ask<'_>) -> Result<Answer, Broken> {
    let mut anew = client.options.headers.is_some();
    loop {
        let (response, guard) = open(client, ask).await?;
        let answer = read(response, &guard).await?;
        if answer.status != 401 || answer.author == Author::Upstream || !core::mem::take(&mut anew) {
            return Ok(answer);
        }
    }
}

fn usable() -> Result<(), Broken> {
    match lacks(&["fetch", "Request", "Headers", "AbortController"]) {
        Some(name) => Err(Broken::Call(format!(
            "portform/client needs {name}, which is not there: use a browser from 2018 on, or Node.js from 18 on."
        ))),
        None => Ok(()),
    }
}

/// Ends a request: by its time limit, by the caller's signal, or when nobody needs it any more.
pub(super) struct Guard {
    controller: AbortController,
    why: Rc<Cell<Option<Broken>>>,
    timer: Option<Timer>,
    _listener: Option<Listener>,
}

impl Guard {
    fn new(ask: &Ask<'_>) -> Result<Self, Broken> {
        let controller = AbortController::new().map_err(|_| Broken::Call("There is no AbortController.".to_owned()))?;
        let why = Rc::default();
        // The caller's own signal is not handed on: its reason may be anything, ours is always an error.
        let listener = ask.signal.map(|signal| Listener::on_abort(signal, ending(&controller, &why, Broken::Aborted)));
        let mut guard = Self { controller, why, timer: None, _listener: listener };
        guard.prolong(ask.limit);
        Ok(guard)
    }

    /// Why the request ended, where it was ended from here.
    fn ended(&self) -> Option<Broken> {
        let why = self.why.take();
        self.why.set(why.clone());
        why
    }

    /// From now on so many milliseconds are left.
    pub(super) fn prolong(&mut self, milliseconds: u32) {
        self.timer = Some(Timer::after(milliseconds, ending(&self.controller, &self.why, Broken::Timeout)));
    }
}

/// What ends a request for a reason.
fn ending(controller: &AbortController, why: &Rc<Cell<Option<Broken>>>, reason: Broken) -> impl FnMut() + use<> {
    let (controller, why) = (controller.clone(), why.clone());
    move || {
        why.set(Some(reason.clone()));
        controller.abort();
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // What is read to its end is not disturbed by it.
        self.controller.abort();
    }
}

/// Asks, and gives the answer's head; the guard ends the connection when it is dropped.
pub(super) async fn open(client: &Client, ask: &Ask<'_>) -> Result<(web_sys::Response, Guard), Broken> {
    usable()?;
    let theirs = match &client.options.headers {
        Some(headers) => headers().await.map_err(|_| Broken::Headers)?,
        None => Vec::new(),
    };
    if aborted(ask.signal) {
        return Err(Broken::AbortedBefore);
    }
    if offline() {
        return Err(Broken::Offline);
    }
    let guard = Guard::new(ask)?;
    let request = request(client, ask, theirs, &guard.controller.signal())?;
    let response = match host_fetch(&request) {
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

/// The request: the information system's own headers, asked for anew, and ours.
fn request(
    client: &Client,
    ask: &Ask<'_>,
    theirs: Vec<(String, String)>,
    signal: &AbortSignal,
) -> Result<web_sys::Request, Broken> {
    let headers = web_sys::Headers::new().map_err(|_| Broken::Headers)?;
    for (name, value) in theirs {
        headers.append(&name, &value).map_err(|_| Broken::Headers)?;
    }
    let credentials = match client.options.credentials {
        Credentials::Omit => RequestCredentials::Omit,
        Credentials::SameOrigin => RequestCredentials::SameOrigin,
        Credentials::Include => RequestCredentials::Include,
    };
    let mut builder = RequestBuilder::new(ask.url)
        .headers(Headers::from_raw(headers))
        .credentials(credentials)
        .cache(RequestCache::NoStore)
        // A redirect is a front server's sign-in page: the proxy itself never redirects.
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(signal));
    for (name, value) in ask.headers {
        builder = builder.header(name, value);
    }
    let request = match ask.body {
        Some(body) => builder.method(Method::POST).body(body),
        None => builder.build(),
    };
    Ok(request.map_err(|error| Broken::Call(error.to_string()))?.into())
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
        // A person who looked it up answers in the upstream's place, and in its shape.
        Some("upstream" | "person") => Author::Upstream,
        _ => Author::Stranger,
    };
    Ok(Answer {
        status: head.status(),
        html: is_page(&header("content-type").unwrap_or_default(), &text),
        author,
        retry_after: header("retry-after").and_then(|value| retry_after(&value)),
        repeated: header("x-portform-repeated").as_deref() == Some("1"),
        put_off: header("x-portform-state").as_deref() == Some("not_sent"),
        at: header("x-portform-at"),
        request_id: header("x-portform-request-id").or_else(|| header("x-request-id")),
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

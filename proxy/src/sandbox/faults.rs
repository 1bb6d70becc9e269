//! Faults on demand, so that everything that can go wrong between proxy and Portal can be tried out: a slow answer, an
//! HTML page in place of JSON, a connection that drops, an answer that is empty or cut off.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use hyper::body::Frame;
use serde::Deserialize;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The answer comes late.
    Slow(Duration),
    /// An HTML page with status 500; nothing is done.
    Html500,
    /// The connection closes without an answer; nothing is done.
    Drop,
    /// It is done, and the answer has no body.
    Empty,
    /// It is done, and the answer breaks off half-way.
    Truncated,
}

/// Where it goes wrong.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// At any endpoint but the token's.
    #[default]
    Service,
    /// At the token endpoint.
    Token,
}

/// The faults that the next requests meet, in order.
#[derive(Debug, Default)]
pub struct Faults {
    service: VecDeque<Fault>,
    token: VecDeque<Fault>,
}

impl Faults {
    /// Plans a fault for so many requests.
    pub fn plan(&mut self, target: Target, fault: Fault, times: usize) {
        self.queue(target).extend(std::iter::repeat_n(fault, times));
    }

    /// The fault of this request.
    pub fn next(&mut self, target: Target) -> Option<Fault> {
        self.queue(target).pop_front()
    }

    fn queue(&mut self, target: Target) -> &mut VecDeque<Fault> {
        match target {
            Target::Service => &mut self.service,
            Target::Token => &mut self.token,
        }
    }
}

/// In a response's extensions: close the connection instead of sending it.
#[derive(Debug, Clone, Copy)]
pub struct DropConnection;

/// What happens before the request is looked at; `Some` ends it.
pub async fn before(fault: Option<Fault>) -> Option<Response> {
    match fault? {
        Fault::Slow(time) => {
            tokio::time::sleep(time).await;
            None
        }
        Fault::Html500 => {
            const PAGE: &str = "<!doctype html>\n<html><head><title>500 Internal Server Error</title></head>\n\
                <body><h1>Внутренняя ошибка сервера</h1></body></html>\n";
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            Some((StatusCode::INTERNAL_SERVER_ERROR, [(CONTENT_TYPE, html)], PAGE).into_response())
        }
        Fault::Drop => {
            let mut response = StatusCode::NO_CONTENT.into_response();
            response.extensions_mut().insert(DropConnection);
            Some(response)
        }
        Fault::Empty | Fault::Truncated => None,
    }
}

/// What happens to the answer.
pub async fn after(fault: Option<Fault>, response: Response) -> Response {
    match fault {
        Some(Fault::Empty) => {
            let (mut parts, _) = response.into_parts();
            parts.headers.remove(CONTENT_LENGTH);
            Response::from_parts(parts, Body::empty())
        }
        Some(Fault::Truncated) => {
            let (mut parts, body) = response.into_parts();
            let whole = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
            parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(whole.len()));
            let half = whole.slice(..whole.len() / 2);
            Response::from_parts(parts, Body::new(Half { half: Some(half), flushed: false }))
        }
        _ => response,
    }
}

/// A body that breaks off after its first half.
struct Half {
    half: Option<Bytes>,
    flushed: bool,
}

impl hyper::body::Body for Half {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        // Pending once: the connection sends what it has before it meets the error.
        if !std::mem::replace(&mut self.flushed, true) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into())))
    }
}

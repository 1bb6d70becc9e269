//! What a failed request means for the person who submits: was anything sent, may it have arrived? A request that did not
//! go out whole cannot have been accepted; one that did may have been.

use std::convert::Infallible;
use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};

use crate::errors::ProxyError;

/// A body is handed to the connection in pieces of so many bytes.
const PIECE: usize = 64 * 1024;

/// Whether all of a body was handed to the connection.
#[derive(Debug, Clone, Default)]
pub struct HandedOver(Arc<AtomicBool>);

impl HandedOver {
    /// A body that says so; without one there is nothing to hand over.
    pub fn watch(&self, bytes: Bytes) -> reqwest::Body {
        self.0.store(bytes.is_empty(), Ordering::Release);
        reqwest::Body::wrap(Watched { left: bytes, handed_over: self.clone() })
    }

    /// Of a body that is handed over in one piece.
    pub fn whole() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }

    fn is_whole(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

struct Watched {
    left: Bytes,
    handed_over: HandedOver,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.left.len().min(PIECE);
        let piece = self.left.split_to(length);
        if self.left.is_empty() {
            self.handed_over.0.store(true, Ordering::Release);
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(u64::try_from(self.left.len()).unwrap_or(u64::MAX))
    }
}

/// What a request came to that was to be sent with this body.
pub fn sending_failed(error: reqwest::Error, body: &HandedOver) -> ProxyError {
    let kind = if error.is_connect() || causes(&error).any(was_never_sent) {
        not_connected(&error)
    } else if !body.is_whole() {
        ProxyError::UpstreamIncomplete
    } else if error.is_timeout() {
        ProxyError::UpstreamTimeout
    } else {
        ProxyError::UpstreamBroken
    };
    told(error, kind)
}

/// What an answer came to that broke off.
pub fn reading_failed(error: reqwest::Error) -> ProxyError {
    let kind = if error.is_timeout() { ProxyError::UpstreamTimeout } else { ProxyError::UpstreamBroken };
    told(error, kind)
}

fn not_connected(error: &reqwest::Error) -> ProxyError {
    match causes(error).find_map(tls_error) {
        Some(
            rustls::Error::InvalidCertificate(_)
            | rustls::Error::NoCertificatesPresented
            | rustls::Error::UnsupportedNameType,
        ) => ProxyError::UpstreamCertificate,
        Some(_) => ProxyError::UpstreamTls,
        None => ProxyError::UpstreamUnreachable,
    }
}

/// The connection was gone before the request was given to it.
fn was_never_sent(cause: &(dyn StdError + 'static)) -> bool {
    cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled)
}

fn tls_error<'e>(cause: &'e (dyn StdError + 'static)) -> Option<&'e rustls::Error> {
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        return Some(error);
    }
    // It names as its cause what its own error names, and not that error itself; and one may stand in another.
    let inner: &'e (dyn StdError + 'static) = cause.downcast_ref::<std::io::Error>()?.get_ref()?;
    tls_error(inner)
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |cause: &&(dyn StdError + 'static)| (*cause).source())
}

/// The causes are about the connection; the address may hold an identifier and is left out.
fn told(error: reqwest::Error, kind: ProxyError) -> ProxyError {
    let error = error.without_url();
    let causes: Vec<String> = causes(&error).map(ToString::to_string).collect();
    tracing::warn!(error = kind.code(), what = %error, causes = causes.join(": "), "upstream request failed");
    kind
}

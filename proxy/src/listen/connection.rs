//! What is known of one connection: whether something is asked over it, and since when.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::sync::Notify;

/// What is asked over a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Nothing, since the last answer.
    Nothing,
    /// A head is arriving, or the first one is waited for.
    Head,
    /// A request is being read or answered.
    Answer,
    /// The answer is there, but not all of it has gone out.
    Rest,
}

/// One connection.
#[derive(Debug)]
pub struct Connection {
    started: Instant,
    asking: AtomicU8,
    since: AtomicU64,
    way: Notify,
}

impl Connection {
    /// A new one; `started` is a time that all have in common.
    pub fn new(started: Instant) -> Self {
        let connection = Self { started, asking: AtomicU8::new(0), since: AtomicU64::new(0), way: Notify::new() };
        connection.set(Asking::Head);
        connection
    }

    /// What is asked over it now.
    pub fn asking(&self) -> Asking {
        match self.asking.load(Ordering::Acquire) {
            0 => Asking::Nothing,
            1 => Asking::Head,
            2 => Asking::Answer,
            _ => Asking::Rest,
        }
    }

    /// From now on this is asked.
    pub fn set(&self, asking: Asking) {
        let asking = match asking {
            Asking::Nothing => 0,
            Asking::Head => 1,
            Asking::Answer => 2,
            Asking::Rest => 3,
        };
        let since = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.since.store(since, Ordering::Release);
        self.asking.store(asking, Ordering::Release);
    }

    /// Since when that is asked.
    pub fn since(&self) -> Instant {
        self.started + Duration::from_millis(self.since.load(Ordering::Acquire))
    }

    /// For how long.
    pub fn silent_for(&self) -> Duration {
        self.since().elapsed()
    }

    /// Ends it, for another one to have its place.
    pub fn give_way(&self) {
        // Marked, so that the next one who looks for a place takes another one.
        self.set(Asking::Answer);
        self.way.notify_one();
    }

    /// Until it has to end.
    pub async fn has_to_give_way(&self) {
        self.way.notified().await;
    }
}

/// A request over a connection, from its head until all of its answer was handed over, however it ends.
#[derive(Debug)]
pub struct WhileAnswered(Arc<Connection>);

impl WhileAnswered {
    /// The head has arrived.
    pub fn begin(connection: &Arc<Connection>) -> Self {
        connection.set(Asking::Answer);
        Self(Arc::clone(connection))
    }

    /// Ends with the body of the answer.
    pub fn until_taken(self, body: Body) -> Taken {
        Taken { body, _while: self }
    }
}

impl Drop for WhileAnswered {
    fn drop(&mut self) {
        self.0.set(Asking::Rest);
    }
}

/// The body of an answer.
#[derive(Debug)]
pub struct Taken {
    body: Body,
    _while: WhileAnswered,
}

impl HttpBody for Taken {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

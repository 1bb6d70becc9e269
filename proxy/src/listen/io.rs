//! A connection's bytes, with patience: a head that does not arrive, a client that asks nothing, and one that does not
//! take its answer are errors after their time. While a request is read or answered, reading is not timed here: that a
//! body arrives in time is seen to by who reads it.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use super::ListenConfig;
use super::connection::{Asking, Connection};

/// A client that takes so much of its answer may take a second more.
const A_SECOND: u64 = 4 * 1024;

/// A stream with its times.
#[derive(Debug)]
pub struct TimedIo {
    stream: TcpStream,
    connection: Arc<Connection>,
    config: ListenConfig,
    /// When it is looked again whether something arrives.
    reading: Pin<Box<Sleep>>,
    /// When it is given up that something is taken.
    writing: Option<Pin<Box<Sleep>>>,
    blocked_since: Option<Instant>,
    /// How long nothing was taken, so far.
    blocked: Duration,
}

impl TimedIo {
    /// A stream that has just been accepted.
    pub fn new(stream: TcpStream, connection: Arc<Connection>, config: ListenConfig) -> Self {
        let reading = Box::pin(tokio::time::sleep(config.head));
        Self { stream, connection, config, reading, writing: None, blocked_since: None, blocked: Duration::ZERO }
    }

    /// Until when something has to arrive, now that nothing has.
    fn poll_silence(&mut self, context: &mut Context<'_>) -> Poll<Error> {
        loop {
            ready!(self.reading.as_mut().poll(context));
            let patience = match self.connection.asking() {
                Asking::Nothing => self.config.idle,
                Asking::Head => self.config.head,
                // Looked at again later: it may be over by then.
                Asking::Answer | Asking::Rest => {
                    self.reading.as_mut().reset(tokio::time::Instant::now() + self.config.head);
                    continue;
                }
            };
            let end = self.connection.since() + patience;
            if end <= Instant::now() {
                return Poll::Ready(ErrorKind::TimedOut.into());
            }
            // The timer is set once for many requests, and again only when it rings.
            self.reading.as_mut().reset(end.into());
        }
    }

    fn taken<T>(&mut self, bytes: u64, value: T) -> Poll<Result<T>> {
        if let Some(since) = self.blocked_since.take() {
            self.blocked += since.elapsed();
            self.writing = None;
        }
        let credit = Duration::from_micros(bytes.saturating_mul(1_000_000) / A_SECOND);
        self.blocked = self.blocked.saturating_sub(credit);
        Poll::Ready(Ok(value))
    }

    fn not_taken<T>(&mut self, context: &mut Context<'_>) -> Poll<Result<T>> {
        self.blocked_since.get_or_insert_with(Instant::now);
        let left = self.config.unread.saturating_sub(self.blocked);
        let writing = self.writing.get_or_insert_with(|| Box::pin(tokio::time::sleep(left)));
        writing.as_mut().poll(context).map(|()| Err(ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for TimedIo {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Ready(read) => {
                if self.connection.asking() == Asking::Nothing {
                    self.connection.set(Asking::Head);
                    let end = Instant::now() + self.config.head;
                    // Earlier than it was set for.
                    self.reading.as_mut().reset(end.into());
                }
                Poll::Ready(read)
            }
            Poll::Pending => self.poll_silence(context).map(Err),
        }
    }
}

impl AsyncWrite for TimedIo {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(context, bytes) {
            Poll::Ready(Ok(written)) => self.taken(u64::try_from(written).unwrap_or(u64::MAX), written),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => self.not_taken(context),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        match Pin::new(&mut self.stream).poll_write_vectored(context, pieces) {
            Poll::Ready(Ok(written)) => self.taken(u64::try_from(written).unwrap_or(u64::MAX), written),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => self.not_taken(context),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        let flushed = ready!(Pin::new(&mut self.stream).poll_flush(context));
        // It is flushed when everything was written.
        if self.connection.asking() == Asking::Rest {
            self.connection.set(Asking::Nothing);
        }
        Poll::Ready(flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

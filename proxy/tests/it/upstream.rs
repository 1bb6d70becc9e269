//! An upstream on a bare socket, which can do what no HTTP server does: hang, cut off, answer rubbish. It remembers every
//! body that arrived whole.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::Made;

/// What it does with a request that has arrived whole.
#[derive(Debug, Clone)]
pub enum Act {
    /// Sends this text, status line and all, and keeps the connection.
    Say(String),
    /// Sends this text and closes the connection without having said that it would.
    SayAndClose(String),
    /// Never answers.
    Hang,
    /// Answers after a while.
    Wait(Duration, String),
    /// Closes the connection.
    Close,
}

/// An answer with a JSON body.
pub fn json(status: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
}

/// The Portal's usual answer.
pub fn accepted() -> Act {
    Act::Say(json("200 OK", r#"{"success":true}"#))
}

#[derive(Debug)]
struct Inner {
    act: Act,
    bodies: Vec<(String, String)>,
}

/// An upstream that listens; it ends with the test's runtime.
#[derive(Debug, Clone)]
pub struct Upstream {
    pub address: SocketAddr,
    inner: Arc<Mutex<Inner>>,
}

impl Upstream {
    /// Starts one that does this with every submission.
    pub async fn start(act: Act) -> Made<Self> {
        Self::start_at("127.0.0.1:0", act).await
    }

    /// As [`start`](Self::start), at an address.
    pub async fn start_at(address: &str, act: Act) -> Made<Self> {
        let listener = TcpListener::bind(address).await?;
        let inner = Inner { act, bodies: Vec::new() };
        let upstream = Self { address: listener.local_addr()?, inner: Arc::new(Mutex::new(inner)) };
        let served = upstream.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let served = served.clone();
                // A connection that ends badly is what was asked for.
                tokio::spawn(async move { served.serve(stream).await.ok() });
            }
        });
        Ok(upstream)
    }

    /// Its base address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same, as if it were elsewhere.
    pub fn at(&self, address: SocketAddr) -> Self {
        Self { address, inner: Arc::clone(&self.inner) }
    }

    /// From now on it does this.
    pub fn does(&self, act: Act) {
        self.lock().act = act;
    }

    /// The bodies that arrived whole, in order.
    pub fn bodies(&self) -> Vec<String> {
        self.lock().bodies.iter().map(|(_, body)| body.clone()).collect()
    }

    /// How often each body arrived.
    pub fn counts(&self) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for body in self.bodies() {
            *counts.entry(body).or_default() += 1;
        }
        counts
    }

    /// Until so many bodies have arrived; gives up after a while.
    pub async fn wait_for(&self, bodies: usize) -> Made<()> {
        for _ in 0..1_000 {
            if self.lock().bodies.len() >= bodies {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err("the submission has not arrived".into())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(&self, mut stream: TcpStream) -> Made<()> {
        let mut waiting = Vec::new();
        while let Some((path, body)) = request(&mut stream, &mut waiting).await? {
            let act = if path.contains("token") {
                Act::Say(json("200 OK", r#"{"access_token":"token","expires_in":43198}"#))
            } else {
                let mut inner = self.lock();
                inner.bodies.push((path, body));
                inner.act.clone()
            };
            match act {
                Act::Say(text) => stream.write_all(text.as_bytes()).await?,
                Act::SayAndClose(text) => {
                    stream.write_all(text.as_bytes()).await?;
                    return Ok(());
                }
                Act::Hang => std::future::pending().await,
                Act::Wait(time, text) => {
                    tokio::time::sleep(time).await;
                    stream.write_all(text.as_bytes()).await?;
                }
                Act::Close => return Ok(()),
            }
        }
        Ok(())
    }
}

/// The path and the body of the next request; `None` at the end of the connection.
async fn request(stream: &mut TcpStream, waiting: &mut Vec<u8>) -> Made<Option<(String, String)>> {
    loop {
        let text = String::from_utf8_lossy(waiting).into_owned();
        if let Some((head, rest)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            let length = length.unwrap_or_default();
            if rest.len() >= length {
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                let end = head.len() + 4 + length;
                let body = String::from_utf8_lossy(waiting.get(head.len() + 4..end).unwrap_or_default()).into_owned();
                waiting.drain(..end);
                return Ok(Some((path, body)));
            }
        }
        let mut piece = vec![0; 16 * 1024];
        let read = stream.read(&mut piece).await?;
        if read == 0 {
            return Ok(None);
        }
        waiting.extend_from_slice(piece.get(..read).unwrap_or_default());
    }
}

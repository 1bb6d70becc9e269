//! The connections: how many there may be, how long a head may take to arrive and an answer to be taken, and how they
//! end when the proxy stops. A connection that nobody asks anything over gives way to one that somebody does. What is
//! asked and answered is not its affair.

mod connection;
mod io;

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::ServiceExt;

use connection::{Asking, Connection, WhileAnswered};
use io::TimedIo;

/// Limits on connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListenConfig {
    /// How many there may be.
    pub connections: usize,
    /// Time for the head of a request to arrive.
    pub head: Duration,
    /// How long a connection is kept that nothing is asked over.
    pub idle: Duration,
    /// How long an answer may be left unread; every four kilobytes that are taken give a second more.
    pub unread: Duration,
}

impl Default for ListenConfig {
    fn default() -> Self {
        Self {
            connections: 4_096,
            head: Duration::from_secs(10),
            // Longer than load balancers usually keep one, so that they do not ask over one that was just closed.
            idle: Duration::from_secs(75),
            unread: Duration::from_secs(30),
        }
    }
}

/// Descriptors besides those of connections: the database, the log, the files of the page.
const OTHER_DESCRIPTORS: u64 = 128;

/// When the proxy stops: how long it is waited for a request that nothing of has been sent on, and for answers to be taken.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// A new connection that has asked nothing for so long gives way before those that ask from time to time.
const SILENT: Duration = Duration::from_secs(1);

/// Raises the number of files that the process may open as far as it goes, and lowers the number of connections to what
/// fits into it: each may need another one to an upstream.
pub fn within_descriptors(config: ListenConfig) -> ListenConfig {
    let Ok(descriptors) = rlimit::increase_nofile_limit(u64::MAX) else {
        return config;
    };
    let fit = usize::try_from(descriptors.saturating_sub(OTHER_DESCRIPTORS) / 2).unwrap_or(usize::MAX).max(16);
    if fit < config.connections {
        tracing::warn!(connections = fit, "fewer connections than configured: the process may open no more files");
    }
    ListenConfig { connections: config.connections.min(fit), ..config }
}

/// The open connections.
#[derive(Debug, Default)]
struct Open {
    next: u64,
    connections: HashMap<u64, Arc<Connection>>,
}

impl Open {
    /// The one that has been silent longest; those first that have never asked anything, or stopped in the middle of a head.
    fn most_silent(&self) -> Option<&Arc<Connection>> {
        let silent = |asking: Asking| {
            let with = self.connections.values().filter(move |it| it.asking() == asking);
            with.max_by_key(|connection| connection.silent_for())
        };
        let head = silent(Asking::Head);
        match head {
            Some(head) if head.silent_for() > SILENT => Some(head),
            _ => silent(Asking::Nothing).or(head),
        }
    }
}

fn lock(open: &Mutex<Open>) -> MutexGuard<'_, Open> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many connections there are now.
#[derive(Debug, Clone, Default)]
pub struct Count(Arc<Mutex<Open>>);

impl Count {
    /// Now.
    pub fn get(&self) -> usize {
        lock(&self.0).connections.len()
    }
}

/// Serves until `stopping` says so, and then until nothing is asked any more or `under_way` says that nothing that was
/// sent on waits for its answer.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    config: ListenConfig,
    count: Count,
    mut stopping: watch::Receiver<bool>,
    under_way: watch::Receiver<usize>,
) {
    let open = count.0;
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait_for(|stopping| *stopping) => break,
        };
        let Ok((stream, address)) = accepted else {
            // Out of descriptors, as a rule: somebody has to give way.
            if let Some(silent) = lock(&open).most_silent() {
                silent.give_way();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let connection = Arc::new(Connection::new(started));
        let number = {
            let mut open = lock(&open);
            if open.connections.len() >= config.connections {
                match open.most_silent() {
                    Some(silent) => silent.give_way(),
                    // Everyone is being answered.
                    None if open.connections.len() >= config.connections + config.connections / 8 => continue,
                    None => {}
                }
            }
            open.next += 1;
            let number = open.next;
            open.connections.insert(number, Arc::clone(&connection));
            number
        };
        let (open, router, stopping) = (Arc::clone(&open), router.clone(), stopping.clone());
        tasks.spawn(async move {
            one(stream, address, router, config, &connection, stopping).await;
            lock(&open).connections.remove(&number);
        });
        while tasks.try_join_next().is_some() {}
    }
    drop(listener);
    last_words(tasks, under_way).await;
}

/// Those who wait for an upstream are answered; the others have a moment.
async fn last_words(mut tasks: JoinSet<()>, mut under_way: watch::Receiver<usize>) {
    let all = async { while tasks.join_next().await.is_some() {} };
    let long_enough = async {
        let _ = under_way.wait_for(|submissions| *submissions == 0).await;
        tokio::time::sleep(LAST_WORDS).await;
    };
    tokio::select! {
        () = all => {}
        () = long_enough => {}
    }
    tasks.shutdown().await;
}

async fn one(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    config: ListenConfig,
    connection: &Arc<Connection>,
    mut stopping: watch::Receiver<bool>,
) {
    // An answer is written in one piece, and nobody gains by waiting for another one.
    let _ = stream.set_nodelay(true);
    let asked = Arc::clone(connection);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        let whole = WhileAnswered::begin(&asked);
        request.extensions_mut().insert(ConnectInfo(address));
        let answered = router.clone().oneshot(request.map(Body::new));
        async move {
            let response: Result<Response, Infallible> = answered.await;
            response.map(|response| response.map(|body| whole.until_taken(body)))
        }
    });
    let io = TokioIo::new(TimedIo::new(stream, Arc::clone(connection), config));
    // The time for a head is the connection's own affair, which knows a silent one from one that stopped half-way.
    let http = http1::Builder::new().timer(TokioTimer::new()).header_read_timeout(None).serve_connection(io, service);
    let mut http = std::pin::pin!(http);
    tokio::select! {
        // One that ends badly is the client's affair.
        _ = http.as_mut() => return,
        () = connection.has_to_give_way() => return,
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
    if matches!(connection.asking(), Asking::Answer | Asking::Rest) {
        http.as_mut().graceful_shutdown();
        let _ = http.await;
    }
}

//! How much may be under way at once: requests, those of one client, the bytes of bodies that are arriving, and those that
//! are being checked. What is too much is refused at once and said to be so, instead of being slow for everybody.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::access::ClientAddress;
use crate::errors::ProxyError;

/// Bounds on what is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadConfig {
    /// Requests.
    pub requests: usize,
    /// Requests of one client, unless it is on this machine.
    pub per_client: usize,
    /// Bytes of bodies, arriving or kept.
    pub bodies: usize,
    /// Bytes of bodies that are being checked.
    pub checks: usize,
}

impl Default for LoadConfig {
    fn default() -> Self {
        Self { requests: 2_048, per_client: 256, bodies: 256 * 1024 * 1024, checks: 8 * 1024 * 1024 }
    }
}

/// A place among the submissions that wait for an upstream; the proxy does not stop while there is one.
#[derive(Debug)]
pub struct UnderWay(Arc<watch::Sender<usize>>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.send_modify(|submissions| *submissions -= 1);
    }
}

/// So many of something, counted as long as each of them lives.
#[derive(Debug, Clone, Default)]
struct Counter(Arc<AtomicUsize>);

#[derive(Debug)]
struct Counted(Counter);

impl Counter {
    fn one(&self) -> Counted {
        self.0.fetch_add(1, Ordering::Relaxed);
        Counted(self.clone())
    }

    fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Leave to check a body, as long as it is held.
#[derive(Debug)]
pub struct Turn {
    _permit: Option<OwnedSemaphorePermit>,
    _counted: Counted,
}

/// How much of everything there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queue {
    /// Requests.
    pub requests: usize,
    /// Submissions that wait for an upstream.
    pub submissions: usize,
    /// Bytes of bodies.
    pub body_bytes: usize,
    /// Checks that run.
    pub checks_running: usize,
    /// Checks that wait for their turn.
    pub checks_waiting: usize,
}

/// What is under way.
#[derive(Debug)]
pub struct Load {
    config: LoadConfig,
    requests: Arc<Semaphore>,
    clients: Mutex<HashMap<IpAddr, usize>>,
    bodies: Arc<Semaphore>,
    checks: Arc<Semaphore>,
    checks_running: Counter,
    checks_waiting: Counter,
    submissions: Arc<watch::Sender<usize>>,
    stopping: watch::Receiver<bool>,
}

/// A request of a client.
struct OfClient<'l> {
    load: &'l Load,
    address: IpAddr,
}

impl Drop for OfClient<'_> {
    fn drop(&mut self) {
        let mut clients = self.load.clients();
        if let Some(requests) = clients.get_mut(&self.address) {
            *requests -= 1;
            if *requests == 0 {
                clients.remove(&self.address);
            }
        }
    }
}

impl Load {
    /// Nothing is under way.
    pub fn new(config: LoadConfig, stopping: watch::Receiver<bool>) -> Arc<Self> {
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits.min(Semaphore::MAX_PERMITS)));
        Arc::new(Self {
            config,
            requests: semaphore(config.requests),
            clients: Mutex::default(),
            bodies: semaphore(config.bodies),
            checks: semaphore(config.checks),
            checks_running: Counter::default(),
            checks_waiting: Counter::default(),
            submissions: Arc::new(watch::Sender::new(0)),
            stopping,
        })
    }

    /// Runs a request, unless there are too many.
    pub async fn bounded(self: Arc<Self>, request: Request, next: Next) -> Response {
        let Ok(_place) = self.requests.try_acquire() else {
            return ProxyError::Busy.into_response();
        };
        let address = request.extensions().get::<ClientAddress>().map(|ClientAddress(address)| *address);
        let _of_client = match address.filter(|address| !address.is_loopback()) {
            Some(address) => match self.of_client(address) {
                Some(place) => Some(place),
                None => return ProxyError::TooManyRequests.into_response(),
            },
            None => None,
        };
        next.run(request).await
    }

    fn of_client(&self, address: IpAddr) -> Option<OfClient<'_>> {
        let mut clients = self.clients();
        let requests = clients.entry(address).or_default();
        if *requests >= self.config.per_client {
            return None;
        }
        *requests += 1;
        Some(OfClient { load: self, address })
    }

    fn clients(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Room for so many more bytes of a body; `None` when too much is arriving already.
    pub fn room_for(&self, bytes: usize) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.bodies).try_acquire_many_owned(u32::try_from(bytes).ok()?).ok()
    }

    /// Waits for a turn to check a body of so many bytes. One that is larger than all that may be checked at once has its
    /// turn when nothing else is checked.
    pub async fn turn_to_check(&self, bytes: usize) -> Turn {
        let waiting = self.checks_waiting.one();
        let permit = match u32::try_from(bytes.min(self.config.checks)) {
            Ok(permits) => Arc::clone(&self.checks).acquire_many_owned(permits).await.ok(),
            Err(_) => None,
        };
        drop(waiting);
        Turn { _permit: permit, _counted: self.checks_running.one() }
    }

    /// Takes a place among the submissions; none is given when the proxy is about to stop.
    pub fn submit(&self) -> Option<UnderWay> {
        self.submissions.send_modify(|submissions| *submissions += 1);
        let place = UnderWay(Arc::clone(&self.submissions));
        // Asked after it was counted, so that a stop either sees it or is seen by it.
        (!*self.stopping.borrow()).then_some(place)
    }

    /// How many submissions are under way.
    pub fn submissions(&self) -> watch::Receiver<usize> {
        self.submissions.subscribe()
    }

    /// How much of everything there is now.
    pub fn queue(&self) -> Queue {
        let taken =
            |limit: usize, left: &Semaphore| limit.min(Semaphore::MAX_PERMITS).saturating_sub(left.available_permits());
        Queue {
            requests: taken(self.config.requests, &self.requests),
            submissions: *self.submissions.borrow(),
            body_bytes: taken(self.config.bodies, &self.bodies),
            checks_running: self.checks_running.get(),
            checks_waiting: self.checks_waiting.get(),
        }
    }
}

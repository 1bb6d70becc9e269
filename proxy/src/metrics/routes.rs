//! `GET /metrics`: looks at what there is now and writes everything out. Who may ask is decided by who puts the route in
//! its place: an address of its own is for whoever reaches it, on the proxy's own address it is for those who were given it
//! by name, or for this machine.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State as Shared};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::prometheus_text;
use tokio::sync::Mutex;

use super::{Metrics, State};
use crate::access::{Access, METRICS, User, is_from_this_machine};
use crate::errors::ProxyError;
use crate::inbox::Inbox;
use crate::journal::Journal;
use crate::listen::Count;
use crate::load::Load;
use crate::upstream::Upstreams;

/// What is looked at.
#[derive(Debug)]
pub struct Watched {
    /// Where everything is counted.
    pub metrics: Arc<Metrics>,
    /// What is under way.
    pub load: Arc<Load>,
    /// The connections.
    pub connections: Count,
    /// How many there may be.
    pub connections_limit: usize,
    /// The journal, where there is one.
    pub journal: Option<Arc<Journal>>,
    /// What the Portal has sent.
    pub inbox: Arc<Inbox>,
    /// The upstreams, with the account's state.
    pub upstreams: Arc<Upstreams>,
    /// One asks the database at a time, however many ask here.
    pub asking: Mutex<()>,
}

/// The route for an address of its own.
pub fn only_metrics(watched: &Arc<Watched>) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(Arc::clone(watched))
}

/// The route on the proxy's own address, for those who were given `metrics` by name. Where nobody is asked who he is, for
/// this machine, unless a front server has passed the request on.
pub fn router(watched: &Arc<Watched>, access: &Arc<Access>) -> Router {
    let may = Arc::clone(access);
    let guarded = only_metrics(watched).layer(from_fn(move |request: Request, next: Next| {
        let may = Arc::clone(&may);
        async move {
            let is_allowed = match request.extensions().get::<User>() {
                Some(user) if may.asks() => may.may(user, METRICS),
                _ => is_from_this_machine(&request),
            };
            if is_allowed { next.run(request).await } else { ProxyError::NotAllowed.into_response() }
        }
    }));
    access.identify(guarded)
}

async fn metrics(Shared(watched): Shared<Arc<Watched>>) -> Response {
    watched.look().await;
    let mut text = String::new();
    if prometheus_text::encode(&mut text, &watched.metrics.registry).is_err() {
        return ProxyError::Internal.into_response();
    }
    let headers: [(HeaderName, HeaderValue); 2] = [
        (CONTENT_TYPE, HeaderValue::from_static(prometheus_text::CONTENT_TYPE)),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, text).into_response()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Watched {
    async fn look(&self) {
        let _one = self.asking.lock().await;
        let now = &self.metrics.now;
        let queue = self.load.queue();
        now.requests.set(count(queue.requests));
        now.submissions.set(count(queue.submissions));
        now.body_bytes.set(count(queue.body_bytes));
        now.checks_running.set(count(queue.checks_running));
        now.checks_waiting.set(count(queue.checks_waiting));
        now.connections.set(count(self.connections.get()));
        now.connections_limit.set(count(self.connections_limit));
        now.readers.set(count(self.inbox.readers()));
        now.account_refused.set(i64::from(self.upstreams.is_account_refused()));
        now.database.set(i64::from(self.look_into_database().await.is_ok()));
    }

    /// What the database does not tell is left as it was, and said by `database_up`.
    async fn look_into_database(&self) -> Result<(), ()> {
        let now = &self.metrics.now;
        if !self.inbox.notices.database_answers().await {
            return Err(());
        }
        if let Some(journal) = &self.journal {
            for (state, entries) in journal.counts().await.map_err(|_| ())? {
                now.journal.get_or_create(&State { state: state.name() }).set(entries);
            }
        }
        let (kept, unacknowledged) = self.inbox.notices.counts().await.map_err(|_| ())?;
        now.inbox.get_or_create(&State { state: "unacknowledged" }).set(unacknowledged);
        now.inbox.get_or_create(&State { state: "acknowledged" }).set(kept.saturating_sub(unacknowledged));
        let (waiting, dead) = self.inbox.webhook_counts().await.map_err(|_| ())?;
        now.webhook_waiting.set(waiting);
        now.dead_letters.set(dead);
        Ok(())
    }
}

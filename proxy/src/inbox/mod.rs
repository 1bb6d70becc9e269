//! What the Portal has sent, kept for the information system until it has taken it over: by pages, as it comes, or
//! through a webhook. Several instances may share one database; each learns of what another has stored by asking for
//! the newest number.

pub mod args;
mod dead;
pub mod events;
pub mod known;
pub mod notice;
pub mod progress;
pub mod routes;
pub mod store;
pub mod webhook;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use self::notice::{Notice, Service};
use self::progress::milliseconds;
use self::store::{Notices, Outcome, Unavailable};
use self::webhook::WebhookConfig;
use crate::clock::now;
use crate::database::Database;
use crate::metrics::Metrics;

/// So many long polls and event streams at once.
const WAITING: usize = 256;

/// How often notices whose time has come are erased.
const ERASING: Duration = Duration::from_secs(3600);

/// How the inbox is kept.
#[derive(Debug, Clone)]
pub struct InboxConfig {
    /// How long a notice is kept after it was acknowledged.
    pub keep: Duration,
    /// How long one is kept that was never acknowledged.
    pub keep_unacknowledged: Duration,
    /// How often the database is asked for what another instance has stored.
    pub poll: Duration,
    /// How often an event stream without events shows that it is alive.
    pub heartbeat: Duration,
    /// Where notices are sent by themselves.
    pub webhook: Option<WebhookConfig>,
}

const DAY: Duration = Duration::from_secs(86_400);

impl Default for InboxConfig {
    fn default() -> Self {
        Self {
            keep: 30 * DAY,
            keep_unacknowledged: 365 * DAY,
            poll: Duration::from_secs(1),
            heartbeat: Duration::from_secs(15),
            webhook: None,
        }
    }
}

/// The inbox at work.
#[derive(Debug)]
pub struct Inbox {
    /// Its tables.
    pub notices: Notices,
    config: InboxConfig,
    newest: watch::Sender<i64>,
    stopping: watch::Sender<bool>,
    waiting: Arc<Semaphore>,
    /// Somebody wants something to be sent again.
    again: Notify,
    metrics: Arc<Metrics>,
}

impl Inbox {
    /// The inbox of a database.
    pub async fn open(
        database: Arc<Database>,
        config: InboxConfig,
        metrics: Arc<Metrics>,
    ) -> Result<Arc<Self>, String> {
        let notices = Notices::new(database);
        let newest = notices.newest().await.map_err(|Unavailable| "the inbox cannot be read".to_owned())?;
        Ok(Arc::new(Self {
            notices,
            config,
            newest: watch::Sender::new(newest),
            stopping: watch::Sender::new(false),
            waiting: Arc::new(Semaphore::new(WAITING)),
            again: Notify::new(),
            metrics,
        }))
    }

    /// What runs beside the requests, until the inbox is stopped: learning of what other instances store, erasing, the
    /// webhook.
    pub fn work(self: &Arc<Self>) -> Result<JoinSet<()>, String> {
        let mut tasks = JoinSet::new();
        tasks.spawn(Arc::clone(self).follow());
        tasks.spawn(Arc::clone(self).erase());
        if let Some(config) = &self.config.webhook {
            tasks.spawn(webhook::Webhook::new(Arc::clone(self), config.clone())?.run());
        }
        Ok(tasks)
    }

    /// Takes a notice in. It is on disk when this returns.
    pub async fn receive(&self, service: Service, notice: &Notice) -> Result<Outcome, Unavailable> {
        let outcome = self.notices.receive(service, notice).await?;
        if let Outcome::New(id, _) = &outcome {
            self.has_come(*id);
        }
        Ok(outcome)
    }

    /// A change of this programme is about to be sent: a review that says what the last one said is another one then.
    pub async fn programme_changes(&self, update: &[u8]) {
        let payload = portform::payload("programme.update");
        let options = portform::Options { seed: crate::check::seed(), ..portform::Options::default() };
        let body = payload.and_then(|payload| portform::check_json(payload, update, &options).body());
        let programme: Option<serde_json::Value> = body.and_then(|body| serde_json::from_str(&body).ok());
        let number = programme.as_ref().and_then(|programme| programme.get("program_number")?.as_str());
        if let Some(number) = number {
            // The submission goes on without: at worst a review that says the same again counts as the same.
            let _ = self.notices.programme_changed(number).await;
        }
    }

    /// Waits until there is something after a place; not longer than this, and not beyond the end of the proxy.
    pub async fn wait(&self, place: i64, longest: Duration) {
        let mut newest = self.newest.subscribe();
        tokio::select! {
            _ = newest.wait_for(|newest| *newest > place) => {}
            () = tokio::time::sleep(longest) => {}
            () = self.stopped() => {}
        }
    }

    /// Ends whoever waits, and what runs beside the requests.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Whether there is anything to go on with after a pause.
    async fn pause(&self, pause: Duration) -> bool {
        tokio::select! {
            () = tokio::time::sleep(pause) => true,
            () = self.stopped() => false,
        }
    }

    fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    async fn stopped(&self) {
        // The sender is this inbox itself, so it outlives the wait.
        let _ = self.stopping.subscribe().wait_for(|stopping| *stopping).await;
    }

    /// A place among those who wait, as long as it is held.
    fn seat(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.waiting).try_acquire_owned().ok()
    }

    /// How many wait or read a stream.
    pub fn readers(&self) -> usize {
        WAITING.saturating_sub(self.waiting.available_permits())
    }

    /// How many notices the webhook has yet to deliver, and how many it gave up.
    pub async fn webhook_counts(&self) -> Result<(i64, i64), Unavailable> {
        self.notices.webhook_counts(self.config.webhook.is_some()).await
    }

    fn has_come(&self, id: i64) {
        self.newest.send_if_modified(|newest| {
            let newer = id > *newest;
            *newest = id.max(*newest);
            newer
        });
    }

    async fn follow(self: Arc<Self>) {
        while self.pause(self.config.poll).await {
            // Nobody waits: whoever comes next asks the database first.
            if self.newest.receiver_count() > 0
                && let Ok(newest) = self.notices.newest().await
            {
                self.has_come(newest);
            }
        }
    }

    async fn erase(self: Arc<Self>) {
        let before = |keep: Duration| now().saturating_sub(milliseconds(keep));
        loop {
            let erased = self.notices.erase(before(self.config.keep), before(self.config.keep_unacknowledged)).await;
            if let Ok(count @ 1..) = erased {
                tracing::info!(count, "notices of the inbox erased");
            }
            if !self.pause(ERASING).await {
                return;
            }
        }
    }
}

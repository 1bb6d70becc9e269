//! What an operator watches: counters and times since the process began, and what there is at the moment of asking. The
//! values of all labels are words of this program (payloads, codes, states), so there are few of them, and none that a
//! client could make up; nothing personal and no secret can be among them.

mod routes;

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

pub use routes::{Watched, only_metrics, router};

/// Upper bounds in seconds: from an answer of the same building to one that is given up.
const SECONDS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// A name from this program.
type Word = &'static str;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Submitted {
    payload: Word,
    outcome: Word,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    upstream: Word,
    outcome: Word,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Granted {
    grant: Word,
    outcome: Word,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Called {
    service: Word,
    outcome: Word,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: Word,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: Word,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: Word,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Status {
    status: Word,
}

type Times = Family<Asked, Histogram, fn() -> Histogram>;

/// All metrics of one proxy.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Status, Counter>,
    submissions: Family<Submitted, Counter>,
    refused: Family<Reason, Counter>,
    upstream: Times,
    tokens: Family<Granted, Counter>,
    callbacks: Family<Called, Counter>,
    deliveries: Family<Outcome, Counter>,
    now: Now,
}

/// What there is at the moment of asking.
#[derive(Debug, Default)]
struct Now {
    requests: Gauge,
    submissions: Gauge,
    body_bytes: Gauge,
    checks_running: Gauge,
    checks_waiting: Gauge,
    connections: Gauge,
    connections_limit: Gauge,
    readers: Gauge,
    database: Gauge,
    account_refused: Gauge,
    journal: Family<State, Gauge>,
    inbox: Family<State, Gauge>,
    webhook_waiting: Gauge,
    dead_letters: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let times: fn() -> Histogram = || Histogram::new(SECONDS);
        let mut metrics = Self {
            registry: Registry::with_prefix("portform"),
            requests: Family::default(),
            submissions: Family::default(),
            refused: Family::default(),
            upstream: Family::new_with_constructor(times),
            tokens: Family::default(),
            callbacks: Family::default(),
            deliveries: Family::default(),
            now: Now::default(),
        };
        metrics.register();
        // What is watched for is there before it has happened.
        for outcome in ["taken", "refused"] {
            drop(metrics.deliveries.get_or_create(&Outcome { outcome }));
        }
        for grant in ["password", "refresh_token"] {
            for outcome in ["given", "refused", "failed"] {
                drop(metrics.tokens.get_or_create(&Granted { grant, outcome }));
            }
        }
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program that runs", version);
        registry.register("requests", "Requests answered, by the first digit of the status", self.requests.clone());
        registry.register("submissions", "Submissions answered, by what became of them", self.submissions.clone());
        registry.register("refused", "Requests that the proxy answered itself, by its code", self.refused.clone());
        let help = "Time until an upstream has answered, or has failed to";
        registry.register_with_unit("upstream_answer", help, Unit::Seconds, self.upstream.clone());
        registry.register("tokens", "Tokens asked of the Portal", self.tokens.clone());
        registry.register("callbacks", "Calls of the Portal, by what became of them", self.callbacks.clone());
        let help = "Deliveries of the webhook, by what the receiver made of them";
        registry.register("webhook_deliveries", help, self.deliveries.clone());

        let now = &self.now;
        for (name, help, gauge) in [
            ("requests_under_way", "Requests that are being read or answered", &now.requests),
            ("submissions_under_way", "Submissions that wait for an upstream or for the journal", &now.submissions),
            ("checks_running", "Bodies that are being checked", &now.checks_running),
            ("checks_waiting", "Bodies that wait for their turn to be checked", &now.checks_waiting),
            ("connections", "Open connections", &now.connections),
            ("connections_limit", "How many connections there may be", &now.connections_limit),
            ("inbox_readers", "Long polls and event streams that are open", &now.readers),
            ("database_up", "Whether the database answered when this was asked", &now.database),
            ("portal_account_refused", "Whether the Portal refused the password lately", &now.account_refused),
            ("webhook_waiting", "Notices that the webhook has yet to deliver", &now.webhook_waiting),
            ("webhook_dead_letters", "Notices that the webhook gave up", &now.dead_letters),
        ] {
            registry.register(name, help, gauge.clone());
        }
        let help = "Bodies that are arriving or kept";
        registry.register_with_unit("bodies_held", help, Unit::Bytes, now.body_bytes.clone());
        registry.register("journal_entries", "Entries of the journal", now.journal.clone());
        registry.register("inbox_items", "Notices in the inbox", now.inbox.clone());
    }

    /// A request was answered; a `reason` is the code of the proxy's own answer.
    pub fn answered(&self, status: u16, reason: Option<&'static str>) {
        let status = match status {
            100..=199 => "1xx",
            200..=299 => "2xx",
            300..=399 => "3xx",
            400..=499 => "4xx",
            _ => "5xx",
        };
        self.requests.get_or_create(&Status { status }).inc();
        if let Some(reason) = reason {
            self.refused.get_or_create(&Reason { reason }).inc();
        }
    }

    /// A submission was answered.
    pub fn submitted(&self, payload: &'static str, outcome: &'static str) {
        self.submissions.get_or_create(&Submitted { payload, outcome }).inc();
    }

    /// An upstream has answered, or has not.
    pub fn asked(&self, upstream: &'static str, answered: bool, time: Duration) {
        let outcome = if answered { "answered" } else { "failed" };
        self.upstream.get_or_create(&Asked { upstream, outcome }).observe(time.as_secs_f64());
    }

    /// A token was asked for.
    pub fn granted(&self, grant: &'static str, outcome: &'static str) {
        self.tokens.get_or_create(&Granted { grant, outcome }).inc();
    }

    /// The Portal has called.
    pub fn called(&self, service: &'static str, outcome: &'static str) {
        self.callbacks.get_or_create(&Called { service, outcome }).inc();
    }

    /// The webhook has tried to deliver.
    pub fn delivered(&self, taken: bool) {
        let outcome = if taken { "taken" } else { "refused" };
        self.deliveries.get_or_create(&Outcome { outcome }).inc();
    }
}

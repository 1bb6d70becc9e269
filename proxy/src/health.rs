//! Whether the process lives, and whether it is fit to be asked: for those who start it anew or send requests elsewhere.
//! `/health` says what is configured, as it always has. None of it says anything of a submission or a person.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::config::Config;
use crate::database::Database;
use crate::upstream::{Upstreams, set_cryptography};

/// The database is asked at most so often, however often somebody asks here.
const EVERY: Duration = Duration::from_secs(1);

/// How long one who asks whether it runs waits.
const PROBED_IN: Duration = Duration::from_secs(5);

/// What is looked at.
#[derive(Debug)]
pub struct Health {
    configured: Value,
    database: Arc<Database>,
    upstreams: Arc<Upstreams>,
    stopping: AtomicBool,
    /// When the database was asked last, and whether it answered.
    asked: Mutex<Option<(Instant, bool)>>,
}

impl Health {
    /// Of a proxy with this configuration.
    pub fn new(config: &Config, has_sandbox: bool, database: Arc<Database>, upstreams: Arc<Upstreams>) -> Self {
        let configured = json!({
            "status": "ok",
            "sandbox": has_sandbox,
            "portal": { "configured": config.portal.is_some() },
            "ehealth": { "configured": config.ehealth.is_some() },
        });
        Self { configured, database, upstreams, stopping: AtomicBool::new(false), asked: Mutex::default() }
    }

    /// From now on it is not ready.
    pub fn about_to_stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }

    async fn database_answers(&self) -> bool {
        let mut asked = self.asked.lock().await;
        match *asked {
            Some((at, answered)) if at.elapsed() < EVERY => answered,
            _ => {
                let answered = self.database.store.answers().await;
                *asked = Some((Instant::now(), answered));
                answered
            }
        }
    }
}

/// The routes, below `/health`.
pub fn router(health: &Arc<Health>) -> Router {
    Router::new()
        .route("/health", get(configured))
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
        .with_state(Arc::clone(health))
}

async fn configured(State(health): State<Arc<Health>>) -> Json<Value> {
    Json(health.configured.clone())
}

async fn live() -> Response {
    answer(StatusCode::OK, &json!({ "status": "ok" }))
}

async fn ready(State(health): State<Arc<Health>>) -> Response {
    let database = health.database_answers().await;
    let account_refused = health.upstreams.is_account_refused();
    let stopping = health.stopping.load(Ordering::Acquire);
    let is_ready = database && !account_refused && !stopping;
    let (status, word) = if is_ready { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "not_ready") };
    let said = json!({
        "status": word,
        "database": database,
        "portal_account_refused": account_refused,
        "stopping": stopping,
    });
    answer(status, &said)
}

/// Asks a proxy that runs, for those who look after it where no other program is at hand, as in a container.
pub async fn probe(url: &str) -> Result<(), String> {
    set_cryptography();
    let client = reqwest::Client::builder().no_proxy().timeout(PROBED_IN).build();
    let client = client.map_err(|error| format!("the HTTP client cannot start: {error}"))?;
    match client.get(url).send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!("it answers {}", answer.status())),
        Err(error) => Err(error.to_string()),
    }
}

fn answer(status: StatusCode, said: &Value) -> Response {
    ([(CACHE_CONTROL, HeaderValue::from_static("no-store"))], (status, Json(said))).into_response()
}

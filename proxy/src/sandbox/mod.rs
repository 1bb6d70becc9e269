//! A Portal and an eHealth for trying out: they listen on a loopback port of their own inside the proxy's process and
//! behave as the two documents say. They check bodies themselves, without the crate `portform`, as the real ones would;
//! their state is a SQLite file, so that a restart keeps it. For made-up data only.

mod body;
pub mod callbacks;
mod control;
mod cycles;
mod ehealth;
mod faults;
mod programmes;
mod reference;
mod requests;
mod results;
mod serve;
mod specialists;
mod store;
mod token;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};
use reqwest::Url;
use sqlx::SqlitePool;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::config::{Credentials, EhealthConfig, PortalConfig, REFUSED_PAUSE, base_url, below};
use crate::routes::{self, Route, Upstream};
use crate::secret::Secret;

/// How a sandbox is set up.
#[derive(Debug, Clone)]
pub struct SandboxConfig {
    /// The database file; without one the state lives in memory.
    pub database: Option<PathBuf>,
    /// How long a token is valid.
    pub token_seconds: u32,
    /// The account that the sandbox's Portal knows.
    pub account: Credentials,
    /// The account that the proxy uses towards it; another one is refused.
    pub credentials: Credentials,
    /// The bearer token that the proxy uses towards the sandbox's eHealth.
    pub ehealth_token: Secret,
    /// Path of the token endpoint, besides `oauth/token` and `rest/v2/oauth/token`.
    pub token_path: String,
    /// The paths to answer at.
    pub routes: Vec<Route>,
    /// How its Portal tries again when the organisation's system does not answer.
    pub retry: callbacks::Retry,
}

impl Default for SandboxConfig {
    fn default() -> Self {
        Self {
            database: None,
            token_seconds: 43_198,
            account: example_credentials(),
            credentials: example_credentials(),
            ehealth_token: example_ehealth_token(),
            token_path: "rest/v2/oauth/token".to_owned(),
            routes: routes::documented(),
            retry: callbacks::Retry::default(),
        }
    }
}

/// The account of the document's own example of a token request.
pub fn example_credentials() -> Credentials {
    Credentials {
        client_id: "client".to_owned(),
        client_secret: Secret::new("secret"),
        username: "smith".to_owned(),
        password: Secret::new("qwerty123"),
    }
}

/// The bearer token that the sandbox's eHealth knows.
pub fn example_ehealth_token() -> Secret {
    Secret::new("sandbox-ehealth-token")
}

/// A sandbox that listens.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    base: Url,
    token_url: Url,
    state: Arc<State>,
    task: JoinHandle<()>,
    caller: Option<JoinHandle<()>>,
}

/// What the endpoints share.
#[derive(Debug)]
struct State {
    config: SandboxConfig,
    store: SqlitePool,
    faults: Mutex<faults::Faults>,
    counts: Mutex<token::Counts>,
    /// Something waits to be told.
    wake: Arc<Notify>,
}

impl Sandbox {
    /// Opens the state and listens on a free loopback port. The error is one sentence.
    pub async fn start(config: SandboxConfig) -> Result<Self, String> {
        let store = store::open(config.database.as_deref())
            .await
            .map_err(|error| format!("the sandbox's database cannot be opened: {error}"))?;
        let listener =
            TcpListener::bind(("127.0.0.1", 0)).await.map_err(|error| format!("the sandbox cannot listen: {error}"))?;
        let address = listener.local_addr().map_err(|error| format!("the sandbox cannot listen: {error}"))?;
        let base = base_url(&format!("http://{address}/"))?;
        let token_url = below(&base, &config.token_path)?;
        let state =
            Arc::new(State { config, store, faults: Mutex::default(), counts: Mutex::default(), wake: Arc::default() });
        let task = tokio::spawn(serve::serve(listener, router(&state)));
        Ok(Self { address, base, token_url, state, task, caller: None })
    }

    /// From now on its Portal calls this organisation's system, also with what has waited for it.
    pub fn call(&mut self, target: callbacks::Target) {
        let (store, retry, wake) = (self.state.store.clone(), self.state.config.retry, Arc::clone(&self.state.wake));
        if let Some(before) = self.caller.replace(tokio::spawn(callbacks::run(store, target, retry, wake))) {
            before.abort();
        }
    }

    /// Where the sandbox listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The sandbox's Portal as an upstream.
    pub fn portal(&self) -> PortalConfig {
        PortalConfig {
            url: self.base.clone(),
            token_url: self.token_url.clone(),
            credentials: self.state.config.credentials.clone(),
            refused_pause: REFUSED_PAUSE,
        }
    }

    /// The sandbox's eHealth as an upstream.
    pub fn ehealth(&self) -> EhealthConfig {
        EhealthConfig { url: self.base.clone(), token: self.state.config.ehealth_token.clone() }
    }

    /// The control routes, to be nested under `/sandbox`.
    pub fn control(&self) -> Router {
        control::router(&self.state)
    }

    /// Ends the sandbox; its state stays in the file.
    pub async fn stop(self) {
        self.task.abort();
        if let Some(caller) = self.caller {
            caller.abort();
            let _ = caller.await;
        }
        // The task was just ended; how it ended does not matter.
        let _ = self.task.await;
        self.state.store.close().await;
    }
}

fn router(state: &Arc<State>) -> Router {
    let mut portal = Router::new();
    let mut ehealth = Router::new();
    for route in &state.config.routes {
        let path = format!("/{}", route.path);
        let Some(handler) = handler(route.payload) else {
            continue;
        };
        match route.upstream {
            Upstream::Portal => portal = portal.route(&path, handler),
            Upstream::Ehealth => ehealth = ehealth.route(&path, handler),
        }
    }
    let portal = portal.layer(from_fn_with_state(Arc::clone(state), serve::portal_service));
    let ehealth = ehealth.layer(from_fn_with_state(Arc::clone(state), serve::ehealth_service));
    let mut tokens = Router::new();
    let mut token_paths = vec!["rest/v2/oauth/token", "oauth/token", state.config.token_path.as_str()];
    token_paths.sort_unstable();
    token_paths.dedup();
    for path in token_paths {
        tokens = tokens.route(&format!("/{path}"), post(token::token));
    }
    let tokens = tokens.layer(from_fn_with_state(Arc::clone(state), serve::token_service));
    portal
        .merge(ehealth)
        .merge(tokens)
        .fallback(async || body::platform_error(axum::http::StatusCode::NOT_FOUND, "Not found", "No such service"))
        .with_state(Arc::clone(state))
        .nest("/sandbox", control::router(state))
        .layer(DefaultBodyLimit::disable())
}

/// The endpoint that takes a payload.
fn handler(payload: &str) -> Option<MethodRouter<Arc<State>>> {
    Some(match payload {
        "programme.create" => post(programmes::create),
        "programme.update" => post(programmes::update),
        "programme.status" => post(programmes::status),
        "cycle.create" => post(cycles::create),
        "cycle.update" => post(cycles::update),
        "cycle.cancel" => post(cycles::cancel),
        "application.comment" => post(requests::comment),
        "result.update" => post(results::update),
        "results.bulk_update" => post(results::bulk_update),
        "results.confirm" => post(results::confirm),
        "reference.specialities" => get(reference::specialities),
        "reference.programmes" => get(reference::programmes),
        "contract_request.envelope" => post(ehealth::create),
        _ => return None,
    })
}

/// A poisoned lock means that another request failed; what it guards are counters and switches, still good.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

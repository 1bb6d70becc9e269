//! Puts the parts together, binds the port, serves, and stops in order: what has been sent to an upstream is answered
//! before the process ends. It decides nothing about a request.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::access::{Access, INBOX, hosts};
use crate::callbacks;
use crate::callbacks::account::Account;
use crate::config::{Config, base_url};
use crate::database::Database;
use crate::errors::ProxyError;
use crate::files;
use crate::forward::{self, App};
use crate::health::{self, Health};
use crate::inbox::{self, Inbox};
use crate::journal::{self, Journal};
use crate::listen::{self, ListenConfig};
use crate::load::Load;
use crate::metrics::{self, Metrics, Watched};
use crate::routes::Upstream;
use crate::sandbox::Sandbox;
use crate::sandbox::callbacks::Target;
use crate::upstream::{Upstreams, is_loopback};
use crate::web;

/// A proxy that serves.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where it tells what it has counted, when that is an address of its own.
    pub metrics_address: Option<SocketAddr>,
    /// The sandbox that it started.
    pub sandbox: Option<Sandbox>,
    /// The Portal's account here, when it was made up for the sandbox because none was configured.
    pub made_up: Option<Account>,
    inbox: Arc<Inbox>,
    health: Arc<Health>,
    beside: JoinSet<()>,
    database: Arc<Database>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// Starts the proxy, and the sandbox before it when there is to be one. The error is one sentence.
pub async fn start(mut config: Config) -> Result<Running, String> {
    let mut sandbox = match config.sandbox.clone() {
        Some(sandbox) => {
            let (portal, ehealth) = (config.portal.take(), config.ehealth.take());
            let sandbox = Sandbox::start(sandbox).await?;
            config.portal = portal.or_else(|| Some(sandbox.portal()));
            config.ehealth = ehealth.or_else(|| Some(sandbox.ehealth()));
            Some(sandbox)
        }
        None => None,
    };
    for url in [config.portal.as_ref().map(|it| &it.url), config.ehealth.as_ref().map(|it| &it.url)] {
        if url.is_some_and(|url| url.scheme() == "http") && sandbox.is_none() {
            tracing::warn!("an upstream's address begins with http://: credentials and data go there unencrypted");
        }
    }
    let webhook = config.inbox.webhook.as_ref().map(|webhook| &webhook.url);
    if webhook.is_some_and(|url| url.scheme() == "http" && !is_loopback(url)) {
        tracing::warn!("the webhook's address begins with http://: personal data go there unencrypted");
    }
    let made_up = (sandbox.is_some() && config.callbacks.account.is_none()).then(Account::generated);
    if let Some(account) = &made_up {
        config.callbacks.account = Some(account.clone());
    }
    let (listener, address) = bind(config.listen).await?;
    let metrics_listener = match config.metrics {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let metrics_address = metrics_listener.as_ref().map(|(_, address)| *address);
    if !address.ip().is_loopback() {
        tracing::warn!(%address, "listening beyond this machine: whoever reaches this port submits in the organisation's name");
    }
    let database = Arc::new(Database::open(&config.database, config.database_key.as_ref()).await?);
    let metrics = Arc::new(Metrics::default());
    let inbox = Inbox::open(Arc::clone(&database), config.inbox.clone(), Arc::clone(&metrics)).await?;
    if let (Some(sandbox), Some(account)) = (&mut sandbox, &config.callbacks.account) {
        sandbox.call(Target {
            url: base_url(&format!("http://{}/", reachable(address)))?,
            portal_id: account.id.clone(),
            portal_secret: account.secret.clone(),
        });
    }
    let journal = config.journal.on.then(|| Journal::start(Arc::clone(&database), config.journal.clone()));
    let (stop, stopping) = watch::channel(false);
    let load = Load::new(config.load, stopping.clone());
    let connections = listen::Count::default();
    let limits = listen::within_descriptors(config.listen_limits);
    let upstreams = Arc::new(Upstreams::new(&config, &metrics)?);
    let health = Arc::new(Health::new(&config, sandbox.is_some(), Arc::clone(&database), Arc::clone(&upstreams)));
    let watched = Arc::new(Watched {
        metrics,
        load: Arc::clone(&load),
        connections: connections.clone(),
        connections_limit: limits.connections,
        journal: journal.clone(),
        inbox: Arc::clone(&inbox),
        upstreams,
        asking: Mutex::default(),
    });
    let router = router(config, address, sandbox.as_ref(), &watched, &health)?;
    let mut beside = inbox.work()?;
    if let Some((listener, _)) = metrics_listener {
        let router = metrics::only_metrics(&watched).merge(health::router(&health));
        let router = router.fallback(async || ProxyError::NotFound);
        // A handful of programs that watch; the times are those of the proxy's own address.
        let limits = ListenConfig { connections: 64, ..limits };
        let nothing_sent = watch::Sender::new(0).subscribe();
        let stopping = stopping.clone();
        beside.spawn(listen::serve(listener, router, limits, listen::Count::default(), stopping, nothing_sent));
    }
    let task = tokio::spawn(listen::serve(listener, router, limits, connections, stopping, load.submissions()));
    Ok(Running { address, metrics_address, sandbox, made_up, inbox, health, beside, database, stop, task })
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), String> {
    let failed = |error: std::io::Error| format!("cannot listen on {address}: {error}");
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Where this machine reaches a port that listens everywhere.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

impl Running {
    /// The proxy's own address as a URL without a trailing slash.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Says that it is about to stop to whoever asks whether it is ready, and goes on for now.
    pub fn about_to_stop(&self) {
        self.health.about_to_stop();
    }

    /// Takes no more requests, answers those under way, and ends the sandbox.
    pub async fn stop(mut self) {
        // Whoever waits for something new is answered now.
        self.inbox.stop();
        self.stop.send_replace(true);
        let _ = self.task.await;
        while self.beside.join_next().await.is_some() {}
        self.database.close().await;
        if let Some(sandbox) = self.sandbox {
            sandbox.stop().await;
        }
    }
}

fn router(
    config: Config,
    address: SocketAddr,
    sandbox: Option<&Sandbox>,
    watched: &Arc<Watched>,
    health: &Arc<Health>,
) -> Result<Router, String> {
    let (inbox, load, journal) = (&watched.inbox, &watched.load, &watched.journal);
    let access = Access::new(config.access.clone())?;
    let mut origins = config.allowed_origins.clone();
    let mut names = config.access.hosts.clone();
    names.extend(origins.iter().filter_map(|origin| origin.split_once("://")).map(|(_, host)| hosts::name_of(host)));
    origins.push(format!("http://{address}"));
    if address.ip().is_loopback() {
        origins.push(format!("http://localhost:{}", address.port()));
    }
    let www = config.www.clone();
    let patience = config.request_timeout;
    let callbacks = callbacks::routes::router(config.callbacks.clone(), watched, patience);
    let callbacks = Router::new().nest("/callbacks", callbacks);
    let app = Arc::new(App {
        upstreams: Arc::clone(&watched.upstreams),
        journal: journal.clone(),
        inbox: Arc::clone(inbox),
        access: Arc::clone(&access),
        load: Arc::clone(load),
        metrics: Arc::clone(&watched.metrics),
        config,
    });
    let mut router = Router::new()
        .nest("/portal", access.identify(forward::router(&app, Upstream::Portal)))
        .nest("/ehealth", access.identify(forward::router(&app, Upstream::Ehealth)))
        .nest("/journal", access.identify(journal::router(journal.as_ref(), &access, patience)))
        .nest("/inbox", access.only_for(INBOX, inbox::routes::router(inbox, patience)));
    if let Some(sandbox) = sandbox {
        router = router.nest("/sandbox", access.identify(sandbox.control()));
    }
    router = match www {
        Some(directory) => router.fallback_service(files::files(&directory)?),
        None => router.fallback(async || ProxyError::NotFound),
    };
    let routes = web::Routes {
        pages: router,
        callbacks,
        metrics: metrics::router(watched, &access),
        probes: health::router(health),
    };
    let around = web::Around {
        origins: Arc::new(origins),
        names: Arc::new(names),
        access,
        load: Arc::clone(load),
        metrics: Arc::clone(&watched.metrics),
    };
    Ok(web::wrap(routes, around))
}

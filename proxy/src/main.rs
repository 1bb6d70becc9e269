//! The program: reads flags and environment, starts the proxy, says where it listens, and stops on a signal.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use portform_proxy::config::{Args, Config};
use portform_proxy::{health, server};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let ended = match &args.probe {
        Some(url) => health::probe(url).await,
        None => run(args).await,
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("portform-proxy: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), String> {
    let filter: Targets = args.log.parse().map_err(|error| format!("--log: {error}"))?;
    tracing_subscriber::registry()
        .with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(filter))
        .try_init()
        .map_err(|error| format!("the log cannot start: {error}"))?;
    let config = Config::from_args(args, |name| std::env::var(name).ok())?;
    let (patience, drain) = (config.upstream_timeout + Duration::from_secs(5), config.drain);
    let running = server::start(config).await?;
    println!("portform-proxy listening on {}", running.url());
    if let Some(address) = running.metrics_address {
        tracing::info!(%address, "metrics");
    }
    if let Some(account) = &running.made_up {
        println!("for the Portal, made up: portalId {} portalSecret {}", account.id, account.secret.expose());
    }
    wait_for_signal().await?;
    tracing::info!("stopping");
    running.about_to_stop();
    if !drain.is_zero() {
        // Whoever sends requests here has to see that it is not ready before the address is gone.
        tokio::select! {
            () = tokio::time::sleep(drain) => {}
            again = wait_for_signal() => again?,
        }
    }
    // An upstream that hangs must not keep the process for ever, nor a person who asks twice.
    tokio::select! {
        () = running.stop() => {}
        () = tokio::time::sleep(patience) => tracing::warn!("stopped with requests still open"),
        _ = wait_for_signal() => tracing::warn!("stopped at once, with requests still open"),
    }
    Ok(())
}

async fn wait_for_signal() -> Result<(), String> {
    let failed = |error: std::io::Error| format!("cannot wait for signals: {error}");
    #[cfg(unix)]
    {
        let mut terminate =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).map_err(failed)?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted.map_err(failed),
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(failed)
}

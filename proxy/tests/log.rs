//! The log, at its most talkative and from every library in the process, holds no secret, no token and nothing of what
//! was submitted. In a binary of its own, because it takes over the whole process's log.

use std::error::Error;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use portform_proxy::check::{CheckOptions, Verdict};
use portform_proxy::config::{Config, Credentials};
use portform_proxy::sandbox::SandboxConfig;
use portform_proxy::secret::Secret;
use portform_proxy::server::start;
use serde_json::json;
use tracing_subscriber::filter::LevelFilter;

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Refuses what is marked, as the check would refuse a broken rule.
fn check(_payload: &str, body: &[u8], _options: &CheckOptions) -> Verdict {
    if body.starts_with(b" ") { Verdict::Invalid("[]".to_owned()) } else { Verdict::Valid }
}

#[tokio::test]
async fn the_log_holds_no_secret_and_nothing_personal() -> Result<(), Box<dyn Error + Send + Sync>> {
    let captured = Captured::default();
    let writer = captured.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .try_init()?;

    let account = Credentials {
        client_id: "made-up-client".to_owned(),
        client_secret: Secret::new("made-up-client-secret"),
        username: "made-up-user".to_owned(),
        password: Secret::new("made-up-password"),
    };
    let sandbox = SandboxConfig {
        account: account.clone(),
        credentials: account,
        ehealth_token: Secret::new("made-up-ehealth-token"),
        ..SandboxConfig::default()
    };
    let upstream_timeout = Duration::from_millis(500);
    let running = start(Config { sandbox: Some(sandbox), check, upstream_timeout, ..Config::default() }).await?;
    let client = reqwest::Client::builder().no_proxy().build()?;
    let post = |path: &str, body: String| {
        client.post(format!("{}{path}", running.url())).header("content-type", "application/json").body(body).send()
    };
    let body = json!({
        "program_id": "TEST-1234",
        "cycle_id": "made-up-cycle",
        "request_number": "made-up-number",
        "snils": "112-233-445 95",
        "last_name": "Выдуманова",
        "comment": "Выдуманный комментарий"
    })
    .to_string();
    let comment = "/portal/education/request/comment";
    // Accepted, refused by the check, at an unknown path with something personal in it, and with every fault.
    post(comment, body.clone()).await?;
    post(comment, format!(" {body}")).await?;
    post("/portal/unknown/Vydumanova?snils=11223344595", body.clone()).await?;
    let ehealth = "/ehealth/api/contract_requests/capitation/09106b70-18b0-4726-b0ed-6bda1369fd52";
    post(ehealth, body.clone()).await?;
    for fault in ["slow", "html_500", "drop", "empty", "truncated", "expire_tokens"] {
        post("/sandbox/faults", json!({ "fault": fault }).to_string()).await?;
        post(comment, body.clone()).await?;
    }
    for fault in ["drop", "html_500", "slow"] {
        post("/sandbox/faults", json!({ "fault": "expire_tokens" }).to_string()).await?;
        post("/sandbox/faults", json!({ "fault": fault, "target": "token" }).to_string()).await?;
        post(comment, body.clone()).await?;
    }
    running.stop().await;

    let log = captured.text();
    for expected in [comment, "status=504", "upstream_broken", "token_unavailable", "request_id=", "token obtained"] {
        assert!(log.contains(expected), "{expected} is not in the log");
    }
    for hidden in [
        "made-up-client-secret",
        "made-up-password",
        "made-up-user",
        "made-up-ehealth-token",
        "bWFkZS11cC1jbGllbnQ6",
        "Bearer ",
        "access_token",
        "112-233",
        "11223344595",
        "Выдуман",
        "Vydumanova",
        "made-up-number",
        "made-up-cycle",
        "09106b70",
    ] {
        let line = log.lines().find(|line| line.contains(hidden)).unwrap_or_default();
        assert!(!log.contains(hidden), "{hidden} is in the log: {line}");
    }
    Ok(())
}

//! The log, at its most talkative and from every library in the process, the metrics, the journal's list and what the proxy
//! itself says hold no secret, no token and nothing of what was submitted. In a binary of its own, because it takes over the whole process's log.

use std::error::Error;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use portform_proxy::callbacks::account::Account;
use portform_proxy::check::{CheckOptions, Verdict};
use portform_proxy::config::{Config, Credentials};
use portform_proxy::inbox::webhook::WebhookConfig;
use portform_proxy::sandbox::SandboxConfig;
use portform_proxy::secret::Secret;
use portform_proxy::server::start;
use reqwest::{Client, Url};
use serde_json::{Value, json};
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
async fn log_metrics_journal_and_errors_hold_no_secret_and_nothing_personal() -> Result<(), Box<dyn Error + Send + Sync>>
{
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
    let mut config = Config { sandbox: Some(sandbox), check, upstream_timeout, ..Config::default() };
    config.callbacks.account = Some(Account {
        id: "made-up-portal".to_owned(),
        secret: Secret::new("made-up-portal-secret"),
        token_seconds: 60,
    });
    config.inbox.webhook = Some(WebhookConfig::new(
        Url::parse(&format!("http://127.0.0.1:{}/made-up-path?key=made-up-key", nobody_listens().await?))?,
        Secret::new("made-up-webhook-secret"),
    ));
    let running = start(config).await?;
    let client = Client::builder().no_proxy().build()?;
    let said = Mutex::new(String::new());
    let post = async |path: &str, body: String| -> Result<(), Box<dyn Error + Send + Sync>> {
        let request = client.post(format!("{}{path}", running.url())).header("content-type", "application/json");
        let response = request.body(body).send().await?;
        // What an upstream says may quote what was submitted; what the proxy says may not.
        if response.headers().get("x-portform-answer").is_some_and(|author| author == "proxy") {
            let text = response.text().await?;
            said.lock().unwrap_or_else(PoisonError::into_inner).push_str(&format!("{text}\n"));
        }
        Ok(())
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
        // Twice: a renewal that fails falls back to the password within the same submission.
        post("/sandbox/faults", json!({ "fault": fault, "target": "token", "times": 2 }).to_string()).await?;
        post(comment, body.clone()).await?;
    }
    let token = what_the_portal_sends(&client, &running.url()).await?;
    let watched = watched(&client, &running.url()).await?;
    running.stop().await;

    let log = captured.text();
    let said = said.into_inner().unwrap_or_else(PoisonError::into_inner);
    for code in ["invalid", "not_found", "upstream_broken", "upstream_timeout", "token_unavailable"] {
        assert!(said.contains(&format!("\"error\":\"{code}\"")), "{code} was not said");
    }
    for counted in
        ["portform_submissions_total{", "portform_callbacks_total{", "\"state\":\"unknown\"", "\"settled_by\":{"]
    {
        assert!(watched.contains(counted), "{counted} is not there to be looked at");
    }
    for expected in [comment, "status=504", "upstream_broken", "token_unavailable", "request_id=", "token obtained"]
        .into_iter()
        .chain(["token given", "was stored", "came again", "was refused", "the webhook took no notice", "status=429"])
    {
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
        "made-up-portal-secret",
        "bWFkZS11cC1wb3J0YWw6",
        "a-made-up-guess",
        "made-up-webhook-secret",
        "made-up-path",
        "made-up-key",
        "made-up-request",
        "Придуманова",
        "087-654",
        "sha256=",
        &token,
    ] {
        for (place, text) in [("log", &log), ("metrics or journal", &watched), ("answers", &said)] {
            let line = text.lines().find(|line| line.contains(hidden)).unwrap_or_default();
            assert!(!text.contains(hidden), "{hidden} is in the {place}: {line}");
        }
    }
    Ok(())
}

/// What an operator and the information system look at, after a person has settled something with a note.
async fn watched(client: &Client, url: &str) -> Result<String, Box<dyn Error + Send + Sync>> {
    let get = async |path: &str| client.get(format!("{url}{path}")).send().await?.text().await;
    let list: Value = serde_json::from_str(&get("/journal?limit=1000").await?)?;
    let entries = list.get("entries").and_then(Value::as_array).ok_or("a list")?;
    let unknown = entries.iter().find(|entry| entry.get("state") == Some(&json!("unknown"))).ok_or("an unknown one")?;
    let key = unknown.get("key").and_then(Value::as_str).ok_or("a key")?;
    let settle = client.post(format!("{url}/journal/{key}/settle")).header("content-type", "application/json");
    let settling = json!({ "state": "refused", "note": "Выдуманова звонила, made-up-number" });
    settle.body(settling.to_string()).send().await?.error_for_status()?;
    Ok([get("/metrics").await?, get("/journal?limit=1000").await?, get("/health/ready").await?].join("\n"))
}

/// A port at which nobody listens.
async fn nobody_listens() -> Result<u16, std::io::Error> {
    Ok(tokio::net::TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port())
}

/// The Portal signs in, tells, tells wrongly and too often; the information system reads. The token that it was given.
async fn what_the_portal_sends(client: &Client, url: &str) -> Result<String, Box<dyn Error + Send + Sync>> {
    let portal = |path: &str, body: String| {
        let request = client.post(format!("{url}/callbacks/{path}")).body(body);
        request.basic_auth("made-up-portal", Some("made-up-portal-secret")).send()
    };
    let form = [("client_id", "made-up-portal"), ("client_secret", "made-up-portal-secret")];
    let form = form.into_iter().chain([("grant_type", "client_credentials")]).collect::<Vec<_>>();
    let given = client.post(format!("{url}/callbacks/oauth/token")).form(&form).send().await?.text().await?;
    let given: Value = serde_json::from_str(&given)?;
    let token = given.get("access_token").and_then(Value::as_str).ok_or("a token")?.to_owned();
    let application = json!({
        "program_id": "TEST-1234",
        "cycle_id": "made-up-cycle",
        "request_id": "made-up-request",
        "request_number": "made-up-number",
        "snils": "112-233-445 96",
        "first_name": "Вера",
        "last_name": "Выдуманова",
        "is_budget": true,
        "is_paid": false,
        "is_paid_foms": false,
        "is_work": false,
        "payer": "Выдуманов"
    });
    let written = application.to_string();
    for body in [written.clone(), written.clone(), written.replace("true", "\"Выдуманова\""), format!("{{{written}")]
    {
        portal("applications", body.clone()).await?;
        client.post(format!("{url}/callbacks/applications")).bearer_auth(&token).body(body).send().await?;
    }
    portal("expertise", json!({ "program_id": "TEST-1234", "status": "Выдуманный" }).to_string()).await?;
    let known = client.put(format!("{url}/inbox/known")).header("content-type", "application/json");
    known.body(json!({ "programmes": [], "cycles": ["made-up-cycle"] }).to_string()).send().await?;
    portal("expertise", json!({ "program_id": "made-up-number", "status": "approved" }).to_string()).await?;
    for path in ["inbox?after=0&locale=made-up-key", "inbox/1", "inbox/made-up-number", "inbox?after=made-up-number"] {
        client.get(format!("{url}/{path}")).send().await?;
    }
    // A made-up specialist of the sandbox, told by its own Portal.
    let cycle = include_str!("../../tests/fixtures/examples/cycle.create.json");
    let json = |path: &str, body: &'static str| {
        client.post(format!("{url}/{path}")).header("content-type", "application/json").body(body).send()
    };
    json("portal/education/cycle/create", cycle).await?;
    for _ in 0..2 {
        json("sandbox/cycles/402c4e16-d18e-835a-851b-16c7b65c0950/applications", "").await?;
    }
    loop {
        let list = client.get(format!("{url}/sandbox/callbacks")).send().await?.text().await?;
        if !list.contains("\"waiting\"") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // Until nothing is let through any more.
    for _ in 0..11 {
        let guess = client.post(format!("{url}/callbacks/applications"));
        guess.basic_auth("made-up-portal", Some("a-made-up-guess")).body(written.clone()).send().await?;
    }
    Ok(token)
}

//! Proxies that are killed at any point: what was under way is unknown or was not sent, and no key is sent twice.

use std::collections::HashMap;
use std::process::Stdio;
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use portform_proxy::database::DatabaseConfig;

use crate::databases::{TestDatabase, both};
use crate::portal::{Events, PORTAL_ID, PORTAL_SECRET, application};
use crate::support::{CYCLE, Made, Test, answer, client, cycle};
use crate::upstream::{Act, Upstream, accepted, json as said};

const PATH: &str = "/portal/education/cycle/create";

both!(
    what_was_under_way_at_a_kill_is_unknown,
    before_anything_was_sent_it_was_not_sent,
    no_key_is_sent_twice,
    no_notice_is_lost_and_none_comes_twice
);

/// The program, running.
pub struct Program {
    child: Child,
    pub url: String,
    client: Client,
}

impl Program {
    /// Starts it on a database, towards an upstream, at a port of its choice.
    pub async fn start(database: &TestDatabase, upstream: &Upstream) -> Made<Self> {
        let address = match &database.config {
            DatabaseConfig::Memory => "sqlite::memory:".to_owned(),
            DatabaseConfig::Sqlite(file) => format!("sqlite:{}", file.display()),
            DatabaseConfig::Postgres(address) => address.expose().to_owned(),
        };
        let mut child = Command::new(env!("CARGO_BIN_EXE_portform-proxy"))
            .args(["--listen", "127.0.0.1:0", "--portal-url", &upstream.url()])
            .env_clear()
            .env("PORTFORM_DATABASE", address)
            .env("PORTFORM_PORTAL_CLIENT_ID", "client")
            .env("PORTFORM_PORTAL_CLIENT_SECRET", "secret")
            .env("PORTFORM_PORTAL_USERNAME", "smith")
            .env("PORTFORM_PORTAL_PASSWORD", "qwerty123")
            .env("PORTFORM_CALLBACKS_PORTAL_ID", PORTAL_ID)
            .env("PORTFORM_CALLBACKS_PORTAL_SECRET", PORTAL_SECRET)
            .env("PORTFORM_LOG", "off")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("has an output")?).lines();
        let line = lines.next_line().await?.ok_or("says where it listens")?;
        let url = line.strip_prefix("portform-proxy listening on ").ok_or("says where")?.to_owned();
        Ok(Self { child, url, client: client()? })
    }

    /// What `kill -9` does.
    pub async fn kill(&mut self) -> Test {
        self.child.kill().await?;
        Ok(())
    }

    pub async fn send(&self, key: &str, body: &str) -> Made<(u16, Value)> {
        let request = self.client.post(format!("{}{PATH}", self.url)).header("content-type", "application/json");
        answer(request.header("idempotency-key", format!("\"{key}\"")).body(body.to_owned()).send().await?).await
    }

    /// Until the journal has an end of this key.
    pub async fn end(&self, key: &str) -> Made<Value> {
        for _ in 0..600 {
            let (_, entry) = answer(self.client.get(format!("{}/journal/{key}", self.url)).send().await?).await?;
            if entry.get("state") != Some(&json!("received")) {
                return Ok(entry);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(format!("{key} has no end").into())
    }
}

async fn what_was_under_way_at_a_kill_is_unknown(database: TestDatabase) -> Test {
    let upstream = Upstream::start(Act::Hang).await?;
    let (mut first, second) =
        (Program::start(&database, &upstream).await?, Program::start(&database, &upstream).await?);
    let (url, client) = (first.url.clone(), first.client.clone());
    let sent = tokio::spawn(async move {
        let request = client.post(format!("{url}{PATH}")).header("content-type", "application/json");
        request.header("idempotency-key", "key").body(CYCLE).send().await
    });
    upstream.wait_for(1).await?;
    let (status, busy) = second.send("key", CYCLE).await?;
    assert_eq!((status, busy.get("error")), (409, Some(&json!("key_in_progress"))));
    first.kill().await?;
    assert!(sent.await?.is_err());
    upstream.does(accepted());
    let entry = second.end("key").await?;
    assert_eq!((entry.get("state"), entry.get("error")), (Some(&json!("unknown")), Some(&json!("outcome_unknown"))));
    let third = Program::start(&database, &upstream).await?;
    for proxy in [&second, &third] {
        let (status, told) = proxy.send("key", CYCLE).await?;
        assert_eq!((status, told.get("error")), (502, Some(&json!("outcome_unknown"))));
        assert_eq!(proxy.send("key", "{}").await?.0, 422);
    }
    assert_eq!(upstream.bodies().len(), 1);
    Ok(())
}

async fn before_anything_was_sent_it_was_not_sent(database: TestDatabase) -> Test {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let upstream = Upstream::start(accepted()).await?;
    let waits_for_its_token = upstream.at(silent.local_addr()?);
    let mut first = Program::start(&database, &waits_for_its_token).await?;
    let (url, client) = (first.url.clone(), first.client.clone());
    let sent = tokio::spawn(async move {
        let request = client.post(format!("{url}{PATH}")).header("content-type", "application/json");
        request.header("idempotency-key", "key").body(CYCLE).send().await
    });
    let _asked_for_a_token = silent.accept().await?;
    first.kill().await?;
    assert!(sent.await?.is_err());
    let second = Program::start(&database, &upstream).await?;
    let entry = second.end("key").await?;
    assert_eq!((entry.get("state"), entry.get("error")), (Some(&json!("not_sent")), Some(&json!("interrupted"))));
    assert_eq!(second.send("key", CYCLE).await?.0, 200);
    assert_eq!(upstream.bodies().len(), 1);
    Ok(())
}

async fn no_key_is_sent_twice(database: TestDatabase) -> Test {
    let answered = said("200 OK", r#"{"success":true}"#);
    let upstream = Upstream::start(Act::Wait(Duration::from_millis(20), answered)).await?;
    let (mut doomed, steady) =
        (Program::start(&database, &upstream).await?, Program::start(&database, &upstream).await?);
    let mut bodies = HashMap::new();
    for round in 0..4_u64 {
        let mut pages = Vec::new();
        for at in 0..24 {
            let key = format!("key-{round}-{at}");
            let body = cycle(&key)?.to_string();
            bodies.insert(key.clone(), body.clone());
            // A page whose proxy is gone tries the same key with the other one, as a load balancer would.
            let (urls, client) = ([doomed.url.clone(), steady.url.clone()], steady.client.clone());
            pages.push(tokio::spawn(async move {
                for at in 0..2_usize {
                    let url = urls.get(at).cloned().unwrap_or_default();
                    let request = client.post(format!("{url}{PATH}")).header("content-type", "application/json");
                    let sent = request.header("idempotency-key", key.clone()).body(body.clone()).send().await;
                    if sent.is_ok_and(|answer| answer.status() == 200) {
                        return;
                    }
                }
            }));
        }
        tokio::time::sleep(Duration::from_millis(5 + 17 * round)).await;
        doomed.kill().await?;
        doomed = Program::start(&database, &upstream).await?;
        for page in pages {
            page.await?;
        }
    }
    let mut states: HashMap<String, usize> = HashMap::new();
    for (key, body) in &bodies {
        // What is in no journal never got as far, and is sent now; so is what a proxy was killed before it sent.
        let mut entry = Value::Null;
        for _ in 0..2 {
            steady.send(key, body).await?;
            entry = steady.end(key).await?;
        }
        let state = entry.get("state").and_then(Value::as_str).unwrap_or_default().to_owned();
        assert!(matches!(state.as_str(), "sent" | "unknown"), "{entry}");
        let arrived = upstream.counts().get(body).copied().unwrap_or_default();
        assert!(arrived == 1 || (arrived == 0 && state == "unknown"), "{key} {state} arrived {arrived} times");
        *states.entry(state).or_default() += 1;
    }
    assert!(states.get("sent") >= Some(&1), "{states:?}");
    Ok(())
}

async fn no_notice_is_lost_and_none_comes_twice(database: TestDatabase) -> Test {
    const ROUNDS: usize = 4;
    const NOTICES: usize = 24;
    let upstream = Upstream::start(accepted()).await?;
    let (mut doomed, steady) =
        (Program::start(&database, &upstream).await?, Program::start(&database, &upstream).await?);
    let mut events = Events::open(steady.client.get(format!("{}/inbox/events", steady.url))).await?;
    for round in 0..ROUNDS {
        let mut told = tokio::task::JoinSet::new();
        for at in 0..NOTICES {
            // A Portal that is not answered tells again, and finds the other one.
            let (urls, client) = ([doomed.url.clone(), steady.url.clone()], steady.client.clone());
            let body = application(&format!("r-{round}-{at}")).to_string();
            told.spawn(async move {
                for url in urls.iter().cycle() {
                    let request = client.post(format!("{url}/callbacks/applications")).body(body.clone());
                    if let Ok(response) = request.basic_auth(PORTAL_ID, Some(PORTAL_SECRET)).send().await
                        && let Ok((200, given)) = answer(response).await
                    {
                        return given;
                    }
                }
                Value::Null
            });
        }
        // In the midst of them, each time a little later.
        for _ in 0..round * 5 {
            told.join_next().await.ok_or("one is left")??;
        }
        doomed.kill().await?;
        while let Some(given) = told.join_next().await {
            assert_eq!(given?, json!({ "success": true, "state": "actual" }));
        }
        doomed = Program::start(&database, &upstream).await?;
    }
    let mut requests = Vec::new();
    for expected in 1..=ROUNDS * NOTICES {
        let (id, item) = events.next().await?.ok_or("an event")?;
        assert_eq!(id, expected.to_string());
        requests.extend(item.pointer("/value/request_id").and_then(Value::as_str).map(str::to_owned));
    }
    requests.sort();
    requests.dedup();
    assert_eq!(requests.len(), ROUNDS * NOTICES);
    let (_, page) =
        answer(steady.client.get(format!("{}/inbox?after={}", steady.url, requests.len())).send().await?).await?;
    assert_eq!(page.get("items"), Some(&json!([])));
    Ok(())
}

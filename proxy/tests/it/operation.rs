//! What an operator looks at: the metrics, and whether the proxy lives and is fit to be asked.

use std::collections::HashMap;
use std::time::Duration;

use axum::http::HeaderName;
use portform_proxy::access::{AccessConfig, Allow};
use portform_proxy::config::{Config, Credentials};
use portform_proxy::database::Database;
use portform_proxy::sandbox::{SandboxConfig, example_credentials};
use portform_proxy::secret::Secret;
use portform_proxy::writing;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use sqlx::Executor;

use crate::databases::{TestDatabase, both};
use crate::portal::{application, called};
use crate::support::{Made, Proxy, Test, accept, answer, code, in_memory, towards};
use crate::upstream::{Act, Upstream, accepted, json as said};

const PATH: &str = "/portal/education/cycle/create";

both!(the_database_is_counted_and_missed);

/// Every series with its value.
type Series = HashMap<String, f64>;

async fn series(request: RequestBuilder) -> Made<Series> {
    let response = request.send().await?;
    if response.status() != 200 {
        return Err(format!("the metrics answered {}", response.status()).into());
    }
    let kind = response.headers().get("content-type").ok_or("typed")?.to_str()?;
    assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
    let text = response.text().await?;
    let mut series = Series::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').ok_or_else(|| format!("no sample: {line}"))?;
        assert!(series.insert(name.to_owned(), value.parse()?).is_none(), "{name} stands there twice");
    }
    Ok(series)
}

impl Proxy {
    async fn metrics(&self) -> Made<Series> {
        series(self.get("/metrics")).await
    }
}

fn of(series: &Series, name: &str) -> f64 {
    series.get(name).copied().unwrap_or(f64::NAN)
}

#[tokio::test]
async fn submissions_are_counted_by_payload_and_outcome() -> Test {
    let upstream = Upstream::start(accepted()).await?;
    let proxy = Proxy::start(towards(&upstream.url())?).await?;
    let keyed = |key: &str| proxy.post(PATH, "{}").header("idempotency-key", format!("\"{key}\"")).send();
    keyed("a").await?;
    keyed("a").await?;
    for act in [
        Act::Say(said("200 OK", r#"{"success":false,"reason":"already_exists"}"#)),
        Act::Say(said("200 OK", "<html>")),
        Act::Close,
        Act::Say("HTTP/1.1 429 Too Many Requests\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n".to_owned()),
    ] {
        upstream.does(act);
        proxy.submit(PATH, "{}").await.ok();
    }
    proxy.client.post(format!("{}/portal/results/confirm", proxy.running.url())).body("{}").send().await?;
    proxy.get("/portal/no/such/path").send().await?;
    let series = proxy.metrics().await?;
    for outcome in ["accepted", "repeated", "refused", "unclear", "unknown", "not_sent"] {
        let name = format!("portform_submissions_total{{payload=\"cycle.create\",outcome=\"{outcome}\"}}");
        assert_eq!(of(&series, &name), 1.0, "{name}");
    }
    assert_eq!(of(&series, "portform_submissions_total{payload=\"results.confirm\",outcome=\"not_sent\"}"), 1.0);
    assert_eq!(of(&series, "portform_refused_total{reason=\"content_type\"}"), 1.0);
    assert_eq!(of(&series, "portform_refused_total{reason=\"not_found\"}"), 1.0);
    assert_eq!(of(&series, "portform_refused_total{reason=\"upstream_broken\"}"), 1.0);
    assert_eq!(of(&series, "portform_tokens_total{grant=\"password\",outcome=\"given\"}"), 1.0);
    assert_eq!(of(&series, "portform_tokens_total{grant=\"refresh_token\",outcome=\"failed\"}"), 0.0);
    let answers = |upstream: &str, outcome: &str| {
        let labels = format!("upstream=\"{upstream}\",outcome=\"{outcome}\"");
        (
            of(&series, &format!("portform_upstream_answer_seconds_count{{{labels}}}")),
            of(&series, &format!("portform_upstream_answer_seconds_bucket{{{labels},le=\"+Inf\"}}")),
        )
    };
    assert_eq!(answers("portal", "answered"), (4.0, 4.0));
    assert_eq!(answers("portal", "failed"), (1.0, 1.0));
    assert_eq!(answers("token", "answered"), (1.0, 1.0));
    for (state, entries) in [("sent", 3.0), ("unknown", 1.0), ("not_sent", 1.0), ("received", 0.0)] {
        assert_eq!(of(&series, &format!("portform_journal_entries{{state=\"{state}\"}}")), entries, "{state}");
    }
    assert!(of(&series, "portform_requests_total{status=\"2xx\"}") >= 4.0);
    Ok(())
}

#[tokio::test]
async fn what_is_under_way_is_counted_while_it_is() -> Test {
    let upstream = Upstream::start(Act::Hang).await?;
    let proxy = Proxy::start(towards(&upstream.url())?).await?;
    let hanging: Vec<_> = (0..3).map(|_| tokio::spawn(proxy.post(PATH, " ".repeat(100)).send())).collect();
    upstream.wait_for(3).await?;
    let series = proxy.metrics().await?;
    for (name, value) in [
        ("portform_requests_under_way", 3.0),
        ("portform_submissions_under_way", 3.0),
        ("portform_bodies_held_bytes", 300.0),
        ("portform_checks_running", 0.0),
        ("portform_checks_waiting", 0.0),
        ("portform_journal_entries{state=\"received\"}", 3.0),
        ("portform_database_up", 1.0),
        ("portform_webhook_dead_letters", 0.0),
    ] {
        assert_eq!(of(&series, name), value, "{name}");
    }
    assert!(of(&series, "portform_connections") >= 3.0);
    assert!(of(&series, "portform_connections_limit") >= 16.0);
    hanging.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(())
}

async fn the_database_is_counted_and_missed(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    for request in ["r-1", "r-1", "r-2"] {
        proxy.notify("applications", &application(request)).await?;
    }
    proxy.portal("applications", &json!({})).send().await?;
    proxy.post("/callbacks/expertise", "{}").basic_auth("portal", Some("wrong")).send().await?;
    proxy.post("/inbox/acknowledged", json!({ "ids": ["1"] }).to_string()).send().await?;
    let series = proxy.metrics().await?;
    for (name, value) in [
        ("portform_callbacks_total{service=\"applications\",outcome=\"stored\"}", 2.0),
        ("portform_callbacks_total{service=\"applications\",outcome=\"again\"}", 1.0),
        ("portform_callbacks_total{service=\"applications\",outcome=\"refused\"}", 1.0),
        ("portform_callbacks_total{service=\"expertise\",outcome=\"denied\"}", 1.0),
        ("portform_inbox_items{state=\"acknowledged\"}", 1.0),
        ("portform_inbox_items{state=\"unacknowledged\"}", 1.0),
        ("portform_database_up", 1.0),
    ] {
        assert_eq!(of(&series, name), value, "{name}");
    }
    let (status, ready) = answer(proxy.get("/health/ready").send().await?).await?;
    assert_eq!((status, ready.get("database")), (200, Some(&json!(true))));

    // The database answers, and what is asked of it fails.
    let other = Database::open(&database.config, None).await?;
    writing!(other.store, pool => { pool.execute("ALTER TABLE journal RENAME TO taken_away").await.map(|_| ()) })?;
    assert_eq!(of(&proxy.metrics().await?, "portform_database_up"), 0.0);
    Ok(())
}

#[tokio::test]
async fn the_metrics_are_for_this_machine_or_for_those_who_were_given_them() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    for (name, value) in [("x-forwarded-for", "203.0.113.7"), ("forwarded", "for=203.0.113.7"), ("via", "1.1 front")] {
        let (status, refused) = answer(proxy.get("/metrics").header(name, value).send().await?).await?;
        assert_eq!((status, code(&refused)), (403, "not_allowed"), "{name}");
    }
    let foreign = proxy.get("/metrics").header("host", "evil.example").send().await?;
    assert_eq!(foreign.status(), 421);
    let foreign = proxy.get("/metrics").header("sec-fetch-site", "cross-site").send().await?;
    assert_eq!(foreign.status(), 403);

    let mut allow = Allow::default();
    allow.add("watchers=metrics")?;
    let access = AccessConfig {
        user_header: Some(HeaderName::from_static("x-remote-user")),
        roles_header: Some(HeaderName::from_static("x-remote-roles")),
        allow,
        ..AccessConfig::default()
    };
    let proxy = Proxy::start(Config { access, ..in_memory() }).await?;
    let by = |roles: &'static str| {
        proxy.get("/metrics").header("x-remote-user", "ivanov").header("x-remote-roles", roles).send()
    };
    assert_eq!(proxy.get("/metrics").send().await?.status(), 401);
    assert_eq!(by("").await?.status(), 403);
    assert_eq!(by("watchers").await?.status(), 200);
    Ok(())
}

#[tokio::test]
async fn an_address_of_its_own_tells_the_metrics_and_the_health_and_nothing_else() -> Test {
    let metrics = Some("127.0.0.1:0".parse()?);
    let proxy = Proxy::start(Config { metrics, ..in_memory() }).await?;
    let address = proxy.running.metrics_address.ok_or("it listens")?;
    let ask = |path: &str| proxy.client.get(format!("http://{address}{path}"));
    assert_eq!(of(&series(ask("/metrics")).await?, "portform_database_up"), 1.0);
    for path in ["/health", "/health/live", "/health/ready"] {
        assert_eq!(ask(path).send().await?.status(), 200, "{path}");
    }
    for path in ["/journal", "/inbox", "/sandbox/state", "/portal/umk/specialities", "/"] {
        assert_eq!(ask(path).send().await?.status(), 404, "{path}");
    }
    proxy.running.stop().await;
    assert!(ask("/metrics").send().await.is_err());
    Ok(())
}

#[tokio::test]
async fn no_label_is_of_a_clients_making() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    proxy.get("/portal/umk/specialities").send().await?;
    let before: Vec<String> = proxy.metrics().await?.into_keys().collect();
    for number in 0..50 {
        let made_up = format!("made-up-{number}");
        let method = reqwest::Method::from_bytes(made_up.to_uppercase().as_bytes())?;
        proxy.client.request(method, format!("{}/{made_up}", proxy.running.url())).send().await?;
        let path = format!("/ehealth/api/contract_requests/{made_up}/{made_up}");
        proxy.post(&path, "{}").header("idempotency-key", &made_up).header("host", "localhost").send().await?;
        proxy.get(&format!("/journal/{made_up}?user={made_up}")).send().await?;
    }
    let after = proxy.metrics().await?;
    assert!(after.keys().all(|name| !name.contains("made-up") && !name.contains("MADE-UP")));
    // Statuses and codes that had not been met before.
    assert!(after.len() - before.len() < 20, "{} {}", before.len(), after.len());
    Ok(())
}

async fn ready(proxy: &Proxy) -> Made<(u16, Value)> {
    answer(proxy.get("/health/ready").send().await?).await
}

fn says(ready: &Value, name: &str) -> bool {
    ready.get(name) == Some(&Value::Bool(true))
}

#[tokio::test]
async fn it_is_ready_until_the_account_is_refused() -> Test {
    let wrong = Credentials { password: Secret::new("wrong"), ..example_credentials() };
    let sandbox = Some(SandboxConfig { credentials: wrong, ..SandboxConfig::default() });
    let proxy = Proxy::start(Config { sandbox, check: accept, ..Config::default() }).await?;
    assert_eq!(ready(&proxy).await?.0, 200);
    assert_eq!(of(&proxy.metrics().await?, "portform_portal_account_refused"), 0.0);
    proxy.submit(PATH, "{}").await?;
    let (status, said) = ready(&proxy).await?;
    assert_eq!((status, says(&said, "portal_account_refused"), says(&said, "database")), (503, true, true));
    let series = proxy.metrics().await?;
    assert_eq!(of(&series, "portform_portal_account_refused"), 1.0);
    assert_eq!(of(&series, "portform_tokens_total{grant=\"password\",outcome=\"refused\"}"), 1.0);
    // It lives all the same, and says what is configured.
    for path in ["/health", "/health/live"] {
        assert_eq!(proxy.get(path).send().await?.status(), 200, "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn it_is_not_ready_when_it_is_about_to_stop_but_goes_on() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    proxy.running.about_to_stop();
    let (status, said) = ready(&proxy).await?;
    assert_eq!((status, says(&said, "stopping")), (503, true));
    assert_eq!(proxy.submit(PATH, "{}").await?.0, 200);
    Ok(())
}

#[tokio::test]
async fn it_is_not_ready_without_its_database() -> Test {
    let database = crate::databases::postgres().await?;
    let proxy = Proxy::start(Config { database: database.config.clone(), ..in_memory() }).await?;
    assert_eq!(ready(&proxy).await?.0, 200);
    crate::databases::take_away(&database).await?;
    let mut told = (200, Value::Null);
    for _ in 0..100 {
        told = ready(&proxy).await?;
        if told.0 == 503 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!((told.0, says(&told.1, "database")), (503, false));
    assert_eq!(of(&proxy.metrics().await?, "portform_database_up"), 0.0);
    assert_eq!(proxy.get("/health/live").send().await?.status(), 200);
    Ok(())
}

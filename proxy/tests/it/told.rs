//! The sandbox's Portal tells the organisation's system what happened: with a token, again until it is answered, and
//! what it got as answer can be seen.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use portform_proxy::config::{Config, base_url};
use portform_proxy::sandbox::callbacks::{Retry, Target};
use portform_proxy::sandbox::{Sandbox, SandboxConfig};
use portform_proxy::secret::Secret;
use portform_proxy::upstream::set_cryptography;
use reqwest::Client;
use serde_json::{Value, json};

use crate::portal::kinds;
use crate::support::{CYCLE, CYCLE_ID, Made, Proxy, Test, accept, answer};

/// A client where no proxy has been started yet.
fn client() -> Made<Client> {
    set_cryptography();
    Ok(Client::builder().no_proxy().build()?)
}

fn sandbox(database: Option<&Path>) -> SandboxConfig {
    SandboxConfig {
        database: database.map(Path::to_owned),
        retry: Retry { first: Duration::from_millis(1), attempts: 5 },
        ..SandboxConfig::default()
    }
}

async fn with_a_cycle() -> Made<Proxy> {
    let proxy = Proxy::start(Config { sandbox: Some(sandbox(None)), check: accept, ..Config::default() }).await?;
    proxy.submit("/portal/education/cycle/create", CYCLE).await?;
    Ok(proxy)
}

/// What was told, once nothing of it waits any more.
async fn told(client: &Client, base: &str) -> Made<Vec<Value>> {
    loop {
        let (_, list) = answer(client.get(format!("{base}/sandbox/callbacks")).send().await?).await?;
        let list = list.get("callbacks").and_then(Value::as_array).cloned().ok_or("a list")?;
        if list.iter().all(|callback| callback.get("state") != Some(&json!("waiting"))) {
            return Ok(list);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

impl Proxy {
    async fn told(&self) -> Made<Vec<Value>> {
        told(&self.client, &self.running.url()).await
    }
}

#[tokio::test]
async fn a_specialist_applies_and_cancels() -> Test {
    let proxy = with_a_cycle().await?;
    let applications = format!("/sandbox/cycles/{CYCLE_ID}/applications");
    let (status, applied) = proxy.submit(&applications, "").await?;
    assert_eq!((status, applied.get("request_number")), (201, Some(&json!("4"))));
    let (status, cancelled) = proxy.submit(&format!("{applications}/4/cancel"), "").await?;
    assert_eq!((status, cancelled.get("request_id")), (200, applied.get("request_id")));

    let told = proxy.told().await?;
    for (callback, state) in told.iter().zip(["actual", "cancelled"]) {
        assert_eq!(callback.get("state"), Some(&json!("answered")), "{callback}");
        assert_eq!((callback.get("status"), callback.get("attempts")), (Some(&json!(200)), Some(&json!(1))));
        assert_eq!(callback.get("answer"), Some(&json!({ "success": true, "state": state })));
    }
    let items = proxy.items("0").await?;
    assert_eq!(kinds(&items), ["application", "cancellation"]);
    for item in &items {
        assert_eq!(item.pointer("/value/request_id"), applied.get("request_id"));
        assert_eq!(item.pointer("/value/program_id"), Some(&json!("TEST-1234")));
    }
    // Nothing to be said of it: the made-up specialist is as the tables want one.
    assert!(items.iter().all(|item| item.get("issues").is_none()), "{items:?}");

    let (_, state) = answer(proxy.get("/sandbox/state").send().await?).await?;
    let fourth = state.pointer("/applications/3").ok_or("a fourth one")?;
    assert_eq!((fourth.get("request_number"), fourth.get("state")), (Some(&json!("4")), Some(&json!("cancelled"))));
    Ok(())
}

#[tokio::test]
async fn fields_of_an_application_can_be_chosen_nonsense_included() -> Test {
    let proxy = with_a_cycle().await?;
    let applications = format!("/sandbox/cycles/{CYCLE_ID}/applications");
    let chosen =
        json!({ "request_number": "77", "comment": "Вечерняя группа", "payer": null, "is_work": "как-нибудь" });
    let (status, applied) = proxy.submit(&applications, chosen.to_string()).await?;
    assert_eq!((status, applied.get("request_number")), (201, Some(&json!("77"))));
    let refused = proxy.told().await?.pop().ok_or("it was told")?;
    assert_eq!(refused.pointer("/answer/reason"), Some(&json!("incorrect_data")), "{refused}");
    assert_eq!(refused.get("state"), Some(&json!("answered")));
    assert_eq!(refused.pointer("/body/comment"), Some(&json!("Вечерняя группа")));
    assert_eq!(proxy.items("0").await?, Vec::<Value>::new());

    for (path, expected) in [
        ("/sandbox/cycles/none/applications".to_owned(), 404),
        (format!("{applications}/99/cancel"), 404),
        (format!("{applications}/77/cancel"), 200),
        (format!("{applications}/77/cancel"), 409),
        ("/sandbox/callbacks/99/again".to_owned(), 404),
    ] {
        assert_eq!(proxy.submit(&path, "").await?.0, expected, "{path}");
    }
    proxy.submit("/portal/education/cycle/cancel", json!({ "id": CYCLE_ID }).to_string()).await?;
    assert_eq!(proxy.submit(&applications, "").await?.0, 409);
    assert_eq!(proxy.submit(&applications, "[").await?.0, 400);
    Ok(())
}

#[tokio::test]
async fn the_end_of_a_review_is_told_and_so_is_a_comment() -> Test {
    let proxy = with_a_cycle().await?;
    let moves = [
        ("in_progress", "", None),
        ("needs_revision", "Уточните объём", Some("needs_revision")),
        ("needs_revision", "И название", Some("needs_revision")),
        ("submitted", "", None),
        ("declined", "", Some("declined")),
        ("approved", "", Some("approved")),
        ("archived", "", Some("closed")),
    ];
    for (status, comment, told) in moves {
        let body = json!({ "status": status, "comment": comment }).to_string();
        let (code, moved) = proxy.submit("/sandbox/programmes/TEST-1234/status", body).await?;
        assert_eq!((code, moved.get("callback").is_some()), (200, told.is_some()), "{status}");
    }
    let told = proxy.told().await?;
    assert!(told.iter().all(|callback| callback.pointer("/answer/success") == Some(&json!(true))), "{told:?}");
    let items = proxy.items("0").await?;
    let statuses: Vec<_> = items.iter().filter_map(|item| item.pointer("/value/status")?.as_str()).collect();
    assert_eq!(statuses, moves.iter().filter_map(|(.., told)| *told).collect::<Vec<_>>());
    assert_eq!(items.get(1).and_then(|item| item.pointer("/value/comment")), Some(&json!("И название")));
    Ok(())
}

#[tokio::test]
async fn what_is_told_again_is_one_and_gets_the_same_answer() -> Test {
    let proxy = with_a_cycle().await?;
    proxy.submit(&format!("/sandbox/cycles/{CYCLE_ID}/applications"), "").await?;
    let first = proxy.told().await?.pop().ok_or("it was told")?;
    let id = first.get("id").cloned().ok_or("a number")?;
    let (status, _) = proxy.submit(&format!("/sandbox/callbacks/{id}/again"), "").await?;
    assert_eq!(status, 202);
    let told = proxy.told().await?;
    assert_eq!(told.len(), 2);
    assert_eq!(told.last().and_then(|callback| callback.get("answer")), first.get("answer"));
    assert_eq!(kinds(&proxy.items("0").await?), ["application"]);
    Ok(())
}

#[tokio::test]
async fn a_cancelled_application_needs_no_result() -> Test {
    let proxy = with_a_cycle().await?;
    for number in ["2", "3"] {
        proxy.submit(&format!("/sandbox/cycles/{CYCLE_ID}/applications/{number}/cancel"), "").await?;
    }
    let result =
        |number: &str| json!({ "cycle_id": CYCLE_ID, "request_number": number, "result_status": "not_trained" });
    assert_eq!(proxy.reason("/portal/results/update", &result("2")).await?.as_deref(), Some("unknown_request"));
    assert_eq!(proxy.reason("/portal/results/update", &result("1")).await?, None);
    assert_eq!(proxy.reason("/portal/results/confirm", &json!({ "cycle_id": CYCLE_ID })).await?, None);
    // Those that every cycle begins with were not told of; their cancellations are.
    assert_eq!(proxy.told().await?.len(), 2);
    assert_eq!(kinds(&proxy.items("0").await?), ["cancellation", "cancellation"]);
    Ok(())
}

/// What an organisation's system was asked: path and Authorization header, and the body.
type Asked = Arc<Mutex<Vec<(String, String)>>>;

fn lines(asked: &Asked) -> Vec<String> {
    let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
    asked.iter().map(|(line, _)| line.clone()).collect()
}

/// An organisation's system that answers what it is told to, and then as the document says.
async fn system(answers: Vec<(StatusCode, &'static str)>) -> Made<(Target, Asked)> {
    let asked = Asked::default();
    let (record, answers) = (Arc::clone(&asked), Arc::new(Mutex::new(VecDeque::from(answers))));
    let router = Router::new().fallback(move |uri: Uri, headers: HeaderMap, body: Bytes| {
        let shown = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let otherwise = match uri.path() {
            "/callbacks/oauth/token" => (StatusCode::OK, r#"{"access_token":"a-token"}"#),
            _ => (StatusCode::OK, r#"{"success":true}"#),
        };
        let asked = (format!("{uri} {shown}"), String::from_utf8_lossy(&body).into_owned());
        record.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
        let answer = answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front().unwrap_or(otherwise);
        async move { answer.into_response() }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = base_url(&format!("http://{}/", listener.local_addr()?))?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok((Target { url, portal_id: "portal".to_owned(), portal_secret: Secret::new("word") }, asked))
}

/// Moves the seeded programme in a sandbox without a proxy, which its Portal tells somebody.
async fn approve(client: &Client, base: &str) -> Test {
    let moved = client
        .post(format!("{base}/sandbox/programmes/TEST-1234/status"))
        .header("content-type", "application/json")
        .body(Bytes::from_static(br#"{"status":"approved"}"#))
        .send()
        .await?;
    assert_eq!(moved.status(), 200);
    Ok(())
}

const BASIC: &str = "/callbacks/oauth/token Basic cG9ydGFsOndvcmQ=";
const NOTICE: &str = "/callbacks/expertise Bearer a-token";

#[tokio::test]
async fn it_asks_for_a_token_and_tries_again_until_it_is_answered() -> Test {
    let answers = vec![
        (StatusCode::INTERNAL_SERVER_ERROR, ""),
        (StatusCode::OK, "no token"),
        (StatusCode::OK, r#"{"access_token":"a-token"}"#),
        (StatusCode::UNAUTHORIZED, "{}"),
        (StatusCode::OK, r#"{"access_token":"a-token"}"#),
        (StatusCode::BAD_GATEWAY, "<html>"),
        (StatusCode::OK, "<html>"),
        (StatusCode::OK, r#"{"success":false,"reason":"unknown_program"}"#),
    ];
    let (target, asked) = system(answers).await?;
    let mut sandbox = Sandbox::start(sandbox(None)).await?;
    let (client, base) = (client()?, format!("http://{}", sandbox.address()));
    sandbox.call(target);
    approve(&client, &base).await?;
    let told = told(&client, &base).await?;
    let callback = told.first().ok_or("it was told")?;
    assert_eq!((callback.get("state"), callback.get("attempts")), (Some(&json!("answered")), Some(&json!(5))));
    assert_eq!(callback.pointer("/answer/reason"), Some(&json!("unknown_program")));
    assert_eq!(lines(&asked), [BASIC, BASIC, BASIC, NOTICE, BASIC, NOTICE, NOTICE, NOTICE]);
    // The token is kept for the next one.
    approve(&client, &base).await?;
    self::told(&client, &base).await?;
    assert_eq!(lines(&asked).last().map(String::as_str), Some(NOTICE));
    sandbox.stop().await;
    Ok(())
}

#[tokio::test]
async fn it_gives_up_in_the_end_and_a_restart_goes_on_with_what_waits() -> Test {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("state.sqlite");
    let client = client()?;
    // Nobody to tell: it waits.
    let waiting = Sandbox::start(sandbox(Some(&file))).await?;
    approve(&client, &format!("http://{}", waiting.address())).await?;
    waiting.stop().await;

    let (target, asked) = system(vec![(StatusCode::SERVICE_UNAVAILABLE, ""); 5]).await?;
    let mut sandbox = Sandbox::start(sandbox(Some(&file))).await?;
    let base = format!("http://{}", sandbox.address());
    sandbox.call(target);
    let given_up = told(&client, &base).await?;
    let callback = given_up.first().ok_or("it waited")?;
    assert_eq!((callback.get("state"), callback.get("attempts")), (Some(&json!("given_up")), Some(&json!(5))));
    assert_eq!((callback.get("status"), callback.get("error")), (Some(&json!(503)), Some(&json!("no_token"))));
    assert_eq!(lines(&asked).len(), 5);
    approve(&client, &base).await?;
    let told = told(&client, &base).await?;
    assert_eq!(told.last().and_then(|callback| callback.get("state")), Some(&json!("answered")));
    sandbox.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_cancellation_does_not_overtake_its_application_but_others_may() -> Test {
    let token = (StatusCode::OK, r#"{"access_token":"a-token"}"#);
    let (target, asked) = system(vec![token, (StatusCode::BAD_GATEWAY, "")]).await?;
    let mut sandbox = Sandbox::start(SandboxConfig {
        retry: Retry { first: Duration::from_millis(200), attempts: 5 },
        ..sandbox(None)
    })
    .await?;
    let (client, base) = (client()?, format!("http://{}", sandbox.address()));
    let post = async |path: &str, body: &'static str| -> Made<Value> {
        let request = client.post(format!("{base}{path}")).header("content-type", "application/json").body(body);
        Ok(answer(request.send().await?).await?.1)
    };
    let form = [("grant_type", "password"), ("username", "smith"), ("password", "qwerty123")];
    let request = client.post(format!("{base}/oauth/token")).basic_auth("client", Some("secret")).form(&form);
    let (_, given) = answer(request.send().await?).await?;
    let portal = given.get("access_token").and_then(Value::as_str).ok_or("a token")?;
    let request = client.post(format!("{base}/education/cycle/create")).bearer_auth(portal).body(CYCLE);
    assert_eq!(answer(request.send().await?).await?.1, json!({ "success": true }));
    for path in ["", "/4/cancel", ""] {
        post(&format!("/sandbox/cycles/{CYCLE_ID}/applications{path}"), "").await?;
    }
    sandbox.call(target);
    told(&client, &base).await?;
    let bodies: Vec<Value> = {
        let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().filter_map(|(_, body)| serde_json::from_str(body).ok()).collect()
    };
    let said: Vec<_> = bodies
        .iter()
        .filter_map(|body| Some((body.get("request_number")?.as_str()?, body.get("state")?.as_str()?)))
        .collect();
    assert_eq!(said, [("4", "actual"), ("5", "actual"), ("4", "actual"), ("4", "cancelled")]);
    sandbox.stop().await;
    Ok(())
}

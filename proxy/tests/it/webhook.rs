//! The webhook: signed, in order, again until it is taken, given up in the end, and one instance at a time.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use portform_proxy::config::Config;
use portform_proxy::inbox::webhook::{WebhookConfig, signature};
use portform_proxy::secret::Secret;
use reqwest::Url;
use serde_json::{Value, json};

use crate::databases::{TestDatabase, both};
use crate::portal::{application, called, kinds, review};
use crate::support::{Made, Proxy, Test, answer};

both!(
    every_notice_is_sent_in_order_and_signed,
    what_is_not_taken_is_sent_again_before_the_next_one,
    what_is_never_taken_is_given_up_and_seen,
    what_was_given_up_is_sent_again_when_somebody_asks,
    a_receiver_may_ask_for_time,
    of_two_instances_one_delivers_and_the_other_takes_over,
);

const WORD: &str = "what-deliveries-are-signed-with";

/// One delivery: the event's id, whether its signature is right, the body.
#[derive(Debug, Clone)]
struct Delivery {
    id: String,
    is_signed: bool,
    body: Value,
}

/// An information system that takes deliveries, or answers what it is told to.
struct Receiver {
    url: Url,
    deliveries: Arc<Mutex<Vec<Delivery>>>,
}

impl Receiver {
    /// The answers to the first deliveries; after them it takes everything.
    async fn start(answers: Vec<StatusCode>) -> Made<Self> {
        let deliveries = Arc::new(Mutex::new(Vec::new()));
        let (record, answers) = (Arc::clone(&deliveries), Arc::new(Mutex::new(VecDeque::from(answers))));
        let router = Router::new().fallback(move |headers: HeaderMap, body: Bytes| {
            let answer = answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let delivery = read(&headers, &body);
            record.lock().unwrap_or_else(PoisonError::into_inner).push(delivery);
            let status = answer.unwrap_or(StatusCode::NO_CONTENT);
            async move { (status, [("retry-after", "500"), ("location", "/elsewhere")]) }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = Url::parse(&format!("http://{}/in?key=1", listener.local_addr()?))?;
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url, deliveries })
    }

    fn deliveries(&self) -> Vec<Delivery> {
        self.deliveries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The deliveries, once there are so many.
    async fn after(&self, count: usize) -> Vec<Delivery> {
        loop {
            let deliveries = self.deliveries();
            if deliveries.len() >= count {
                return deliveries;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

fn read(headers: &HeaderMap, body: &Bytes) -> Delivery {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = String::from_utf8_lossy(body);
    let timestamp = header("x-portform-timestamp").parse().unwrap_or_default();
    let is_signed = header("x-portform-signature") == signature(&Secret::new(WORD), timestamp, &text)
        && header("content-type") == "application/json"
        && timestamp > 1_700_000_000;
    Delivery {
        id: header("x-portform-event-id").to_owned(),
        is_signed,
        body: serde_json::from_str(&text).unwrap_or_default(),
    }
}

fn ids(deliveries: &[Delivery]) -> Vec<&str> {
    deliveries.iter().map(|delivery| delivery.id.as_str()).collect()
}

/// A proxy that delivers to a receiver, without long pauses.
fn delivering(database: &TestDatabase, url: &Url) -> Made<Config> {
    let mut config = called(database)?;
    config.inbox.webhook = Some(WebhookConfig {
        first_pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(1),
        lease: Duration::from_millis(600),
        ..WebhookConfig::new(url.clone(), Secret::new(WORD))
    });
    Ok(config)
}

async fn state(proxy: &Proxy) -> Made<Value> {
    Ok(answer(proxy.get("/inbox/webhook").send().await?).await?.1)
}

/// The webhook's state, once it is so far.
async fn state_at(proxy: &Proxy, position: &str) -> Made<Value> {
    loop {
        let state = state(proxy).await?;
        if state.get("position") == Some(&json!(position)) {
            return Ok(state);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn every_notice_is_sent_in_order_and_signed(database: TestDatabase) -> Test {
    let receiver = Receiver::start(Vec::new()).await?;
    // What came before there was a webhook is sent as well.
    let before = Proxy::start(called(&database)?).await?;
    before.notify("applications", &application("r-1")).await?;
    let idle =
        json!({ "configured": false, "position": "0", "waiting": 1, "failing": null, "dead": [], "dead_count": 0 });
    assert_eq!(state(&before).await?, idle);
    before.running.stop().await;

    let proxy = Proxy::start(delivering(&database, &receiver.url)?).await?;
    for number in 2..=20 {
        proxy.notify("applications", &application(&format!("r-{number}"))).await?;
    }
    proxy.notify("expertise", &review("approved", "")).await?;
    let deliveries = receiver.after(21).await;
    let expected: Vec<String> = (1..=21).map(|id: u32| id.to_string()).collect();
    assert_eq!(ids(&deliveries), expected);
    assert!(deliveries.iter().all(|delivery| delivery.is_signed), "{deliveries:?}");
    let done =
        json!({ "configured": true, "position": "21", "waiting": 0, "failing": null, "dead": [], "dead_count": 0 });
    assert_eq!(state_at(&proxy, "21").await?, done);
    let mut items = proxy.items("0").await?;
    for (item, delivery) in items.iter_mut().zip(&deliveries) {
        // What it took is acknowledged, which it could not know when it was sent.
        let acknowledged = item.as_object_mut().and_then(|fields| fields.remove("acknowledged"));
        assert!(acknowledged.is_some());
        assert_eq!(*item, delivery.body);
    }
    assert_eq!(kinds(&items).last(), Some(&"expertise"));
    Ok(())
}

async fn what_is_not_taken_is_sent_again_before_the_next_one(database: TestDatabase) -> Test {
    let wrong = [StatusCode::INTERNAL_SERVER_ERROR, StatusCode::FOUND, StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND];
    let receiver = Receiver::start(wrong.to_vec()).await?;
    let proxy = Proxy::start(delivering(&database, &receiver.url)?).await?;
    for number in 1..=3 {
        proxy.notify("applications", &application(&format!("r-{number}"))).await?;
    }
    let deliveries = receiver.after(7).await;
    assert_eq!(ids(&deliveries), ["1", "1", "1", "1", "1", "2", "3"]);
    assert!(deliveries.iter().all(|delivery| delivery.is_signed));
    let bodies: Vec<&Value> = deliveries.iter().take(5).map(|delivery| &delivery.body).collect();
    assert!(bodies.iter().all(|body| Some(body) == bodies.first()));
    assert_eq!(state_at(&proxy, "3").await?.get("dead"), Some(&json!([])));
    Ok(())
}

async fn what_is_never_taken_is_given_up_and_seen(database: TestDatabase) -> Test {
    let receiver = Receiver::start(vec![StatusCode::BAD_REQUEST; 2]).await?;
    let mut config = delivering(&database, &receiver.url)?;
    if let Some(webhook) = &mut config.inbox.webhook {
        webhook.give_up = Duration::ZERO;
    }
    let proxy = Proxy::start(config).await?;
    for number in 1..=3 {
        proxy.notify("applications", &application(&format!("r-{number}"))).await?;
    }
    assert_eq!(ids(&receiver.after(3).await), ["1", "2", "3"]);
    let state = state_at(&proxy, "3").await?;
    let dead = state.get("dead").and_then(Value::as_array).ok_or("a list")?;
    let seen: Vec<_> =
        dead.iter().map(|letter| (letter.get("id"), letter.get("attempts"), letter.get("last"))).collect();
    let given_up = |id: &'static str| (Some(json!(id)), Some(json!(1)), Some(json!("status 400")));
    let expected = [given_up("1"), given_up("2")];
    assert!(seen.iter().zip(&expected).all(|(seen, expected)| {
        (seen.0, seen.1, seen.2) == (expected.0.as_ref(), expected.1.as_ref(), expected.2.as_ref())
    }));
    assert_eq!(seen.len(), 2, "{state}");
    // It is still in the inbox, and not acknowledged.
    let items = proxy.items("0").await?;
    let acknowledged: Vec<bool> = items.iter().map(|item| item.get("acknowledged").is_some()).collect();
    assert_eq!(acknowledged, [false, false, true]);
    Ok(())
}

async fn what_was_given_up_is_sent_again_when_somebody_asks(database: TestDatabase) -> Test {
    // The first three are refused, then the first of them once more.
    let receiver = Receiver::start(vec![StatusCode::BAD_REQUEST; 4]).await?;
    let mut config = delivering(&database, &receiver.url)?;
    if let Some(webhook) = &mut config.inbox.webhook {
        webhook.give_up = Duration::ZERO;
    }
    let proxy = Proxy::start(config).await?;
    for number in 1..=3 {
        proxy.notify("applications", &application(&format!("r-{number}"))).await?;
    }
    assert_eq!(state_at(&proxy, "3").await?.get("dead_count"), Some(&json!(3)));
    let (_, page) = answer(proxy.get("/inbox/webhook/dead?limit=2").send().await?).await?;
    assert_eq!((page.get("next"), page.get("more")), (Some(&json!("2")), Some(&json!(true))));
    let (_, page) = answer(proxy.get("/inbox/webhook/dead?after=2").send().await?).await?;
    assert_eq!((page.pointer("/items/0/id"), page.get("more")), (Some(&json!("3")), Some(&json!(false))));

    let again =
        async |body: Value| answer(proxy.post("/inbox/webhook/dead/again", body.to_string()).send().await?).await;
    assert_eq!(again(json!({ "ids": ["1", "7"] })).await?, (200, json!({ "again": 1 })));
    assert_eq!(ids(&receiver.after(4).await), ["1", "2", "3", "1"]);
    let refused = loop {
        let (_, page) = answer(proxy.get("/inbox/webhook/dead?limit=1").send().await?).await?;
        if page.pointer("/items/0/again") == Some(&json!(false)) {
            break page;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    assert_eq!(refused.pointer("/items/0/attempts"), Some(&json!(2)));
    assert_eq!(again(json!({ "through": "2" })).await?, (200, json!({ "again": 2 })));
    assert_eq!(ids(&receiver.after(6).await), ["1", "2", "3", "1", "1", "2"]);
    loop {
        let left = state(&proxy).await?;
        if left.get("dead_count") == Some(&json!(1)) {
            assert_eq!(left.pointer("/dead/0/id"), Some(&json!("3")));
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let items = proxy.items("0").await?;
    let acknowledged: Vec<bool> = items.iter().map(|item| item.get("acknowledged").is_some()).collect();
    assert_eq!(acknowledged, [true, true, false]);
    for wrong in [json!({}), json!({ "ids": ["x"] }), json!({ "all": true })] {
        assert_eq!(again(wrong).await?.0, 400);
    }
    Ok(())
}

async fn a_receiver_may_ask_for_time(database: TestDatabase) -> Test {
    let receiver = Receiver::start(vec![StatusCode::SERVICE_UNAVAILABLE; 1]).await?;
    let mut config = delivering(&database, &receiver.url)?;
    if let Some(webhook) = &mut config.inbox.webhook {
        webhook.longest_pause = Duration::from_secs(3600);
    }
    let proxy = Proxy::start(config).await?;
    proxy.notify("applications", &application("r-1")).await?;
    receiver.after(1).await;
    let failing = loop {
        if let Some(failing) = state(&proxy).await?.get("failing").filter(|failing| !failing.is_null()) {
            break failing.clone();
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    assert_eq!((failing.get("attempts"), failing.get("last")), (Some(&json!(1)), Some(&json!("status 503"))));
    let time = |name: &str| -> Made<i64> {
        let text = failing.get(name).and_then(Value::as_str).ok_or("a time")?;
        Ok(chrono::DateTime::parse_from_rfc3339(text).map_err(|error| error.to_string())?.timestamp())
    };
    assert_eq!(time("next")? - time("since")?, 500);
    Ok(())
}

async fn of_two_instances_one_delivers_and_the_other_takes_over(database: TestDatabase) -> Test {
    let receiver = Receiver::start(Vec::new()).await?;
    let first = Proxy::start(delivering(&database, &receiver.url)?).await?;
    let second = Proxy::start(delivering(&database, &receiver.url)?).await?;
    for number in 1..=10 {
        let proxy = if number % 2 == 0 { &first } else { &second };
        proxy.notify("applications", &application(&format!("r-{number}"))).await?;
    }
    state_at(&second, "10").await?;
    assert_eq!(receiver.deliveries().len(), 10);
    // As when it is killed: it neither delivers nor says that it no longer will.
    drop(first);
    for number in 11..=20 {
        second.notify("applications", &application(&format!("r-{number}"))).await?;
    }
    state_at(&second, "20").await?;
    // At least once: what the first one was about to tell may come again.
    let mut deliveries = receiver.deliveries();
    deliveries.dedup_by(|later, earlier| later.id == earlier.id);
    let expected: Vec<String> = (1..=20).map(|id: u32| id.to_string()).collect();
    assert_eq!(ids(&deliveries), expected);
    // One that ends in order leaves no lease behind, and one that starts goes on.
    second.running.stop().await;
    let third = Proxy::start(delivering(&database, &receiver.url)?).await?;
    third.notify("applications", &application("r-21")).await?;
    state_at(&third, "21").await?;
    Ok(())
}

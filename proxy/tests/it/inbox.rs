//! The inbox as the information system has it: page by page, as it comes, acknowledged, and kept as long as was asked.

use std::time::Duration;

use axum::http::{HeaderName, Method};
use portform_proxy::config::Config;
use portform_proxy::database::Database;
use portform_proxy::secret::Secret;
use portform_proxy::{reading, writing};
use serde_json::{Value, json};

use crate::databases::{TestDatabase, both};
use crate::portal::{Events, application, called, kinds, review};
use crate::support::{Made, Proxy, Test, answer, code, with};

both!(
    an_item_has_the_canonical_form_and_what_is_to_be_said_of_it,
    pages_go_on_from_a_place,
    a_long_poll_ends_when_something_comes,
    events_come_live_and_go_on_after_a_cut,
    what_another_instance_stores_comes_too,
    what_was_acknowledged_is_erased_in_time,
    nothing_personal_lies_open_in_the_database,
    whoever_waits_does_not_hold_up_the_end,
    what_cannot_be_kept_is_not_answered_as_if_it_were,
    only_those_who_were_given_the_inbox_read_it,
);

/// The number of an item.
fn id(item: &Value) -> Made<&str> {
    item.get("id").and_then(Value::as_str).ok_or_else(|| "an item has an id".into())
}

async fn an_item_has_the_canonical_form_and_what_is_to_be_said_of_it(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    let written = with(
        &application("r-1").to_string(),
        &[
            ("request_number", json!(4)),
            ("is_work", json!("false")),
            ("snils", json!("112-233-445 96")),
            ("e_mail", json!("a@b.example")),
        ],
    )?;
    proxy.notify("applications", &written).await?;
    proxy.notify("expertise", &review("На доработке", "Уточните объём")).await?;
    let items = proxy.items("0").await?;
    let [first, second] = items.as_slice() else {
        return Err("there are two".into());
    };
    assert_eq!((id(first)?, first.get("payload")), ("1", Some(&json!("application"))));
    assert_eq!(first.pointer("/value/request_number"), Some(&json!("4")));
    assert_eq!(first.pointer("/value/is_work"), Some(&json!(false)));
    let at = first.get("at").and_then(Value::as_str).ok_or("a time")?;
    assert!(at.len() == 24 && at.ends_with('Z'), "{at}");
    assert!(first.get("acknowledged").is_none() && second.get("unknown").is_none());
    assert_eq!(first.get("unknown"), Some(&json!({ "e_mail": "a@b.example" })));
    assert!(first.pointer("/value/e_mail").is_none());
    let issues = first.get("issues").and_then(Value::as_array).ok_or("there is something to be said")?;
    let said: Vec<_> = issues
        .iter()
        .filter_map(|issue| Some((issue.get("pointer")?.as_str()?, issue.get("code")?.as_str()?)))
        .collect();
    assert_eq!(
        said,
        [("/request_number", "coerced"), ("/snils", "checksum"), ("/is_work", "coerced"), ("/e_mail", "unknown_field")]
    );
    assert_eq!(
        (second.get("kind"), second.get("payload")),
        (Some(&json!("expertise")), Some(&json!("programme.expertise")))
    );
    assert_eq!(second.pointer("/value/status"), Some(&json!("needs_revision")));

    // The language is that of the reader.
    let message = |item: &Value| item.pointer("/issues/1/message").and_then(Value::as_str).map(str::to_owned);
    let english = proxy.get("/inbox/1?locale=en").send().await?;
    let (_, english) = answer(english).await?;
    let (_, ukrainian) = answer(proxy.get("/inbox/1").header("accept-language", "uk, en;q=0.5").send().await?).await?;
    let (_, chosen) = answer(proxy.get("/inbox/1?locale=en").header("x-portform-locale", "uk").send().await?).await?;
    assert!(message(first).is_some() && message(first) != message(&english));
    assert_eq!(message(&ukrainian), message(&chosen));
    assert_ne!(message(&ukrainian), message(&english));
    for unknown in ["/inbox/3", "/inbox/x", "/inbox/-1", "/inbox/1/2"] {
        let (status, refused) = answer(proxy.get(unknown).send().await?).await?;
        assert_eq!((status, code(&refused)), (404, "not_found"), "{unknown}");
    }
    Ok(())
}

async fn pages_go_on_from_a_place(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    assert_eq!(proxy.page("").await?, json!({ "items": [], "next": "0", "more": false }));
    for number in 1..=5 {
        proxy.notify("applications", &application(&format!("r-{number}"))).await?;
    }
    let (mut seen, mut after) = (Vec::new(), "0".to_owned());
    for (count, more) in [(2, true), (2, true), (1, false), (0, false)] {
        let page = proxy.page(&format!("?limit=2&after={after}")).await?;
        let items = page.get("items").and_then(Value::as_array).cloned().ok_or("items")?;
        assert_eq!((items.len(), page.get("more")), (count, Some(&json!(more))));
        after = page.get("next").and_then(Value::as_str).ok_or("a place")?.to_owned();
        seen.extend(items);
    }
    assert_eq!(seen, proxy.items("0").await?);
    assert_eq!((seen.len(), after.as_str()), (5, "5"));
    for wrong in ["?after=x", "?after=-1", "?limit=ten", "?wait=-1", "?after=99999999999999999999"] {
        let (status, refused) = answer(proxy.get(&format!("/inbox{wrong}")).send().await?).await?;
        assert_eq!((status, code(&refused)), (400, "request_wrong"), "{wrong}");
    }
    for path in ["/inbox?after=6", "/inbox/events?after=6", "/inbox?after=6&wait=60"] {
        let (status, refused) = answer(proxy.get(path).send().await?).await?;
        assert_eq!((status, code(&refused)), (410, "place_unknown"), "{path}");
    }
    Ok(())
}

async fn a_long_poll_ends_when_something_comes(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    let waiting = tokio::spawn(proxy.get("/inbox?wait=60").send());
    proxy.notify("applications", &application("r-1")).await?;
    let (status, page) = answer(waiting.await??).await?;
    assert_eq!((status, page.get("next")), (200, Some(&json!("1"))));
    assert_eq!(proxy.page("?after=1&wait=1").await?, json!({ "items": [], "next": "1", "more": false }));
    Ok(())
}

async fn events_come_live_and_go_on_after_a_cut(database: TestDatabase) -> Test {
    let mut config = called(&database)?;
    config.inbox.heartbeat = Duration::from_millis(20);
    let proxy = Proxy::start(config).await?;
    proxy.notify("applications", &application("r-1")).await?;
    let mut events = Events::open(proxy.get("/inbox/events")).await?;
    assert_eq!(events.block().await?.as_deref(), Some("retry: 2000"));
    let (first, item) = events.next().await?.ok_or("an event")?;
    assert_eq!((first.as_str(), kinds(std::slice::from_ref(&item))), ("1", vec!["application"]));
    assert_eq!(Some(&item), proxy.items("0").await?.first());
    // Nothing comes, and yet the stream shows that it is alive.
    assert_eq!(events.block().await?.as_deref(), Some(":"));
    proxy.notify("applications", &application("r-2")).await?;
    assert_eq!(events.next().await?.ok_or("an event")?.0, "2");
    drop(events);

    proxy.notify("applications", &application("r-3")).await?;
    // The address still says 0, as a browser's does when it comes back.
    let mut events = Events::open(proxy.get("/inbox/events?after=0").header("last-event-id", "2")).await?;
    assert_eq!(events.next().await?.ok_or("an event")?.0, "3");
    let response = proxy.get("/inbox/events?after=3").send().await?;
    for (header, value) in [("content-type", "text/event-stream"), ("cache-control", "no-store")] {
        assert_eq!(response.headers().get(header).ok_or("it is there")?, value);
    }
    Ok(())
}

async fn what_another_instance_stores_comes_too(database: TestDatabase) -> Test {
    let (one, other) = (Proxy::start(called(&database)?).await?, Proxy::start(called(&database)?).await?);
    let mut events = Events::open(one.get("/inbox/events")).await?;
    let waiting = tokio::spawn(one.get("/inbox?wait=60").send());
    for number in 1..=150 {
        let proxy = if number % 3 == 0 { &one } else { &other };
        proxy.notify("applications", &application(&format!("r-{number}"))).await?;
    }
    for number in 1..=150 {
        assert_eq!(events.next().await?.ok_or("an event")?.0, number.to_string());
    }
    let (_, page) = answer(waiting.await??).await?;
    assert!(page.get("items").and_then(Value::as_array).is_some_and(|items| !items.is_empty()), "{page}");
    Ok(())
}

async fn what_was_acknowledged_is_erased_in_time(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    for number in 1..=4 {
        proxy.notify("applications", &application(&format!("r-{number}"))).await?;
    }
    for (body, count) in
        [(json!({ "through": "2" }), 2), (json!({ "through": 2 }), 0), (json!({ "ids": ["2", 4, "99"] }), 1)]
    {
        assert_eq!(
            proxy.submit("/inbox/acknowledged", body.to_string()).await?,
            (200, json!({ "acknowledged": count }))
        );
    }
    for wrong in
        [json!({}), json!([]), json!({ "ids": "1" }), json!({ "through": "x" }), json!({ "through": "1", "ids": [] })]
    {
        let (status, refused) = proxy.submit("/inbox/acknowledged", wrong.to_string()).await?;
        assert_eq!((status, code(&refused)), (400, "request_wrong"), "{wrong}");
    }
    let items = proxy.items("0").await?;
    let acknowledged: Vec<bool> = items.iter().map(|item| item.get("acknowledged").is_some()).collect();
    assert_eq!(acknowledged, [true, true, false, true]);
    proxy.running.stop().await;

    let kept = |keep: u64, unacknowledged: u64| -> Made<Config> {
        let mut config = called(&database)?;
        config.inbox.keep = Duration::from_secs(keep);
        config.inbox.keep_unacknowledged = Duration::from_secs(unacknowledged);
        Ok(config)
    };
    for (config, left) in [(kept(3600, 3600)?, 4), (kept(0, 3600)?, 1), (kept(0, 0)?, 0)] {
        let proxy = Proxy::start(config).await?;
        // Erasing is the first thing it does beside the requests.
        while proxy.items("0").await?.len() > left {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(proxy.items("0").await?.len(), left);
        proxy.running.stop().await;
    }
    // The numbers go on, so that a reader's place stays one.
    let proxy = Proxy::start(called(&database)?).await?;
    proxy.notify("applications", &application("r-1")).await?;
    assert_eq!(id(proxy.items("4").await?.first().ok_or("an item")?)?, "5");
    Ok(())
}

async fn nothing_personal_lies_open_in_the_database(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    proxy.notify("applications", &application("request-of-somebody")).await?;
    proxy.running.stop().await;
    let opened = Database::open(&database.config, None).await?;
    let (same, answer, content): (Vec<u8>, String, Vec<u8>) = reading!(opened.store, pool => {
        sqlx::query_as("SELECT same, answer, content FROM inbox").fetch_one(pool).await?
    });
    opened.close().await;
    let row = [same, answer.into_bytes(), content].concat();
    for hidden in ["Выдуманова", "112-233", "request-of-somebody", "Федеральный"] {
        assert!(!row.windows(hidden.len()).any(|bytes| bytes == hidden.as_bytes()), "{hidden}");
    }
    // Without the key the item is there and has no value; the place goes on.
    let config = Config { database_key: Some(Secret::new("ab".repeat(32))), ..called(&database)? };
    let proxy = Proxy::start(config).await?;
    let items = proxy.items("0").await?;
    assert_eq!(
        (kinds(&items), items.first().and_then(|item| item.get("value"))),
        (vec!["application"], Some(&Value::Null))
    );
    Ok(())
}

async fn whoever_waits_does_not_hold_up_the_end(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    let mut events = Events::open(proxy.get("/inbox/events")).await?;
    assert_eq!(events.block().await?.as_deref(), Some("retry: 2000"));
    let waiting = tokio::spawn(proxy.get("/inbox?wait=60").send());
    proxy.get("/inbox").send().await?;
    proxy.running.stop().await;
    assert_eq!(events.next().await?, None);
    // Answered with nothing, or refused because it came too late: in either case before its minute is over.
    if let Ok(response) = waiting.await? {
        assert_eq!(answer(response).await?.0, 200);
    }
    Ok(())
}

async fn what_cannot_be_kept_is_not_answered_as_if_it_were(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    let opened = Database::open(&database.config, None).await?;
    writing!(opened.store, pool => {
        sqlx::query("ALTER TABLE inbox RENAME TO lost").execute(pool).await?;
    });
    for request in [proxy.portal("applications", &application("r-1")), proxy.get("/inbox"), proxy.get("/inbox/1")] {
        let response = request.send().await?;
        assert!(response.headers().contains_key("retry-after"));
        let (status, refused) = answer(response).await?;
        assert_eq!((status, code(&refused)), (503, "database_unavailable"));
    }
    writing!(opened.store, pool => {
        sqlx::query("ALTER TABLE lost RENAME TO inbox").execute(pool).await?;
    });
    opened.close().await;
    proxy.notify("applications", &application("r-1")).await?;
    assert_eq!(id(proxy.items("0").await?.first().ok_or("an item")?)?, "1");
    Ok(())
}

async fn only_those_who_were_given_the_inbox_read_it(database: TestDatabase) -> Test {
    let mut config = called(&database)?;
    config.access.user_header = Some(HeaderName::from_static("x-remote-user"));
    config.access.allow.add("reader=inbox")?;
    config.access.allow.add("editor=cycle.*")?;
    let proxy = Proxy::start(config).await?;
    // The Portal is no user.
    proxy.notify("applications", &application("r-1")).await?;
    let requests = || {
        let json = |path: &str| proxy.post(path, r#"{"through":"1"}"#);
        [
            proxy.get("/inbox"),
            proxy.get("/inbox?wait=60"),
            proxy.get("/inbox/1"),
            proxy.get("/inbox/events"),
            proxy.get("/inbox/known"),
            proxy.get("/inbox/webhook"),
            proxy.put("/inbox/known", &json!({})),
            json("/inbox/acknowledged"),
        ]
    };
    for request in requests() {
        let (status, refused) = answer(request.send().await?).await?;
        assert_eq!((status, code(&refused)), (401, "user_required"));
    }
    for request in requests() {
        let (status, refused) = answer(request.header("x-remote-user", "editor").send().await?).await?;
        assert_eq!((status, code(&refused)), (403, "not_allowed"));
    }
    for request in requests() {
        assert_eq!(request.header("x-remote-user", "reader").send().await?.status(), 200);
    }
    // A foreign page, and a foreign name for this machine, get nothing either: refused, or hidden by the browser.
    for (header, value, reads) in [
        ("origin", "https://foreign.example", true),
        ("sec-fetch-site", "cross-site", false),
        ("host", "foreign.example", false),
    ] {
        for request in requests() {
            let request = request.header("x-remote-user", "reader").header(header, value).build()?;
            let is_read = request.method() == Method::GET;
            let response = proxy.client.execute(request).await?;
            assert!(!response.headers().contains_key("access-control-allow-origin"));
            assert_eq!(response.status().is_success(), reads && is_read, "{header}");
        }
    }
    let text = json!({}).to_string();
    let plain = proxy.client.post(format!("{}/inbox/acknowledged", proxy.running.url())).body(text);
    let (status, refused) = answer(plain.header("x-remote-user", "reader").send().await?).await?;
    assert_eq!((status, code(&refused)), (415, "content_type"));
    Ok(())
}

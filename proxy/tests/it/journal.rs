//! The journal: a key is sent once, whatever happens, and what became of it can be asked.

use std::time::Duration;

use portform_proxy::config::Config;
use portform_proxy::database::{Database, DatabaseConfig};
use portform_proxy::journal::JournalConfig;
use portform_proxy::secret::Secret;
use portform_proxy::writing;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

use crate::databases::{TestDatabase, both};
use crate::support::{Made, Proxy, Test, answer, code, in_memory, towards};
use crate::upstream::{self, Act, Upstream, accepted};

const PATH: &str = "/portal/education/cycle/create";
const OTHER_PATH: &str = "/portal/education/cycle/update";

both!(
    the_same_key_again_gets_the_recorded_answer,
    a_key_belongs_to_one_body_and_one_path,
    while_the_first_is_under_way_the_second_waits,
    what_may_have_been_accepted_is_never_sent_again,
    what_was_not_sent_is_sent_with_the_same_key,
    an_upstream_that_puts_it_off_has_not_taken_it,
    the_list_tells_every_change_in_order,
    without_the_database_nothing_is_sent,
    an_answer_is_told_only_when_it_is_written_down,
    what_is_older_than_it_is_kept_is_forgotten,
    nothing_personal_stands_unsealed,
);

/// A proxy on a database, towards an upstream.
pub async fn proxy(database: &TestDatabase, upstream: &Upstream) -> Made<Proxy> {
    Proxy::start(Config { database: database.config.clone(), ..towards(&upstream.url())? }).await
}

impl Proxy {
    pub fn with_key(&self, path: &str, key: &str, body: &str) -> RequestBuilder {
        self.post(path, body.to_owned()).header("idempotency-key", format!("\"{key}\""))
    }

    pub async fn entry(&self, key: &str) -> Made<(u16, Value)> {
        answer(self.get(&format!("/journal/{key}")).send().await?).await
    }

    /// Until the journal says this of a key; gives up after a while.
    pub async fn wait_for(&self, key: &str, state: &str) -> Made<Value> {
        let mut last = Value::Null;
        for _ in 0..600 {
            last = self.entry(key).await?.1;
            if last.get("state") == Some(&json!(state)) && last.get("error") != Some(&json!("not_in_journal")) {
                return Ok(last);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(format!("{key} has not become {state}: {last}").into())
    }
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}

fn field<'a>(entry: &'a Value, name: &str) -> &'a Value {
    entry.get(name).unwrap_or(&Value::Null)
}

async fn the_same_key_again_gets_the_recorded_answer(database: TestDatabase) -> Test {
    let odd =
        "HTTP/1.1 409 Conflict\r\ncontent-type: text/odd; charset=x\r\ncontent-length: 5\r\n\r\n\u{1}\u{2}\u{3}\r\n";
    let upstream = Upstream::start(Act::Say(odd.to_owned())).await?;
    let first = proxy(&database, &upstream).await?;
    let response = first.with_key(PATH, "key-1", "{}").send().await?;
    assert_eq!(header(&response, "x-portform-repeated"), None);
    assert_eq!(header(&response, "x-portform-state"), Some("sent"));
    assert_eq!(header(&response, "idempotency-key"), Some("\"key-1\""));
    let told = (response.status(), response.headers().get("content-type").cloned(), response.bytes().await?);
    assert_eq!((told.0.as_u16(), told.2.as_ref()), (409, [1, 2, 3, 13, 10].as_slice()));
    let again = async |proxy: &Proxy| -> Test {
        let response = proxy.with_key(PATH, "key-1", "{}").send().await?;
        assert_eq!(header(&response, "x-portform-repeated"), Some("1"));
        assert_eq!(header(&response, "x-portform-answer"), Some("upstream"));
        assert_eq!(header(&response, "x-portform-state"), Some("sent"));
        let retold = (response.status(), response.headers().get("content-type").cloned(), response.bytes().await?);
        assert_eq!(retold, told);
        Ok(())
    };
    again(&first).await?;
    first.running.stop().await;
    let second = proxy(&database, &upstream).await?;
    again(&second).await?;
    assert_eq!(upstream.bodies(), ["{}"]);

    let (status, entry) = second.entry("key-1").await?;
    assert_eq!(status, 200);
    assert_eq!((field(&entry, "state"), field(&entry, "status")), (&json!("sent"), &json!(409)));
    assert_eq!((field(&entry, "payload"), field(&entry, "attempts")), (&json!("cycle.create"), &json!(1)));
    // An answer that nobody can read does not say whether it was accepted.
    assert_eq!((field(&entry, "user"), field(&entry, "accepted")), (&Value::Null, &Value::Null));
    assert_eq!(entry.pointer("/answer/body"), Some(&json!("\u{1}\u{2}\u{3}\r\n")));
    assert_eq!(entry.pointer("/answer/content_type"), Some(&json!("text/odd; charset=x")));
    assert!(field(&entry, "received_at").as_str() <= field(&entry, "settled_at").as_str());
    assert_eq!(second.entry("key-2").await?.0, 404);
    Ok(())
}

async fn a_key_belongs_to_one_body_and_one_path(database: TestDatabase) -> Test {
    let upstream = Upstream::start(accepted()).await?;
    let proxy = proxy(&database, &upstream).await?;
    proxy.with_key(PATH, "key", "{}").send().await?;
    for (path, body) in [(PATH, "{ }"), (OTHER_PATH, "{}"), (PATH, "")] {
        let (status, refused) = answer(proxy.with_key(path, "key", body).send().await?).await?;
        assert_eq!((status, code(&refused)), (422, "key_reused"));
        assert_eq!((field(&refused, "state"), field(&refused, "retry")), (&json!("not_sent"), &json!(false)));
    }
    assert_eq!(upstream.bodies(), ["{}"]);
    proxy.with_key(OTHER_PATH, "another key", "{}").send().await?;
    assert_eq!(upstream.bodies(), ["{}", "{}"]);
    assert_eq!(field(&proxy.entry("another%20key").await?.1, "payload"), &json!("cycle.update"));
    Ok(())
}

async fn while_the_first_is_under_way_the_second_waits(database: TestDatabase) -> Test {
    let answered = upstream::json("200 OK", r#"{"success":true}"#);
    let upstream = Upstream::start(Act::Wait(Duration::from_secs(1), answered)).await?;
    let (one, other) = (proxy(&database, &upstream).await?, proxy(&database, &upstream).await?);
    let first = tokio::spawn(one.with_key(PATH, "key", "{}").send());
    upstream.wait_for(1).await?;
    for proxy in [&one, &other] {
        let response = proxy.with_key(PATH, "key", "{}").send().await?;
        assert_eq!(header(&response, "retry-after"), Some("1"));
        assert_eq!(header(&response, "x-portform-state"), Some("received"));
        let (status, refused) = answer(response).await?;
        assert_eq!((status, code(&refused)), (409, "key_in_progress"));
        assert_eq!(field(&proxy.entry("key").await?.1, "state"), &json!("received"));
    }
    assert_eq!(first.await??.status(), 200);
    for proxy in [&one, &other] {
        let response = proxy.with_key(PATH, "key", "{}").send().await?;
        assert_eq!((response.status().as_u16(), header(&response, "x-portform-repeated")), (200, Some("1")));
    }
    assert_eq!(upstream.bodies(), ["{}"]);
    Ok(())
}

async fn what_may_have_been_accepted_is_never_sent_again(database: TestDatabase) -> Test {
    let upstream = Upstream::start(Act::Hang).await?;
    let mut config = Config { database: database.config.clone(), ..towards(&upstream.url())? };
    config.upstream_timeout = Duration::from_millis(500);
    let proxy = Proxy::start(config).await?;
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"succ".to_owned();
    let acts = [
        (Act::Hang, 504, "upstream_timeout"),
        (Act::Close, 502, "upstream_broken"),
        (Act::SayAndClose(cut), 502, "upstream_broken"),
        (Act::Say("rubbish\r\n\r\n".to_owned()), 502, "upstream_broken"),
    ];
    for (at, (act, status, error)) in acts.into_iter().enumerate() {
        upstream.does(act);
        let key = format!("key-{at}");
        for repeated in [None, Some("1"), Some("1")] {
            let response = proxy.with_key(PATH, &key, &key).send().await?;
            assert_eq!(header(&response, "x-portform-repeated"), repeated);
            assert_eq!(header(&response, "x-portform-state"), Some("unknown"));
            let (told, body) = answer(response).await?;
            assert_eq!((told, code(&body), field(&body, "state")), (status, error, &json!("unknown")));
            upstream.does(accepted());
        }
        let (_, entry) = proxy.entry(&key).await?;
        assert_eq!((field(&entry, "state"), field(&entry, "error")), (&json!("unknown"), &json!(error)));
        assert!(entry.pointer("/message/ru").is_some_and(Value::is_string));
        assert_eq!(upstream.counts().get(&key), Some(&1));
    }
    Ok(())
}

async fn what_was_not_sent_is_sent_with_the_same_key(database: TestDatabase) -> Test {
    let upstream = Upstream::start(accepted()).await?;
    let address = upstream.address.to_string();
    let first = proxy(&database, &upstream).await?;
    let (listener, ..) = (std::net::TcpListener::bind("127.0.0.1:0")?,);
    let nobody = listener.local_addr()?.to_string();
    drop(listener);
    let config = Config { database: database.config.clone(), ..towards(&format!("http://{nobody}"))? };
    let proxy = Proxy::start(config).await?;
    for _ in 0..2 {
        let response = proxy.with_key(PATH, "key", "{}").send().await?;
        assert_eq!(header(&response, "x-portform-state"), Some("not_sent"));
        assert_eq!(header(&response, "x-portform-repeated"), None);
        let (status, refused) = answer(response).await?;
        assert_eq!((status, code(&refused), field(&refused, "retry")), (502, "upstream_unreachable", &json!(true)));
    }
    assert_eq!(field(&proxy.entry("key").await?.1, "state"), &json!("not_sent"));
    assert_ne!(nobody, address);
    let (status, _) = answer(first.with_key(PATH, "key", "{ }").send().await?).await?;
    assert_eq!(status, 422);
    let response = first.with_key(PATH, "key", "{}").send().await?;
    assert_eq!((response.status().as_u16(), header(&response, "x-portform-state")), (200, Some("sent")));
    let (_, entry) = proxy.entry("key").await?;
    assert_eq!((field(&entry, "state"), field(&entry, "attempts")), (&json!("sent"), &json!(3)));
    assert_eq!(upstream.bodies(), ["{}"]);
    Ok(())
}

async fn an_upstream_that_puts_it_off_has_not_taken_it(database: TestDatabase) -> Test {
    let late = |status: &str| format!("HTTP/1.1 {status}\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n");
    let upstream = Upstream::start(accepted()).await?;
    let proxy = proxy(&database, &upstream).await?;
    for (status, text) in [(429, late("429 Too Many Requests")), (503, late("503 Service Unavailable"))] {
        upstream.does(Act::Say(text));
        let key = format!("key-{status}");
        let response = proxy.with_key(PATH, &key, &key).send().await?;
        assert_eq!((response.status().as_u16(), header(&response, "retry-after")), (status, Some("7")));
        assert_eq!(header(&response, "x-portform-state"), Some("not_sent"));
        assert_eq!(field(&proxy.entry(&key).await?.1, "state"), &json!("not_sent"));
        upstream.does(accepted());
        assert_eq!(proxy.with_key(PATH, &key, &key).send().await?.status(), 200);
        assert_eq!(upstream.counts().get(&key), Some(&2));
    }
    // Without a time it may have been taken all the same.
    upstream.does(Act::Say("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n".to_owned()));
    let response = proxy.with_key(PATH, "key", "{}").send().await?;
    assert_eq!(header(&response, "x-portform-state"), Some("sent"));
    assert_eq!(field(&proxy.entry("key").await?.1, "accepted"), &Value::Null);
    Ok(())
}

async fn the_list_tells_every_change_in_order(database: TestDatabase) -> Test {
    let upstream = Upstream::start(accepted()).await?;
    let proxy = proxy(&database, &upstream).await?;
    let list = async |query: &str| answer(proxy.get(&format!("/journal{query}")).send().await?).await;
    assert_eq!(list("").await?, (200, json!({ "entries": [], "next": "0", "more": false })));
    for key in ["a", "b", "c"] {
        proxy.with_key(PATH, key, key).send().await?;
    }
    let (_, page) = list("?limit=2").await?;
    let keys = |page: &Value| -> Vec<Value> {
        let entries = page.get("entries").and_then(Value::as_array).cloned().unwrap_or_default();
        entries.iter().map(|entry| field(entry, "key").clone()).collect()
    };
    assert_eq!((keys(&page), field(&page, "more")), (vec![json!("a"), json!("b")], &json!(true)));
    assert!(page.pointer("/entries/0").is_some_and(|entry| entry.get("answer").is_none()));
    assert_eq!(page.pointer("/entries/0/accepted"), Some(&json!(true)));
    let next = field(&page, "next").as_str().ok_or("a place")?.to_owned();
    let (_, page) = list(&format!("?after={next}")).await?;
    assert_eq!((keys(&page), field(&page, "more")), (vec![json!("c")], &json!(false)));
    let end = field(&page, "next").as_str().ok_or("a place")?.to_owned();
    assert_eq!(list(&format!("?after={end}")).await?.1.get("next"), Some(&json!(end)));

    // What changes comes again.
    upstream.does(Act::Wait(Duration::from_millis(500), upstream::json("200 OK", "{}")));
    let sent = tokio::spawn(proxy.with_key(PATH, "d", "d").send());
    upstream.wait_for(4).await?;
    let (_, page) = list(&format!("?after={end}")).await?;
    assert_eq!((keys(&page), page.pointer("/entries/0/state")), (vec![json!("d")], Some(&json!("received"))));
    sent.await??;
    let next = field(&page, "next").as_str().ok_or("a place")?.to_owned();
    let (_, page) = list(&format!("?after={next}")).await?;
    assert_eq!((keys(&page), page.pointer("/entries/0/state")), (vec![json!("d")], Some(&json!("sent"))));
    let (status, refused) = list("?after=yesterday").await?;
    assert_eq!((status, code(&refused)), (400, "request_wrong"));
    Ok(())
}

/// Takes the journal's table away, or brings it back.
async fn rename(config: &DatabaseConfig, away: bool) -> Test {
    let database = Database::open(config, None).await?;
    let statement = if away { "ALTER TABLE journal RENAME TO away" } else { "ALTER TABLE away RENAME TO journal" };
    writing!(database.store, pool => sqlx::query(statement).execute(pool).await.map(drop))?;
    database.close().await;
    Ok(())
}

async fn without_the_database_nothing_is_sent(database: TestDatabase) -> Test {
    let upstream = Upstream::start(accepted()).await?;
    let proxy = proxy(&database, &upstream).await?;
    rename(&database.config, true).await?;
    let response = proxy.with_key(PATH, "key", "{}").send().await?;
    assert!(header(&response, "retry-after").is_some());
    let (status, refused) = answer(response).await?;
    assert_eq!((status, code(&refused), field(&refused, "retry")), (503, "journal_unavailable", &json!(true)));
    assert_eq!(proxy.entry("key").await?.0, 503);
    assert_eq!(upstream.bodies(), Vec::<String>::new());
    rename(&database.config, false).await?;
    assert_eq!(proxy.with_key(PATH, "key", "{}").send().await?.status(), 200);
    assert_eq!(upstream.bodies(), ["{}"]);
    Ok(())
}

async fn an_answer_is_told_only_when_it_is_written_down(database: TestDatabase) -> Test {
    let answered = upstream::json("200 OK", r#"{"success":true}"#);
    let upstream = Upstream::start(Act::Wait(Duration::from_secs(1), answered)).await?;
    let proxy = proxy(&database, &upstream).await?;
    let sent = tokio::spawn(proxy.with_key(PATH, "key", "{}").send());
    upstream.wait_for(1).await?;
    rename(&database.config, true).await?;
    let (status, told) = answer(sent.await??).await?;
    assert_eq!((status, code(&told), field(&told, "state")), (500, "not_recorded", &json!("unknown")));
    rename(&database.config, false).await?;
    let entry = proxy.wait_for("key", "sent").await?;
    assert_eq!(entry.pointer("/answer/body"), Some(&json!(r#"{"success":true}"#)));
    assert_eq!(upstream.bodies(), ["{}"]);
    Ok(())
}

async fn what_is_older_than_it_is_kept_is_forgotten(database: TestDatabase) -> Test {
    let upstream = Upstream::start(accepted()).await?;
    let first = proxy(&database, &upstream).await?;
    first.with_key(PATH, "key", "{}").send().await?;
    first.running.stop().await;
    let start = async |keep: Option<Duration>| {
        let journal = JournalConfig { keep, ..JournalConfig::default() };
        Proxy::start(Config { database: database.config.clone(), journal, ..towards(&upstream.url())? }).await
    };
    let keeps = start(Some(Duration::from_secs(3_600))).await?;
    keeps.with_key(PATH, "another", "{}").send().await?;
    assert_eq!(keeps.entry("key").await?.0, 200);
    keeps.running.stop().await;
    let forgets = start(Some(Duration::ZERO)).await?;
    for _ in 0..200 {
        if forgets.entry("key").await?.0 == 404 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err("the entry is still there".into())
}

/// Everything that the database holds, as bytes.
async fn dump(config: &DatabaseConfig) -> Made<String> {
    let rows = Database::open(config, Some(&Secret::new("ab".repeat(32)))).await?;
    let text: Vec<String> = match &rows.store {
        portform_proxy::database::Store::Postgres(pool) => {
            sqlx::query_scalar("SELECT journal::text || encode(journal.answer, 'escape') || coalesce(encode(journal.body, 'escape'), '') FROM journal")
                .fetch_all(pool)
                .await?
        }
        portform_proxy::database::Store::Sqlite { .. } => Vec::new(),
    };
    rows.close().await;
    let mut held = text.join("\n");
    if let DatabaseConfig::Sqlite(file) = config {
        for entry in std::fs::read_dir(file.parent().ok_or("in a directory")?)? {
            held.push_str(&String::from_utf8_lossy(&std::fs::read(entry?.path())?));
        }
    }
    Ok(held)
}

async fn nothing_personal_stands_unsealed(database: TestDatabase) -> Test {
    let body =
        json!({ "last_name": "Выдуманова", "snils": "112-233-445 95", "comment": "made-up-comment" }).to_string();
    let said = r#"{"success":false,"reason":"Vydumanova","description":"заявка 112-233-445 95: made-up-comment"}"#;
    let upstream = Upstream::start(Act::Say(upstream::json("200 OK", said))).await?;
    for bodies in [false, true] {
        let journal = JournalConfig { bodies, ..JournalConfig::default() };
        let key = Some(Secret::new("ab".repeat(32)));
        let proxy = Proxy::start(Config {
            database: database.config.clone(),
            database_key: key,
            journal,
            ..towards(&upstream.url())?
        })
        .await?;
        let name = format!("key-{bodies}");
        proxy.with_key("/portal/education/request/comment", &name, &body).send().await?;
        let held = dump(&database.config).await?;
        assert!(held.contains(&name) && held.contains("application.comment"), "{held}");
        for personal in ["Выдуманова", "112-233", "made-up-comment", "Vydumanova", "token"] {
            assert!(!held.contains(personal), "{personal}");
        }
        let (_, entry) = proxy.entry(&name).await?;
        assert_eq!(entry.pointer("/answer/body"), Some(&json!(said)));
        assert_eq!(entry.pointer("/submitted/body"), bodies.then(|| json!(body)).as_ref());
        proxy.running.stop().await;
    }
    Ok(())
}

#[tokio::test]
async fn a_key_is_demanded_only_where_it_is_configured() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let response = proxy.post(PATH, "{}").send().await?;
    let key = header(&response, "idempotency-key").ok_or("it gets one")?.trim_matches('"').to_owned();
    assert_eq!(field(&proxy.entry(&key).await?.1, "state"), &json!("sent"));

    let journal = JournalConfig { require_key: true, ..JournalConfig::default() };
    let proxy = Proxy::start(Config { journal, ..in_memory() }).await?;
    let (status, refused) = proxy.submit(PATH, "{}").await?;
    assert_eq!((status, code(&refused)), (400, "key_required"));
    let (status, refused) = answer(proxy.post(PATH, "{}").header("idempotency-key", "\"open").send().await?).await?;
    assert_eq!((status, code(&refused)), (400, "key_invalid"));
    assert_eq!(proxy.received("education/cycle/create").await?, None);
    assert_eq!(proxy.with_key(PATH, "key", "{}").send().await?.status(), 200);
    assert_eq!(proxy.post(PATH, "{}").header("idempotency-key", "key").send().await?.status(), 200);
    assert_eq!(proxy.get("/portal/umk/specialities").send().await?.status(), 200);
    Ok(())
}

#[tokio::test]
async fn a_body_that_breaks_a_rule_leaves_its_key_free() -> Test {
    let proxy = Proxy::start(Config { check: portform_proxy::check::check, ..in_memory() }).await?;
    let (status, refused) = answer(proxy.with_key(PATH, "key", "{}").send().await?).await?;
    assert_eq!((status, code(&refused)), (422, "invalid"));
    assert_eq!(proxy.entry("key").await?.0, 404);
    assert_eq!(proxy.with_key(PATH, "key", crate::support::CYCLE).send().await?.status(), 200);
    Ok(())
}

#[tokio::test]
async fn without_a_journal_it_says_so() -> Test {
    let journal = JournalConfig { on: false, ..JournalConfig::default() };
    let proxy = Proxy::start(Config { journal, ..in_memory() }).await?;
    assert_eq!(proxy.with_key(PATH, "key", "{}").send().await?.status(), 200);
    let (status, refused) = proxy.entry("key").await?;
    assert_eq!((status, code(&refused)), (501, "journal_off"));
    Ok(())
}

//! A person settles what nobody knows, and every answer of the journal says when and by which request.

use axum::http::HeaderName;
use portform_proxy::access::{AccessConfig, Allow};
use portform_proxy::config::Config;
use portform_proxy::database::Database;
use portform_proxy::reading;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

use crate::databases::{TestDatabase, both};
use crate::support::{Made, Proxy, Test, answer, code, towards};
use crate::upstream::{Act, Upstream, accepted};

both!(
    what_a_person_says_is_the_answer_from_then_on,
    only_what_is_unknown_can_be_settled_and_only_once,
    every_answer_says_when_and_by_which_request,
);

const PATH: &str = "/portal/education/cycle/create";
const EHEALTH: &str = "/ehealth/api/contract_requests/capitation/09106b70-18b0-4726-b0ed-6bda1369fd52";

/// A proxy behind a front server, at which nothing can be known because the upstream never answers.
async fn proxy(database: &TestDatabase, upstream: &Upstream) -> Made<Proxy> {
    let mut allow = Allow::default();
    allow.add("clerks=journal-settle")?;
    let access = AccessConfig {
        user_header: Some(HeaderName::from_static("x-remote-user")),
        roles_header: Some(HeaderName::from_static("x-remote-roles")),
        allow,
        ..AccessConfig::default()
    };
    Proxy::start(Config { database: database.config.clone(), access, ..towards(&upstream.url())? }).await
}

fn by(request: RequestBuilder, user: &str, roles: &str) -> RequestBuilder {
    request.header("x-remote-user", user.to_owned()).header("x-remote-roles", roles.to_owned())
}

impl Proxy {
    async fn sent(&self, path: &str, key: &str) -> Made<Response> {
        Ok(by(self.with_key(path, key, "{}"), "ivanov", "").send().await?)
    }

    async fn settle(&self, key: &str, body: &Value, roles: &str) -> Made<(u16, Value)> {
        let request = self.post(&format!("/journal/{key}/settle?user=ivanov"), body.to_string());
        answer(by(request, "petrov", roles).send().await?).await
    }

    async fn asked(&self, key: &str) -> Made<Value> {
        Ok(answer(by(self.get(&format!("/journal/{key}")), "ivanov", "").send().await?).await?.1)
    }
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

async fn what_a_person_says_is_the_answer_from_then_on(database: TestDatabase) -> Test {
    let upstream = Upstream::start(Act::Close).await?;
    let proxy = proxy(&database, &upstream).await?;
    for (at, path, said, status, told) in [
        (0, PATH, "accepted", 200, json!({ "success": true })),
        (1, PATH, "refused", 200, json!({ "success": false, "reason": "settled_by_person", "description": "звонил" })),
        (2, EHEALTH, "accepted", 201, json!({ "data": {} })),
        (3, EHEALTH, "refused", 409, json!({ "error": { "type": "settled_by_person", "message": "звонил" } })),
    ] {
        let key = format!("key-{at}");
        upstream.does(Act::Close);
        assert_eq!(header(&proxy.sent(path, &key).await?, "x-portform-state"), "unknown");
        upstream.does(accepted());
        let (settled, entry) = proxy.settle(&key, &json!({ "state": said, "note": " звонил " }), "clerks").await?;
        assert_eq!(settled, 200, "{entry}");
        assert_eq!(entry, proxy.asked(&key).await?);
        for (name, value) in [
            ("state", json!("sent")),
            ("status", json!(status)),
            ("accepted", json!(said == "accepted")),
            ("error", Value::Null),
            ("user", json!("ivanov")),
        ] {
            assert_eq!(entry.get(name), Some(&value), "{name}");
        }
        let by = entry.get("settled_by").ok_or("somebody")?;
        assert_eq!((by.get("user"), by.get("state")), (Some(&json!("petrov")), Some(&json!(said))));
        assert_eq!((by.get("was"), by.get("note")), (Some(&json!("upstream_broken")), Some(&json!("звонил"))));
        assert_eq!(by.get("at"), entry.get("settled_at"));

        // Nothing is sent, and the answer is said to be a person's.
        let again = proxy.sent(path, &key).await?;
        assert_eq!(
            (header(&again, "x-portform-answer"), header(&again, "x-portform-repeated")),
            ("person".into(), "1".into())
        );
        assert_eq!(Some(&json!(header(&again, "x-portform-at"))), by.get("at"));
        assert_eq!(answer(again).await?, (status, told));
    }
    assert_eq!(upstream.bodies().len(), 4);
    // A refused one is submitted anew under another key.
    assert_eq!(proxy.sent(PATH, "another").await?.status(), 200);
    assert_eq!(upstream.bodies().len(), 5);
    // The note is sealed.
    let held = Database::open(&database.config, None).await?;
    let notes: Vec<Vec<u8>> = reading!(held.store, pool => {
        sqlx::query_scalar("SELECT person_note FROM journal WHERE person_note IS NOT NULL").fetch_all(pool).await?
    });
    let readable = |note: &Vec<u8>| String::from_utf8_lossy(note).contains("звонил");
    assert!(notes.len() == 4 && !notes.iter().any(readable));
    held.close().await;
    // The list says who and when, and leaves the note out.
    let list = by(proxy.get("/journal"), "ivanov", "").send().await?.text().await?;
    assert!(list.contains("\"petrov\"") && !list.contains("звонил"), "{list}");
    Ok(())
}

async fn only_what_is_unknown_can_be_settled_and_only_once(database: TestDatabase) -> Test {
    let upstream = Upstream::start(accepted()).await?;
    let proxy = proxy(&database, &upstream).await?;
    let accepted_by = json!({ "state": "accepted" });
    proxy.sent(PATH, "known").await?;
    let (status, told) = proxy.settle("known", &accepted_by, "clerks").await?;
    assert_eq!((status, code(&told)), (409, "not_unknown"));
    let (status, told) = proxy.settle("never", &accepted_by, "clerks").await?;
    assert_eq!((status, code(&told)), (404, "not_in_journal"));

    upstream.does(Act::Close);
    proxy.sent(PATH, "key").await?;
    for roles in ["", "journal", "editors"] {
        let (status, told) = proxy.settle("key", &accepted_by, roles).await?;
        assert_eq!((status, code(&told)), (403, "not_allowed"), "{roles}");
    }
    for wrong in [json!({}), json!({ "state": "sent" }), json!({ "state": "accepted", "by": "me" }), json!([])] {
        let (status, told) = proxy.settle("key", &wrong, "clerks").await?;
        assert_eq!((status, code(&told)), (400, "request_wrong"), "{wrong}");
    }
    assert_eq!(proxy.asked("key").await?.get("state"), Some(&json!("unknown")));
    let nobody = proxy.post("/journal/key/settle?user=ivanov", accepted_by.to_string()).send().await?;
    assert_eq!(nobody.status(), 401);

    let first = proxy.settle("key", &accepted_by, "clerks").await?;
    assert_eq!(first.0, 200);
    assert_eq!(proxy.settle("key", &accepted_by, "clerks").await?, first);
    let (status, told) = proxy.settle("key", &json!({ "state": "refused" }), "clerks").await?;
    assert_eq!((status, code(&told)), (409, "not_unknown"));
    Ok(())
}

async fn every_answer_says_when_and_by_which_request(database: TestDatabase) -> Test {
    let upstream = Upstream::start(accepted()).await?;
    let proxy = proxy(&database, &upstream).await?;
    for act in [accepted(), Act::Close] {
        upstream.does(act);
        let key = format!("key-{}", upstream.bodies().len());
        let first = proxy.sent(PATH, &key).await?;
        let (at, id) = (header(&first, "x-portform-at"), header(&first, "x-portform-request-id"));
        assert_eq!(id, header(&first, "x-request-id"));
        chrono::DateTime::parse_from_rfc3339(&at).map_err(|error| error.to_string())?;
        let again = proxy.sent(PATH, &key).await?;
        assert_ne!(id, header(&again, "x-request-id"));
        let asked = by(proxy.get(&format!("/journal/{key}")), "ivanov", "").send().await?;
        for response in [&again, &asked] {
            assert_eq!(
                (header(response, "x-portform-at"), header(response, "x-portform-request-id")),
                (at.clone(), id.clone())
            );
        }
        let entry = answer(asked).await?.1;
        assert_eq!((entry.get("settled_at"), entry.get("request_id")), (Some(&json!(at)), Some(&json!(id))));
    }
    let own = proxy.running.url();
    let exposed = by(proxy.with_key(PATH, "key", "{}"), "ivanov", "").header("origin", own).send().await?;
    let exposed = header(&exposed, "access-control-expose-headers");
    assert!(exposed.contains("x-portform-at") && exposed.contains("x-portform-request-id"), "{exposed}");
    Ok(())
}

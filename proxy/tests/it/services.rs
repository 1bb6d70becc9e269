//! Every service of the documents, one after another as an organisation uses them, with the checks of the tables on
//! both sides: from the token to the confirmed results, with everything that the Portal tells in between.

use std::time::Duration;

use portform::{Mode, Options};
use portform_proxy::config::Config;
use portform_proxy::routes::{Method, documented};
use portform_proxy::sandbox::SandboxConfig;
use portform_proxy::sandbox::callbacks::Retry;
use serde_json::{Value, json};

use crate::databases::{TestDatabase, both};
use crate::portal::Events;
use crate::support::{CYCLE, CYCLE_ID, Made, PROGRAMME, Proxy, RESULTS, Test, answer, with};

both!(every_service_of_the_documents);

const CONTRACT: &str = include_str!("../../../tests/fixtures/signed/capitation.txt");

/// What came as an answer, held to its table: nothing in it may even need a lenient reading.
fn held_to(payload: &str, given: &Value) -> Test {
    let payload = portform::payload(payload).ok_or("a payload")?;
    let options = Options { mode: Mode::Strict, ..Options::default() };
    let text = given.to_string();
    let report = portform::check_json(payload, text.as_bytes(), &options);
    assert!(report.valid(), "{text}: {}", report.issues_json());
    Ok(())
}

struct Organisation {
    proxy: Proxy,
    events: Events,
}

impl Organisation {
    /// Submits what the documents want accepted.
    async fn submits(&self, path: &str, body: &Value) -> Made<Value> {
        let (status, given) = self.proxy.submit(&format!("/portal/{path}"), body.to_string()).await?;
        if status == 200 && given.get("success") == Some(&json!(true)) {
            Ok(given)
        } else {
            Err(format!("{path} answered {status}: {given}").into())
        }
    }

    /// What the next event tells.
    async fn hears(&mut self, kind: &str) -> Made<Value> {
        let (_, item) = self.events.next().await?.ok_or("an event")?;
        if item.get("kind") != Some(&json!(kind)) {
            return Err(format!("not {kind}: {item}").into());
        }
        Ok(item.get("value").cloned().ok_or("a value")?)
    }

    /// What happens at the Portal.
    async fn at_the_portal(&self, control: &str, body: Value) -> Made<Value> {
        let (status, done) = self.proxy.submit(&format!("/sandbox/{control}"), body.to_string()).await?;
        if (200..300).contains(&status) { Ok(done) } else { Err(format!("{control}: {status} {done}").into()) }
    }
}

async fn every_service_of_the_documents(database: TestDatabase) -> Test {
    let sandbox = SandboxConfig {
        retry: Retry { first: Duration::from_millis(5), ..Retry::default() },
        ..SandboxConfig::default()
    };
    let proxy =
        Proxy::start(Config { sandbox: Some(sandbox), database: database.config.clone(), ..Config::default() }).await?;
    let events = Events::open(proxy.get("/inbox/events")).await?;
    let mut it = Organisation { proxy, events };

    // Both reference lists; the first one asks for a token by password, and later another one by refresh.
    for (path, payload) in [("specialities", "reference.specialities"), ("programmes", "reference.programmes")] {
        let (status, list) = answer(it.proxy.get(&format!("/portal/umk/{path}")).send().await?).await?;
        assert_eq!(status, 200);
        held_to(payload, &list)?;
    }
    assert_eq!(it.proxy.tokens().await?, (1, 0, 0));

    // A programme is added, sent back twice with the same words, changed each time, and approved.
    let number = json!("ДПП-2027/1");
    let programme = with(PROGRAMME, &[("program_number", number.clone())])?;
    held_to("programme.answer", &it.submits("education/dpppk/create", &programme).await?)?;
    let ask = json!({ "program_id": number });
    let status = it.submits("education/dpppk/status", &ask).await?;
    assert_eq!(status.get("status"), Some(&json!("in_progress")));
    held_to("status.answer", &status)?;
    let review = "programmes/%D0%94%D0%9F%D0%9F-2027%2F1/status";
    it.proxy.fault(json!({ "fault": "expire_tokens" })).await?;
    for _ in 0..2 {
        it.at_the_portal(review, json!({ "status": "needs_revision", "comment": "Уточните объём" })).await?;
        let notice = it.hears("expertise").await?;
        let expected = json!({ "program_id": number, "status": "needs_revision", "comment": "Уточните объём" });
        assert_eq!(notice, expected);
        let changed = with(&programme.to_string(), &[("change_comment", json!("Объём уточнён"))])?;
        held_to("programme.answer", &it.submits("education/dpppk/update", &changed).await?)?;
    }
    assert_eq!(it.proxy.tokens().await?, (1, 1, 0));
    it.at_the_portal(review, json!({ "status": "approved" })).await?;
    assert_eq!(it.hears("expertise").await?.get("status"), Some(&json!("approved")));
    let status = it.submits("education/dpppk/status", &ask).await?;
    assert_eq!(status.get("status"), Some(&json!("approved")));

    // A cycle is added and changed, another one is added and cancelled. The Portal is told which there are.
    let cycle = with(CYCLE, &[("programme", number.clone())])?;
    held_to("cycle.answer", &it.submits("education/cycle/create", &cycle).await?)?;
    held_to("cycle.answer", &it.submits("education/cycle/update", &cycle).await?)?;
    let other = with(CYCLE, &[("programme", number.clone()), ("id", json!("another"))])?;
    it.submits("education/cycle/create", &other).await?;
    held_to("cycle.answer", &it.submits("education/cycle/cancel", &json!({ "id": "another" })).await?)?;
    let known = json!({ "programmes": [number], "cycles": [{ "id": CYCLE_ID, "programme": number }] });
    assert_eq!(it.proxy.put("/inbox/known", &known).send().await?.status(), 200);

    // A specialist applies and gets a comment, another one applies and cancels.
    let applications = format!("cycles/{CYCLE_ID}/applications");
    let applied = it.at_the_portal(&applications, json!({})).await?;
    let application = it.hears("application").await?;
    held_to("application", &application)?;
    assert_eq!(application.get("request_id"), applied.get("request_id"));
    let mut comment = json!({ "comment": "Ждём вас" });
    for key in ["program_id", "cycle_id", "request_id", "request_number", "snils"] {
        if let (Some(fields), Some(value)) = (comment.as_object_mut(), application.get(key)) {
            fields.insert(key.to_owned(), value.clone());
        }
    }
    held_to("application.answer", &it.submits("education/request/comment", &comment).await?)?;
    let second = it.at_the_portal(&applications, json!({})).await?;
    it.hears("application").await?;
    it.at_the_portal(&format!("{applications}/5/cancel"), json!({})).await?;
    let cancelled = it.hears("cancellation").await?;
    held_to("application", &cancelled)?;
    assert_eq!(cancelled.get("request_id"), second.get("request_id"));

    // The results, many at once and one by one, and their confirmation.
    let results: Value = serde_json::from_str(RESULTS)?;
    held_to("results.answer", &it.submits("results/bulk-update", &results).await?)?;
    let result = json!({
        "cycle_id": CYCLE_ID, "request_number": application.get("request_number"), "attended": true,
        "result_status": "SUCCEED", "test_mark": 5, "certificate": "77-1",
    });
    held_to("results.answer", &it.submits("results/update", &result).await?)?;
    held_to("results.answer", &it.submits("results/confirm", &json!({ "cycle_id": CYCLE_ID })).await?)?;

    // eHealth's contract, signed.
    let contract = "api/contract_requests/capitation/09106b70-18b0-4726-b0ed-6bda1369fd52";
    let envelope = json!({ "signed_content": CONTRACT.trim(), "signed_content_encoding": "base64" });
    let (status, created) = it.proxy.submit(&format!("/ehealth/{contract}"), envelope.to_string()).await?;
    assert_eq!((status, created.pointer("/data/status")), (201, Some(&json!("NEW"))), "{created}");

    // Nothing was left out: every documented path has received a body.
    for route in documented().iter().filter(|route| route.method == Method::Post) {
        let path = if route.path.contains('{') { contract } else { route.path.as_str() };
        assert!(it.proxy.received(path).await?.is_some(), "{path}");
    }
    // And everything that the Portal told was answered with success, at the first attempt.
    let (_, told) = answer(it.proxy.get("/sandbox/callbacks").send().await?).await?;
    let told = told.get("callbacks").and_then(Value::as_array).ok_or("a list")?;
    assert_eq!(told.len(), 6);
    for callback in told {
        let given = callback.get("answer").ok_or("an answer")?;
        let is_review = callback.get("service") == Some(&json!("expertise"));
        held_to(if is_review { "status.answer" } else { "application.answer" }, given)?;
        assert_eq!((given.get("success"), callback.get("attempts")), (Some(&json!(true)), Some(&json!(1))));
    }
    assert_eq!(it.proxy.tokens().await?, (1, 1, 0));
    Ok(())
}

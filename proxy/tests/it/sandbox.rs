//! The sandbox behaves as the documents say: each service, each of its reasons, and a state that outlives a restart.

use portform_proxy::config::Config;
use portform_proxy::sandbox::SandboxConfig;
use serde_json::{Value, json};

use crate::support::{
    CYCLE, CYCLE_ID, Made, PROGRAMME, Proxy, RESULTS, Test, accept, answer, cycle, in_memory, with, without,
};

const PROGRAMME_CREATE: &str = "/portal/education/dpppk/create";
const PROGRAMME_UPDATE: &str = "/portal/education/dpppk/update";
const PROGRAMME_STATUS: &str = "/portal/education/dpppk/status";
const CYCLE_CREATE: &str = "/portal/education/cycle/create";
const CYCLE_UPDATE: &str = "/portal/education/cycle/update";
const CYCLE_CANCEL: &str = "/portal/education/cycle/cancel";
const COMMENT: &str = "/portal/education/request/comment";
const BULK: &str = "/portal/results/bulk-update";
const SINGLE: &str = "/portal/results/update";
const CONFIRM: &str = "/portal/results/confirm";

fn example(text: &str) -> Made<Value> {
    Ok(serde_json::from_str(text)?)
}

async fn refused(proxy: &Proxy, path: &str, body: &Value, reason: &str) -> Test {
    assert_eq!(proxy.reason(path, body).await?.as_deref(), Some(reason), "{path} {body}");
    Ok(())
}

async fn accepted(proxy: &Proxy, path: &str, body: &Value) -> Test {
    assert_eq!(proxy.reason(path, body).await?, None, "{path} {body}");
    Ok(())
}

async fn move_to(proxy: &Proxy, number: &str, status: &str) -> Test {
    let body = json!({ "status": status, "comment": "Уточните объём" });
    let (code, answer) = proxy.submit(&format!("/sandbox/programmes/{number}/status"), body.to_string()).await?;
    assert_eq!((code, answer.get("status")), (200, Some(&json!(status))));
    Ok(())
}

#[tokio::test]
async fn a_programme_goes_through_its_review() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    refused(&proxy, PROGRAMME_CREATE, &example(PROGRAMME)?, "already_exists").await?;
    let programme = with(PROGRAMME, &[("program_number", json!("12/34"))])?;
    refused(&proxy, PROGRAMME_UPDATE, &programme, "not_found").await?;
    accepted(&proxy, PROGRAMME_CREATE, &programme).await?;
    refused(&proxy, PROGRAMME_CREATE, &programme, "already_exists").await?;

    let ask = json!({ "program_id": "12/34" });
    let status = async || proxy.submit(PROGRAMME_STATUS, ask.to_string()).await;
    assert_eq!(status().await?, (200, json!({ "success": true, "status": "in_progress" })));
    refused(&proxy, PROGRAMME_UPDATE, &programme, "incorrect_data").await?;

    move_to(&proxy, "12%2F34", "needs_revision").await?;
    let rejected = json!({ "success": true, "status": "rejected", "status_reason": "Уточните объём" });
    assert_eq!(status().await?, (200, rejected));
    accepted(&proxy, PROGRAMME_UPDATE, &programme).await?;
    assert_eq!(status().await?, (200, json!({ "success": true, "status": "in_progress" })));
    refused(&proxy, PROGRAMME_UPDATE, &programme, "incorrect_data").await?;

    for (moved, code) in [("approved", "approved"), ("archived", "Closed"), ("in_progress", "in_progress")] {
        move_to(&proxy, "12%2F34", moved).await?;
        let (_, answer) = status().await?;
        assert_eq!(answer.get("status"), Some(&json!(code)));
    }
    Ok(())
}

#[tokio::test]
async fn a_programme_with_something_missing_or_wrong() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    for field in ["program_number", "name", "development_year", "is_network", "specialities"] {
        let programme = without(PROGRAMME, field)?;
        refused(&proxy, PROGRAMME_CREATE, &programme, "incomplete_data").await?;
    }
    let speciality = json!([{ "name": "Алхимия", "main": true }]);
    let programme = with(PROGRAMME, &[("program_number", json!("N")), ("specialities", speciality)])?;
    let (_, answer) = proxy.submit(PROGRAMME_CREATE, programme.to_string()).await?;
    let refusal = json!({ "success": false, "reason": "incorrect_data", "description": "Неизвестная специальность" });
    assert_eq!(answer, refusal);
    for (field, value) in
        [("education_form", json!("evening")), ("is_paid", json!("maybe")), ("volume_zet_total", json!("many"))]
    {
        let programme = with(PROGRAMME, &[(field, value)])?;
        refused(&proxy, PROGRAMME_CREATE, &programme, "incorrect_data").await?;
    }
    refused(&proxy, PROGRAMME_STATUS, &json!({ "program_id": "none" }), "unknown_program").await?;
    refused(&proxy, PROGRAMME_STATUS, &json!({}), "incorrect_data").await?;
    Ok(())
}

#[tokio::test]
async fn a_cycle_is_added_changed_and_cancelled() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    refused(&proxy, CYCLE_UPDATE, &example(CYCLE)?, "cycle_not_found").await?;
    accepted(&proxy, CYCLE_CREATE, &example(CYCLE)?).await?;
    refused(&proxy, CYCLE_CREATE, &example(CYCLE)?, "already_exists").await?;
    accepted(&proxy, CYCLE_UPDATE, &example(CYCLE)?).await?;
    let stranger = with(CYCLE, &[("programme", json!("none"))])?;
    refused(&proxy, CYCLE_UPDATE, &stranger, "program_not_found").await?;
    let stranger = with(CYCLE, &[("id", json!("another")), ("programme", json!("none"))])?;
    refused(&proxy, CYCLE_CREATE, &stranger, "program_not_found").await?;
    refused(&proxy, CYCLE_CANCEL, &json!({ "id": "none" }), "cycle_not_found").await?;
    refused(&proxy, CYCLE_CANCEL, &json!({}), "incomplete_data").await?;
    accepted(&proxy, CYCLE_CANCEL, &json!({ "id": CYCLE_ID })).await?;
    refused(&proxy, CYCLE_CANCEL, &json!({ "id": CYCLE_ID }), "incorrect_data").await?;
    refused(&proxy, CYCLE_UPDATE, &example(CYCLE)?, "incorrect_data").await?;
    Ok(())
}

#[tokio::test]
async fn a_cycle_with_something_missing_or_wrong() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    for field in ["id", "programme", "begin_date", "is_paid", "price", "budget_places"] {
        refused(&proxy, CYCLE_CREATE, &without(CYCLE, field)?, "incomplete_data").await?;
    }
    let address = json!({ "region": "Москва" });
    refused(&proxy, CYCLE_CREATE, &with(CYCLE, &[("address", address)])?, "incomplete_data").await?;
    for (field, value) in [
        ("end_date", json!("2019-11-30")),
        ("begin_date", json!("2019-02-30")),
        ("price", json!("dear")),
        ("education_form", json!("evening")),
        ("id", json!(7)),
    ] {
        refused(&proxy, CYCLE_CREATE, &with(CYCLE, &[(field, value)])?, "incorrect_data").await?;
    }
    let mut free = with(CYCLE, &[("is_paid", json!(false)), ("address", json!([]))])?;
    let fields = free.as_object_mut().ok_or("an object")?;
    for field in ["price", "has_paid_places", "paid_places"] {
        fields.remove(field);
    }
    accepted(&proxy, CYCLE_CREATE, &free).await?;
    let (status, answer) = proxy.submit(CYCLE_CREATE, "not json").await?;
    assert_eq!((status, answer.get("error")), (400, Some(&json!("Bad request"))));
    Ok(())
}

#[tokio::test]
async fn a_cycle_needs_an_approved_programme() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    move_to(&proxy, "TEST-1234", "archived").await?;
    refused(&proxy, CYCLE_CREATE, &example(CYCLE)?, "incorrect_data").await
}

#[tokio::test]
async fn results_are_taken_once_their_cycle_is_there() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    refused(&proxy, BULK, &example(RESULTS)?, "unknown_request").await?;
    refused(&proxy, CONFIRM, &json!({ "cycle_id": CYCLE_ID }), "unknown_request").await?;
    accepted(&proxy, CYCLE_CREATE, &example(CYCLE)?).await?;
    refused(&proxy, CONFIRM, &json!({ "cycle_id": CYCLE_ID }), "incomplete_data").await?;
    accepted(&proxy, BULK, &example(RESULTS)?).await?;
    let single = json!({ "cycle_id": CYCLE_ID, "request_number": "1", "result_status": "succed", "test_mark": 4 });
    accepted(&proxy, SINGLE, &single).await?;
    accepted(&proxy, CONFIRM, &json!({ "cycle_id": CYCLE_ID })).await?;
    for (path, body) in [(BULK, example(RESULTS)?), (SINGLE, single), (CONFIRM, json!({ "cycle_id": CYCLE_ID }))] {
        refused(&proxy, path, &body, "already_completed").await?;
    }
    Ok(())
}

#[tokio::test]
async fn results_of_which_one_is_unknown_are_not_taken_at_all() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    accepted(&proxy, CYCLE_CREATE, &example(CYCLE)?).await?;
    let result = |number: &str| json!({ "request_number": number, "result_status": "NOT_TRAINED" });
    let body = json!({ "cycle_id": CYCLE_ID, "results": [result("1"), result("99")] });
    refused(&proxy, BULK, &body, "unknown_request").await?;
    let (_, state) = answer(proxy.get("/sandbox/state").send().await?).await?;
    let applications = state.get("applications").and_then(Value::as_array).ok_or("a list")?;
    assert_eq!(applications.len(), 3);
    assert!(applications.iter().all(|application| application.get("result_status") == Some(&Value::Null)), "{state}");
    Ok(())
}

#[tokio::test]
async fn results_with_something_missing() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    accepted(&proxy, CYCLE_CREATE, &example(CYCLE)?).await?;
    for body in [
        json!({ "cycle_id": CYCLE_ID }),
        json!({ "cycle_id": CYCLE_ID, "results": [] }),
        json!({ "cycle_id": CYCLE_ID, "results": [7] }),
        json!({ "cycle_id": CYCLE_ID, "results": [{ "request_number": "1" }] }),
        json!({ "cycle_id": CYCLE_ID, "results": [{ "request_number": "1", "result_status": "failed" }] }),
        json!({ "cycle_id": CYCLE_ID, "results": [{ "request_number": "1", "result_status": "absent" }] }),
        json!({ "cycle_id": CYCLE_ID, "results": [{ "request_number": "1", "result_status": "failed", "test_mark": 6 }] }),
        json!({ "cycle_id": CYCLE_ID, "results": [{ "cycle_id": "x", "request_number": "1", "result_status": "not_trained" }] }),
    ] {
        refused(&proxy, BULK, &body, "incomplete_data").await?;
    }
    refused(&proxy, SINGLE, &json!({ "request_number": "1" }), "incomplete_data").await?;
    refused(&proxy, CONFIRM, &json!({}), "incomplete_data").await
}

#[tokio::test]
async fn a_comment_reaches_its_application() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let comment = json!({
        "program_id": "TEST-1234", "cycle_id": CYCLE_ID, "request_id": "r-1", "request_number": "2", "comment": "Принята"
    });
    refused(&proxy, COMMENT, &comment, "cycle_not_found").await?;
    accepted(&proxy, CYCLE_CREATE, &example(CYCLE)?).await?;
    accepted(&proxy, COMMENT, &comment).await?;
    let text = comment.to_string();
    for (field, value, reason) in [
        ("program_id", json!("none"), "program_not_found"),
        ("cycle_id", json!("none"), "cycle_not_found"),
        ("request_number", json!("99"), "incorrect_data"),
        ("comment", json!(" "), "incorrect_data"),
        ("request_id", Value::Null, "incorrect_data"),
    ] {
        refused(&proxy, COMMENT, &with(&text, &[(field, value)])?, reason).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_restart_keeps_the_state_and_a_reset_does_not() -> Test {
    let directory = tempfile::tempdir()?;
    let config = || Config {
        sandbox: Some(SandboxConfig {
            database: Some(directory.path().join("state.sqlite")),
            ..SandboxConfig::default()
        }),
        check: accept,
        ..Config::default()
    };
    let proxy = Proxy::start(config()).await?;
    accepted(&proxy, CYCLE_CREATE, &example(CYCLE)?).await?;
    accepted(&proxy, CYCLE_CREATE, &cycle("another")?).await?;
    let sent = proxy.received("education/cycle/create").await?;
    proxy.running.stop().await;

    let proxy = Proxy::start(config()).await?;
    assert_eq!(proxy.received("education/cycle/create").await?, sent);
    refused(&proxy, CYCLE_CREATE, &example(CYCLE)?, "already_exists").await?;
    assert_eq!(proxy.post("/sandbox/reset", "").send().await?.status(), 204);
    assert_eq!(proxy.received("education/cycle/create").await?, None);
    accepted(&proxy, CYCLE_CREATE, &example(CYCLE)?).await
}

#[tokio::test]
async fn the_controls_say_what_they_do_not_know() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let (status, _) = proxy.submit("/sandbox/programmes/none/status", r#"{"status":"approved"}"#).await?;
    assert_eq!(status, 404);
    let (status, _) = proxy.submit("/sandbox/programmes/TEST-1234/status", r#"{"status":"lost"}"#).await?;
    assert_eq!(status, 400);
    let (status, _) = answer(proxy.get("/sandbox/unknown").send().await?).await?;
    assert_eq!(status, 404);
    Ok(())
}

//! The rules of what comes back: answers RSP-01 and RSP-02, the token TOK-01, the reference lists REF-01 and REF-02; each tripped by
//! one test and left alone by another.

use crate::support::{Case, example, issues};
use portform::Options;
use serde_json::{Value, json};

const ANSWERS: [&str; 4] = ["programme.answer", "cycle.answer", "results.answer", "application.answer"];

#[test]
fn rsp_01_trips_on_an_answer_without_success() {
    for name in ANSWERS {
        Case::new(name, json!({})).trips("RSP-01", "/success", "required", "error");
        Case::new(name, json!({ "success": "ok" })).trips("RSP-01", "/success", "type", "error");
        Case::new(name, json!({ "success": true, "description": {} })).trips("RSP-01", "/description", "type", "error");
    }
    let state = json!({ "success": true, "state": "gone" });
    Case::new("application.answer", state).trips("RSP-01", "/state", "enum", "error");
}

#[test]
fn rsp_01_is_quiet_on_success_and_on_failure() {
    for name in ANSWERS {
        Case::new(name, json!({ "success": true })).fine();
        Case::new(name, json!({ "Success": "TRUE" })).quiet("RSP-01");
        Case::new(
            name,
            json!({ "success": false, "reason": "incorrect_data", "description": "Неизвестная специальность" }),
        )
        .quiet("RSP-01");
    }
    Case::new("application.answer", json!({ "success": true, "state": "cancelled" })).fine();
}

#[test]
fn rsp_01_trips_when_a_failure_has_no_reason() {
    for name in ANSWERS {
        for reason in [json!(null), json!(" ")] {
            let case = Case::new(name, json!({ "success": "false", "reason": reason }));
            case.trips("RSP-01", "/reason", "required_when", "error");
            case.quiet("RSP-02");
        }
        let rules = portform::export::fields(crate::support::table(name), &Options::default());
        let reason = rules.iter().find(|field| field.pointer == "/reason").map(|field| field.rules.clone());
        assert_eq!(reason.unwrap_or_default(), ["RSP-02", "RSP-01"]);
    }
}

#[test]
fn rsp_02_trips_on_a_reason_that_is_no_text() {
    for name in ANSWERS {
        Case::new(name, json!({ "success": false, "reason": true })).trips("RSP-02", "/reason", "type", "error");
        let long = "x".repeat(10_001);
        Case::new(name, json!({ "success": false, "reason": long })).trips("RSP-02", "/reason", "too_long", "error");
    }
}

#[test]
fn rsp_02_is_quiet_and_keeps_the_raw_reason_over_one_that_says_nothing() {
    for name in ["programme.answer", "cycle.answer", "status.answer", "results.answer", "application.answer"] {
        for raw in [json!(null), json!(""), json!(" \u{a0}")] {
            let case = Case::new(name, json!({ "success": false, "reason": "zzz", "reason_raw": raw }));
            case.fine();
            assert_eq!(case.body(), json!({ "success": false, "reason": "unknown", "reason_raw": "zzz" }));
        }
        let given = Case::new(name, json!({ "success": false, "reason": "zzz", "reason_raw": "yyy" }));
        assert_eq!(given.body()["reason_raw"], "yyy");
        let listed = Case::new(name, json!({ "success": false, "reason": "incorrect_pin", "reason_raw": null }));
        assert_eq!(listed.body().get("reason_raw").is_some(), name != "results.answer");
        let unknown = Case::new(name, json!({ "success": false, "reason": "unknown" }));
        assert_eq!(unknown.body(), json!({ "success": false, "reason": "unknown" }));
    }
}

#[test]
fn rsp_02_is_quiet_on_the_documents_reasons_and_reads_any_other_as_unknown() {
    let listed: [(&str, &[&str]); 5] = [
        ("programme.answer", &["already_exists", "not_found", "incomplete_data", "incorrect_data"]),
        (
            "cycle.answer",
            &["already_exists", "cycle_not_found", "program_not_found", "incomplete_data", "incorrect_data"],
        ),
        ("application.answer", &["cycle_not_found", "program_not_found", "incorrect_data"]),
        ("status.answer", &["unknown_program", "incorrect_data"]),
        ("results.answer", &["unknown_request", "incorrect_pin", "already_completed", "incomplete_data"]),
    ];
    for (name, reasons) in listed {
        for reason in reasons {
            let case = Case::new(name, json!({ "success": false, "reason": reason }));
            case.fine();
            assert_eq!(case.body(), json!({ "success": false, "reason": reason }));
        }
        for odd in ["server_on_fire", "Нет такой", "program-not-found"] {
            let case = Case::new(name, json!({ "success": false, "reason": odd }));
            case.fine();
            let read = json!({ "success": false, "reason": "unknown", "reason_raw": odd });
            assert_eq!(case.body(), read);
            let again = Case::new(name, case.body());
            again.clone().strict().fine();
            assert_eq!(again.body(), read);
        }
        Case::new(name, json!({ "success": true })).quiet("RSP-02");
    }
}

fn token() -> Case {
    Case::new("token.answer", serde_json::from_str(&example("token.answer")).unwrap_or_default())
}

#[test]
fn tok_01_trips_without_a_token() {
    token().without("/access_token").trips("TOK-01", "/access_token", "required", "error");
    token().set("/expires_in", -1).trips("TOK-01", "/expires_in", "too_small", "error");
    token().set("/expires_in", 0.5).trips("TOK-01", "/expires_in", "integer", "error");
    token().set("/scope", json!([])).trips("TOK-01", "/scope", "type", "error");
}

#[test]
fn tok_01_is_quiet_on_the_documents_example() {
    token().fine();
    Case::new("token.answer", json!({ "access_token": "t" })).fine();
}

fn specialities(value: Value) -> Case {
    Case::new("reference.specialities", value)
}

#[test]
fn ref_01_trips_on_a_speciality_without_a_name() {
    let case = specialities(json!({ "specialities": [{ "name": "Радиология" }, {}] }));
    case.trips("REF-01", "/specialities/1/name", "required", "error");
    specialities(json!({})).trips("REF-01", "/specialities", "required", "error");
}

#[test]
fn ref_01_is_quiet_on_the_documents_example_once_mended() {
    let mended = example("reference.specialities.mended");
    assert_eq!(issues("reference.specialities", mended, &Options::default()), []);
    specialities(json!({ "specialities": [] })).fine();
}

fn programmes(value: Value) -> Case {
    Case::new("reference.programmes", json!({ "programmes": [value] }))
}

#[test]
fn ref_02_trips_on_a_programme_kit_or_partition_without_an_id() {
    programmes(json!({ "name": "x" })).trips("REF-02", "/programmes/0/id", "required", "error");
    let kit = json!({ "id": "p", "umk": [{ "name": "1", "actual": "?" }] });
    programmes(kit).finds(
        "REF-02",
        &[("/programmes/0/umk/0/id", "required", "error"), ("/programmes/0/umk/0/actual", "type", "error")],
    );
    programmes(json!({ "id": "p", "umk": [{ "id": "k", "partitions": [{}] }] })).trips(
        "REF-02",
        "/programmes/0/umk/0/partitions/0/id",
        "required",
        "error",
    );
}

#[test]
fn ref_02_is_quiet_on_the_documents_example() {
    assert_eq!(issues("reference.programmes", example("reference.programmes"), &Options::default()), []);
    programmes(json!({ "id": "p" })).fine();
}

//! An upstream's answers on the fields of the form, RSP-03 and RSP-04, and the proxy's own answers: each tripped by one test and left
//! alone by another.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use crate::support::table;
use portform::explain::explain;
use portform::packed::Input;
use portform::{Issue, Locale, Options};
use serde_json::{Value, json};

fn told(name: &str, status: u16, body: impl ToString) -> Vec<Issue> {
    explain(table(name), &Options::default(), status, Input::Text(body.to_string().as_bytes()))
}

/// Pointer, reason and rule of each issue.
fn places(name: &str, status: u16, body: impl ToString) -> Vec<(String, String, String)> {
    let shown = |issue: &Issue| {
        let json = serde_json::to_value(issue.localized(Locale::Ru)).unwrap();
        assert_eq!((&json["code"], &json["severity"]), (&json!("refused"), &json!("error")));
        assert_eq!(json["params"]["status"], status);
        (issue.pointer(), json["params"]["reason"].as_str().unwrap().to_owned(), issue.rule.to_string())
    };
    told(name, status, body).iter().map(shown).collect()
}

#[track_caller]
fn finds(name: &str, status: u16, body: impl ToString, pointer: &str, reason: &str, rule: &str) {
    assert_eq!(places(name, status, body), [(pointer.to_owned(), reason.to_owned(), rule.to_owned())]);
}

fn refusal(reason: &str) -> Value {
    json!({ "success": false, "reason": reason })
}

#[test]
fn rsp_03_trips_on_the_field_that_the_reason_is_about() {
    for (name, reason, pointer) in [
        ("programme.create", "already_exists", "/program_number"),
        ("programme.update", "not_found", "/program_number"),
        ("cycle.create", "already_exists", "/id"),
        ("cycle.update", "cycle_not_found", "/id"),
        ("cycle.cancel", "cycle_not_found", "/id"),
        ("cycle.create", "program_not_found", "/programme"),
        ("application.comment", "cycle_not_found", "/cycle_id"),
        ("application.comment", "program_not_found", "/program_id"),
        ("programme.status", "unknown_program", "/program_id"),
        ("result.update", "unknown_request", "/request_number"),
        ("results.bulk_update", "unknown_request", ""),
        ("results.confirm", "unknown_request", ""),
        ("results.confirm", "incorrect_pin", ""),
        ("results.bulk_update", "already_completed", ""),
        ("cycle.create", "incomplete_data", ""),
        ("cycle.create", "incorrect_data", ""),
        ("cycle.create", "Program_Not_Found", "/programme"),
    ] {
        finds(name, 200, refusal(reason), pointer, &reason.to_lowercase(), "RSP-03");
    }
    finds("cycle.create", 200, refusal("something_new"), "", "unknown", "RSP-03");
    finds("cycle.create", 200, r#"{"Success":"False"}"#, "", "unknown", "RSP-03");
    finds("cycle.create", 400, r#"{"reason":"already_exists"}"#, "/id", "already_exists", "RSP-03");
}

#[test]
fn rsp_03_finds_the_field_in_the_description_the_longest_name_first() {
    for (name, description, pointer) in [
        ("programme.create", "Неизвестная специальность", "/specialities"),
        ("programme.create", "Невідома спеціальність «Ворожіння»", "/specialities"),
        ("programme.create", "Unknown speciality", "/specialities"),
        ("programme.create", "Поле volume_zet_total заполнено неверно", "/volume_zet_total"),
        ("programme.create", "не указан год разработки", "/development_year"),
        ("programme.create", "Не вказано рік розроблення", "/development_year"),
        ("programme.create", "Трудоёмкость должна быть положительной", "/volume_zet_total"),
        ("programme.create", "Объём стажировки больше общего", "/internship/volume"),
        ("cycle.create", "Неверный адрес электронной почты", "/email"),
        ("cycle.create", "Дата начала цикла позже даты окончания", "/begin_date"),
        ("cycle.create", "address.region is empty", "/address/region"),
        ("cycle.create", "bad id", "/id"),
        ("cycle.create", "an idea of the middle", ""),
        ("cycle.create", "price_foms", "/price_foms"),
        ("cycle.create", "Ошибка", ""),
        ("results.bulk_update", "Не указана оценка итогового тестирования", "/results"),
    ] {
        let body = json!({ "success": false, "reason": "incorrect_data", "description": description });
        finds(name, 200, body, pointer, "incorrect_data", "RSP-03");
    }
    let message = told(
        "cycle.create",
        200,
        json!({ "success": false, "reason": "incorrect_data", "description": "Неверный\n телефон" }),
    )[0]
    .message(Locale::Ru);
    assert!(message.contains("Неверный телефон"), "{message}");
    let long = json!({ "success": false, "reason": "incorrect_data", "description": "я".repeat(5000) });
    assert!(told("cycle.create", 200, long)[0].message(Locale::Ru).chars().count() < 700);
}

#[test]
fn rsp_03_is_quiet_when_it_was_accepted() {
    for name in ["programme.create", "cycle.create", "results.bulk_update", "result.update", "results.confirm"] {
        assert_eq!(told(name, 200, json!({ "success": true })), []);
        assert_eq!(told(name, 200, json!({ "Success": "true", "description": "" })), []);
    }
    assert_eq!(told("programme.status", 200, json!({ "status": "not_approved", "status_reason": "доработать" })), []);
    assert_eq!(told("programme.status", 200, json!({ "success": true, "status": "approved" })), []);
}

#[test]
fn rsp_04_trips_on_whatever_else_an_upstream_says() {
    for (status, body, reason) in [
        (500, "<html><body><h1>500</h1>stack trace</body></html>", "upstream_error"),
        (502, "", "upstream_error"),
        (200, "", "unavailable"),
        (200, "<!doctype html>", "unavailable"),
        (200, r#"{"success":tr"#, "unavailable"),
        (200, "null", "unavailable"),
        (200, "[]", "unavailable"),
        (200, "42", "unavailable"),
        (200, "{}", "unavailable"),
        (404, "not here", "unavailable"),
        (401, r#"{"error":"invalid_token","error_description":"expired"}"#, "unauthorized"),
        (401, "", "unauthorized"),
        (403, r#"{"error":"forbidden"}"#, "forbidden"),
        (500, r#"{"error":"Server error","details":"NullPointerException"}"#, "upstream_error"),
        (500, r#"{"error":{"deep":[]},"details":7}"#, "upstream_error"),
    ] {
        finds("cycle.create", status, body, "", reason, "RSP-04");
    }
    let details = told("cycle.create", 500, r#"{"error":"Server error","details":"database is down"}"#);
    assert!(details[0].message(Locale::En).contains("database is down"));
    let page = told("cycle.create", 500, "<html>stack trace</html>");
    assert!(!page[0].message(Locale::En).contains("stack"));
}

#[test]
fn rsp_04_puts_the_platforms_list_on_its_fields() {
    let list = json!([
        { "message": "may not be null", "path": "programNumber", "invalidValue": "Секрет" },
        { "message": "bad", "path": "entity.specialities[1].name", "invalidValue": null },
        { "message": "bad", "path": "/address/city" },
        { "message": "odd", "path": "nowhere", "invalidValue": { "secret": "Секрет" } },
        { "message": "odd", "path": 7 },
        5
    ]);
    let found = places("programme.create", 400, &list);
    let pointers: Vec<_> = found.iter().map(|(pointer, ..)| pointer.as_str()).collect();
    assert_eq!(pointers, ["/program_number", "/specialities/1/name", "", "", "", ""]);
    assert!(found.iter().all(|(.., rule)| rule == "RSP-04"));
    for issue in told("programme.create", 400, &list) {
        let json = serde_json::to_string(&issue.localized(Locale::Ru)).unwrap();
        assert!(!json.contains("Секрет") && !json.contains("secret"), "{json}");
    }
    assert_eq!(places("cycle.create", 400, &list)[2].0, "/address/city");
}

#[test]
fn rsp_04_is_quiet_on_an_accepted_answer_and_on_a_reference_list() {
    assert_eq!(told("cycle.create", 200, json!({ "success": true })), []);
    assert_eq!(told("reference.specialities", 200, json!({ "specialities": [] })), []);
}

#[test]
fn a_value_from_javascript_reads_as_its_text_does() {
    let text = |text: &str| {
        let mut bytes = vec![5];
        bytes.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
        bytes.extend(text.as_bytes());
        bytes
    };
    let of = |bytes: &[u8]| {
        let issues = explain(table("cycle.create"), &Options::default(), 200, Input::Packed(bytes));
        issues.iter().map(Issue::pointer).collect::<Vec<_>>()
    };
    assert_eq!(of(&text(r#"{"success":false,"reason":"already_exists"}"#)), ["/id"]);
    assert_eq!(of(&text("<html>")), [""]);
    assert_eq!(of(&text(r#"{"success":true}"#)), [""; 0]);
    let mut object = vec![7, 2, 0, 0, 0, 0xff];
    object.extend(&text("success")[1..]);
    object.push(2);
    object.push(0xff);
    object.extend(&text("reason")[1..]);
    object.extend(text("already_exists"));
    assert_eq!(of(&object), ["/id"]);
    for odd in [&[0][..], &[1], &[8, 0, 0, 0, 0, 0], &[], &[9]] {
        assert_eq!(of(odd), [""], "{odd:?}");
    }
}

#[test]
fn the_proxys_own_answers_speak_for_themselves() {
    let message =
        json!({ "ru": "Портал не ответил.", "uk": "Портал не відповів.", "en": "The Portal did not answer." });
    let body = json!({ "error": "upstream_timeout", "message": message });
    finds("cycle.create", 504, &body, "", "upstream_timeout", "RSP-04");
    let [issue] = &told("cycle.create", 504, &body)[..] else { panic!("one issue") };
    assert_eq!(
        Locale::ALL.map(|locale| issue.message(locale)),
        ["Портал не ответил.", "Портал не відповів.", "The Portal did not answer."]
    );

    let options = Options::default();
    let checked = portform::check_json(table("cycle.create"), br#"{"id":"c","address":{}, "zzz": 1}"#, &options);
    let issues: Value = serde_json::from_str(&checked.issues_json()).unwrap();
    let body = json!({ "error": "invalid", "message": message, "issues": issues });
    let errors: Vec<_> =
        checked.issues().into_iter().filter(|issue| issue.severity == portform::Severity::Error).collect();
    let told = told("cycle.create", 422, &body);
    assert_eq!(
        told.iter().map(Issue::pointer).collect::<Vec<_>>(),
        errors.iter().map(Issue::pointer).collect::<Vec<_>>()
    );
    assert_eq!(told[0].message(Locale::Ru), errors[0].message(Locale::Ru));
    finds(
        "cycle.create",
        422,
        json!({ "error": "invalid", "message": message, "issues": [] }),
        "",
        "invalid",
        "RSP-04",
    );
}

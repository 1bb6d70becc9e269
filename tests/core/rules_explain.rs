//! An upstream's answers on the fields of the form, RSP-03 and RSP-04, and the proxy's own answers: each tripped by one test and left
//! alone by another.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use crate::support::table;
use portform::explain::explain;
use portform::{Input, Packed};
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
        ("programme.create", "Неверный год разработки: Объе\u{308}м стажировки", "/internship/volume"),
        ("results.bulk_update", "Не указана оценка итогового тестирования", "/results"),
        ("results.bulk_update", "results[3].test_mark: не число", "/results/3/test_mark"),
        ("programme.create", "Не заполнена ТРУДОЕМКОСТЬ", "/volume_zet_total"),
        ("programme.create", "Объем стажировки больше общего", "/internship/volume"),
        ("programme.create", "developmentYear must not be null", "/development_year"),
        ("programme.create", "Неизвестная специальность «Ворожба»", "/specialities"),
        ("programme.create", "Неверна платная основа", "/is_paid"),
        ("cycle.create", "Неверна договорная основа", "/is_paid"),
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
    // In the order of the document's fields, the whole last.
    assert_eq!(places("cycle.create", 400, &list)[0].0, "/address/city");
}

#[test]
fn rsp_04_shows_no_rejected_value() {
    for (said, value, shown) in [
        ("Иванов Иван is not an address", json!("Иванов Иван"), "… is not an address"),
        ("7 is less than 17", json!(7), "… is less than 17"),
        ("Anna and Ann are one", json!({ "a": "Ann", "b": ["Anna"] }), "… and … are one"),
        ("may not be null", Value::Null, "may not be null"),
    ] {
        for key in ["invalidValue", "rejectedValue", "value"] {
            let mut entry = json!({ "message": said, "path": "email" });
            entry[key] = value.clone();
            let [issue] = &told("cycle.create", 400, json!([entry]))[..] else { panic!("one issue") };
            let message = issue.message(Locale::En);
            assert!(message.contains(&format!("“{shown}”")), "{message}");
        }
    }
}

#[test]
fn rsp_04_always_says_what_the_server_said() {
    for (status, body, said) in [
        (400, json!({ "error": "Bad", "details": "Нет прав на программу" }), "Нет прав на программу"),
        (400, json!({ "error": "Bad request" }), "Bad request"),
        (400, json!({ "message": "Не сегодня" }), "Не сегодня"),
        (400, json!({ "error": { "message": "Не сегодня" } }), "Не сегодня"),
        (400, json!({ "errors": ["Раз", "Два"] }), "Раз; Два"),
        (400, json!(["Раз", "Два"]), "Раз; Два"),
        (400, json!({ "title": "Bad", "detail": "Не сегодня", "status": 400 }), "Не сегодня"),
        (
            400,
            json!({ "timestamp": 1, "status": 404, "error": "Not Found", "path": "/education/cycle/id" }),
            "Not Found",
        ),
        (200, json!({ "errors": [{ "message": "Не сегодня" }] }), "Не сегодня"),
        (200, json!({ "error": "Не сегодня" }), "Не сегодня"),
        (200, json!({ "success": false, "message": "Не сегодня" }), "Не сегодня"),
        (200, json!({ "success": false, "reason": "incorrect_pin", "comment": "Не сегодня" }), "Не сегодня"),
        (429, json!({ "message": "Не так часто" }), "Не так часто"),
        (400, json!({ "message": "<b>Не</b> <i class='x'>сегодня</i>\u{202e}" }), "Не сегодня"),
    ] {
        let [issue] = &told("cycle.create", status, &body)[..] else { panic!("{body}: one issue") };
        let message = issue.message(Locale::Ru);
        assert!(
            message.starts_with("Данные не приняты") && message.contains(&format!("«{said}»")),
            "{body}: {message}"
        );
        assert_eq!(issue.pointer(), "", "{body}");
    }
    let text = told("cycle.create", 401, "Token is stale\nat com.example.Filter");
    assert!(text[0].message(Locale::En).contains("“Token is stale”"));
    let fields = json!({ "success": false, "reason": "incorrect_data", "errors": [{ "field": "phone", "message": "короткий" }, { "field": "address.city", "message": "пустой" }] });
    let pointers: Vec<_> = told("cycle.create", 200, fields).iter().map(Issue::pointer).collect();
    assert_eq!(pointers, ["", "/phone", "/address/city"]);
}

#[test]
fn rsp_04_calls_no_refusal_what_is_not_known_to_be_one() {
    for (status, body) in [
        (200, String::new()),
        (502, String::new()),
        (404, "<!doctype html><title>404</title>".to_owned()),
        (200, "{}".to_owned()),
        (200, r#"{"message":"Сохранено"}"#.to_owned()),
        (200, r#"{"success":true,"error":"database is down"}"#.to_owned()),
        (500, r#"{"success":true}"#.to_owned()),
        (500, r#"{"error":"Server error","details":"database is down"}"#.to_owned()),
        (302, String::new()),
        (200, format!("{{\"a\":{}", "[".repeat(5_000))),
    ] {
        let [issue] = &told("cycle.create", status, &body)[..] else { panic!("{body}: one issue") };
        let message = issue.message(Locale::Ru);
        assert!(message.starts_with("Неизвестно, приняты ли данные"), "{status} {body}: {message}");
        assert!(!message.contains("не приняты") && !message.contains("повторите"), "{status} {body}: {message}");
    }
    let down = told("cycle.create", 500, r#"{"error":"Server error","details":"database is down"}"#);
    assert!(down[0].message(Locale::Ru).contains("«database is down»"));
    // A question may be asked again.
    let asked = told("programme.status", 500, "");
    assert_eq!(asked[0].message(Locale::Ru), "Ответа нет, или он непонятен. Повторите запрос позже.");
}

#[test]
fn rsp_04_reads_hostile_answers() {
    let deep =
        format!(r#"{{"junk":{}{},"success":false,"reason":"already_exists"}}"#, "[".repeat(90_000), "]".repeat(90_000));
    finds("cycle.create", 200, deep, "/id", "already_exists", "RSP-03");
    let many = json!(vec![json!({ "message": "x".repeat(50), "path": "phone" }); 20_000]);
    let found = told("cycle.create", 400, many);
    assert!(found.len() == 20_000 && found.iter().all(|issue| issue.pointer() == "/phone"));
    let long = told("cycle.create", 400, json!({ "message": "я ".repeat(1_000_000) }));
    assert!(long[0].message(Locale::Ru).chars().count() < 700);
    let path = told("cycle.create", 400, json!([{ "message": "no", "path": "[0].".repeat(100_000) }]));
    assert_eq!(path[0].pointer(), "");
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
        let issues = explain(table("cycle.create"), &Options::default(), 200, Packed::new(bytes).into());
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

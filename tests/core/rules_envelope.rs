//! The rules around what is signed, CTR-01 to CTR-04, the document's own sample, and the answers of eHealth, CTR-22: each tripped
//! by one test and left alone by another.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use crate::support::contract::*;
use crate::support::{Case, Row, container, example, issues, table};
use portform::context::ContractType;
use portform::explain::explain;
use portform::{Input, Issue, Locale, Options, check_json};
use serde_json::{Value, json};

const CAPITATION: &str = "contract_request.capitation";
const REIMBURSEMENT: &str = "contract_request.reimbursement";
const ENVELOPE: &str = "contract_request.envelope";

#[test]
fn ctr_01_trips_on_a_path_that_ehealth_does_not_have() {
    param(signed("capitation"), "contract_type", "RENT").trips("CTR-01", "", "enum", "error");
    param(signed("capitation"), "id", "7ae1cf44-62f8-ee0f-7ce6-add76581886f").trips("CTR-01", "", "format", "error");
}

#[test]
fn ctr_01_is_quiet_on_a_type_and_an_id() {
    let case = param(signed("capitation"), "contract_type", "CAPITATION");
    param(case, "id", "09106b70-18b0-4726-b0ed-6bda1369fd52").quiet("CTR-01");
    signed("capitation").quiet("CTR-01");
}

#[test]
fn the_path_has_the_type_in_lower_case_unless_it_asks_for_capitals() {
    let value = json!({});
    let mut options = Options::default();
    options.endpoint.base = Some("https://api.example.ua/".to_owned());
    options.endpoint.params.push(("id".to_owned(), "09106B70-18b0-4726-b0ed-6bda1369fd52".to_owned()));
    let url = |options: &Options| preview("contract_request.envelope", &value, options).endpoint.unwrap().1;
    let id = "09106b70-18b0-4726-b0ed-6bda1369fd52";
    assert_eq!(url(&options), format!("https://api.example.ua/api/contract_requests/capitation/{id}"));
    options.context.contract_type = Some(ContractType::Reimbursement);
    assert_eq!(url(&options), format!("https://api.example.ua/api/contract_requests/reimbursement/{id}"));
    options.endpoint.path = Some("api/contract_requests/{CONTRACT_TYPE}/{id}".to_owned());
    assert_eq!(url(&options), format!("https://api.example.ua/api/contract_requests/REIMBURSEMENT/{id}"));
}

#[test]
fn ctr_02_trips_without_a_document_or_its_encoding() {
    signed("capitation").without("/signed_content").trips("CTR-02", "/signed_content", "required", "error");
    signed("capitation").set("/signed_content_encoding", "hex").trips(
        "CTR-02",
        "/signed_content_encoding",
        "enum",
        "error",
    );
    signed("capitation").without("/signed_content_encoding").trips(
        "CTR-02",
        "/signed_content_encoding",
        "required",
        "error",
    );
}

#[test]
fn ctr_02_is_quiet_on_an_envelope() {
    signed("capitation").quiet("CTR-02");
    signed("capitation").set("/signed_content_encoding", "BASE64").quiet("CTR-02");
}

#[test]
fn ctr_03_trips_on_text_that_is_no_base64() {
    envelope("not base64!").trips("CTR-03", "/signed_content", "format", "error");
    envelope("e30").trips("CTR-03", "/signed_content", "format", "error");
    assert_eq!(envelope("e30").issues().len(), 1);
}

#[test]
fn ctr_03_is_quiet_whatever_the_white_space() {
    let text = fixture("signed/capitation.txt");
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| core::str::from_utf8(line).unwrap()).collect();
    envelope(&lines.join("\r\n")).fine();
}

#[test]
fn ctr_04_trips_on_what_is_not_signed() {
    for file in ["detached", "text", "document.sample"] {
        signed(file).trips("CTR-04", "/signed_content", "format", "error");
    }
    envelope("e30=").trips("CTR-04", "/signed_content", "format", "error");
    let (params, message) = envelope("e30=").shown("CTR-04");
    assert_eq!(params, json!({ "format": "cms" }));
    assert!(message.contains("не підписано"), "{message}");
    // A list is no contract request, signed or not, and nothing is looked for in it.
    assert_eq!(envelope("W10=").issues().len(), 1);
}

#[test]
fn ctr_04_is_quiet_on_a_signed_request() {
    signed("capitation").fine();
    signed("capitation.indefinite").fine();
    signed("reimbursement").with(|options| options.context.contract_type = Some(ContractType::Reimbursement)).fine();
    param(signed("reimbursement"), "contract_type", "reimbursement").fine();
}

#[test]
fn what_is_signed_is_checked_as_the_contract_that_it_is() {
    let case = signed("reimbursement");
    case.finds(
        "CTR-05",
        &[
            ("/signed_content/contractor_rmsp_amount", "required", "error"),
            ("/signed_content/contractor_employee_divisions", "required", "error"),
            ("/signed_content/nhs_contract_price", "required", "error"),
        ],
    );
    case.trips("GEN-04", "/signed_content/medical_program_id", "unknown_field", "error");
    let (_, message) = case.shown("CTR-05");
    assert!(message.contains("Кількість осіб"), "{message}");
}

/// An envelope with a request in it that was changed before it was signed.
fn resigned(change: impl FnOnce(&mut Value)) -> Case {
    let mut request = contents("capitation");
    change(&mut request);
    envelope(&container::signed(request.to_string()))
}

#[test]
fn what_is_signed_is_checked_as_strict() {
    resigned(|_| {}).fine();
    for (field, given, code) in [
        ("nhs_contract_price", json!("105938"), "type"),
        ("contractor_owner_id", json!("09106B70-18B0-4726-B0ED-6BDA1369FD52"), "type"),
        ("external_contractor_flag", json!("true"), "type"),
        ("issue_city", json!(" Київ"), "format"),
        ("consent_text", json!(5), "type"),
        ("start_date", json!("01.02.2025"), "type"),
    ] {
        let case = resigned(|request| request[field] = given.clone());
        let at = format!("/signed_content/{field}");
        case.trips("GEN-06", &at, code, "error");
        assert_eq!(case.issues().len(), 1, "{:?}", case.issues());
    }
    let renamed = resigned(|request| {
        let misc = request["misc"].take();
        request["Misc"] = misc;
        request.as_object_mut().unwrap().remove("misc");
    });
    renamed.trips("GEN-06", "/signed_content/Misc", "unknown_field", "error");
    let wrapped = resigned(|request| request["contractor_divisions"] = request["contractor_divisions"][0].take());
    wrapped.trips("CTR-05", "/signed_content/contractor_divisions", "type", "error");
}

#[test]
fn ctr_04_trips_on_what_stands_for_nothing_where_the_schema_has_no_room_for_it() {
    for field in [
        "misc",
        "external_contractors",
        "external_contractor_flag",
        "contractor_signed",
        "start_date",
        "end_date",
        "assignee_id",
    ] {
        let case = resigned(|request| {
            request.as_object_mut().unwrap().remove("external_contractors");
            request["external_contractor_flag"] = false.into();
            request[field] = Value::Null;
        });
        let found = case.issues();
        let types: Vec<&str> =
            found.iter().filter(|(_, code, ..)| code == "type").map(|(at, ..)| at.as_str()).collect();
        assert_eq!(types, [format!("/signed_content/{field}")], "{found:?}");
        assert_eq!(found.len(), 1, "{found:?}");
    }
    for field in ["start_date", "assignee_id", "external_contractor_flag"] {
        let case = resigned(|request| request[field] = "".into());
        assert!(case.issues().contains(&(
            format!("/signed_content/{field}"),
            "type".to_owned(),
            "error".to_owned(),
            if field == "start_date" { "CTR-06" } else { "CTR-05" }.to_owned()
        )));
    }
    for (field, blank) in
        [("contract_number", Value::Null), ("issue_city", json!("")), ("contractor_owner_id", json!(" "))]
    {
        let case = resigned(|request| request[field] = blank.clone());
        let codes: Vec<_> = case.issues().into_iter().map(|(at, code, ..)| (at, code)).collect();
        assert_eq!(codes, [(format!("/signed_content/{field}"), "required".to_owned())]);
    }
    let item = resigned(|request| request["contractor_divisions"].as_array_mut().unwrap().push(Value::Null));
    item.trips("CTR-05", "/signed_content/contractor_divisions/2", "required", "error");
}

#[test]
fn ctr_04_is_quiet_on_what_stands_for_nothing_where_the_schema_has_room_for_it() {
    resigned(|request| request["status_reason"] = Value::Null).fine();
    resigned(|request| request["status_reason"] = "".into()).fine();
    resigned(|request| request["misc"] = "".into()).fine();
    resigned(|request| {
        request.as_object_mut().unwrap().remove("misc");
    })
    .fine();
    // In what is not signed yet it can be left out.
    Case::new(CAPITATION, contents("capitation")).set("/misc", Value::Null).fine();
}

#[test]
fn ctr_04_trips_on_a_byte_order_mark_other_encodings_and_a_signature_that_stands_apart() {
    let text = contents("capitation").to_string();
    let marked = envelope(&container::signed(format!("\u{feff}{text}")));
    assert_eq!(
        marked.issues(),
        [("/signed_content".to_owned(), "format".to_owned(), "error".to_owned(), "CTR-04".to_owned())]
    );
    let (params, message) = marked.shown("CTR-04");
    assert_eq!(params, json!({ "format": "bom" }));
    assert!(message.contains("BOM"), "{message}");
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [[&[0xff, 0xfe], &little[..]].concat(), [&[0xfe, 0xff], &big[..]].concat(), little, big] {
        let case = envelope(&container::signed(bytes));
        case.trips("CTR-04", "/signed_content", "format", "error");
        let (params, message) = case.shown("CTR-04");
        assert_eq!(params, json!({ "format": "cms" }));
        assert!(message.contains("UTF-16"), "{message}");
    }
    let (_, message) = signed("detached").shown("CTR-04");
    assert!(message.contains("окремо"), "{message}");
    let (_, message) = envelope(&container::signed("[{}]")).shown("CTR-04");
    assert!(message.contains("рівно одна"), "{message}");
}

#[test]
fn rules_with_context_hold_inside_the_envelope_as_well() {
    let mut terminated = contract();
    terminated["status"] = "TERMINATED".into();
    let case = after(signed("capitation"), &terminated);
    case.trips("CTR-10", "/signed_content", "wrong_status", "error");
    after(signed("capitation"), &contract()).today("2025-06-01").fine();
}

#[test]
fn the_documents_own_sample_is_unsigned_and_lacks_a_comma() {
    let rows = issues("contract_request.envelope", example("contract_request.envelope"), &Options::default());
    let row = |code: &str, rule: &str| -> Row {
        ("/signed_content".to_owned(), code.to_owned(), "error".to_owned(), rule.to_owned())
    };
    assert_eq!(rows, [row("format", "CTR-04"), row("syntax", "GEN-01")]);
    let text = example("contract_request.envelope");
    let options = Options { locale: Some(Locale::En), ..Options::default() };
    let json = check_json(table("contract_request.envelope"), text.as_bytes(), &options).issues_json();
    let found: Value = serde_json::from_str(&json).unwrap();
    // The comma is missing at the end of line 40 of the contents, so that the key of line 41 comes as a surprise.
    assert_eq!(found[1]["params"], json!({ "line": 41, "column": 3 }));
    assert_eq!(found[1]["path"], json!(["signed_content"]));
    assert_eq!(found[1]["source"], "Request structure");
}

fn explained(name: &str, status: u16, body: &Value) -> Vec<Issue> {
    explain(table(name), &Options::default(), status, Input::Text(body.to_string().as_bytes()))
}

fn rows(name: &str, status: u16, body: &Value) -> Vec<(String, String)> {
    let found = explained(name, status, body);
    found
        .iter()
        .map(|issue| {
            let shown = serde_json::to_value(issue.localized(Locale::En)).unwrap_or_default();
            assert_eq!((&shown["code"], &shown["rule"]), (&json!("refused"), &json!("CTR-22")));
            assert_eq!(shown["params"]["status"], status);
            (issue.pointer(), shown["params"]["reason"].as_str().unwrap_or_default().to_owned())
        })
        .collect()
}

fn row(pointer: &str, reason: &str) -> (String, String) {
    (pointer.to_owned(), reason.to_owned())
}

fn entry(path: &str, said: &str) -> Value {
    json!({ "entry": path, "entry_type": "json_data_property", "rules": [{ "rule": "invalid", "description": said, "params": ["secret"] }] })
}

fn failed(entries: Vec<Value>) -> Value {
    json!({ "error": { "type": "validation_failed", "message": "Validation failed.", "invalid": entries }, "meta": { "code": 422 } })
}

#[test]
fn ctr_22_trips_at_the_field_of_each_entry() {
    let body = failed(vec![
        entry("$.unheard_of", "no"),
        entry("$.contractor_employee_divisions.[1].staff_units", "expected the value to be > 0"),
        entry("$.contractor_divisions[0]", "no"),
        entry("$.contractor_payment_details.IBAN", "no"),
        entry("$.contract_number", "no"),
        entry("authorization", "no"),
    ]);
    assert_eq!(
        rows(CAPITATION, 422, &body),
        [
            row("/contractor_payment_details", "validation_failed"),
            row("/contractor_employee_divisions/1/staff_units", "validation_failed"),
            row("/contractor_divisions/0", "validation_failed"),
            row("/contract_number", "validation_failed"),
            row("", "validation_failed"),
            row("", "validation_failed"),
        ]
    );
}

#[test]
fn ctr_22_trips_inside_an_envelope() {
    let body = failed(vec![
        entry("$.contractor_base", "no"),
        entry("$.signed_content_encoding", "no"),
        entry("$.signed_content", "document must be signed"),
    ]);
    assert_eq!(
        rows(ENVELOPE, 422, &body),
        [
            row("/signed_content", "validation_failed"),
            row("/signed_content/contractor_base", "validation_failed"),
            row("/signed_content_encoding", "validation_failed"),
        ]
    );
    let found = explained(ENVELOPE, 422, &body);
    assert!(found[1].field().is_some(), "the row of what is signed");
}

#[test]
fn ctr_22_trips_on_the_form_for_everything_else() {
    let message = |kind: &str, text: &str| json!({ "error": { "type": kind, "message": text } });
    for (status, body, reason) in [
        (401, message("access_denied", "Access denied"), "access_denied"),
        (401, message("access_denied", "Invalid scopes"), "invalid_scopes"),
        (401, message("unauthorized", "Unauthorized"), "unauthorized"),
        (401, Value::Null, "unauthorized"),
        (403, message("forbidden", "Client is blocked"), "client_blocked"),
        (403, message("forbidden", "Client is not active"), "client_not_active"),
        (403, message("forbidden", "forbidden"), "not_nhs"),
        (403, json!({ "message": "Error" }), "forbidden"),
        (404, message("not_found", "Not found"), "record_not_found"),
        (409, message("request_conflict", "Can not update terminated contract"), "conflict"),
        (422, message("request_malformed", "Malformed request"), "malformed"),
        (422, json!({ "message": "Invalid EDRPOU in DS" }), "invalid_edrpou"),
        (422, json!({ "message": "Not allowed to change field $.field" }), "validation_failed"),
        (422, failed(vec![]), "validation_failed"),
        (500, json!("<html>error</html>"), "upstream_error"),
        (503, json!(""), "upstream_error"),
        (200, json!({ "error": { "type": "request_conflict" } }), "conflict"),
    ] {
        assert_eq!(rows(CAPITATION, status, &body), [row("", reason)], "{status} {body}");
    }
    let said = explained(REIMBURSEMENT, 422, &failed(vec![entry("$", "Invalid EDRPOU in DS")]));
    let messages: Vec<String> = Locale::ALL.iter().map(|locale| said[0].message(*locale)).collect();
    assert!(messages[1].contains("ЄДРПОУ") && messages[1].contains("«Invalid EDRPOU in DS»"), "{messages:?}");
}

fn messages(status: u16, body: &Value) -> Vec<(String, String)> {
    explained(CAPITATION, status, body).iter().map(|issue| (issue.pointer(), issue.message(Locale::Uk))).collect()
}

#[test]
fn ctr_22_always_says_what_the_server_said() {
    let nothing = json!([{ "entry_type": "request", "rules": [{ "rule": "json" }] }]);
    for (status, body, said) in [
        (
            422,
            json!({ "error": { "type": "request_malformed", "message": "Does not match the signer drfo", "invalid": nothing } }),
            "Does not match the signer drfo",
        ),
        (
            409,
            json!({ "error": { "type": "request_conflict", "message": "Contract is being verified", "invalid": [] } }),
            "Contract is being verified",
        ),
        (422, json!({ "message": "Signer is not allowed", "invalid": nothing }), "Signer is not allowed"),
        (422, json!({ "error": { "message": ["first", "second"] } }), "first; second"),
        (422, json!({ "error": { "error": { "message": "deep inside" } } }), "deep inside"),
        (422, json!({ "error": "plain words" }), "plain words"),
        (422, json!(["one", "two"]), "one; two"),
        (200, json!({ "errors": [{ "message": "not taken" }] }), "not taken"),
        (200, json!({ "success": false, "message": "not taken" }), "not taken"),
        (201, json!({ "error": { "message": "not taken" }, "data": {} }), "not taken"),
        (401, json!({ "error": { "type": "access_denied", "message": "Access denied" } }), "Access denied"),
        (403, json!({ "error": { "message": "Client is blocked" } }), "Client is blocked"),
        (
            409,
            json!({ "error": { "message": "Can not update terminated contract" } }),
            "Can not update terminated contract",
        ),
        (
            500,
            json!({ "error": { "type": "internal_error", "message": "Something went wrong" } }),
            "Something went wrong",
        ),
    ] {
        let [(pointer, message)] = &messages(status, &body)[..] else { panic!("{body}: one issue") };
        assert_eq!(pointer, "", "{body}");
        assert!(message.contains(&format!("«{said}»")), "{body}: {message}");
    }
    // What is said of the whole is not lost when something is said of a field, and nothing is said of both.
    let both = json!({ "error": { "type": "request_malformed", "message": "Signature is not valid", "invalid": [entry("$.misc", "too long")] } });
    let said = messages(422, &both);
    let pointers: Vec<_> = said.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(pointers, ["/misc", ""]);
    assert!(said[0].1.contains("«too long»") && said[1].1.contains("«Signature is not valid»"), "{said:?}");
    // An entry without words of its own has those of the whole, or the name of the rule.
    let bare = json!([{ "entry": "$.misc", "rules": [{ "rule": "length", "params": { "max": 3 } }] }]);
    let said = messages(422, &json!({ "error": { "message": "Validation failed.", "invalid": bare } }));
    assert!(said[0].0 == "/misc" && said[0].1.contains("«length»"), "{said:?}");
}

#[test]
fn ctr_22_finds_the_field_however_its_path_is_written() {
    for path in [
        "$.contractor_employee_divisions.[1].staff_units",
        "$.contractor_employee_divisions[1].staff_units",
        "#/contractor_employee_divisions/1/staff_units",
        "/contractor_employee_divisions/1/staff_units",
        "contractor_employee_divisions.1.staff_units",
        "$['contractor_employee_divisions'][1]['staff_units']",
        "$.data.contractor_employee_divisions.[1].staff_units",
        "$.contractorEmployeeDivisions[1].staffUnits",
    ] {
        let found = rows(CAPITATION, 422, &failed(vec![entry(path, "no")]));
        assert_eq!(found, [row("/contractor_employee_divisions/1/staff_units", "validation_failed")], "{path}");
    }
    // Without its row an item's field is nowhere: the list stands for it.
    let found = rows(CAPITATION, 422, &failed(vec![entry("$.contractor_employee_divisions.staff_units", "no")]));
    assert_eq!(found[0].0, "/contractor_employee_divisions");
    let by_name =
        json!({ "errors": { "contract_number": ["is unknown"], "contractor_payment_details": { "MFO": "is odd" } } });
    let found = rows(CAPITATION, 422, &by_name);
    let pointers: Vec<_> = found.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(pointers, ["/contractor_payment_details/MFO", "/contract_number"]);
}

#[test]
fn ctr_22_calls_no_refusal_what_is_not_known_to_be_one() {
    for (status, body) in [
        (200, Value::Null),
        (201, json!([])),
        (201, json!(7)),
        (200, json!({ "message": "See you" })),
        (502, json!({})),
        (500, json!({ "error": { "message": "Something went wrong" } })),
        (302, json!({})),
        (422, json!("<html><body>error</body></html>")),
    ] {
        let [(pointer, message)] = &messages(status, &body)[..] else { panic!("{body}: one issue") };
        assert_eq!(pointer, "", "{body}");
        assert!(message.starts_with("Невідомо, чи прийнято дані"), "{status} {body}: {message}");
        assert!(!message.contains("не прийнято"), "{status} {body}: {message}");
    }
}

#[test]
fn ctr_22_is_quiet_when_the_request_is_accepted() {
    for body in [
        json!({ "data": {}, "meta": { "code": 201 } }),
        json!({ "data": {}, "error": null, "errors": [] }),
        json!({ "data": {}, "message": "Created" }),
        json!({}),
    ] {
        assert_eq!(rows(ENVELOPE, 201, &body), []);
    }
}

#[test]
fn a_rejected_value_is_never_quoted() {
    let body = failed(vec![entry("$.start_date", "expected \"13.13.2025\" to be a valid\nISO 8601 date")]);
    let found = explained(CAPITATION, 422, &body);
    let shown = serde_json::to_string(&found[0].localized(Locale::En)).unwrap_or_default();
    assert!(shown.contains("expected … to be a valid ISO 8601 date"), "{shown}");
    assert!(!shown.contains("13.13.2025") && !shown.contains("secret"), "{shown}");
    for said in [
        "value 'Мар'яна' is bad",
        "value \"ТОВ \"Мар'яна\"\" is bad",
        "value «Мар'яна» is bad",
        "value “Мар'яна” is bad",
        "value \"Мар'яна",
    ] {
        let found = explained(CAPITATION, 422, &failed(vec![entry("$.misc", said)]));
        let message = found[0].message(Locale::Uk);
        assert!(message.contains("value …") && !message.contains("Мар") && !message.contains("яна"), "{message}");
    }
    let blank = explained(CAPITATION, 422, &failed(vec![entry("$.misc", "can't be blank, isn't it")]));
    assert!(blank[0].message(Locale::Uk).contains("«can't be blank, isn't it»"));
}

#[test]
fn answers_of_any_shape_are_read() {
    for body in [
        json!([1, 2]),
        json!({ "error": [] }),
        json!({ "error": { "invalid": "x", "message": 5 } }),
        json!({ "error": { "invalid": [1, { "entry": 5, "rules": 7 }, { "entry": "$.[0].x", "rules": [null] }] } }),
        json!("{\"error\": {\"type\""),
    ] {
        assert!(!rows(ENVELOPE, 422, &body).is_empty(), "{body}");
    }
}

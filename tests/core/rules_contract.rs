//! The rules of what is signed of a contract request by NHS, CTR-05 to CTR-21: each tripped by one test and left alone by another.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use crate::support::contract::*;
use crate::support::{Case, example, issues, table};
use portform::{Mode, Options, check_json};
use serde_json::{Value, json};

#[test]
fn full_requests_are_fine() {
    capitation().fine();
    reimbursement().fine();
    after(capitation(), &contract()).today("2025-06-01").fine();
    signed("capitation").fine();
}

#[test]
fn the_documents_own_sample_once_mended() {
    let mended =
        issues("contract_request.capitation", example("contract_request.capitation.mended"), &Options::default());
    let find = |pointer: &str| -> Vec<(&str, &str)> {
        let at = mended.iter().filter(|(at, ..)| at == pointer);
        at.map(|(_, code, severity, _)| (code.as_str(), severity.as_str())).collect()
    };
    assert_eq!(find("/contractor_divisions/0"), [("format", "error")]);
    assert_eq!(find("/external_contractors"), [("wrapped", "note")]);
    assert_eq!(find("/contract_number"), [("format", "warning")]);
    assert_eq!(find("/statute"), [("unknown_field", "error")]);
    assert_eq!(find("/equipment_agreement"), [("unknown_field", "error")]);
    let missing: Vec<&str> =
        mended.iter().filter(|(_, code, ..)| code == "required").map(|(pointer, ..)| pointer.as_str()).collect();
    assert_eq!(
        missing,
        [
            "/contractor_legal_entity_id",
            "/nhs_signer_id",
            "/nhs_legal_entity_id",
            "/nhs_signer_base",
            "/nhs_contract_price",
            "/nhs_payment_method",
            "/issue_city",
            "/consent_text",
            "/parent_contract_id",
        ]
    );
    assert_eq!(mended.len(), 14, "{mended:?}");
}

#[test]
fn ctr_05_trips_as_the_json_schemas_do() {
    let required = ["contractor_owner_id", "contractor_divisions", "nhs_contract_price", "issue_city", "consent_text"];
    for field in required {
        let pointer = format!("/{field}");
        capitation().without(&pointer).trips("CTR-05", &pointer, "required", "error");
    }
    reimbursement().without("/medical_program_id").trips("CTR-05", "/medical_program_id", "required", "error");
    capitation().set("/contractor_rmsp_amount", -1).trips("CTR-05", "/contractor_rmsp_amount", "too_small", "error");
    capitation().set("/nhs_contract_price", -0.01).trips("CTR-05", "/nhs_contract_price", "too_small", "error");
    let staff = "/contractor_employee_divisions/0/staff_units";
    capitation().set(staff, 0).trips("CTR-05", staff, "too_small", "error");
    let owner = "7ae1cf44-62f8-ee0f-7ce6-add76581886f";
    capitation().set("/contractor_owner_id", owner).trips("CTR-05", "/contractor_owner_id", "format", "error");
    capitation().set("/contractor_signed", true).trips("CTR-05", "/contractor_signed", "enum", "error");
    let expires = "/external_contractors/0/contract/expires_at";
    capitation().set(expires, "2026-02-30").trips("CTR-05", expires, "date", "error");
    capitation().set("/contractor_divisions", json!([])).trips("CTR-05", "/contractor_divisions", "too_few", "error");
    capitation().set("/contractor_divisions/2", DIVISION).trips(
        "CTR-05",
        "/contractor_divisions/2",
        "duplicate",
        "error",
    );
}

#[test]
fn ctr_05_trips_on_keys_that_the_schemas_close_out() {
    capitation().set("/statute", "x").trips("GEN-04", "/statute", "unknown_field", "error");
    reimbursement().set("/nhs_contract_price", 1).trips("GEN-04", "/nhs_contract_price", "unknown_field", "error");
    let inside = "/external_contractors/0/divisions/0/note";
    capitation().set(inside, "x").trips("GEN-04", inside, "unknown_field", "error");
    // The schema leaves the contract with a subcontractor open.
    let open = "/external_contractors/0/contract/note";
    capitation().set(open, "x").trips("GEN-04", open, "unknown_field", "warning");
}

#[test]
fn ctr_05_is_quiet_at_the_bounds() {
    let case = capitation().set("/contractor_rmsp_amount", 0).set("/nhs_contract_price", 0);
    case.set("/contractor_employee_divisions/0/staff_units", 0.001).fine();
    let upper = "DF9F70EE-4B12-4740-B0F5-BB5AEA116863";
    let case = capitation().set("/contractor_owner_id", upper);
    case.quiet("CTR-05");
    case.trips("GEN-06", "/contractor_owner_id", "coerced", "note");
    assert_eq!(case.body()["contractor_owner_id"], "df9f70ee-4b12-4740-b0f5-bb5aea116863");
}

#[test]
fn ctr_06_trips_on_what_is_no_date() {
    capitation().set("/start_date", "2025-02-29").trips("CTR-06", "/start_date", "date", "error");
    reimbursement().set("/end_date", "soon").trips("CTR-06", "/end_date", "date", "error");
}

#[test]
fn ctr_06_is_quiet_with_and_without_the_dates() {
    capitation().without("/start_date").without("/end_date").fine();
    capitation().set("/start_date", "2024-02-29").quiet("CTR-06");
}

#[test]
fn ctr_07_trips_without_a_contract_number() {
    capitation().without("/contract_number").trips("CTR-07", "/contract_number", "required", "error");
    capitation().set("/contract_number", Value::Null).trips("CTR-07", "/contract_number", "required", "error");
    reimbursement().set("/contract_number", " ").trips("CTR-07", "/contract_number", "required", "error");
}

#[test]
fn ctr_07_is_quiet_with_one() {
    capitation().quiet("CTR-07");
}

#[test]
fn ctr_08_trips_on_numbers_of_another_form() {
    for number in ["AEHK-9EAX-XT7X", "0000-9EBX-XT7X", "00009EAXXT7X", "invalid"] {
        capitation().set("/contract_number", number).trips("CTR-08", "/contract_number", "format", "error");
    }
    let legacy = capitation().set("/contract_number", "0000-9EAX-XT7X-3115");
    legacy.trips("CTR-08", "/contract_number", "format", "warning");
    assert_eq!(legacy.shown("CTR-08").0, json!({ "format": "contract_number_legacy" }));
    assert_eq!(legacy.body()["contract_number"], "0000-9EAX-XT7X-3115");
}

#[test]
fn ctr_08_is_quiet_on_numbers_and_repairs_the_wrong_keyboard() {
    for number in ["0000-9EAX-XT7X", "0000-AEHK-MPTX", "0001-1000-0000"] {
        capitation().set("/contract_number", number).fine();
    }
    for number in ["0000-9eax-xt7x", "0000-9еах-ХТ7Х"] {
        let case = capitation().set("/contract_number", number);
        case.quiet("CTR-08");
        case.trips("GEN-06", "/contract_number", "coerced", "note");
        assert_eq!(case.body()["contract_number"], "0000-9EAX-XT7X");
        case.strict().trips("GEN-06", "/contract_number", "type", "error");
    }
}

#[test]
fn ctr_09_trips_on_the_number_of_another_contract() {
    let case = after(capitation().set("/contract_number", "0000-AEHK-MPTX"), &contract());
    case.trips("CTR-09", "/contract_number", "mismatch", "error");
}

#[test]
fn ctr_09_is_quiet_on_the_same_number_however_it_is_typed() {
    after(capitation().set("/contract_number", "0000-9еах-хт7х"), &contract()).quiet("CTR-09");
    capitation().quiet("CTR-09");
}

/// The contract as the server shows it: what the contents name by its id stands there as an object.
fn shown_by_the_server() -> Value {
    let mut contract = contract();
    let object = contract.as_object_mut().unwrap();
    for name in
        ["contractor_owner", "contractor_legal_entity", "nhs_signer", "nhs_legal_entity", "parent_contract", "assignee"]
    {
        if let Some(id) = object.remove(&format!("{name}_id")) {
            object.insert(name.to_owned(), json!({ "id": id, "name": "Назва", "edrpou": "12345678" }));
        }
    }
    let divisions = object["contractor_divisions"].as_array_mut().unwrap();
    divisions.iter_mut().for_each(|id| *id = json!({ "id": id.take(), "name": "Місце" }));
    for employee in object["contractor_employee_divisions"].as_array_mut().unwrap() {
        let employee = employee.as_object_mut().unwrap();
        let ids = ["employee", "division"].map(|name| (name, employee.remove(&format!("{name}_id")).unwrap()));
        employee.extend(ids.map(|(name, id)| (name.to_owned(), json!({ "id": id, "party": { "id": UNKNOWN_ID } }))));
    }
    let external = object["external_contractors"][0].as_object_mut().unwrap();
    let id = external.remove("legal_entity_id").unwrap();
    external.insert("legal_entity".to_owned(), json!({ "id": id }));
    external["divisions"][0]["name"] = "Місце".into();
    object.insert("contract_request_id".to_owned(), json!(UNKNOWN_ID));
    contract
}

#[test]
fn ctr_09_trips_whatever_shape_the_previous_contract_has() {
    let other = capitation().set("/contract_number", "0000-AEHK-MPTX").set("/contractor_owner_id", UNKNOWN_ID);
    let divisions = other.clone().set("/contractor_divisions", json!([DIVISION]));
    let staff = other.clone().set("/contractor_employee_divisions/0/employee_id", UNKNOWN_ID);
    let subcontractor = other.clone().set("/external_contractors/0/legal_entity_id", UNKNOWN_ID);
    for previous in [
        contract(),
        json!({ "meta": { "code": 200 }, "data": contract() }),
        shown_by_the_server(),
        json!({ "data": shown_by_the_server() }),
    ] {
        after(other.clone(), &previous).trips("CTR-09", "/contract_number", "mismatch", "error");
        after(other.clone(), &previous).trips("CTR-12", "/contractor_owner_id", "not_allowed_to_change", "error");
        for (case, field) in [
            (&divisions, "contractor_divisions"),
            (&staff, "contractor_employee_divisions"),
            (&subcontractor, "external_contractors"),
        ] {
            after(case.clone(), &previous).finds(
                "CTR-12",
                &[
                    ("/contractor_owner_id", "not_allowed_to_change", "error"),
                    (&format!("/{field}"), "not_allowed_to_change", "error"),
                ],
            );
        }
    }
    let terminated = json!({ "data": { "status": "TERMINATED", "contract_number": "0000-9EAX-XT7X" } });
    after(capitation(), &terminated).trips("CTR-10", "", "wrong_status", "error");
    let programme =
        json!({ "contract_number": "0000-9EAX-XT7X", "medical_program": { "id": UNKNOWN_ID, "name": "x" } });
    after(reimbursement(), &programme).trips("CTR-12", "/medical_program_id", "not_allowed_to_change", "error");
}

#[test]
fn ctr_09_is_quiet_on_the_contract_itself_in_every_shape() {
    for previous in [shown_by_the_server(), json!({ "data": shown_by_the_server(), "meta": {} })] {
        after(capitation(), &previous).today("2025-06-01").fine();
    }
    let mut capitals = shown_by_the_server();
    capitals["contractor_owner"]["id"] = capitals["contractor_owner"]["id"].as_str().unwrap().to_uppercase().into();
    capitals["Contract_Number"] = capitals["contract_number"].take();
    capitals.as_object_mut().unwrap().remove("contract_number");
    after(capitation(), &capitals).fine();
}

#[test]
fn ctr_10_trips_on_a_contract_that_is_not_verified() {
    let mut previous = contract();
    previous["status"] = "TERMINATED".into();
    after(capitation(), &previous).trips("CTR-10", "", "wrong_status", "error");
    assert_eq!(after(capitation(), &previous).shown("CTR-10").0, json!({ "allowed": ["VERIFIED"] }));
}

#[test]
fn ctr_10_is_quiet_on_a_verified_contract() {
    after(capitation(), &contract()).quiet("CTR-10");
    for status in [Value::Null, json!({}), json!([])] {
        let mut previous = contract();
        previous["status"] = status;
        after(capitation(), &previous).quiet("CTR-10");
    }
}

#[test]
fn ctr_11_trips_on_a_suspended_contract() {
    let mut previous = contract();
    previous["is_suspended"] = true.into();
    after(reimbursement(), &previous).trips("CTR-11", "", "wrong_status", "error");
}

#[test]
fn ctr_11_is_quiet_otherwise() {
    after(capitation(), &contract()).quiet("CTR-11");
    let mut previous = contract();
    previous["is_suspended"] = "perhaps".into();
    after(capitation(), &previous).quiet("CTR-11");
}

#[test]
fn ctr_12_trips_on_every_field_that_stays() {
    let other = contents("capitation");
    let changes = [
        ("contractor_owner_id", json!(UNKNOWN_ID)),
        ("contractor_legal_entity_id", json!(UNKNOWN_ID)),
        ("contractor_base", json!("Статут")),
        ("contractor_rmsp_amount", json!(50001)),
        ("start_date", json!("2025-01-02")),
        ("id_form", json!("PMD_2")),
        ("nhs_legal_entity_id", json!(UNKNOWN_ID)),
        ("consent_text", json!("Інше")),
        ("status_reason", json!("Причина")),
    ];
    for (field, value) in changes {
        let case = after(capitation().set(&format!("/{field}"), value), &contract());
        case.trips("CTR-12", &format!("/{field}"), "not_allowed_to_change", "error");
    }
    let bank = capitation().set("/contractor_payment_details/bank_name", "Банк номер 2");
    after(bank, &contract()).trips("CTR-12", "/contractor_payment_details", "not_allowed_to_change", "error");
    let staff = capitation().set("/contractor_employee_divisions/1/staff_units", 0.25);
    after(staff, &contract()).trips("CTR-12", "/contractor_employee_divisions", "not_allowed_to_change", "error");
    let fewer = capitation().set("/contractor_employee_divisions", json!([other["contractor_employee_divisions"][0]]));
    after(fewer, &contract()).trips("CTR-12", "/contractor_employee_divisions", "not_allowed_to_change", "error");
    let more = capitation().set("/contractor_divisions/2", UNKNOWN_ID);
    after(more, &contract()).trips("CTR-12", "/contractor_divisions", "not_allowed_to_change", "error");
    let none = capitation().without("/external_contractors").set("/external_contractor_flag", false);
    after(none, &contract()).finds(
        "CTR-12",
        &[
            ("/external_contractor_flag", "not_allowed_to_change", "error"),
            ("/external_contractors", "not_allowed_to_change", "error"),
        ],
    );
    let programme = reimbursement().set("/medical_program_id", UNKNOWN_ID);
    after(programme, &contents("reimbursement")).trips(
        "CTR-12",
        "/medical_program_id",
        "not_allowed_to_change",
        "error",
    );
}

#[test]
fn ctr_12_is_quiet_on_the_fields_that_may_change() {
    let case = capitation()
        .set("/nhs_signer_id", UNKNOWN_ID)
        .set("/nhs_signer_base", "наказ")
        .set("/nhs_contract_price", 1)
        .set("/nhs_payment_method", "BACKWARD")
        .set("/issue_city", "Львів")
        .set("/misc", "нове")
        .set("/assignee_id", UNKNOWN_ID)
        .set("/parent_contract_id", UNKNOWN_ID)
        .set("/end_date", "2026-01-31");
    after(case, &contract()).today("2025-06-01").fine();
}

#[test]
fn ctr_12_is_quiet_when_the_values_say_the_same() {
    let mut previous = contract();
    previous["contractor_divisions"] = json!([OTHER_DIVISION, DIVISION]);
    let employees = &contract()["contractor_employee_divisions"];
    previous["contractor_employee_divisions"] = json!([employees[1], employees[0]]);
    previous["contractor_rmsp_amount"] = "50 000".into();
    previous["status_reason"] = "".into();
    previous["start_date"] = "2025-01-01T00:00:00Z".into();
    previous["inserted_at"] = "a key that no table has".into();
    after(capitation(), &previous).quiet("CTR-12");
    // What the previous contract does not have is not compared, and a start that is left out changes nothing.
    after(capitation(), &json!({ "contract_number": "0000-9EAX-XT7X" })).quiet("CTR-12");
    after(capitation().without("/start_date"), &contract()).quiet("CTR-12");
    let mut without = contract();
    without["external_contractors"] = json!([]);
    without["external_contractor_flag"] = false.into();
    let case = capitation().without("/external_contractors").without("/external_contractor_flag");
    after(case, &without).quiet("CTR-12");
}

#[test]
fn ctr_12_is_quiet_where_nothing_is_said_on_both_sides() {
    let nothing = [json!(null), json!(""), json!(" "), json!(false), json!("false")];
    for field in ["contractor_signed", "external_contractor_flag"] {
        for here in &nothing {
            for there in &nothing {
                let mut previous = contract();
                previous[field] = there.clone();
                let case = capitation().set(&format!("/{field}"), here.clone());
                after(case, &previous).quiet("CTR-12");
            }
            let mut previous = contract();
            previous[field] = here.clone();
            let case = capitation().set(&format!("/{field}"), here.clone()).without(&format!("/{field}"));
            after(case, &previous).quiet("CTR-12");
        }
    }
    for (field, nothing) in
        [("status_reason", json!("")), ("external_contractors", json!([])), ("external_contractors", json!({}))]
    {
        let mut previous = contract();
        previous[field] = nothing.clone();
        let case = capitation().set(&format!("/{field}"), nothing);
        after(case.without(&format!("/{field}")), &previous).quiet("CTR-12");
    }
}

#[test]
fn ctr_12_trips_on_a_signed_contract_and_on_a_pair_more() {
    let mut previous = contract();
    previous["contractor_signed"] = true.into();
    after(capitation(), &previous).trips("CTR-12", "/contractor_signed", "not_allowed_to_change", "error");
    after(capitation().without("/contractor_signed"), &previous).trips(
        "CTR-12",
        "/contractor_signed",
        "not_allowed_to_change",
        "error",
    );
    // What the row refuses is read all the same; its own error comes first.
    let signed = after(capitation().set("/contractor_signed", true), &contract());
    signed.quiet("CTR-12");
    signed.trips("CTR-05", "/contractor_signed", "enum", "error");
    let more = json!({ "employee_id": UNKNOWN_ID, "division_id": DIVISION, "staff_units": 1, "declaration_limit": 1 });
    let case = capitation().set("/contractor_employee_divisions/2", more);
    after(case, &contract()).trips("CTR-12", "/contractor_employee_divisions", "not_allowed_to_change", "error");
    // The order of subcontractors counts, and so does everything in them.
    let case = capitation().set("/external_contractors/0/contract/number", "7654321");
    after(case, &contract()).trips("CTR-12", "/external_contractors", "not_allowed_to_change", "error");
}

#[test]
fn ctr_12_is_quiet_on_what_cannot_be_read() {
    let mut previous = contract();
    previous["start_date"] = "soon".into();
    after(capitation().set("/start_date", "2024-01-01"), &previous).quiet("CTR-12");
    after(capitation().set("/contractor_base", json!({})), &contract()).quiet("CTR-12");
    // Anything in a field, whatever else differs in it, on either side.
    let changes: [(&str, &str, Value); 6] = [
        ("contractor_payment_details", "/bank_name", json!([])),
        ("contractor_employee_divisions", "/0/staff_units", json!("two")),
        ("contractor_employee_divisions", "/1/employee_id", json!("x")),
        ("contractor_divisions", "/1", json!("x")),
        ("external_contractors", "/0/contract/expires_at", json!("2026-02-30")),
        ("external_contractors", "/0/divisions/0", json!(5)),
    ];
    for (field, inside, unreadable) in changes {
        let mut previous = contract();
        *previous[field].pointer_mut(inside).unwrap() = unreadable.clone();
        let changed = |case: Case| match field {
            "contractor_payment_details" => case.set("/contractor_payment_details/MFO", "300711"),
            "contractor_employee_divisions" => case.set("/contractor_employee_divisions/0/declaration_limit", 7),
            "contractor_divisions" => case.set("/contractor_divisions/0", UNKNOWN_ID),
            _ => case.set("/external_contractors/0/contract/number", "7654321"),
        };
        after(changed(capitation()), &contract()).trips(
            "CTR-12",
            &format!("/{field}"),
            "not_allowed_to_change",
            "error",
        );
        after(changed(capitation()), &previous).quiet("CTR-12");
        let mut value = changed(capitation()).value();
        *value[field].pointer_mut(inside).unwrap() = unreadable;
        after(Case::new("contract_request.capitation", value), &contract()).quiet("CTR-12");
    }
    // A list with a missing item, or with a pair that lacks an id or stands twice.
    for items in [
        json!([null, { "employee_id": UNKNOWN_ID, "division_id": DIVISION }]),
        json!([{ "employee_id": UNKNOWN_ID }]),
        json!([{ "employee_id": UNKNOWN_ID, "division_id": DIVISION }, { "employee_id": UNKNOWN_ID, "division_id": DIVISION }]),
    ] {
        let mut previous = contract();
        previous["contractor_employee_divisions"] = items.clone();
        after(capitation(), &previous).quiet("CTR-12");
        after(capitation().set("/contractor_employee_divisions", items), &contract()).quiet("CTR-12");
    }
    for items in [json!([DIVISION, null]), json!([""])] {
        after(capitation().set("/contractor_divisions", items), &contract()).quiet("CTR-12");
    }
    // A set: a division that stands twice is one.
    let twice = capitation().set("/contractor_divisions", json!([OTHER_DIVISION, DIVISION, DIVISION]));
    after(twice, &contract()).quiet("CTR-12");
}

#[test]
fn ctr_13_trips_on_an_end_before_the_start() {
    let case = capitation().set("/end_date", "2024-12-31");
    case.trips("CTR-13", "/end_date", "date_order", "error");
    let case = capitation().set("/start_date", "2025-06-01").set("/end_date", "2025-05-31");
    case.trips("CTR-13", "/end_date", "date_order", "error");
    let case = capitation().without("/start_date").set("/end_date", "2024-12-31");
    after(case, &contract()).trips("CTR-13", "/end_date", "date_order", "error");
}

#[test]
fn ctr_13_is_quiet_from_the_start_on() {
    capitation().set("/end_date", "2025-01-01").quiet("CTR-13");
    capitation().without("/start_date").set("/end_date", "2024-12-31").quiet("CTR-13");
    after(capitation().without("/end_date"), &contract()).quiet("CTR-13");
}

#[test]
fn ctr_14_trips_outside_the_window() {
    let case = |end: &str| after(capitation().set("/end_date", end), &contract()).today("2025-06-01");
    case("2025-05-31").trips("CTR-14", "/end_date", "out_of_period", "error");
    case("2026-04-01").trips("CTR-14", "/end_date", "out_of_period", "error");
    assert_eq!(case("2026-04-01").shown("CTR-14").0, json!({ "from": "2025-06-01", "to": "2026-03-31" }));
    // Month ends clamp.
    let mut previous = contract();
    previous["end_date"] = "2025-11-30".into();
    let case = |end: &str| after(capitation().set("/end_date", end), &previous).today("2025-06-01");
    case("2026-03-01").trips("CTR-14", "/end_date", "out_of_period", "error");
    case("2026-02-28").quiet("CTR-14");
}

#[test]
fn ctr_14_says_when_no_date_is_possible() {
    let case = after(capitation(), &contract()).today("2026-04-01");
    case.trips("CTR-14", "/end_date", "out_of_period", "error");
    let (params, message) = case.shown("CTR-14");
    assert_eq!(params, json!({ "from": "2026-04-01", "to": "2026-03-31" }));
    assert!(message.contains("Жодна дата"), "{message}");
}

#[test]
fn ctr_14_is_quiet_in_the_window_and_without_context() {
    let case = |end: &str| after(capitation().set("/end_date", end), &contract()).today("2025-06-01");
    case("2025-06-01").quiet("CTR-14");
    case("2026-03-31").quiet("CTR-14");
    after(capitation().set("/end_date", "2030-01-01"), &contract()).quiet("CTR-14");
    capitation().set("/end_date", "2030-01-01").today("2025-06-01").quiet("CTR-14");
    after(capitation().without("/end_date"), &contract()).today("2030-01-01").quiet("CTR-14");
}

#[test]
fn ctr_15_trips_the_end_date_that_the_server_takes() {
    let mut options = Options::default();
    options.context.set_previous(contract()).unwrap();
    let mut value = contents("capitation");
    value["end_date"] = Value::Null;
    let fills = preview("contract_request.capitation", &value, &options).server_fills;
    assert_eq!(fills, [("/end_date".to_owned(), "\"2025-12-31\"".to_owned())]);
    let sample = json!({ "signed_content": "e30=" });
    let fills = preview("contract_request.envelope", &sample, &options).server_fills;
    assert_eq!(fills, [("/signed_content/end_date".to_owned(), "\"2025-12-31\"".to_owned())]);
}

#[test]
fn ctr_15_is_quiet_when_the_end_date_is_given_or_not_known() {
    let mut options = Options::default();
    let value = contents("capitation");
    assert_eq!(preview("contract_request.capitation", &json!({}), &options).server_fills, []);
    options.context.set_previous(contract()).unwrap();
    assert_eq!(preview("contract_request.capitation", &value, &options).server_fills, []);
    assert_eq!(preview("results.confirm", &json!({}), &options).server_fills, []);
}

#[test]
fn ctr_16_trips_on_unknown_divisions_and_repeated_pairs() {
    let at = "/contractor_employee_divisions/1/division_id";
    capitation().set(at, UNKNOWN_ID).trips("CTR-16", at, "unknown_reference", "error");
    let first = contents("capitation")["contractor_employee_divisions"][0].clone();
    let case = capitation().set("/contractor_employee_divisions/2", first);
    case.trips("CTR-16", "/contractor_employee_divisions/2/division_id", "duplicate", "error");
    assert_eq!(case.shown("CTR-16").0, json!({ "first": 0 }));
}

#[test]
fn ctr_16_is_quiet_on_one_employee_in_two_divisions() {
    let mut second = contents("capitation")["contractor_employee_divisions"][0].clone();
    second["division_id"] = OTHER_DIVISION.into();
    capitation().set("/contractor_employee_divisions/2", second).quiet("CTR-16");
    // What cannot be read in the list of divisions may be the one that is meant.
    let at = "/contractor_employee_divisions/1/division_id";
    capitation().set("/contractor_divisions/0", "id").set(at, UNKNOWN_ID).quiet("CTR-16");
}

#[test]
fn ctr_17_trips_on_subcontractors() {
    let id = "/external_contractors/0/divisions/0/id";
    capitation().set(id, UNKNOWN_ID).trips("CTR-17", id, "unknown_reference", "error");
    let expires = "/external_contractors/0/contract/expires_at";
    let case = capitation().set("/external_contractors/0/contract/issued_at", "2023-01-01");
    case.clone().set(expires, "2025-01-01").trips("CTR-17", expires, "date_order", "error");
    let issued = "/external_contractors/0/contract/issued_at";
    capitation().set(issued, "2027-01-01").trips("CTR-17", expires, "date_order", "warning");
    // Without a start of its own the previous contract's counts.
    let case = case.without("/start_date").set(expires, "2024-12-31");
    case.quiet("CTR-17");
    after(case, &contract()).trips("CTR-17", expires, "date_order", "error");
}

#[test]
fn ctr_17_is_quiet_on_a_contract_that_outlasts_the_start() {
    capitation().set("/external_contractors/0/contract/expires_at", "2025-01-02").quiet("CTR-17");
}

#[test]
fn ctr_18_trips_when_flag_and_list_disagree() {
    let at = "/external_contractor_flag";
    capitation().set(at, false).trips("CTR-18", at, "mismatch", "error");
    capitation().without(at).trips("CTR-18", at, "mismatch", "error");
    capitation().without("/external_contractors").trips("CTR-18", at, "mismatch", "error");
    capitation().set("/external_contractors", json!([])).trips("CTR-18", at, "mismatch", "error");
}

#[test]
fn ctr_18_is_quiet_when_they_agree() {
    capitation().quiet("CTR-18");
    capitation().without("/external_contractors").set("/external_contractor_flag", false).quiet("CTR-18");
    capitation().without("/external_contractors").without("/external_contractor_flag").quiet("CTR-18");
}

#[test]
fn ctr_19_trips_on_codes_that_the_dictionaries_lack() {
    let case = codes(capitation(), "CONTRACT_TYPE", &["PMD_2", "PMD_3"]);
    case.trips("CTR-19", "/id_form", "enum", "error");
    assert_eq!(case.shown("CTR-19").0, json!({ "allowed": ["PMD_2", "PMD_3"] }));
    let case = codes(reimbursement(), "CONTRACT_PAYMENT_METHOD", &["BACKWARD"]);
    case.trips("CTR-19", "/nhs_payment_method", "enum", "error");
    let case = codes(capitation(), "MEDICAL_SERVICE", &["PMD_9"]);
    case.trips("CTR-19", "/external_contractors/0/divisions/0/medical_service", "enum", "error");
    capitation().set("/id_form", "").trips("CTR-19", "/id_form", "required", "error");
}

#[test]
fn ctr_19_is_quiet_on_known_codes_and_without_dictionaries() {
    codes(capitation(), "CONTRACT_TYPE", &["PMD_1"]).quiet("CTR-19");
    capitation().set("/id_form", "anything").quiet("CTR-19");
}

#[test]
fn ctr_20_trips_on_accounts_and_bank_codes() {
    let (account, mfo) = ("/contractor_payment_details/payer_account", "/contractor_payment_details/MFO");
    capitation().set(account, "UA663510050000032009102701026").trips("CTR-20", account, "checksum", "error");
    for text in ["UA65351005000003200910270102", "DE89370400440532013000", "12 34", "12a"] {
        capitation().set(account, text).trips("CTR-20", account, "format", "error");
    }
    capitation().set(account, "UA213223130000026007233566001").trips("CTR-20", account, "mismatch", "warning");
    for text in ["35100", "3510055", "35100A"] {
        capitation().set(mfo, text).trips("CTR-20", mfo, "format", "error");
    }
}

#[test]
fn ctr_20_is_quiet_on_digits_and_on_the_banks_own_iban() {
    capitation().quiet("CTR-20");
    capitation().set("/contractor_payment_details/payer_account", "32009102701026").fine();
}

#[test]
fn ctr_21_trips_on_names_that_the_schemas_refuse() {
    for text in ["Устав предприятия: объект", "Приказ № 5 & Co", "«Статут»", "Статут\nнаказ", "100%"]
    {
        capitation().set("/contractor_base", text).trips("CTR-21", "/contractor_base", "format", "error");
    }
    let bank = "/contractor_payment_details/bank_name";
    capitation().set(bank, "Bank@home").trips("CTR-21", bank, "format", "error");
    capitation().set(bank, "").trips("CTR-21", bank, "required", "error");
    let number = "/external_contractors/0/contract/number";
    capitation().set(number, "#1").trips("CTR-21", number, "format", "error");
}

#[test]
fn ctr_21_is_quiet_on_names() {
    capitation().set("/contractor_base", "№ 5 від 01.01.2025, «Статут»").quiet("CTR-21");
}

#[test]
fn a_previous_contract_that_is_none_is_refused_by_the_name_of_its_part() {
    let mut options = Options::default();
    let refused = |options: &mut Options, value: Value| options.context.set_previous(&value).unwrap_err().to_string();
    for odd in [
        json!("0000-9EAX-XT7X"),
        json!(5),
        json!([]),
        json!([contract()]),
        json!({}),
        json!({ "status": "VERIFIED" }),
        json!({ "contract_number": null }),
        json!({ "contract_number": " " }),
        json!({ "contract_number": {} }),
        json!({ "data": {} }),
        json!({ "data": [contract()] }),
        json!({ "meta": {}, "data": null }),
    ] {
        assert!(refused(&mut options, odd.clone()).starts_with("context.previous:"), "{odd}");
    }
    options.context.set_previous(json!({ "contract_number": "0000-9EAX-XT7X", "end_date": "soon" })).unwrap();
    let given = |previous: Value| portform::options_read::options(json!({ "context": { "previous": previous } }));
    assert!(given(json!([])).unwrap_err().to_string().starts_with("context.previous:"));
    assert!(given(Value::Null).is_ok() && given(contract()).is_ok());
}

#[test]
fn the_bytes_to_sign_are_read_back_as_the_same_bytes() {
    let options = Options::default();
    let body = preview("contract_request.capitation", &contents("capitation"), &options).body;
    let strict = Options { mode: Mode::Strict, ..Options::default() };
    let again = check_json(table("contract_request.capitation"), body.as_bytes(), &strict);
    assert!(again.is_empty(), "{}", again.issues_json());
    assert_eq!(again.body(), Some(body));
}

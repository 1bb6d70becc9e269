//! The rules of an application, APP-01 to APP-14, and of a comment on one, CMT-01 to CMT-03: each tripped by one test and left alone
//! by another.

use crate::support::Case;
use serde_json::{Value, json};

fn application() -> Case {
    Case::new(
        "application",
        json!({
            "program_id": "P", "cycle_id": "C", "request_id": "R", "request_number": "1", "snils": "112-233-445 95",
            "first_name": "Иван", "last_name": "Петров", "patronymic": "Ильич", "birth_date": "1980-05-17",
            "is_budget": true, "is_paid": false, "is_paid_foms": false,
            "is_work": true, "position": "врач", "work_place": "больница", "work_address": "Москва",
            "payer": "организация", "additional_info": "", "comment": ""
        }),
    )
}

#[test]
fn a_full_application_is_fine() {
    application().fine();
}

#[test]
fn app_01_trips_on_another_state() {
    application().set("/state", "paused").trips("APP-01", "/state", "enum", "error");
}

#[test]
fn app_01_is_quiet_on_a_cancellation_which_needs_only_its_ids() {
    let bare =
        json!({ "state": "cancelled", "program_id": "P", "cycle_id": "C", "request_id": "R", "request_number": "1" });
    Case::new("application", bare).fine();
    let case = application().set("/state", "Cancelled").set("/is_work", 5);
    case.quiet("APP-01");
    let ignored: Vec<_> = case.issues().into_iter().filter(|(_, code, ..)| code == "not_relevant").collect();
    assert_eq!(ignored.len(), 10, "{ignored:?}");
    assert!(case.issues().iter().all(|(.., severity, _)| severity != "error"));
    assert_eq!(application().set("/state", "cancelled").body()["first_name"], "Иван", "what came in is kept");
    application().set("/state", "actual").fine();
}

#[test]
fn app_02_trips_without_programme_or_cycle() {
    application().without("/program_id").trips("APP-02", "/program_id", "required", "error");
    application().set("/cycle_id", "").trips("APP-02", "/cycle_id", "required", "error");
}

#[test]
fn app_02_is_quiet_with_both() {
    application().quiet("APP-02");
}

#[test]
fn app_03_trips_when_nobody_is_named() {
    application().without("/request_id").set("/snils", "").trips("APP-03", "/request_id", "required_when", "error");
}

#[test]
fn app_03_is_quiet_with_a_snils_even_an_unreadable_one() {
    application().without("/request_id").quiet("APP-03");
    application().without("/request_id").set("/snils", json!([])).quiet("APP-03");
}

#[test]
fn app_04_trips_on_a_missing_or_wrong_snils() {
    application().without("/request_id").without("/snils").trips("APP-04", "/snils", "required_when", "error");
    application().set("/snils", "112-233").trips("APP-04", "/snils", "format", "warning");
    application().set("/snils", "112-233-445 96").trips("APP-04", "/snils", "checksum", "warning");
    application().set("/snils", "000-000-000 00").trips("APP-04", "/snils", "format", "warning");
}

#[test]
fn app_04_is_quiet_on_a_snils_or_another_id() {
    application().set("/snils", "11223344595").quiet("APP-04");
    application().without("/snils").quiet("APP-04");
}

#[test]
fn app_05_trips_without_a_number() {
    application().without("/request_number").trips("APP-05", "/request_number", "required", "error");
}

#[test]
fn app_05_is_quiet_with_a_number() {
    application().set("/request_number", 7).quiet("APP-05");
}

#[test]
fn app_06_trips_without_a_name() {
    application()
        .without("/first_name")
        .set("/last_name", Value::Null)
        .finds("APP-06", &[("/first_name", "required", "error"), ("/last_name", "required", "error")]);
}

#[test]
fn app_06_is_quiet_with_a_name_and_swaps_nothing() {
    let case = application().set("/first_name", "Петров").set("/last_name", "Иван");
    case.quiet("APP-06");
    assert_eq!((&case.body()["first_name"], &case.body()["last_name"]), (&json!("Петров"), &json!("Иван")));
}

#[test]
fn app_07_trips_without_a_patronymic() {
    application().without("/patronymic").trips("APP-07", "/patronymic", "expected", "warning");
}

#[test]
fn app_07_is_quiet_with_a_patronymic() {
    application().quiet("APP-07");
}

#[test]
fn app_08_trips_on_a_day_that_has_not_come() {
    let case = application().set("/birth_date", "2026-06-01").today("2026-05-31");
    case.trips("APP-08", "/birth_date", "date_order", "warning");
    assert_eq!(case.shown("APP-08").0, json!({ "after": "today" }));
    application().set("/birth_date", "1980-02-30").trips("APP-08", "/birth_date", "date", "error");
}

#[test]
fn app_08_is_quiet_on_a_past_day_under_either_name() {
    application().today("1980-05-17").quiet("APP-08");
    application().set("/birth_date", "2090-01-01").quiet("APP-08");
    for name in ["birthdate", "date_of_birth", "BirthDate"] {
        let case = application().without("/birth_date").set(&format!("/{name}"), "17.05.1980");
        assert_eq!(case.body()["birth_date"], "1980-05-17");
        case.finds("GEN-06", &[("/birth_date", "renamed", "note"), ("/birth_date", "coerced", "note")]);
    }
}

#[test]
fn app_09_trips_unless_one_basis_is_chosen() {
    application().without("/is_paid").trips("APP-09", "/is_paid", "required", "error");
    application().set("/is_paid", true).trips("APP-09", "/is_budget", "inconsistent", "warning");
    application().set("/is_budget", false).trips("APP-09", "/is_budget", "inconsistent", "warning");
}

#[test]
fn app_09_is_quiet_on_one_basis() {
    application().set("/is_budget", false).set("/is_paid_foms", true).quiet("APP-09");
    application()
        .set("/is_paid", true)
        .set("/state", "cancelled")
        .finds("APP-09", &[("/is_budget", "not_relevant", "warning"), ("/is_paid", "not_relevant", "warning")]);
}

#[test]
fn app_10_trips_without_the_mark_of_work() {
    application().without("/is_work").trips("APP-10", "/is_work", "required", "error");
}

#[test]
fn app_10_is_quiet_with_the_mark() {
    application().quiet("APP-10");
}

#[test]
fn app_11_trips_when_one_works_without_a_position() {
    application().without("/position").trips("APP-11", "/position", "required_when", "error");
}

#[test]
fn app_11_is_quiet_when_one_does_not_work() {
    application().set("/is_work", false).without("/position").quiet("APP-11");
    application().without("/is_work").without("/position").quiet("APP-11");
}

#[test]
fn app_12_trips_on_a_position_without_a_place() {
    application().without("/work_place").trips("APP-12", "/work_place", "required_when", "error");
    application().set("/work_address", " ").trips("APP-12", "/work_address", "required_when", "error");
}

#[test]
fn app_12_is_quiet_without_a_position() {
    application().set("/position", "").without("/work_place").without("/work_address").quiet("APP-12");
}

#[test]
fn app_13_trips_without_a_payer() {
    application().without("/payer").trips("APP-13", "/payer", "required", "error");
}

#[test]
fn app_13_is_quiet_with_a_payer() {
    application().quiet("APP-13");
}

#[test]
fn app_14_trips_on_a_comment_that_is_no_text() {
    application().set("/comment", json!({})).trips("APP-14", "/comment", "type", "error");
}

#[test]
fn app_14_is_quiet_without_a_comment() {
    application().without("/comment").without("/additional_info").quiet("APP-14");
}

fn comment() -> Case {
    Case::new(
        "application.comment",
        json!({ "program_id": "P", "cycle_id": "C", "request_id": "R", "request_number": "1", "comment": "принесите диплом" }),
    )
}

#[test]
fn cmt_01_trips_when_nothing_or_nobody_is_named() {
    comment().without("/program_id").trips("CMT-01", "/program_id", "required", "error");
    comment()
        .without("/request_id")
        .finds("CMT-01", &[("/request_id", "required_when", "error"), ("/snils", "required_when", "error")]);
    comment().set("/snils", "112-233-445 96").trips("CMT-01", "/snils", "checksum", "warning");
}

#[test]
fn cmt_01_is_quiet_with_one_of_both() {
    comment().fine();
    comment().without("/request_id").set("/snils", "112-233-445 95").quiet("CMT-01");
}

#[test]
fn cmt_02_trips_without_a_number() {
    comment().without("/request_number").trips("CMT-02", "/request_number", "required", "error");
}

#[test]
fn cmt_02_is_quiet_with_a_number() {
    comment().quiet("CMT-02");
}

#[test]
fn cmt_03_trips_without_a_comment() {
    comment().set("/comment", "").trips("CMT-03", "/comment", "required", "error");
}

#[test]
fn cmt_03_is_quiet_with_a_comment() {
    comment().quiet("CMT-03");
}

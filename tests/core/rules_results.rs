//! The rules of results, RES-01 to RES-15 and CNF-01: each tripped by one test and left alone by another.

use std::collections::HashSet;
use std::sync::Arc;

use crate::support::Case;
use serde_json::{Value, json};

fn passed(number: &str) -> Value {
    json!({
        "cycle_id": "c-1", "request_number": number, "attended": true, "result_status": "SUCCEED", "attendance": 80,
        "practical_skills": 5, "interview": 4, "case_solving": 4, "test_percentage": 65, "test_mark": 5,
        "certificate": "0001", "certificate_applied": true
    })
}

fn single() -> Case {
    Case::new("result.update", passed("1"))
}

fn batch() -> Case {
    Case::new("results.bulk_update", json!({ "cycle_id": "c-1", "results": [passed("1"), passed("2"), passed("3")] }))
}

#[test]
fn full_results_are_fine() {
    single().fine();
    batch().fine();
}

#[test]
fn res_01_trips_without_a_cycle_or_with_another() {
    single().without("/cycle_id").trips("RES-01", "/cycle_id", "required", "error");
    batch().without("/cycle_id").trips("RES-01", "/cycle_id", "required", "error");
    batch().set("/results/1/cycle_id", "c-2").trips("RES-01", "/results/1/cycle_id", "mismatch", "error");
}

#[test]
fn res_01_is_quiet_when_an_item_inherits_the_cycle() {
    let case = batch().without("/results/0/cycle_id").set("/results/1/cycle_id", "").set("/results/2/cycle_id", " c-1");
    case.quiet("RES-01");
    for item in case.body()["results"].as_array().unwrap() {
        assert_eq!(item["cycle_id"], "c-1");
    }
}

#[test]
fn res_02_trips_without_an_application_number() {
    single().without("/request_number").trips("RES-02", "/request_number", "required", "error");
    batch().set("/results/2/request_number", "").trips("RES-02", "/results/2/request_number", "required", "error");
}

#[test]
fn res_02_is_quiet_on_a_number() {
    let case = single().set("/request_number", 1);
    case.quiet("RES-02");
    case.trips("GEN-06", "/request_number", "coerced", "note");
    assert_eq!(case.body()["request_number"], "1");
}

#[test]
fn res_03_trips_on_what_is_no_flag() {
    single().set("/attended", "нет").trips("RES-03", "/attended", "type", "error");
}

#[test]
fn res_03_is_quiet_without_the_mark() {
    single().without("/attended").quiet("RES-03");
}

#[test]
fn res_04_trips_without_a_status_or_with_another_word() {
    single().without("/result_status").trips("RES-04", "/result_status", "required", "error");
    let case = single().set("/result_status", "passed");
    case.trips("RES-04", "/result_status", "enum", "error");
    assert_eq!(case.shown("RES-04").0, json!({ "allowed": ["not_trained", "failed", "succeed"] }));
}

#[test]
fn res_04_is_quiet_on_every_spelling() {
    for (given, notes) in [("SUCCEED", 0), ("succed", 0), ("succeed", 0), ("Success", 1), ("SUCCED", 1), ("success", 1)]
    {
        let case = single().set("/result_status", given);
        case.quiet("RES-04");
        assert_eq!(case.issues().len(), notes, "{given}");
        assert_eq!(case.body()["result_status"], "SUCCEED", "{given}");
        let table = case.with(|options| options.dialect.result_status_table = true);
        assert_eq!(table.body()["result_status"], "succed", "{given}");
    }
    for given in ["NOT_TRAINED", "FAILED", "SUCCEED", "not_trained", "failed", "succed"] {
        Case::new(
            "result.update",
            json!({ "cycle_id": "c", "request_number": "1", "result_status": given, "test_mark": 2 }),
        )
        .strict()
        .quiet("GEN-06");
    }
}

#[test]
fn res_05_trips_over_a_hundred_or_under_nought() {
    single().set("/attendance", 101).trips("RES-05", "/attendance", "too_large", "warning");
    single().set("/attendance", -1).trips("RES-05", "/attendance", "too_small", "error");
    single().set("/attendance", 7.5).trips("RES-05", "/attendance", "integer", "error");
}

#[test]
fn res_05_is_quiet_up_to_a_hundred() {
    single().set("/attendance", 100).quiet("RES-05");
    single().set("/attendance", "70 %").quiet("RES-05");
}

#[test]
fn res_06_trips_outside_one_to_five_and_without_teaching() {
    single().set("/interview", 6).trips("RES-06", "/interview", "too_large", "warning");
    single().set("/case_solving", 0).trips("RES-06", "/case_solving", "too_small", "warning");
    single().set("/result_status", "NOT_TRAINED").finds(
        "RES-06",
        &[
            ("/practical_skills", "not_relevant", "warning"),
            ("/interview", "not_relevant", "warning"),
            ("/case_solving", "not_relevant", "warning"),
        ],
    );
}

#[test]
fn res_06_is_quiet_from_one_to_five() {
    single().set("/interview", 1).set("/case_solving", 5).quiet("RES-06");
    single()
        .set("/interview", 0)
        .set("/case_solving", Value::Null)
        .without("/practical_skills")
        .set("/result_status", "NOT_TRAINED")
        .quiet("RES-06");
}

#[test]
fn res_07_trips_outside_nought_to_a_hundred() {
    single().set("/test_percentage", 101).trips("RES-07", "/test_percentage", "too_large", "error");
    single().set("/test_percentage", -1).trips("RES-07", "/test_percentage", "too_small", "error");
}

#[test]
fn res_07_is_quiet_at_the_bounds() {
    single().set("/test_percentage", 0).quiet("RES-07");
    single().set("/test_percentage", 100).quiet("RES-07");
}

#[test]
fn res_08_trips_without_a_mark_or_outside_one_to_five() {
    let case = single().without("/test_mark");
    case.trips("RES-08", "/test_mark", "required_when", "error");
    assert_eq!(case.shown("RES-08").0, json!({ "when": "result_status in (failed, succeed)" }));
    single().set("/test_mark", 6).trips("RES-08", "/test_mark", "too_large", "error");
    single().set("/test_mark", 0).trips("RES-08", "/test_mark", "too_small", "error");
}

#[test]
fn res_08_is_quiet_without_teaching_and_while_the_status_is_unknown() {
    single().without("/test_mark").set("/result_status", "not_trained").quiet("RES-08");
    single().without("/test_mark").set("/result_status", "?").quiet("RES-08");
}

#[test]
fn res_09_trips_on_a_certificate_of_one_who_did_not_pass() {
    single().set("/result_status", "FAILED").trips("RES-09", "/certificate", "not_relevant", "warning");
}

#[test]
fn res_09_is_quiet_on_one_who_passed() {
    single().quiet("RES-09");
    single().without("/certificate").quiet("RES-09");
}

#[test]
fn res_10_trips_on_what_is_no_flag() {
    single().set("/certificate_applied", 1).trips("RES-10", "/certificate_applied", "type", "error");
}

#[test]
fn res_10_is_quiet_on_a_flag() {
    single().set("/certificate_applied", "TRUE").quiet("RES-10");
}

#[test]
fn res_11_trips_at_each_later_place() {
    let case = batch().set("/results/1/request_number", "1").set("/results/2/request_number", 1);
    case.finds(
        "RES-11",
        &[("/results/1/request_number", "duplicate", "error"), ("/results/2/request_number", "duplicate", "error")],
    );
    assert_eq!(case.shown("RES-11").0, json!({ "first": 0 }));
}

#[test]
fn res_11_is_quiet_on_different_and_on_missing_numbers() {
    batch().quiet("RES-11");
    batch().set("/results/1/request_number", "").set("/results/2/request_number", Value::Null).quiet("RES-11");
}

#[test]
fn res_12_trips_when_one_passed_without_attending() {
    single().set("/attended", false).trips("RES-12", "/attended", "inconsistent", "warning");
    batch().set("/results/0/attended", false).trips("RES-12", "/results/0/attended", "inconsistent", "warning");
}

#[test]
fn res_12_is_quiet_when_one_did_not_attend_and_was_not_taught() {
    single().set("/attended", false).set("/result_status", "NOT_TRAINED").quiet("RES-12");
    single().without("/attended").quiet("RES-12");
}

#[test]
fn res_13_trips_when_the_mark_and_the_status_disagree() {
    single().set("/test_mark", 2).trips("RES-13", "/test_mark", "inconsistent", "warning");
    single().set("/result_status", "FAILED").set("/test_mark", 3).trips(
        "RES-13",
        "/test_mark",
        "inconsistent",
        "warning",
    );
}

#[test]
fn res_13_is_quiet_when_they_agree() {
    single().set("/test_mark", 3).quiet("RES-13");
    single().set("/result_status", "FAILED").set("/test_mark", 2).quiet("RES-13");
}

#[test]
fn res_14_trips_on_a_batch_of_nothing() {
    batch().without("/results").trips("RES-14", "/results", "required", "error");
    batch().set("/results", json!([])).trips("RES-14", "/results", "too_few", "error");
    batch().set("/results", 5).trips("RES-14", "/results", "type", "error");
    batch().set("/results/1", Value::Null).trips("RES-14", "/results/1", "required", "error");
    batch().set("/results/1", "x").trips("RES-14", "/results/1", "type", "error");
}

#[test]
fn res_14_is_quiet_on_one_result() {
    batch().set("/results", json!([passed("1")])).quiet("RES-14");
    let case = batch().set("/results", passed("1"));
    case.quiet("RES-14");
    case.trips("GEN-06", "/results", "wrapped", "note");
}

#[test]
fn res_15_trips_on_an_unknown_application() {
    let known = |case: Case| {
        case.with(|options| options.context.request_numbers = Some(Arc::new(HashSet::from(["1".into(), "2".into()]))))
    };
    let case = known(batch());
    case.trips("RES-15", "/results/2/request_number", "unknown_reference", "warning");
    assert_eq!(case.shown("RES-15").0, json!({ "list": "request_numbers" }));
    known(single().set("/request_number", "3")).trips("RES-15", "/request_number", "unknown_reference", "warning");
}

#[test]
fn res_15_is_quiet_on_a_known_application_and_without_a_list() {
    batch().quiet("RES-15");
    batch()
        .with(|options| {
            let known = ["1", "2", "3"].map(str::to_owned);
            options.context.request_numbers = Some(Arc::new(HashSet::from(known)));
        })
        .quiet("RES-15");
}

#[test]
fn cnf_01_trips_without_a_cycle() {
    Case::new("results.confirm", json!({})).trips("CNF-01", "/cycle_id", "required", "error");
}

#[test]
fn cnf_01_is_quiet_with_a_cycle() {
    Case::new("results.confirm", json!({ "cycle_id": "c-1" })).fine();
}

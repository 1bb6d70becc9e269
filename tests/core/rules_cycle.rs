//! The rules of a cycle, CYC-01 to CYC-21 and CAN-01 to CAN-03: each tripped by one test and left alone by another.

use crate::support::Case;
use serde_json::{Value, json};

fn cycle() -> Case {
    Case::new(
        "cycle.create",
        json!({
            "id": "402c4e16", "programme": "TEST-1234", "begin_date": "2026-02-01", "end_date": "2026-02-10",
            "education_form": "fulltime", "is_budget": true, "is_paid": false, "is_paid_foms": false,
            "has_budget_places": true, "budget_places": 10
        }),
    )
}

fn paid() -> Case {
    cycle().set("/is_paid", true).set("/price", 15000).set("/has_paid_places", true).set("/paid_places", 90)
}

fn update() -> Case {
    Case::new(
        "cycle.update",
        json!({
            "id": "402c4e16", "programme": "TEST-1234", "begin_date": "2026-02-01", "end_date": "2026-02-10",
            "education_form": "fulltime", "is_budget": true, "is_paid": false, "is_paid_foms": false,
            "has_budget_places": true, "budget_places": 10, "change_comment": "перенос"
        }),
    )
}

fn programme() -> Value {
    json!({ "program_number": "TEST-1234", "education_form": "fulltime", "is_budget": true, "is_paid": false, "is_paid_foms": false })
}

#[test]
fn a_full_cycle_is_fine() {
    cycle().fine();
    paid().fine();
    update().fine();
}

#[test]
fn cyc_01_trips_without_an_id() {
    cycle().without("/id").trips("CYC-01", "/id", "required", "error");
    cycle().set("/id", "\u{a0} ").trips("CYC-01", "/id", "required", "error");
}

#[test]
fn cyc_01_is_quiet_with_an_id() {
    cycle().set("/id", 17).quiet("CYC-01");
}

#[test]
fn cyc_02_trips_without_a_programme_or_with_another() {
    cycle().set("/programme", Value::Null).trips("CYC-02", "/programme", "required", "error");
    cycle().set("/programme", "TEST-2").programme(&programme()).trips("CYC-02", "/programme", "mismatch", "error");
}

#[test]
fn cyc_02_is_quiet_with_the_programme_of_the_context() {
    cycle().programme(&programme()).quiet("CYC-02");
    cycle().set("/programme", "TEST-2").quiet("CYC-02");
    cycle().set("/programme", "TEST-2").programme(&json!({})).quiet("CYC-02");
}

#[test]
fn cyc_03_trips_without_a_first_day_or_with_a_past_one() {
    cycle().without("/begin_date").trips("CYC-03", "/begin_date", "required", "error");
    cycle().today("2026-02-02").trips("CYC-03", "/begin_date", "inconsistent", "warning");
}

#[test]
fn cyc_03_is_quiet_today_and_on_update() {
    cycle().today("2026-02-01").quiet("CYC-03");
    cycle().quiet("CYC-03");
    update().today("2030-01-01").quiet("CYC-03");
}

#[test]
fn cyc_04_trips_without_a_last_day() {
    cycle().without("/end_date").trips("CYC-04", "/end_date", "required", "error");
    cycle().set("/end_date", "2026-02-30").trips("CYC-04", "/end_date", "date", "error");
}

#[test]
fn cyc_04_is_quiet_with_a_last_day() {
    cycle().set("/end_date", "28.02.2026").quiet("CYC-04");
}

#[test]
fn cyc_05_trips_when_it_ends_before_it_begins() {
    let case = cycle().set("/end_date", "2026-01-31");
    case.trips("CYC-05", "/end_date", "date_order", "error");
    assert_eq!(case.shown("CYC-05").0, json!({ "after": "begin_date" }));
}

#[test]
fn cyc_05_is_quiet_on_one_day_and_while_a_date_is_unreadable() {
    cycle().set("/end_date", "2026-02-01").quiet("CYC-05");
    cycle().set("/begin_date", "2099-13-01").quiet("CYC-05");
}

#[test]
fn cyc_06_trips_on_another_word_or_another_form_than_the_programme() {
    cycle().set("/education_form", "очная").trips("CYC-06", "/education_form", "enum", "error");
    cycle().set("/education_form", "remote").programme(&programme()).trips(
        "CYC-06",
        "/education_form",
        "mismatch",
        "warning",
    );
}

#[test]
fn cyc_06_is_quiet_with_the_form_of_the_programme() {
    cycle().programme(&programme()).quiet("CYC-06");
    cycle().set("/education_form", "remote").quiet("CYC-06");
}

#[test]
fn cyc_07_trips_without_a_basis_mark_or_with_one_that_the_programme_lacks() {
    cycle().without("/is_paid_foms").trips("CYC-07", "/is_paid_foms", "required", "error");
    cycle().set("/is_paid", "maybe").trips("CYC-07", "/is_paid", "type", "error");
    paid().programme(&programme()).trips("CYC-07", "/is_paid", "mismatch", "warning");
}

#[test]
fn cyc_07_is_quiet_when_the_programme_has_more() {
    cycle().programme(&json!({ "is_budget": "true", "is_paid": true })).quiet("CYC-07");
    paid().programme(&json!({ "is_budget": true })).quiet("CYC-07");
}

#[test]
fn cyc_08_trips_without_any_basis() {
    cycle().set("/is_budget", false).trips("CYC-08", "/is_budget", "expected", "warning");
    cycle().set("/is_budget", false).promote("CYC-08").trips("CYC-08", "/is_budget", "expected", "error");
}

#[test]
fn cyc_08_is_quiet_with_one_basis_and_while_one_is_unknown() {
    cycle().quiet("CYC-08");
    cycle().set("/is_budget", false).without("/is_paid").quiet("CYC-08");
}

#[test]
fn cyc_09_trips_on_a_missing_or_odd_price() {
    paid().without("/price").trips("CYC-09", "/price", "required_when", "error");
    paid().set("/price", 10.005).trips("CYC-09", "/price", "decimal_places", "error");
    paid().set("/price", -1).trips("CYC-09", "/price", "too_small", "error");
    cycle().set("/price", 15000).trips("CYC-09", "/price", "not_relevant", "warning");
    assert_eq!(paid().without("/price").shown("CYC-09").0, json!({ "when": "is_paid = true" }));
}

#[test]
fn cyc_09_is_quiet_with_a_price_and_while_the_basis_is_unreadable() {
    paid().set("/price", 0).quiet("CYC-09");
    paid().set("/price", "12 000,50 ₽").quiet("CYC-09");
    cycle().set("/is_paid", "maybe").quiet("CYC-09");
    cycle().set("/is_paid", "maybe").set("/price", 15000).quiet("CYC-09");
    cycle().set("/price", 0).quiet("CYC-09");
}

#[test]
fn cyc_10_trips_on_a_missing_price_of_the_fund() {
    cycle().set("/is_paid_foms", true).trips("CYC-10", "/price_foms", "required_when", "error");
    cycle().set("/price_foms", 5).trips("CYC-10", "/price_foms", "not_relevant", "warning");
}

#[test]
fn cyc_10_is_quiet_with_a_price_of_the_fund() {
    cycle().set("/is_paid_foms", true).set("/price_foms", 12.5).quiet("CYC-10");
}

#[test]
fn cyc_11_trips_without_the_mark_of_budget_places() {
    cycle().without("/has_budget_places").trips("CYC-11", "/has_budget_places", "required_when", "error");
}

#[test]
fn cyc_11_is_quiet_without_a_budget_basis() {
    paid().set("/is_budget", false).set("/has_budget_places", false).quiet("CYC-11");
}

#[test]
fn cyc_12_trips_when_the_mark_and_the_number_of_places_disagree() {
    let at = "/budget_places";
    cycle().without(at).trips("CYC-12", at, "required_when", "error");
    cycle().set(at, 0).trips("CYC-12", at, "inconsistent", "warning");
    cycle().set("/has_budget_places", false).trips("CYC-12", at, "inconsistent", "warning");
    cycle().set(at, -1).trips("CYC-12", at, "too_small", "error");
    cycle().set(at, 1.5).trips("CYC-12", at, "integer", "error");
}

#[test]
fn cyc_12_is_quiet_when_they_agree() {
    cycle().set("/has_budget_places", false).set("/budget_places", 0).quiet("CYC-12");
    cycle().set("/has_budget_places", "maybe").set("/budget_places", 0).quiet("CYC-12");
    cycle().quiet("CYC-12");
}

#[test]
fn cyc_13_trips_without_the_mark_of_paid_places() {
    paid().without("/has_paid_places").trips("CYC-13", "/has_paid_places", "required_when", "error");
}

#[test]
fn cyc_13_is_quiet_without_a_paid_basis() {
    cycle().quiet("CYC-13");
}

#[test]
fn cyc_14_trips_when_the_mark_and_the_number_of_paid_places_disagree() {
    paid().set("/paid_places", 0).trips("CYC-14", "/paid_places", "inconsistent", "warning");
    paid().without("/paid_places").trips("CYC-14", "/paid_places", "required_when", "error");
}

#[test]
fn cyc_14_is_quiet_when_they_agree() {
    paid().quiet("CYC-14");
    paid().without("/has_paid_places").quiet("CYC-14");
}

#[test]
fn cyc_15_trips_on_notes_that_are_no_text() {
    cycle().set("/notes", true).trips("CYC-15", "/notes", "type", "error");
    cycle().set("/clinical_base", json!([])).trips("CYC-15", "/clinical_base", "type", "error");
}

#[test]
fn cyc_15_is_quiet_on_text_and_on_nothing() {
    cycle().set("/places_notes", "два потока").set("/notes", "").set("/clinical_base", Value::Null).quiet("CYC-15");
}

#[test]
fn cyc_16_trips_on_a_word_that_is_neither_true_nor_false() {
    cycle().set("/is_outbound", "да").trips("CYC-16", "/is_outbound", "type", "error");
    cycle().set("/is_outbound", 1).trips("CYC-16", "/is_outbound", "type", "error");
}

#[test]
fn cyc_16_is_quiet_on_a_flag() {
    cycle().set("/is_outbound", "False").quiet("CYC-16");
}

#[test]
fn cyc_17_trips_on_what_is_no_phone_number() {
    cycle().set("/phone", "asdfasdada").trips("CYC-17", "/phone", "format", "warning");
}

#[test]
fn cyc_17_is_quiet_on_a_phone_number_and_on_nothing() {
    cycle().set("/phone", "+7 (495) 123-45-67").quiet("CYC-17");
    cycle().set("/phone", "").quiet("CYC-17");
}

#[test]
fn cyc_18_trips_on_what_is_no_address() {
    cycle().set("/email", "asadaa").trips("CYC-18", "/email", "format", "warning");
}

#[test]
fn cyc_18_is_quiet_on_a_cyrillic_address() {
    cycle().set("/email", "учёба@институт.рф").quiet("CYC-18");
}

#[test]
fn cyc_19_trips_on_an_update_without_a_comment() {
    update().set("/change_comment", "").trips("CYC-19", "/change_comment", "expected", "warning");
}

#[test]
fn cyc_19_is_quiet_when_a_cycle_is_new() {
    cycle().quiet("CYC-19");
    update().quiet("CYC-19");
}

#[test]
fn cyc_20_trips_on_a_missing_or_incomplete_address() {
    cycle().set("/is_outbound", true).trips("CYC-20", "/address", "expected", "warning");
    cycle()
        .set("/address", json!({ "address": "ул. Мира, 1", "city": " " }))
        .finds("CYC-20", &[("/address/region", "required", "error"), ("/address/city", "required", "error")]);
    let place = json!({ "region": "Москва", "city": "Москва" });
    cycle().set("/address", json!([place, place])).trips("CYC-20", "/address", "too_many", "error");
    cycle().set("/address", "Москва").trips("CYC-20", "/address", "type", "error");
    cycle().set("/address", json!(["Москва"])).trips("CYC-20", "/address", "type", "error");
    let list = |case: Case| case.with(|options| options.dialect.address_list = true);
    list(cycle().set("/address", json!([place, {}])))
        .finds("CYC-20", &[("/address/1/region", "required", "error"), ("/address/1/city", "required", "error")]);
    list(cycle().set("/address", json!([null]))).trips("CYC-20", "/address/0", "required", "error");
    list(cycle().set("/is_outbound", true).set("/address", json!([])))
        .trips("CYC-20", "/address", "expected", "warning");
}

#[test]
fn cyc_20_is_quiet_on_either_form_of_an_address() {
    let place = json!({ "region": "Москва", "city": "Москва" });
    for given in [place.clone(), json!([place.clone()])] {
        let case = cycle().set("/is_outbound", true).set("/address", given);
        case.fine();
        case.clone().strict().fine();
        assert_eq!(case.body()["address"], place);
        let list = case.with(|options| options.dialect.address_list = true);
        list.fine();
        assert_eq!(list.body()["address"], json!([place]));
    }
    cycle().set("/is_outbound", false).quiet("CYC-20");
    cycle().set("/address", json!([])).quiet("CYC-20");
    cycle().set("/address", json!([null])).quiet("CYC-20");
}

#[test]
fn cyc_21_trips_on_an_update_of_a_cycle_that_is_not_open() {
    for status in ["Отменен", "В архиве", "что-то ещё"] {
        update().status(status).trips("CYC-21", "", "wrong_status", "error");
    }
    assert_eq!(update().status("Отменен").shown("CYC-21").0, json!({ "allowed": ["approved"] }));
}

#[test]
fn cyc_21_is_quiet_on_an_open_cycle_and_on_a_new_one() {
    update().status("Утвержден").quiet("CYC-21");
    update().status("Утвержде\u{308}н").quiet("CYC-21");
    update().status("approved").quiet("CYC-21");
    update().quiet("CYC-21");
    cycle().status("Отменен").quiet("CYC-21");
}

fn cancel() -> Case {
    Case::new("cycle.cancel", json!({ "id": "402c4e16", "change_comment": "нет слушателей" }))
}

#[test]
fn can_01_trips_without_an_id() {
    cancel().without("/id").trips("CAN-01", "/id", "required", "error");
}

#[test]
fn can_01_is_quiet_with_an_id() {
    cancel().fine();
}

#[test]
fn can_02_trips_without_a_comment() {
    cancel().without("/change_comment").trips("CAN-02", "/change_comment", "expected", "warning");
}

#[test]
fn can_02_is_quiet_with_a_comment() {
    cancel().quiet("CAN-02");
}

#[test]
fn can_03_trips_when_the_cycle_is_not_open() {
    cancel().status("Отменен").trips("CAN-03", "", "inconsistent", "warning");
    cancel().status("Отменен").promote("CAN-03").trips("CAN-03", "", "inconsistent", "error");
}

#[test]
fn can_03_is_quiet_when_the_cycle_is_open_or_nothing_is_known() {
    cancel().status("УТВЕРЖДЕН").quiet("CAN-03");
    cancel().quiet("CAN-03");
}

//! The rules of a programme, PRG-01 to PRG-24: each tripped by one test and left alone by another. Its specialities have a file of
//! their own.

#![allow(clippy::indexing_slicing, reason = "helpers of tests may fail loudly")]

use crate::support::Case;
use crate::support::programme::{programme, update};
use serde_json::{Value, json};

#[test]
fn a_full_programme_is_fine() {
    programme().fine();
    update().fine();
}

#[test]
fn prg_01_trips_on_an_update_without_a_comment() {
    update().set("/change_comment", "").trips("PRG-01", "/change_comment", "expected", "warning");
}

#[test]
fn prg_01_is_quiet_when_the_programme_is_new() {
    let case = programme().set("/change_comment", "");
    case.quiet("PRG-01");
    assert_eq!(case.body()["change_comment"], "");
    update().quiet("PRG-01");
}

#[test]
fn prg_02_trips_without_a_number() {
    programme().without("/program_number").trips("PRG-02", "/program_number", "required", "error");
}

#[test]
fn prg_02_is_quiet_with_a_number() {
    programme().set("/program_number", 12).quiet("PRG-02");
}

#[test]
fn prg_03_trips_without_a_name() {
    programme().set("/name", " ").trips("PRG-03", "/name", "required", "error");
}

#[test]
fn prg_03_is_quiet_with_a_name() {
    programme().quiet("PRG-03");
}

#[test]
fn prg_04_trips_on_an_unlikely_year() {
    let at = "/development_year";
    programme().without(at).trips("PRG-04", at, "required", "error");
    programme().set(at, 1899).trips("PRG-04", at, "too_small", "error");
    programme().set(at, 2101).trips("PRG-04", at, "too_large", "error");
    programme().set(at, 2019.5).trips("PRG-04", at, "integer", "error");
    let case = programme().set(at, 2028).today("2026-12-31");
    case.trips("PRG-04", at, "too_large", "warning");
    assert_eq!(case.shown("PRG-04").0, json!({ "max": 2027 }));
}

#[test]
fn prg_04_is_quiet_up_to_next_year() {
    programme().set("/development_year", 2027).today("2026-01-01").quiet("PRG-04");
    programme().set("/development_year", 2100).quiet("PRG-04");
}

#[test]
fn prg_05_trips_on_nothing_and_on_little() {
    let at = "/volume_zet_total";
    programme().set(at, Value::Null).trips("PRG-05", at, "required", "error");
    programme().set(at, 0).trips("PRG-05", at, "too_small", "error");
    assert_eq!(programme().set(at, 0).shown("PRG-05").0, json!({ "min": 0, "exclusive": true }));
    programme().set(at, 15.9).trips("PRG-05", at, "too_small", "warning");
}

#[test]
fn prg_05_is_quiet_from_sixteen() {
    programme().set("/volume_zet_total", 16).quiet("PRG-05");
    programme().set("/volume_zet_total", "144,5").quiet("PRG-05");
}

#[test]
fn prg_06_trips_on_a_part_that_does_not_fit() {
    let at = "/volume_zet_extramural";
    let form = |form: &str| programme().set("/education_form", form);
    form("remote").set(at, 37).trips("PRG-06", at, "exceeds", "error");
    form("remote").set(at, -1).trips("PRG-06", at, "too_small", "error");
    form("fulltime").set(at, 1).trips("PRG-06", at, "inconsistent", "warning");
    form("fulltime").set(at, 37).trips("PRG-06", at, "exceeds", "error");
    form("semiremote").trips("PRG-06", at, "inconsistent", "warning");
    form("semiremote").set(at, 0).trips("PRG-06", at, "inconsistent", "warning");
    form("semiremote").set(at, 36).trips("PRG-06", at, "inconsistent", "warning");
    form("semiremote").without("/volume_zet_total").trips("PRG-06", at, "inconsistent", "warning");
    assert_eq!(form("remote").set(at, 37).shown("PRG-06").0, json!({ "of": "volume_zet_total" }));
}

#[test]
fn prg_06_is_quiet_on_a_part_that_fits() {
    let form = |form: &str| programme().set("/education_form", form);
    form("semiremote").set("/volume_zet_extramural", "12").quiet("PRG-06");
    form("fulltime").set("/volume_zet_extramural", 0).quiet("PRG-06");
    form("remote").set("/volume_zet_extramural", 36).quiet("PRG-06");
    form("remote").set("/volume_zet_extramural", 99).set("/volume_zet_total", "?").quiet("PRG-06");
}

#[test]
fn prg_07_trips_without_the_marks_of_the_bases() {
    for at in ["/is_budget", "/is_paid", "/is_paid_foms"] {
        programme().without(at).trips("PRG-07", at, "required", "error");
    }
}

#[test]
fn prg_07_is_quiet_with_the_marks() {
    programme().set("/is_paid_foms", "true").quiet("PRG-07");
}

#[test]
fn prg_08_trips_without_any_basis() {
    programme().set("/is_budget", false).trips("PRG-08", "/is_budget", "expected", "warning");
}

#[test]
fn prg_08_is_quiet_with_one_basis() {
    programme().quiet("PRG-08");
    programme().set("/is_budget", false).set("/is_paid", "?").quiet("PRG-08");
}

#[test]
fn prg_09_trips_on_grounds_that_are_no_text() {
    programme().set("/price_reason", json!({})).trips("PRG-09", "/price_reason", "type", "error");
}

#[test]
fn prg_09_is_quiet_on_text() {
    programme().set("/price_reason", "смета").quiet("PRG-09");
}

#[test]
fn prg_10_trips_on_another_form() {
    programme().set("/education_form", "evening").trips("PRG-10", "/education_form", "enum", "error");
    programme().without("/education_form").trips("PRG-10", "/education_form", "required", "error");
}

#[test]
fn prg_10_is_quiet_on_the_documents_forms() {
    for form in ["fulltime", "semiremote", "remote"] {
        programme().set("/education_form", form).quiet("PRG-10");
    }
}

#[test]
fn prg_11_trips_on_a_summary_that_is_no_text() {
    programme().set("/annotation", false).trips("PRG-11", "/annotation", "type", "error");
    programme().set("/organization_unit", json!([])).trips("PRG-11", "/organization_unit", "type", "error");
}

#[test]
fn prg_11_is_quiet_on_text() {
    programme().set("/annotation", "О сердце").set("/organization_unit", "").quiet("PRG-11");
}

#[test]
fn prg_12_trips_on_what_is_no_absolute_link() {
    programme().set("/internet_link", "edu.example.ru").trips("PRG-12", "/internet_link", "format", "warning");
}

#[test]
fn prg_12_is_quiet_on_a_link_and_on_nothing() {
    programme().set("/internet_link", "https://институт.рф/курс").quiet("PRG-12");
    programme().set("/internet_link", "").quiet("PRG-12");
}

#[test]
fn prg_13_trips_on_what_is_no_flag() {
    programme().set("/is_new_competency", "новая").trips("PRG-13", "/is_new_competency", "type", "error");
}

#[test]
fn prg_13_is_quiet_without_the_mark() {
    programme().quiet("PRG-13");
}

#[test]
fn prg_14_trips_on_a_missing_or_superfluous_description() {
    let at = "/new_competency_desc";
    programme().set("/is_new_competency", true).trips("PRG-14", at, "expected", "warning");
    programme().set("/is_new_competency", false).set(at, "x").trips("PRG-14", at, "not_relevant", "warning");
}

#[test]
fn prg_14_is_quiet_with_a_description_and_while_the_mark_is_missing() {
    programme().set("/is_new_competency", true).set("/new_competency_desc", "x").quiet("PRG-14");
    let case = programme().set("/new_competency_desc", "x");
    case.quiet("PRG-14");
    assert_eq!(case.body()["new_competency_desc"], "x");
}

#[test]
fn prg_15_trips_without_the_mark_of_simulation() {
    programme().without("/is_simulation").trips("PRG-15", "/is_simulation", "required", "error");
}

#[test]
fn prg_15_is_quiet_with_the_mark() {
    programme().quiet("PRG-15");
}

/// A part of the programme with a volume: its mark, its object, its rule.
fn part_trips(mark: &str, at: &str, rule: &str) {
    let on = || programme().set(mark, true);
    on().trips(rule, at, "expected", "warning");
    on().set(at, json!({})).trips(rule, at, "expected", "warning");
    on().set(at, json!({ "volume": 37 })).trips(rule, &format!("{at}/volume"), "exceeds", "error");
    on().set(at, json!({ "volume": -1 })).trips(rule, &format!("{at}/volume"), "too_small", "error");
    on().set(at, "x").trips(rule, at, "type", "error");
    programme().set(mark, false).set(at, json!({ "volume": 40 })).trips(rule, at, "not_relevant", "warning");
}

fn part_is_quiet(mark: &str, at: &str, rule: &str) {
    let on = || programme().set(mark, true);
    on().set(at, json!({ "volume": 36, "description": "x" })).quiet(rule);
    on().set(at, json!({ "volume": 99 })).without("/volume_zet_total").quiet(rule);
    programme().set(mark, false).quiet(rule);
}

#[test]
fn prg_16_trips_on_missing_or_too_much_simulation() {
    part_trips("/is_simulation", "/simulation", "PRG-16");
    let odd = programme().set("/is_simulation", true).set("/simulation", json!({ "equipment": 1, "description": [] }));
    odd.finds("PRG-16", &[("/simulation/equipment", "type", "error"), ("/simulation/description", "type", "error")]);
}

#[test]
fn prg_16_is_quiet_on_simulation_within_the_whole() {
    part_is_quiet("/is_simulation", "/simulation", "PRG-16");
}

#[test]
fn prg_17_trips_on_what_is_no_flag() {
    programme().set("/is_internship", "да").trips("PRG-17", "/is_internship", "type", "error");
}

#[test]
fn prg_17_is_quiet_without_the_mark_which_counts_as_false() {
    let case = programme().set("/internship", json!({ "volume": 2 }));
    case.quiet("PRG-17");
    case.trips("PRG-18", "/internship", "not_relevant", "warning");
    assert!(case.body().get("internship").is_none());
}

#[test]
fn prg_18_trips_on_missing_or_too_much_internship() {
    part_trips("/is_internship", "/internship", "PRG-18");
    let odd = programme().set("/is_internship", true).set("/internship", json!({ "location": 1, "mentor": true }));
    odd.trips("PRG-18", "/internship/mentor", "type", "error");
}

#[test]
fn prg_18_is_quiet_on_an_internship_within_the_whole() {
    part_is_quiet("/is_internship", "/internship", "PRG-18");
}

#[test]
fn prg_19_trips_without_the_mark_of_distance_learning() {
    programme().without("/is_remote").trips("PRG-19", "/is_remote", "required", "error");
}

#[test]
fn prg_19_is_quiet_with_the_mark() {
    programme().quiet("PRG-19");
}

#[test]
fn prg_20_trips_on_missing_or_too_much_distance_learning() {
    part_trips("/is_remote", "/remote", "PRG-20");
}

#[test]
fn prg_20_is_quiet_on_distance_learning_within_the_whole() {
    part_is_quiet("/is_remote", "/remote", "PRG-20");
}

#[test]
fn prg_21_trips_without_the_mark_of_the_joint_form() {
    programme().without("/is_network").trips("PRG-21", "/is_network", "required", "error");
}

#[test]
fn prg_21_is_quiet_with_the_mark() {
    programme().quiet("PRG-21");
}

fn joint(network: Value) -> Case {
    programme().set("/is_network", true).set("/network", network)
}

#[test]
fn prg_22_trips_on_participants_that_do_not_add_up() {
    programme().set("/is_network", true).trips("PRG-22", "/network", "expected", "warning");
    programme().set("/network", json!({ "participants": 2 })).trips("PRG-22", "/network", "not_relevant", "warning");
    let at = "/network/participants";
    joint(json!({ "participants": 1 })).trips("PRG-22", at, "inconsistent", "warning");
    joint(json!({ "participants": -1 })).trips("PRG-22", at, "too_small", "error");
    joint(json!({ "participants": 0 }))
        .finds("PRG-22", &[("/network", "expected", "warning"), (at, "too_small", "error")]);
    joint(json!({ "participants": 2, "organizations": ["a", "b", "c"] })).trips(
        "PRG-22",
        at,
        "inconsistent",
        "warning",
    );
    joint(json!({ "participants": 4, "organizations": ["a", "b"] })).trips("PRG-22", at, "inconsistent", "warning");
    joint(json!({ "participants": 2, "organizations": ["a", " "] })).trips(
        "PRG-22",
        "/network/organizations/1",
        "required",
        "error",
    );
    joint(json!({ "participants": 2, "organizations": [true] })).trips(
        "PRG-22",
        "/network/organizations/0",
        "type",
        "error",
    );
    joint(json!({ "participants": 2, "organizations": "a" })).trips(
        "PRG-22",
        "/network/organizations",
        "type",
        "error",
    );
}

#[test]
fn prg_22_is_quiet_when_they_add_up() {
    for organizations in [json!(["a", "b"]), json!(["a"]), json!([]), json!(null)] {
        joint(json!({ "participants": 2, "organizations": organizations })).quiet("PRG-22");
    }
    joint(json!({ "organizations": ["a", "b", "c"] })).quiet("PRG-22");
}

fn prices_trip(mark: &str, list: &str, rule: &str) {
    let on = |prices: Value| programme().set(mark, true).set(list, prices);
    let place = |item: u8, field: &str| format!("{list}/{item}/{field}");
    programme().set(mark, true).trips(rule, list, "expected", "warning");
    on(json!([])).trips(rule, list, "expected", "warning");
    on(json!([{ "price": 12000 }])).trips(rule, &place(0, "start_date"), "expected", "warning");
    on(json!([{ "start_date": "2026-01-01" }])).trips(rule, &place(0, "price"), "expected", "warning");
    on(json!([{ "price": "много", "start_date": "2026-01-01" }])).trips(rule, &place(0, "price"), "type", "error");
    on(json!([{ "price": 1.005, "start_date": "2026-01-01" }])).trips(
        rule,
        &place(0, "price"),
        "decimal_places",
        "error",
    );
    let twice = json!([{ "price": 1, "start_date": "2026-01-01" }, { "price": 2, "start_date": "01.01.2026" }]);
    on(twice).trips(rule, &place(1, "start_date"), "duplicate", "warning");
    let given = json!([{ "price": 12000, "start_date": "2026-01-01" }]);
    programme().set(list, given).trips(rule, list, "not_relevant", "warning");
}

fn prices_are_quiet(mark: &str, list: &str, rule: &str) {
    let given = json!([{ "price": 12000.5, "start_date": "2026-01-01", "comment": "" }, { "price": "12000", "start_date": "2027-01-01" }]);
    let case = programme().set(mark, true).set(list, given);
    case.fine();
    let name = list.trim_start_matches('/');
    assert_eq!(case.body()[name][1]["price"], json!(12000));
    let text = case.clone().with(|options| options.dialect.price_text = true);
    assert_eq!(text.body()[name][0]["price"], "12000.5");
    assert_eq!(text.body()[name][1]["price"], "12000");
    text.strict().fine();
    programme().set(list, json!([])).quiet(rule);
    programme().without(mark).set(list, json!([{ "price": 1, "start_date": "2026-01-01" }])).quiet(rule);
}

#[test]
fn prg_23_trips_on_prices_that_are_missing_or_double() {
    prices_trip("/is_paid", "/prices", "PRG-23");
}

#[test]
fn prg_23_is_quiet_on_prices_in_either_spelling() {
    prices_are_quiet("/is_paid", "/prices", "PRG-23");
}

#[test]
fn prg_24_trips_on_prices_of_the_fund_that_are_missing_or_double() {
    prices_trip("/is_paid_foms", "/prices_foms", "PRG-24");
}

#[test]
fn prg_24_is_quiet_on_prices_of_the_fund() {
    prices_are_quiet("/is_paid_foms", "/prices_foms", "PRG-24");
}

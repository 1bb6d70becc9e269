//! What stands in the input before any row judges it: the digits of numbers, and texts and keys that are no Unicode or were read in a
//! wrong encoding.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail loudly")]

use crate::support::{Case, example, issues, table};
use portform::{Options, check_json};
use serde_json::{Value, json};

type Row = (String, String, String, String);

fn row(pointer: &str, code: &str, severity: &str, rule: &str) -> Row {
    (pointer.into(), code.into(), severity.into(), rule.into())
}

fn confirm(id: &str) -> Vec<Row> {
    issues("results.confirm", format!(r#"{{"cycle_id":{id}}}"#), &Options::default())
}

fn sent(name: &str, text: &str) -> Value {
    let options = Options::default();
    let body = check_json(table(name), text.as_bytes(), &options).body().unwrap();
    serde_json::from_str(&body).unwrap()
}

#[test]
fn cnf_01_trips_on_a_number_that_would_change() {
    for number in [
        "1e400",
        "1e-400",
        "99999999999999.99",
        "20270100000000001.0",
        "0.10000000000000000001",
        "123456789012345678901e0",
    ] {
        assert_eq!(confirm(number), [row("/cycle_id", "unsafe_number", "error", "CNF-01")], "{number}");
    }
}

#[test]
fn cnf_01_is_quiet_on_a_number_that_keeps_its_digits() {
    for (number, digits) in [
        ("20270100000000001", "20270100000000001"),
        ("-20270100000000001", "-20270100000000001"),
        ("9007199254740991.0", "9007199254740991"),
        ("9007199254740993", "9007199254740993"),
        ("1e20", "100000000000000000000"),
        ("1.0", "1"),
        ("12.50", "12.5"),
        ("-0", "0"),
        ("498891.45442284644", "498891.45442284644"),
        ("31.245270191439438", "31.245270191439438"),
    ] {
        assert_eq!(confirm(number), [row("/cycle_id", "coerced", "note", "GEN-06")], "{number}");
        assert_eq!(sent("results.confirm", &format!(r#"{{"cycle_id":{number}}}"#))["cycle_id"], digits, "{number}");
    }
    let nines = "9".repeat(310);
    assert_eq!(sent("results.confirm", &format!(r#"{{"cycle_id":{nines}}}"#))["cycle_id"], nines);
}

#[test]
fn res_11_is_quiet_on_numbers_that_differ_in_their_last_digit() {
    let batch = |first: &str, second: &str| {
        let item = |number: &str| format!(r#"{{"request_number":{number},"result_status":"NOT_TRAINED"}}"#);
        format!(r#"{{"cycle_id":"c","results":[{},{}]}}"#, item(first), item(second))
    };
    let found = |text: String| {
        let all = issues("results.bulk_update", text, &Options::default());
        all.into_iter().filter(|(_, code, ..)| code != "coerced").collect::<Vec<_>>()
    };
    assert_eq!(found(batch("20270100000000001", "20270100000000002")), []);
    let again = [row("/results/1/request_number", "duplicate", "error", "RES-11")];
    assert_eq!(found(batch("20270100000000001", "20270100000000001")), again);
    assert_eq!(found(batch("20270100000000001", r#""20270100000000001""#)), again);
}

#[test]
fn numbers_are_read_to_the_last_digit() {
    let text = |number: &str| {
        format!(
            r#"{{"cycle_id":"c","results":[{{"request_number":"1","result_status":"FAILED","test_mark":2,"attendance":{number}}}]}}"#
        )
    };
    let attendance = |number: &str| {
        let all = issues("results.bulk_update", text(number), &Options::default());
        all.into_iter().map(|(_, code, ..)| code).collect::<Vec<_>>()
    };
    for (number, codes) in [
        ("50.0", &[][..]),
        ("5e1", &[]),
        ("9007199254740991.0", &["too_large"]),
        ("9007199254740990.6", &["integer"]),
        ("9007199254740991.5", &["integer"]),
        ("123456789012345678901234567890.5", &["integer"]),
        ("1e-400", &["integer"]),
        ("9007199254740992", &["unsafe_number"]),
        ("1e400", &["unsafe_number"]),
        ("1e20", &["unsafe_number"]),
        ("-9007199254740992.0", &["unsafe_number"]),
    ] {
        assert_eq!(attendance(number), codes, "{number}");
    }
    assert_eq!(attendance(&"9".repeat(310)), ["unsafe_number"]);
}

#[test]
fn gen_01_trips_on_half_a_surrogate_and_on_bytes_that_are_no_utf_8() {
    let place = |bytes: &[u8]| {
        let options = Options::default();
        let report = check_json(table("results.confirm"), bytes, &options);
        let found: Vec<Value> = serde_json::from_str(&report.issues_json()).unwrap();
        assert_eq!((found.len(), &found[0]["code"], &found[0]["rule"]), (1, &json!("syntax"), &json!("GEN-01")));
        (found[0]["params"]["line"].as_u64().unwrap(), found[0]["params"]["column"].as_u64().unwrap())
    };
    assert_eq!(place(br#"{"cycle_id":"p\ud800"}"#), (1, 15));
    assert_eq!(place(br#"{"cycle_id":"p\udc00\ud800"}"#), (1, 15));
    assert_eq!(place(b"{\n\"p\\ud800\":1}"), (2, 3));
    assert_eq!(place(b"{\"cycle_id\":\"p\xed\xa0\x80\"}"), (1, 15));
    assert_eq!(place("{\"cycle_id\":\"Цикл".as_bytes().split_last().unwrap().1), (1, 17));
    // Готово, as windows-1251 has it.
    assert_eq!(place(b"{\"cycle_id\":\"\xc3\xee\xf2\xee\xe2\xee\"}"), (1, 14));
}

#[test]
fn gen_01_is_quiet_on_every_letter_there_is() {
    assert_eq!(sent("results.confirm", r#"{"cycle_id":"\ud83d\ude00"}"#)["cycle_id"], "😀");
    assert_eq!(confirm("\"\u{10ffff}\u{e000}\u{7f}\""), []);
    assert_eq!(sent("results.confirm", r#"{"cycle_id":"\ue000\u0000"}"#)["cycle_id"], "\u{e000}\0");
}

#[test]
fn gen_04_trips_on_a_key_that_was_read_in_a_wrong_encoding() {
    let found = issues("results.confirm", "{\"cycle_id\":\"c\",\"\u{fffd}\u{fffd}\":1}", &Options::default());
    assert_eq!(found, [row("/\u{fffd}\u{fffd}", "format", "error", "GEN-04")]);
    let options = Options::default();
    let report = check_json(table("results.confirm"), "{\"cycle_id\":\"c\",\"\u{fffd}\":1}".as_bytes(), &options);
    let found: Vec<Value> = serde_json::from_str(&report.issues_json()).unwrap();
    assert_eq!(found[0]["params"], json!({ "format": "unicode" }));
    assert!(found[0]["message"].as_str().unwrap().contains("кодировке"));
}

#[test]
fn a_text_that_was_read_in_a_wrong_encoding_is_an_error_of_its_row() {
    let cycle = || Case::new("cycle.create", serde_json::from_str(&example("cycle.create")).unwrap());
    for (pointer, rule) in [
        ("/id", "CYC-01"),
        ("/begin_date", "CYC-03"),
        ("/education_form", "CYC-06"),
        ("/is_budget", "CYC-07"),
        ("/budget_places", "CYC-12"),
        ("/email", "CYC-18"),
        ("/notes", "CYC-15"),
    ] {
        let case = cycle().set(pointer, "\u{fffd}\u{fffd}отово");
        case.trips(rule, pointer, "format", "error");
        assert_eq!(case.shown(rule).0, json!({ "format": "unicode" }), "{pointer}");
    }
    // Where it is not sent it is not looked at.
    cycle().set("/is_paid", false).set("/price", "\u{fffd}").trips("CYC-09", "/price", "not_relevant", "warning");
}

#[test]
fn letters_of_two_characters_are_compared_and_sent_as_one() {
    let cycle = || Case::new("cycle.create", serde_json::from_str(&example("cycle.create")).unwrap());
    for (two, one) in [
        ("и\u{306}", "й"),
        ("И\u{306}", "Й"),
        ("е\u{308}", "ё"),
        ("Е\u{308}", "Ё"),
        ("і\u{308}", "ї"),
        ("І\u{308}", "Ї"),
    ] {
        let case = cycle().set("/notes", format!("кра{two}"));
        assert_eq!(case.body()["notes"], format!("кра{one}"));
        assert_eq!(case.issues(), cycle().issues(), "no note");
        assert_eq!(case.strict().issues(), cycle().strict().issues(), "in strict mode neither");
    }
    assert_eq!(cycle().set("/notes", "a\u{306}o\u{308}").body()["notes"], "a\u{306}o\u{308}");
    // White space around them is left out as everywhere.
    let case = cycle().set("/notes", " кваи\u{306} ");
    assert_eq!(case.body()["notes"], "квай");
    case.finds("GEN-06", &[("/notes", "trimmed", "note")]);
}

/// The report of a batch of so many rows without anything, of which so many issues are told at most.
fn overflowing(rows: usize, most: Option<usize>) -> (usize, bool, Vec<portform::Issue>) {
    let text = format!(r#"{{"cycle_id":"c","results":[{}]}}"#, vec!["{}"; rows].join(","));
    let options = Options { most_issues: most, ..Options::default() };
    let report = check_json(table("results.bulk_update"), text.as_bytes(), &options);
    (report.len(), report.valid(), report.issues())
}

#[test]
fn gen_07_trips_on_more_issues_than_a_report_tells() {
    // Each row lacks its number and its status.
    for (rows, most, told) in [(100_000, Some(1_000), 1_000), (3, Some(5), 5), (3, Some(1), 1)] {
        let (len, valid, issues) = overflowing(rows, most);
        let last = issues.last().unwrap();
        assert_eq!((len, issues.len(), valid), (told, told, false));
        assert_eq!((last.code.as_str(), last.severity.as_str(), &*last.rule), ("too_many_issues", "error", "GEN-07"));
        assert_eq!(last.pointer(), "");
        let more = serde_json::to_value(last.localized(portform::Locale::Ru)).unwrap()["params"]["more"].clone();
        assert_eq!(more, 2 * rows - (told - 1), "the issues that are not told");
        assert_eq!(issues.iter().filter(|issue| issue.code.as_str() == "too_many_issues").count(), 1);
    }
    // Of warnings alone it is a warning, and what is sent is valid.
    let keys: Vec<String> = (0..20).map(|number| format!(r#""unheard of {number}":1"#)).collect();
    let text = format!(r#"{{"cycle_id":"c",{}}}"#, keys.join(","));
    let options = Options { most_issues: Some(10), ..Options::default() };
    let report = check_json(table("results.confirm"), text.as_bytes(), &options);
    let issues = report.issues();
    assert!(report.valid() && report.body().is_some());
    assert_eq!((issues.len(), issues[9].severity.as_str()), (10, "warning"));
}

#[test]
fn gen_07_is_quiet_on_as_many_issues_as_are_told() {
    let (len, _, issues) = overflowing(3, Some(6));
    assert_eq!((len, issues.iter().any(|issue| &*issue.rule == "GEN-07")), (6, false));
    let (len, _, issues) = overflowing(90_000, None);
    assert_eq!((len, issues.iter().any(|issue| &*issue.rule == "GEN-07")), (180_000, false));
}

#[test]
fn a_report_tells_two_hundred_thousand_issues() {
    let keys: Vec<String> = (0..200_001).map(|number| format!(r#""k{number}":1"#)).collect();
    let found = issues("results.confirm", format!(r#"{{"cycle_id":"c",{}}}"#, keys.join(",")), &Options::default());
    assert_eq!(found.len(), 200_000);
    assert_eq!(found.last(), Some(&row("", "too_many_issues", "warning", "GEN-07")));
}

#[test]
fn a_list_of_millions_costs_what_its_limit_does() {
    let text = format!(r#"{{"cycle_id":"c","results":[{}0]}}"#, "0,".repeat(4_000_000));
    let found = issues("results.bulk_update", &text, &Options::default());
    assert_eq!(found, [row("/results", "too_many", "error", "RES-14")]);
    let broken = format!("{}x", text.trim_end_matches("]}"));
    assert_eq!(issues("results.bulk_update", broken, &Options::default())[0].1, "syntax");
}

//! How payloads are read, whatever the payload: GEN-01 to GEN-06, the grammar of values, lenient and strict reading, relevance,
//! unknown conditions, one code per fault, and the order of issues.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail loudly")]

use crate::support::{Case, example, issues, table};
use portform::{Locale, Mode, Options};
use serde_json::{Value, json};

const CYCLE: &str = r#"{"id":"c","programme":"P","begin_date":"2026-02-01","end_date":"2026-02-10","education_form":"fulltime","is_budget":true,"is_paid":false,"is_paid_foms":false,"has_budget_places":true,"budget_places":10}"#;

fn cycle() -> Case {
    Case::new("cycle.create", serde_json::from_str(CYCLE).unwrap())
}

/// The cycle's text with something in place of something else.
fn edited(from: &str, to: &str) -> String {
    assert!(CYCLE.contains(from), "{from}");
    CYCLE.replacen(from, to, 1)
}

fn found(text: &str) -> Vec<(String, String, String, String)> {
    issues("cycle.create", text, &Options::default())
}

fn row(pointer: &str, code: &str, severity: &str, rule: &str) -> (String, String, String, String) {
    (pointer.into(), code.into(), severity.into(), rule.into())
}

/// Line and column of a syntax error.
fn position(bytes: &[u8]) -> (u64, u64) {
    let options = Options::default();
    let report = portform::check_json(table("cycle.create"), bytes, &options);
    let issues: Vec<Value> = serde_json::from_str(&report.issues_json()).unwrap();
    assert!(!report.valid());
    assert_eq!(issues.len(), 1);
    assert_eq!(
        (&issues[0]["code"], &issues[0]["rule"], &issues[0]["pointer"]),
        (&json!("syntax"), &json!("GEN-01"), &json!(""))
    );
    (issues[0]["params"]["line"].as_u64().unwrap(), issues[0]["params"]["column"].as_u64().unwrap())
}

#[test]
fn gen_01_trips_at_the_offending_token() {
    assert_eq!(position(b"{\"id\": \"c\",\n  \"programme\" \"P\"}").0, 2);
    assert_eq!(position(br#"{"id": nope}"#), (1, 9));
    assert_eq!(position(br#"{"id": "c""#).0, 1);
    assert_eq!(position(b"").0, 1);
    assert_eq!(position(b"<html></html>"), (1, 1));
    assert_eq!(position(br#"{"id":"c"} {}"#), (1, 12));
    assert_eq!(position(b"{\"id\":\"\xff\"}"), (1, 8));
    assert_eq!(position("{\"id\":\"цикл\",x}".as_bytes()), (1, 14));
    let listing = example("reference.specialities");
    let found = issues("reference.specialities", &listing, &Options::default());
    assert_eq!(found, [row("", "syntax", "error", "GEN-01")]);
}

#[test]
fn gen_01_is_quiet_on_json_with_a_byte_order_mark() {
    assert_eq!(found(&format!("\u{feff} {CYCLE}\n")), []);
}

#[test]
fn gen_02_trips_when_a_key_stands_twice() {
    assert_eq!(found(&edited(r#""id":"c""#, r#""id":"a","id":"c""#)), [row("/id", "duplicate_key", "error", "GEN-02")]);
    let other = found(&edited(r#""id":"c""#, r#""id":"c","ID":"x""#));
    assert_eq!(other, [row("/id", "duplicate_key", "error", "GEN-02")]);
    let unknown = found(&edited(r#""id":"c""#, r#""id":"c","x":1,"x":2"#));
    assert_eq!(unknown, [row("/x", "duplicate_key", "error", "GEN-02")]);
}

#[test]
fn gen_02_is_quiet_when_one_key_stands_in_two_objects() {
    let results = json!({ "cycle_id": "c", "results": [{ "request_number": "1", "result_status": "NOT_TRAINED", "cycle_id": "c" }] });
    assert_eq!(issues("results.bulk_update", results, &Options::default()), []);
}

#[test]
fn the_exact_spelling_of_a_key_wins_wherever_it_stands() {
    for text in [r#""ID":"x","id":"c""#, r#""id":"c","ID":"x""#] {
        let text = edited(r#""id":"c""#, text).replace(r#""id":"c""#, r#""id":7"#);
        assert_eq!(found(&text), [row("/id", "duplicate_key", "error", "GEN-02")], "{text}");
        let options = Options::default();
        let preview = portform::check_json(table("cycle.create"), text.as_bytes(), &options).preview().unwrap();
        assert!(preview.body.starts_with(r#"{"id":"7","#), "{}", preview.body);
    }
}

#[test]
fn gen_03_trips_over_32_levels() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let text = edited(r#""id":"c""#, &format!(r#""id":{}"#, deep(32)));
    assert_eq!(found(&text), [row("/id", "too_deep", "error", "GEN-03")]);
    let text = edited(r#""id":"c""#, &format!(r#""id":"c","x":{}"#, deep(32)));
    assert_eq!(found(&text), [row("/x", "too_deep", "error", "GEN-03")]);
    let text = edited(r#""id":"c""#, &format!(r#""id":"c","x":{}"#, deep(100_000)));
    assert_eq!(found(&text), [row("/x", "too_deep", "error", "GEN-03")]);
}

#[test]
fn gen_03_is_quiet_at_32_levels() {
    let text = edited(r#""id":"c""#, &format!(r#""id":"c","x":{}{}"#, "[".repeat(31), "]".repeat(31)));
    assert_eq!(found(&text), [row("/x", "unknown_field", "warning", "GEN-04")]);
}

#[test]
fn gen_04_trips_on_a_key_that_the_document_does_not_have() {
    let case = cycle().set("/end_dat", "2026-02-10").set("/zzz", 1);
    case.finds("GEN-04", &[("/end_dat", "unknown_field", "warning"), ("/zzz", "unknown_field", "warning")]);
    assert_eq!(case.shown("GEN-04").0, json!({ "suggestion": "end_date" }));
    assert!(case.body().get("zzz").is_none());
    for key in ["__proto__", "constructor", "prototype", "", "a/b~c"] {
        let found = found(&edited(r#""id":"c""#, &format!(r#""id":"c","{key}":{{"polluted":1}}"#)));
        let pointer = format!("/{}", key.replace('~', "~0").replace('/', "~1"));
        assert_eq!(found, [row(&pointer, "unknown_field", "warning", "GEN-04")]);
    }
    case.promote("GEN-04")
        .finds("GEN-04", &[("/end_dat", "unknown_field", "error"), ("/zzz", "unknown_field", "error")]);
}

#[test]
fn gen_04_is_quiet_on_the_documents_keys_in_any_case() {
    let text = edited(r#""id""#, r#""Id""#);
    assert_eq!(found(&text), [row("/id", "renamed", "note", "GEN-06")]);
}

#[test]
fn gen_05_trips_when_the_whole_is_no_object() {
    for text in ["[]", "5", "null", "\"x\"", "true", "[{}]"] {
        assert_eq!(found(text), [row("", "type", "error", "GEN-05")], "{text}");
    }
}

#[test]
fn gen_05_is_quiet_on_an_object() {
    assert!(!found("{}").iter().any(|(.., rule)| rule == "GEN-05"));
}

#[test]
fn gen_06_trips_on_every_lenient_reading() {
    let note = |case: Case, pointer: &str, code: &str| {
        case.finds("GEN-06", &[(pointer, code, "note")]);
        assert_ne!(case.clone().strict().issues(), case.issues());
        let again = Case::new("cycle.create", case.body());
        again.clone().strict().quiet("GEN-06");
        assert_eq!(again.body(), case.body(), "reading what was sent gives the same");
    };
    note(cycle().set("/id", 12), "/id", "coerced");
    note(cycle().set("/id", " c "), "/id", "trimmed");
    note(cycle().set("/budget_places", "10"), "/budget_places", "coerced");
    note(cycle().set("/is_budget", "True"), "/is_budget", "coerced");
    note(cycle().set("/begin_date", "01.02.2026"), "/begin_date", "coerced");
    note(cycle().set("/begin_date", " 2026-02-01"), "/begin_date", "trimmed");
    note(cycle().set("/education_form", "FullTime"), "/education_form", "alias");
    note(cycle().without("/id").set("/Id", "c"), "/id", "renamed");
}

#[test]
fn gen_06_is_quiet_on_canonical_values() {
    cycle().quiet("GEN-06");
    cycle().strict().fine();
    cycle().set("/notes", "  ").quiet("GEN-06");
}

#[test]
fn in_strict_mode_every_note_is_an_error_of_its_own_code() {
    let strict = |case: Case, pointer: &str, code: &str| case.strict().trips("GEN-06", pointer, code, "error");
    strict(cycle().set("/id", 12), "/id", "type");
    strict(cycle().set("/budget_places", "10"), "/budget_places", "type");
    strict(cycle().set("/education_form", "FULLTIME"), "/education_form", "enum");
    strict(cycle().set("/id", " c"), "/id", "format");
    strict(cycle().without("/id").set("/ID", "c"), "/ID", "unknown_field");
    assert_eq!(cycle().set("/id", " c").strict().shown("GEN-06").0, json!({ "format": "trimmed" }));
    Case::new(
        "results.bulk_update",
        json!({ "cycle_id": "c", "results": { "request_number": "1", "result_status": "FAILED", "test_mark": 2 } }),
    )
    .strict()
    .trips("GEN-06", "/results", "type", "error");
}

#[test]
fn a_year_starts_and_ends_somewhere() {
    for (day, fine) in [
        ("1900-01-01", true),
        ("2100-12-31", true),
        ("1899-12-31", false),
        ("2101-01-01", false),
        ("2024-02-29", true),
        ("2026-02-30", false),
    ] {
        let case = cycle().set("/end_date", day);
        assert_eq!(case.issues().iter().any(|(_, code, ..)| code == "date"), !fine, "{day}");
    }
    cycle().set("/end_date", 20260210).trips("CYC-04", "/end_date", "type", "error");
    let case = cycle().set("/end_date", "2026-02-10T23:59:59+03:00");
    assert_eq!(case.body()["end_date"], "2026-02-10");
}

#[test]
fn numbers_are_read_by_a_narrow_grammar() {
    let price = |given: Value| {
        cycle().set("/is_paid", true).set("/has_paid_places", false).set("/paid_places", 0).set("/price", given)
    };
    for (given, sent) in [
        (json!("12"), json!(12)),
        (json!("12 000,50"), json!(12000.5)),
        (json!("12\u{a0}000"), json!(12000)),
        (json!("1\u{2009}000 ₽"), json!(1000)),
        (json!("1\u{202f}000 руб."), json!(1000)),
        (json!("1'000'000 грн"), json!(1_000_000)),
        (json!("-0"), json!(0)),
        (json!(-0.0), json!(0)),
        (json!(19.99), json!(19.99)),
        (json!(1.13), json!(1.13)),
        (json!(4.35), json!(4.35)),
    ] {
        assert_eq!(price(given.clone()).body()["price"], sent, "{given}");
    }
    for given in
        ["1e3", "0x10", "+5", ".5", "1.234,56", "12,500.00", "Infinity", "NaN", "12 00", "1 000'000", "12 руб. в час"]
    {
        price(json!(given)).trips("CYC-09", "/price", "type", "error");
    }
    price(json!("12,500")).trips("GEN-06", "/price", "inconsistent", "warning");
    price(json!("12,500")).quiet("CYC-09");
    assert_eq!(price(json!("12.500")).body()["price"], 12.5);
    price(json!("12,505")).trips("CYC-09", "/price", "decimal_places", "error");
    price(json!(" ")).trips("CYC-09", "/price", "required_when", "error");
}

#[test]
fn whole_numbers_stay_exact() {
    let places = |text: &str| found(&edited(r#""budget_places":10"#, &format!(r#""budget_places":{text}"#)));
    for text in ["10", "10.0", "1e1", "9007199254740991"] {
        assert_eq!(places(text), [], "{text}");
    }
    for text in ["9007199254740992", "9007199254740993", "1e400", "-1e400"] {
        assert_eq!(places(text), [row("/budget_places", "unsafe_number", "error", "CYC-12")], "{text}");
    }
    assert_eq!(places("4503599627370497.5"), [row("/budget_places", "integer", "error", "CYC-12")]);
    assert_eq!(places("9007199254740990.9"), [row("/budget_places", "integer", "error", "CYC-12")]);
}

#[test]
fn booleans_are_words_not_numbers() {
    for (given, fine) in [
        (json!("TRUE"), true),
        (json!("false"), true),
        (json!(1), false),
        (json!("да"), false),
        (json!("1"), false),
        (json!({}), false),
    ] {
        let wrong = cycle().set("/is_paid_foms", given.clone()).issues().iter().any(|(_, code, ..)| code == "type");
        assert_eq!(wrong, !fine, "{given}");
    }
}

#[test]
fn null_and_white_space_are_absent() {
    cycle().set("/id", Value::Null).trips("CYC-01", "/id", "required", "error");
    cycle().set("/id", "\u{200b}\u{a0}").trips("CYC-01", "/id", "required", "error");
    let case = cycle().set("/notes", " \u{a0}").set("/phone", Value::Null).set("/is_outbound", "");
    case.fine();
    assert_eq!(case.body()["notes"], "");
    assert!(case.body().get("phone").is_none() && case.body().get("is_outbound").is_none());
}

#[test]
fn texts_have_at_most_ten_thousand_letters() {
    cycle().set("/notes", "я".repeat(10_000)).fine();
    cycle().set("/notes", "😀".repeat(10_000)).fine();
    cycle().set("/notes", "я".repeat(10_001)).trips("CYC-15", "/notes", "too_long", "error");
    assert_eq!(cycle().set("/notes", "я".repeat(10_001)).shown("CYC-15").0, json!({ "max": 10000 }));
}

#[test]
fn lists_have_at_most_a_hundred_thousand_items() {
    let item = r#"{"request_number":"1","result_status":"NOT_TRAINED"}"#;
    let batch = |count: usize| format!(r#"{{"cycle_id":"c","results":[{}]}}"#, vec![item; count].join(","));
    let found = issues("results.bulk_update", batch(100_001), &Options::default());
    assert_eq!(found, [row("/results", "too_many", "error", "RES-14")]);
    let found = issues("results.bulk_update", batch(100_000), &Options::default());
    assert_eq!(found.len(), 99_999);
    assert!(found.iter().all(|(_, code, ..)| code == "duplicate"));
}

#[test]
fn a_list_may_be_one_object_and_an_object_a_list_of_one() {
    let programme = json!({ "is_simulation": true, "simulation": [{ "volume": "x" }] });
    Case::new("programme.create", programme.clone()).trips("PRG-16", "/simulation/volume", "type", "error");
    Case::new("programme.create", programme).trips("GEN-06", "/simulation", "unwrapped", "note");
    let two = json!({ "is_simulation": true, "simulation": [{}, {}] });
    Case::new("programme.create", two).trips("PRG-16", "/simulation", "too_many", "error");
    let none = json!({ "is_simulation": true, "simulation": [] });
    Case::new("programme.create", none).trips("PRG-16", "/simulation", "expected", "warning");
    let scalar = json!({ "cycle_id": "c", "results": "x" });
    Case::new("results.bulk_update", scalar).trips("RES-14", "/results", "type", "error");
}

#[test]
fn a_type_error_never_hides_another_issue() {
    let case =
        cycle().set("/id", true).set("/programme", json!([])).set("/is_paid", "maybe").set("/end_date", "2026-01-01");
    assert_eq!(
        case.issues(),
        [
            row("/id", "type", "error", "CYC-01"),
            row("/programme", "type", "error", "CYC-02"),
            row("/end_date", "date_order", "error", "CYC-05"),
            row("/is_paid", "type", "error", "CYC-07"),
        ]
    );
}

#[test]
fn an_irrelevant_field_has_at_most_one_issue_and_none_below() {
    let odd = json!({ "volume": "x", "equipment": 7, "zzz": 1 });
    let case = Case::new("programme.create", json!({ "is_simulation": false, "simulation": odd }));
    case.finds("PRG-16", &[("/simulation", "not_relevant", "warning")]);
    assert!(!case.issues().iter().any(|(pointer, ..)| pointer.starts_with("/simulation/")));
    for empty in [json!(null), json!({}), json!({ "volume": null, "description": " " })] {
        Case::new("programme.create", json!({ "is_simulation": false, "simulation": empty })).quiet("PRG-16");
    }
    cycle().set("/price", "не знаю").trips("CYC-09", "/price", "not_relevant", "warning");
}

#[test]
fn an_unknown_condition_decides_nothing() {
    let case = Case::new("programme.create", json!({ "is_simulation": "?", "simulation": { "volume": -1 } }));
    case.trips("PRG-16", "/simulation/volume", "too_small", "error");
    Case::new("programme.create", json!({})).quiet("PRG-16");
    let application = json!({ "snils": true });
    Case::new("application", application).quiet("APP-03");
}

#[test]
fn at_one_place_the_first_fault_is_reported() {
    let codes = |case: Case, pointer: &str| -> Vec<String> {
        case.issues().into_iter().filter(|(at, ..)| at == pointer).map(|(_, code, ..)| code).collect()
    };
    assert_eq!(codes(cycle().set("/budget_places", -1.5), "/budget_places"), ["integer"]);
    assert_eq!(codes(cycle().set("/budget_places", -1), "/budget_places"), ["too_small"]);
    let empty = json!({ "cycle_id": "c", "results": [] });
    assert_eq!(codes(Case::new("results.bulk_update", empty), "/results"), ["too_few"]);
}

#[test]
fn issues_come_in_the_order_of_the_table_with_unknown_keys_last() {
    let text = json!({
        "zzz": 1,
        "results": [{ "aaa": 1, "result_status": "?", "request_number": "1" }, null, { "request_number": "1", "result_status": "NOT_TRAINED" }]
    });
    let found = issues("results.bulk_update", text, &Options::default());
    assert_eq!(
        found,
        [
            row("/cycle_id", "required", "error", "RES-01"),
            row("/results/0/result_status", "enum", "error", "RES-04"),
            row("/results/0/aaa", "unknown_field", "warning", "GEN-04"),
            row("/results/1", "required", "error", "RES-14"),
            row("/results/2/request_number", "duplicate", "error", "RES-11"),
            row("/zzz", "unknown_field", "warning", "GEN-04"),
        ]
    );
}

#[test]
fn no_issue_shows_what_was_typed() {
    let secret = "Совершенно-секретно-112-233-445 95";
    let mut value = json!({});
    for name in [
        "id",
        "programme",
        "begin_date",
        "education_form",
        "is_budget",
        "price",
        "budget_places",
        "phone",
        "email",
        "address",
    ] {
        value[name] = json!(secret);
    }
    for mode in [Mode::Lenient, Mode::Strict] {
        for locale in Locale::ALL {
            let options = Options { mode, locale: Some(locale), ..Options::default() };
            let report =
                portform::check_json(table("cycle.create"), value.to_string().as_bytes(), &options).issues_json();
            assert!(!report.contains("секретно") && !report.contains("112"), "{report}");
        }
    }
}

#[test]
fn the_documents_own_examples_are_read_without_an_error() {
    for name in [
        "programme.create",
        "programme.update",
        "cycle.create",
        "cycle.update",
        "results.bulk_update",
        "programme.answer",
        "cycle.answer",
        "results.answer",
        "application.answer",
        "status.answer",
        "token.answer",
        "reference.programmes",
        "reference.specialities",
    ] {
        let file = match name {
            "programme.update" => "programme.create",
            "cycle.update" => "cycle.create",
            "reference.specialities" => "reference.specialities.mended",
            other => other,
        };
        let text = example(file);
        let found = issues(name, &text, &Options::default());
        assert!(found.iter().all(|(.., severity, _)| severity != "error"), "{name}: {found:?}");
        let case = Case::new(table(name).name(), serde_json::from_str(&text).unwrap());
        let again = Case::new(table(name).name(), case.body());
        assert!(again.issues().iter().all(|(.., severity, _)| severity == "warning"), "{name}: {:?}", again.issues());
        assert_eq!(again.clone().strict().body(), case.body(), "{name}");
        assert_eq!(again.body(), case.body(), "{name}");
    }
}

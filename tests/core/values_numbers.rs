//! What is read as a number, whatever the payload: the narrow grammar of text, three digits after a comma, bounds of whole numbers,
//! amounts of money and both spellings of a price.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use crate::support::programme::programme;
use crate::support::{Case, issues};
use portform::Options;
use serde_json::{Value, json};

fn cycle(price: impl Into<Value>) -> Case {
    let value = json!({
        "id": "c", "programme": "P", "begin_date": "2027-01-01", "end_date": "2027-02-01", "education_form": "fulltime",
        "is_budget": false, "is_paid": true, "is_paid_foms": false, "price": price.into(), "has_paid_places": true, "paid_places": 10
    });
    Case::new("cycle.create", value)
}

fn batch(row: Value) -> Case {
    Case::new("results.bulk_update", json!({ "cycle_id": "c", "results": [row] }))
}

/// A result with this mark.
fn mark(mark: impl Into<Value>) -> Case {
    batch(json!({ "request_number": "1", "result_status": "FAILED", "test_mark": mark.into() }))
}

/// A programme whose price is written so.
fn price(price: impl Into<Value>) -> Case {
    programme().set("/is_paid", true).set("/prices", json!([{ "price": price.into(), "start_date": "2027-01-01" }]))
}

const MARK: &str = "/results/0/test_mark";
const PRICE: &str = "/prices/0/price";

#[test]
fn gen_06_trips_on_text_of_the_grammar_of_numbers() {
    for (text, sent) in [
        ("12", json!(12)),
        ("012", json!(12)),
        ("-0", json!(0)),
        ("0,00", json!(0)),
        ("12000.50", json!(12000.5)),
        ("12 000,50", json!(12000.5)),
        ("1 234 567", json!(1_234_567)),
        ("12\u{a0}000", json!(12000)),
        ("1\u{2009}000 ₽", json!(1000)),
        ("1\u{202f}000\u{a0}руб.", json!(1000)),
        ("1'000'000руб", json!(1_000_000)),
        ("700 грн", json!(700)),
        ("24%", json!(24)),
        ("24 %", json!(24)),
        ("12000,5000", json!(12000.5)),
    ] {
        cycle(text).finds("GEN-06", &[("/price", "coerced", "note")]);
        assert_eq!(cycle(text).body()["price"], sent, "{text}");
        cycle(text).strict().finds("GEN-06", &[("/price", "type", "error")]);
    }
    cycle("-1").finds("GEN-06", &[("/price", "coerced", "note")]);
    cycle("-1").trips("CYC-09", "/price", "too_small", "error");
}

#[test]
fn cyc_09_trips_on_every_other_text() {
    for text in [
        "1e3",
        "0x10",
        "+5",
        ".5",
        "5.",
        "5,",
        "1.234,56",
        "12,500.00",
        "1,234,567",
        "Infinity",
        "NaN",
        "12 00",
        "1234 567",
        "1 000'000",
        "12 руб. в час",
        "12 рублей",
        "12р.",
        "15 тыс.",
        "12 руб. руб.",
        "₽12",
        "12 $",
        "--5",
        "- 5",
        "1\u{2007}000",
        "1\u{3000}000",
        "٣",
        "двенадцать",
    ] {
        for case in [cycle(text), cycle(text).strict(), cycle(format!(" {text} "))] {
            case.trips("CYC-09", "/price", "type", "error");
            case.quiet("GEN-06");
        }
    }
    // No double is so large.
    cycle("9".repeat(310)).trips("CYC-09", "/price", "type", "error");
    cycle(json!("9".repeat(310))).strict().quiet("GEN-06");
}

#[test]
fn gen_06_trips_on_three_digits_after_a_comma_or_dot() {
    for (text, sent) in
        [("12,500", 12.5), ("12.500", 12.5), ("12 000,500", 12000.5), ("0,000", 0.0), ("12,500 ₽", 12.5)]
    {
        let case = cycle(text);
        case.finds("GEN-06", &[("/price", "inconsistent", "warning")]);
        assert!((case.body()["price"].as_f64().unwrap() - sent).abs() < 1e-9, "{text}");
        case.clone().promote("GEN-06").finds("GEN-06", &[("/price", "inconsistent", "error")]);
        case.clone().strict().finds("GEN-06", &[("/price", "type", "error")]);
        case.strict().quiet("CYC-09");
    }
    let (params, message) = cycle("12,500").shown("GEN-06");
    assert_eq!(params, json!({}));
    assert!(message.starts_with("Три цифры после"), "{message}");
    // One reading has one note: that it may be another number says more than that white space was cut off.
    cycle(" 12,500 ").finds("GEN-06", &[("/price", "inconsistent", "warning")]);
}

#[test]
fn gen_06_is_quiet_on_two_and_on_four_digits_as_on_numbers() {
    for value in [json!("12,50"), json!("12,5000"), json!("12500")] {
        cycle(value).finds("GEN-06", &[("/price", "coerced", "note")]);
    }
    cycle(12.5).quiet("GEN-06");
}

#[test]
fn a_doubtful_reading_stands_before_the_rows_own_and_hides_its_warnings_only() {
    let all = |case: Case| -> Vec<(String, String)> {
        let found = case.issues().into_iter();
        found.filter(|(at, ..)| at == MARK).map(|(_, code, severity, _)| (code, severity)).collect()
    };
    let pair = |code: &str, severity: &str| (code.to_owned(), severity.to_owned());
    assert_eq!(all(mark("4,999")), [pair("inconsistent", "warning"), pair("integer", "error")]);
    assert_eq!(all(mark("4,999").promote("GEN-06")), [pair("inconsistent", "error")]);
    assert_eq!(all(mark("4,999").strict()), [pair("type", "error")]);
    assert_eq!(all(mark("7,000")), [pair("inconsistent", "warning"), pair("too_large", "error")]);
    assert_eq!(all(mark("2,000")), [pair("inconsistent", "warning")]);
    // RES-13: a mark of 4 where the person failed; RES-05: over a hundred. Both are warnings.
    assert_eq!(all(mark("4,000")), [pair("inconsistent", "warning")]);
    mark("4,000").quiet("RES-13");
    mark("4").trips("RES-13", MARK, "inconsistent", "warning");
    let attendance =
        |value: &str| batch(json!({ "request_number": "1", "result_status": "NOT_TRAINED", "attendance": value }));
    attendance("101").trips("RES-05", "/results/0/attendance", "too_large", "warning");
    attendance("101,000").quiet("RES-05");
}

#[test]
fn decimal_places_are_counted_on_the_shortest_decimal() {
    for (value, fine) in [
        (json!(1.13), true),
        (json!(4.35), true),
        (json!(19.99), true),
        (json!(0.1 + 0.2), false),
        (json!("12.500"), true),
        (json!("12,5000"), true),
        (json!("12,505"), false),
        (json!("12,5050"), false),
        (json!(1e-7), false),
    ] {
        let expected: &[_] = if fine { &[] } else { &[("/price", "decimal_places", "error")] };
        cycle(value).finds("CYC-09", expected);
    }
}

#[test]
fn prg_23_is_quiet_on_both_spellings_of_a_price() {
    for value in [
        json!("12000"),
        json!("12000.5"),
        json!("12000.50"),
        json!("12000.00"),
        json!("0"),
        json!("0.05"),
        json!(12000.5),
    ] {
        for dialect in [false, true] {
            let case = price(value.clone()).with(|options| options.dialect.price_text = dialect);
            case.clone().quiet("GEN-06");
            case.clone().quiet("PRG-23");
            case.clone().strict().quiet("GEN-06");
            let sent = &case.body()["prices"][0]["price"];
            assert_eq!(sent.is_string(), dialect, "{sent}");
        }
    }
    let text = price("12000.50").with(|options| options.dialect.price_text = true);
    assert_eq!(text.body()["prices"][0]["price"], "12000.5");
}

#[test]
fn gen_06_trips_on_other_writings_of_a_price() {
    for text in ["12 000", "12000,5", "012000", "12000 ₽", "12000.5000"] {
        price(text).finds("GEN-06", &[(PRICE, "coerced", "note")]);
        price(text).strict().finds("GEN-06", &[(PRICE, "type", "error")]);
    }
    let odd = price("12000.505");
    odd.finds("GEN-06", &[(PRICE, "inconsistent", "warning")]);
    odd.trips("PRG-23", PRICE, "decimal_places", "error");
    price("12000.505").strict().finds("GEN-06", &[(PRICE, "type", "error")]);
    price(" 12000.50").finds("GEN-06", &[(PRICE, "trimmed", "note")]);
}

#[test]
fn whole_numbers_as_text_are_judged_by_their_digits() {
    let nines = "9".repeat(310);
    let places = |text: &str| cycle(12).set("/paid_places", text);
    for text in [
        "9007199254740992",
        "9007199254740993.0",
        "-9007199254740992",
        &nines,
        &format!("-{nines}"),
        "999 999 999 999 999 999",
    ] {
        places(text).finds("GEN-06", &[("/paid_places", "coerced", "note")]);
        places(text).trips("CYC-14", "/paid_places", "unsafe_number", "error");
        places(text).strict().finds("GEN-06", &[("/paid_places", "type", "error")]);
        places(text).strict().quiet("CYC-14");
    }
    for text in [
        "9007199254740991.5",
        "9007199254740992.5",
        "4503599627370497,5",
        "0,1",
        &format!("{nines},5"),
        "1.00000000000000000001",
    ] {
        places(text).finds("GEN-06", &[("/paid_places", "coerced", "note")]);
        places(text).trips("CYC-14", "/paid_places", "integer", "error");
    }
    for text in ["9007199254740991", "12,0", "12.0000", "0"] {
        places(text).trips("GEN-06", "/paid_places", "coerced", "note");
        assert_eq!(places(text).issues().iter().filter(|(_, _, severity, _)| severity == "error").count(), 0, "{text}");
    }
    // White space is noted where the rest counts as read.
    places(" 9007199254740992").finds("GEN-06", &[("/paid_places", "trimmed", "note")]);
    places(" 1,5 ").finds("GEN-06", &[("/paid_places", "trimmed", "note")]);
    places(" много ").quiet("GEN-06");
}

#[test]
fn whole_numbers_of_json_text_are_judged_by_their_digits() {
    let places = |digits: &str| {
        let text = format!(r#"{{"is_paid":true,"paid_places":{digits}}}"#);
        let found = issues("cycle.create", text, &Options::default());
        found.into_iter().find(|(at, ..)| at == "/paid_places").map(|(_, code, ..)| code)
    };
    for (digits, code) in [
        ("12.0", None),
        ("120e-1", None),
        ("9007199254740991", None),
        ("9007199254740992", Some("unsafe_number")),
        ("1e400", Some("unsafe_number")),
        ("12.5", Some("integer")),
        ("9007199254740991.5", Some("integer")),
        ("9007199254740993.5", Some("integer")),
        ("12.0000000000000000001", Some("integer")),
    ] {
        assert_eq!(places(digits).as_deref(), code, "{digits}");
    }
}

//! What could differ between a native build and wasm (numbers, the width of
//! `usize`, memory) and between a Rust and a JavaScript reading of the same text. The rules have their tests natively.

#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use std::fmt::Write as _;

use portform::{Options, Payload, check_json, payload};
use wasm_bindgen_test::wasm_bindgen_test;

const CYCLE: &str = include_str!("../fixtures/examples/cycle.create.json");
const RESULTS: &str = include_str!("../fixtures/examples/results.bulk_update.json");
const PROGRAMME: &str = include_str!("../fixtures/examples/programme.create.json");

fn table(name: &str) -> &'static Payload {
    payload(name).expect("a payload of this name")
}

fn body(name: &str, text: &str) -> String {
    check_json(table(name), text.as_bytes(), &Options::default()).body().expect("a valid payload")
}

fn codes(name: &str, text: &str) -> Vec<(String, &'static str)> {
    check_json(table(name), text.as_bytes(), &Options::default())
        .issues()
        .iter()
        .map(|issue| (issue.pointer(), issue.code.as_str()))
        .collect()
}

#[wasm_bindgen_test]
fn the_documents_examples_are_sent_and_read_again_without_a_change() {
    for (name, text) in [("cycle.create", CYCLE), ("results.bulk_update", RESULTS), ("programme.create", PROGRAMME)] {
        let once = body(name, text);
        assert_eq!(body(name, &once), once, "{name}");
    }
}

#[wasm_bindgen_test]
fn javascript_reads_and_writes_the_outgoing_body_as_it_stands() {
    for (name, text) in [("cycle.create", CYCLE), ("results.bulk_update", RESULTS), ("programme.create", PROGRAMME)] {
        let sent = body(name, text);
        let value = js_sys::JSON::parse(&sent).expect("JSON");
        assert_eq!(js_sys::JSON::stringify(&value).expect("a text"), sent, "{name}");
    }
}

#[wasm_bindgen_test]
fn numbers_are_sent_in_the_shortest_form_that_javascript_writes() {
    for price in ["0.1", "1.13", "4.35", "19.99", "12000", "12000.5", "0.07", "123456789012.25", "1e3", "-0"] {
        let sent = body("cycle.create", &CYCLE.replace("15000", price));
        let value = js_sys::JSON::parse(&sent).expect("JSON");
        assert_eq!(js_sys::JSON::stringify(&value).expect("a text"), sent, "{price}");
    }
}

#[wasm_bindgen_test]
fn an_integer_beyond_what_javascript_holds_is_reported_by_its_digits() {
    let text =
        r#"{"cycle_id": "1", "request_number": "1", "result_status": "SUCCEED", "attendance": 9007199254740993}"#;
    assert!(codes("result.update", text).contains(&("/attendance".to_owned(), "unsafe_number")));
}

#[wasm_bindgen_test]
fn a_hundred_thousand_different_rows_are_not_duplicates_and_two_equal_ones_are() {
    let mut text = String::from(r#"{"cycle_id": "1", "results": ["#);
    for row in 0..100_000 {
        let number = if row == 99_999 { 0 } else { row };
        let comma = if row == 0 { "" } else { "," };
        let _ = write!(text, r#"{comma}{{"request_number": "R-{number}", "result_status": "NOT_TRAINED"}}"#);
    }
    text.push_str("]}");
    assert_eq!(codes("results.bulk_update", &text), [("/results/99999/request_number".to_owned(), "duplicate")]);
}

#[wasm_bindgen_test]
fn text_that_is_not_json_has_one_issue_and_deep_nesting_does_not_exhaust_the_stack() {
    assert_eq!(codes("cycle.create", r#"{"id": "1","#), [(String::new(), "syntax")]);
    let deep = format!(r#"{{"id": {}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert!(!codes("cycle.create", &deep).is_empty());
}

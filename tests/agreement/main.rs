//! Properties of every payload under random input: checking never panics, what is sent is valid and sent the same again, strict mode
//! accepts what is sent, and no issue says what was typed. PORTFORM_CASES sets how many cases, PORTFORM_SEED which.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[expect(dead_code, reason = "what only the corpus writes down stands there too")]
mod case;
mod choices;
mod container;
mod json;
mod mutate;
mod plausible;

use portform::options::{Mode, Options};
use portform::preview::LocalizedPreview;
use portform::{Severity, check_json, states_json};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestRng, TestRunner};

use case::Case;
use plausible::PRIVATE;

fn number(variable: &str, otherwise: u64) -> u64 {
    match std::env::var(variable) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{variable} must be a whole number")),
        Err(_) => otherwise,
    }
}

/// Runs the property over as many cases as the environment says; a failure is shrunk and tells its seed.
fn run(property: impl Fn(&Case) -> Result<(), TestCaseError>) {
    let seed = number("PORTFORM_SEED", 1);
    let cases = u32::try_from(number("PORTFORM_CASES", 2_000)).unwrap();
    println!("PORTFORM_SEED={seed} PORTFORM_CASES={cases}");
    let config = Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..Config::default() };
    let bytes: Vec<u8> = choices::bytes(seed, 0, 32);
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let bytes = proptest::collection::vec(any::<u8>(), 0..600);
    let result = runner.run(&bytes.prop_map(|bytes| Case::of(&bytes)), |case| property(&case));
    if let Err(error) = result {
        panic!("PORTFORM_SEED={seed}: {error}");
    }
}

#[test]
fn what_is_sent_is_valid_and_is_sent_the_same_again() {
    run(|case| {
        let options = case.options();
        let report = check_json(case.payload, case.text.as_bytes(), &options);
        let Some(body) = report.body() else { return Ok(()) };
        for mode in [Mode::Lenient, Mode::Strict] {
            let options = Options { mode, ..case.options() };
            let again = check_json(case.payload, body.as_bytes(), &options);
            prop_assert!(again.valid(), "{mode:?} refuses what is sent: {}\n{body}", again.issues_json());
            let notes = again.issues().iter().any(|issue| issue.severity == Severity::Note);
            prop_assert!(!notes, "a note on what is sent: {}\n{body}", again.issues_json());
            prop_assert_eq!(again.body(), Some(body.clone()), "what is sent changes when it is read again");
        }
        Ok(())
    });
}

#[test]
fn the_preview_and_the_report_say_the_same() {
    run(|case| {
        let options = case.options();
        let report = check_json(case.payload, case.text.as_bytes(), &options);
        let states = states_json(case.payload, case.text.as_bytes(), &options);
        prop_assert!(!states.is_empty());
        let Some(preview) = report.preview() else {
            prop_assert!(!report.valid(), "a valid payload has a preview");
            return Ok(());
        };
        prop_assert_eq!(preview.valid, report.valid());
        prop_assert!(serde_json::from_str::<serde_json::Value>(&preview.body).is_ok(), "{}", preview.body);
        if let Some(body) = report.body() {
            prop_assert_eq!(&preview.body, &body);
        }
        let notes = report.issues().iter().filter(|issue| issue.severity == Severity::Note).count();
        prop_assert_eq!(preview.readings.len(), notes);
        prop_assert!(serde_json::to_string(&LocalizedPreview(&preview, report.locale())).is_ok());
        Ok(())
    });
}

#[test]
fn no_issue_says_what_was_typed() {
    run(|case| {
        let options = case.options();
        let report = check_json(case.payload, case.text.as_bytes(), &options);
        for issue in report.issues() {
            let said = format!("{} {:?}", issue.message(report.locale()), issue.params);
            prop_assert!(!said.contains(PRIVATE) && !said.contains("тайна"), "{said}");
        }
        Ok(())
    });
}

#[test]
fn cases_of_every_payload_are_valid_and_not() {
    let seed = number("PORTFORM_SEED", 1);
    let mut counts = std::collections::BTreeMap::new();
    for at in 0..200 * portform::payloads().len() as u64 {
        let case = Case::of(&choices::bytes(seed, at, 600));
        let options = case.options();
        let valid = check_json(case.payload, case.text.as_bytes(), &options).valid();
        let (good, bad): &mut (u32, u32) = counts.entry(case.payload.name()).or_default();
        *(if valid { good } else { bad }) += 1;
    }
    println!("{counts:?}");
    for (name, (good, bad)) in counts {
        assert!(good >= 20 && bad >= 20, "{name}: {good} valid, {bad} not");
    }
}

#[test]
fn bytes_that_are_no_text_are_an_issue_with_a_position() {
    for payload in portform::payloads() {
        for bytes in [&b"\xff"[..], b"{\"id\":\"\xc3\x28\"}", b"", b"{", b"[1,", b"\xef\xbb\xbf{"] {
            let options = Options::default();
            let report = check_json(payload, bytes, &options);
            assert!(!report.valid());
            assert!(report.issues_json().contains("\"line\":1"), "{}", report.issues_json());
        }
    }
}

/// Found by the properties above.
#[test]
fn a_single_row_in_place_of_a_list_inherits_as_a_row_does() {
    let payload = portform::payload("results.bulk_update").unwrap();
    let row = r#"{"request_number":"17","result_status":"NOT_TRAINED"}"#;
    let options = Options::default();
    for results in [format!("[{row}]"), row.to_owned()] {
        let text = format!(r#"{{"cycle_id":"3","results":{results}}}"#);
        let body = check_json(payload, text.as_bytes(), &options).body().unwrap();
        assert!(body.contains(r#""results":[{"cycle_id":"3","request_number":"17""#), "{body}");
    }
    let other = row.replace('{', r#"{"cycle_id":"4","#);
    let text = format!(r#"{{"cycle_id":"3","results":{other}}}"#);
    let issues = check_json(payload, text.as_bytes(), &options).issues_json();
    assert!(issues.contains(r#""pointer":"/results/0/cycle_id","code":"mismatch""#), "{issues}");
}

//! Edits that are made part by part: finished, they are the edit made in one go, with one step of history and the same changes;
//! given up, the form is as it was, whatever was done of them.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test ends where the form and its model part")]

use portform::explain::explain;
use portform::form::{Changes, Filter, Form};
use portform::issue::Code;
use portform::{Input, Options, Severity};
use proptest::prelude::*;
use serde_json::{Value, json};

const LIST: &str = "/results";
const COLUMNS: [&str; 3] = ["request_number", "result_status", "test_mark"];

fn form(rows: &[Value]) -> Form {
    let payload = portform::payload("results.bulk_update").unwrap();
    Form::new(payload, Options::default(), Some(json!({ "cycle_id": "1", "results": rows })))
}

/// Everything that a form shows.
fn shown(form: &Form) -> (Vec<String>, String, String) {
    let issues = form.issues(&Filter::default()).unwrap();
    let states = serde_json::to_string(&form.states()).unwrap();
    (told(&issues), states, form.preview().body)
}

fn told(issues: &[portform::Issue]) -> Vec<String> {
    issues.iter().map(|issue| format!("{} {} {:?}", issue.pointer(), issue.code.as_str(), issue.params)).collect()
}

/// What an edit tells, in an order of its own.
fn changed(changes: &Changes) -> (Vec<String>, Vec<String>, Vec<String>) {
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines
    };
    let states = changes.states().iter().map(|state| format!("{state:?}")).collect();
    (sorted(told(&changes.added)), sorted(told(&changes.removed)), sorted(states))
}

fn row() -> impl Strategy<Value = Value> {
    // Few numbers, so that rows are duplicates of one another, also across parts.
    (0..12_u8, prop_oneof![Just("SUCCEED"), Just("NOT_TRAINED"), Just("?")], prop_oneof![Just(5), Just(77)])
        .prop_map(|(number, status, mark)| json!([number.to_string(), status, mark]))
}

fn item() -> impl Strategy<Value = Value> {
    row().prop_map(|cells| json!({ "request_number": cells[0], "result_status": cells[1], "test_mark": cells[2] }))
}

/// Pastes rows in parts, and does so many of the checks after each.
fn paste(form: &mut Form, index: usize, rows: &[Value], part: usize, checks: usize) {
    for (at, rows) in rows.chunks(part).enumerate() {
        form.paste_part(LIST, index + at * part, json!(rows), &COLUMNS).unwrap();
        form.advance(checks, false);
    }
}

fn end(form: &mut Form, stride: usize) -> Changes {
    while form.advance(stride, false) > 0 {}
    while form.advance(stride, true) > 0 {}
    form.finish()
}

proptest! {
    #[test]
    fn a_paste_in_parts_is_the_paste_in_one_go(
        before in prop::collection::vec(item(), 0..12),
        rows in prop::collection::vec(row(), 1..24),
        at in any::<prop::sample::Index>(),
        part in 1..9_usize,
        checks in 0..20_usize,
        stride in 1..9_usize,
    ) {
        let (mut whole, mut parts) = (form(&before), form(&before));
        let index = at.index(before.len() + 1);
        let once = whole.paste(LIST, index, json!(rows), &COLUMNS).unwrap();
        paste(&mut parts, index, &rows, part, checks);
        let long = end(&mut parts, stride);

        prop_assert_eq!(changed(&long), changed(&once));
        prop_assert_eq!(long.summary, once.summary);
        prop_assert_eq!(shown(&parts), shown(&whole));
        prop_assert_eq!(parts.version(), whole.version());
        // What was there already is no step.
        let changed = whole.version() > 0;
        prop_assert_eq!(parts.undo().is_some(), changed);
        prop_assert_eq!(shown(&parts), shown(&form(&before)));
        prop_assert!(parts.undo().is_none(), "it is one step");
        prop_assert_eq!(parts.redo().is_some(), changed);
        prop_assert_eq!(shown(&parts), shown(&whole));
    }

    #[test]
    fn a_replacement_in_parts_is_the_replacement_in_one_go(
        before in prop::collection::vec(item(), 0..12),
        after in prop::collection::vec(item(), 0..12),
        stride in 1..9_usize,
    ) {
        let (mut whole, mut parts) = (form(&before), form(&before));
        let value = json!({ "cycle_id": 5, "results": after });
        let once = whole.replace(value.clone());
        parts.replace_part(value);
        let long = end(&mut parts, stride);

        prop_assert_eq!(changed(&long), changed(&once));
        prop_assert_eq!(shown(&parts), shown(&whole));
        parts.undo().unwrap();
        prop_assert_eq!(shown(&parts), shown(&form(&before)));
    }

    #[test]
    fn an_edit_that_is_given_up_leaves_the_form_as_it_was(
        before in prop::collection::vec(item(), 1..12),
        rows in prop::collection::vec(row(), 1..24),
        part in 1..9_usize,
        checks in 0..60_usize,
        comparing in any::<bool>(),
        replace in any::<bool>(),
    ) {
        let mut form = form(&before);
        form.set("/results/0/test_mark", json!(3)).unwrap();
        form.set("/results/0/test_mark", json!(4)).unwrap();
        form.undo().unwrap();
        let (was, version) = (shown(&form), form.version());
        if replace {
            form.replace_part(json!({ "results": rows }));
        } else {
            paste(&mut form, 0, &rows, part, checks);
        }
        form.advance(checks, comparing);
        form.abandon();

        prop_assert_eq!(shown(&form), was.clone());
        prop_assert_eq!(form.version(), version);
        form.redo().unwrap();
        form.undo().unwrap();
        prop_assert_eq!(shown(&form), was);
        form.undo().unwrap();
        prop_assert!(form.undo().is_none());
    }
}

#[test]
fn values_set_before_and_after_the_rows_are_part_of_the_one_step() {
    let there = json!({ "request_number": "9", "interview": 3 });
    for keep in [true, false] {
        let mut form = form(std::slice::from_ref(&there));
        let was = shown(&form);
        form.set_part(LIST, json!([])).unwrap();
        form.paste_part(LIST, 0, json!([["1", "FAILED"], ["2", "FAILED"]]), &COLUMNS[..2]).unwrap();
        form.set_part("/results/1/interview", json!("4")).unwrap();
        assert!(form.set_part("/results/7/interview", json!("4")).is_err());
        if keep {
            form.finish();
            let body: Value = serde_json::from_str(&form.preview().body).unwrap();
            assert_eq!(
                body["results"],
                json!([
                    { "cycle_id": "1", "request_number": "1", "result_status": "FAILED" },
                    { "cycle_id": "1", "request_number": "2", "result_status": "FAILED", "interview": 4 },
                ])
            );
            form.undo().unwrap();
        } else {
            form.abandon();
        }
        assert_eq!(shown(&form), was);
        assert!(form.undo().is_none());
    }
}

#[test]
fn a_part_that_makes_no_sense_can_be_given_up_too() {
    let mut form = form(&[]);
    assert!(form.paste_part(LIST, 7, json!([["1"]]), &["request_number"]).is_err());
    assert!(form.paste_part(LIST, 0, json!([["1"]]), &["no_such_field"]).is_err());
    form.abandon();
    assert!(form.undo().is_none());
}

#[test]
fn an_edit_that_is_given_up_has_forgotten_no_refusal() {
    for replace in [false, true] {
        let mut form = form(&[json!({ "request_number": "1", "result_status": "FAILED" })]);
        let body = json!([{ "path": "results[0].request_number", "message": "no" }, { "message": "no" }]).to_string();
        let refused = explain(form.payload(), form.options(), 400, Input::Text(body.as_bytes()));
        form.refuse(refused);
        let was = form.issues(&Filter::default()).unwrap();
        assert_eq!(was.iter().filter(|issue| issue.code == Code::Refused).count(), 2);
        if replace {
            form.replace_part(json!({}));
        } else {
            form.paste_part(LIST, 0, json!([["2"]]), &["request_number"]).unwrap();
        }
        form.abandon();
        assert_eq!(form.issues(&Filter::default()).unwrap(), was);
        assert_eq!(form.summary().errors as usize, was.iter().filter(|it| it.severity == Severity::Error).count());
    }
}

//! A check that is watched finds what one that is not finds, and tells how far it has come: stage after stage, never back, and never
//! more than there is.

#![allow(clippy::unwrap_used, reason = "a test ends where a check and its model part")]

use std::cell::RefCell;

use portform::{Options, Stage, check_json, check_json_watched};
use serde_json::{Value, json};

type Told = Vec<(Stage, usize, usize)>;

/// A batch of so many rows; a mark of 77 is out of its bounds.
fn batch(rows: usize, mark: i32) -> String {
    let row = |at: usize| {
        json!({
            "request_number": at.to_string(), "attended": true, "result_status": "SUCCEED", "attendance": 100,
            "practical_skills": 5, "interview": 5, "case_solving": 5, "test_percentage": 90, "test_mark": mark,
            "certificate": "77", "certificate_applied": true,
        })
    };
    let rows: Vec<Value> = (0..rows).map(row).collect();
    json!({ "cycle_id": "1", "results": rows }).to_string()
}

fn watched(text: &str) -> Told {
    let payload = portform::payload("results.bulk_update").unwrap();
    let options = Options::default();
    let told: RefCell<Told> = RefCell::default();
    let watch = |stage, done, of| told.borrow_mut().push((stage, done, of));
    let report = check_json_watched(payload, text.as_bytes(), &options, &watch);
    let alone = check_json(payload, text.as_bytes(), &options);
    assert_eq!(report.issues_json(), alone.issues_json());
    assert_eq!(report.body_watched(&watch), alone.body());
    told.into_inner()
}

fn of(told: &Told, wanted: Stage) -> Vec<(usize, usize)> {
    told.iter().filter(|(stage, ..)| *stage == wanted).map(|(_, done, of)| (*done, *of)).collect()
}

#[test]
fn every_stage_tells_how_far_it_is() {
    let text = batch(3_000, 5);
    let told = watched(&text);
    assert!(told.is_sorted_by_key(|(stage, ..)| *stage as u8), "stage after stage");
    for stage in [Stage::Reading, Stage::Checking, Stage::Writing] {
        let steps = of(&told, stage);
        assert!(steps.len() > 5, "{stage:?}");
        assert!(steps.is_sorted(), "{stage:?}");
        assert!(steps.iter().all(|(done, of)| done <= of), "{stage:?}");
    }
    assert!(of(&told, Stage::Reading).iter().all(|(_, of)| *of == text.len()), "bytes are read");
}

#[test]
fn what_is_not_valid_is_not_written() {
    let told = watched(&batch(3_000, 77));
    assert!(!of(&told, Stage::Checking).is_empty());
    assert_eq!(of(&told, Stage::Writing), []);
}

#[test]
fn small_texts_tell_nothing() {
    assert_eq!(watched(&batch(100, 5)), []);
    assert_eq!(watched("{"), []);
}

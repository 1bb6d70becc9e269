//! A list at its limit of 100,000 items: the edit that puts it over the limit silences what was found in it, the one that takes it
//! back tells it again, and in between the form says what a whole check says.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what went wrong")]

use portform::form::{Changes, Filter, Form};
use portform::{Options, check_json, payload};
use serde_json::{Value, json};

const LIMIT: usize = 100_000;

struct Pair {
    form: Form,
    value: Value,
}

impl Pair {
    /// A batch of so many results: a mark that is out of bounds, a number that stands twice, and one that is written as a number.
    fn of(rows: usize) -> Self {
        let row = |index: usize| json!({ "request_number": format!("{index}-x"), "result_status": "NOT_TRAINED" });
        let mut value = json!({ "cycle_id": "1", "results": (0..rows).map(row).collect::<Vec<_>>() });
        value["results"][5] = json!({ "request_number": "5-x", "result_status": "FAILED", "test_mark": 9 });
        value["results"][7]["request_number"] = json!("5-x");
        value["results"][rows - 1]["request_number"] = json!(12);
        let payload = payload("results.bulk_update").unwrap();
        let form = Form::from_json(payload, Options::default(), value.to_string().as_bytes()).unwrap();
        Self { form, value }
    }

    fn rows(&mut self) -> &mut Vec<Value> {
        self.value["results"].as_array_mut().unwrap()
    }

    fn insert(&mut self, row: &Value) -> Changes {
        self.rows().insert(0, row.clone());
        self.form.insert("/results", 0, Some(row.clone())).unwrap()
    }

    fn remove(&mut self) -> Changes {
        self.rows().remove(0);
        self.form.remove("/results", 0).unwrap()
    }

    /// The form says what a whole check says; gives the pointers and codes.
    fn agrees(&self) -> Vec<String> {
        let options = Options::default();
        let text = self.value.to_string();
        let told = |issues: Vec<portform::Issue>| issues.iter().map(said).collect::<Vec<_>>();
        let whole = told(check_json(self.form.payload(), text.as_bytes(), &options).issues());
        let live = told(self.form.issues(&Filter::default()).unwrap());
        assert_eq!(live, whole);
        let count =
            |severity: &str| u32::try_from(live.iter().filter(|one| one.starts_with(severity)).count()).unwrap();
        let summary = self.form.summary();
        let counted = (summary.errors, summary.warnings, summary.notes);
        assert_eq!(counted, (count("Error"), count("Warning"), count("Note")));
        live
    }
}

fn said(issue: &portform::Issue) -> String {
    format!("{:?} {} {}", issue.severity, issue.pointer(), issue.code.as_str())
}

fn all(issues: &[portform::Issue]) -> Vec<String> {
    issues.iter().map(said).collect()
}

const NEW: &str = "Error /results too_many";

#[test]
fn the_row_too_many_silences_the_list_and_its_removal_tells_it_again() {
    let mut pair = Pair::of(LIMIT);
    let before = pair.agrees();
    assert_eq!(before.len(), 3, "{before:?}");

    let changes = pair.insert(&json!({ "request_number": "new", "result_status": "NOT_TRAINED" }));
    assert_eq!(all(&changes.added), [NEW]);
    let mut removed = all(&changes.removed);
    removed.sort();
    let mut sorted = before.clone();
    sorted.sort();
    assert_eq!(removed, sorted, "they are told with the indexes that they had");
    assert!(changes.states().iter().all(|state| state.pointer.starts_with("/results/0/")), "only the new row's fields");
    assert_eq!(pair.agrees(), [NEW]);

    let changes = pair.remove();
    assert_eq!(all(&changes.removed), [NEW]);
    let mut added = all(&changes.added);
    added.sort();
    assert_eq!(added, sorted, "with the indexes that they have");
    assert_eq!(pair.agrees(), before);

    // Taken back and done again, as any edit.
    assert_eq!(all(&pair.form.undo().unwrap().added), [NEW]);
    assert_eq!(all(&pair.form.redo().unwrap().removed), [NEW]);
    assert_eq!(pair.agrees(), before);
}

#[test]
fn edits_of_a_list_that_is_too_long_count_once_it_is_short_enough() {
    let mut pair = Pair::of(LIMIT);
    let plain = json!({ "request_number": "new", "result_status": "NOT_TRAINED" });
    pair.insert(&plain);
    let changes = pair.insert(&plain);
    assert_eq!((all(&changes.added), all(&changes.removed)), (vec![], vec![]), "it was too long before");

    let changes = pair.form.set("/results/40/test_mark", json!("x")).unwrap();
    pair.rows()[40]["test_mark"] = json!("x");
    assert_eq!((all(&changes.added), all(&changes.removed)), (vec![], vec![]));
    assert_eq!(pair.form.state("/results/40/test_mark").unwrap().1.len(), 0);
    let changes = pair.form.set("/results/41/result_status", json!("?")).unwrap();
    pair.rows()[41]["result_status"] = json!("?");
    assert_eq!(all(&changes.added), Vec::<String>::new());
    pair.agrees();

    pair.remove();
    assert_eq!(pair.agrees(), [NEW]);
    let changes = pair.remove();
    assert_eq!(all(&changes.removed), [NEW]);
    assert!(
        all(&changes.added).contains(&"Error /results/39/result_status enum".to_owned()),
        "{:?}",
        all(&changes.added)
    );
    assert_eq!(pair.agrees().len(), all(&changes.added).len());
}

#[test]
fn a_form_that_begins_too_long_tells_its_findings_when_it_is_cut() {
    let mut pair = Pair::of(LIMIT + 1);
    assert_eq!(pair.agrees(), [NEW]);
    let changes = pair.remove();
    assert_eq!(all(&changes.removed), [NEW]);
    assert_eq!(all(&changes.added).len(), 3);
    pair.agrees();
}

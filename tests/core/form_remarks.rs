//! Refusals and a front end's own findings on a live form: they stand at a row, move along with it, go with it and come back with it.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use portform::explain::explain;
use portform::form::{Changes, Filter, Finding, Form, Misuse};
use portform::input::Input;
use portform::issue::Code;
use portform::{Issue, Locale, Options, Severity};
use serde_json::{Value, json};

use crate::support::table;

fn rows(numbers: &[&str]) -> Value {
    let row = |number: &&str| json!({ "request_number": number, "result_status": "NOT_TRAINED" });
    json!({ "cycle_id": "1", "results": numbers.iter().map(row).collect::<Vec<_>>() })
}

fn form(draft: Value) -> Form {
    Form::new(table("results.bulk_update"), Options::default(), Some(draft))
}

fn refuse(form: &mut Form, pointers: &[&str]) -> Changes {
    let entries = pointers.iter().map(|pointer| json!({ "path": pointer, "message": format!("no: {pointer}") }));
    let body = Value::Array(entries.collect()).to_string();
    let refused = explain(form.payload(), form.options(), 400, Input::Text(body.as_bytes()));
    form.refuse(refused)
}

fn attach(form: &mut Form, source: &str, findings: &[(&str, &str)]) -> Changes {
    let finding = |(pointer, message)| Finding { pointer, message, severity: Severity::Error, code: None };
    form.attach(source, &findings.iter().copied().map(finding).collect::<Vec<_>>()).unwrap()
}

/// What others than the form itself say, and where.
fn said(form: &Form) -> Vec<String> {
    let issues = form.issues(&Filter::default()).unwrap();
    let own = |issue: &&Issue| matches!(issue.code, Code::Refused | Code::Attached);
    issues.iter().filter(own).map(|issue| format!("{} {}", issue.pointer(), issue.code())).collect()
}

fn pointers(issues: &[Issue]) -> Vec<String> {
    issues.iter().map(Issue::pointer).collect()
}

#[test]
fn what_stands_at_a_row_moves_along_with_it() {
    let mut form = form(rows(&["a", "b", "c", "d"]));
    refuse(&mut form, &["/results/2/request_number"]);
    attach(&mut form, "own", &[("/results/2", "look"), ("/results/1/attended", "look")]);
    let at = |item: usize, other: usize| {
        vec![
            format!("/results/{other}/attended attached"),
            format!("/results/{item} attached"),
            format!("/results/{item}/request_number refused"),
        ]
    };
    assert_eq!(said(&form), at(2, 1));
    let changes = form.remove("/results", 0).unwrap();
    assert!(changes.removed.is_empty() && changes.added.is_empty(), "they moved along: {changes:?}");
    assert_eq!(said(&form), at(1, 0));
    form.insert("/results", 0, None::<Value>).unwrap();
    form.insert("/results", 1, None::<Value>).unwrap();
    assert_eq!(said(&form), at(3, 2));
    let changes = form.move_item("/results", 3, 0).unwrap();
    assert_eq!(pointers(&changes.removed)[..2], ["/results/3".to_owned(), "/results/3/request_number".to_owned()]);
    let mut moved = at(0, 3);
    moved.rotate_left(1);
    assert_eq!(said(&form), moved);
    for _ in 0..4 {
        form.undo().unwrap();
    }
    assert_eq!(said(&form), at(2, 1));
    for _ in 0..4 {
        form.redo().unwrap();
    }
    assert_eq!(said(&form), moved);
    for issue in form.issues(&Filter::default()).unwrap() {
        let (_, at) = form.state(&issue.pointer()).unwrap();
        assert!(at.contains(&issue));
    }
}

#[test]
fn what_stands_at_a_row_goes_with_it_and_comes_back_with_it() {
    let mut form = form(rows(&["a", "b", "c"]));
    refuse(&mut form, &["/results/1/request_number"]);
    attach(&mut form, "own", &[("/results/1", "look")]);
    let summary = form.summary();
    let changes = form.remove("/results", 1).unwrap();
    assert_eq!(pointers(&changes.removed), ["/results/1", "/results/1/request_number"]);
    assert_eq!(said(&form), [""; 0]);
    assert!(form.valid());
    let changes = form.undo().unwrap();
    assert_eq!(pointers(&changes.added), ["/results/1", "/results/1/request_number"]);
    assert_eq!(form.summary(), summary);
    // Another draft has other rows; the old ones come back with theirs.
    form.replace(rows(&["x", "y"]));
    assert_eq!(said(&form), [""; 0]);
    form.undo().unwrap();
    assert_eq!(said(&form), ["/results/1 attached", "/results/1/request_number refused"]);
}

#[test]
fn a_row_that_is_given_back_for_good_takes_what_is_said_with_it() {
    let mut form = form(rows(&["a"]));
    form.insert("/results", 1, Some(json!({ "request_number": "b" }))).unwrap();
    attach(&mut form, "own", &[("/results/1/request_number", "look")]);
    form.undo().unwrap();
    // The record of the row is free from here on, and is used again.
    form.set("/cycle_id", json!("2")).unwrap();
    form.insert("/results", 1, Some(json!({ "request_number": "c" }))).unwrap();
    form.insert("/results", 1, Some(json!({ "request_number": "d" }))).unwrap();
    assert_eq!(said(&form), [""; 0]);
}

#[test]
fn a_refusal_stands_until_its_field_is_edited() {
    let all = ["", "/cycle_id", "/results", "/results/0", "/results/0/request_number", "/results/1/request_number"];
    let left = |edit: fn(&mut Form)| {
        let mut form = form(rows(&["a", "b"]));
        refuse(&mut form, &all);
        assert_eq!(said(&form).len(), all.len());
        edit(&mut form);
        said(&form)
    };
    let paste = |form: &mut Form| drop(form.paste("/results", 0, json!([["z"]]), &["request_number"]).unwrap());
    let refused = |pointers: &[&str]| pointers.iter().map(|at| format!("{at} refused")).collect::<Vec<_>>();
    // What is edited, what it is in, and the form as a whole.
    assert_eq!(left(|form| drop(form.set("/cycle_id", json!("2")).unwrap())), refused(&all[2..]));
    assert_eq!(
        left(|form| drop(form.set("/results/0/request_number", json!("z")).unwrap())),
        refused(&[all[1], all[5]])
    );
    assert_eq!(left(paste), refused(&[all[1], all[5]]));
    assert_eq!(
        left(|form| drop(form.insert("/results", 2, None::<Value>).unwrap())),
        refused(&[all[1], all[3], all[4], all[5]])
    );
    assert_eq!(
        left(|form| drop(form.set("/results/1", json!({ "request_number": "z" })).unwrap())),
        refused(&[all[1], all[3], all[4]])
    );
    assert_eq!(left(|form| drop(form.set("/results", json!([])).unwrap())), refused(&[all[1]]));
    assert_eq!(left(|form| drop(form.replace(json!({})))), [""; 0]);
    // What is no edit leaves all of them.
    assert_eq!(left(|form| drop(form.set("/cycle_id", json!("1")).unwrap())).len(), all.len());
    assert_eq!(
        left(|form| drop(form.set_options(Options { locale: Some(Locale::En), ..Options::default() }))).len(),
        all.len()
    );
}

#[test]
fn a_refusal_of_what_the_form_has_not_stands_at_the_nearest_place() {
    let mut form = form(rows(&["a"]));
    refuse(&mut form, &["/results/7/request_number"]);
    assert_eq!(said(&form), ["/results refused"]);
    for issue in form.issues(&Filter::default()).unwrap() {
        assert!(form.state(&issue.pointer()).unwrap().1.contains(&issue));
    }
}

#[test]
fn an_earlier_answer_makes_room_for_the_next() {
    let mut form = form(rows(&["a", "b"]));
    refuse(&mut form, &["/results/0/request_number", "/results/1/request_number"]);
    let changes = refuse(&mut form, &["/results/1/request_number", "/cycle_id"]);
    assert_eq!(pointers(&changes.removed), ["/results/0/request_number"]);
    assert_eq!(pointers(&changes.added), ["/cycle_id"]);
    let version = form.version();
    refuse(&mut form, &["/results/1/request_number", "/cycle_id"]);
    assert_eq!(form.version(), version, "the same again is no change");
    form.refuse(Vec::new());
    assert_eq!(said(&form), [""; 0]);
}

#[test]
fn refusals_do_not_make_a_form_invalid_but_are_counted() {
    let mut form = form(rows(&["a"]));
    assert!(form.valid());
    refuse(&mut form, &["/results/0/request_number"]);
    assert!(form.valid());
    assert_eq!(form.summary().errors, 1);
    assert!(form.preview().valid);
}

#[test]
fn what_is_attached_counts_like_the_forms_own() {
    let mut form = form(rows(&["a"]));
    attach(&mut form, "own", &[("/results/0/request_number", "taken")]);
    assert!(!form.valid());
    assert_eq!((form.summary().errors, form.preview().valid, form.body()), (1, false, None));
    let warning = Finding { pointer: "/cycle_id", message: "old", severity: Severity::Warning, code: Some("outdated") };
    let changes = form.attach("own", &[warning]).unwrap();
    assert_eq!(pointers(&changes.removed), ["/results/0/request_number"]);
    assert!(form.valid() && form.body().is_some());
    assert_eq!((changes.summary.errors, changes.summary.warnings), (0, 1));
    let issue = changes.added.first().unwrap();
    assert_eq!((issue.code(), issue.source(), issue.message(Locale::Uk).as_str()), ("outdated", "own", "old"));
    assert_eq!(issue.severity, Severity::Warning);
}

#[test]
fn what_is_attached_is_replaced_source_by_source_and_outlives_edits() {
    let mut form = form(rows(&["a", "b"]));
    attach(&mut form, "server", &[("/cycle_id", "one"), ("/results/0/request_number", "two")]);
    attach(&mut form, "page", &[("/cycle_id", "three")]);
    form.set("/cycle_id", json!("2")).unwrap();
    form.set("/results/0/request_number", json!("z")).unwrap();
    assert_eq!(said(&form).len(), 3);
    // At one place in the order in which the sources came.
    let (_, issues) = form.state("/cycle_id").unwrap();
    assert_eq!(issues.iter().map(|issue| issue.message(Locale::Ru)).collect::<Vec<_>>(), ["one", "three"]);
    attach(&mut form, "server", &[]);
    assert_eq!(said(&form), ["/cycle_id attached"]);
    let version = form.version();
    attach(&mut form, "page", &[("/cycle_id", "three")]);
    attach(&mut form, "server", &[]);
    assert_eq!(form.version(), version);
}

#[test]
fn what_is_said_of_a_field_is_told_while_the_field_is_relevant() {
    let mut form = Form::new(table("cycle.create"), Options::default(), Some(json!({ "is_paid": true })));
    let errors = form.summary().errors;
    attach(&mut form, "own", &[("/price", "too much"), ("/address/city", "where?")]);
    assert_eq!(said(&form), ["/price attached", "/address/city attached"]);
    let changes = form.set("/is_paid", json!(false)).unwrap();
    assert!(pointers(&changes.removed).contains(&"/price".to_owned()));
    assert_eq!(said(&form), ["/address/city attached"]);
    form.set("/is_paid", json!(true)).unwrap();
    assert_eq!(said(&form), ["/price attached", "/address/city attached"]);
    assert_eq!(form.summary().errors, errors + 2);
    // The object that was not there comes to be, and the remark stays where it is.
    let changes = form.set("/address/region", json!("x")).unwrap();
    assert!(!pointers(&changes.removed).contains(&"/address/city".to_owned()));
    assert_eq!(said(&form), ["/price attached", "/address/city attached"]);
}

#[test]
fn a_finding_is_attached_to_places_that_there_are() {
    let mut form = form(json!({ "cycle_id": "1", "other": 1, "Results": [{ "request_number": "a", "more": 2 }] }));
    attach(&mut form, "own", &[("", "x"), ("/other", "x"), ("/results", "x"), ("/results/0/more", "x")]);
    assert_eq!(said(&form).len(), 4);
    for issue in form.issues(&Filter::default()).unwrap() {
        assert!(form.state(&issue.pointer()).unwrap().1.contains(&issue), "{}", issue.pointer());
    }
    let try_at = |form: &mut Form, pointer| {
        form.attach("own", &[Finding { pointer, message: "x", severity: Severity::Error, code: None }])
    };
    for pointer in ["/nothing", "other", "/results/0/nothing", "/results/x", "/cycle_id/0"] {
        assert!(matches!(try_at(&mut form, pointer), Err(Misuse::Type(_))), "{pointer}");
    }
    assert!(matches!(try_at(&mut form, "/results/1"), Err(Misuse::Range(_))));
    assert_eq!(said(&form).len(), 4, "a wrong call changes nothing");
    let note = Finding { pointer: "", message: "x", severity: Severity::Note, code: None };
    assert!(matches!(form.attach("own", &[note]), Err(Misuse::Type(_))));
}

#[test]
fn an_address_keeps_what_is_said_in_the_other_dialect() {
    let mut form = Form::new(table("cycle.create"), Options::default(), Some(json!({ "address": { "region": "x" } })));
    attach(&mut form, "own", &[("/address/city", "where?"), ("/address", "look"), ("/id", "x")]);
    let mut options = Options::default();
    options.dialect.address_list = true;
    form.set_options(options);
    assert_eq!(said(&form), ["/id attached", "/address attached", "/address/0/city attached"]);
    form.set_options(Options::default());
    assert_eq!(said(&form), ["/id attached", "/address attached", "/address/city attached"]);
}

#[test]
fn pages_of_issues_are_parts_of_the_whole_in_a_list_of_many_blocks() {
    let item = |at: usize| match at % 5 {
        0 => json!({ "request_number": at.to_string(), "result_status": "NOT_TRAINED" }),
        1 => json!({ "request_number": at, "result_status": "?" }),
        _ => json!({ "request_number": at.to_string(), "attendance": 200 }),
    };
    let mut form = form(json!({ "cycle_id": "1", "results": (0..3000).map(item).collect::<Vec<_>>() }));
    for at in 0..300 {
        form.insert("/results", at * 7 % 3000, Some(item(at))).unwrap();
        if at % 3 == 0 {
            form.remove("/results", at * 13 % 3000).unwrap();
        }
        if at % 11 == 0 {
            form.move_item("/results", at, 2999 - at).unwrap();
        }
    }
    let all = form.issues(&Filter::default()).unwrap();
    let summary = form.summary();
    assert_eq!(all.len(), (summary.errors + summary.warnings + summary.notes) as usize);
    for severity in [None, Some(Severity::Error), Some(Severity::Warning), Some(Severity::Note)] {
        let wanted: Vec<&Issue> =
            all.iter().filter(|issue| severity.is_none_or(|only| issue.severity == only)).collect();
        for offset in [0, 1, 2, 500, 1023, wanted.len() / 2, wanted.len() - 1, wanted.len(), wanted.len() + 1] {
            let page = form.issues(&Filter { severity, offset, limit: Some(7), ..Filter::default() }).unwrap();
            assert_eq!(
                page.iter().collect::<Vec<_>>(),
                wanted.iter().copied().skip(offset).take(7).collect::<Vec<_>>()
            );
        }
    }
    for under in ["/results/2500", "/results/17/attendance", "/cycle_id", "/results/99999"] {
        let page = form.issues(&Filter { under: Some(under.to_owned()), ..Filter::default() }).unwrap();
        let below = |issue: &&Issue| issue.pointer() == under || issue.pointer().starts_with(&format!("{under}/"));
        assert_eq!(page, all.iter().filter(below).cloned().collect::<Vec<_>>(), "{under}");
    }
    assert!(form.issues(&Filter { under: Some("/nothing".to_owned()), ..Filter::default() }).is_err());
}

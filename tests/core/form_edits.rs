//! What single edits of a live form do: no change is no edit, typing is one step, the history is bounded and never costs the draft,
//! and nothing that was typed is lost.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use portform::Options;
use portform::form::{Changes, Form};
use serde_json::{Value, json};

use crate::support::{table, unpacked};

fn form(payload: &str, draft: Value) -> Form {
    Form::new(table(payload), Options::default(), Some(draft))
}

fn value(form: &Form) -> Value {
    unpacked::value(&form.value())
}

fn nothing(changes: &Changes) -> bool {
    changes.added.is_empty() && changes.removed.is_empty() && changes.shifted.is_empty() && changes.states().is_empty()
}

#[test]
fn setting_what_is_there_is_no_change() {
    let draft = json!({
        "id": "1", "price": "12000,5", "is_paid": true, "budget_places": 5, "notes": null, "Phone": "x", "other": 1,
        "address": { "city": "Москва" }
    });
    let mut form = form("cycle.create", draft.clone());
    for (pointer, value) in [
        ("/id", json!("1")),
        ("/price", json!("12000,5")),
        ("/is_paid", json!(true)),
        ("/budget_places", json!(5)),
        ("/notes", json!(null)),
        ("/address", json!({ "city": "Москва" })),
        ("/address/city", json!("Москва")),
    ] {
        let changes = form.set(pointer, value).unwrap();
        assert!(nothing(&changes), "{pointer}");
        assert_eq!((form.version(), changes.summary), (0, form.summary()), "{pointer}");
    }
    assert!(nothing(&form.replace(draft.clone())));
    assert!(nothing(&form.set("", draft.clone()).unwrap()));
    assert_eq!(form.version(), 0);
    assert!(form.undo().is_none());
    assert_eq!(value(&form), draft);
}

#[test]
fn setting_something_else_is_a_change() {
    let mut form = form("cycle.create", json!({ "id": "1", "Phone": "x", "notes": null }));
    for (pointer, value) in [
        ("/id", json!(1)),
        ("/id", json!("1 ")),
        ("/notes", json!("")),
        // The value is the same, its key is not.
        ("/phone", json!("x")),
        ("/address", json!({})),
        ("/address/city", json!(null)),
    ] {
        let before = form.version();
        form.set(pointer, value).unwrap();
        assert_eq!(form.version(), before + 1, "{pointer}");
    }
    assert_eq!(value(&form), json!({ "id": "1 ", "phone": "x", "notes": "", "address": { "city": null } }));
}

#[test]
fn moving_to_the_same_place_and_pasting_the_same_cells_are_no_changes() {
    let mut form =
        form("results.bulk_update", json!({ "results": [{ "request_number": "1" }, { "request_number": "2" }] }));
    assert!(nothing(&form.move_item("/results", 1, 1).unwrap()));
    assert!(nothing(&form.paste("/results", 0, json!([["1"], ["2"]]), &["request_number"]).unwrap()));
    assert!(nothing(&form.set("/results/1", json!({ "request_number": "2" })).unwrap()));
    assert_eq!(form.version(), 0);
    assert!(form.undo().is_none());
}

#[test]
fn what_is_typed_into_one_field_is_one_step() {
    let mut form = form("cycle.create", json!({ "id": "0" }));
    for text in ["М", "Мо", "Мос"] {
        form.set_typing("/address/city", json!(text)).unwrap();
    }
    for text in ["1", "12"] {
        form.set_typing("/id", json!(text)).unwrap();
    }
    assert_eq!(form.version(), 5);
    form.undo().unwrap();
    assert_eq!(value(&form), json!({ "id": "0", "address": { "city": "Мос" } }));
    form.undo().unwrap();
    assert_eq!(value(&form), json!({ "id": "0" }));
    assert!(form.undo().is_none());
    form.redo().unwrap();
    form.redo().unwrap();
    assert_eq!(value(&form), json!({ "id": "12", "address": { "city": "Мос" } }));
}

#[test]
fn typing_goes_on_after_nothing_but_typing() {
    let edits: [fn(&mut Form); 3] = [
        |form| drop(form.set("/id", json!("x")).unwrap()),
        |form| drop(form.set("/notes", json!("x")).unwrap()),
        |form| drop(form.undo().unwrap()),
    ];
    for (at, edit) in edits.into_iter().enumerate() {
        let mut form = form("cycle.create", json!({ "id": "0" }));
        form.set_typing("/programme", json!("p")).unwrap();
        form.set_typing("/id", json!("1")).unwrap();
        edit(&mut form);
        form.set_typing("/id", json!("12")).unwrap();
        form.undo().unwrap();
        assert_ne!(value(&form)["id"], json!("12"), "{at}");
        assert_eq!(value(&form)["programme"], json!("p"), "{at}: the step before stays");
    }
}

#[test]
fn what_was_typed_and_taken_away_again_is_no_step() {
    let mut form = form("cycle.create", json!({ "id": "0" }));
    for text in ["01", "012", "01", "0"] {
        form.set_typing("/id", json!(text)).unwrap();
    }
    assert!(form.undo().is_none());
    assert_eq!(value(&form), json!({ "id": "0" }));
}

#[test]
fn the_history_is_bounded_in_bytes_and_never_costs_the_draft() {
    let mut form = form("cycle.create", json!({ "id": "0" }));
    let text = |letter: char| json!(String::from(letter).repeat(4 << 20));
    for letter in ('a'..='z').chain('A'..='Z') {
        form.set("/notes", text(letter)).unwrap();
    }
    assert_eq!(value(&form)["notes"], text('Z'));
    let mut steps = 0;
    while form.undo().is_some() {
        steps += 1;
    }
    assert!((10..=16).contains(&steps), "64 MB hold {steps} texts of 4 MB");
    assert_eq!(value(&form)["id"], json!("0"));
    for _ in 0..steps {
        form.redo().unwrap();
    }
    assert_eq!(value(&form)["notes"], text('Z'));
}

#[test]
fn a_step_too_large_for_the_history_is_made_all_the_same() {
    let mut form = form("cycle.create", json!({ "id": "0", "notes": "x".repeat(80 << 20) }));
    form.set("/notes", json!("short")).unwrap();
    assert!(form.undo().is_none());
    assert_eq!(value(&form), json!({ "id": "0", "notes": "short" }));
}

#[test]
fn an_item_that_is_set_stays_the_same_item() {
    let mut form =
        form("results.bulk_update", json!({ "results": [{ "request_number": "1" }, { "request_number": "2" }] }));
    let key = form.key_of("/results/1").unwrap();
    for item in [json!({ "request_number": "3", "attended": true }), json!("x"), json!(null), json!({ "other": 1 })] {
        form.set("/results/1", item.clone()).unwrap();
        assert_eq!(form.key_of("/results/1"), Ok(key));
        assert_eq!(value(&form)["results"][1], item);
    }
}

#[test]
fn an_edit_below_what_is_no_list_is_not_lost() {
    for odd in [json!({}), json!("x"), json!(5), json!([]), json!(null)] {
        let mut form = form("results.bulk_update", json!({}));
        form.set("/results", odd.clone()).unwrap();
        form.set("/results/0", json!("x")).unwrap();
        assert_eq!(value(&form), json!({ "results": ["x"] }), "{odd}");
        assert!(!form.valid());
        form.undo().unwrap();
        form.set("/results/0/request_number", json!("1")).unwrap();
        assert_eq!(unpacked::value(&form.get("/results/0/request_number").unwrap()), json!("1"), "{odd}");
    }
}

#[test]
fn both_spellings_of_a_key_are_kept_as_they_were_typed() {
    let item = json!({ "PROGRAMMES": [{ "id": "a" }], "programmes": [{ "id": "b" }], "name": "x" });
    let mut form = form("programme.create", json!({}));
    form.insert("/specialities", 0, Some(item.clone())).unwrap();
    assert_eq!(value(&form), json!({ "specialities": [item] }));
    form.undo().unwrap();
    form.redo().unwrap();
    assert_eq!(value(&form), json!({ "specialities": [item] }));
    form.set("/specialities/0/programmes", json!([])).unwrap();
    assert_eq!(value(&form), json!({ "specialities": [{ "name": "x", "programmes": [] }] }));
    form.undo().unwrap();
    form.set("/name", json!("y")).unwrap();
    assert_eq!(value(&form), json!({ "name": "y", "specialities": [item] }));
}

#[test]
fn an_unknown_key_outlives_an_edit_that_was_taken_back() {
    let draft = json!({ "other": "kept", "results": [{ "more": "kept" }, { "ID": 1 }] });
    let mut form = form("results.bulk_update", draft.clone());
    for (pointer, with) in [
        ("", json!({ "results": 5 })),
        ("/results", json!([])),
        ("/results/0", json!("x")),
        ("/results/0/request_number", json!("1")),
    ] {
        form.set(pointer, with).unwrap();
        form.undo().unwrap();
        form.set("/cycle_id", json!(pointer)).unwrap();
        form.undo().unwrap();
        assert_eq!(value(&form), draft, "{pointer}");
    }
}

#[test]
fn the_state_of_every_place_that_issues_name_can_be_asked() {
    let form = form("results.bulk_update", json!({ "other": 1, "Results": [{ "more": 1, "ID": 1 }, "x"] }));
    let pointers: Vec<String> =
        form.issues(&Default::default()).unwrap().iter().map(portform::Issue::pointer).collect();
    assert!(pointers.contains(&"/other".to_owned()) && pointers.contains(&"/results/0/more".to_owned()));
    for pointer in pointers {
        let (state, issues) = form.state(&pointer).unwrap();
        assert!(!issues.is_empty(), "{pointer}");
        assert_eq!(state.pointer, pointer);
        assert_eq!(
            state.relevant,
            !pointer.ends_with("other") && !pointer.ends_with("more") && !pointer.ends_with("ID")
        );
    }
    assert!(form.state("/another").is_err());
    assert_eq!(unpacked::value(&form.get("/other").unwrap()), json!(1));
    assert!(form.get("/another").is_err());
}

#[test]
fn what_a_list_or_an_object_says_is_told_above_it_when_an_item_changes() {
    let told = |form: &Form| {
        let issues = form.issues(&Default::default()).unwrap();
        let prices = issues.iter().filter(|issue| issue.pointer() == "/prices");
        prices.map(|issue| issue.code.as_str().to_owned()).collect::<Vec<_>>()
    };
    let mut form = form("programme.create", json!({ "is_paid": false, "prices": [{ "price": 1 }, 0] }));
    for (pointer, value, code) in [
        ("/prices/0/price", json!(0), None),
        ("/prices/1", json!(2), Some("not_relevant")),
        ("/prices/1/comment", json!(null), None),
        ("/prices/0/price", json!("x"), Some("not_relevant")),
        ("/prices/0/price", json!("0,00"), None),
        ("/is_paid", json!(true), Some("expected")),
        ("/prices/0/price", json!(3), None),
        ("/prices/0", json!({ "comment": " " }), Some("expected")),
    ] {
        form.set(pointer, value).unwrap();
        assert_eq!(told(&form), Vec::from_iter(code), "{pointer}");
        assert_eq!(form.issues(&Default::default()).unwrap(), form.report().issues(), "{pointer}");
    }
}

#[test]
fn what_is_required_in_an_optional_object_is_told_when_it_comes_to_be_filled_or_blank() {
    let required = |changes: &Changes| {
        let states = changes.states().into_iter().map(|state| (state.pointer, state.required));
        states.filter(|(pointer, _)| pointer.starts_with("/address/")).collect::<Vec<_>>()
    };
    let told = |flag| vec![("/address/region".to_owned(), flag), ("/address/city".to_owned(), flag)];
    let mut form = form("cycle.create", json!({ "address": { "region": "" } }));
    for (value, changed) in [(json!("М"), told(true)), (json!("Мо"), vec![]), (json!(" "), told(false))] {
        let changes = form.set_typing("/address/city", value.clone()).unwrap();
        assert_eq!(required(&changes), changed, "{value}");
    }
    let changes = form.set("/address", json!("x")).unwrap();
    assert_eq!(required(&changes), []);
    assert_eq!(required(&form.set("/address/region", json!("x")).unwrap()), told(true));
    assert_eq!(required(&form.undo().unwrap()), told(false));
    assert_eq!(required(&form.redo().unwrap()), told(true));
}

#[test]
fn keys_that_are_spelt_in_another_way_come_in_the_order_of_the_rows() {
    let draft = r#"{"Programme":"p","x":1,"ID":"1"}"#;
    let options = Options { mode: portform::Mode::Strict, ..Options::default() };
    let keys = |form: &Form| {
        let issues = form.issues(&Default::default()).unwrap();
        let unknown = issues.iter().filter(|issue| issue.code.as_str() == "unknown_field");
        unknown.map(portform::Issue::pointer).collect::<Vec<_>>()
    };
    let form = Form::from_json(table("cycle.create"), options.clone(), draft.as_bytes()).unwrap();
    assert_eq!(keys(&form), ["/ID", "/Programme", "/x"]);
    let again = Form::new(table("cycle.create"), options, Some(portform::Packed::new(&form.snapshot())));
    assert_eq!(keys(&again), keys(&form));
}

#[test]
fn the_row_that_stood_in_place_of_its_list_tells_no_states_when_it_is_removed() {
    let mut form = form("results.bulk_update", json!({ "results": { "request_number": "1" } }));
    let changes = form.remove("/results", 0).unwrap();
    assert_eq!(changes.states(), []);
    let back = form.undo().unwrap().states();
    assert!(!back.is_empty() && back.iter().all(|state| state.pointer.starts_with("/results/0/")), "{back:?}");
}

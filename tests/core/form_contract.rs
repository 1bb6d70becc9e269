//! The live form and the whole check agree about contract requests: lists that refer to one another, the previous contract, and
//! what is signed in an envelope. Edits take their values from a small pool, so that they meet.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use crate::support::contract::{DIVISION, OTHER_DIVISION, UNKNOWN_ID, contents, contract, fixture};
use crate::support::table;
use portform::form::{Filter, Form};
use portform::{Issue, Options, check_json};
use proptest::prelude::*;
use serde_json::{Value, json};

fn shown(issues: &[Issue]) -> Vec<String> {
    issues
        .iter()
        .map(|issue| format!("{} {} {:?} {}", issue.pointer(), issue.code.as_str(), issue.params, issue.rule))
        .collect()
}

fn agree(form: &Form, value: &Value) {
    let text = value.to_string();
    let report = check_json(form.payload(), text.as_bytes(), form.options());
    assert_eq!(shown(&form.issues(&Filter::default()).unwrap()), shown(&report.issues()), "{value}");
    assert_eq!(form.preview().body, report.preview().unwrap().body);
    assert_eq!(form.preview().server_fills, report.preview().unwrap().server_fills);
}

#[derive(Clone, Debug)]
enum Edit {
    Set(&'static str, usize, Value),
    Insert(&'static str, usize, Value),
    Remove(&'static str, usize),
}

const EMPLOYEES: &str = "/contractor_employee_divisions";
const DIVISIONS: &str = "/contractor_divisions";

fn id() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => Just(json!(DIVISION)),
        3 => Just(json!(OTHER_DIVISION)),
        2 => Just(json!(UNKNOWN_ID)),
        1 => Just(json!("not an id")),
        1 => Just(Value::Null),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let place = any::<prop::sample::Index>().prop_map(|index| index.index(1_000));
    let employee = (id(), id()).prop_map(|(employee, division)| {
        json!({ "employee_id": employee, "division_id": division, "staff_units": 1, "declaration_limit": 1 })
    });
    let date = prop_oneof![Just("2024-12-31"), Just("2025-01-01"), Just("2027-01-01"), Just(""), Just("soon")];
    prop_oneof![
        3 => (place.clone(), id()).prop_map(|(at, id)| Edit::Set("/contractor_employee_divisions/*/division_id", at, id)),
        3 => (place.clone(), id()).prop_map(|(at, id)| Edit::Set("/contractor_employee_divisions/*/employee_id", at, id)),
        2 => (place.clone(), id()).prop_map(|(at, id)| Edit::Set("/contractor_divisions/*", at, id)),
        2 => (place.clone(), employee).prop_map(|(at, item)| Edit::Insert(EMPLOYEES, at, item)),
        2 => (place.clone(), id()).prop_map(|(at, id)| Edit::Insert(DIVISIONS, at, id)),
        1 => place.clone().prop_map(|at| Edit::Remove(EMPLOYEES, at)),
        1 => place.prop_map(|at| Edit::Remove(DIVISIONS, at)),
        1 => id().prop_map(|id| Edit::Set("/external_contractors/0/divisions/0/id", 0, id)),
        1 => any::<bool>().prop_map(|flag| Edit::Set("/external_contractor_flag", 0, flag.into())),
        2 => (prop_oneof![Just("/start_date"), Just("/end_date"), Just("/external_contractors/0/contract/expires_at")], date)
            .prop_map(|(at, date)| Edit::Set(at, 0, date.into())),
        1 => prop_oneof![Just("351005"), Just("322313"), Just("1")]
            .prop_map(|mfo| Edit::Set("/contractor_payment_details/MFO", 0, mfo.into())),
    ]
}

fn items<'v>(value: &'v mut Value, list: &str) -> &'v mut Vec<Value> {
    value.pointer_mut(list).unwrap().as_array_mut().unwrap()
}

fn apply(form: &mut Form, value: &mut Value, edit: Edit) {
    match edit {
        Edit::Set(pointer, at, new) => {
            let (list, rest) = pointer.split_once("/*").unwrap_or((pointer, ""));
            let mut pointer = pointer.to_owned();
            if list.len() < pointer.len() {
                let count = items(value, list).len();
                if count == 0 {
                    return;
                }
                pointer = format!("{list}/{}{rest}", at % count);
            }
            form.set(&pointer, &new).unwrap();
            *value.pointer_mut(&pointer).unwrap() = new;
        }
        Edit::Insert(list, at, new) => {
            let items = items(value, list);
            let at = at % (items.len() + 1);
            form.insert(list, at, Some(&new)).unwrap();
            items.insert(at, new);
        }
        Edit::Remove(list, at) => {
            let items = items(value, list);
            if !items.is_empty() {
                let at = at % items.len();
                form.remove(list, at).unwrap();
                items.remove(at);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn form_and_check_agree_about_contract_requests(edits in proptest::collection::vec(edit(), 1..25)) {
        let mut options = Options { today: "2025-06-01".parse().ok(), ..Options::default() };
        options.context.set_previous(contract()).unwrap();
        let mut value = contents("capitation");
        let mut form = Form::new(table("contract_request.capitation"), options, Some(&value));
        agree(&form, &value);
        for edit in edits {
            apply(&mut form, &mut value, edit);
            agree(&form, &value);
        }
    }
}

#[test]
fn form_and_check_agree_about_what_is_signed() {
    let mut value = json!({ "signed_content": "", "signed_content_encoding": "base64" });
    let mut form = Form::new(table("contract_request.envelope"), Options::default(), Some(&value));
    let signed = |name: &str| fixture(&format!("signed/{name}.txt"));
    for text in
        [signed("capitation"), signed("reimbursement"), "e30=".to_owned(), "?".to_owned(), signed("document.sample")]
    {
        form.set("/signed_content", json!(text)).unwrap();
        value["signed_content"] = text.into();
        agree(&form, &value);
    }
    let mut options = Options::default();
    options.context.set_previous(contract()).unwrap();
    form.set_options(options);
    agree(&form, &value);
    while form.undo().is_some() {}
    value["signed_content"] = "".into();
    agree(&form, &value);
}

//! What a value stands in: lists where an object is meant and the other way round, optional objects left blank, what is not relevant,
//! values that say nothing, and which of the things that can be said at one place is said.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail loudly")]

use crate::support::contract::capitation;
use crate::support::programme::programme;
use crate::support::{Case, table};
use portform::form::{Filter, Form};
use portform::{Mode, Options, check_json, states_json};
use serde_json::{Value, json};

/// Everything that is told, a line each: pointer, code, severity, rule. The live form tells the same.
fn told(name: &str, text: &str, options: &Options) -> Vec<String> {
    let report = check_json(table(name), text.as_bytes(), options);
    let line = |issue: &portform::Issue| {
        format!("{} {} {} {}", issue.pointer(), issue.code.as_str(), issue.severity.as_str(), issue.rule)
    };
    let told: Vec<String> = report.issues().iter().map(line).collect();
    let form = Form::from_json(table(name), options.clone(), text.as_bytes()).unwrap();
    let shown: Vec<String> = form.issues(&Filter::default()).unwrap().iter().map(line).collect();
    assert_eq!(shown, told, "the form, of {text}");
    let summary = form.summary();
    assert_eq!((summary.errors + summary.warnings + summary.notes) as usize, told.len(), "the form counts, of {text}");
    assert_eq!(form.states(), states_json(table(name), text.as_bytes(), options), "states of {text}");
    assert_eq!(form.preview().body, report.preview().unwrap().body, "preview of {text}");
    told
}

fn strict() -> Options {
    Options { mode: Mode::Strict, ..Options::default() }
}

fn promoting(rules: &[&str]) -> Options {
    Options { promote: rules.iter().map(|rule| (*rule).to_owned()).collect(), ..Options::default() }
}

const CYCLE: &str = r#""id":"c","programme":"P","begin_date":"2027-02-01","end_date":"2027-02-10","education_form":"fulltime","is_budget":true,"is_paid":false,"is_paid_foms":false,"has_budget_places":true,"budget_places":10"#;

/// A cycle that is fine, with these keys as well.
fn cycle(more: &str) -> String {
    format!("{{{CYCLE},{more}}}")
}

fn lenient(name: &str, text: &str) -> Vec<String> {
    told(name, text, &Options::default())
}

/// A batch of results with these items.
fn batch(items: &str) -> String {
    format!(r#"{{"cycle_id":"3","results":{items}}}"#)
}

const FAILED: &str = r#""result_status":"NOT_TRAINED""#;

#[test]
fn an_optional_object_left_blank_is_absent() {
    for blank in [
        r#"{"region":"","city":""}"#,
        r#"{"region":null}"#,
        r#"{"city":" \u00a0","address":""}"#,
        "{}",
        r#"[{"region":"","city":""}]"#,
        "[{}]",
        "[]",
        "[null]",
        r#"[""]"#,
        r#"" ""#,
        "null",
    ] {
        for options in [Options::default(), strict()] {
            let text = cycle(&format!(r#""address":{blank}"#));
            assert_eq!(told("cycle.create", &text, &options), [""; 0], "{blank}");
            let body = check_json(table("cycle.create"), text.as_bytes(), &options).body().unwrap();
            assert_eq!(body, format!("{{{CYCLE}}}"), "{blank}");
        }
        let text = cycle(&format!(r#""is_outbound":true,"address":{blank}"#));
        assert_eq!(lenient("cycle.create", &text), ["/address expected warning CYC-20"], "{blank}");
    }
}

#[test]
fn an_optional_object_with_anything_in_it_is_there() {
    assert_eq!(
        lenient("cycle.create", &cycle(r#""address":{"address":"x","region":"","city":null}"#)),
        ["/address/region required error CYC-20", "/address/city required error CYC-20"]
    );
    // What cannot be read is not blank.
    assert_eq!(
        lenient("cycle.create", &cycle(r#""address":{"address":[]}"#)),
        [
            "/address/address type error CYC-20",
            "/address/region required error CYC-20",
            "/address/city required error CYC-20"
        ]
    );
    // An object that is required is not optional, and an item of a list is no optional object.
    let blank = json!({ "bank_name": "", "MFO": null });
    capitation().set("/contractor_payment_details", blank).finds(
        "CTR-20",
        &[
            ("/contractor_payment_details/MFO", "required", "error"),
            ("/contractor_payment_details/payer_account", "required", "error"),
        ],
    );
    let mut list = Options::default();
    list.dialect.address_list = true;
    for blank in [r#"{"region":"","city":""}"#, r#"[{"region":"","city":""}]"#] {
        assert_eq!(
            told("cycle.create", &cycle(&format!(r#""address":{blank}"#)), &list),
            ["/address/0/region required error CYC-20", "/address/0/city required error CYC-20"]
        );
    }
}

#[test]
fn the_keys_of_an_object_left_blank_are_looked_at() {
    let text = cycle(r#""address":{"zzz":1,"City":"","region":"","region":" "}"#);
    assert_eq!(
        lenient("cycle.create", &text),
        [
            "/address/region duplicate_key error GEN-02",
            "/address/city renamed note GEN-06",
            "/address/zzz unknown_field warning GEN-04"
        ]
    );
    let text = cycle(r#""address":{"zzz":1,"City":""}"#);
    assert_eq!(
        told("cycle.create", &text, &strict()),
        ["/address/City unknown_field error GEN-06", "/address/zzz unknown_field warning GEN-04"]
    );
    let options = Options::default();
    let preview = check_json(table("cycle.create"), text.as_bytes(), &options).preview().unwrap();
    let left: Vec<_> = preview.left_out.iter().map(|(at, reason)| (at.as_str(), reason.as_str())).collect();
    assert_eq!(left, [("/address/zzz", "unknown_field")]);
    assert!(preview.valid && !preview.body.contains("address"), "{}", preview.body);
}

#[test]
fn nested_lists_of_blanks_are_blank_as_well() {
    let text = |network: Value| {
        let mut value: Value = serde_json::from_str(r#"{"is_network":true}"#).unwrap();
        value["network"] = network;
        value.to_string()
    };
    let of = |network: Value| -> Vec<String> {
        lenient("programme.create", &text(network)).into_iter().filter(|line| line.starts_with("/network")).collect()
    };
    for blank in [json!({ "organizations": [] }), json!({ "participants": null, "organizations": ["", null, " "] })] {
        assert_eq!(of(blank), ["/network expected warning PRG-22"]);
    }
    assert_eq!(of(json!({ "organizations": ["", "x"] })), ["/network/organizations/0 required error PRG-22"]);
    assert_eq!(
        of(json!({ "participants": 2, "organizations": ["", null] })),
        ["/network/organizations/0 required error PRG-22", "/network/organizations/1 required error PRG-22"]
    );
    assert_eq!(of(json!({ "organizations": [[5]] })), ["/network/organizations/0 type error PRG-22"]);
    // What is unreadable is not blank, even where it says nothing.
    assert_eq!(
        of(json!({ "organizations": [{}] })),
        ["/network expected warning PRG-22", "/network/organizations/0 type error PRG-22"]
    );
}

#[test]
fn a_form_follows_an_object_that_is_filled_and_cleared() {
    let text = r#"{"is_network":true,"network":{"organizations":["",""]}}"#;
    let mut form = Form::from_json(table("programme.create"), Options::default(), text.as_bytes()).unwrap();
    let required = |form: &mut Form| form.state("/network/organizations/1").unwrap().0.required;
    let at = |form: &Form| -> Vec<String> {
        let filter = Filter { under: Some("/network".to_owned()), ..Filter::default() };
        form.issues(&filter)
            .unwrap()
            .iter()
            .map(|issue| format!("{} {}", issue.pointer(), issue.code.as_str()))
            .collect()
    };
    assert_eq!(at(&form), ["/network expected"]);
    assert!(!required(&mut form));
    form.set("/network/organizations/0", json!("x")).unwrap();
    assert_eq!(at(&form), ["/network/organizations/1 required"]);
    assert!(required(&mut form));
    form.set("/network/organizations/0", json!(" ")).unwrap();
    assert_eq!(at(&form), ["/network expected"]);
    form.set("/network/participants", json!(2)).unwrap();
    assert_eq!(at(&form), ["/network/organizations/0 required", "/network/organizations/1 required"]);
    form.undo();
    assert_eq!(at(&form), ["/network expected"]);
    assert!(!required(&mut form));
    let mut cleared = Form::new(table("cycle.create"), Options::default(), None::<Value>);
    cleared.set("/address/city", json!("Тверь")).unwrap();
    assert!(cleared.state("/address/region").unwrap().0.required);
    let changes = cleared.set("/address/city", json!("")).unwrap();
    assert!(!cleared.state("/address/region").unwrap().0.required);
    assert_eq!(changes.removed.iter().map(portform::Issue::pointer).collect::<Vec<_>>(), ["/address/region"]);
    assert_eq!(cleared.value(), {
        let mut other = Form::new(table("cycle.create"), Options::default(), None::<Value>);
        other.set("/address", json!({ "city": "" })).unwrap();
        other.value()
    });
}

#[test]
fn gen_06_trips_on_a_list_of_one_where_an_object_is_meant() {
    let text = format!(r#"[[{{"request_number":"1",{FAILED}}}]]"#);
    assert_eq!(lenient("results.bulk_update", &batch(&text)), ["/results/0 unwrapped note GEN-06"]);
    assert_eq!(told("results.bulk_update", &batch(&text), &strict()), ["/results/0 type error GEN-06"]);
    let options = Options::default();
    let body = check_json(table("results.bulk_update"), batch(&text).as_bytes(), &options).body().unwrap();
    assert_eq!(
        body,
        r#"{"cycle_id":"3","results":[{"cycle_id":"3","request_number":"1","result_status":"NOT_TRAINED"}]}"#
    );
    assert_eq!(
        lenient("results.bulk_update", &batch("[[{}]]")),
        [
            "/results/0 unwrapped note GEN-06",
            "/results/0/request_number required error RES-02",
            "/results/0/result_status required error RES-04"
        ]
    );
    for empty in ["[[]]", "[[null]]", r#"[[" "]]"#] {
        assert_eq!(
            lenient("results.bulk_update", &batch(empty)),
            ["/results/0 unwrapped note GEN-06", "/results/0 required error RES-14"],
            "{empty}"
        );
        assert_eq!(told("results.bulk_update", &batch(empty), &strict()), ["/results/0 required error RES-14"]);
    }
    for (simulation, code) in [("[]", "note"), ("[null]", "note"), (r#"[""]"#, "note"), ("[{}]", "note")] {
        let text = format!(r#"{{"is_simulation":false,"is_internship":true,"internship":{simulation}}}"#);
        let found = lenient("programme.create", &text);
        let found: Vec<&String> = found.iter().filter(|line| line.contains("/internship ")).collect();
        assert_eq!(found, [&format!("/internship unwrapped {code} GEN-06"), "/internship expected warning PRG-18"]);
    }
    // Deep in a payload as well.
    let nested = programme().set("/specialities/0/programmes", json!([{ "id": "x", "umk": [[{ "id": "y" }]] }]));
    nested.trips("GEN-06", "/specialities/0/programmes/0/umk/0", "unwrapped", "note");
}

#[test]
fn gen_06_is_quiet_where_a_list_is_not_of_one_object() {
    for (items, code) in [
        ("[[{},{}]]", "too_many error RES-14"),
        ("[[1,2]]", "too_many error RES-14"),
        ("[[5]]", "type error RES-14"),
        ("[[[{}]]]", "type error RES-14"),
        (r#"["x"]"#, "type error RES-14"),
        ("[5]", "type error RES-14"),
    ] {
        for options in [Options::default(), strict()] {
            let found = told("results.bulk_update", &batch(items), &options);
            assert_eq!(found, [format!("/results/0 {code}")], "{items}");
        }
    }
    for (simulation, code) in
        [("[{},{}]", "too_many"), ("[5]", "type"), ("[[{}]]", "type"), ("5", "type"), (r#"["x"]"#, "type")]
    {
        let text = format!(r#"{{"is_simulation":true,"simulation":{simulation}}}"#);
        let found = lenient("programme.create", &text);
        let found: Vec<&String> = found.iter().filter(|line| line.contains("/simulation ")).collect();
        assert_eq!(found, [&format!("/simulation {code} error PRG-16")]);
    }
    for (results, code) in
        [("5", "type"), (r#""x""#, "type"), ("true", "type"), (r#""""#, "required"), ("null", "required")]
    {
        let found = lenient("results.bulk_update", &batch(results));
        assert_eq!(found, [format!("/results {code} error RES-14")], "{results}");
    }
    // The whole is never unwrapped.
    for whole in ["[]", "[{}]", "null", "5", r#""""#] {
        assert_eq!(lenient("cycle.cancel", whole), [" type error GEN-05"], "{whole}");
    }
    let value = json!({ "is_network": true, "network": { "participants": 2, "organizations": { "a": 1 } } });
    Case::new("programme.create", value).trips("PRG-22", "/network/organizations", "type", "error");
}

#[test]
fn a_single_object_in_a_lists_place_is_wrapped() {
    let item = format!(r#"{{"request_number":"1",{FAILED}}}"#);
    assert_eq!(lenient("results.bulk_update", &batch(&item)), ["/results wrapped note GEN-06"]);
    assert_eq!(told("results.bulk_update", &batch(&item), &strict()), ["/results type error GEN-06"]);
    // In strict mode the error stands where the list does, and hides what else is wrong with the list as a whole.
    let value = r#"{"specialities":{"name":"x","main":false}}"#;
    let of = |options: &Options| -> Vec<String> {
        told("programme.create", value, options).into_iter().filter(|line| line.starts_with("/specialities")).collect()
    };
    assert_eq!(of(&strict()), ["/specialities type error GEN-06"]);
    assert_eq!(
        of(&Options::default()),
        ["/specialities wrapped note GEN-06", "/specialities exactly_one error PRG-28"]
    );
}

#[test]
fn a_blank_item_is_required_at_its_index() {
    for blank in ["null", r#""""#, r#"" \u200b""#] {
        let item = format!(r#"{{"request_number":"1",{FAILED}}}"#);
        let found = lenient("results.bulk_update", &batch(&format!("[{item},{blank}]")));
        assert_eq!(found, ["/results/1 required error RES-14"], "{blank}");
        let lines = lenient("reference.specialities", &format!(r#"{{"specialities":[{blank}]}}"#));
        assert_eq!(lines, ["/specialities/0 required error REF-01"]);
        let value: Value = serde_json::from_str(blank).unwrap();
        capitation().set("/contractor_divisions/0", value).trips(
            "CTR-05",
            "/contractor_divisions/0",
            "required",
            "error",
        );
    }
}

#[test]
fn what_was_typed_stays_whatever_it_is_read_as() {
    let list = json!([[{ "request_number": "1" }], [], [null], [" "], [{}, {}], "", [5]]);
    let value = json!({ "cycle_id": "3", "results": list });
    let mut form = Form::new(table("results.bulk_update"), Options::default(), Some(&value));
    let fresh = form.value();
    form.set("/results/0/request_number", json!("2")).unwrap();
    assert_ne!(form.value(), fresh);
    form.undo();
    assert_eq!(form.value(), fresh);
    form.set("/results/1/request_number", json!("2")).unwrap();
    let mut edited = value;
    edited["results"][1] = json!({ "request_number": "2" });
    let fresh = Form::new(table("results.bulk_update"), Options::default(), Some(&edited));
    assert_eq!(form.value(), fresh.value());
}

#[test]
fn an_irrelevant_field_has_one_issue_and_nothing_below_it() {
    for price in ["5", r#""5""#, r#""много""#, "[1]", r#"{"a":1}"#, "true"] {
        for (key, options) in [("price", Options::default()), ("Price", Options::default()), ("Price", strict())] {
            let found = told("cycle.create", &cycle(&format!(r#""{key}":{price}"#)), &options);
            assert_eq!(found, ["/price not_relevant warning CYC-09"], "{key} {price}");
        }
    }
    for simulation in [
        r#"{"Volume":5,"zzz":1,"description":5}"#,
        r#"[{"volume":"x"}]"#,
        "[{},5]",
        r#"{"zzz":1}"#,
        r#"{"volume":1,"volume":2}"#,
    ] {
        for options in [Options::default(), strict()] {
            let text = format!(r#"{{"is_simulation":false,"simulation":{simulation}}}"#);
            let found = told("programme.create", &text, &options);
            let found: Vec<&String> = found.iter().filter(|line| line.starts_with("/simulation")).collect();
            assert_eq!(found, ["/simulation not_relevant warning PRG-16"], "{simulation}");
        }
    }
    // A key given twice is named all the same.
    let twice = cycle(r#""price":5,"price":6"#);
    assert_eq!(lenient("cycle.create", &twice), ["/price duplicate_key error GEN-02"]);
}

#[test]
fn values_that_say_nothing_are_left_out_without_an_issue() {
    for nothing in [
        "null",
        r#""""#,
        r#"" ""#,
        "0",
        "-0.0",
        r#""0""#,
        r#""0,00""#,
        r#""0 ₽""#,
        "false",
        r#""FALSE""#,
        r#"" false ""#,
        "[]",
        "{}",
        "[0]",
        r#"{"a":null}"#,
        r#"[[],{"a":[false,"0.0"]}]"#,
    ] {
        for options in [Options::default(), strict()] {
            // A sum, a whole number, a flag and a text: whatever the field's kind.
            for field in ["price", "paid_places", "has_paid_places"] {
                let found = told("cycle.create", &cycle(&format!(r#""{field}":{nothing}"#)), &options);
                assert_eq!(found, [""; 0], "{field} {nothing}");
            }
            let item = format!(r#"[{{"request_number":"1",{FAILED},"certificate":{nothing}}}]"#);
            assert_eq!(told("results.bulk_update", &batch(&item), &options), [""; 0], "certificate {nothing}");
            let text =
                format!(r#"{{"is_simulation":false,"simulation":{nothing},"is_paid":false,"prices":{nothing}}}"#);
            let found = told("programme.create", &text, &options);
            assert!(!found.iter().any(|line| line.contains("not_relevant")), "{nothing}: {found:?}");
        }
    }
    let nothing = r#"{"volume":0,"equipment":"false","description":" ","zzz":null}"#;
    let text = format!(r#"{{"is_simulation":false,"simulation":[{nothing},{{}},null,[0]]}}"#);
    let found = lenient("programme.create", &text);
    assert!(!found.iter().any(|line| line.starts_with("/simulation")), "{found:?}");
}

#[test]
fn values_that_say_something_are_told() {
    for something in ["1", r#""0,01""#, "true", r#""нет""#, r#""0x0""#, "[1]", r#"{"a":"x"}"#, r#"[[],["1"]]"#] {
        let found = lenient("cycle.create", &cycle(&format!(r#""price":{something}"#)));
        assert_eq!(found, ["/price not_relevant warning CYC-09"], "{something}");
    }
    let text = r#"{"is_paid":false,"prices":[{"price":0},{"comment":"x"}]}"#;
    assert!(lenient("programme.create", text).contains(&"/prices not_relevant warning PRG-23".to_owned()));
}

#[test]
fn a_list_or_an_object_of_nothing_counts_as_not_filled() {
    for (simulation, filled) in [
        (r#"{"volume":0}"#, false),
        (r#"{"equipment":false,"volume":"0,0"}"#, false),
        (r#"{"volume":1}"#, true),
        (r#"{"equipment":true}"#, true),
        (r#"{"zzz":1}"#, false),
    ] {
        let text = format!(r#"{{"is_simulation":true,"simulation":{simulation}}}"#);
        let expected = lenient("programme.create", &text).contains(&"/simulation expected warning PRG-16".to_owned());
        assert_eq!(expected, !filled, "{simulation}");
    }
    for (prices, filled) in
        [("[]", false), ("[{}]", false), (r#"[{"price":0}]"#, false), (r#"[{"comment":"x"}]"#, true)]
    {
        let text = format!(r#"{{"is_paid":true,"prices":{prices}}}"#);
        let expected = lenient("programme.create", &text).contains(&"/prices expected warning PRG-23".to_owned());
        assert_eq!(expected, !filled, "{prices}");
    }
    // Of a single value 0 is one: it is sent, and asked for no more.
    let text = r#"{"is_paid":true,"prices":[{"price":0,"start_date":"2027-01-01","comment":"x"}]}"#;
    assert!(!lenient("programme.create", text).iter().any(|line| line.contains("/prices")));
}

/// Two rows with one number.
fn twice() -> String {
    let item = format!(r#"{{"request_number":"1",{FAILED}}}"#);
    batch(&format!("[{item},{item}]"))
}

fn without_numbers(options: Options) -> Options {
    let mut options = options;
    options.context.request_numbers = Some(std::sync::Arc::default());
    options
}

#[test]
fn an_error_hides_everything_that_comes_after_it() {
    let options = without_numbers(Options::default());
    assert_eq!(
        told("results.bulk_update", &twice(), &options),
        [
            "/results/0/request_number unknown_reference warning RES-15",
            "/results/1/request_number duplicate error RES-11"
        ]
    );
    // Promotion counts before hiding.
    assert_eq!(
        told("results.bulk_update", &twice(), &without_numbers(promoting(&["RES-15"]))),
        [
            "/results/0/request_number unknown_reference error RES-15",
            "/results/1/request_number duplicate error RES-11"
        ]
    );
    let ids = "/contractor_employee_divisions";
    let case = capitation();
    let mut pair = case.body()["contractor_employee_divisions"][0].clone();
    pair["division_id"] = json!("d290f1ee-6c54-4b01-90e6-d701748f0851");
    case.set(ids, json!([pair, pair])).finds(
        "CTR-16",
        &[
            (&format!("{ids}/0/division_id"), "unknown_reference", "error"),
            (&format!("{ids}/1/division_id"), "unknown_reference", "error"),
        ],
    );
    let text = r#"{"specialities":[],"specialities":[{"name":"x","main":false}]}"#;
    let found = lenient("programme.create", text);
    let found: Vec<&String> = found.iter().filter(|line| line.contains("/specialities")).collect();
    assert_eq!(found, ["/specialities duplicate_key error GEN-02"]);
}

#[test]
fn a_warning_hides_later_warnings_only() {
    const HEART: &str = "7ae1cf44-62f8-ee0f-7ce6-add76581886f";
    let programmes = json!([{ "id": HEART }, { "id": HEART }]);
    let list = json!({ "programmes": [{ "id": HEART, "speciality": "Терапия", "umk": [] }] });
    let case = programme().set("/specialities/0/programmes", programmes.clone()).programmes(&list);
    let at = |index: u32| format!("/specialities/0/programmes/{index}/id");
    case.finds("PRG-31", &[(&at(0), "mismatch", "warning"), (&at(1), "duplicate", "warning")]);
    // The error that comes after the warning stands.
    let case =
        programme().set("/specialities/0/programmes", programmes).programmes(&json!({ "programmes": [{ "id": "x" }] }));
    case.finds(
        "PRG-31",
        &[
            (&at(0), "unknown_reference", "error"),
            (&at(1), "duplicate", "warning"),
            (&at(1), "unknown_reference", "error"),
        ],
    );
    // As an error, it hides what comes after.
    case.promote("PRG-31").finds("PRG-31", &[(&at(0), "unknown_reference", "error"), (&at(1), "duplicate", "error")]);
    // A warning of the value itself comes before those of rules.
    let case = Case::new("cycle.create", serde_json::from_str(&cycle(r#""phone":"x""#)).unwrap());
    case.trips("CYC-17", "/phone", "format", "warning");
}

#[test]
fn a_form_tells_what_an_edit_uncovers() {
    let options = without_numbers(Options::default());
    let mut form = Form::from_json(table("results.bulk_update"), options, twice().as_bytes()).unwrap();
    let lines = |issues: &[portform::Issue]| -> Vec<String> {
        issues.iter().map(|issue| format!("{} {}", issue.pointer(), issue.code.as_str())).collect()
    };
    let changes = form.set("/results/0/request_number", json!("2")).unwrap();
    assert_eq!(lines(&changes.removed), ["/results/1/request_number duplicate"]);
    assert_eq!(lines(&changes.added), ["/results/1/request_number unknown_reference"]);
    assert_eq!((changes.summary.errors, changes.summary.warnings), (0, 2));
    let changes = form.undo().unwrap();
    assert_eq!(lines(&changes.removed), ["/results/1/request_number unknown_reference"]);
    assert_eq!(lines(&changes.added), ["/results/1/request_number duplicate"]);
    assert_eq!((changes.summary.errors, changes.summary.warnings), (1, 1));
    let (_, at) = form.state("/results/1/request_number").unwrap();
    assert_eq!(lines(&at), ["/results/1/request_number duplicate"]);
    form.remove("/results", 0).unwrap();
    assert_eq!(lines(&form.issues(&Filter::default()).unwrap()), ["/results/0/request_number unknown_reference"]);
}

#[test]
fn notes_hide_nothing_and_are_hidden_by_a_key_that_stands_twice() {
    let text = cycle(r#""ID":5,"begin_date":"01.02.2027""#);
    let found = lenient("cycle.create", &text);
    assert_eq!(found, ["/id duplicate_key error GEN-02", "/begin_date duplicate_key error GEN-02"]);
    let text = r#"{"Id":5,"change_comment":"x"}"#;
    assert_eq!(lenient("cycle.cancel", text), ["/id renamed note GEN-06", "/id coerced note GEN-06"]);
    assert_eq!(told("cycle.cancel", text, &strict()), ["/id type error GEN-06", "/Id unknown_field error GEN-06"]);
    let text = r#"{"ID":5,"Id":"x","change_comment":"x"}"#;
    for options in [Options::default(), strict()] {
        assert_eq!(told("cycle.cancel", text, &options), ["/id duplicate_key error GEN-02"]);
    }
}

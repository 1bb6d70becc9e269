//! What each target says, and what it lists instead. That validators agree with the checker is tested with a validator of others, in
//! the package's tests.

use serde_json::Value;

use super::{Side, Target, json_schema};
use crate::options::{Dialect, Options};
use crate::{payload, payloads};

fn schema(name: &str, target: Target, side: Side, options: &Options) -> Value {
    serde_json::from_str(&json_schema(payload(name).unwrap(), target, side, options)).unwrap()
}

fn keywords(value: &Value, visit: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                visit(key, value);
                if key == "properties" {
                    value.as_object().unwrap().values().for_each(|value| keywords(value, visit));
                } else if key != "x-portform-not-expressed" {
                    keywords(value, visit);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| keywords(value, visit)),
        _ => {}
    }
}

#[test]
fn every_schema_is_json_and_an_older_target_has_no_newer_keyword() {
    for payload in payloads() {
        for target in Target::ALL {
            for side in [Side::Output, Side::Input] {
                let schema = schema(payload.name(), target, side, &Options::default());
                keywords(&schema, &mut |key, value| {
                    let newer: &[&str] = match target {
                        Target::Draft2020 => &[],
                        Target::Draft07 => &["minContains", "maxContains"],
                        Target::OpenApi30 => {
                            assert!(key != "type" || value.is_string(), "{}: a list of types", payload.name());
                            &["if", "then", "else", "contains", "minContains", "maxContains", "const", "$schema"]
                        }
                    };
                    assert!(!newer.contains(&key), "{} has {key} in {}", payload.name(), target.as_str());
                });
                assert_eq!(schema["type"], "object");
                assert!(!schema["x-portform-not-expressed"].as_array().unwrap().is_empty());
            }
        }
    }
}

#[test]
fn a_conditional_requirement_is_a_condition_or_is_listed() {
    let options = Options::default();
    for target in [Target::Draft2020, Target::Draft07] {
        let branches = schema("cycle.create", target, Side::Output, &options)["allOf"].to_string();
        assert!(branches.contains(r#"{"required":["price","has_paid_places","paid_places"]}"#), "{branches}");
        assert!(branches.contains(r#""price":false"#), "{branches}");
    }
    let openapi = schema("cycle.create", Target::OpenApi30, Side::Output, &options);
    assert!(openapi.get("allOf").is_none());
    let listed = openapi["x-portform-not-expressed"].to_string();
    assert!(
        listed.contains(r#""code":"required_when""#) && listed.contains("openapi-3.0 has no if and then"),
        "{listed}"
    );
}

#[test]
fn spellings_and_forms_follow_the_dialect() {
    let table = Options { dialect: Dialect { result_status_table: true, ..Dialect::default() }, ..Options::default() };
    for (options, spelling) in [(&Options::default(), "SUCCEED"), (&table, "succed")] {
        let results = schema("results.bulk_update", Target::Draft2020, Side::Output, options);
        let status = &results["properties"]["results"]["items"]["properties"]["result_status"]["enum"];
        assert_eq!(status[2], spelling);
    }
    let list = Options { dialect: Dialect { address_list: true, ..Dialect::default() }, ..Options::default() };
    for (options, form) in [(&Options::default(), "object"), (&list, "array")] {
        let cycle = schema("cycle.create", Target::Draft2020, Side::Output, options);
        assert_eq!(cycle["properties"]["address"]["type"], form);
    }
}

#[test]
fn rules_between_fields_and_warnings_are_listed_with_the_reason() {
    let cycle = schema("cycle.create", Target::Draft2020, Side::Output, &Options::default());
    let listed = cycle["x-portform-not-expressed"].as_array().unwrap();
    for rule in ["CYC-05", "CYC-08", "CYC-17", "CYC-21", "GEN-02"] {
        let entry = listed.iter().find(|entry| entry["rule"] == rule).unwrap();
        assert!(!entry["why"].as_str().unwrap().is_empty(), "{rule}");
    }
}

#[test]
fn what_stands_in_more_than_one_place_is_written_once() {
    let options = Options::default();
    for (target, at) in [(Target::Draft2020, "$defs"), (Target::Draft07, "definitions")] {
        for payload in payloads() {
            let text = json_schema(payload, target, Side::Input, &options);
            assert!(text.len() < 60_000, "{} takes {} bytes", payload.name(), text.len());
            let schema: Value = serde_json::from_str(&text).unwrap();
            let mut referred = 0;
            keywords(&schema, &mut |key, value| {
                if key == "$ref" {
                    referred += 1;
                    let name = value.as_str().unwrap().strip_prefix(&format!("#/{at}/")).unwrap();
                    assert!(schema[at][name].is_object(), "{} has no {name}", payload.name());
                }
            });
            assert_eq!(referred > 0, schema.get(at).is_some(), "{}", payload.name());
        }
    }
    let output = json_schema(payload("programme.create").unwrap(), Target::Draft2020, Side::Output, &options);
    assert!(!output.contains("$ref"), "the body has one form of everything");
}

#[test]
fn an_optional_object_may_be_blank_and_a_needed_one_may_not() {
    let options = Options::default();
    let programme = schema("programme.create", Target::Draft2020, Side::Input, &options);
    let network = programme["allOf"].to_string();
    assert!(network.contains(r##"{"$ref":"#/$defs/network.blank"}"##), "{network}");
    let nothing = serde_json::json!({ "$ref": "#/$defs/nothing" });
    let organizations = &programme["$defs"]["network.blank"]["properties"]["organizations"]["anyOf"];
    assert_eq!(organizations[0], nothing);
    assert_eq!(organizations[1]["items"], nothing);
    let contract = schema("contract_request.capitation", Target::Draft2020, Side::Input, &options);
    assert!(contract["$defs"].get("contractor_payment_details.blank").is_none());
}

//! What a caller may choose: every wrong option is refused by its name, and what is given as a list of texts is read like text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up has failed")]

use crate::support::Case;
use portform::options_read::options;
use serde_json::{Value, json};

fn refused(given: &Value) -> String {
    options(given).map_or_else(|error| error.to_string(), |_| panic!("accepted: {given}"))
}

#[test]
fn a_rule_that_there_is_not_cannot_be_promoted() {
    for id in ["CYC-99", "cyc-08", "CYC-8", "", "CYC-08 ", "PRG-35", "GEN-00", "X"] {
        let said = refused(&json!({ "promote": ["CYC-08", id] }));
        assert!(said.starts_with("promote:") && said.contains(&format!("{id:?}")), "{said}");
    }
    for odd in [json!("CYC-08"), json!([null]), json!([5]), json!({ "CYC-08": true }), json!(null)] {
        assert!(refused(&json!({ "promote": odd })).starts_with("promote:"), "{odd}");
    }
}

#[test]
fn every_rule_of_the_rulebook_can_be_promoted() {
    for (group, last) in portform::rules::GROUPS {
        for number in 1..=last {
            let id = format!("{group}-{number:02}");
            assert_eq!(options(json!({ "promote": [id] })).unwrap().promote, [id]);
        }
    }
    assert_eq!(options(json!({ "promote": [] })).unwrap().promote, [""; 0]);
}

#[test]
fn every_wrong_option_is_refused_by_its_name() {
    for (given, name) in [
        (json!({ "locale": "de" }), "locale"),
        (json!({ "mode": "lax" }), "mode"),
        (json!({ "mode": null }), "mode"),
        (json!({ "today": "2026-02-30" }), "today"),
        (json!({ "today": "01.02.2026" }), "today"),
        (json!({ "today": "" }), "today"),
        (json!({ "today": 20260201 }), "today"),
        (json!({ "dialect": { "price": "texts" } }), "dialect.price"),
        (json!({ "dialect": { "adress": "list" } }), "dialect"),
        (json!({ "endpoint": { "base": 5 } }), "endpoint.base"),
        (json!({ "endpoint": { "params": { "id": 5 } } }), "endpoint.params.id"),
        (json!({ "strict": true }), "options"),
        (json!({ "context": [] }), "context"),
        (json!({ "context": null }), "context"),
        (json!({ "context": { "statuses": "x" } }), "context"),
        (json!({ "context": { "status": 5 } }), "context.status"),
        (json!({ "context": { "requestNumbers": "1" } }), "context.requestNumbers"),
        (json!({ "context": { "requestNumbers": [{}] } }), "context.requestNumbers"),
        (json!({ "context": { "contractType": "capitation" } }), "context.contractType"),
        (json!({ "context": { "dictionaries": { "X": 5 } } }), "context.dictionaries.X"),
        (json!({ "context": { "specialities": { "names": [] } } }), "context.specialities"),
        (json!({ "context": { "programmes": [5] } }), "context.programmes"),
        (json!({ "context": { "programme": "x" } }), "context.programme"),
        (json!({ "context": { "previous": {} } }), "context.previous"),
    ] {
        let said = refused(&given);
        assert!(said.starts_with(&format!("{name}:")), "{given}: {said}");
    }
}

#[test]
fn res_15_is_quiet_on_numbers_that_were_given_with_white_space() {
    let result = json!({ "cycle_id": "3", "request_number": "17", "result_status": "NOT_TRAINED" });
    let case = |known: Value| {
        let chosen = options(json!({ "context": { "requestNumbers": known } })).unwrap();
        Case::new("result.update", result.clone()).with(|options| *options = chosen)
    };
    case(json!([" 17\u{a0}", "x"])).quiet("RES-15");
    case(json!([17])).quiet("RES-15");
    case(json!(["1 7"])).trips("RES-15", "/request_number", "unknown_reference", "warning");
}

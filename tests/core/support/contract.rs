//! What the tests of contract requests by NHS share: valid requests, signed or not, and their context.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use portform::preview::Preview;
use portform::{Options, check_json};
use serde_json::{Value, json};

use super::{Case, table};

/// A division of the valid request.
pub const DIVISION: &str = "2922a240-63db-404e-b730-09222bfeb2dd";
/// The other one.
pub const OTHER_DIVISION: &str = "5a9ee02c-1a0f-4f9e-8f7b-0f3d1c2b6a77";
/// An id that stands nowhere.
pub const UNKNOWN_ID: &str = "11111111-2222-4333-8444-555555555555";

/// The text of a fixture.
pub fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A valid request of this kind, as it is before it is signed.
pub fn contents(kind: &str) -> Value {
    serde_json::from_str(&fixture(&format!("contracts/{kind}.json"))).unwrap()
}

/// A valid request about a capitation contract.
pub fn capitation() -> Case {
    Case::new("contract_request.capitation", contents("capitation"))
}

/// A valid request about a reimbursement contract.
pub fn reimbursement() -> Case {
    Case::new("contract_request.reimbursement", contents("reimbursement"))
}

/// An envelope with this text in it.
pub fn envelope(signed_content: &str) -> Case {
    let value = json!({ "signed_content": signed_content, "signed_content_encoding": "base64" });
    Case::new("contract_request.envelope", value)
}

/// An envelope with a signed fixture.
pub fn signed(file: &str) -> Case {
    envelope(&fixture(&format!("signed/{file}.txt")))
}

/// The contract that the valid request changes.
pub fn contract() -> Value {
    let mut contract = contents("capitation");
    contract["status"] = "VERIFIED".into();
    contract["is_suspended"] = false.into();
    contract
}

/// With the previous contract as context.
pub fn after(case: Case, previous: &Value) -> Case {
    case.with(|options| options.context.set_previous(previous).unwrap())
}

/// With a dictionary as context.
pub fn codes(case: Case, name: &str, codes: &[&str]) -> Case {
    let codes = codes.iter().map(|code| (*code).to_owned()).collect();
    case.with(|options| {
        options.context.dictionaries.insert(name.to_owned(), codes);
    })
}

/// With a parameter of the path.
pub fn param(case: Case, name: &str, value: &str) -> Case {
    case.with(|options| options.endpoint.params.push((name.to_owned(), value.to_owned())))
}

/// The preview of a payload.
pub fn preview(case: &str, value: &Value, options: &Options) -> Preview {
    check_json(table(case), value.to_string().as_bytes(), options).preview().unwrap()
}

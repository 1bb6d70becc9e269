//! The sandbox's eHealth: the envelope, the contract number, the answers in eHealth's own shape.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::{Made, Proxy, Test, in_memory, with};

/// A container that begins as signed data does and holds the contents.
fn envelope(contents: &Value) -> Value {
    let mut container = vec![0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    container.extend_from_slice(contents.to_string().as_bytes());
    container.extend_from_slice(b"\0\0signature");
    json!({ "signed_content": STANDARD.encode(container), "signed_content_encoding": "base64" })
}

async fn contract(proxy: &Proxy, id: u8, body: &Value) -> Made<(u16, Value)> {
    let path = format!("/ehealth/api/contract_requests/capitation/09106b70-18b0-4726-b0ed-6bda1369fd{id:02}");
    proxy.submit(&path, body.to_string()).await
}

#[tokio::test]
async fn a_contract_request_gets_ehealths_answers() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let mut contents = json!({ "contract_number": "0000-9EAX-XT7X" });
    let (status, answer) = contract(&proxy, 1, &envelope(&contents)).await?;
    assert_eq!((status, answer.pointer("/error/invalid/0/entry")), (422, Some(&json!("$.contractor_owner_id"))));
    let fields = contents.as_object_mut().ok_or("an object")?;
    for key in [
        "contractor_owner_id",
        "contractor_legal_entity_id",
        "contractor_base",
        "contractor_payment_details",
        "contractor_divisions",
        "id_form",
        "consent_text",
        "nhs_signer_id",
        "nhs_legal_entity_id",
        "nhs_signer_base",
        "nhs_payment_method",
        "issue_city",
    ] {
        fields.insert(key.to_owned(), json!("made up"));
    }
    let text = contents.to_string();
    let (status, answer) = contract(&proxy, 1, &envelope(&contents)).await?;
    assert_eq!((status, answer.pointer("/data/status")), (201, Some(&json!("NEW"))));
    assert_eq!(contract(&proxy, 1, &envelope(&contents)).await?.0, 409);

    for (number, status, pointer, said) in [
        (json!(null), 409, "/error/message", "Contract number should be in payload"),
        (json!("0000-AAAA-AAAA"), 409, "/error/message", "Can not update terminated contract"),
        (json!("0000-EEEE-EEEE"), 409, "/error/message", "suspended contract should be updated by contractor_owner"),
        (
            json!("9999-9999-9999"),
            422,
            "/error/invalid/0/rules/0/description",
            "Contract with such contract number does not exist",
        ),
    ] {
        let (code, answer) = contract(&proxy, 2, &envelope(&with(&text, &[("contract_number", number)])?)).await?;
        assert_eq!((code, answer.pointer(pointer)), (status, Some(&json!(said))), "{answer}");
    }
    Ok(())
}

#[tokio::test]
async fn an_envelope_that_is_none() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let unsigned = json!({ "signed_content": STANDARD.encode("{}"), "signed_content_encoding": "base64" });
    for (body, entry) in [
        (json!({}), "$.signed_content"),
        (json!({ "signed_content": "?", "signed_content_encoding": "base64" }), "$.signed_content"),
        (json!({ "signed_content": "e30=", "signed_content_encoding": "hex" }), "$.signed_content_encoding"),
        (unsigned, "$.signed_content"),
    ] {
        let (status, answer) = contract(&proxy, 3, &body).await?;
        assert_eq!((status, answer.pointer("/error/invalid/0/entry")), (422, Some(&json!(entry))), "{answer}");
    }
    Ok(())
}

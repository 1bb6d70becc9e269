//! eHealth's «create contract request by NHS», as far as its document says: the token, the envelope, the contract
//! number and the state of the contract that it names. Signatures are not verified: the sandbox only looks for the
//! contents in a signed container.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::body::Failure;
use super::{State, example_ehealth_token, token};

/// The identifier of signed data in a container (1.2.840.113549.1.7.2), as it is written there.
const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/// Fields of the contents that both kinds of contract require.
const REQUIRED: &[&str] = &[
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
];

/// Whether a request carries the token that eHealth knows.
pub fn is_authorized(headers: &HeaderMap) -> bool {
    token::credentials(headers, "Bearer").as_deref() == Some(example_ehealth_token().expose())
}

/// The answer to a request without it.
pub fn access_denied() -> Response {
    error(StatusCode::UNAUTHORIZED, json!({ "type": "access_denied", "message": "Access denied" }))
}

/// `POST api/contract_requests/{contract_type}/{id}`.
pub async fn create(
    Shared(state): Shared<Arc<State>>,
    Path((contract_type, id)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, Failure> {
    let contents = match open(&body) {
        Ok(contents) => contents,
        Err(refusal) => return Ok(error(StatusCode::UNPROCESSABLE_ENTITY, refusal)),
    };
    let Some(number) = contents.get("contract_number").and_then(Value::as_str).filter(|text| !text.is_empty()) else {
        return Ok(conflict("Contract number should be in payload"));
    };
    let missing: Vec<Value> =
        REQUIRED.iter().filter(|key| contents.get(**key).is_none_or(Value::is_null)).map(|key| absent(key)).collect();
    if !missing.is_empty() {
        return Ok(invalid(missing));
    }
    let contract: Option<(String, bool)> =
        sqlx::query_as("SELECT status, is_suspended FROM contracts WHERE contract_number = ?")
            .bind(number)
            .fetch_optional(&state.store)
            .await?;
    match contract {
        None => {
            let description = "Contract with such contract number does not exist";
            return Ok(invalid(vec![entry("$.contract_number", "invalid", description)]));
        }
        Some((status, _)) if status != "VERIFIED" => {
            return Ok(conflict("Can not update terminated contract"));
        }
        Some((_, true)) => {
            return Ok(conflict("suspended contract should be updated by contractor_owner"));
        }
        Some(_) => {}
    }
    let added =
        sqlx::query("INSERT INTO contract_requests (id, contract_number) VALUES (?, ?) ON CONFLICT (id) DO NOTHING")
            .bind(&id)
            .bind(number)
            .execute(&state.store)
            .await?;
    if added.rows_affected() == 0 {
        return Ok(conflict("Contract request with such id already exists"));
    }
    let data = json!({ "id": id, "contract_number": number, "type": contract_type.to_uppercase(), "status": "NEW" });
    let meta = json!({ "code": 201, "type": "object" });
    Ok((StatusCode::CREATED, Json(json!({ "data": data, "meta": meta }))).into_response())
}

/// The contents of a signed envelope, or the error object of the refusal.
fn open(body: &[u8]) -> Result<Map<String, Value>, Value> {
    let envelope: Map<String, Value> = serde_json::from_slice(body)
        .map_err(|_| json!({ "type": "request_malformed", "message": "Malformed request" }))?;
    let mut missing = Vec::new();
    let mut text = |key: &str| {
        let found = envelope.get(key).and_then(Value::as_str).unwrap_or_default();
        if found.is_empty() {
            missing.push(absent(key));
        }
        found
    };
    let (content, encoding) = (text("signed_content"), text("signed_content_encoding"));
    if !missing.is_empty() {
        return Err(validation(missing));
    }
    let refuse = |key: &str, rule: &str, said: &str| validation(vec![entry(key, rule, said)]);
    if encoding != "base64" {
        let said = "value is not allowed in enum";
        return Err(refuse("$.signed_content_encoding", "inclusion", said));
    }
    let compact: String = content.chars().filter(|letter| !letter.is_whitespace()).collect();
    let container =
        STANDARD.decode(compact).map_err(|_| refuse("$.signed_content", "invalid", "Not a base64 string"))?;
    signed_object(&container).ok_or_else(|| {
        let said = "document must be signed by 1 signer but contains 0 signatures";
        refuse("$.signed_content", "invalid", said)
    })
}

/// The first JSON object after the identifier of signed data.
fn signed_object(container: &[u8]) -> Option<Map<String, Value>> {
    if container.first() != Some(&0x30) {
        return None;
    }
    let at = container.windows(SIGNED_DATA.len()).position(|window| window == SIGNED_DATA)?;
    let after = container.get(at + SIGNED_DATA.len()..)?;
    let object = after.get(after.iter().position(|byte| *byte == b'{')?..)?;
    serde_json::Deserializer::from_slice(object).into_iter().next()?.ok()
}

fn entry(place: &str, rule: &str, description: &str) -> Value {
    json!({
        "entry": place,
        "entry_type": "json_data_property",
        "rules": [{ "rule": rule, "description": description, "params": [] }]
    })
}

fn absent(key: &str) -> Value {
    let said = format!("required property {key} was not present");
    entry(&format!("$.{key}"), "required", &said)
}

fn validation(entries: Vec<Value>) -> Value {
    let message = "Validation failed. You can find validators description at our API Manifest.";
    json!({ "type": "validation_failed", "message": message, "invalid": entries })
}

fn invalid(entries: Vec<Value>) -> Response {
    error(StatusCode::UNPROCESSABLE_ENTITY, validation(entries))
}

fn conflict(message: &str) -> Response {
    error(StatusCode::CONFLICT, json!({ "type": "request_conflict", "message": message }))
}

fn error(status: StatusCode, error: Value) -> Response {
    (status, Json(json!({ "error": error, "meta": { "code": status.as_u16() } }))).into_response()
}

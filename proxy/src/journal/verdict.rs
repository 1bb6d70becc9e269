//! What an upstream's answer says in few words, for those who look through the journal: accepted or not, and the
//! documented reason. Nothing else of an answer is written down unsealed, because the rest may quote the body.

use reqwest::StatusCode;
use serde_json::Value;

use crate::routes::Upstream;
use crate::upstream::Answer;

/// The reasons of both documents; any other text could be anything.
const REASONS: &[&str] = &[
    "already_exists",
    "not_found",
    "incomplete_data",
    "incorrect_data",
    "cycle_not_found",
    "program_not_found",
    "unknown_program",
    "unknown_request",
    "incorrect_pin",
    "already_completed",
    "validation_failed",
    "request_malformed",
    "request_conflict",
    "access_denied",
    "forbidden",
];

/// Whether the upstream accepted, as far as its answer says, and why not.
pub fn verdict(upstream: Upstream, answer: &Answer) -> (Option<bool>, Option<&'static str>) {
    let body: Option<Value> = serde_json::from_slice(&answer.body).ok();
    let object = body.as_ref().and_then(Value::as_object);
    let known = |text: Option<&Value>| {
        let text = text.and_then(Value::as_str)?;
        REASONS.iter().find(|reason| **reason == text).copied()
    };
    let reason = match upstream {
        Upstream::Portal => known(object.and_then(|object| object.get("reason"))),
        Upstream::Ehealth => known(body.as_ref().and_then(|body| body.pointer("/error/type"))),
    };
    let says = object.and_then(|object| object.get("success")).and_then(Value::as_bool);
    let accepted = match answer.status {
        status if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT => None,
        status if status.is_client_error() => Some(false),
        status if status.is_success() => match (upstream, says) {
            (Upstream::Portal, Some(says)) => Some(says),
            // The answer of a status has none.
            (Upstream::Portal, None) => object.filter(|object| object.contains_key("status")).map(|_| true),
            (Upstream::Ehealth, _) => object.map(|_| true),
        },
        _ => None,
    };
    (accepted, reason)
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::verdict;
    use crate::routes::Upstream;
    use crate::upstream::Answer;

    fn of(upstream: Upstream, status: u16, body: &'static str) -> (Option<bool>, Option<&'static str>) {
        let status = StatusCode::from_u16(status).unwrap();
        verdict(
            upstream,
            &Answer { status, content_type: None, content_encoding: None, retry_after: None, body: body.into() },
        )
    }

    #[test]
    fn an_answer_says_whether_it_was_accepted_or_it_does_not() {
        let portal = |status, body| of(Upstream::Portal, status, body);
        assert_eq!(portal(200, r#"{"success":true}"#), (Some(true), None));
        assert_eq!(portal(200, r#"{"status":"approved"}"#), (Some(true), None));
        assert_eq!(
            portal(200, r#"{"success":false,"reason":"already_exists"}"#),
            (Some(false), Some("already_exists"))
        );
        assert_eq!(portal(400, r#"{"error":"bad"}"#), (Some(false), None));
        for (status, body) in [(200, ""), (200, "<html>"), (200, "{}"), (200, "[]"), (500, r#"{"success":true}"#)] {
            assert_eq!(portal(status, body), (None, None), "{status} {body}");
        }
        let ehealth = |status, body| of(Upstream::Ehealth, status, body);
        assert_eq!(ehealth(201, r#"{"data":{}}"#), (Some(true), None));
        assert_eq!(ehealth(422, r#"{"error":{"type":"validation_failed"}}"#), (Some(false), Some("validation_failed")));
        assert_eq!(ehealth(201, ""), (None, None));
    }

    #[test]
    fn a_reason_that_is_not_documented_is_not_written_down() {
        assert_eq!(of(Upstream::Portal, 200, r#"{"success":false,"reason":"Vydumanova"}"#), (Some(false), None));
    }
}

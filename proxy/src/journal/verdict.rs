//! What an upstream's answer says in few words, for those who look through the journal: accepted or not, as the page is
//! told, and the documented reason. Nothing else of an answer is written down unsealed, because the rest may quote the body.

use serde_json::Value;

use crate::check;
use crate::routes::{Route, Upstream};
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

/// What an answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// Whether the upstream accepted; nothing where nobody can tell.
    pub accepted: Option<bool>,
    /// The documented reason.
    pub reason: Option<&'static str>,
}

/// Whether the upstream accepted, as far as its answer says, and why not.
pub fn verdict(route: &Route, answer: &Answer) -> Judged {
    let body: Option<Value> = serde_json::from_slice(&answer.body).ok();
    let reason = match route.upstream {
        Upstream::Portal => body.as_ref().and_then(|body| body.get("reason")),
        Upstream::Ehealth => body.as_ref().and_then(|body| body.pointer("/error/type")),
    };
    let reason = reason.and_then(Value::as_str);
    let known = reason.and_then(|text| REASONS.iter().find(|reason| **reason == text).copied());
    Judged { accepted: check::accepted(route.payload, answer.status.as_u16(), &answer.body), reason: known }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::verdict;
    use crate::routes::documented;
    use crate::upstream::Answer;

    fn of(payload: &str, status: u16, body: &'static str) -> (Option<bool>, Option<&'static str>) {
        let status = StatusCode::from_u16(status).unwrap();
        let routes = documented();
        let route = routes.iter().find(|route| route.payload == payload).unwrap();
        let answer =
            Answer { status, content_type: None, content_encoding: None, retry_after: None, body: body.into() };
        let verdict = verdict(route, &answer);
        (verdict.accepted, verdict.reason)
    }

    #[test]
    fn an_answer_says_whether_it_was_accepted_or_it_does_not() {
        let portal = |status, body| of("cycle.create", status, body);
        assert_eq!(portal(200, r#"{"success":true}"#), (Some(true), None));
        assert_eq!(of("programme.status", 200, r#"{"status":"approved"}"#), (Some(true), None));
        assert_eq!(
            portal(200, r#"{"success":false,"reason":"already_exists"}"#),
            (Some(false), Some("already_exists"))
        );
        assert_eq!(portal(400, r#"{"error":"bad"}"#), (Some(false), None));
        for (status, body) in [(200, ""), (200, "<html>"), (200, "{}"), (200, "[]"), (500, r#"{"success":true}"#)] {
            assert_eq!(portal(status, body), (None, None), "{status} {body}");
        }
        let ehealth = |status, body| of("contract_request.envelope", status, body);
        assert_eq!(ehealth(201, r#"{"data":{}}"#), (Some(true), None));
        assert_eq!(ehealth(422, r#"{"error":{"type":"validation_failed"}}"#), (Some(false), Some("validation_failed")));
        assert_eq!(ehealth(200, r#"{"errors":[{"message":"no"}]}"#), (Some(false), None));
        assert_eq!(ehealth(201, ""), (None, None));
    }

    #[test]
    fn a_reason_that_is_not_documented_is_not_written_down() {
        assert_eq!(of("cycle.create", 200, r#"{"success":false,"reason":"Vydumanova"}"#), (Some(false), None));
    }
}

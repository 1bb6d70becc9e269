//! An upstream's answer, explained: the first line has the payload, the status and the options, then the body stands as it came.
//! Nothing is said only of an answer that does not refuse, and what the upstream says was typed is never shown.

use portform::explain::{accepted, explain};
use portform::kinds::text::trim;
use portform::options::Locale;
use portform::{Input, Packed, options_read, payload};
use serde_json::Value;

use super::{first_line, hold, holds, some_options, some_tree};
use crate::agreement::choices::Choices;
use crate::agreement::json::Json;
use crate::agreement::mutate::{damage, garbage};
use crate::engine::Said;

const SECRET: &str = "тайное";
const KEYS: [&str; 26] = [
    "success",
    "reason",
    "description",
    "error",
    "errors",
    "message",
    "details",
    "error_description",
    "invalid",
    "meta",
    "data",
    "status",
    "code",
    "type",
    "entry",
    "entry_type",
    "rules",
    "rule",
    "params",
    "path",
    "invalidValue",
    "issues",
    "severity",
    "ru",
    "reason_raw",
    "state",
];
const WORDS: [&str; 22] = [
    "already_exists",
    "incorrect_data",
    "incomplete_data",
    "cycle_not_found",
    "unknown_request",
    "validation_failed",
    "request_malformed",
    "request_conflict",
    "access_denied",
    "Invalid scopes",
    "Does not match the signer drfo",
    "forbidden",
    "специальность не найдена",
    "Поле program_number заполнено неверно",
    "$.contractor_base",
    "$.external_contractors.[0].contract.expires_at",
    "/specialities/0/name",
    "results[0].test_mark",
    "Invalid EDRPOU in DS",
    "true",
    "error",
    "json",
];

pub fn generate(choices: &mut Choices<'_>) -> Vec<u8> {
    let tree = some_tree(choices);
    let status = choices.of(&[200, 201, 204, 400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 302, 0]);
    let mut body = match choices.under(12) {
        0 => String::new(),
        1 => "<html><body>502 Bad Gateway</body></html>".to_owned(),
        2 => choices.of(&WORDS).to_owned(),
        _ => answer(choices, 4).write(),
    };
    if choices.chance(10) {
        damage(&mut body, choices);
    }
    format!("{} {status} {}\n{body}", tree.payload.name(), some_options(tree, choices).write()).into_bytes()
}

fn answer(choices: &mut Choices<'_>, depth: usize) -> Json {
    match choices.under(if depth == 0 { 3 } else { 10 }) {
        0 => garbage(choices, 1),
        1 | 2 => Json::text(choices.of(&WORDS)),
        3 => Json::List((0..choices.under(4)).map(|_| answer(choices, depth - 1)).collect()),
        _ => {
            let entry = |choices: &mut Choices<'_>| match choices.of(&KEYS) {
                "invalidValue" => ("invalidValue".to_owned(), Json::text(SECRET)),
                "success" => ("success".to_owned(), Json::Bool(choices.chance(50))),
                key => (key.to_owned(), answer(choices, depth - 1)),
            };
            Json::Object((0..1 + choices.under(4)).map(|_| entry(choices)).collect())
        }
    }
}

pub fn run(input: &[u8], said: &mut Said) -> Result<(), String> {
    let Some((line, body)) = first_line(input) else { return Ok(()) };
    let mut parts = line.splitn(3, ' ');
    let (name, status, given) = (parts.next(), parts.next(), parts.next());
    let Some(payload) = name.and_then(payload) else { return Ok(()) };
    let Some(status) = status.and_then(|status| status.parse().ok()) else { return Ok(()) };
    let Ok(options) = options_read::options(Input::Text(given.unwrap_or("{}").as_bytes())) else { return Ok(()) };
    let issues = explain(payload, &options, status, Input::Text(body));
    holds::issues(&issues, said)?;
    said.insert(format!("{} {status} {}", payload.name(), issues.len().min(3)));
    let refuses = !(200..300).contains(&status);
    hold!(!issues.is_empty() || !refuses, "nothing is said of status {status}");
    hold!(accepted(&issues) != Some(true) || issues.is_empty(), "what is accepted has issues");

    // What stands around it says nothing.
    let body = std::str::from_utf8(body).map_or(body, |text| trim(text).as_bytes());
    let Ok(packed) = Packed::json(body) else {
        // An empty answer and a page say nothing of what became of the data.
        let known = accepted(&issues);
        hold!(known != Some(true), "accepted, by what is no JSON: {}", String::from_utf8_lossy(body));
        return Ok(());
    };
    let others = explain(payload, &options, status, Input::Packed(packed));
    let (one, other) = (holds::written(&issues), holds::written(&others));
    hold!(one == other, "the text gives\n{one}the value\n{other}");
    let Ok(answer) = serde_json::from_slice::<Value>(body) else { return Ok(()) };
    let success = answer.get("success").and_then(Value::as_bool);
    hold!(!issues.is_empty() || success != Some(false), "nothing is said of a refusal");
    hold!(!issues.is_empty() || !tells(answer.get("errors")), "nothing is said of errors");
    // What must not be shown stands nowhere else, where it may be a message.
    let text = String::from_utf8_lossy(body);
    let hidden = format!(r#""invalidValue":"{SECRET}""#);
    if text.matches(SECRET).count() == text.matches(&hidden).count() && !text.contains("\\u") {
        for issue in &issues {
            let told = format!("{} {:?}", issue.message(Locale::Ru), issue.params);
            hold!(!told.contains(SECRET), "what was typed is shown: {told}");
        }
    }
    Ok(())
}

fn tells(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Array(items)) => items.iter().any(|item| item.is_string() || item.is_object()),
        _ => false,
    }
}

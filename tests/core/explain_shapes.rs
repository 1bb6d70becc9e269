//! Answers of every shape, made up at random from the keys and values that servers use: whatever comes, what is told holds together,
//! and nothing of a rejected value is in it.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use portform::Input;
use portform::explain::{accepted, explain};
use portform::{Locale, Options, payloads};
use serde_json::{Map, Value, json};

/// Numbers that are the same at every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn of<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }
}

const KEYS: &[&str] = &[
    "success",
    "reason",
    "error",
    "errors",
    "message",
    "details",
    "description",
    "invalid",
    "entry",
    "path",
    "field",
    "rules",
    "rule",
    "type",
    "data",
    "meta",
    "code",
    "status",
    "detail",
    "title",
    "error_description",
    "phone",
    "results",
    "Message",
    "violations",
    "state",
    "issues",
];
const TEXTS: &[&str] = &[
    "",
    " ",
    "false",
    "true",
    "already_exists",
    "incorrect_data",
    "validation_failed",
    "request_malformed",
    "Access denied",
    "$.contractor_base",
    "$.a.[0].b",
    "/results/0/test_mark",
    "results[2].request_number",
    "неверный телефон",
    "<html><body>x</body></html>",
    "<b>жирно</b>",
    "ru",
    "not_sent",
    "cycle_id",
    "\u{202e}\u{0}\n",
    "Invalid EDRPOU in DS",
];
/// Where a rejected value stands, which no message may repeat.
const REJECTED: &[&str] = &["invalidValue", "rejectedValue", "value", "invalid_value"];
const SECRET: &str = "Тайна-77";

fn value(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(if depth == 0 { 6 } else { 10 }) {
        0 => Value::Null,
        1 => json!(dice.below(2) == 0),
        2 => json!([0, 7, 401, 422][dice.below(4)]),
        3..=5 => json!(dice.of(TEXTS)),
        6 => (0..dice.below(4)).map(|_| value(dice, depth - 1)).collect(),
        _ => {
            let mut object = Map::new();
            for _ in 0..dice.below(5) {
                object.insert(dice.of(KEYS).to_owned(), value(dice, depth - 1));
            }
            if dice.below(3) == 0 {
                object.insert("message".to_owned(), json!(format!("{SECRET} is wrong")));
                object.insert("path".to_owned(), json!("phone"));
                object.insert(dice.of(REJECTED).to_owned(), json!(SECRET));
            }
            Value::Object(object)
        }
    }
}

#[test]
fn rsp_04_trips_on_random_answers_without_losing_its_footing() {
    let mut dice = Dice(7);
    let (mut taken, mut refused, mut unknown) = (0, 0, 0);
    for _ in 0..20_000 {
        let payload = payloads()[dice.below(payloads().len())];
        let status = [200, 201, 204, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503][dice.below(13)];
        let mut body = value(&mut dice, 4).to_string();
        if dice.below(20) == 0 {
            let cut = (0..=body.len() / 2).rev().find(|at| body.is_char_boundary(*at)).unwrap();
            body.truncate(cut);
        }
        let found = explain(payload, &Options::default(), status, Input::Text(body.as_bytes()));
        let told = format!("{} {status} {body}", payload.name());
        if found.is_empty() {
            assert!((200..300).contains(&status), "{told}");
        }
        match accepted(&found) {
            Some(true) => taken += 1,
            Some(false) => refused += 1,
            None => unknown += 1,
        }
        for issue in &found {
            assert!(issue.path.is_empty() || issue.field().is_some(), "{told}: {}", issue.pointer());
            for locale in Locale::ALL {
                let message = issue.message(locale);
                assert!(!message.contains(SECRET), "{told}: {message}");
                assert!((10..1_000).contains(&message.chars().count()), "{told}: {message}");
                assert!(!message.contains(['\u{202e}', '\u{0}', '\n', '{']), "{told}: {message}");
            }
        }
    }
    // The dice find their way to each of the three ends.
    assert!(taken > 100 && refused > 1_000 && unknown > 1_000, "{taken} {refused} {unknown}");
}

//! A JSON text, checked: after the first line it stands as it is. The value of the text and a form that is made of it give the same.

use portform::form::{Filter, Form};
use portform::options::Options;
use portform::{Packed, Payload, check, check_json, states_json, states_of};
use serde_json::Value;

use super::{headed, hold, holds};
use crate::agreement::case::Case;
use crate::agreement::choices::Choices;
use crate::engine::Said;

pub fn generate(choices: &mut Choices<'_>) -> Vec<u8> {
    let decided: Vec<u8> = (0..600).map(|_| choices.byte()).collect();
    let case = Case::of(&decided);
    format!("{} {}\n{}", case.payload.name(), case.options, case.text).into_bytes()
}

pub fn run(input: &[u8], said: &mut Said) -> Result<(), String> {
    let Some((payload, options, text)) = headed(input) else { return Ok(()) };
    let report = check_json(payload, text, &options);
    holds::report(payload, &report, &options, said)?;
    let issues = holds::written(&report.issues());
    let states = states_json(payload, text, &options);
    hold!(!states.is_empty(), "a payload has states");

    let form = Form::from_json(payload, options.clone(), text);
    let Ok(packed) = Packed::json(text) else {
        hold!(form.is_err() && !report.valid(), "what cannot be packed is no JSON:\n{issues}");
        return Ok(());
    };
    let Ok(form) = form else { return Err(format!("a form refuses what is JSON:\n{issues}")) };
    let as_value = check(payload, packed.clone(), &options);
    let others = holds::written(&as_value.issues());
    hold!(others == issues, "the text gives\n{issues}the value\n{others}");
    hold!(as_value.body() == report.body(), "the text is sent as {:?}, the value {:?}", report.body(), as_value.body());
    hold!(states_of(payload, packed, &options) == states, "states of text and value differ");

    let live = holds::written(&form.issues(&Filter::default()).map_err(|misuse| misuse.to_string())?);
    hold!(live == issues, "the text gives\n{issues}the form\n{live}");
    hold!(form.body() == report.body(), "the text is sent as {:?}, the form {:?}", report.body(), form.body());
    hold!(form.states() == states, "states of text and form differ");
    doubles(payload, text, &options)
}

/// A value that has doubles and no digits gives what its text gives.
fn doubles(payload: &'static Payload, text: &[u8], options: &Options) -> Result<(), String> {
    let Ok(value) = serde_json::from_slice::<Value>(text) else { return Ok(()) };
    if beyond(&value) {
        return Ok(());
    }
    let text = value.to_string();
    let (one, other) = (check(payload, &value, options), check_json(payload, text.as_bytes(), options));
    let (issues, others) = (holds::written(&one.issues()), holds::written(&other.issues()));
    hold!(issues == others, "the value gives\n{issues}its text\n{others}{text}");
    hold!(one.body() == other.body(), "the value is sent as {:?}, its text {:?}", one.body(), other.body());
    Ok(())
}

/// Whether a double in it is beyond what decides by its digits.
fn beyond(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_none_or(|number| number.abs() >= 9_007_199_254_740_992.0),
        Value::Array(items) => items.iter().any(beyond),
        Value::Object(entries) => entries.values().any(beyond),
        _ => false,
    }
}

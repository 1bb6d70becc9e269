//! Options as a caller gives them: after the first line, which has the payload, their JSON text. They are refused with one sentence, or
//! work everywhere.

use portform::export::json_schema::{Side, Target as Schema};
use portform::export::{fields, json_schema};
use portform::form::Form;
use portform::{Input, Packed, check_json, options_read, payload, states_json};

use super::{first_line, hold, holds, some_tree};
use crate::agreement::case::options as chosen;
use crate::agreement::choices::Choices;
use crate::agreement::json::Json;
use crate::agreement::mutate::{damage, mutate};
use crate::engine::Said;

pub fn generate(choices: &mut Choices<'_>) -> Vec<u8> {
    let tree = some_tree(choices);
    let mut options = chosen(tree, choices);
    if let (true, Json::Object(entries)) = (choices.chance(30), &mut options) {
        let part = |key: &str, value: &str| (key.to_owned(), Json::text(value));
        let params = Json::Object(vec![part("contract_type", "CAPITATION"), part("id", "x/y?z")]);
        let base = part("base", choices.of(&["https://example.org/", "", "//", "http://[", " "]));
        let path = part("path", choices.of(&["{id}/{", "/a//b", "", "{contract_type}/{id}", "}{"]));
        entries.push(("endpoint".to_owned(), Json::Object(vec![base, path, ("params".to_owned(), params)])));
    }
    for _ in 0..choices.under(3) {
        mutate(&mut options, choices);
    }
    let mut text = options.write();
    if choices.chance(5) {
        damage(&mut text, choices);
    }
    format!("{}\n{text}", tree.payload.name()).into_bytes()
}

pub fn run(input: &[u8], said: &mut Said) -> Result<(), String> {
    let Some((name, text)) = first_line(input) else { return Ok(()) };
    let Some(payload) = payload(name) else { return Ok(()) };
    let read = options_read::options(Input::Text(text));
    let same = Packed::json(text).ok().map(options_read::options);
    let options = match read {
        Err(wrong) => {
            let sentence = wrong.to_string();
            let shown: String = sentence.chars().filter(|letter| !letter.is_ascii_digit()).take(60).collect();
            said.insert(shown);
            hold!(sentence.ends_with('.') && !sentence.contains('\n'), "no sentence: {sentence}");
            let other = same.and_then(Result::err).map(|wrong| wrong.to_string());
            hold!(
                other.as_ref().is_none_or(|other| *other == sentence),
                "{sentence} of the text, {other:?} of the value"
            );
            return Ok(());
        }
        Ok(options) => options,
    };
    hold!(same.is_some_and(|same| same.is_ok()), "the text is taken, the value is not");
    said.insert(format!("{name} {:?} {:?}", options.mode, options.dialect));
    let (all, other) = (fields(payload, &options), fields(payload, &portform::Options::default()));
    hold!(all.len() == other.len(), "a field comes or goes with the options");
    for side in [Side::Output, Side::Input] {
        let schema = json_schema(payload, Schema::Draft2020, side, &options);
        hold!(serde_json::from_str::<serde_json::Value>(&schema).is_ok(), "the schema is no JSON");
    }
    for draft in [
        "{}",
        r#"{"results":[{"cycle_id":1}],"id":"1","is_paid":true,"specialities":[{"name":"x","programmes":[{}]}]}"#,
    ] {
        let report = check_json(payload, draft.as_bytes(), &options);
        holds::report(payload, &report, &options, said)?;
        states_json(payload, draft.as_bytes(), &options);
        let mut form = Form::from_json(payload, portform::Options::default(), draft.as_bytes())
            .map_err(|_| "no form".to_owned())?;
        form.set_options(options.clone());
        let live = holds::written(&form.issues(&Default::default()).map_err(|misuse| misuse.to_string())?);
        let whole = holds::written(&report.issues());
        hold!(live == whole, "the form says\n{live}a check\n{whole}");
    }
    Ok(())
}

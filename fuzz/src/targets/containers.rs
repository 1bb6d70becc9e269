//! Signed contents: the first line has the options, the second says `signed` (what follows are the contents, and gets a container
//! around it) or `raw` (what follows is the field itself, base64 or not). A valid envelope has contents that are valid as strict.

use portform::context::ContractType;
use portform::form::{Filter, Form};
use portform::options::{Mode, Options};
use portform::{check_json, payload};
use serde_json::json;

use super::{first_line, headed, hold, holds};
use crate::agreement::case::{options as chosen, trees};
use crate::agreement::choices::Choices;
use crate::agreement::container::signed;
use crate::agreement::json::Json;
use crate::agreement::mutate::mutate;
use crate::engine::Said;

const ENVELOPE: &str = "contract_request.envelope";

pub fn generate(choices: &mut Choices<'_>) -> Vec<u8> {
    let name = choices.of(&["contract_request.capitation", "contract_request.reimbursement"]);
    let Some(tree) = trees().iter().find(|tree| tree.payload.name() == name) else { return Vec::new() };
    let options = if choices.chance(50) { chosen(tree, choices) } else { Json::Object(Vec::new()) };
    let mut contents = tree.mended(tree.plausible(choices), &Options::default(), choices);
    for _ in 0..choices.under(3) {
        mutate(&mut contents, choices);
    }
    let mut bytes = contents.write().into_bytes();
    if choices.chance(15) {
        bytes.splice(0..0, choices.of(&[&b"\xef\xbb\xbf"[..], b"\xff\xfe", b" \n", b"[", b"\xd0"]).iter().copied());
    }
    let (how, bytes) = if choices.chance(40) { ("raw", signed(bytes).into_bytes()) } else { ("signed", bytes) };
    [format!("{ENVELOPE} {}\n{how}\n", options.write()).into_bytes(), bytes].concat()
}

pub fn run(input: &[u8], said: &mut Said) -> Result<(), String> {
    let Some((envelope, options, rest)) = headed(input) else { return Ok(()) };
    if envelope.name() != ENVELOPE {
        return Ok(());
    }
    let Some((how, bytes)) = first_line(rest) else { return Ok(()) };
    let content = match how {
        "signed" => signed(bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    let text = json!({ "signed_content": content, "signed_content_encoding": "base64" }).to_string();
    let report = check_json(envelope, text.as_bytes(), &options);
    holds::report(envelope, &report, &options, said)?;
    let issues = report.issues();
    for issue in &issues {
        let pointer = issue.pointer();
        let about = pointer.is_empty() || pointer == "/signed_content" || pointer.starts_with("/signed_content/");
        hold!(about, "{pointer} is no place of the contents");
    }
    let form = Form::from_json(envelope, options.clone(), text.as_bytes()).map_err(|_| "no form of it".to_owned())?;
    let live = holds::written(&form.issues(&Filter::default()).map_err(|misuse| misuse.to_string())?);
    let whole = holds::written(&issues);
    hold!(live == whole, "the form says\n{live}a check\n{whole}");
    if how == "signed" {
        let reimbursement = options.context.contract_type == Some(ContractType::Reimbursement);
        let name = if reimbursement { "contract_request.reimbursement" } else { "contract_request.capitation" };
        let Some(contents) = payload(name) else { return Err(format!("there is no {name}")) };
        let strict = Options { mode: Mode::Strict, ..options.clone() };
        let inside = check_json(contents, bytes, &strict);
        hold!(
            !report.valid() || inside.valid(),
            "valid, with contents that are not\n{}",
            holds::written(&inside.issues())
        );
        said.insert(format!("{} {}", report.valid(), inside.valid()));
    }
    Ok(())
}

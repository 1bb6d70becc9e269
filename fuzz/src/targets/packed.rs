//! Values in the packed form, as they cross from JavaScript: after the first line bytes, which need not be what the packer writes. They
//! are read as far as they go or refused, wherever a value is taken.

use portform::explain::explain;
use portform::form::{Filter, Form};
use portform::{Input, Packed, check, options_read, states_of};

use super::{head, headed, hold, holds, some_options, some_tree};
use crate::agreement::choices::Choices;
use crate::agreement::json::Json;
use crate::agreement::mutate::mutate;
use crate::engine::Said;

pub fn generate(choices: &mut Choices<'_>) -> Vec<u8> {
    let tree = some_tree(choices);
    let mut value = tree.plausible(choices);
    for _ in 0..choices.under(3) {
        mutate(&mut value, choices);
    }
    let mut bytes = head(tree.payload, &some_options(tree, choices)).into_bytes();
    let odd = choices.of(&[0, 2, 10]);
    pack(&value, odd, &mut bytes, choices);
    bytes
}

fn length(size: usize, out: &mut Vec<u8>) {
    out.extend(u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes());
}

fn text(text: &str, out: &mut Vec<u8>) {
    length(text.len(), out);
    out.extend(text.as_bytes());
}

/// Packs a value; `odd` of a hundred values are something that a text cannot have.
fn pack(value: &Json, odd: u32, out: &mut Vec<u8>, choices: &mut Choices<'_>) {
    if choices.chance(odd) {
        match choices.under(3) {
            0 => out.push(0),
            1 => {
                out.extend([8, choices.byte() % 16]);
                length(if choices.chance(70) { usize::MAX } else { choices.under(9) }, out);
            }
            _ => {
                out.push(4);
                let double = choices.of(&[f64::NAN, f64::INFINITY, -0.0, 1e300, 9_007_199_254_740_993.0, 5e-324]);
                out.extend(double.to_le_bytes());
            }
        }
        return;
    }
    match value {
        Json::Null => out.push(1),
        Json::Bool(flag) => out.push(if *flag { 3 } else { 2 }),
        Json::Number(digits) => match digits.parse::<f64>() {
            Ok(number) if choices.chance(80) => {
                out.push(4);
                out.extend(number.to_le_bytes());
            }
            _ => {
                out.push(11);
                text(digits, out);
            }
        },
        Json::Text(content) if choices.chance(10) => {
            out.extend([12, choices.byte() % 4]);
            text(content, out);
        }
        Json::Text(content) => {
            out.push(5);
            text(content, out);
        }
        Json::List(items) => {
            out.push(6);
            length(items.len(), out);
            items.iter().for_each(|item| pack(item, odd, out, choices));
        }
        Json::Object(entries) => {
            out.push(7);
            length(entries.len(), out);
            for (key, value) in entries {
                if choices.chance(odd) {
                    out.push(choices.byte() % 40);
                } else {
                    out.push(0xff);
                    text(key, out);
                }
                pack(value, odd, out, choices);
            }
        }
    }
}

pub fn run(input: &[u8], said: &mut Said) -> Result<(), String> {
    let Some((payload, options, bytes)) = headed(input) else { return Ok(()) };
    let packed = || Packed::new(bytes);
    let report = check(payload, packed(), &options);
    holds::report(payload, &report, &options, said)?;
    states_of(payload, packed(), &options);

    let mut form = Form::new(payload, options.clone(), Some(packed()));
    let (live, whole) = (own(&form)?, holds::written(&report.issues()));
    hold!(live == whole, "the form says\n{live}a check\n{whole}");
    for field in portform::export::fields(payload, &options).iter().take(12) {
        let pointer = field.pointer.replace('*', "0");
        // A pointer into what is not there is refused.
        if form.set(&pointer, packed()).is_ok() && field.kind == "list" {
            let _ = form.insert(&pointer, 0, Some(packed()));
            let _ = form.paste(&pointer, 0, packed(), &["id", "name", "price"]);
        }
    }
    let (live, whole) = (own(&form)?, holds::written(&form.report().issues()));
    hold!(live == whole, "after edits the form says\n{live}a check\n{whole}");
    form.replace(packed());
    while form.undo().is_some() {}
    let (live, whole) = (own(&form)?, holds::written(&report.issues()));
    hold!(live == whole, "with everything taken back the form says\n{live}a check\n{whole}");

    holds::issues(&explain(payload, &options, 400, Input::Packed(packed())), said)?;
    if let Err(wrong) = options_read::options(packed()) {
        let sentence = wrong.to_string();
        hold!(sentence.ends_with('.') && !sentence.contains('\n'), "no sentence: {sentence}");
    }
    Ok(())
}

fn own(form: &Form) -> Result<String, String> {
    form.issues(&Filter::default()).map(|issues| holds::written(&issues)).map_err(|misuse| misuse.to_string())
}

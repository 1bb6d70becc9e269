//! The targets: how each makes an input, and what always has to hold of it. An input is a file that says by itself what is tested: its
//! first line names the payload and the options.

mod check_json;
mod containers;
mod copy;
mod edits;
mod explain;
mod holds;
mod options;
mod packed;

use portform::options::Options;
use portform::{Input, Payload, options_read, payload};

use crate::agreement::case::{options as chosen, trees};
use crate::agreement::choices::Choices;
use crate::agreement::json::Json;
use crate::agreement::plausible::Tree;
use crate::engine::Said;

/// A target. `run` says what it met, or what does not hold; an input that says nothing of the target holds.
pub struct Target {
    pub name: &'static str,
    pub generate: fn(&mut Choices<'_>) -> Vec<u8>,
    pub run: fn(&[u8], &mut Said) -> Result<(), String>,
}

pub const TARGETS: &[Target] = &[
    Target { name: "check_json", generate: check_json::generate, run: check_json::run },
    Target { name: "edits", generate: edits::generate, run: edits::run },
    Target { name: "explain", generate: explain::generate, run: explain::run },
    Target { name: "containers", generate: containers::generate, run: containers::run },
    Target { name: "options", generate: options::generate, run: options::run },
    Target { name: "packed", generate: packed::generate, run: packed::run },
];

/// The first line, and what follows it.
fn first_line(input: &[u8]) -> Option<(&str, &[u8])> {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let rest = input.get(end + 1..).unwrap_or_default();
    Some((std::str::from_utf8(&input[..end]).ok()?, rest))
}

/// Payload and options of the first line (`cycle.create {"mode":"strict"}`), and what follows it.
fn headed(input: &[u8]) -> Option<(&'static Payload, Options, &[u8])> {
    let (line, rest) = first_line(input)?;
    let (name, given) = line.split_once(' ').unwrap_or((line, "{}"));
    let options = options_read::options(Input::Text(given.as_bytes())).ok()?;
    Some((payload(name)?, options, rest))
}

/// Options that fit the payload: none in half of the cases.
fn some_options(tree: &Tree, choices: &mut Choices<'_>) -> Json {
    if choices.chance(50) { chosen(tree, choices) } else { Json::Object(Vec::new()) }
}

fn some_tree(choices: &mut Choices<'_>) -> &'static Tree {
    &trees()[choices.under(trees().len())]
}

/// The first line.
fn head(payload: &Payload, options: &Json) -> String {
    format!("{} {}\n", payload.name(), options.write())
}

/// Fails with a sentence where a condition does not hold.
macro_rules! hold {
    ($condition:expr, $($what:tt)+) => {
        if !$condition {
            return Err(format!($($what)+));
        }
    };
}
use hold;

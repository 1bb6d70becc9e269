//! The generated files that are checked in: schemas, types and the field reference, each with its path from the project's root. It
//! writes nothing; a test compares, or writes when it is told to.

use super::json_schema::{Side, Target, json_schema};
use super::{markdown, typescript};
use crate::options::Options;
use crate::table::Payload;

/// Every generated file: its path and its text.
pub fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for payload in crate::payloads() {
        files.extend(schemas(payload));
        files.push((format!("pkg-config/reference/{}.md", payload.name()), markdown::reference(payload)));
    }
    files.push(("pkg-config/src/generated.ts".to_owned(), typescript::module()));
    files
}

/// The schemas of a payload: the newest draft by its name alone, the others in folders of their own.
fn schemas(payload: &'static Payload) -> Vec<(String, String)> {
    let name = payload.name();
    let schema = |folder: &str, target, side| {
        let text = json_schema(payload, target, side, &Options::default());
        (format!("pkg-config/schemas/{folder}{name}.json"), pretty(&text))
    };
    vec![
        schema("", Target::Draft2020, Side::Output),
        schema("input/", Target::Draft2020, Side::Input),
        schema("draft-07/", Target::Draft07, Side::Output),
        schema("openapi-3.0/", Target::OpenApi30, Side::Output),
    ]
}

/// JSON text with a key to a line, and short lists and objects in one line.
fn pretty(json: &str) -> String {
    let mut out = String::new();
    layout(json, 0, &mut out);
    out.push('\n');
    out
}

const WIDTH: usize = 120;

fn layout(json: &str, depth: usize, out: &mut String) {
    let inside = match json.as_bytes() {
        [b'{', .., b'}'] | [b'[', .., b']'] if json.chars().count() + 2 * depth > WIDTH => json.get(1..json.len() - 1),
        _ => None,
    };
    let Some(inside) = inside else {
        out.push_str(&spaced(json));
        return;
    };
    let (open, close) = if json.starts_with('{') { ('{', '}') } else { ('[', ']') };
    out.push(open);
    for (at, (key, value)) in members(inside).into_iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        if let Some(key) = key {
            out.push_str(key);
            out.push_str(": ");
        }
        layout(value, depth + 1, out);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

/// The members of an object or array, whose braces are taken off: keys and values as they are written.
fn members(inside: &str) -> Vec<(Option<&str>, &str)> {
    let (mut members, mut start, mut key) = (Vec::new(), 0, None);
    outside_texts(inside, |at, byte, depth| {
        if depth == 0 && byte == b':' {
            key = inside.get(start..at);
            start = at + 1;
        } else if depth == 0 && byte == b',' {
            members.push((key.take(), inside.get(start..at).unwrap_or_default()));
            start = at + 1;
        }
    });
    members.push((key, inside.get(start..).unwrap_or_default()));
    members
}

/// A space after each colon and comma that stands outside texts.
fn spaced(json: &str) -> String {
    let (mut out, mut start) = (String::new(), 0);
    outside_texts(json, |at, byte, _| {
        if matches!(byte, b':' | b',') {
            out.push_str(json.get(start..=at).unwrap_or_default());
            out.push(' ');
            start = at + 1;
        }
    });
    out.push_str(json.get(start..).unwrap_or_default());
    out
}

/// Calls `visit` with each byte of JSON text that stands outside texts: its place, the byte, how many braces are open.
fn outside_texts(json: &str, mut visit: impl FnMut(usize, u8, usize)) {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in json.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            other => visit(at, other, depth),
        }
    }
}

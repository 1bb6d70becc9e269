//! The arrows between the project's files: no file imports another that imports it in turn, not even through others. What is still
//! tied is listed in `known`, a list that may only become shorter.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "helpers of tests may fail loudly"
)]

mod known;
mod rust;
mod typescript;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

type Arrows = BTreeMap<String, BTreeSet<String>>;

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder that end in one of these ways, by their paths in it.
fn files_under(folder: &Path, ends: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| ends.iter().any(|wanted| end == *wanted)) {
                files.push(path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    files.sort();
    files
}

/// A circle of arrows, as the files in their order, the first of them again at the end.
fn circle(arrows: &Arrows) -> Option<Vec<String>> {
    fn follow(
        arrows: &Arrows,
        file: &str,
        trail: &mut Vec<String>,
        done: &mut BTreeSet<String>,
    ) -> Option<Vec<String>> {
        if let Some(at) = trail.iter().position(|passed| passed == file) {
            return Some(trail[at..].iter().cloned().chain([file.to_owned()]).collect());
        }
        if done.contains(file) {
            return None;
        }
        trail.push(file.to_owned());
        for next in arrows.get(file).into_iter().flatten() {
            if let Some(found) = follow(arrows, next, trail, done) {
                return Some(found);
            }
        }
        trail.pop();
        done.insert(file.to_owned());
        None
    }
    let mut done = BTreeSet::new();
    arrows.keys().find_map(|file| follow(arrows, file, &mut Vec::new(), &mut done))
}

/// Whether one file imports another, perhaps through others.
fn leads(arrows: &Arrows, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        if file == to {
            return true;
        }
        if seen.insert(file) {
            next.extend(arrows.get(file).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

/// No circle, the arrows that are known to go back left out; and each of those is there.
#[track_caller]
fn has_no_circle(tree: &str, mut arrows: Arrows, known: &[(&str, &str)]) {
    assert!(arrows.len() > 2, "{tree} has files");
    for (from, to) in known {
        let there = arrows.get_mut(*from).is_some_and(|all| all.remove(*to));
        assert!(there, "{tree}/{from} does not import {to} any more: take the line out of known.rs");
    }
    for (from, to) in known {
        assert!(
            leads(&arrows, to, from),
            "that {tree}/{from} imports {to} closes no circle any more: take the line out of known.rs"
        );
    }
    if let Some(files) = circle(&arrows) {
        panic!(
            "in {tree} these files import each other in a circle: {}. None of them can be understood or changed without the \
             others; what two of them share belongs into a file below both",
            files.join(" → ")
        );
    }
}

#[test]
fn files_of_the_core_do_not_import_each_other_in_circles() {
    has_no_circle("src", rust::arrows(&project().join("src")), known::CORE);
}

#[test]
fn files_of_the_proxy_do_not_import_each_other_in_circles() {
    has_no_circle("proxy/src", rust::arrows(&project().join("proxy/src")), known::PROXY);
}

#[test]
fn files_of_the_commands_do_not_import_each_other_in_circles() {
    has_no_circle("xtask/src", rust::arrows(&project().join("xtask/src")), known::COMMANDS);
}

#[test]
fn files_of_the_package_do_not_import_each_other_in_circles() {
    has_no_circle("pkg-config/src", typescript::arrows(&project().join("pkg-config/src")), known::PACKAGE);
}

#[test]
fn files_of_the_demo_do_not_import_each_other_in_circles() {
    has_no_circle("www/src", typescript::arrows(&project().join("www/src")), known::DEMO);
}

#[test]
fn a_circle_is_found_and_told_in_its_order() {
    let arrows = |list: &[(&str, &str)]| {
        let mut arrows = Arrows::new();
        for (from, to) in list {
            arrows.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        arrows
    };
    assert_eq!(circle(&arrows(&[("a", "b"), ("b", "c"), ("a", "c")])), None);
    let found = circle(&arrows(&[("a", "b"), ("b", "c"), ("c", "b")])).unwrap();
    assert_eq!(found, ["b", "c", "b"]);
}

/// What a room of the core must not know, and why.
const UNKNOWN_TO: &[(&str, &[&str], &str)] = &[
    (
        "table",
        &["issue", "messages", "options", "draft", "reading", "check", "form"],
        "a table is data that all others read",
    ),
    ("kinds", &["messages", "options", "draft", "check", "form"], "a leaf format is a pure function of a text"),
    ("issue", &["messages", "options", "draft", "check", "form"], "words are made of issues, never issues of words"),
    (
        "messages",
        &["options", "draft", "check", "report", "form"],
        "words say what an issue knows, and nothing of what was typed",
    ),
    (
        "draft",
        &["reading", "options", "messages", "check", "form"],
        "a draft keeps what was given and does not judge it",
    ),
    (
        "reading",
        &["options", "context", "payloads", "messages", "check", "form"],
        "which value counts depends on its row alone",
    ),
    (
        "options",
        &["options_read", "context_read", "check", "form"],
        "options are data; what reads them stands above the check",
    ),
    (
        "context",
        &["context_read", "payloads", "input", "read", "check", "form"],
        "a context is data; what reads it stands above the check",
    ),
    (
        "previous",
        &["context_read", "payloads", "input", "read", "check", "form"],
        "it compares contracts that others have read",
    ),
    (
        "payloads",
        &["messages", "check", "report", "preview", "form", "wasm"],
        "a payload is a table and the bodies of its checks",
    ),
    (
        "check",
        &["messages", "report", "preview", "context_read", "options_read", "form"],
        "a check finds; others word it and write bodies",
    ),
    ("report", &["form", "wasm"], "a whole check needs no live form"),
    ("preview", &["form", "wasm"], "an outgoing body needs no live form"),
    ("explain", &["check", "form", "wasm"], "a refusal is explained by the table alone"),
    ("export", &["check", "form", "wasm"], "what a table gives besides checking needs no draft that is checked"),
    ("form", &["client", "export", "explain", "block", "wasm"], "a form does not know who shows it"),
    ("client", &["check", "draft", "payloads", "wasm"], "the client carries bodies and knows no rules"),
];

#[test]
fn rooms_of_the_core_import_nothing_that_they_must_not_know() {
    fn room(file: &str) -> &str {
        file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
    }
    let arrows = rust::arrows(&project().join("src"));
    for (name, unknown, why) in UNKNOWN_TO {
        for other in std::iter::once(name).chain(*unknown) {
            assert!(
                arrows.keys().any(|file| room(file) == *other),
                "there is no room {other} any more: mend this list"
            );
        }
        for (file, imports) in arrows.iter().filter(|(file, _)| room(file) == *name) {
            if let Some(up) = imports.iter().find(|import| unknown.contains(&room(import))) {
                panic!("src/{file} imports {up}, of which {name} must not know: {why}");
            }
        }
    }
}

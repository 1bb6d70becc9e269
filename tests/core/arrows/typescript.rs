//! Which file of a TypeScript tree imports which, types included.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "helpers of tests may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::files_under;

/// The arrows between the files of a tree, by their paths in it.
pub(super) fn arrows(src: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let files = files_under(src, &["ts", "tsx", "js", "mjs"]);
    let known: BTreeSet<&String> = files.iter().collect();
    let imported = |file: &String| {
        let text = std::fs::read_to_string(src.join(file)).unwrap();
        let named = specifiers(&text).into_iter().filter_map(|named| resolve(file, &named));
        named
            .filter_map(|path| ends(&path).into_iter().find(|path| known.contains(path)))
            .filter(|to| to != file)
            .collect()
    };
    files.iter().map(|file| (file.clone(), imported(file))).collect()
}

/// What `from "…"`, `import "…"` and `import("…")` name.
fn specifiers(text: &str) -> Vec<String> {
    let mut named = Vec::new();
    for word in ["from", "import", "import("] {
        for (at, _) in text.match_indices(word) {
            let rest = text[at + word.len()..].trim_start();
            let Some(quote) = rest.chars().next().filter(|mark| ['"', '\''].contains(mark)) else { continue };
            if let Some((path, _)) = rest[1..].split_once(quote) {
                named.push(path.to_owned());
            }
        }
    }
    named
}

/// A relative specifier as a path in the tree; nothing where it is a package's name or leads out.
fn resolve(file: &str, named: &str) -> Option<String> {
    let mut path: Vec<&str> = file.split('/').collect();
    path.pop();
    if !named.starts_with('.') {
        return None;
    }
    for step in named.split('/') {
        match step {
            "." => {}
            ".." => drop(path.pop()?),
            name => path.push(name),
        }
    }
    Some(path.join("/"))
}

/// The files that a path may mean.
fn ends(path: &str) -> Vec<String> {
    let bare = path.strip_suffix(".js").unwrap_or(path);
    vec![path.to_owned(), format!("{bare}.ts"), format!("{bare}.tsx"), format!("{bare}/index.ts")]
}

//! Which file of a Rust crate imports which: the paths of `use` and of the code itself, followed through re-exports to the file
//! that defines what is named. What only tests see is left out.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "helpers of tests may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::files_under;

/// The arrows between the files of a crate, by their paths below its `src`.
pub(super) fn arrows(src: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let files = files_under(src, &["rs"]);
    let mut modules: BTreeMap<Vec<String>, Module> = files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(src.join(file)).unwrap();
            (module_path(file), Module::read(file, &text))
        })
        .collect();
    let for_tests: Vec<Vec<String>> = modules
        .iter()
        .flat_map(|(path, module)| {
            module.for_tests.iter().map(|name| [path.as_slice(), std::slice::from_ref(name)].concat())
        })
        .collect();
    modules.retain(|path, _| !for_tests.iter().any(|hidden| path.starts_with(hidden)));
    let mut arrows = BTreeMap::new();
    for (path, module) in &modules {
        let to = module.paths.iter().filter_map(|named| file_of(&modules, path, named, 0));
        let to: BTreeSet<String> = to.filter(|file| *file != module.file).collect();
        arrows.insert(module.file.clone(), to);
    }
    arrows
}

struct Module {
    file: String,
    /// Every path that the file names and that may lead to another file.
    paths: BTreeSet<Vec<String>>,
    /// What it hands on, by the name under which it does.
    hands_on: BTreeMap<String, Vec<String>>,
    /// Modules in files of their own.
    children: BTreeSet<String>,
    /// Modules that are there for tests only.
    for_tests: BTreeSet<String>,
}

/// `form/edit.rs` is the module `form::edit`, `form/mod.rs` the module `form`.
fn module_path(file: &str) -> Vec<String> {
    let mut path: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if path.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        path.pop();
    }
    path
}

/// The file that defines what a path names, seen from the module `from`.
fn file_of(modules: &BTreeMap<Vec<String>, Module>, from: &[String], named: &[String], depth: u8) -> Option<String> {
    let mut at = from.to_vec();
    let mut rest = named;
    match rest.first()?.as_str() {
        "crate" => {
            at.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|step| step == "super") {
                at.pop();
                rest = &rest[1..];
            }
        }
        first if modules.get(from)?.children.contains(first) => {}
        _ => return None,
    }
    while let Some(step) = rest.first() {
        let inner = [at.as_slice(), std::slice::from_ref(step)].concat();
        if modules.contains_key(&inner) {
            at = inner;
            rest = &rest[1..];
            continue;
        }
        let handed = modules.get(&at).and_then(|module| module.hands_on.get(step));
        if let Some(handed) = handed.filter(|_| depth < 8) {
            let through = [handed.as_slice(), &rest[1..]].concat();
            if let Some(file) = file_of(modules, &at, &through, depth + 1) {
                return Some(file);
            }
        }
        break;
    }
    modules.get(&at).map(|module| module.file.clone())
}

impl Module {
    fn read(file: &str, text: &str) -> Self {
        let tokens = tokens(text);
        let mut module = Self {
            file: file.to_owned(),
            paths: BTreeSet::new(),
            hands_on: BTreeMap::new(),
            children: BTreeSet::new(),
            for_tests: BTreeSet::new(),
        };
        let mut at = 0;
        let mut tests_only = false;
        while let Some(token) = tokens.get(at) {
            match token.as_str() {
                "#" => {
                    let end = closing(&tokens, at + 1);
                    let attribute = tokens[at..end].concat();
                    tests_only |= attribute.starts_with("#[cfg(test") || attribute.starts_with("#[cfg(all(test");
                    at = end + 1;
                    continue;
                }
                "mod" if tests_only && tokens.get(at + 2).is_some_and(|next| next == "{") => {
                    at = closing(&tokens, at + 2)
                }
                "mod" if tokens.get(at + 2).is_some_and(|next| next == ";") => {
                    let list = if tests_only { &mut module.for_tests } else { &mut module.children };
                    list.insert(tokens[at + 1].clone());
                }
                "use" => {
                    let end = at + tokens[at..].iter().position(|token| token == ";").unwrap();
                    let handed_on = at > 0 && ["pub", ")"].contains(&tokens[at - 1].as_str());
                    if !tests_only {
                        let mut tree = &tokens[at + 1..end];
                        module.tree(&mut tree, &[], handed_on);
                    }
                    at = end;
                }
                "::" if at > 0 && !(at > 1 && tokens[at - 2] == "::") => {
                    let mut path = vec![tokens[at - 1].clone()];
                    let mut step = at;
                    while tokens.get(step).is_some_and(|token| token == "::")
                        && tokens.get(step + 1).is_some_and(|token| is_word(token))
                    {
                        path.push(tokens[step + 1].clone());
                        step += 2;
                    }
                    module.paths.insert(path);
                }
                _ => {}
            }
            tests_only &= ["pub", "(", "crate", "super", ")"].contains(&tokens[at].as_str());
            at += 1;
        }
        module
    }

    /// A tree of imports: `a::{b, c::d as e}`.
    fn tree(&mut self, tokens: &mut &[String], before: &[String], handed_on: bool) {
        let mut path = before.to_vec();
        let mut name = None;
        while let Some((first, rest)) = tokens.split_first() {
            *tokens = rest;
            match first.as_str() {
                "::" => {}
                "{" => {
                    while tokens.first().is_some_and(|token| token != "}") {
                        self.tree(tokens, &path, handed_on);
                    }
                    *tokens = tokens.get(1..).unwrap_or_default();
                    if tokens.first().is_some_and(|token| token == ",") {
                        *tokens = &tokens[1..];
                    }
                    return;
                }
                "as" => {
                    name = tokens.first().cloned();
                    *tokens = tokens.get(1..).unwrap_or_default();
                }
                "," => break,
                "*" => {}
                "self" if !path.is_empty() => {}
                word => path.push(word.to_owned()),
            }
            if tokens.first().is_some_and(|token| token == "}") {
                break;
            }
        }
        if handed_on {
            if let Some(name) = name.or_else(|| path.last().cloned()) {
                self.hands_on.insert(name, path);
            }
        } else {
            self.paths.insert(path);
        }
    }
}

/// Where the bracket that opens at `at` closes.
fn closing(tokens: &[String], at: usize) -> usize {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(at) {
        match token.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 && index > at {
            return index;
        }
    }
    tokens.len() - 1
}

fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Words, `::`, and single marks; without comments, texts and letters in quotes.
fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let get = |at: usize| letters.get(at).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let here = letters[at];
        if here == '/' && get(at + 1) == '/' {
            while at < letters.len() && letters[at] != '\n' {
                at += 1;
            }
        } else if here == '"' {
            at += 1;
            while at < letters.len() && letters[at] != '"' {
                at += if letters[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
        } else if here == 'r' && (get(at + 1) == '"' || get(at + 1) == '#') {
            let marks = letters[at + 1..].iter().take_while(|letter| **letter == '#').count();
            at += marks + 2;
            while at < letters.len()
                && !(letters[at] == '"'
                    && letters[at + 1..].iter().take_while(|letter| **letter == '#').count() >= marks)
            {
                at += 1;
            }
            at += marks + 1;
        } else if here == '\'' {
            // A letter in quotes, or the name of a lifetime.
            at += match (get(at + 1), get(at + 2)) {
                ('\\', _) => 3 + letters[at + 3..].iter().take_while(|letter| **letter != '\'').count() + 1,
                (_, '\'') => 3,
                _ => 1,
            };
        } else if here.is_alphanumeric() || here == '_' {
            let word: String =
                letters[at..].iter().take_while(|letter| letter.is_alphanumeric() || **letter == '_').collect();
            at += word.chars().count();
            tokens.push(word);
        } else if here == ':' && get(at + 1) == ':' {
            tokens.push("::".to_owned());
            at += 2;
        } else {
            if !here.is_whitespace() {
                tokens.push(here.to_string());
            }
            at += 1;
        }
    }
    tokens
}

#[test]
fn comments_texts_and_letters_in_quotes_are_no_code() {
    let text = "use a::b; // use c::d;\n/// e::f\nlet x: &'static str = \"g::h\"; let y = ('\"', '\\'', r#\"i::\"j\"#); k::l()";
    let module = Module::read("one.rs", text);
    let paths: Vec<String> = module.paths.iter().map(|path| path.join("::")).collect();
    assert_eq!(paths, ["a::b", "k::l"]);
}

#[test]
fn an_import_leads_to_the_file_that_defines_what_it_names() {
    let file = |name: &str, text: &str| (module_path(name), Module::read(name, text));
    let modules = BTreeMap::from([
        file("lib.rs", "mod shapes; mod user;"),
        file("shapes/mod.rs", "mod round; pub use round::{Ball as Sphere, Disc}; pub struct Cube;"),
        file("shapes/round.rs", "#[cfg(test)] mod tests { use crate::user::Never; }"),
        file("user.rs", ""),
    ]);
    let found = |path: &str| {
        let path: Vec<String> = path.split("::").map(str::to_owned).collect();
        file_of(&modules, &module_path("user.rs"), &path, 0)
    };
    assert_eq!(found("crate::shapes::Sphere").as_deref(), Some("shapes/round.rs"));
    assert_eq!(found("super::shapes::Disc").as_deref(), Some("shapes/round.rs"));
    assert_eq!(found("crate::shapes::Cube").as_deref(), Some("shapes/mod.rs"));
    assert_eq!(found("std::fmt"), None);
    assert!(modules[&module_path("shapes/round.rs")].paths.is_empty());
}

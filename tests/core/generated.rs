//! The checked-in files that are derived from the payload tables are current. With PORTFORM_GENERATED=write the test rewrites them
//! instead (`cargo xtask generate`), and removes those that nothing generates any more.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders in which every file is generated.
const FOLDERS: [&str; 2] = ["pkg-config/schemas", "pkg-config/reference"];

#[test]
fn generated_files_are_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let write = std::env::var("PORTFORM_GENERATED").is_ok_and(|mode| mode == "write");
    let files = portform::export::files();
    let mut stale = Vec::new();
    for (path, text) in &files {
        let place = root.join(path);
        if fs::read_to_string(&place).is_ok_and(|old| old == *text) {
            continue;
        }
        if write {
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(&place, text).unwrap();
        } else {
            stale.push(path.clone());
        }
    }
    let known: BTreeSet<PathBuf> = files.iter().map(|(path, _)| root.join(path)).collect();
    for path in FOLDERS.iter().flat_map(|folder| below(&root.join(folder))) {
        if known.contains(&path) {
            continue;
        }
        if write {
            fs::remove_file(&path).unwrap();
        } else {
            stale.push(path.strip_prefix(root).unwrap().display().to_string());
        }
    }
    assert!(stale.is_empty(), "stale, run `cargo xtask generate` and commit what it changes:\n{}", stale.join("\n"));
}

/// Every file below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

//! Where things are. Every other file names paths through these functions, so that commands work
//! from any folder and with any target directory.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::process;

/// The folder with the workspace's Cargo.toml.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// A path below the root, written with forward slashes.
pub fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// A path below the root that has to be there; `remedy` says what brings it.
pub fn existing(path: &str, remedy: &str) -> Outcome<PathBuf> {
    let found = at(path);
    if found.exists() {
        return Ok(found);
    }
    Err(Failure::new(format!("{path} is missing"), remedy))
}

/// Cargo's target directory, wherever the environment or a configuration file puts it.
pub fn target_dir() -> Outcome<PathBuf> {
    let remedy = "run `cargo metadata --no-deps` and mend the manifest that it complains about";
    let text = process::cargo(remedy).args(["metadata", "--no-deps", "--format-version", "1"]).read()?;
    let metadata: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| Failure::new(format!("cargo metadata: {error}"), remedy))?;
    metadata
        .get("target_directory")
        .and_then(serde_json::Value::as_str)
        .map(PathBuf::from)
        .ok_or_else(|| Failure::new("cargo metadata names no target directory", remedy))
}

/// Makes a folder, empty.
pub fn fresh_folder(path: &Path) -> Outcome {
    if path.exists() {
        fs::remove_dir_all(path).map_err(|error| cannot("empty", path, &error))?;
    }
    fs::create_dir_all(path).map_err(|error| cannot("make", path, &error))
}

/// The failure of a file operation.
pub fn cannot(verb: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(
        format!("cannot {verb} {}: {error}", path.display()),
        "check that the disk is not full and that you own the checkout, then run the command again",
    )
}

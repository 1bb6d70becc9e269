//! `cargo xtask generate`: rewrites the checked-in files that are derived from the payload tables.
//! The work is done by the test `tests/core/generated.rs`, which compares, or writes when it is told to, so
//! that a stale file is also found by a plain `cargo test`.

use super::unknown_arguments;
use crate::failure::Outcome;
use crate::process::cargo;
use crate::step::step;
use crate::workspace;

/// Rewrites the files, or with `--check` only compares them.
pub fn run(arguments: &[String]) -> Outcome {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => step("generate", || generated("write")),
        ["--check"] => step("generated files are current", || generated("check")),
        _ => Err(unknown_arguments("generate", &arguments.iter().map(ToString::to_string).collect::<Vec<_>>())),
    }
}

fn generated(mode: &str) -> Outcome {
    workspace::existing("tests/core/generated.rs", "restore it: it writes and compares the generated files")?;
    cargo("run `cargo xtask generate` and commit what it changes")
        .args(["test", "--quiet", "--package", "portform", "--test", "core", "generated::"])
        .env("PORTFORM_GENERATED", mode)
        .run()
}

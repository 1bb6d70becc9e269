//! `cargo xtask fmt-check`: rustfmt over the workspace, changing nothing.

use super::takes_nothing;
use crate::failure::Outcome;
use crate::process::cargo;
use crate::step::step;

/// Fails when a file is not formatted.
pub fn run(arguments: &[String]) -> Outcome {
    takes_nothing("fmt-check", arguments)?;
    step("formatting", || {
        cargo("run `cargo fmt --all` and commit what it changes").args(["fmt", "--all", "--check"]).run()
    })
}

//! `cargo xtask lint`: clippy over every target of the workspace and over the crate as it is compiled
//! for the browser, then the crate's documentation. A warning is an error.

use super::takes_nothing;
use crate::failure::Outcome;
use crate::process::cargo;
use crate::setup::{self, WASM};
use crate::step::step;

const REMEDY: &str = "mend what is reported above; an exception needs #[expect(…, reason = \"…\")]";

/// Runs all lints.
pub fn run(arguments: &[String]) -> Outcome {
    takes_nothing("lint", arguments)?;
    setup::wasm_target()?;
    step("clippy, native", || {
        cargo(REMEDY)
            .args(["clippy", "--quiet", "--workspace", "--all-targets"])
            .args(["--features", "xtask/wasm-test-runner,portform/client"])
            .args(["--", "-D", "warnings"])
            .run()
    })?;
    step("clippy, wasm", || {
        cargo(REMEDY)
            .args(["clippy", "--quiet", "--package", "portform", "--target", WASM, "--features", "wasm,client-wasm"])
            .args(["--lib", "--test", "wasm_node", "--test", "wasm_browser", "--", "-D", "warnings"])
            .run()
    })?;
    step("documentation", || {
        cargo("mend the documentation comments reported above")
            .args(["doc", "--quiet", "--package", "portform", "--no-deps", "--features", "client"])
            .env("RUSTDOCFLAGS", "-D warnings")
            .run()
    })
}

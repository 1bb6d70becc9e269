//! `cargo xtask size`: what a browser downloads, compressed as a server would, against the budget in
//! `pkg-config/size-budget.json`.

use super::takes_nothing;
use crate::failure::Outcome;
use crate::process::call;
use crate::step::step;
use crate::workspace;

/// Prints the sizes of the package in `pkg/` and fails when one is over its budget.
pub fn run(arguments: &[String]) -> Outcome {
    takes_nothing("size", arguments)?;
    workspace::existing("pkg/package.json", "run `cargo xtask build` first")?;
    check()
}

/// Prints the sizes and compares them with the budget.
pub fn check() -> Outcome {
    step("size", || measure(&[]))
}

/// Prints the sizes and judges nothing.
pub fn print() -> Outcome {
    step("size", || measure(&["--no-budget"]))
}

fn measure(arguments: &[&str]) -> Outcome {
    call("node", "find what grew, or raise pkg-config/size-budget.json in a commit that says what the bytes buy")
        .arg("scripts/size.mjs")
        .args(arguments)
        .within(&workspace::at("pkg-config"))
        .run()
}

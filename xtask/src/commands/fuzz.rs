//! `cargo xtask fuzz`: the standing campaign of `fuzz/`, for a bounded time. Kept inputs run first; what is found is kept beside them.

use crate::failure::Outcome;
use crate::process::{Call, cargo};
use crate::step::step;
use crate::workspace;

/// Fuzzes for a minute, or as long and as narrowly as the arguments say.
pub fn run(arguments: &[String]) -> Outcome {
    step("fuzz", || call(arguments.iter().cloned())?.run())
}

/// The campaign with these arguments; they are read by `fuzz/` itself.
pub fn call(arguments: impl IntoIterator<Item = String>) -> Outcome<Call> {
    workspace::existing("fuzz/seeds", "restore it: the inputs that were found before are there")?;
    Ok(cargo(
        "mend what the lines above name; the input that shows it was kept in fuzz/seeds, commit it with the mending",
    )
    .args(["run", "--quiet", "--profile", "fuzz", "--package", "portform-fuzz", "--"])
    .args(arguments))
}

//! `cargo xtask bench`: the side-by-side measurements. They live in `bench/`, an npm package of its
//! own, because most contestants do.

use super::{build, takes_nothing};
use crate::failure::Outcome;
use crate::process::call;
use crate::step::step;
use crate::{node, workspace};

/// Builds the package and runs the benchmark over it.
pub fn run(arguments: &[String]) -> Outcome {
    takes_nothing("bench", arguments)?;
    workspace::existing("bench/package.json", "restore bench/: the contestants and the runner are there")?;
    build::package()?;
    let bench = workspace::at("bench");
    node::install(&bench)?;
    step("bench", || {
        call("npm", "read the first error above; contestants that disagree are named there")
            .args(["run", "--silent", "bench"])
            .within(&bench)
            .run()
    })
}

//! `cargo xtask bench`: the side-by-side measurements. They live in `bench/`, an npm package of its
//! own, because most contestants do; the native contestants are the crate in `bench/native`.

use super::build;
use crate::failure::Outcome;
use crate::process::{call, cargo};
use crate::step::step;
use crate::{node, setup, workspace};

/// Builds the package and the native contestants, and runs the rows named, or all of them.
pub fn run(arguments: &[String]) -> Outcome {
    workspace::existing("bench/package.json", "restore bench/: the contestants and the runner are there")?;
    setup::browser()?;
    build::package()?;
    step("native contestants: cargo", || {
        cargo("mend the compiler's errors above in bench/native")
            .args(["build", "--release", "--package", "portform-bench"])
            .run()
    })?;
    let native = workspace::target_dir()?.join("release/portform-bench");
    let bench = workspace::at("bench");
    node::install(&bench)?;
    step("bench", || {
        call("node", "read the first error above; contestants that disagree are named there")
            .arg("src/main.js")
            .args(arguments)
            .env("PORTFORM_BENCH_NATIVE", &native)
            .within(&bench)
            .run()
    })
}

//! Fuzzing by `cargo xtask fuzz`: every kept input first, then inputs made at random and out of those that said something new, for as
//! long as is asked. What each target asserts stands in `targets/`; the same seed makes the same inputs in the same order.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a tool of the tests: what it cannot do ends it"
)]

mod agreement;
mod engine;
mod mutate;
mod targets;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use engine::Campaign;
use targets::TARGETS;

const USAGE: &str = "portform-fuzz [--seconds N] [--seed N] [TARGET…] | --run FILE";

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(said) => {
            eprintln!("{said}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<String>) -> Result<(), String> {
    let (mut seconds, mut seed, mut chosen) = (60.0, 1, Vec::new());
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value: {USAGE}"));
        match argument.as_str() {
            "--seconds" => {
                let text = value()?;
                seconds = text.parse().ok().filter(|it| (0.0..1e6).contains(it)).ok_or(format!("no time: {text}"))?;
            }
            "--seed" => {
                let text = value()?;
                seed = text.parse().map_err(|_| format!("no whole number: {text}"))?;
            }
            "--run" => return engine::run_file(&PathBuf::from(value()?)),
            name => match TARGETS.iter().find(|target| target.name == name) {
                Some(target) => chosen.push(target),
                None => {
                    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
                    return Err(format!("there is no target `{name}`; there are {}", names.join(", ")));
                }
            },
        }
    }
    if chosen.is_empty() {
        chosen.extend(TARGETS);
    }
    let share = Duration::from_secs_f64(seconds / chosen.len() as f64);
    let (mut passed, mut failed) = (0, 0);
    for target in &chosen {
        let campaign = Campaign::new(target, seed)?;
        let counted = campaign.run(share);
        passed += counted.passed;
        failed += counted.failed;
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "test result: {verdict}. {passed} passed; {failed} failed; inputs of {} targets, seed {seed}",
        chosen.len()
    );
    if failed == 0 { Ok(()) } else { Err("what failed is kept in fuzz/seeds: mend it, and commit the file".to_owned()) }
}

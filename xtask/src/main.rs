//! One command per job of the project: `cargo xtask help` lists them. This file only chooses the
//! command; each has a file of its own in `commands/`, and none of them knows the rules of a payload.

mod commands;
mod counts;
mod failure;
mod node;
mod process;
mod setup;
mod step;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_else(|| "help".to_owned());
    let rest: Vec<String> = arguments.collect();
    match commands::run(&name, &rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

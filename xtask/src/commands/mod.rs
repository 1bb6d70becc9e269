//! The commands by name. Adding one means a file here and a line in `COMMANDS`.

mod bench;
mod build;
mod demo;
mod fmt_check;
mod fuzz;
mod generate;
mod help;
mod lint;
mod size;
mod test;

use crate::failure::{Failure, Outcome};

/// One command: its name, its usage after the name, one line of help, and what it does.
struct Command {
    name: &'static str,
    usage: &'static str,
    help: &'static str,
    run: fn(&[String]) -> Outcome,
}

const COMMANDS: &[Command] = &[
    Command { name: "help", usage: "", help: "lists the commands", run: help::run },
    Command {
        name: "demo",
        usage: "[--port N]",
        help: "builds everything and serves the demo with proxy and sandbox on loopback",
        run: demo::run,
    },
    Command { name: "build", usage: "", help: "builds the npm package, ready to publish, in pkg/", run: build::run },
    Command {
        name: "test",
        usage: "[suite…]",
        help: "installs what tests need and runs every check, or only the suites named",
        run: test::run,
    },
    Command { name: "fmt-check", usage: "", help: "fails when a Rust file is not formatted", run: fmt_check::run },
    Command {
        name: "lint",
        usage: "",
        help: "clippy, native and for wasm, and the crate's documentation, warnings as errors",
        run: lint::run,
    },
    Command {
        name: "generate",
        usage: "[--check]",
        help: "rewrites the checked-in generated files, or fails when one is stale",
        run: generate::run,
    },
    Command {
        name: "size",
        usage: "",
        help: "prints what a browser downloads and holds it against the budget",
        run: size::run,
    },
    Command {
        name: "fuzz",
        usage: "[--seconds N] [--seed N] [TARGET…] | --run FILE",
        help: "runs what fuzzing found before, then fuzzes for a minute, or as told",
        run: fuzz::run,
    },
    Command {
        name: "bench",
        usage: "[--quick] [T1 …]",
        help: "measures against the peers and writes bench/RESULTS.md",
        run: bench::run,
    },
];

/// Runs the command of this name.
pub fn run(name: &str, arguments: &[String]) -> Outcome {
    let name = match name {
        "-h" | "--help" => "help",
        other => other,
    };
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(arguments),
        None => Err(Failure::new(format!("there is no command `{name}`"), "`cargo xtask help` lists the commands")),
    }
}

/// The answer to arguments that a command does not take.
fn unknown_arguments(command: &str, arguments: &[String]) -> Failure {
    Failure::new(
        format!("`{command}` does not take `{}`", arguments.join(" ")),
        "`cargo xtask help` shows what each command takes",
    )
}

/// For commands without arguments.
fn takes_nothing(command: &str, arguments: &[String]) -> Outcome {
    if arguments.is_empty() {
        return Ok(());
    }
    Err(unknown_arguments(command, arguments))
}

//! `cargo xtask help`: the list of commands, made from their table.

use super::{COMMANDS, takes_nothing};
use crate::failure::Outcome;

/// Prints the commands.
pub fn run(arguments: &[String]) -> Outcome {
    takes_nothing("help", arguments)?;
    println!("cargo xtask <command>\n");
    for command in COMMANDS {
        let call = format!("{} {}", command.name, command.usage);
        println!("  {call:<20} {}", command.help);
    }
    println!("\n  suites of `test`: {}", super::test::suite_names());
    Ok(())
}

//! Progress: each piece of work is a step with a name and, at its end, the time it took. Steps write
//! to standard error, so that what a tool prints can be piped on alone.

use std::time::Instant;

use crate::failure::Outcome;

/// Runs `work` under a heading and tells how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    eprintln!("==> {name}");
    let start = Instant::now();
    let outcome = work();
    let seconds = start.elapsed().as_secs_f64();
    match &outcome {
        Ok(_) => eprintln!("    {name}: done in {seconds:.1} s"),
        Err(_) => eprintln!("    {name}: failed after {seconds:.1} s"),
    }
    outcome
}

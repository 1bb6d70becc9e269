//! The native contestants: portform, and serde with validator's derive, over the same JSON text as the others. The first argument
//! says which, the second is the file. `check` prints the issues; otherwise every line on standard input asks for one sample, which
//! is answered with nanoseconds for one check. It measures; it compares nothing.

mod peer;

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use portform::{Options, Payload};

/// A sample repeats the work until at least so much time has gone by.
const SAMPLE: Duration = Duration::from_millis(10);

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(what), Some(payload), Some(file)) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("usage: portform-bench check|portform|validator|serde_json PAYLOAD FILE");
        return ExitCode::FAILURE;
    };
    let Some(payload) = portform::payload(&payload) else {
        eprintln!("there is no payload `{payload}`");
        return ExitCode::FAILURE;
    };
    let bytes = match std::fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("cannot read {file}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = match what.as_str() {
        "check" => check(payload, &bytes),
        "portform" => samples(|| portform_issues(payload, &bytes)),
        "validator" => samples(|| peer::issues(&bytes)),
        "serde_json" => samples(|| usize::from(serde_json::from_slice::<serde_json::Value>(&bytes).is_ok())),
        "memory" => memory(payload, &bytes),
        _ => {
            eprintln!("there is no contestant `{what}`");
            return ExitCode::FAILURE;
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn check(payload: &'static Payload, bytes: &[u8]) -> std::io::Result<()> {
    let options = Options::default();
    writeln!(std::io::stdout(), "{}", portform::check_json(payload, bytes, &options).issues_json())
}

fn portform_issues(payload: &'static Payload, bytes: &[u8]) -> usize {
    let options = Options::default();
    let report = portform::check_json(payload, bytes, &options);
    usize::from(report.valid()) + report.len()
}

/// Bytes that a live form of this draft holds, texts left out.
fn memory(payload: &'static Payload, bytes: &[u8]) -> std::io::Result<()> {
    match portform::form::Form::from_json(payload, Options::default(), bytes) {
        Ok(form) => writeln!(std::io::stdout(), "{}", form.memory()),
        Err((line, column)) => Err(std::io::Error::other(format!("not JSON at {line}:{column}"))),
    }
}

/// The processor time of this thread in nanoseconds where Linux tells it, as for the other contestants; else the time on the wall.
fn clock(since: Instant) -> u128 {
    // The kernel brings the figure up to date when the thread stops running.
    std::thread::sleep(Duration::from_micros(50));
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let time = told.as_deref().and_then(|told| told.split(' ').next()).and_then(|time| time.parse().ok());
    time.unwrap_or_else(|| since.elapsed().as_nanos())
}

fn samples(work: impl Fn() -> usize) -> std::io::Result<()> {
    let begin = Instant::now();
    while begin.elapsed() < 10 * SAMPLE {
        black_box(work());
    }
    let mut out = std::io::stdout();
    writeln!(out, "{}", work())?;
    out.flush()?;
    for line in std::io::stdin().lock().lines() {
        line?;
        let (start, round) = (clock(begin), Instant::now());
        let mut count = 0;
        while round.elapsed() < SAMPLE {
            black_box(work());
            count += 1;
        }
        writeln!(out, "{}", clock(begin).saturating_sub(start) / count)?;
        out.flush()?;
    }
    Ok(())
}

//! Writes the shared corpus of the agreement tests to the standard output, a case to a line with what the native checker says of it;
//! the package's tests hold the wasm and a JSON Schema validator of others to the same. Arguments: how many cases, the seed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a tool of the tests"
)]

#[path = "case.rs"]
mod case;
#[path = "choices.rs"]
mod choices;
#[path = "container.rs"]
mod container;
#[path = "json.rs"]
mod json;
#[path = "mutate.rs"]
mod mutate;
#[path = "plausible.rs"]
#[expect(dead_code, reason = "what only the native test looks for stands there too")]
mod plausible;

use std::io::Write;

use portform::preview::LocalizedPreview;
use portform::{check_json, states_json};

use case::Case;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().expect("a whole number"));
    let (count, seed) = (arguments.next().unwrap_or(1_000), arguments.next().unwrap_or(1));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for number in 0..count {
        writeln!(out, "{}", line(&Case::of(&choices::bytes(seed, number, 600)), number % 10 == 0))?;
    }
    out.flush()
}

/// One case; `whole` adds the states of its fields and the preview.
fn line(case: &Case, whole: bool) -> String {
    let options = case.options();
    let report = check_json(case.payload, case.text.as_bytes(), &options);
    let mut line = format!(
        r#"{{"payload":"{}","options":{},"lossless":{},"text":{},"valid":{},"issues":{},"body":{}"#,
        case.payload.name(),
        case.options,
        case.lossless,
        serde_json::to_string(&case.text).unwrap(),
        report.valid(),
        report.issues_json(),
        serde_json::to_string(&report.body()).unwrap(),
    );
    if whole && let Some(preview) = report.preview() {
        let states = serde_json::to_string(&states_json(case.payload, case.text.as_bytes(), &options)).unwrap();
        let preview = serde_json::to_string(&LocalizedPreview(&preview, report.locale())).unwrap();
        line.push_str(&format!(r#","states":{states},"preview":{preview}"#));
    }
    line.push('}');
    line
}

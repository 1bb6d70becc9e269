//! Runs one wasm test binary in Node or in headless Chromium. `cargo test --target
//! wasm32-unknown-unknown` calls it for each test file; it adds nothing to wasm-bindgen's own runner.
use std::process::ExitCode;

fn main() -> ExitCode {
    match wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

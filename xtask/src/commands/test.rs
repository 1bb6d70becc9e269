//! `cargo xtask test`: every check of the project, on a machine that has only Rust and Node. Suites run
//! in the order of `SUITES`; the first that fails ends the run. A suite whose files are missing, that
//! ran no test, or that skipped one, has failed.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use super::{build, demo, fmt_check, fuzz, generate, lint, size};
use crate::counts::Counts;
use crate::failure::{Failure, Outcome};
use crate::process::{Call, call, cargo};
use crate::setup::{self, Browser, WASM};
use crate::step::step;
use crate::{node, workspace};

/// A suite: its name, and whether it looks at the package in `pkg/`, which is then built first.
struct Suite {
    name: &'static str,
    needs_package: bool,
    run: fn(&mut Tally) -> Outcome,
}

const SUITES: &[Suite] = &[
    suite("format", false, |_| fmt_check::run(&[])),
    suite("lint", false, |_| lint::run(&[])),
    suite("generated", false, |_| generate::run(&["--check".to_owned()])),
    suite("cargo", false, native),
    suite("fuzz", false, campaign),
    suite("node", false, wasm_in_node),
    suite("browser", false, wasm_in_browser),
    suite("types", true, |_| types()),
    suite("package", true, package),
    suite("size", true, |_| size::check()),
    suite("www", true, |_| demo::page()),
    suite("e2e", true, end_to_end),
    suite("integrations", true, integrations),
];

const fn suite(name: &'static str, needs_package: bool, run: fn(&mut Tally) -> Outcome) -> Suite {
    Suite { name, needs_package, run }
}

/// What the runners counted, in the order in which they ran.
#[derive(Default)]
struct Tally(Vec<(&'static str, Counts)>);

/// The names of all suites, for the help text.
pub fn suite_names() -> String {
    let names: Vec<&str> = SUITES.iter().map(|suite| suite.name).collect();
    names.join(", ")
}

/// Runs all suites, or those named.
pub fn run(arguments: &[String]) -> Outcome {
    if let Some(unknown) = arguments.iter().find(|name| !SUITES.iter().any(|suite| suite.name == **name)) {
        return Err(Failure::new(
            format!("there is no suite `{unknown}`"),
            format!("the suites are {}", suite_names()),
        ));
    }
    let chosen: Vec<&Suite> =
        SUITES.iter().filter(|suite| arguments.is_empty() || arguments.iter().any(|name| name == suite.name)).collect();
    let mut tally = Tally::default();
    let outcome = run_suites(&chosen, &mut tally);
    println!();
    for (name, counts) in &tally.0 {
        println!("{name}: {counts}");
    }
    outcome
}

fn run_suites(suites: &[&Suite], tally: &mut Tally) -> Outcome {
    let mut package_is_built = false;
    for suite in suites {
        if suite.needs_package && !package_is_built {
            build::package()?;
            package_is_built = true;
        }
        (suite.run)(tally)?;
    }
    Ok(())
}

/// How many generated payloads each of the five native properties sees, and how many the built package does.
const NATIVE_CASES: &str = "20000";
const PACKAGE_CASES: &str = "100000";

fn native(tally: &mut Tally) -> Outcome {
    setup::postgresql()?;
    setup::front_servers()?;
    let tests = cargo("read the first failing test above; `cargo test --workspace NAME` runs it alone")
        .args(["test", "--workspace", "--features", "portform/client"])
        .env("PORTFORM_CASES", cases(NATIVE_CASES));
    counted("cargo", tests, tally)
}

/// The number of generated payloads, unless the environment asks for another.
fn cases(usual: &str) -> OsString {
    std::env::var_os("PORTFORM_CASES").unwrap_or_else(|| usual.into())
}

/// How long all fuzz targets together look for something new, in seconds.
const FUZZING: &str = "60";

fn campaign(tally: &mut Tally) -> Outcome {
    counted("fuzz", fuzz::call(["--seconds".to_owned(), FUZZING.to_owned()])?, tally)
}

fn wasm_in_node(tally: &mut Tally) -> Outcome {
    setup::node()?;
    counted("node", wasm_tests("wasm_node")?, tally)
}

fn wasm_in_browser(tally: &mut Tally) -> Outcome {
    let browser = setup::browser()?;
    let capabilities = capabilities(&browser)?;
    let tests = wasm_tests("wasm_browser")?
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    counted("browser", tests, tally)
}

/// One of the two test files that are compiled to wasm, with the runner that knows how to start it.
fn wasm_tests(name: &str) -> Outcome<Call> {
    setup::wasm_target()?;
    step("wasm test runner: cargo", || {
        cargo("check that crates.io is reachable, and run the command again")
            .args(["build", "--package", "xtask", "--bin", "wasm-test-runner"])
            .args(["--features", "wasm-test-runner"])
            // Its HTTP server has an old dependency; the notice would stand in every run.
            .env("CARGO_FUTURE_INCOMPAT_REPORT_FREQUENCY", "never")
            .run()
    })?;
    let runner = format!("debug/wasm-test-runner{}", std::env::consts::EXE_SUFFIX);
    workspace::existing(&format!("tests/{name}.rs"), "restore it: it is one of the two wasm test files")?;
    Ok(cargo("read the first failing test above")
        .args(["test", "--package", "portform", "--features", "wasm"])
        .args(["--target", WASM, "--test", name])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", workspace::target_dir()?.join(runner)))
}

/// Writes how ChromeDriver shall start Chromium, which makes a fresh profile for each session.
fn capabilities(browser: &Browser) -> Outcome<PathBuf> {
    let mut flags = vec![
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    if browser.as_root {
        flags.push("--no-sandbox");
    }
    let json = serde_json::json!({
        "goog:chromeOptions": { "binary": browser.chromium, "args": flags }
    });
    let path = workspace::target_dir()?.join("webdriver.json");
    fs::write(&path, json.to_string()).map_err(|error| workspace::cannot("write", &path, &error))?;
    Ok(path)
}

/// The sources and tests of the package against the compiler, then the declarations that ship, as a
/// strict project sees them.
fn types() -> Outcome {
    step("types: tests and shipped declarations", || {
        call("npm", "mend the types reported above; consumers of the package would see the same errors")
            .args(["run", "--silent", "check"])
            .within(&workspace::at("pkg-config"))
            .run()
    })
}

fn package(tally: &mut Tally) -> Outcome {
    step("corpus: cargo", || {
        cargo("mend the compiler's errors above, in tests/agreement")
            .args(["build", "--package", "portform", "--example", "corpus"])
            .run()
    })?;
    let corpus = format!("debug/examples/corpus{}", std::env::consts::EXE_SUFFIX);
    let tests = call("npm", "`npx vitest run -t NAME` in pkg-config runs one test; the package is tested as built")
        .args(["run", "--silent", "test"])
        .within(&workspace::existing("pkg-config/test", "restore it: the tests of the built package")?)
        .env("PORTFORM_CORPUS", workspace::target_dir()?.join(corpus))
        .env("PORTFORM_CASES", cases(PACKAGE_CASES));
    counted("package", tests, tally)
}

fn end_to_end(tally: &mut Tally) -> Outcome {
    let browser = setup::browser()?;
    let folder = workspace::existing("tests/e2e", "restore it: the tests of the demo in a real browser")?;
    node::install(&folder)?;
    let page = workspace::existing("www/dist", "run `cargo xtask test www e2e`, which builds the page first")?;
    let tests = call("npm", "read the first failing test above; `cargo xtask demo` shows the same page")
        .args(["run", "--silent", "test"])
        .within(&folder)
        .env("PORTFORM_PROXY", demo::proxy()?)
        .env("PORTFORM_WWW", page)
        .env("PORTFORM_CHROMIUM", &browser.chromium);
    counted("e2e", tests, tally)
}

/// The package beside the frameworks and libraries that it is used with, each as its registry carries it.
fn integrations(tally: &mut Tally) -> Outcome {
    let browser = setup::browser()?;
    let folder = workspace::existing("integrations", "restore it: the package beside the frameworks it is used with")?;
    node::install(&folder)?;
    let tests = call(
        "npm",
        "`node --test tests/FILE` in integrations runs one file; `cargo xtask build` makes what it installs",
    )
    .args(["run", "--silent", "test"])
    .within(&folder)
    .env("PORTFORM_CHROMIUM", &browser.chromium);
    counted("integrations", tests, tally)
}

/// Runs a test runner, shows its output and keeps its counts.
fn counted(name: &'static str, tests: Call, tally: &mut Tally) -> Outcome {
    step(&format!("tests: {name}"), || {
        let (lines, outcome) = tests.env("NO_COLOR", "1").run_reading();
        let counts = Counts::of(&lines);
        if counts != Counts::default() {
            tally.0.push((name, counts));
        }
        outcome?;
        if counts.passed == 0 || counts.failed > 0 || counts.skipped > 0 {
            return Err(Failure::new(
                format!("the tests of `{name}` ended without an error, but with {counts}"),
                "every test has to run and pass: remove what skips it, or find why none was found",
            ));
        }
        Ok(())
    })
}

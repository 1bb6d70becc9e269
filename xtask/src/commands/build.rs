//! `cargo xtask build`: from the crate to the npm package in `pkg/`. This file makes the wasm and its
//! glue; how the package is laid out is decided by `pkg-config/scripts/build.mjs`.

use std::fs;
use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use super::{size, takes_nothing};
use crate::failure::{Failure, Outcome};
use crate::process::{call, cargo};
use crate::setup::{self, WASM};
use crate::step::step;
use crate::{node, workspace};

/// What the module may use, one by one: all of it is in Node 20 and in every browser since 2022.
/// `--all-features` would let wasm-opt write what Node 20 refuses to load.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Larger functions than these are not copied into their callers. The compiler's own bound (275) costs 5 KB of brotli more, and
/// checks and edits are no faster for it.
const INLINING: &str = "-Cllvm-args=-inline-threshold=150";

/// How wasm-opt works, beside its level.
const OPTIMISING: &[&str] = &[
    "-O3",
    // The stack stands first in memory and grows down to address 0, so that its lowest 1,024 bytes are only reached by a stack that
    // is about to overflow: offsets may be folded into loads and stores. 1 KB of brotli less.
    "--low-memory-unused",
    // Cut into hundreds of segments without the zeros between, the data are shorter, but their brotli is 3 KB longer.
    "--skip-pass=memory-packing",
];

/// Builds the package and prints its sizes.
pub fn run(arguments: &[String]) -> Outcome {
    takes_nothing("build", arguments)?;
    package()?;
    size::print()?;
    eprintln!("\nThe package is in pkg/: try it with `npm pack ./pkg`, publish it with `npm publish ./pkg`.");
    Ok(())
}

/// Builds the package.
pub fn package() -> Outcome {
    setup::wasm_target()?;
    setup::node()?;
    step("wasm: cargo", || {
        cargo("mend the compiler's errors above; `cargo check --features wasm` shows them faster")
            .args(["build", "--release", "--package", "portform", "--lib"])
            .args(["--target", WASM, "--features", "wasm"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", INLINING)
            .run()
    })?;
    let built = workspace::at("pkg-config/build");
    let raw = workspace::target_dir()?.join(WASM).join("release/portform.wasm");
    step("wasm: wasm-bindgen", || glue(&raw, &built))?;
    let pkg_config = workspace::at("pkg-config");
    node::install(&pkg_config)?;
    step("wasm: wasm-opt", || optimise(&built))?;
    step("package: bundle, declarations, manifest", || {
        call("node", "mend what is reported above in pkg-config/src, then run `cargo xtask build` again")
            .arg("scripts/build.mjs")
            .within(&pkg_config)
            .run()
    })
}

/// Writes `bindgen.js`, `bindgen.d.ts` and `bindgen_bg.wasm`; pkg-config/scripts/glue.mjs makes `glue.js` of it.
fn glue(raw: &Path, built: &Path) -> Outcome {
    workspace::fresh_folder(built)?;
    Bindgen::new()
        .input_path(raw)
        .out_name("bindgen")
        .web(true)
        .and_then(|bindgen| {
            bindgen.typescript(true).remove_name_section(true).remove_producers_section(true).generate(built)
        })
        .map_err(|error| {
            Failure::new(
                format!("wasm-bindgen: {error:#}"),
                "if it speaks of a schema version, give wasm-bindgen in Cargo.toml and \
                 wasm-bindgen-cli-support in xtask/Cargo.toml the same version",
            )
        })
}

/// Writes `portform.wasm`, the module that ships.
fn optimise(built: &Path) -> Outcome {
    let from = built.join("bindgen_bg.wasm");
    call(
        "node",
        "delete pkg-config/node_modules and run `cargo xtask build` again; if wasm-opt names a \
         feature that is not enabled, add it to WASM_FEATURES in xtask and try the package in Node 20",
    )
    .arg(workspace::at("pkg-config/node_modules/binaryen/bin/wasm-opt"))
    .arg(&from)
    .args(WASM_FEATURES)
    .args(OPTIMISING)
    .arg("--output")
    .arg(built.join("portform.wasm"))
    .run()?;
    fs::remove_file(&from).map_err(|error| workspace::cannot("remove", &from, &error))
}

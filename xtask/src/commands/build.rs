//! `cargo xtask build`: from the crate to the npm package in `pkg/`. This file makes the wasm and its
//! glue; how the package is laid out is decided by `pkg-config/scripts/build.mjs`.

use std::fs;
use std::path::{Path, PathBuf};

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

/// The client's bound. The one that its level of optimisation has (5) leaves so many small functions that they cost 3 KB of brotli more.
const CLIENT_INLINING: &str = "-Cllvm-args=-inline-threshold=15";

/// One of the modules of the package: what it is compiled from and how.
struct Module {
    /// Its files in `pkg-config/build`: `NAME.wasm`, and the glue that wasm-bindgen writes for it; pkg-config/scripts/glue.mjs makes
    /// the engine's `glue.js` of that.
    name: &'static str,
    glue: &'static str,
    profile: &'static str,
    features: &'static str,
    /// How much the compiler copies into callers.
    inlining: &'static str,
    level: &'static str,
}

const MODULES: [Module; 2] = [
    Module {
        name: "portform",
        glue: "bindgen",
        profile: "release",
        features: "wasm",
        inlining: INLINING,
        level: "-O3",
    },
    // The client waits for the network: small, not fast, and without the engine in it.
    Module {
        name: "client",
        glue: "client-glue",
        profile: "client",
        features: "client-wasm",
        inlining: CLIENT_INLINING,
        level: "-Oz",
    },
];

/// How wasm-opt works, beside its level.
const OPTIMISING: &[&str] = &[
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
    let pkg_config = workspace::at("pkg-config");
    node::install(&pkg_config)?;
    let built = workspace::at("pkg-config/build");
    workspace::fresh_folder(&built)?;
    for module in &MODULES {
        compile(module, &built)?;
    }
    step("package: bundle, declarations, manifest", || {
        call("node", "mend what is reported above in pkg-config/src, then run `cargo xtask build` again")
            .arg("scripts/build.mjs")
            .within(&pkg_config)
            .run()
    })
}

fn compile(module: &Module, built: &Path) -> Outcome {
    let Module { name, profile, features, inlining, .. } = module;
    step(&format!("wasm: cargo ({name})"), || {
        cargo("mend the compiler's errors above; `cargo check --features wasm` shows them faster")
            .args(["build", "--profile", profile, "--package", "portform", "--lib"])
            .args(["--target", WASM, "--features", features])
            .env("CARGO_ENCODED_RUSTFLAGS", flags(inlining))
            .run()
    })?;
    let raw = workspace::target_dir()?.join(WASM).join(profile).join("portform.wasm");
    step(&format!("wasm: wasm-bindgen ({name})"), || glue(module, &raw, built))?;
    step(&format!("wasm: wasm-opt ({name})"), || optimise(module, built))
}

/// The compiler's flags, in the form that lets a path have spaces. What ships names no folder of whoever builds it: a place in a
/// crate, which a panic can name, is told below `crates`, and one of ours below `portform`.
fn flags(inlining: &str) -> String {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let mut flags = vec![format!("--remap-path-prefix={}=portform", workspace::root().display())];
    flags.extend(home.map(|home| format!("--remap-path-prefix={}=crates", home.join("registry/src").display())));
    flags.push(inlining.to_owned());
    flags.join("\u{1f}")
}

/// Writes the glue, its types, and the module as wasm-bindgen leaves it.
fn glue(module: &Module, raw: &Path, built: &Path) -> Outcome {
    Bindgen::new()
        .input_path(raw)
        .out_name(module.glue)
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

/// Writes the module that ships.
fn optimise(module: &Module, built: &Path) -> Outcome {
    let from = built.join(format!("{}_bg.wasm", module.glue));
    call(
        "node",
        "delete pkg-config/node_modules and run `cargo xtask build` again; if wasm-opt names a \
         feature that is not enabled, add it to WASM_FEATURES in xtask and try the package in Node 20",
    )
    .arg(workspace::at("pkg-config/node_modules/binaryen/bin/wasm-opt"))
    .arg(&from)
    .args(WASM_FEATURES)
    .arg(module.level)
    .args(OPTIMISING)
    .arg("--output")
    .arg(built.join(format!("{}.wasm", module.name)))
    .run()?;
    fs::remove_file(&from).map_err(|error| workspace::cannot("remove", &from, &error))
}

//! The wasm tests in Node. What they test is in `wasm/mod.rs`.
#![cfg(target_arch = "wasm32")]

mod wasm;

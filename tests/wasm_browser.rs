//! The wasm tests in a headless browser. What they test is in `wasm/mod.rs`.
#![cfg(target_arch = "wasm32")]

mod wasm;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

//! The wasm module in Node.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod wasm;

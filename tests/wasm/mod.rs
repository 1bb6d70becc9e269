//! One body of tests for both wasm runners. The package's own tests in pkg-config/test go through the public JavaScript interface
//! instead, and the rules have their tests natively.

mod boundary;
mod engine;

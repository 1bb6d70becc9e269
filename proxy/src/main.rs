//! The organisation's proxy.
fn main() {}

//! The rules of two government interfaces, written once as tables: the НМФО Portal and eHealth contract requests.
//!
//! `table` is the vocabulary, `payloads` the tables. `read` fills a `draft`, `reading` says which value counts, `check` finds
//! issues, `states` what is required now, `preview` writes the outgoing body, `form` does all of it edit by edit, `export` gives what
//! else a table knows. `wasm` is the boundary to JavaScript.

#[cfg(feature = "client")]
pub mod client;
pub mod context;
pub mod explain;
pub mod export;
pub mod form;
pub mod input;
pub mod issue;
pub mod kinds;
pub mod messages;
pub mod options;
pub mod options_read;
pub mod payloads;
pub mod preview;
pub mod rules;
pub mod table;
pub mod view;

#[cfg(feature = "wasm")]
mod block;
mod check;
mod contents;
mod context_read;
mod draft;
mod issues;
mod json;
mod nothing;
mod previous;
mod read;
mod reading;
mod reference;
mod report;
mod room;
mod row_key;
mod rows;
mod states;
mod tree;
#[cfg(feature = "wasm")]
pub mod wasm;
mod watch;

pub use input::{Input, Packed};
pub use issue::{Issue, Severity};
pub use options::{Locale, Mode, Options};
pub use report::{Report, check, check_json, check_json_watched};
pub use row_key::Seed;
pub use states::{FieldState, states_json, states_of};
pub use table::Payload;
pub use watch::{Stage, Watch};

/// Every payload of both interfaces.
pub fn payloads() -> &'static [&'static Payload] {
    payloads::ALL
}

/// The payload of this name, such as `cycle.create`.
pub fn payload(name: &str) -> Option<&'static Payload> {
    payloads::ALL.iter().copied().find(|payload| payload.name() == name)
}

/// The samples of the README are compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

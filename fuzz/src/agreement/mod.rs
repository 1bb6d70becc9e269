//! The generator of the agreement tests: plausible payloads of every table, mutated, decided by a sequence of bytes.
#![allow(dead_code, reason = "the agreement tests use the rest")]

#[path = "../../../tests/agreement/case.rs"]
pub mod case;
#[path = "../../../tests/agreement/choices.rs"]
pub mod choices;
#[path = "../../../tests/agreement/container.rs"]
pub mod container;
#[path = "../../../tests/agreement/json.rs"]
pub mod json;
#[path = "../../../tests/agreement/mutate.rs"]
pub mod mutate;
#[path = "../../../tests/agreement/plausible.rs"]
pub mod plausible;

//! Everything that the crate promises natively, in one binary: a file per group of rules, the live form against the whole check, and
//! what is generated. Seen from outside, through the crate's public API.
#![cfg(not(target_arch = "wasm32"))]

mod arrows;
mod explain_shapes;
mod form;
mod form_contract;
mod form_edits;
mod form_overfull;
mod form_parts;
mod form_reference;
mod form_remarks;
mod generated;
mod inputs;
mod options;
mod rule_ids;
mod rules_answers;
mod rules_application;
mod rules_contract;
mod rules_cycle;
mod rules_envelope;
mod rules_explain;
mod rules_programme;
mod rules_reading;
mod rules_results;
mod rules_specialities;
mod rules_status;
mod rules_structure;
mod script;
mod support;
mod typed;
mod values_dates;
mod values_numbers;
mod values_texts;
mod watch;
mod wording;

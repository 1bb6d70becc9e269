//! What the Portal has sent, kept for the information system until it has taken it over.

pub mod notice;

//! One file per leaf format: how a text is read as a number or a date, and whether it looks like an address, a phone number or
//! an identifier. Each is a pure function of the text; none knows fields, issues or drafts.

pub mod contact;
pub mod date;
pub mod decimal;
pub(crate) mod identifiers;
pub mod status;
pub mod text;
pub mod uuid;

//! What a table gives besides checking: the list of its fields, a JSON Schema, TypeScript types and a field reference. All of it is
//! derived from the rows; nothing here knows a payload by name.

pub mod fields;

pub use fields::{FieldInfo, fields};

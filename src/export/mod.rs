//! What a table gives besides checking: the list of its fields, a JSON Schema, TypeScript types and a field reference. All of it is
//! derived from the rows. Only one payload is known by name: the envelope, because its field holds another payload.

pub mod fields;
pub mod json_schema;

#[cfg(not(target_arch = "wasm32"))]
mod files;
mod json;
#[cfg(not(target_arch = "wasm32"))]
mod markdown;
#[cfg(not(target_arch = "wasm32"))]
mod typescript;

pub use fields::{FieldInfo, fields};
#[cfg(not(target_arch = "wasm32"))]
pub use files::files;
pub use json_schema::json_schema;

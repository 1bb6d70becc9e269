//! JSON text of what the crate tells. Its types are made of what JSON has, and a text has no way to fail.

use serde::Serialize;

/// The JSON text of a value.
pub(crate) fn text<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Appends a text as a JSON string.
pub(crate) fn quote(out: &mut String, value: &str) {
    out.push_str(&text(value));
}

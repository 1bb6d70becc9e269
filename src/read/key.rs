//! Which row of its table a key of an object means: mostly the next one, else one found by its name, an alias or another spelling.

use crate::kinds::letters::same_bytes;
use crate::table::Record;

/// What a key means.
pub(super) enum Found {
    Row(usize),
    Renamed(usize, Box<str>),
    Unknown(Box<str>),
}

/// Finds the row of a key; objects mostly come in the order of the table, so the next row is tried first.
pub(super) fn find(spec: &'static Record, next: usize, key: &str) -> Found {
    if spec.fields.get(next).is_some_and(|row| same_bytes(row.name.as_bytes(), key.as_bytes())) {
        return Found::Row(next);
    }
    if let Some(at) = spec.find(key) {
        return Found::Row(at);
    }
    let matches = |name: &str| name.eq_ignore_ascii_case(key);
    let renamed =
        spec.fields.iter().position(|row| matches(row.name) || row.aliases.iter().any(|alias| matches(alias)));
    match renamed {
        Some(at) => Found::Renamed(at, key.into()),
        None => Found::Unknown(key.into()),
    }
}

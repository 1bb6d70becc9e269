//! Which row of its table a key of an object means: mostly the next one, else one found by its name, an alias or another spelling.

use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Visitor};

use crate::table::Record;

/// What a key means.
pub(super) enum Found {
    Row(usize),
    Renamed(usize, Box<str>),
    Unknown(Box<str>),
}

/// Finds the row of a key; objects mostly come in the order of the table, so the next row is tried first.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub(super) spec: &'static Record,
    pub(super) next: usize,
}

impl<'s> DeserializeSeed<'s> for Key {
    type Value = Found;

    fn deserialize<D: Deserializer<'s>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Found;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_u64<E>(self, index: u64) -> Result<Found, E> {
        Ok(Found::Row(usize::try_from(index).unwrap_or(usize::MAX).min(self.spec.fields.len().saturating_sub(1))))
    }

    fn visit_str<E>(self, key: &str) -> Result<Found, E> {
        if self.spec.fields.get(self.next).is_some_and(|row| same(row.name.as_bytes(), key.as_bytes())) {
            return Ok(Found::Row(self.next));
        }
        if let Some(at) = self.spec.find(key) {
            return Ok(Found::Row(at));
        }
        let matches = |name: &str| name.eq_ignore_ascii_case(key);
        let renamed =
            self.spec.fields.iter().position(|row| matches(row.name) || row.aliases.iter().any(|alias| matches(alias)));
        Ok(match renamed {
            Some(at) => Found::Renamed(at, key.into()),
            None => Found::Unknown(key.into()),
        })
    }
}

/// Whether the texts are equal, eight bytes at a time: in wasm the comparison that the compiler calls goes byte by byte.
#[inline]
fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        (Some(end), Some(other_end)) => {
            // As numbers, because arrays are compared by that same call.
            let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
            let mut words = one.as_chunks().0.iter().zip(other.as_chunks().0);
            word(end) == word(other_end) && words.all(|(one, other)| word(one) == word(other))
        }
        _ => one.iter().eq(other),
    }
}

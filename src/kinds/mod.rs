//! One file per leaf format: how a text is read as a number or a date, and whether it looks like an address, a phone number or
//! an identifier. Each is a pure function of the text; none knows fields, issues or drafts.
//! Only `identifiers`, which weighs what some of them find, knows codes and readings.

pub mod base64;
pub mod boolean;
pub mod cms;
pub mod contact;
pub mod contract_number;
pub mod date;
pub mod decimal;
pub mod edrpou;
pub mod ehealth_name;
pub mod iban;
pub(crate) mod identifiers;
pub(crate) mod letters;
pub mod rnokpp;
pub mod snils;
pub mod status;
pub mod text;
pub mod uuid;
pub(crate) mod written;

/// What an identifier with a check number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Of the right shape, and the check number fits.
    Right,
    /// Of another shape.
    Format,
    /// Of the right shape, with a wrong check number.
    Checksum,
}

/// The digits of a text of exactly so many digits and nothing else.
fn digits<const N: usize>(text: &str) -> Option<[u32; N]> {
    let bytes: &[u8; N] = text.as_bytes().try_into().ok()?;
    bytes.iter().all(u8::is_ascii_digit).then(|| bytes.map(|byte| u32::from(byte - b'0')))
}

/// Numbers of the list in the shared test vectors.
#[cfg(test)]
fn vectors(identifier: &str, list: &str) -> Vec<String> {
    let all = include_str!("../../tests/fixtures/identifiers.json");
    let all: serde_json::Value = serde_json::from_str(all).unwrap_or_default();
    let found: Vec<String> = serde_json::from_value(all[identifier][list].clone()).unwrap_or_default();
    assert!(!found.is_empty(), "no vectors {identifier}.{list}");
    found
}

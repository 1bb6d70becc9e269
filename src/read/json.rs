//! JSON text: where it stops being JSON, and numbers that a double cannot hold as they are written.

use super::Reader;
use crate::draft::Draft;
use crate::table::Payload;
use crate::watch::{Stage, Ticker, Watch};

/// Where a JSON text stops being JSON; lines and columns count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// Reads JSON text.
pub(crate) fn json<'s>(payload: &'static Payload, bytes: &'s [u8]) -> Result<Draft<'s>, Position> {
    watched(payload, bytes, None)
}

/// Reads JSON text, and tells how many of its bytes are read.
pub(crate) fn watched<'s>(
    payload: &'static Payload,
    bytes: &'s [u8],
    watch: Option<Watch<'s>>,
) -> Result<Draft<'s>, Position> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = core::str::from_utf8(bytes).map_err(|error| place(bytes, error.valid_up_to()))?;
    let ticker = Ticker::new(watch, Stage::Reading);
    let mut reader = Reader { ticker, ..Reader::of(Draft::new(payload, text), true) };
    let result = parse(text, &mut reader);
    let out_of_range = result.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range"));
    let result = if reader.lossy || out_of_range {
        // Some number does not fit a double as it is written: read again, with every number as text.
        reader = Reader { exact: true, ticker, ..Reader::of(Draft::new(payload, text), true) };
        parse(text, &mut reader)
    } else {
        result
    };
    match result {
        Ok(()) => Ok(reader.draft),
        Err(error) => Err(position(text, error.line(), error.column())),
    }
}

fn parse<'s>(text: &'s str, reader: &mut Reader<'s>) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    reader.root(&mut deserializer)?;
    deserializer.end()
}

/// Where the byte stands, in lines and letters.
fn place(bytes: &[u8], at: usize) -> Position {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let letters = String::from_utf8_lossy(before.get(start..).unwrap_or_default()).chars().count();
    Position { line: number(line), column: number(letters + 1) }
}

/// serde_json counts columns in bytes; people count letters.
fn position(text: &str, line: usize, column: usize) -> Position {
    let row = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let letters = row.char_indices().take_while(|(at, _)| *at < column).count();
    Position { line: number(line.max(1)), column: number(letters.max(1)) }
}

fn number(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// Whether a JSON number is whole digit by digit.
pub(super) fn whole(text: &str) -> bool {
    let text = text.trim_start_matches('-');
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{integer}{fraction}");
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return true;
    }
    let last = i64::try_from(significant.len()).unwrap_or(i64::MAX) - i64::try_from(integer.len()).unwrap_or(0);
    exponent.parse::<i64>().is_ok_and(|exponent| last <= exponent)
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn the_digits_decide_whether_a_number_is_whole() {
        for text in ["12", "12.0", "-3", "1e2", "1.50e1", "0.000", "120e-1", "1E+2"] {
            assert!(whole(text), "{text}");
        }
        for text in ["12.5", "4503599627370497.00000001", "15e-1", "1e-400", "0.99999999999999999999"] {
            assert!(!whole(text), "{text}");
        }
    }
}

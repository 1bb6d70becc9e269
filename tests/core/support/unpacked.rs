//! Packed values, as a form gives what it holds, read as JSON.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test whose form tells nonsense has failed")]

use serde_json::{Map, Value};

/// Stands for a value of which only is known that it fits no row.
pub const FOREIGN: &str = "\u{0}foreign";

/// The value that the bytes hold.
pub fn value(bytes: &[u8]) -> Value {
    let mut bytes = bytes;
    read(&mut bytes).unwrap_or(Value::Null)
}

fn take<const N: usize>(bytes: &mut &[u8]) -> [u8; N] {
    let (taken, rest) = bytes.split_first_chunk().unwrap();
    *bytes = rest;
    *taken
}

fn count(bytes: &mut &[u8]) -> usize {
    u32::from_le_bytes(take(bytes)) as usize
}

fn text(bytes: &mut &[u8]) -> String {
    let length = count(bytes);
    let (taken, rest) = bytes.split_at(length);
    *bytes = rest;
    String::from_utf8(taken.to_vec()).unwrap()
}

/// Nothing for an absent value.
fn read(bytes: &mut &[u8]) -> Option<Value> {
    let [kind] = take(bytes);
    Some(match kind {
        0 => return None,
        1 => Value::Null,
        2 | 3 => Value::Bool(kind == 3),
        4 => number(f64::from_le_bytes(take(bytes))),
        5 => Value::String(text(bytes)),
        6 => (0..count(bytes)).map(|_| read(bytes).unwrap_or(Value::Null)).collect(),
        7 => {
            let mut object = Map::new();
            for _ in 0..count(bytes) {
                assert_eq!(take(bytes), [0xff], "every key is a text");
                let key = text(bytes);
                let before = read(bytes).and_then(|value| object.insert(key.clone(), value));
                assert_eq!(before, None, "{key} stands there twice");
            }
            Value::Object(object)
        }
        8 => {
            let _: [u8; 5] = take(bytes);
            Value::String(FOREIGN.to_owned())
        }
        other => panic!("no packed value begins with {other}"),
    })
}

/// Whole numbers as JSON texts have them.
fn number(number: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "compared right here")]
    let whole = number as i64;
    #[expect(clippy::cast_precision_loss, reason = "the comparison is what this is for")]
    if whole as f64 == number { serde_json::json!(whole) } else { serde_json::json!(number) }
}

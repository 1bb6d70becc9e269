//! The packed form of a JSON text, and of whatever serde can write as one, for callers in Rust. Keys are texts, and a number that a
//! double does not hold keeps its digits.

use std::borrow::Cow;

use serde::Serialize;

use super::Wrong;
use super::json::{Json, Position, Quoted, Stop, Written, position, text};
use crate::kinds::written;

/// A value in the packed form in which it crosses from JavaScript.
#[derive(Clone, Debug)]
pub struct Packed<'a>(Cow<'a, [u8]>);

impl<'a> Packed<'a> {
    /// Bytes in the packed form, as the npm package writes them.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(Cow::Borrowed(bytes))
    }

    /// Packs a value; fails where it cannot be written as JSON.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Packed<'static>, Wrong> {
        let json = serde_json::to_vec(value).map_err(|error| Wrong(error.to_string()))?;
        Packed::written(&json, true)
    }

    /// Packs a JSON text.
    pub fn json(json: &[u8]) -> Result<Packed<'static>, Wrong> {
        Packed::written(json, false)
    }

    /// `doubles`: what is written with a point or an exponent was a double, and not digits that somebody wrote.
    fn written(json: &[u8], doubles: bool) -> Result<Packed<'static>, Wrong> {
        let (json, whole) = text(json).map_or_else(|before| (before, false), |whole| (whole, true));
        let (mut cursor, mut out) = (Json::new(json), Vec::new());
        if whole && pack(&mut cursor, &mut out, doubles).and_then(|()| cursor.end()).is_ok() {
            return Ok(Packed(Cow::Owned(out)));
        }
        let Position { line, column } = position(json, cursor.at);
        Err(Wrong(format!("this is no JSON from line {line}, column {column} on")))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<&serde_json::Value> for Packed<'_> {
    fn from(value: &serde_json::Value) -> Self {
        // It has no way to fail; null would stand for what had.
        Packed::of(value).unwrap_or(Packed::new(&[1]))
    }
}

impl From<serde_json::Value> for Packed<'_> {
    fn from(value: serde_json::Value) -> Self {
        Self::from(&value)
    }
}

/// A list or object that is open: whether it is an object, where its count stands, and how many items or entries it has so far.
type Open = (bool, usize, u32);

fn pack(json: &mut Json<'_>, out: &mut Vec<u8>, doubles: bool) -> Result<(), Stop> {
    let mut open: Vec<Open> = Vec::new();
    'value: loop {
        match json.next() {
            Some(bracket @ (b'{' | b'[')) => {
                let object = bracket == b'{';
                out.push(if object { 7 } else { 6 });
                let count = out.len();
                out.extend([0; 4]);
                if !json.open(if object { b'}' } else { b']' }) {
                    open.push((object, count, 1));
                    key(object, json, out)?;
                    continue 'value;
                }
            }
            Some(b'"') => {
                out.push(5);
                bare(out, json.quoted()?);
            }
            Some(b't') => {
                json.word("true")?;
                out.push(3);
            }
            Some(b'f') => {
                json.word("false")?;
                out.push(2);
            }
            Some(b'n') => {
                json.word("null")?;
                out.push(1);
            }
            Some(b'-' | b'0'..=b'9') => number(out, json.number()?, doubles),
            _ => return Err(Stop),
        }
        while let Some((object, head, count)) = open.last_mut() {
            let object = *object;
            if json.more(if object { b'}' } else { b']' })? {
                *count = count.saturating_add(1);
                key(object, json, out)?;
                continue 'value;
            }
            let (head, count) = (*head, count.to_le_bytes());
            if let Some(place) = out.get_mut(head..).and_then(|rest| rest.first_chunk_mut()) {
                *place = count;
            }
            open.pop();
        }
        return Ok(());
    }
}

fn key(object: bool, json: &mut Json<'_>, out: &mut Vec<u8>) -> Result<(), Stop> {
    if object {
        out.push(0xff);
        bare(out, json.key()?);
    }
    Ok(())
}

fn number(out: &mut Vec<u8>, number: Written<'_>, doubles: bool) {
    let double = || (doubles && number.raw.contains(['.', 'e'])).then(|| written::nearest(number.raw));
    match number.exact.or_else(double).or_else(|| written::held(number.raw)) {
        Some(double) => {
            out.push(4);
            out.extend(double.to_le_bytes());
        }
        None => as_written(out, number.raw),
    }
}

/// Appends a number as it is written.
pub(crate) fn as_written(out: &mut Vec<u8>, digits: &str) {
    out.push(11);
    length(out, digits.len());
    out.extend(digits.as_bytes());
}

/// Appends a text without the byte for its kind.
fn bare(out: &mut Vec<u8>, quoted: Quoted<'_>) {
    let text = if quoted.escaped { Cow::Owned(quoted.decoded()) } else { Cow::Borrowed(quoted.raw) };
    length(out, text.len());
    out.extend(text.as_bytes());
}

fn length(out: &mut Vec<u8>, size: usize) {
    out.extend(u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes());
}

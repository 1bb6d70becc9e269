//! Values as callers give them: JSON text, or the packed form in which they cross from JavaScript and from Rust's own types. Each
//! has a cursor; what is made of the values is the business of whoever moves it (`read` fills drafts, `tree` keeps them as they
//! stand). Our own cursors and not serde's visitors, because the digits of a number, the place of a fault and the number of items
//! decide here, and because a value that nobody wants is passed over without being built.

mod idle;
pub(crate) mod json;
#[cfg(test)]
mod oracle;
mod pack;
pub(crate) mod packed;

use core::fmt;

pub use pack::Packed;
pub(crate) use pack::as_written;

use json::Json;
use packed::{Cursor, Token};

/// A value as a caller gives it.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// Text: JSON, or whatever else an upstream answers.
    Text(&'a [u8]),
    /// A packed value.
    Packed(Packed<'a>),
}

/// What is wrong with a value that was given, in a sentence that says nothing of what was given: that may be somebody's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong(pub(crate) String);

impl fmt::Display for Wrong {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl core::error::Error for Wrong {}

impl<'a> From<Packed<'a>> for Input<'a> {
    fn from(packed: Packed<'a>) -> Self {
        Self::Packed(packed)
    }
}

impl From<&serde_json::Value> for Input<'_> {
    fn from(value: &serde_json::Value) -> Self {
        Self::Packed(value.into())
    }
}

impl From<serde_json::Value> for Input<'_> {
    fn from(value: serde_json::Value) -> Self {
        Self::from(&value)
    }
}

/// A part of a value: one that no table describes is looked at part by part.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    Json(Json<'a>),
    Packed(Cursor<'a>),
}

/// What a part is.
pub(crate) enum Parts<'a> {
    /// `undefined` in JavaScript: not given.
    Nothing,
    Object(Vec<(String, Part<'a>)>),
    Other,
}

impl<'a> Part<'a> {
    /// The value as a whole; nothing where it is no JSON text, or packed bytes are broken.
    pub(crate) fn whole(input: &'a Input<'_>) -> Option<Self> {
        match input {
            Input::Text(bytes) => {
                let json = Json::new(json::text(bytes).ok()?);
                let mut whole = json;
                whole.skip(1).and_then(|_| whole.end()).ok()?;
                Some(Self::Json(json))
            }
            Input::Packed(packed) => {
                let cursor = Cursor::new(packed.bytes());
                let mut whole = cursor;
                whole.skip(1).ok()?;
                Some(Self::Packed(cursor))
            }
        }
    }

    /// Whether it is a list.
    pub(crate) fn is_list(self) -> bool {
        match self {
            Self::Json(mut json) => json.next() == Some(b'['),
            Self::Packed(mut cursor) => matches!(cursor.value(), Ok(Token::List(_))),
        }
    }

    /// The parts of an object.
    pub(crate) fn parts(self) -> Parts<'a> {
        let parts = match self {
            Self::Json(mut json) => json.parts().map_err(drop),
            Self::Packed(mut cursor) => cursor.parts().map_err(drop),
        };
        // The whole was passed over before: its parts cannot be broken.
        parts.unwrap_or(Parts::Other)
    }
}

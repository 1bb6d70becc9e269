//! The packed form in which values cross from JavaScript: a byte per kind, then the value; keys as the index of their row where
//! the table has them. A deserializer over it, so that the same seed fills a draft from JSON text and from JavaScript.

use core::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, Error as _, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

/// A value as a caller gives it, where the source may be JSON text or JavaScript.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// Text: JSON, or whatever else an upstream answers.
    Text(&'a [u8]),
    /// A packed value.
    Packed(&'a [u8]),
}

/// What is wrong with packed bytes, or with what they say.
#[derive(Debug)]
#[expect(clippy::box_collection, reason = "one word: a result that is nothing or an error fits a register")]
pub struct Error(Box<String>);

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl core::error::Error for Error {}

impl de::Error for Error {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Box::new(message.to_string()))
    }

    /// Says what is wanted, and not what was given: that may be somebody's data.
    #[cold]
    fn invalid_type(_: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::custom(format_args!("must be {wanted}"))
    }
}

#[cold]
fn short() -> Error {
    Error::custom("packed bytes end early")
}

/// A cursor over packed bytes.
#[derive(Debug)]
pub struct Packed<'b> {
    rest: &'b [u8],
}

/// The key of an unknown row, and of one whose key is spelt in another way.
const UNKNOWN: u8 = 0xff;
const RENAMED: u8 = 0xfe;

impl<'b> Packed<'b> {
    /// Reads from the bytes.
    pub fn new(rest: &'b [u8]) -> Self {
        Self { rest }
    }

    fn take(&mut self, count: usize) -> Result<&'b [u8], Error> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(short)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Error> {
        let (first, rest) = self.rest.split_first().ok_or_else(short)?;
        self.rest = rest;
        Ok(*first)
    }

    fn count(&mut self) -> Result<usize, Error> {
        let (bytes, rest) = self.rest.split_first_chunk::<4>().ok_or_else(short)?;
        self.rest = rest;
        usize::try_from(u32::from_le_bytes(*bytes)).map_err(Error::custom)
    }

    fn text(&mut self) -> Result<&'b str, Error> {
        let count = self.count()?;
        core::str::from_utf8(self.take(count)?).map_err(Error::custom)
    }
}

impl<'de> Deserializer<'de> for &mut Packed<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.byte()? {
            0 => visitor.visit_none(),
            1 => visitor.visit_unit(),
            2 => visitor.visit_bool(false),
            3 => visitor.visit_bool(true),
            4 => {
                let (bytes, rest) = self.rest.split_first_chunk::<8>().ok_or_else(short)?;
                self.rest = rest;
                visitor.visit_f64(f64::from_le_bytes(*bytes))
            }
            5 => visitor.visit_borrowed_str(self.text()?),
            6 => {
                let left = self.count()?;
                visitor.visit_seq(Inside { packed: self, left })
            }
            7 => {
                let left = self.count()?;
                visitor.visit_map(Inside { packed: self, left })
            }
            8 => visitor.visit_bytes(self.take(5)?),
            9 => visitor.visit_u64(u64::from(self.byte()?)),
            10 => {
                let count = usize::from(self.byte()?);
                visitor.visit_borrowed_str(core::str::from_utf8(self.take(count)?).map_err(Error::custom)?)
            }
            _ => Err(Error::custom("packed bytes have an unknown kind")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Inside<'p, 'b> {
    packed: &'p mut Packed<'b>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Inside<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.packed).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Inside<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(PackedKey(&mut *self.packed)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(&mut *self.packed)
    }
}

struct PackedKey<'p, 'b>(&'p mut Packed<'b>);

impl<'de> Deserializer<'de> for PackedKey<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.byte()? {
            UNKNOWN => visitor.visit_borrowed_str(self.0.text()?),
            RENAMED => {
                self.0.byte()?;
                visitor.visit_borrowed_str(self.0.text()?)
            }
            index => visitor.visit_u64(u64::from(index)),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

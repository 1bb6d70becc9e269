//! JSON text of whatever serializes. serde_json writes the same, but each of its writers is unrolled into every type that is
//! written, which would be a tenth of what a browser downloads; here every step is one function, called.

use core::fmt::{self, Write as _};

use serde::ser::{self, Impossible, Serialize, Serializer};

use crate::kinds::decimal;

/// The JSON text of a value.
pub(crate) fn text<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = String::new();
    append(&mut out, value);
    out
}

/// Appends the JSON text of a value.
pub(crate) fn append<T: Serialize + ?Sized>(out: &mut String, value: &T) {
    // The types of this crate are made of what JSON has.
    let _ = value.serialize(&mut Json(out));
}

/// Appends a text as a JSON string.
pub(crate) fn quote(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    // Nearly every text stands in JSON as it is.
    while let Some(at) = rest.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        let (plain, special) = rest.split_at_checked(at).unwrap_or_default();
        out.push_str(plain);
        let mut letters = special.chars();
        let letter = letters.next().unwrap_or_default();
        let short = match letter {
            '\u{8}' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\u{c}' => 'f',
            '\r' => 'r',
            '"' | '\\' => letter,
            _ => 'u',
        };
        out.push('\\');
        out.push(short);
        if short == 'u' {
            let _ = write!(out, "{:04x}", u32::from(letter));
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// What JSON does not have, and no type of this crate either.
#[derive(Debug)]
pub(crate) struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON has no such value")
    }
}

impl core::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

type Written = Result<(), Unwritable>;

struct Json<'o>(&'o mut String);

impl Json<'_> {
    #[inline(never)]
    fn raw(&mut self, text: &str) -> Written {
        self.0.push_str(text);
        Ok(())
    }

    #[inline(never)]
    fn whole(&mut self, negative: bool, size: u64) -> Written {
        let sign = if negative { "-" } else { "" };
        write!(self.0, "{sign}{size}").map_err(|_| Unwritable)
    }
}

impl<'j, 'o> Serializer for &'j mut Json<'o> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Parts<'j, 'o>;
    type SerializeTuple = Parts<'j, 'o>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Parts<'j, 'o>;
    type SerializeStruct = Parts<'j, 'o>;
    type SerializeStructVariant = Impossible<(), Unwritable>;

    fn serialize_bool(self, flag: bool) -> Written {
        self.raw(if flag { "true" } else { "false" })
    }

    fn serialize_i8(self, number: i8) -> Written {
        self.serialize_i64(number.into())
    }

    fn serialize_i16(self, number: i16) -> Written {
        self.serialize_i64(number.into())
    }

    fn serialize_i32(self, number: i32) -> Written {
        self.serialize_i64(number.into())
    }

    fn serialize_i64(self, number: i64) -> Written {
        self.whole(number < 0, number.unsigned_abs())
    }

    fn serialize_u8(self, number: u8) -> Written {
        self.whole(false, number.into())
    }

    fn serialize_u16(self, number: u16) -> Written {
        self.whole(false, number.into())
    }

    fn serialize_u32(self, number: u32) -> Written {
        self.whole(false, number.into())
    }

    fn serialize_u64(self, number: u64) -> Written {
        self.whole(false, number)
    }

    fn serialize_f32(self, number: f32) -> Written {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Written {
        if number.is_finite() { self.raw(&decimal::shortest(number)) } else { self.raw("null") }
    }

    fn serialize_char(self, letter: char) -> Written {
        self.serialize_str(letter.encode_utf8(&mut [0; 4]))
    }

    #[inline(never)]
    fn serialize_str(self, text: &str) -> Written {
        quote(self.0, text);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        Err(Unwritable)
    }

    fn serialize_none(self) -> Written {
        self.raw("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.raw("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.raw("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Written {
        Err(Unwritable)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'j, 'o>, Unwritable> {
        Ok(Parts::new(self, '[', ']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'j, 'o>, Unwritable> {
        Ok(Parts::new(self, '[', ']'))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unwritable> {
        Err(Unwritable)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritable> {
        Err(Unwritable)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'j, 'o>, Unwritable> {
        Ok(Parts::new(self, '{', '}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'j, 'o>, Unwritable> {
        Ok(Parts::new(self, '{', '}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unwritable> {
        Err(Unwritable)
    }
}

/// The parts of a list or an object.
struct Parts<'j, 'o> {
    json: &'j mut Json<'o>,
    first: bool,
    end: char,
}

impl<'j, 'o> Parts<'j, 'o> {
    #[inline(never)]
    fn new(json: &'j mut Json<'o>, begin: char, end: char) -> Self {
        json.0.push(begin);
        Self { json, first: true, end }
    }

    #[inline(never)]
    fn next(&mut self) -> &mut Json<'o> {
        if !core::mem::take(&mut self.first) {
            self.json.0.push(',');
        }
        self.json
    }

    #[inline(never)]
    fn named(&mut self, key: &str) -> &mut Json<'o> {
        quote(self.next().0, key);
        self.json.0.push(':');
        self.json
    }

    #[inline(never)]
    fn close(self) -> Written {
        self.json.0.push(self.end);
        Ok(())
    }
}

impl ser::SerializeSeq for Parts<'_, '_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(self.next())
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeTuple for Parts<'_, '_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(self.next())
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeMap for Parts<'_, '_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        key.serialize(self.next())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.json.0.push(':');
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeStruct for Parts<'_, '_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Written {
        value.serialize(self.named(key))
    }

    fn end(self) -> Written {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Serialize;

    use super::{quote, text};

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct All {
        first_part: Vec<(usize, &'static str)>,
        none: Option<bool>,
        some: Option<u8>,
        numbers: [f64; 3],
        signed: i64,
        map: BTreeMap<&'static str, char>,
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<u8>,
    }

    #[test]
    fn writes_what_serde_json_writes() {
        let all = All {
            first_part: vec![(1, "a"), (2, "«б»")],
            none: None,
            some: Some(7),
            numbers: [0.5, -1.25, f64::NAN],
            signed: i64::MIN,
            map: [("x", '"'), ("y\n", 'é')].into(),
            left_out: None,
        };
        assert_eq!(text(&all), serde_json::to_string(&all).unwrap());
        assert_eq!(text::<[u8]>(&[]), "[]");
    }

    proptest! {
        #[test]
        fn quotes_as_serde_json_does(given in "(.|[\u{0}-\u{7f}]){0,30}") {
            let mut quoted = String::new();
            quote(&mut quoted, &given);
            prop_assert_eq!(quoted, serde_json::to_string(&given).unwrap());
        }
    }
}

//! Lists and objects that fit no row are read past. Of what is in them two things are told: whether it nests too deep, and whether it
//! says anything.

use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::foreign_parts;
use crate::draft::{MAX_DEPTH, What};
use crate::nothing::is_naught;

/// What is told of values that were read past.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Skipped {
    /// Something nests too deep.
    pub(super) deep: bool,
    /// Something says something.
    pub(super) something: bool,
    /// How many items or entries there were.
    pub(super) count: usize,
}

impl Skipped {
    /// What such a list or object is.
    pub(super) const fn what(&self, fitting: What) -> What {
        match (self.deep, self.something, fitting) {
            (true, ..) => What::Deep,
            (false, true, fitting) => fitting,
            (false, false, What::Many) => What::VoidMany,
            (false, false, _) => What::Void,
        }
    }

    /// Reads past the items of a list that stands inside `depth` levels with it.
    pub(super) fn items<'s, A: SeqAccess<'s>>(
        &mut self,
        json: bool,
        items: &mut A,
        depth: u32,
    ) -> Result<(), A::Error> {
        if json {
            while let Some(item) = items.next_element::<&'s RawValue>()? {
                self.count += 1;
                self.text(item.get(), depth);
            }
        } else {
            while items.next_element_seed(Skim { skipped: &mut *self, depth })?.is_some() {
                self.count += 1;
            }
        }
        Ok(())
    }

    /// Reads past the entries of an object that stands inside `depth` levels with it.
    pub(super) fn entries<'s, A: MapAccess<'s>>(
        &mut self,
        json: bool,
        entries: &mut A,
        depth: u32,
    ) -> Result<(), A::Error> {
        while entries.next_key::<IgnoredAny>()?.is_some() {
            self.count += 1;
            if json {
                self.text(entries.next_value::<&'s RawValue>()?.get(), depth);
            } else {
                entries.next_value_seed(Skim { skipped: &mut *self, depth })?;
            }
        }
        Ok(())
    }

    /// Looks through a JSON text that stands inside `depth` levels. It is known to be JSON.
    pub(super) fn text(&mut self, text: &str, depth: u32) {
        let bytes = text.as_bytes();
        let (mut open, mut at) = (depth, 0);
        while let Some(byte) = bytes.get(at) {
            let from = at;
            at += 1;
            match byte {
                b'[' | b'{' => {
                    open += 1;
                    self.deep |= open > MAX_DEPTH;
                }
                b']' | b'}' => open = open.saturating_sub(1),
                b'"' => {
                    at = after_text(bytes, at);
                    let key = bytes.get(at..).unwrap_or_default().trim_ascii_start().starts_with(b":");
                    if !key && !self.something {
                        self.something = text.get(from..at).is_none_or(|quoted| !is_naught_quoted(quoted));
                    }
                }
                b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' => {}
                _ => {
                    let ends = |byte: &u8| !byte.is_ascii_alphanumeric() && !b"+-.".contains(byte);
                    at = bytes.iter().skip(at).position(ends).map_or(bytes.len(), |length| at + length);
                    self.something |= match text.get(from..at) {
                        Some("null" | "false") => false,
                        number => number.and_then(|number| number.parse::<f64>().ok()) != Some(0.0),
                    };
                }
            }
        }
    }
}

/// Where a JSON text ends whose first letter is at the index.
fn after_text(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'\\' => 2,
            b'"' => return at + 1,
            _ => 1,
        };
    }
    bytes.len()
}

/// Whether a text in quotation marks says nothing. A long one says something, here and where JavaScript packs it.
fn is_naught_quoted(quoted: &str) -> bool {
    let short = |text: &String| text.encode_utf16().take(256).count() < 256;
    serde_json::from_str::<String>(quoted).is_ok_and(|text| short(&text) && is_naught(&text))
}

/// Reads past one value of any deserializer.
struct Skim<'k> {
    skipped: &'k mut Skipped,
    depth: u32,
}

impl<'s> DeserializeSeed<'s> for Skim<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'s>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Skim<'_> {
    fn says<E>(self, something: bool) -> Result<(), E> {
        self.skipped.something |= something;
        Ok(())
    }
}

impl<'s> Visitor<'s> for Skim<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, flag: bool) -> Result<(), E> {
        self.says(flag)
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.says(number != 0)
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.says(number != 0)
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.says(number != 0.0)
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.says(!is_naught(text))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<(), E> {
        let (what, _) = foreign_parts(bytes);
        self.skipped.deep |= what == What::Deep;
        self.says(!what.says_nothing())
    }

    fn visit_seq<A: SeqAccess<'s>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { skipped, depth } = self;
        skipped.deep |= depth >= MAX_DEPTH;
        let count = skipped.count;
        skipped.items(false, &mut items, depth + 1)?;
        skipped.count = count;
        Ok(())
    }

    fn visit_map<A: MapAccess<'s>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { skipped, depth } = self;
        skipped.deep |= depth >= MAX_DEPTH;
        let count = skipped.count;
        skipped.entries(false, &mut entries, depth + 1)?;
        skipped.count = count;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Skipped;

    fn skipped(text: &str, depth: u32) -> Skipped {
        let mut skipped = Skipped::default();
        skipped.text(text, depth);
        skipped
    }

    #[test]
    fn brackets_in_texts_do_not_nest() {
        assert!(!skipped(&format!("{}{}", "[".repeat(31), "]".repeat(31)), 1).deep);
        assert!(skipped(&format!("{}{}", "[".repeat(32), "]".repeat(32)), 1).deep);
        assert!(!skipped(&format!("\"{}\\\"{}\"", "[".repeat(40), "{".repeat(40)), 1).deep);
    }

    #[test]
    fn values_that_say_nothing_are_known_at_any_depth() {
        for text in
            ["[]", "{}", "[0, -0.0, 0e5]", r#"{"a": [null, false, " "], "5": "0,00"}"#, r#"["FALSE", "\u0020"]"#]
        {
            assert!(!skipped(text, 1).something, "{text}");
        }
        for text in
            ["[1]", "[true]", r#"{"a": {"b": "x"}}"#, r#"["0,01"]"#, "[1e-5]", r#"["\"", 0]"#, r#"{"a": 0, "b": "5" }"#]
        {
            assert!(skipped(text, 1).something, "{text}");
        }
    }
}

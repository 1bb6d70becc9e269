//! A value as it stands, for the few that no table describes: options, and what an upstream answers. Read from any serde
//! deserializer; of numbers only their double is kept.

use core::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    /// What is `None` to serde: `undefined` in JavaScript.
    Nothing,
    /// Null, and what JSON does not have.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// The entries of an object, in their order; a key may repeat.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// Reads JSON text, with or without a byte order mark; nothing when it is not JSON.
    pub(crate) fn json(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        serde_json::from_str(core::str::from_utf8(bytes).ok()?).ok()
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_object(&self) -> Option<Object<'_>> {
        match self {
            Self::Object(entries) => Some(Object(entries)),
            _ => None,
        }
    }
}

/// Whether a word is the name, in any letter case: a function, because in loops over constants it would be unrolled name by name.
#[inline(never)]
pub(crate) fn is_word(word: &str, name: &str) -> bool {
    word.eq_ignore_ascii_case(name)
}

/// The entries of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Object<'t>(&'t [(String, Tree)]);

impl<'t> Object<'t> {
    /// The value of a key, of one that repeats the last; where there is no such key, of one in another letter case.
    pub(crate) fn get(self, name: &str) -> Option<&'t Tree> {
        let mut found: Option<&'t (String, Tree)> = None;
        for entry in self.0 {
            let (key, _) = entry;
            let nearer = found.is_none_or(|(best, _)| key == name || (best != name && key <= best));
            if nearer && is_word(key, name) {
                found = Some(entry);
            }
        }
        found.map(|(_, value)| value)
    }

    /// The text of a key, without white space around it; "" when there is none.
    pub(crate) fn text(self, name: &str) -> &'t str {
        self.get(name).and_then(Tree::as_text).map_or("", crate::kinds::text::trim)
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Grower)
    }
}

struct Grower;

impl<'de> Visitor<'de> for Grower {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(flag))
    }

    #[expect(clippy::cast_precision_loss, reason = "what is read here is no such number")]
    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "what is read here is no such number")]
    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        Ok(Tree::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut object = Vec::new();
        // A key is read as a value is: one visitor less to unroll.
        while let Some(key) = entries.next_key()? {
            let key = if let Tree::Text(key) = key { key } else { String::new() };
            object.push((key, entries.next_value()?));
        }
        Ok(Tree::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn reads_json_as_it_stands() {
        let tree = Tree::json(b"\xef\xbb\xbf{\"a\":[1,-2,0.5,null,true,\"\\u00e9\"],\"b\":{}}");
        let object = tree.as_ref().and_then(Tree::as_object).unwrap();
        let list = [Tree::Number(1.0), Tree::Number(-2.0), Tree::Number(0.5), Tree::Null, Tree::Bool(true)];
        assert_eq!(object.get("a").and_then(Tree::as_list).unwrap()[..5], list);
        assert_eq!(object.get("a").and_then(Tree::as_list).unwrap()[5], Tree::Text("é".to_owned()));
        assert!(object.get("b").and_then(Tree::as_object).is_some());
        for text in ["", "{", "<html>", "{\"a\":1} x", "[1,]"] {
            assert_eq!(Tree::json(text.as_bytes()), None, "{text}");
        }
        assert_eq!(Tree::json(b"\"\xff\""), None);
        assert_eq!(Tree::json("[".repeat(1_000).as_bytes()), None);
    }

    #[test]
    fn the_exact_key_wins_then_the_last() {
        let tree = Tree::json(br#"{"REASON":"a","Reason":"b","reason":"c","reason":" d ","Code":"x","CODE":"y"}"#);
        let object = tree.as_ref().and_then(Tree::as_object).unwrap();
        assert_eq!((object.text("reason"), object.text("code"), object.text("none")), ("d", "y", ""));
    }
}

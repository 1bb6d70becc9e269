//! A value as it stands, for the few that no table describes: options, and what an upstream answers. Read from any serde
//! deserializer; of numbers only their double is kept. What an upstream answers is read as far as it is worth reading: however
//! deep and however much it is, it costs no more than what can be shown of it.

use core::cell::Cell;
use core::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    /// What is `None` to serde: `undefined` in JavaScript.
    Nothing,
    /// Null.
    Null,
    /// What JSON does not have.
    Odd,
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

/// How deep an answer is read, and how many values of it; what lies beyond is passed over.
const DEPTH: u32 = 32;
const VALUES: u32 = 500_000;

impl Tree {
    /// Reads JSON text as an upstream answers it; nothing when it is not JSON.
    pub(crate) fn json(text: &str) -> Option<Self> {
        let mut json = serde_json::Deserializer::from_str(text);
        let tree = Self::answer(&mut json)?;
        json.end().ok().map(|()| tree)
    }

    /// Reads what an upstream answers.
    pub(crate) fn answer<'de, D: Deserializer<'de>>(deserializer: D) -> Option<Self> {
        Grower { depth: DEPTH, left: Some(&Cell::new(VALUES)) }.deserialize(deserializer).ok()
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
    /// These entries.
    pub(crate) fn of(entries: &'t [(String, Tree)]) -> Self {
        Self(entries)
    }

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
        deserializer.deserialize_any(Grower { depth: u32::MAX, left: None })
    }
}

/// Lets a tree grow so deep, and by so many values where they are counted.
#[derive(Clone, Copy)]
struct Grower<'l> {
    depth: u32,
    left: Option<&'l Cell<u32>>,
}

impl Grower<'_> {
    /// What grows inside: one level less.
    fn inside(self) -> Self {
        Self { depth: self.depth.saturating_sub(1), ..self }
    }

    fn has_room(self) -> bool {
        self.left.is_none_or(|left| left.get() > 0)
    }
}

impl<'de> DeserializeSeed<'de> for Grower<'_> {
    type Value = Tree;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        if self.depth == 0 || !self.has_room() {
            return IgnoredAny::deserialize(deserializer).map(|_| Tree::Null);
        }
        if let Some(left) = self.left {
            left.set(left.get() - 1);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Grower<'_> {
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
        Ok(Tree::Odd)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.inside())? {
            if self.has_room() {
                list.push(item);
            }
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut object = Vec::new();
        // A key is read as a value is: one visitor less to unroll.
        while let Some(key) = entries.next_key()? {
            let key = if let Tree::Text(key) = key { key } else { String::new() };
            let value = entries.next_value_seed(self.inside())?;
            if self.has_room() {
                object.push((key, value));
            }
        }
        Ok(Tree::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn reads_json_as_it_stands() {
        let tree = Tree::json("{\"a\":[1,-2,0.5,null,true,\"\\u00e9\"],\"b\":{}}");
        let object = tree.as_ref().and_then(Tree::as_object).unwrap();
        let list = [Tree::Number(1.0), Tree::Number(-2.0), Tree::Number(0.5), Tree::Null, Tree::Bool(true)];
        assert_eq!(object.get("a").and_then(Tree::as_list).unwrap()[..5], list);
        assert_eq!(object.get("a").and_then(Tree::as_list).unwrap()[5], Tree::Text("é".to_owned()));
        assert!(object.get("b").and_then(Tree::as_object).is_some());
        for text in ["", "{", "<html>", "{\"a\":1} x", "[1,]"] {
            assert_eq!(Tree::json(text), None, "{text}");
        }
        assert_eq!(Tree::json(&"[".repeat(1_000)), None);
    }

    #[test]
    fn what_lies_too_deep_or_is_too_much_is_passed_over() {
        let deep = format!("{{\"a\":{}{},\"b\":\"said\"}}", "[".repeat(100_000), "]".repeat(100_000));
        let tree = Tree::json(&deep);
        assert_eq!(tree.as_ref().and_then(Tree::as_object).unwrap().text("b"), "said");
        let wide = format!("[{}0]", "0,".repeat(1_000_000));
        let items = Tree::json(&wide);
        let items = items.as_ref().and_then(Tree::as_list).unwrap();
        assert!(items.iter().all(|item| matches!(item, Tree::Number(_))));
        assert!((1_000..500_000).contains(&items.len()), "{}", items.len());
    }

    #[test]
    fn the_exact_key_wins_then_the_last() {
        let tree = Tree::json(r#"{"REASON":"a","Reason":"b","reason":"c","reason":" d ","Code":"x","CODE":"y"}"#);
        let object = tree.as_ref().and_then(Tree::as_object).unwrap();
        assert_eq!((object.text("reason"), object.text("code"), object.text("none")), ("d", "y", ""));
    }
}

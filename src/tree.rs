//! A value as it stands, for the few that no table describes: options, and what an upstream answers. Of numbers only their double is
//! kept. What an upstream answers is read as far as it is worth reading: however deep and however much it is, it costs no more than
//! what can be shown of it.

use crate::input::Part;
use crate::input::json::{Json, Stop};
use crate::input::packed::{Broken, Cursor, Name, Token};
use crate::kinds::written;

/// A value as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    /// `undefined` in JavaScript.
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

/// How deep a value is read, and how many values are read in it; what lies beyond is passed over.
struct Room {
    levels: u32,
    values: u32,
}

/// Of an answer.
const fn answer() -> Room {
    Room { levels: 32, values: 500_000 }
}

/// Of an option: as large as its lists are.
const fn option() -> Room {
    Room { levels: 32, values: u32::MAX }
}

impl Room {
    /// Room for one more value on this level.
    fn take(&mut self, level: u32) -> bool {
        let free = level <= self.levels && self.values > 0;
        self.values -= u32::from(free);
        free
    }
}

impl Tree {
    /// Reads JSON text as an upstream answers it; nothing when it is not JSON.
    pub(crate) fn json(text: &str) -> Option<Self> {
        let mut json = Json::new(text);
        let tree = from_json(&mut json, &mut answer(), 1).ok()?;
        json.end().ok()?;
        Some(tree)
    }

    /// Reads an answer that came packed; nothing where the bytes are no value.
    pub(crate) fn packed(bytes: &[u8]) -> Option<Self> {
        from_packed(&mut Cursor::new(bytes), &mut answer(), 1).ok()
    }

    /// Reads a part of a value.
    pub(crate) fn part(part: Part<'_>) -> Self {
        let tree = match part {
            Part::Json(mut json) => from_json(&mut json, &mut option(), 1).ok(),
            Part::Packed(mut cursor) => from_packed(&mut cursor, &mut option(), 1).ok(),
        };
        // The whole was passed over before: its parts cannot be broken.
        tree.unwrap_or(Self::Null)
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

fn from_json(json: &mut Json<'_>, room: &mut Room, level: u32) -> Result<Tree, Stop> {
    if !room.take(level) {
        json.skip(1)?;
        return Ok(Tree::Null);
    }
    Ok(match json.next() {
        Some(b'{') => {
            let mut entries = Vec::new();
            let mut more = !json.open(b'}');
            while more {
                let key = json.key()?;
                let value = from_json(json, room, level + 1)?;
                if room.values > 0 {
                    entries.push((key.decoded(), value));
                }
                more = json.more(b'}')?;
            }
            Tree::Object(entries)
        }
        Some(b'[') => {
            let mut items = Vec::new();
            let mut more = !json.open(b']');
            while more {
                let item = from_json(json, room, level + 1)?;
                if room.values > 0 {
                    items.push(item);
                }
                more = json.more(b']')?;
            }
            Tree::List(items)
        }
        Some(b'"') => Tree::Text(json.quoted()?.decoded()),
        Some(b't') => {
            json.word("true")?;
            Tree::Bool(true)
        }
        Some(b'f') => {
            json.word("false")?;
            Tree::Bool(false)
        }
        Some(b'n') => {
            json.word("null")?;
            Tree::Null
        }
        Some(b'-' | b'0'..=b'9') => {
            let number = json.number()?;
            Tree::Number(number.exact.unwrap_or_else(|| written::nearest(number.raw)))
        }
        _ => return Err(Stop),
    })
}

fn from_packed(cursor: &mut Cursor<'_>, room: &mut Room, level: u32) -> Result<Tree, Broken> {
    if !room.take(level) {
        cursor.skip(1)?;
        return Ok(Tree::Null);
    }
    Ok(match cursor.value()? {
        Token::Object(count) => {
            let mut entries = Vec::new();
            for _ in 0..count {
                let key = match cursor.key()? {
                    Name::Text(key) => key,
                    Name::Row(_) => "",
                };
                let value = from_packed(cursor, room, level + 1)?;
                if room.values > 0 {
                    entries.push((key.to_owned(), value));
                }
            }
            Tree::Object(entries)
        }
        Token::List(count) => {
            let mut items = Vec::new();
            for _ in 0..count {
                let item = from_packed(cursor, room, level + 1)?;
                if room.values > 0 {
                    items.push(item);
                }
            }
            Tree::List(items)
        }
        Token::Absent => Tree::Nothing,
        Token::Null => Tree::Null,
        Token::Foreign(..) => Tree::Odd,
        Token::Bool(flag) => Tree::Bool(flag),
        Token::Number(number) | Token::NumberBy(number, _) => Tree::Number(number),
        Token::Written(number) => Tree::Number(written::nearest(number)),
        Token::Text(text) | Token::TextBy(text, _) => Tree::Text(text.to_owned()),
    })
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

//! Writing JSON text key by key: exports are small, and a tree of values would only make the wasm larger.

use std::fmt::Write as _;

use crate::json::quote;

/// A JSON object that grows key by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Object(String);

impl Object {
    /// Puts JSON text under the key.
    #[inline(never)]
    pub(crate) fn put(&mut self, key: &str, json: &str) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
        quote(&mut self.0, key);
        self.0.push(':');
        self.0.push_str(json);
    }

    /// Puts a text under the key.
    #[inline(never)]
    pub(crate) fn text(&mut self, key: &str, text: &str) {
        self.put(key, &quoted(text));
    }

    /// Puts a number under the key.
    #[inline(never)]
    pub(crate) fn number(&mut self, key: &str, number: i64) {
        let mut text = String::new();
        let _ = write!(text, "{number}");
        self.put(key, &text);
    }

    /// Puts texts as an array under the key, unless there are none.
    pub(crate) fn texts<'t>(&mut self, key: &str, texts: impl IntoIterator<Item = &'t str>) {
        let list: Vec<_> = texts.into_iter().map(quoted).collect();
        self.list(key, &list);
    }

    /// Puts JSON texts as an array under the key, unless there are none.
    #[inline(never)]
    pub(crate) fn list(&mut self, key: &str, items: &[String]) {
        if !items.is_empty() {
            self.put(key, &array(items));
        }
    }

    /// Takes over the keys of another object.
    #[inline(never)]
    pub(crate) fn join(&mut self, other: Self) {
        if !self.0.is_empty() && !other.0.is_empty() {
            self.0.push(',');
        }
        self.0.push_str(&other.0);
    }

    /// Whether it has no key.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The object with its braces.
    #[inline(never)]
    pub(crate) fn end(self) -> String {
        format!("{{{}}}", self.0)
    }
}

/// An object of one key.
#[inline(never)]
pub(crate) fn one(key: &str, json: &str) -> String {
    let mut object = Object::default();
    object.put(key, json);
    object.end()
}

/// The JSON texts as an array.
#[inline(never)]
pub(crate) fn array(items: &[String]) -> String {
    format!("[{}]", items.join(","))
}

/// A text as JSON.
#[inline(never)]
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::new();
    quote(&mut out, text);
    out
}

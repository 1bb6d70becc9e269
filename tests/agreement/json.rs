//! JSON values as they are written, so that a case can hold what a parsed value cannot: a key twice, digits that no double has. Paths
//! lead into them as issues' paths do.

use portform::issue::Step;

/// A JSON value as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    /// The digits as they stand.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().to_owned())
    }

    pub fn number(digits: impl AsRef<str>) -> Self {
        Self::Number(digits.as_ref().to_owned())
    }

    pub fn texts(texts: &[&str]) -> Self {
        Self::List(texts.iter().copied().map(Self::text).collect())
    }

    pub fn write(&self) -> String {
        let mut out = String::new();
        self.write_to(&mut out);
        out
    }

    fn write_to(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => out.push_str(&serde_json::to_string(text).unwrap()),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write_to(out);
                }
                out.push(']');
            }
            Self::Object(entries) => {
                out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    out.push_str(&serde_json::to_string(key).unwrap());
                    out.push(':');
                    value.write_to(out);
                }
                out.push('}');
            }
        }
    }

    /// Whether `JSON.parse` keeps everything that decides: each key once and in its place, each number a double.
    pub fn lossless(&self) -> bool {
        match self {
            Self::Null | Self::Bool(_) | Self::Text(_) => true,
            // Beyond 2^53 the digits of an identifier decide, which a double has not.
            Self::Number(digits) => {
                digits.len() < 16 && digits.parse::<f64>().is_ok_and(|number| number.abs() < 9_007_199_254_740_992.0)
            }
            Self::List(items) => items.iter().all(Self::lossless),
            Self::Object(entries) => entries.iter().enumerate().all(|(at, (key, value))| {
                // JavaScript puts keys that look like an index first.
                let index = key.parse::<u32>().is_ok();
                !index && entries.iter().take(at).all(|(other, _)| other != key) && value.lossless()
            }),
        }
    }

    /// How many values there are, this one included.
    pub fn size(&self) -> usize {
        1 + match self {
            Self::List(items) => items.iter().map(Self::size).sum(),
            Self::Object(entries) => entries.iter().map(|(_, value)| value.size()).sum(),
            _ => 0,
        }
    }

    /// The value at this place in document order; 0 is the whole.
    pub fn nth(&mut self, mut place: usize) -> Option<&mut Self> {
        if place == 0 {
            return Some(self);
        }
        place -= 1;
        let inside: Box<dyn Iterator<Item = &mut Self>> = match self {
            Self::List(items) => Box::new(items.iter_mut()),
            Self::Object(entries) => Box::new(entries.iter_mut().map(|(_, value)| value)),
            _ => return None,
        };
        for value in inside {
            let size = value.size();
            if place < size {
                return value.nth(place);
            }
            place -= size;
        }
        None
    }

    /// The value at the path, where there is one.
    pub fn at(&mut self, path: &[Step]) -> Option<&mut Self> {
        let Some((step, rest)) = path.split_first() else { return Some(self) };
        match (self, step) {
            (Self::Object(entries), Step::Key(key)) => entries.iter_mut().find(|(name, _)| name == key)?.1.at(rest),
            (Self::List(items), Step::Index(index)) => items.get_mut(*index as usize)?.at(rest),
            // A single object that stands for a list.
            (object @ Self::Object(_), Step::Index(0)) => object.at(rest),
            _ => None,
        }
    }

    /// Puts the value at the path; what leads to it has to be there.
    pub fn put(&mut self, path: &[Step], value: Self) {
        let Some((last, holder)) = path.split_last() else { return };
        match (self.at(holder), last) {
            (Some(Self::Object(entries)), Step::Key(key)) => match entries.iter_mut().find(|(name, _)| name == key) {
                Some((_, old)) => *old = value,
                None => entries.push((key.to_string(), value)),
            },
            (Some(Self::List(items)), Step::Index(index)) => {
                if let Some(old) = items.get_mut(*index as usize) {
                    *old = value;
                }
            }
            _ => {}
        }
    }

    /// Takes away what is at the path.
    pub fn remove(&mut self, path: &[Step]) {
        let Some((last, holder)) = path.split_last() else { return };
        match (self.at(holder), last) {
            (Some(Self::Object(entries)), Step::Key(key)) => entries.retain(|(name, _)| name != key),
            (Some(Self::List(items)), Step::Index(index)) if (*index as usize) < items.len() => {
                items.remove(*index as usize);
            }
            _ => {}
        }
    }
}

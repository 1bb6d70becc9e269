//! What a rule adds to its code: parameters, words of its own, and the steps of the path to what it is about. Never a value that was
//! typed.

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::ser::{Serialize, Serializer};

use super::{Field, Need, When, Words};

/// Which of a field's conditions an issue is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The condition that makes the field required.
    Required,
    /// The condition that makes the field relevant.
    Relevant,
    /// The condition under which the field is usually filled.
    Expected,
}

/// The parameters of the rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Params {
    /// None.
    None,
    /// `min`, perhaps exclusive.
    Min(f64, bool),
    /// `max`.
    Max(f64),
    /// One named parameter: `expected`, `format`, `after`, `of`, `with`, `list`, `to`.
    Name(&'static str, Cow<'static, str>),
    /// `when`, the field's own condition.
    When(Which),
    /// `allowed`, the field's own choices.
    Choices,
    /// `allowed`, these texts.
    Allowed(Vec<Cow<'static, str>>),
    /// `first`, the index of the first place.
    First(u32),
    /// `field` and `count`.
    Count(&'static str, u32),
    /// `more`: how many issues are not told.
    More(u32),
    /// `from` and `to`.
    Period(NaiveDate, NaiveDate),
    /// `line` and `column`.
    Position(u32, u32),
    /// `suggestion`, where there is one.
    Suggestion(Option<&'static str>),
    /// `reason` and `status`; the last is the upstream's own words, which only the message quotes.
    Refused(String, u16, String),
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A key.
    Key(Cow<'static, str>),
    /// An index in a list.
    Index(u32),
}

/// Words of the check itself, in place of the code's message.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Says {
    /// The code's message.
    #[default]
    Nothing,
    /// These words, in which `{label}`, `{name}` and `{n}` stand for what they stand for in messages.
    Words(&'static Words),
    /// These words, from outside: the proxy's own, in the three languages.
    Outside(Box<[String; 3]>),
    /// What a front end says itself.
    Given(Box<Given>),
}

/// What a front end says of its own finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// Its own stable word.
    pub code: Box<str>,
    /// The name under which it was attached.
    pub source: Box<str>,
    /// In the language of the page.
    pub message: Box<str>,
}

/// A path as a JSON pointer (RFC 6901).
pub fn pointer(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        text.push('/');
        match step {
            Step::Key(key) => {
                for letter in key.chars() {
                    match letter {
                        '~' => text.push_str("~0"),
                        '/' => text.push_str("~1"),
                        other => text.push(other),
                    }
                }
            }
            Step::Index(index) => {
                let _ = write!(text, "{index}");
            }
        }
    }
    text
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Key(key) => serializer.serialize_str(key),
            Self::Index(index) => serializer.serialize_u32(*index),
        }
    }
}

impl Field {
    /// The field's condition of this sort, where it has one.
    pub(crate) fn condition(&self, which: Which) -> Option<&'static When> {
        let need = match which {
            Which::Required => self.required,
            Which::Relevant => self.relevant,
            Which::Expected => self.expected,
        };
        match need {
            Need::When(when) => Some(when),
            Need::Never | Need::Always => None,
        }
    }
}

//! What a check finds: an issue with its place, code, severity, rule, parameters of the rule, and its message in three
//! languages. An issue never carries the rejected value, because these payloads hold names, SNILS and phone numbers.

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::messages;
use crate::options::Locale;
use crate::table::{Field, Kind, Need, Payload, Record, Words};

/// How much an issue weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Blocks submission.
    Error,
    /// What an experienced registrar would ask about; never blocks.
    Warning,
    /// Records a lenient reading.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// What is wrong, as a stable word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as it stands in an issue.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

codes! {
    /// The text is not JSON.
    Syntax = "syntax",
    /// The same key twice in one object.
    DuplicateKey = "duplicate_key",
    /// Nested too deep.
    TooDeep = "too_deep",
    /// More issues than a report tells.
    TooManyIssues = "too_many_issues",
    /// Of another type.
    Type = "type",
    /// Missing, and always required.
    Required = "required",
    /// Missing, and required because of another field.
    RequiredWhen = "required_when",
    /// Optional, but usually filled here.
    Expected = "expected",
    /// Has a value, and will not be sent.
    NotRelevant = "not_relevant",
    /// A key that the document does not have.
    UnknownField = "unknown_field",
    /// Not one of the listed values.
    Enum = "enum",
    /// A whole number is needed.
    Integer = "integer",
    /// An integer beyond 2^53 − 1.
    UnsafeNumber = "unsafe_number",
    /// Too many decimal places.
    DecimalPlaces = "decimal_places",
    /// Under the bound.
    TooSmall = "too_small",
    /// Over the bound.
    TooLarge = "too_large",
    /// A text under its length.
    TooShort = "too_short",
    /// A text over its length.
    TooLong = "too_long",
    /// Too few items.
    TooFew = "too_few",
    /// Too many items.
    TooMany = "too_many",
    /// Not a calendar date.
    Date = "date",
    /// Not of the named format.
    Format = "format",
    /// Right shape, wrong check digit.
    Checksum = "checksum",
    /// Must be unique.
    Duplicate = "duplicate",
    /// Not exactly one item has the flag.
    ExactlyOne = "exactly_one",
    /// Ends before it begins.
    DateOrder = "date_order",
    /// A part larger than its whole.
    Exceeds = "exceeds",
    /// Must agree with another field.
    Mismatch = "mismatch",
    /// Legal, but hardly goes together with another field.
    Inconsistent = "inconsistent",
    /// Not in the reference list.
    UnknownReference = "unknown_reference",
    /// Refers to a teaching kit that is no longer current.
    StaleReference = "stale_reference",
    /// Differs from the previous contract.
    NotAllowedToChange = "not_allowed_to_change",
    /// The object's status does not allow the operation.
    WrongStatus = "wrong_status",
    /// A date outside the permitted window.
    OutOfPeriod = "out_of_period",
    /// An upstream refused.
    Refused = "refused",
    /// A finding of the front end's own, unless it names another code.
    Attached = "attached",
    /// Read as another type.
    Coerced = "coerced",
    /// White space around the text was left out.
    Trimmed = "trimmed",
    /// The key was spelt in another way.
    Renamed = "renamed",
    /// A one-item list was read as its item.
    Unwrapped = "unwrapped",
    /// A single object was read as a list of one.
    Wrapped = "wrapped",
    /// Another spelling of a listed value.
    Alias = "alias",
}

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

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// Where: keys and indexes from the root; empty is the payload as a whole.
    pub path: Vec<Step>,
    /// What.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// The rule's stable id.
    pub rule: Cow<'static, str>,
    /// The parameters of the rule.
    pub params: Params,
    /// Words of the check itself.
    pub says: Says,
    /// The payload whose table describes the path from step `inner` on.
    pub payload: &'static Payload,
    /// How many steps lead to that payload; not 0 only inside a signed envelope.
    pub inner: u8,
}

impl Issue {
    /// The path as a JSON pointer (RFC 6901).
    pub fn pointer(&self) -> String {
        pointer(&self.path)
    }

    /// The section of the source document; of a front end's own finding the name under which it was attached.
    pub fn source(&self) -> &str {
        match &self.says {
            Says::Given(given) => &given.source,
            _ => self.payload.source,
        }
    }

    /// The stable word of what is wrong.
    pub fn code(&self) -> &str {
        match &self.says {
            Says::Given(given) => &given.code,
            _ => self.code.as_str(),
        }
    }

    /// The row that the issue is at, where it is at one.
    pub fn field(&self) -> Option<&'static Field> {
        row(self.payload, self.path.get(usize::from(self.inner)..).unwrap_or_default())
    }

    /// The message in the language.
    pub fn message(&self, locale: Locale) -> String {
        messages::render(self, locale)
    }

    /// The issue as it stands in the JavaScript interface, with its message in the language.
    pub fn localized(&self, locale: Locale) -> Localized<'_> {
        Localized { issue: self, locale }
    }
}

/// The row that a path leads to.
fn row(payload: &'static Payload, path: &[Step]) -> Option<&'static Field> {
    let mut record: &'static Record = payload.root;
    let mut found = None;
    for step in path {
        match step {
            Step::Key(key) => {
                let field = record.fields.iter().find(|field| field.name == key)?;
                if let Kind::Object(inner) | Kind::List(inner) = field.kind {
                    record = inner;
                }
                found = Some(field);
            }
            Step::Index(_) => {
                if record.scalar {
                    found = record.fields.first();
                }
            }
        }
    }
    found
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

/// An issue in one language; serializes as the JavaScript interface's `Issue`.
#[derive(Clone, Copy, Debug)]
pub struct Localized<'a> {
    issue: &'a Issue,
    locale: Locale,
}

impl Localized<'_> {
    /// Everything but the place.
    #[inline(never)]
    pub(crate) fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let issue = self.issue;
        map.serialize_entry("code", issue.code())?;
        map.serialize_entry("severity", issue.severity.as_str())?;
        map.serialize_entry("rule", &issue.rule)?;
        map.serialize_entry("source", issue.source())?;
        map.serialize_entry("params", &Parameters(issue))?;
        map.serialize_entry("message", &issue.message(self.locale))
    }
}

impl Serialize for Localized<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(8))?;
        map.serialize_entry("path", &self.issue.path)?;
        map.serialize_entry("pointer", &self.issue.pointer())?;
        self.entries(&mut map)?;
        map.end()
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Key(key) => serializer.serialize_str(key),
            Self::Index(index) => serializer.serialize_u32(*index),
        }
    }
}

struct Parameters<'a>(&'a Issue);

/// A bound: a whole number in every table. Written as a double it would carry the tables of a writer of doubles into the package.
struct Bound(f64);

impl Serialize for Bound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[expect(clippy::cast_possible_truncation, reason = "bounds of rules are small and whole")]
        serializer.serialize_i64(self.0 as i64)
    }
}

impl Serialize for Parameters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.0.params {
            Params::None => {}
            Params::Min(min, exclusive) => {
                map.serialize_entry("min", &Bound(*min))?;
                if *exclusive {
                    map.serialize_entry("exclusive", &true)?;
                }
            }
            Params::Max(max) => map.serialize_entry("max", &Bound(*max))?,
            Params::Name(key, value) => map.serialize_entry(key, value)?,
            Params::When(which) => {
                if let Some(when) = self.0.field().and_then(|field| field.condition(*which)) {
                    map.serialize_entry("when", &when.expression())?;
                }
            }
            Params::Choices => {
                if let Some(Kind::Choice(choices)) = self.0.field().map(|field| field.kind) {
                    let allowed: Vec<_> = choices.items.iter().map(|item| item.value).collect();
                    map.serialize_entry("allowed", &allowed)?;
                }
            }
            Params::Allowed(allowed) => map.serialize_entry("allowed", allowed)?,
            Params::First(first) => map.serialize_entry("first", first)?,
            Params::More(more) => map.serialize_entry("more", more)?,
            Params::Count(field, count) => {
                map.serialize_entry("field", field)?;
                map.serialize_entry("count", count)?;
            }
            Params::Period(from, to) => {
                map.serialize_entry("from", &from.to_string())?;
                map.serialize_entry("to", &to.to_string())?;
            }
            Params::Position(line, column) => {
                map.serialize_entry("line", line)?;
                map.serialize_entry("column", column)?;
            }
            Params::Suggestion(Some(name)) => map.serialize_entry("suggestion", name)?,
            Params::Suggestion(None) => {}
            Params::Refused(reason, status, _) => {
                map.serialize_entry("reason", reason)?;
                map.serialize_entry("status", status)?;
            }
        }
        map.end()
    }
}

impl Field {
    /// The field's condition of this sort, where it has one.
    pub(crate) fn condition(&self, which: Which) -> Option<&'static crate::table::When> {
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

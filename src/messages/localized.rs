//! An issue in one language, as it stands in the JavaScript interface.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::render;
use crate::issue::{Issue, Params};
use crate::table::{Kind, Locale};

impl Issue {
    /// The message in the language.
    pub fn message(&self, locale: Locale) -> String {
        render(self, locale)
    }

    /// The issue as it stands in the JavaScript interface, with its message in the language.
    pub fn localized(&self, locale: Locale) -> Localized<'_> {
        Localized { issue: self, locale }
    }
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

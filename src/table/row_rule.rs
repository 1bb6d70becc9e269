//! Rules over all items of a list: uniqueness, exactly one, membership. They are data, so that a live form can keep an index.

#![expect(clippy::indexing_slicing, reason = "const functions that run while the crate compiles")]

use super::field::NONE;
use super::lookup::index;
use super::{Code, Field, Severity, Words};

/// A rule over all items of a list; the live form keeps an index for it.
#[derive(Clone, Copy, Debug)]
pub struct RowRule {
    pub(crate) rule: &'static str,
    pub(crate) severity: Severity,
    pub(crate) test: RowTest,
    pub(crate) fields: [u8; 2],
    /// In place of the code's words.
    pub(crate) words: Option<&'static Words>,
}

/// What a rule over rows asks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RowTest {
    /// The fields together are unique; each later place is `duplicate`, at the last of the fields.
    Unique,
    /// Exactly one item has the flag: else `exactly_one` at the list.
    ExactlyOne,
    /// The field is an item of the root's list of this name: else `unknown_reference`.
    Member(&'static str),
}

/// The values of `names` together are unique within the list; a later one is reported at the last of the names.
pub const fn unique(rule: &'static str, severity: Severity, rows: &[Field], names: &[&'static str]) -> RowRule {
    let first = index(rows, names[0]);
    let second = if names.len() > 1 { index(rows, names[1]) } else { NONE };
    RowRule { rule, severity, test: RowTest::Unique, fields: [first, second], words: None }
}

/// Exactly one item of the list has the flag `name`.
pub const fn exactly_one(rule: &'static str, rows: &[Field], name: &'static str) -> RowRule {
    RowRule {
        rule,
        severity: Severity::Error,
        test: RowTest::ExactlyOne,
        fields: [index(rows, name), NONE],
        words: None,
    }
}

/// The value of `name` is an item of the root's list `list`.
pub const fn member(rule: &'static str, rows: &[Field], name: &'static str, list: &'static str) -> RowRule {
    RowRule {
        rule,
        severity: Severity::Error,
        test: RowTest::Member(list),
        fields: [index(rows, name), NONE],
        words: None,
    }
}

impl RowRule {
    /// What the rule says; `{n}` is the number of the row that has the value first.
    pub const fn says(mut self, words: &'static Words) -> Self {
        self.words = Some(words);
        self
    }

    /// The first row of an item that the rule reads.
    pub(crate) const fn first(&self) -> u8 {
        let [first, _] = self.fields;
        first
    }

    /// The row of an item that the rule is about, the last where it reads two.
    pub(crate) const fn row(&self) -> u8 {
        let [first, second] = self.fields;
        if second == NONE { first } else { second }
    }

    /// The row of an item at which the rule reports; `None` is the list itself.
    pub(crate) const fn reported(&self) -> Option<usize> {
        let [first, second] = self.fields;
        match self.test {
            RowTest::ExactlyOne => None,
            RowTest::Unique | RowTest::Member(_) => Some(if second == NONE { first } else { second } as usize),
        }
    }

    /// The code that the rule reports.
    pub(crate) const fn code(&self) -> Code {
        match self.test {
            RowTest::Unique => Code::Duplicate,
            RowTest::ExactlyOne => Code::ExactlyOne,
            RowTest::Member(_) => Code::UnknownReference,
        }
    }
}

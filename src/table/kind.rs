//! What a value is: kinds, formats of texts, and enumerations with every spelling of their choices.

use super::{Record, Words};

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text; the format is checked when the text is not blank.
    Text(Format),
    /// A finite number.
    Number,
    /// A whole number within ±(2^53 − 1).
    Integer,
    /// A number of at least 0 with at most two decimal places.
    Money,
    /// true or false.
    Boolean,
    /// A calendar date, YYYY-MM-DD.
    Date,
    /// One of the listed spellings.
    Choice(&'static Choices),
    /// 8-4-4-4-12 hexadecimal digits.
    Uuid(Uuid),
    /// An object.
    Object(&'static Record),
    /// A list of objects or of values.
    List(&'static Record),
}

/// What a text must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Any text.
    Any,
    /// An absolute http(s) URL; a warning.
    Url,
    /// 10–15 digits; a warning.
    Phone,
    /// An e-mail address; a warning.
    Email,
    /// SNILS with its check number; warnings.
    Snils,
    /// An eHealth contract number; repaired leniently.
    ContractNumber,
    /// Text that the eHealth schemas call a name.
    EhealthName,
    /// Six digits, the code of a bank.
    Mfo,
    /// Digits, or a UA IBAN.
    PayerAccount,
    /// Base64 of a signed container.
    SignedContent,
}

/// Which UUIDs are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uuid {
    /// Any version, variant and case; anything else is a warning (the Portal's own examples are not RFC 4122).
    Portal,
    /// The pattern of the published schemas; anything else is an error.
    Ehealth,
}

/// An enumeration.
#[derive(Debug)]
pub struct Choices {
    pub(crate) items: &'static [Choice],
    /// Any other text is read as the last item, and kept in the field of this name.
    pub(crate) open: Option<&'static str>,
}

impl Choices {
    /// The listed spellings and nothing else.
    pub const fn new(items: &'static [Choice]) -> Self {
        Self { items, open: None }
    }

    /// Any other text is read as the last choice; the raw text is kept in the field `raw`.
    pub const fn or_else(mut self, raw: &'static str) -> Self {
        self.open = Some(raw);
        self
    }

    /// The canonical value of the choice at `index`.
    pub(crate) fn value(&self, index: usize) -> &'static str {
        self.items.get(index).map_or("", |choice| choice.value)
    }
}

/// One spelling of an enumeration, and what else is read as it.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    pub(crate) value: &'static str,
    pub(crate) label: Words,
    /// How it is sent: by default, and in the other dialect.
    pub(crate) wire: [&'static str; 2],
    /// Read as this choice in any letter case, with a note.
    pub(crate) aliases: &'static [&'static str],
}

/// The choice `value`, sent as it stands.
pub const fn choice(value: &'static str, label: Words) -> Choice {
    Choice { value, label, wire: [value, value], aliases: &[] }
}

impl Choice {
    /// Sent as `example` by default, as `table` in the other dialect.
    pub const fn wire(mut self, example: &'static str, table: &'static str) -> Self {
        self.wire = [example, table];
        self
    }

    /// Other spellings that are read as this choice.
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }
}

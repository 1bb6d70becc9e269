//! A row of a table, and the words in which rows are written: a constructor per kind, then whatever else is said of the row.

use super::{Choices, Format, Kind, Need, Record, Uuid, When, Words};

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) label: Words,
    pub(crate) hint: Option<&'static Words>,
    pub(crate) rule: &'static str,
    /// The rule that the format's own faults cite, where it is another one.
    pub(crate) format_rule: &'static str,
    /// The rule that a missing value cites, where it is another one.
    pub(crate) needed_by: &'static str,
    pub(crate) required: Need,
    pub(crate) relevant: Need,
    pub(crate) expected: Need,
    /// The fields that the three conditions above read, in this order, and the choices that they ask for.
    pub(crate) reads: [u8; 3],
    pub(crate) asks: [u32; 3],
    pub(crate) min: Option<i16>,
    pub(crate) max: Option<i16>,
    pub(crate) above: bool,
    pub(crate) soft_min: Option<i16>,
    pub(crate) soft_max: Option<i16>,
    pub(crate) min_items: u32,
    pub(crate) aliases: &'static [&'static str],
    /// What an absent boolean counts as in a condition.
    pub(crate) absent_is_false: bool,
    /// An absent boolean is read as true when this row is filled.
    pub(crate) absent_is_true_with: Option<&'static str>,
    /// Which dialect decides how the field is sent.
    pub(crate) dialect: Option<DialectKey>,
    /// The only value that is allowed.
    pub(crate) constant: Option<bool>,
    /// What is said of the other.
    pub(crate) constant_words: Option<&'static Words>,
    /// The name of the eHealth dictionary that lists the allowed texts.
    pub(crate) dictionary: Option<&'static str>,
    /// In an item, a missing value is that of this field of the object that holds the list.
    pub(crate) inherits: Option<&'static str>,
    /// The published schema takes null here.
    pub(crate) nullable: bool,
}

/// The fields of `Dialect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialectKey {
    /// Spelling of a result's status.
    ResultStatus,
    /// Prices as numbers or texts.
    Price,
    /// Address as an object or a list.
    Address,
}

/// In place of the index of a row.
pub(super) const NONE: u8 = u8::MAX;

const fn field(name: &'static str, kind: Kind, label: Words) -> Field {
    Field {
        name,
        kind,
        label,
        hint: None,
        rule: "",
        format_rule: "",
        needed_by: "",
        required: Need::Never,
        relevant: Need::Always,
        expected: Need::Never,
        reads: [NONE; 3],
        asks: [0; 3],
        min: None,
        max: None,
        above: false,
        soft_min: None,
        soft_max: None,
        min_items: 0,
        aliases: &[],
        absent_is_false: false,
        absent_is_true_with: None,
        dialect: None,
        constant: None,
        constant_words: None,
        dictionary: None,
        inherits: None,
        nullable: false,
    }
}

/// A row of text.
pub const fn text(name: &'static str, label: Words) -> Field {
    field(name, Kind::Text(Format::Any), label)
}
/// A row with a number.
pub const fn number(name: &'static str, label: Words) -> Field {
    field(name, Kind::Number, label)
}
/// A row with a whole number.
pub const fn integer(name: &'static str, label: Words) -> Field {
    field(name, Kind::Integer, label)
}
/// A row with an amount of money.
pub const fn money(name: &'static str, label: Words) -> Field {
    field(name, Kind::Money, label)
}
/// A row with true or false.
pub const fn boolean(name: &'static str, label: Words) -> Field {
    field(name, Kind::Boolean, label)
}
/// A row with a calendar date.
pub const fn date(name: &'static str, label: Words) -> Field {
    field(name, Kind::Date, label)
}
/// A row with one of the listed spellings.
pub const fn one_of(name: &'static str, choices: &'static Choices, label: Words) -> Field {
    field(name, Kind::Choice(choices), label)
}
/// A row with a UUID.
pub const fn uuid(name: &'static str, uuid: Uuid, label: Words) -> Field {
    field(name, Kind::Uuid(uuid), label)
}
/// A row with an object.
pub const fn object(name: &'static str, record: &'static Record, label: Words) -> Field {
    assert!(!record.scalar, "an object has named rows");
    field(name, Kind::Object(record), label)
}
/// A row with a list of objects or of values.
pub const fn list(name: &'static str, item: &'static Record, label: Words) -> Field {
    field(name, Kind::List(item), label)
}

impl Field {
    /// The rule's stable id.
    pub const fn rule(mut self, id: &'static str) -> Self {
        self.rule = id;
        self
    }
    /// A sentence of help under the label.
    pub const fn hint(mut self, words: &'static Words) -> Self {
        self.hint = Some(words);
        self
    }
    /// Always required.
    pub const fn required(mut self) -> Self {
        self.required = Need::Always;
        self
    }
    /// Required when the condition holds.
    pub const fn required_when(mut self, when: &'static When) -> Self {
        self.required = Need::When(when);
        self
    }
    /// Relevant only when the condition holds.
    pub const fn relevant_when(mut self, when: &'static When) -> Self {
        self.relevant = Need::When(when);
        self
    }
    /// Optional in the source, but usually filled.
    pub const fn expected(mut self) -> Self {
        self.expected = Need::Always;
        self
    }
    /// Usually filled when the condition holds.
    pub const fn expected_when(mut self, when: &'static When) -> Self {
        self.expected = Need::When(when);
        self
    }
    /// At least so much.
    pub const fn min(mut self, min: i16) -> Self {
        self.min = Some(min);
        self
    }
    /// More than so much.
    pub const fn above(mut self, min: i16) -> Self {
        self.min = Some(min);
        self.above = true;
        self
    }
    /// At most so much.
    pub const fn max(mut self, max: i16) -> Self {
        self.max = Some(max);
        self
    }
    /// A warning under so much.
    pub const fn usually_from(mut self, min: i16) -> Self {
        self.soft_min = Some(min);
        self
    }
    /// A warning over so much.
    pub const fn usually_to(mut self, max: i16) -> Self {
        self.soft_max = Some(max);
        self
    }
    /// At least so many items.
    pub const fn at_least(mut self, items: u32) -> Self {
        self.min_items = items;
        self
    }
    /// The text's format.
    pub const fn format(mut self, format: Format) -> Self {
        self.kind = Kind::Text(format);
        self
    }
    /// The rule that the format's own faults cite, where it is not the row's.
    pub const fn format_rule(mut self, id: &'static str) -> Self {
        self.format_rule = id;
        self
    }
    /// The rule that a missing value cites, where it is not the row's.
    pub const fn needed_by(mut self, id: &'static str) -> Self {
        self.needed_by = id;
        self
    }
    /// Null is a value of the row in what is signed.
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
    /// The rule of the row's presence.
    pub(crate) const fn presence_rule(&self) -> &'static str {
        if self.needed_by.is_empty() { self.rule } else { self.needed_by }
    }
    /// Other keys that are read as this one.
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }
    /// In a condition, a missing value counts as false.
    pub const fn absent_is_false(mut self) -> Self {
        self.absent_is_false = true;
        self
    }
    /// A missing value is read as true when the row of this name is filled.
    pub const fn absent_is_true_with(mut self, name: &'static str) -> Self {
        self.absent_is_true_with = Some(name);
        self
    }
    /// Sent as this dialect says.
    pub const fn dialect(mut self, key: DialectKey) -> Self {
        self.dialect = Some(key);
        self
    }
    /// The only value that is allowed, and what is said of the other.
    pub const fn only(mut self, value: bool, words: &'static Words) -> Self {
        self.constant = Some(value);
        self.constant_words = Some(words);
        self
    }
    /// With the dictionary given as context, one of its texts.
    pub const fn dictionary(mut self, name: &'static str) -> Self {
        self.dictionary = Some(name);
        self
    }
    /// In an item, a missing value is that of this field of the object that holds the list.
    pub const fn inherits(mut self, field: &'static str) -> Self {
        self.inherits = Some(field);
        self
    }
}

//! Conditions over one field of the same object, and how much a field is needed under them.

use super::Words;

/// A condition over one field of the same object.
#[derive(Clone, Copy, Debug)]
pub struct When {
    pub(crate) field: &'static str,
    pub(crate) test: Test,
    /// The condition as a person would say it: "the paid basis is chosen".
    pub(crate) words: Words,
}

/// What a condition asks of its field.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// The field is true.
    True,
    /// The field is one of these choices.
    OneOf(&'static [&'static str]),
    /// The field is not this choice; absent counts as not being it.
    Not(&'static str),
    /// The field is missing or blank.
    Blank,
    /// The field is neither missing nor blank.
    Filled,
    /// The field is false; absent decides nothing.
    False,
    /// The payload updates its object.
    Updating,
}

/// A condition: `when("is_paid", Test::True, …)`.
pub const fn when(field: &'static str, test: Test, words: Words) -> When {
    When { field, test, words }
}

/// The condition that the payload updates its object.
pub const UPDATING: When = when("", Test::Updating, ["вносятся изменения", "вносяться зміни", "changes are made"]);

/// How much a field is needed.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// It may be left out.
    Never,
    /// It is needed whatever the rest says.
    Always,
    /// It is needed when the condition holds.
    When(&'static When),
}

impl When {
    /// The condition as a stable text, for `params.when`.
    pub(crate) fn expression(&self) -> String {
        let field = self.field;
        match self.test {
            Test::True => format!("{field} = true"),
            Test::False => format!("{field} = false"),
            Test::OneOf(names) => format!("{field} in ({})", names.join(", ")),
            Test::Not(name) => format!("{field} != {name}"),
            Test::Blank => format!("{field} is blank"),
            Test::Filled => format!("{field} is not blank"),
            Test::Updating => "update".to_owned(),
        }
    }
}

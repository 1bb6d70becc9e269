//! Conditions of rows as schemas over the object that has them: one that holds when a condition is known to be true, and one that
//! holds when it is known to be false. Where neither holds, the condition decides nothing.

use super::patterns::{self, FILLED};
use super::{Schema, Side};
use crate::export::fields::sent;
use crate::export::json::{Object, array, one, quoted};
use crate::table::{Choices, Field, Kind, Record, Test, When};

impl Schema<'_> {
    /// The schema of objects in which the condition is known to be `expected`.
    pub(super) fn condition(&self, record: &'static Record, when: &When, expected: bool) -> Option<String> {
        let field = record.fields.get(record.find(when.field)?)?;
        Some(match when.test {
            Test::True => self.flag(field, expected),
            Test::False => self.flag(field, !expected),
            Test::OneOf(names) => self.choice(field, &|name| names.contains(&name) == expected)?,
            Test::Not(name) if expected => {
                let other = self.choice(field, &|choice| choice != name)?;
                one("anyOf", &array(&[other, self.blank(field)]))
            }
            Test::Not(name) => self.choice(field, &|choice| choice == name)?,
            Test::Blank if expected => self.blank(field),
            Test::Filled if !expected => self.blank(field),
            Test::Blank | Test::Filled => self.filled(field),
            // Decided before a schema is written.
            Test::Updating => return None,
        })
    }

    fn flag(&self, field: &Field, flag: bool) -> String {
        let value = self.flag_value(flag);
        if field.absent_is_false && !flag {
            return one("anyOf", &array(&[has(field, &value), self.blank(field)]));
        }
        has(field, &value)
    }

    /// A boolean of this value, in every spelling that is read as it.
    pub(super) fn flag_value(&self, flag: bool) -> String {
        let value = if flag { "true" } else { "false" };
        let [no, yes] = patterns::FLAGS;
        let exact = one("enum", &format!("[{value}]"));
        if self.side == Side::Output {
            return exact;
        }
        let text = patterns::trimmed(if flag { yes } else { no }, false);
        one("anyOf", &array(&[exact, text_like(&text)]))
    }

    fn choice(&self, field: &'static Field, wanted: &dyn Fn(&'static str) -> bool) -> Option<String> {
        let Kind::Choice(choices) = field.kind else {
            return None;
        };
        Some(has(field, &self.choice_value(choices, field, wanted)))
    }

    /// A choice that is wanted, in every spelling that is read as it.
    fn choice_value(
        &self,
        choices: &'static Choices,
        field: &'static Field,
        wanted: &dyn Fn(&'static str) -> bool,
    ) -> String {
        let is_wanted = |at: usize| wanted(choices.value(at));
        if self.side == Side::Output {
            let spellings = sent(choices, field, self.payload, self.options.dialect);
            let mut object = Object::default();
            object.texts("enum", spellings.enumerate().filter(|(at, _)| is_wanted(*at)).map(|(_, text)| text));
            return object.end();
        }
        let last = choices.items.len().saturating_sub(1);
        if choices.open.is_some() && is_wanted(last) {
            // Whatever is not one of the others is read as the last.
            let others = spellings(choices, &|at| !is_wanted(at));
            let mut object = Object::default();
            object.text("type", "string");
            object.text("pattern", FILLED);
            if let Some(others) = others {
                object.put("not", &text_like(&patterns::trimmed(&others, false)));
            }
            return object.end();
        }
        let pattern = spellings(choices, &is_wanted).unwrap_or_default();
        text_like(&patterns::trimmed(&pattern, false))
    }

    /// The row is missing, null or blank; an empty list counts as blank.
    fn blank(&self, field: &Field) -> String {
        one("not", &self.filled(field))
    }

    /// The row is neither missing, nor null, nor blank, nor an empty list.
    pub(super) fn filled(&self, field: &Field) -> String {
        let mut value = self.present(field);
        if matches!(field.kind, Kind::List(_)) {
            value.number("minItems", 1);
        }
        has(field, &value.end())
    }

    /// A value that is neither null nor blank.
    pub(super) fn present(&self, field: &Field) -> Object {
        let mut value = Object::default();
        match (self.side, field.kind) {
            (Side::Output, Kind::Text(_)) => value.text("pattern", FILLED),
            (Side::Output, _) => {}
            (Side::Input, kind) => {
                value.text("pattern", FILLED);
                value.put("not", &one("enum", "[null]"));
                if let Kind::Object(_) = kind {
                    // An empty list in place of an object is no object.
                    value.number("minItems", 1);
                }
            }
        }
        value
    }
}

/// The pattern of every spelling that is read as one of the wanted choices.
pub(super) fn spellings(choices: &Choices, wanted: &dyn Fn(usize) -> bool) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for (_, item) in choices.items.iter().enumerate().filter(|(at, _)| wanted(*at)) {
        for text in [item.value].iter().chain(&item.wire).chain(item.aliases) {
            let pattern = patterns::any_case(text);
            if !all.contains(&pattern) {
                all.push(pattern);
            }
        }
    }
    (!all.is_empty()).then(|| all.join("|"))
}

/// The object has the row, with such a value.
pub(super) fn has(field: &Field, value: &str) -> String {
    let mut object = Object::default();
    object.texts("required", [field.name]);
    object.put("properties", &one(field.name, value));
    object.end()
}

fn text_like(pattern: &str) -> String {
    let mut object = Object::default();
    object.text("type", "string");
    object.put("pattern", &quoted(pattern));
    object.end()
}

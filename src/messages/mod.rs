//! What an issue says, in Russian, Ukrainian and English: a template per code and language, filled with the field's label and
//! the rule's parameters. Never with what was typed.

mod en;
mod ru;
mod uk;

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use crate::issue::{Code, Issue, Params, Severity, Step};
use crate::kinds::decimal;
use crate::options::Locale;
use crate::table::{Kind, Record, Words};

/// The text of this language.
pub const fn pick(words: &Words, locale: Locale) -> &'static str {
    pick_one::<&str>(words, locale)
}

/// What stands at this language's place.
pub(crate) const fn pick_one<T>(words: &[T; 3], locale: Locale) -> &T {
    let [ru, uk, en] = words;
    match locale {
        Locale::Ru => ru,
        Locale::Uk => uk,
        Locale::En => en,
    }
}

/// What a list says under a name. The lists are data and searched by one loop: as a `match` each would be code, name by name.
#[inline(never)]
fn said(list: &'static [(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    list.iter().find(|(known, _)| *known == name).map(|(_, words)| *words)
}

/// The message of an issue that has no words of its own.
pub(crate) fn render(issue: &Issue, locale: Locale) -> String {
    let code = effective(issue);
    let mut template = match locale {
        Locale::Ru => ru::template(code),
        Locale::Uk => uk::template(code),
        Locale::En => en::template(code),
    };
    let mut text = String::new();
    while let Some((before, rest)) = template.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = rest.split_once('}') else {
            break;
        };
        fill(&mut text, name, issue, locale);
        template = after;
    }
    text.push_str(template);
    text
}

/// What a template is chosen by: codes, and a few of their forms that read differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// The code as it is.
    Code(Code),
    /// A lower bound that is itself excluded.
    MoreThan,
    /// A lower bound that only warns.
    UsuallyAtLeast,
    /// An upper bound that only warns.
    UsuallyAtMost,
    /// `required` of yes or no.
    Answer,
    /// `required_when` of yes or no.
    AnswerWhen,
    /// A field of a received payload that is not relevant.
    NotCounted,
    /// `expected` with a condition.
    ExpectedWhen,
    /// A key that looks like one of the table's.
    UnknownSuggested,
    /// The payload as a whole is of another type.
    WholeType,
    /// An item of a list is missing.
    ItemRequired,
    /// A format, a check digit or what is wrong with a date, named.
    Named(Code, &'static str),
    /// An upstream's refusal with its own words.
    RefusedQuoted,
    /// Not among the values of another field.
    NotAmong,
}

fn effective(issue: &Issue) -> Template {
    match (issue.code, &issue.params) {
        (Code::TooSmall, _) if issue.severity == Severity::Warning => Template::UsuallyAtLeast,
        (Code::TooLarge, _) if issue.severity == Severity::Warning => Template::UsuallyAtMost,
        (Code::TooSmall, Params::Min(_, true)) => Template::MoreThan,
        (Code::Required, _) if yes_or_no(issue) => Template::Answer,
        (Code::RequiredWhen, _) if yes_or_no(issue) => Template::AnswerWhen,
        (Code::NotRelevant, _) if !issue.payload.outbound() => Template::NotCounted,
        (Code::Expected, Params::When(_)) => Template::ExpectedWhen,
        (Code::UnknownField, Params::Suggestion(Some(_))) => Template::UnknownSuggested,
        (Code::Type, _) if issue.path.len() == usize::from(issue.inner) => Template::WholeType,
        (Code::Required, _) if matches!(issue.path.last(), Some(Step::Index(_))) => Template::ItemRequired,
        (Code::Format | Code::Checksum, Params::Name(_, name)) => Template::Named(issue.code, known_format(name)),
        (Code::Date, Params::Name(_, reason)) => Template::Named(Code::Date, known_reason(reason)),
        (Code::UnknownReference, Params::Name(_, list)) if issue.payload.root.find(list).is_some() => {
            Template::NotAmong
        }
        (Code::Refused, Params::Refused(_, _, quote)) if !quote.is_empty() => Template::RefusedQuoted,
        (code, _) => Template::Code(code),
    }
}

fn yes_or_no(issue: &Issue) -> bool {
    issue.field().is_some_and(|field| matches!(field.kind, Kind::Boolean))
}

/// Every named format that an issue can carry.
pub(crate) const FORMATS: [&str; 13] = [
    "url",
    "phone",
    "email",
    "snils",
    "uuid",
    "trimmed",
    "base64",
    "cms",
    "contract_number",
    "contract_number_legacy",
    "iban",
    "mfo",
    "name",
];

/// What can be wrong with a date.
pub(crate) const DATE_REASONS: [&str; 3] = ["unreadable", "no_such_day", "year"];

fn known_reason(name: &str) -> &'static str {
    DATE_REASONS.into_iter().find(|known| *known == name).unwrap_or("")
}

fn known_format(name: &str) -> &'static str {
    FORMATS.into_iter().find(|known| *known == name).unwrap_or("")
}

fn fill(text: &mut String, name: &str, issue: &Issue, locale: Locale) {
    match (name, &issue.params) {
        ("label", _) => {
            let last = issue.path.last();
            let name = match (issue.field(), last) {
                (Some(field), _) => pick(&field.label, locale),
                (None, Some(Step::Key(key))) if issue.path.len() > usize::from(issue.inner) => key,
                (None, _) => pick(&issue.payload.title, locale),
            };
            quote(text, name, locale);
            if let (Some(_), Some(Step::Index(index))) = (issue.field(), last) {
                let number = if locale == Locale::En { "no." } else { "№" };
                text.push(' ');
                text.push_str(number);
                text.push(' ');
                count(text, u64::from(*index) + 1);
            }
        }
        ("when", Params::When(which)) => {
            if let Some(when) = issue.field().and_then(|field| field.condition(*which)) {
                text.push_str(pick(&when.words, locale));
            }
        }
        ("n", Params::Min(number, _) | Params::Max(number)) => text.push_str(&decimal::shortest(*number)),
        ("n", Params::Count(_, number)) => count(text, u64::from(*number)),
        ("n", Params::First(first)) => count(text, u64::from(*first) + 1),
        ("name", Params::Count(field, _)) => label_of(text, issue, field, locale),
        ("name", Params::Name(_, name)) => label_of(text, issue, name, locale),
        ("name", Params::Suggestion(Some(name))) => label_of(text, issue, name, locale),
        ("kind", Params::Name(_, kind)) => text.push_str(match locale {
            Locale::Ru => ru::kind(kind),
            Locale::Uk => uk::kind(kind),
            Locale::En => en::kind(kind),
        }),
        ("allowed", Params::Choices) => {
            if let Some(Kind::Choice(choices)) = issue.field().map(|field| field.kind) {
                join(text, &mut choices.items.iter().map(|choice| pick(&choice.label, locale)));
            }
        }
        ("allowed", Params::Allowed(allowed)) => {
            let status = match locale {
                Locale::Ru => ru::status,
                Locale::Uk => uk::status,
                Locale::En => en::status,
            };
            join(text, &mut allowed.iter().map(|text| status(text).unwrap_or(text)));
        }
        ("from", Params::Period(from, _)) => day(text, *from),
        ("to", Params::Period(_, to)) => day(text, *to),
        ("line", Params::Position(number, _)) | ("column", Params::Position(_, number)) => {
            count(text, u64::from(*number))
        }
        ("reason", Params::Refused(reason, ..)) => text.push_str(match locale {
            Locale::Ru => ru::reason(reason),
            Locale::Uk => uk::reason(reason),
            Locale::En => en::reason(reason),
        }),
        ("status", Params::Refused(_, status, _)) => count(text, u64::from(*status)),
        ("quote", Params::Refused(_, _, quote)) => text.push_str(quote),
        _ => {}
    }
}

#[inline(never)]
fn count(text: &mut String, number: u64) {
    let _ = write!(text, "{number}");
}

/// A name in the quotation marks of the language.
fn quote(text: &mut String, name: &str, locale: Locale) {
    let [open, close] = if locale == Locale::En { ['“', '”'] } else { ['«', '»'] };
    text.push(open);
    text.push_str(name);
    text.push(close);
}

/// A day as people write it; formatting by a pattern would carry chrono's whole machinery into the package.
fn day(text: &mut String, date: NaiveDate) {
    let _ = write!(text, "{:02}.{:02}.{}", date.day(), date.month(), date.year());
}

fn join(text: &mut String, items: &mut dyn Iterator<Item = &str>) {
    const SHOWN: usize = 12;
    for (at, item) in items.enumerate() {
        if at == SHOWN {
            text.push_str(", …");
            return;
        }
        if at > 0 {
            text.push_str(", ");
        }
        text.push_str(item);
    }
}

/// The label of another field that a parameter names: beside the issue's own field, else anywhere on the way to it.
fn label_of(text: &mut String, issue: &Issue, name: &str, locale: Locale) {
    if name == "today" {
        text.push_str(match locale {
            Locale::Ru => "сегодня",
            Locale::Uk => "сьогодні",
            Locale::En => "today",
        });
        return;
    }
    let name = name.rsplit('.').next().unwrap_or(name);
    let mut record: &'static Record = issue.payload.root;
    let mut label = record.find(name).and_then(|index| record.fields.get(index));
    for step in issue.path.get(usize::from(issue.inner)..).unwrap_or_default() {
        let Step::Key(key) = step else { continue };
        let Some(Kind::Object(inner) | Kind::List(inner)) =
            record.fields.iter().find(|field| field.name == key).map(|field| field.kind)
        else {
            break;
        };
        record = inner;
        label = record.find(name).and_then(|index| record.fields.get(index)).or(label);
    }
    quote(text, label.map_or(name, |field| pick(&field.label, locale)), locale);
}

#[cfg(test)]
mod tests {
    use super::{DATE_REASONS, FORMATS, Template, en, ru, uk};
    use crate::issue::Code;

    fn templates(template: Template) -> [&'static str; 3] {
        [ru::template(template), uk::template(template), en::template(template)]
    }

    #[test]
    fn every_code_has_a_sentence_in_three_languages() {
        let mut all: Vec<Template> = Code::ALL.iter().copied().map(Template::Code).collect();
        all.extend([
            Template::MoreThan,
            Template::UsuallyAtLeast,
            Template::UsuallyAtMost,
            Template::Answer,
            Template::AnswerWhen,
            Template::NotCounted,
            Template::ExpectedWhen,
            Template::UnknownSuggested,
            Template::WholeType,
            Template::ItemRequired,
            Template::RefusedQuoted,
            Template::NotAmong,
        ]);
        for name in FORMATS {
            all.push(Template::Named(Code::Format, name));
            all.push(Template::Named(Code::Checksum, name));
        }
        all.extend(DATE_REASONS.map(|reason| Template::Named(Code::Date, reason)));
        for template in all {
            let sentences = templates(template);
            for sentence in sentences {
                assert!(sentence.chars().count() > 8, "{template:?}: {sentence:?}");
                assert!(!sentence.contains('\n'), "{template:?} has a line break");
                assert_eq!(sentence.matches('{').count(), sentence.matches('}').count());
            }
            let placeholders = |sentence: &str| {
                let mut names: Vec<String> =
                    sentence.split('{').skip(1).filter_map(|part| part.split('}').next()).map(str::to_owned).collect();
                names.sort();
                names
            };
            let [ru, uk, en] = sentences.map(placeholders);
            assert_eq!(ru, uk, "{template:?}");
            assert_eq!(ru, en, "{template:?}");
        }
    }
}

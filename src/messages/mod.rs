//! What an issue says, in Russian, Ukrainian and English: a template per code and language, filled with the field's label and
//! the rule's parameters. Never with what was typed.

mod en;
mod localized;
mod ru;
mod uk;

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use crate::issue::{Code, Issue, Params, Says, Severity, Step};
use crate::kinds::decimal;
use crate::table::{Format, Kind, Locale, Record, System, Words};
pub use localized::Localized;

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

/// The message of an issue: its own words, else those of its code.
pub(crate) fn render(issue: &Issue, locale: Locale) -> String {
    let template = match &issue.says {
        Says::Outside(words) => return pick_one(words, locale).clone(),
        Says::Given(given) => return given.message.to_string(),
        Says::Words(words) => pick(words, locale),
        Says::Nothing if issue.code == Code::Enum => match issue.field().and_then(|field| field.constant_words) {
            Some(words) => pick(words, locale),
            None => coded(issue, locale),
        },
        Says::Nothing => coded(issue, locale),
    };
    let mut text = String::new();
    spell(&mut text, template, issue, locale);
    text
}

/// The template of an issue's code.
fn coded(issue: &Issue, locale: Locale) -> &'static str {
    let template = match locale {
        Locale::Ru => ru::template,
        Locale::Uk => uk::template,
        Locale::En => en::template,
    };
    template(effective(issue))
}

/// A template with its names filled in.
fn spell(text: &mut String, mut template: &str, issue: &Issue, locale: Locale) {
    while let Some((before, rest)) = template.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = rest.split_once('}') else {
            break;
        };
        fill(text, name, issue, locale);
        template = after;
    }
    text.push_str(template);
}

/// Words of our own with what a system said.
pub(crate) fn answered(words: &str, said: &str, locale: Locale) -> String {
    let mut text = words.to_owned();
    text.push_str(match locale {
        Locale::Ru => ru::ANSWERED,
        Locale::Uk => uk::ANSWERED,
        Locale::En => en::ANSWERED,
    });
    sentence(&mut text, said, locale);
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
    /// `required` of a list, or a list with nothing in it.
    Rows,
    /// `required` of a group of fields.
    Group,
    /// A field of a received payload that is not relevant.
    NotCounted,
    /// `expected` with a condition.
    ExpectedWhen,
    /// An unknown key of a received payload.
    UnknownNotCounted,
    /// An unknown key where nothing but the listed ones may stand.
    UnknownNotAllowed,
    /// The payload as a whole is of another type.
    WholeType,
    /// An item of a list is missing.
    ItemRequired,
    /// A format, a type, a lenient reading or the reason of a date, named.
    Named(Code, &'static str),
    /// An upstream's refusal with its own words.
    RefusedQuoted,
    /// The same, where its own words are the only reason.
    RefusedSaid,
    /// Nobody knows whether the upstream accepted the data.
    Unknown,
    /// The same, with what it said.
    UnknownQuoted,
    /// A question was not answered.
    Unanswered,
    /// The same, with what was said instead.
    UnansweredQuoted,
    /// Not among the values of another field.
    NotAmong,
}

fn effective(issue: &Issue) -> Template {
    match (issue.code, &issue.params) {
        (Code::TooSmall, _) if issue.severity == Severity::Warning => Template::UsuallyAtLeast,
        (Code::TooLarge, _) if issue.severity == Severity::Warning => Template::UsuallyAtMost,
        (Code::TooSmall, Params::Min(_, true)) => Template::MoreThan,
        (Code::TooFew, Params::Min(1.0, _)) => Template::Rows,
        (Code::Required, _) if matches!(issue.path.last(), Some(Step::Index(_))) => Template::ItemRequired,
        (Code::Required | Code::RequiredWhen, _) => match (issue.code, issue.field().map(|field| field.kind)) {
            (Code::Required, Some(Kind::Boolean)) => Template::Answer,
            (_, Some(Kind::Boolean)) => Template::AnswerWhen,
            (Code::Required, Some(Kind::List(_))) if issue.field().is_some_and(|field| field.min_items > 0) => {
                Template::Rows
            }
            (Code::Required, Some(Kind::Object(_))) => Template::Group,
            (code, _) => Template::Code(code),
        },
        (Code::NotRelevant, _) if !issue.payload.outbound() => Template::NotCounted,
        (Code::Expected, Params::When(_)) => Template::ExpectedWhen,
        (Code::UnknownField, _) if issue.severity == Severity::Error => Template::UnknownNotAllowed,
        (Code::UnknownField, _) if !issue.payload.outbound() => Template::UnknownNotCounted,
        (Code::Type, _) if issue.path.len() == usize::from(issue.inner) => Template::WholeType,
        (Code::Coerced, Params::Name(_, kind)) => Template::Named(issue.code, repaired(issue).unwrap_or(known(kind))),
        (Code::Format | Code::Type | Code::Date, Params::Name(_, name)) => Template::Named(issue.code, known(name)),
        (Code::UnknownReference, Params::Name(_, list)) if issue.payload.root.find(list).is_some() => {
            Template::NotAmong
        }
        (Code::Refused, Params::Refused(reason, _, quote)) => refused(issue, reason, quote),
        (code, _) => Template::Code(code),
    }
}

/// Reasons after which nobody knows whether the data were accepted.
pub(crate) const UNKNOWN: [&str; 2] = ["unavailable", "upstream_error"];

fn refused(issue: &Issue, reason: &str, quote: &str) -> Template {
    // To a question there is no acceptance: asking again does no harm.
    let asks = !issue.payload.outbound() || issue.payload.name() == "programme.status";
    match (UNKNOWN.contains(&reason), quote.is_empty()) {
        (true, true) if asks => Template::Unanswered,
        (true, false) if asks => Template::UnansweredQuoted,
        (true, true) => Template::Unknown,
        (true, false) => Template::UnknownQuoted,
        (false, true) => Template::Code(Code::Refused),
        (false, false) if reason == "unknown" => Template::RefusedSaid,
        (false, false) => Template::RefusedQuoted,
    }
}

/// The format to which a text was brought.
fn repaired(issue: &Issue) -> Option<&'static str> {
    match issue.field()?.kind {
        Kind::Text(Format::ContractNumber) => Some("contract_number"),
        Kind::Text(Format::PayerAccount) => Some("iban"),
        _ => None,
    }
}

/// Every name that has words of its own: formats, kinds, reasons of dates.
pub(crate) const NAMES: [&str; 27] = [
    "unicode",
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
    "text",
    "number",
    "integer",
    "money",
    "boolean",
    "date",
    "enum",
    "object",
    "list",
    "unreadable",
    "no_such_day",
    "year",
    "bom",
];

fn known(name: &str) -> &'static str {
    NAMES.into_iter().find(|known| *known == name).unwrap_or("")
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
        ("system", _) => text.push_str(match (issue.payload.system(), locale) {
            (System::Ehealth, _) => "eHealth",
            (System::Portal, Locale::Ru) => "Портала",
            (System::Portal, Locale::Uk) => "Порталу",
            (System::Portal, Locale::En) => "the Portal",
        }),
        ("perhaps", Params::Suggestion(Some(name))) => {
            text.push_str(match locale {
                Locale::Ru => " Возможно, имелось в виду поле ",
                Locale::Uk => " Можливо, малося на увазі поле ",
                Locale::En => " Perhaps this was meant: ",
            });
            label_of(text, issue, name, locale);
            text.push('.');
        }
        ("when", Params::When(which)) => {
            if let Some(when) = issue.field().and_then(|field| field.condition(*which)) {
                text.push_str(pick(&when.words, locale));
            }
        }
        ("n", Params::Min(number, _) | Params::Max(number)) => text.push_str(&decimal::shortest(*number)),
        ("n", Params::Count(_, number) | Params::More(number)) => count(text, u64::from(*number)),
        ("n", Params::First(first)) => count(text, u64::from(*first) + 1),
        ("name", Params::Count(field, _)) => label_of(text, issue, field, locale),
        ("name", Params::Name(_, name)) => label_of(text, issue, name, locale),
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
        ("said", Params::Refused(_, _, said)) => sentence(text, said, locale),
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

/// What a system said, in quotation marks; it ends a sentence, with a full stop where it has none of its own.
fn sentence(text: &mut String, said: &str, locale: Locale) {
    quote(text, said, locale);
    if !said.ends_with(['.', '!', '?', '…']) {
        text.push('.');
    }
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
    use super::{NAMES, Template, en, ru, uk};
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
            Template::Rows,
            Template::Group,
            Template::NotCounted,
            Template::ExpectedWhen,
            Template::UnknownNotCounted,
            Template::UnknownNotAllowed,
            Template::WholeType,
            Template::ItemRequired,
            Template::RefusedQuoted,
            Template::RefusedSaid,
            Template::Unknown,
            Template::UnknownQuoted,
            Template::Unanswered,
            Template::UnansweredQuoted,
            Template::NotAmong,
        ]);
        for name in NAMES {
            for code in [Code::Format, Code::Type, Code::Date, Code::Coerced] {
                all.push(Template::Named(code, name));
            }
        }
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

//! What counts of a cell: the value as its row's kind reads it, the note that a lenient reading leaves, and the first fault of
//! the kind's own. A pure function of the row, the cell and the dialect; relations between fields are `check`'s.

use std::borrow::Cow;

use chrono::NaiveDate;
use validator::{ValidateLength, ValidateRange};

use crate::draft::{By, Cell, Draft, Extras, List, MAX_ALL_ITEMS, MAX_ITEMS, RecordId, What};
use crate::issue::{Code, Params, Says, Severity};
use crate::kinds::date::{Parsed, Written};
use crate::kinds::written::{self, MAX_SAFE};
use crate::kinds::{boolean, contact, date, decimal, letters, text, uuid};
use crate::options::Dialect;
use crate::table::{Choice, Choices, DialectKey, Field, Format, Kind, Uuid, Words};

/// Texts are at most this many code points long.
const MAX_TEXT: u64 = 10_000;
/// Signed documents are longer.
const MAX_SIGNED: u64 = 16 * 1024 * 1024;

/// A value that counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reading<'d> {
    /// Missing or null.
    Absent,
    /// Text of nothing but white space.
    Blank,
    Bool(bool),
    Number(f64),
    Text(Cow<'d, str>),
    /// An identifier: compared without letter case.
    Id(Cow<'d, str>),
    Date(NaiveDate),
    Choice(u8),
    Object(RecordId),
    /// A list; the cell knows its items.
    List(Cell),
    /// Not readable as the row's kind.
    Unreadable,
}

/// A reading with what is to be said about it.
#[derive(Debug)]
pub(crate) struct Read<'d> {
    pub(crate) value: Reading<'d>,
    /// How the value was read leniently; `note_params` gives the parameters, spelt as sent where it is. `inconsistent` is a reading that may be another one than
    /// was meant: `doubt` says why.
    pub(crate) note: Option<Code>,
    pub(crate) fault: Option<Box<Finding>>,
}

/// A fault of the kind's own.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    pub(crate) params: Params,
    pub(crate) says: Says,
}

const AMBIGUOUS: Words = [
    "Три цифры после запятой или точки: число прочитано как десятичная дробь. Если это тысячи, уберите запятую или точку.",
    "Три цифри після коми чи крапки: число прочитано як десятковий дріб. Якщо це тисячі, приберіть кому чи крапку.",
    "Three digits after the comma or point: the number was read as a decimal fraction. If thousands are meant, remove the comma or point.",
];
const EMPTY_DATE: Words = [
    "{label}: пустая дата 1С считается незаполненной.",
    "{label}: порожню дату 1С вважають незаповненою.",
    "{label}: 1C's empty date counts as not filled in.",
];
const EMPTY_LIST: Words = [
    "{label}: пустой список считается незаполненным.",
    "{label}: порожній список вважають незаповненим.",
    "{label}: an empty list counts as not filled in.",
];
const ELSEWHERE: Words = [
    "Дата взята из записи со временем и часовым поясом: по местному времени это может быть другой день. Проверьте дату.",
    "Дату взято із запису з часом і часовим поясом: за місцевим часом це може бути інший день. Перевірте дату.",
    "The date was taken from a date-time with an offset: in local time it may be another day. Check the date.",
];

impl<'d> Read<'d> {
    pub(crate) fn plain(value: Reading<'d>) -> Self {
        Self { value, note: None, fault: None }
    }

    pub(crate) fn noted(value: Reading<'d>, note: Code) -> Self {
        Self { value, note: Some(note), fault: None }
    }

    pub(crate) fn unreadable(code: Code, params: Params) -> Self {
        Self::plain(Reading::Unreadable).or_fault(code, Severity::Error, params)
    }

    /// Adds a fault, unless one that weighs as much stands there already.
    pub(crate) fn or_fault(mut self, code: Code, severity: Severity, params: Params) -> Self {
        if self.fault.as_ref().is_none_or(|fault| fault.severity == Severity::Warning && severity == Severity::Error) {
            self.fault = Some(Box::new(Finding { code, severity, params, says: Says::Nothing }));
        }
        self
    }
}

/// The parameters of a note on a row.
pub(crate) fn note_params(note: Code, field: &Field, value: &Reading<'_>, sent: Option<Dialect>) -> Params {
    match (note, field.kind, value) {
        (Code::Alias, Kind::Choice(choices), Reading::Choice(at)) => {
            let at = usize::from(*at);
            let to = sent.map_or_else(|| choices.value(at), |dialect| wire(choices, at, field, dialect));
            Params::Name("to", Cow::Borrowed(to))
        }
        (Code::Trimmed, ..) => Params::None,
        _ => expected(field.kind),
    }
}

/// What is said of a reading that leaves nothing: 1C's empty date, an empty list where an object is meant.
pub(crate) fn note_words(note: Code, value: &Reading<'_>) -> Option<&'static Words> {
    match (note, value) {
        (Code::Coerced, Reading::Absent) => Some(&EMPTY_DATE),
        (Code::Unwrapped, Reading::Absent) => Some(&EMPTY_LIST),
        _ => None,
    }
}

/// Why a reading may be another one than was meant.
pub(crate) fn doubt(field: &Field) -> &'static Words {
    if matches!(field.kind, Kind::Date) { &ELSEWHERE } else { &AMBIGUOUS }
}

/// The name of a kind in an issue's `expected` and in the field list.
pub(crate) const fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text(_) => "text",
        Kind::Number => "number",
        Kind::Integer => "integer",
        Kind::Money => "money",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
        Kind::Choice(_) => "enum",
        Kind::Uuid(_) => "uuid",
        Kind::Object(_) => "object",
        Kind::List(_) => "list",
    }
}

fn expected(kind: Kind) -> Params {
    Params::Name("expected", Cow::Borrowed(type_name(kind)))
}

fn format(name: &'static str) -> Params {
    Params::Name("format", Cow::Borrowed(name))
}

/// The row's kind in this dialect: an address may be a list.
pub(crate) fn kind_of(field: &Field, dialect: Dialect) -> Kind {
    match (field.kind, field.dialect) {
        (Kind::Object(record), Some(DialectKey::Address)) if dialect.address_list => Kind::List(record),
        (kind, _) => kind,
    }
}

/// Reads the cell as the row's kind says. Nearly every value stands as it should, and is told so by a look or two.
pub(crate) fn read<'d>(draft: &'d Draft<'_>, field: &Field, cell: Cell, dialect: Dialect) -> Read<'d> {
    match (cell, field.kind) {
        (Cell::Absent | Cell::Null, _) => Read::plain(Reading::Absent),
        (Cell::Bool(flag), Kind::Boolean) if field.constant.is_none() => Read::plain(Reading::Bool(flag)),
        (Cell::Number(number), Kind::Integer) if field.is_usual(number) => Read::plain(Reading::Number(number)),
        (Cell::Text(span), _) if span.odd => odd_text(draft.text(span), span.by, field, dialect),
        (Cell::Text(span), Kind::Text(Format::Any)) => match draft.text(span) {
            given if text::is_trimmed(given) && given.len() as u64 <= MAX_TEXT => {
                Read::plain(Reading::Text(Cow::Borrowed(given)))
            }
            given => text_cell(given, span.by, field, dialect),
        },
        (Cell::Text(span), _) => text_cell(draft.text(span), span.by, field, dialect),
        _ => read_odd(draft, field, cell, dialect),
    }
}

/// Reads a text with letters that are looked at.
#[cold]
fn odd_text<'d>(given: &'d str, by: By, field: &Field, dialect: Dialect) -> Read<'d> {
    let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
    match letters::composed(given) {
        None => Read::unreadable(Code::Format, format("unicode")),
        Some(Cow::Borrowed(given)) => text_cell(given, by, field, dialect),
        Some(Cow::Owned(composed)) => {
            let Read { value, note, fault } = text_cell(&composed, by, field, dialect);
            let value = match value {
                Reading::Text(text) => Reading::Text(owned(text)),
                Reading::Id(id) => Reading::Id(owned(id)),
                Reading::Absent => Reading::Absent,
                Reading::Blank => Reading::Blank,
                Reading::Bool(flag) => Reading::Bool(flag),
                Reading::Number(number) => Reading::Number(number),
                Reading::Date(date) => Reading::Date(date),
                Reading::Choice(choice) => Reading::Choice(choice),
                Reading::Object(record) => Reading::Object(record),
                Reading::List(cell) => Reading::List(cell),
                Reading::Unreadable => Reading::Unreadable,
            };
            Read { value, note, fault }
        }
    }
}

/// Reads what is no text and not the most usual value of its kind.
fn read_odd<'d>(draft: &'d Draft<'_>, field: &Field, cell: Cell, dialect: Dialect) -> Read<'d> {
    match cell {
        Cell::Absent | Cell::Null => return Read::plain(Reading::Absent),
        Cell::Foreign(What::Deep, _) => {
            return Read::unreadable(Code::TooDeep, Params::Max(f64::from(crate::draft::MAX_DEPTH)));
        }
        Cell::Foreign(What::Excess, _) => return too_many(MAX_ALL_ITEMS),
        _ => {}
    }
    let either = field.dialect == Some(DialectKey::Address);
    match (kind_of(field, dialect), cell) {
        (Kind::Boolean, Cell::Bool(flag)) => constant(Read::plain(Reading::Bool(flag)), field, flag),
        (Kind::Number | Kind::Integer | Kind::Money, Cell::Number(number)) if number.is_finite() => {
            numeric(Read::plain(Reading::Number(number)), field, number, false)
        }
        (Kind::Integer, Cell::Written(span)) => {
            let whole = written::is_whole(draft.text(span));
            Read::unreadable(if whole { Code::UnsafeNumber } else { Code::Integer }, Params::None)
        }
        (Kind::Number | Kind::Money, Cell::Written(span)) => {
            let number = written::nearest(draft.text(span));
            read_odd(draft, field, Cell::Number(number), dialect)
        }
        (Kind::Text(_), Cell::Number(number) | Cell::Entered(number, _)) if number.is_finite() => {
            // Whoever gave the number may have had other digits in mind.
            let known = (number.abs() <= MAX_SAFE).then(|| Cow::Owned(decimal::shortest(number)));
            digits(known, matches!(cell, Cell::Entered(..)), field)
        }
        (Kind::Text(_), Cell::Written(span)) => digits(written::digits(draft.text(span)), span.by != By::Data, field),
        (Kind::Date, Cell::Entered(number, _)) => match date::counted(number) {
            Some(day) => dated(day, Code::Coerced),
            None => Read::unreadable(Code::Type, expected(field.kind)),
        },
        (Kind::Object(_), Cell::Record(id)) => Read::plain(Reading::Object(id)),
        (Kind::Object(_), Cell::List(id)) => {
            let count = draft.list(id).map_or(0, List::len);
            let record = draft.object(cell);
            let unwrapped = |value| if either { Read::plain(value) } else { Read::noted(value, Code::Unwrapped) };
            match (record.and_then(|record| draft.extras(record)), record, count) {
                (_, _, 0) => unwrapped(Reading::Absent),
                // A list in the list: that is no object either.
                (Some(extras), ..) if extras.unwrapped => Read::unreadable(Code::Type, expected(field.kind)),
                // The one item is itself nothing, or no object.
                (Some(Extras { odd: Some(item), .. }), ..) => match self::read(draft, field, *item, dialect) {
                    Read { value: Reading::Absent, .. } => unwrapped(Reading::Absent),
                    other => other,
                },
                (_, Some(record), _) => unwrapped(Reading::Object(record)),
                (_, None, _) => Read::unreadable(Code::TooMany, Params::Max(1.0)),
            }
        }
        (Kind::List(_), Cell::Record(_)) if either => Read::plain(Reading::List(cell)),
        (Kind::List(_), Cell::Record(_)) => Read::noted(Reading::List(cell), Code::Wrapped),
        (Kind::List(_), Cell::List(_)) => {
            let count = draft.items(cell).len();
            let read = Read::plain(Reading::List(cell));
            if count > MAX_ITEMS {
                return too_many(MAX_ITEMS);
            }
            if count < field.min_items as usize {
                return read.or_fault(Code::TooFew, Severity::Error, Params::Min(f64::from(field.min_items), false));
            }
            read
        }
        // Of a list that is far too long not even the items are read.
        (Kind::List(_), Cell::Foreign(What::Many, _)) => too_many(MAX_ITEMS),
        (Kind::Object(_), Cell::Foreign(What::Many, _)) => too_many(1),
        (kind, _) => Read::unreadable(Code::Type, expected(kind)),
    }
}

#[cold]
fn too_many<'d>(max: usize) -> Read<'d> {
    Read::unreadable(Code::TooMany, most(max))
}

/// The parameter of `too_many`.
pub(crate) fn most(items: usize) -> Params {
    Params::Max(u32::try_from(items).map_or(f64::MAX, f64::from))
}

/// A number in the place of a text: its digits, where they are known; without a note where a person gave it.
fn digits<'d>(digits: Option<Cow<'d, str>>, entered: bool, field: &Field) -> Read<'d> {
    let Some(digits) = digits else { return Read::unreadable(Code::UnsafeNumber, Params::None) };
    let mut read = Read::plain(Reading::Text(digits.clone()));
    if !entered {
        read.note = Some(Code::Coerced);
    }
    formatted(read, field, &digits)
}

fn text_cell<'d>(given: &'d str, by: By, field: &Field, dialect: Dialect) -> Read<'d> {
    let trimmed = text::trim(given);
    if trimmed.is_empty() {
        return Read::plain(if matches!(field.kind, Kind::Text(_)) { Reading::Blank } else { Reading::Absent });
    }
    // That white space was left out says more than how the rest was read.
    let cut = (trimmed.len() < given.len()).then_some(Code::Trimmed);
    let noted = |value, note: Option<Code>| Read { value, note: cut.or(note), fault: None };
    let typed = by != By::Data;
    match field.kind {
        Kind::Text(_) => formatted(noted(Reading::Text(Cow::Borrowed(trimmed)), None), field, trimmed),
        Kind::Number | Kind::Integer | Kind::Money => match decimal::parse(trimmed) {
            Some(parsed) if parsed.value.is_finite() || matches!(field.kind, Kind::Integer) => {
                let usual =
                    typed && parsed.plain || field.dialect == Some(DialectKey::Price) && decimal::is_price(trimmed);
                let mut read = noted(Reading::Number(parsed.value), (!usual).then_some(Code::Coerced));
                if parsed.ambiguous {
                    read.note = Some(Code::Inconsistent);
                }
                numeric(read, field, parsed.value, parsed.fraction)
            }
            _ => Read::unreadable(Code::Type, expected(field.kind)),
        },
        Kind::Boolean => {
            let flag = match boolean::word(trimmed) {
                Some(flag) if by == By::Pasting => Some((flag, None)),
                Some(flag) if typed && (trimmed == "true" || trimmed == "false") => Some((flag, None)),
                Some(flag) if trimmed.eq_ignore_ascii_case(if flag { "true" } else { "false" }) => {
                    Some((flag, Some(Code::Coerced)))
                }
                _ => None,
            };
            match flag {
                Some((flag, note)) => constant(noted(Reading::Bool(flag), note), field, flag),
                None => Read::unreadable(Code::Type, expected(field.kind)),
            }
        }
        Kind::Date => match date::parse(trimmed) {
            Ok(Parsed::Day(day, written)) => match written {
                Written::Canonical => noted(Reading::Date(day), (by == By::Counting).then_some(Code::Coerced)),
                Written::Plain if typed => noted(Reading::Date(day), None),
                Written::Plain | Written::Longer => noted(Reading::Date(day), Some(Code::Coerced)),
                Written::Elsewhere => Read::noted(Reading::Date(day), Code::Inconsistent),
            },
            Ok(Parsed::Empty) => noted(Reading::Absent, Some(Code::Coerced)),
            Err(fault) => match date::counted_text(trimmed).filter(|_| by == By::Pasting) {
                Some(day) => dated(day, cut.unwrap_or(Code::Coerced)),
                None => no_date(fault),
            },
        },
        Kind::Choice(choices) => match choice(trimmed, by, choices) {
            Ok((found, note)) => noted(Reading::Choice(u8::try_from(found).unwrap_or(u8::MAX)), note),
            Err((code, params)) => Read::unreadable(code, params),
        },
        Kind::Uuid(Uuid::Portal) => {
            let read = noted(Reading::Id(Cow::Borrowed(trimmed)), None);
            if uuid::shaped(trimmed) { read } else { read.or_fault(Code::Format, Severity::Warning, format("uuid")) }
        }
        Kind::Uuid(Uuid::Ehealth) => {
            let lower = trimmed.to_ascii_lowercase();
            if !uuid::ehealth(&lower) {
                return Read::unreadable(Code::Format, format("uuid"));
            }
            if lower == trimmed {
                return noted(Reading::Id(Cow::Borrowed(trimmed)), None);
            }
            noted(Reading::Id(Cow::Owned(lower)), Some(Code::Coerced))
        }
        Kind::Object(_) | Kind::List(_) => Read::unreadable(Code::Type, expected(kind_of(field, dialect))),
    }
}

/// A day that was given as its number.
fn dated<'d>(day: Result<NaiveDate, date::Fault>, note: Code) -> Read<'d> {
    match day {
        Ok(day) => Read::noted(Reading::Date(day), note),
        Err(fault) => no_date(fault),
    }
}

fn no_date<'d>(fault: date::Fault) -> Read<'d> {
    Read::unreadable(Code::Date, Params::Name("reason", Cow::Borrowed(fault.as_str())))
}

fn constant<'d>(read: Read<'d>, field: &Field, flag: bool) -> Read<'d> {
    match field.constant {
        Some(only) if only != flag => {
            let allowed = if only { "true" } else { "false" };
            read.or_fault(Code::Enum, Severity::Error, Params::Allowed(vec![Cow::Borrowed(allowed)]))
        }
        _ => read,
    }
}

/// The bounds and the grain of a number. `fraction`: the digits have one, even where the double has none.
fn numeric<'d>(mut read: Read<'d>, field: &Field, number: f64, fraction: bool) -> Read<'d> {
    if matches!(field.kind, Kind::Integer) {
        if fraction || (number.is_finite() && number.fract() != 0.0) {
            read.value = Reading::Unreadable;
            return read.or_fault(Code::Integer, Severity::Error, Params::None);
        }
        if number.abs() > MAX_SAFE {
            read.value = Reading::Unreadable;
            return read.or_fault(Code::UnsafeNumber, Severity::Error, Params::None);
        }
    }
    let money = matches!(field.kind, Kind::Money);
    if money && decimal::places(number) > 2 {
        return read.or_fault(Code::DecimalPlaces, Severity::Error, Params::Max(2.0));
    }
    let min = field.min.map(f64::from).or(money.then_some(0.0));
    let (low, high) = (min, field.max.map(f64::from));
    let exclusive = field.above.then_some(low).flatten();
    let inclusive = if field.above { None } else { low };
    if !number.validate_range(inclusive, None, exclusive, None) {
        return read.or_fault(Code::TooSmall, Severity::Error, Params::Min(low.unwrap_or_default(), field.above));
    }
    if !number.validate_range(None, high, None, None) {
        return read.or_fault(Code::TooLarge, Severity::Error, Params::Max(high.unwrap_or_default()));
    }
    if let Some(low) = field.soft_min.map(f64::from)
        && number < low
    {
        return read.or_fault(Code::TooSmall, Severity::Warning, Params::Min(low, false));
    }
    if let Some(high) = field.soft_max.map(f64::from)
        && number > high
    {
        return read.or_fault(Code::TooLarge, Severity::Warning, Params::Max(high));
    }
    read
}

/// How many code points a text of the format may have.
pub(crate) fn longest(format: Format) -> u64 {
    if format == Format::SignedContent { MAX_SIGNED } else { MAX_TEXT }
}

/// How long the text may be at most, where it is longer.
fn exceeded(text: &str, format: Format) -> Option<Params> {
    let max = longest(format);
    // Counting code points is only worth it where there may be too many.
    #[expect(clippy::cast_precision_loss, reason = "some millions")]
    (text.len() as u64 > max && !text.validate_length(None, Some(max), None)).then_some(Params::Max(max as f64))
}

/// The length and the format of a text.
fn formatted<'d>(read: Read<'d>, field: &Field, text: &str) -> Read<'d> {
    if let Some(max) = exceeded(text, field.kind_format()) {
        return read.or_fault(Code::TooLong, Severity::Error, max);
    }
    let warn = |read: Read<'d>, fine: bool, name| {
        if fine { read } else { read.or_fault(Code::Format, Severity::Warning, format(name)) }
    };
    match field.kind_format() {
        Format::Any => read,
        Format::Url => warn(read, contact::url(text), "url"),
        Format::Phone => warn(read, contact::phone(text), "phone"),
        Format::Email => warn(read, contact::email(text), "email"),
        other => crate::kinds::identifiers::judge(read, other, text),
    }
}

/// The choice that has the text for its label, in any language.
fn labelled(choices: &'static Choices, given: &str) -> Option<usize> {
    choices.items.iter().position(|item| item.label.iter().any(|label| text::same_word(label, given)))
}

/// What a word of a sheet stands for, where the form shall have that in its place: a reading of which no note tells must be seen in
/// the form itself, and a day's number says nothing to a person. Words that a row has for its value stay as they are.
pub(crate) enum Meant {
    Flag(bool),
    Value(&'static str),
    Day(NaiveDate),
}

/// What a cell of a sheet stands for; a listed value in the spelling that the list of the field's options has.
pub(crate) fn meant(draft: &Draft<'_>, field: &Field, cell: Cell, dialect: Dialect) -> Option<Meant> {
    match (field.kind, cell) {
        (Kind::Boolean, Cell::Text(span)) => boolean::word(draft.text(span))
            .filter(|flag| draft.text(span) != if *flag { "true" } else { "false" })
            .map(Meant::Flag),
        (Kind::Choice(choices), Cell::Text(span)) => {
            let given = draft.text(span);
            let spelt = choices.items.iter().any(|item| item.value == given || item.wire.contains(&given));
            let found = labelled(choices, given).filter(|_| !spelt)?;
            let sent = draft.payload.outbound();
            Some(Meant::Value(if sent { wire(choices, found, field, dialect) } else { choices.value(found) }))
        }
        (Kind::Date, Cell::Text(span)) => date::counted_text(draft.text(span))?.ok().map(Meant::Day),
        (Kind::Date, Cell::Entered(number, _)) => date::counted(number)?.ok().map(Meant::Day),
        _ => None,
    }
}

/// The choice that a text means, with the note on how it was read; or what is wrong with the text.
fn choice(given: &str, by: By, choices: &'static Choices) -> Result<(usize, Option<Code>), (Code, Params)> {
    if let Some(found) = choices.items.iter().position(|item| item.value == given || item.wire.contains(&given)) {
        return Ok((found, None));
    }
    // Before the spellings: «Failed» in a sheet is the label, though the code is `failed`.
    if let Some(found) = labelled(choices, given).filter(|_| by == By::Pasting) {
        return Ok((found, None));
    }
    let same = |name: &&str| text::same_letters(name, given);
    let alias = |item: &Choice| same(&item.value) || item.wire.iter().chain(item.aliases).any(same);
    if let Some(found) = choices.items.iter().position(alias) {
        return Ok((found, Some(Code::Alias)));
    }
    if choices.open.is_none() {
        return Err((Code::Enum, Params::Choices));
    }
    // The text is kept in a row of its own, and must not be too long for it.
    match exceeded(given, Format::Any) {
        Some(max) => Err((Code::TooLong, max)),
        None => Ok((choices.items.len().saturating_sub(1), None)),
    }
}

/// How a choice is sent.
pub(crate) fn wire(choices: &'static Choices, index: usize, field: &Field, dialect: Dialect) -> &'static str {
    let table = field.dialect == Some(DialectKey::ResultStatus) && dialect.result_status_table;
    choices.items.get(index).map_or("", |item| {
        let [example, other] = item.wire;
        if table { other } else { example }
    })
}

impl Field {
    /// Whether a number is a whole one about which the row's bounds have nothing to say.
    fn is_usual(&self, number: f64) -> bool {
        let from = |bound: Option<i16>| bound.is_none_or(|bound| number >= f64::from(bound));
        let to = |bound: Option<i16>| bound.is_none_or(|bound| number <= f64::from(bound));
        let above = !self.above || self.min.is_none_or(|bound| number > f64::from(bound));
        // The same before and after as a whole number of 32 bits: whole, and far from where a double has gaps.
        #[expect(clippy::cast_possible_truncation, reason = "whether it was cut off is what is asked")]
        let whole = f64::from(number as i32) == number;
        whole && above && from(self.min) && to(self.max) && from(self.soft_min) && to(self.soft_max)
    }

    /// The format of a text row.
    pub(crate) fn kind_format(&self) -> Format {
        match self.kind {
            Kind::Text(format) => format,
            _ => Format::Any,
        }
    }
}

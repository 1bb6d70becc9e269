//! What counts of a cell: the value as its row's kind reads it, the note that a lenient reading leaves, and the first fault of
//! the kind's own. A pure function of the row, the cell and the dialect; relations between fields are `check`'s.

use std::borrow::Cow;

use chrono::NaiveDate;
use validator::{ValidateLength, ValidateRange};

use crate::draft::{Cell, Draft, MAX_ITEMS, RecordId, What};
use crate::issue::{Code, Params, Says, Severity};
use crate::kinds::{contact, date, decimal, text, uuid};
use crate::options::Dialect;
use crate::table::{Choices, DialectKey, Field, Format, Kind, Uuid, Words};

/// Texts are at most this many code points long.
const MAX_TEXT: u64 = 10_000;
/// Signed documents are longer.
const MAX_SIGNED: u64 = 16 * 1024 * 1024;
/// The largest whole number that a double holds exactly.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

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
    /// How the value was read leniently; `note_params` gives the parameters.
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
    "Три цифры после запятой: число прочитано как десятичная дробь. Если это тысячи, уберите запятую.",
    "Три цифри після коми: число прочитано як десятковий дріб. Якщо це тисячі, приберіть кому.",
    "Three digits after the separator: the number was read as a decimal fraction. If thousands are meant, remove the separator.",
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
pub(crate) fn note_params(note: Code, field: &Field, value: &Reading<'_>, dialect: Dialect) -> Params {
    match (note, field.kind, value) {
        (Code::Alias, Kind::Choice(choices), Reading::Choice(at)) => {
            Params::Name("to", Cow::Borrowed(wire(choices, usize::from(*at), field, dialect)))
        }
        (Code::Trimmed, ..) => Params::None,
        _ => expected(field.kind),
    }
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
        (Cell::Text(span), Kind::Text(Format::Any)) => match draft.text(span) {
            given if text::is_trimmed(given) && given.len() as u64 <= MAX_TEXT => {
                Read::plain(Reading::Text(Cow::Borrowed(given)))
            }
            given => text_cell(given, field, dialect),
        },
        (Cell::Text(span), _) => text_cell(draft.text(span), field, dialect),
        _ => read_odd(draft, field, cell, dialect),
    }
}

/// Reads what is no text and not the most usual value of its kind.
fn read_odd<'d>(draft: &'d Draft<'_>, field: &Field, cell: Cell, dialect: Dialect) -> Read<'d> {
    match cell {
        Cell::Absent | Cell::Null => return Read::plain(Reading::Absent),
        Cell::Foreign(What::Deep, _) => {
            return Read::unreadable(Code::TooDeep, Params::Max(f64::from(crate::draft::MAX_DEPTH)));
        }
        _ => {}
    }
    let either = field.dialect == Some(DialectKey::Address);
    match (kind_of(field, dialect), cell) {
        (Kind::Boolean, Cell::Bool(flag)) => constant(Read::plain(Reading::Bool(flag)), field, flag),
        (Kind::Number | Kind::Integer | Kind::Money, Cell::Number(number)) if number.is_finite() => {
            numeric(Read::plain(Reading::Number(number)), field, number, false)
        }
        (Kind::Number | Kind::Integer | Kind::Money, Cell::Lossy(number)) if number.is_finite() => {
            numeric(Read::plain(Reading::Number(number)), field, number, true)
        }
        // JSON text such as 1e400: whole, and beyond every bound.
        (Kind::Integer, Cell::Number(number) | Cell::Lossy(number)) if number.is_infinite() => {
            Read::unreadable(Code::UnsafeNumber, Params::None)
        }
        (Kind::Text(_), Cell::Number(number) | Cell::Lossy(number)) if number.is_finite() => {
            let written: Cow<'d, str> = Cow::Owned(decimal::shortest(number));
            formatted(Read::noted(Reading::Text(written.clone()), Code::Coerced), field, &written)
        }
        (Kind::Object(_), Cell::Record(id)) => Read::plain(Reading::Object(id)),
        (Kind::Object(_), Cell::List(id)) => {
            let count = draft.list(id).map_or(0, |list| list.rows.len());
            let record = draft.object(cell);
            match record.and_then(|record| draft.odd(record)) {
                // The one item is itself nothing, or no object.
                Some(Cell::Absent | Cell::Null) => return Read::plain(Reading::Absent),
                Some(item) => return self::read(draft, field, item, dialect),
                None => {}
            }
            match (record, count) {
                (_, 0) => Read::plain(Reading::Absent),
                (Some(record), _) if either => Read::plain(Reading::Object(record)),
                (Some(record), _) => Read::noted(Reading::Object(record), Code::Unwrapped),
                (None, _) => Read::unreadable(Code::TooMany, Params::Max(1.0)),
            }
        }
        (Kind::List(_), Cell::Record(_)) if either => Read::plain(Reading::List(cell)),
        (Kind::List(_), Cell::Record(_)) => Read::noted(Reading::List(cell), Code::Wrapped),
        (Kind::List(_), Cell::List(_)) => {
            let count = draft.items(cell).len();
            let read = Read::plain(Reading::List(cell));
            if count > MAX_ITEMS {
                #[expect(clippy::cast_precision_loss, reason = "a hundred thousand")]
                return Read::unreadable(Code::TooMany, Params::Max(MAX_ITEMS as f64));
            }
            if count < field.min_items as usize {
                return read.or_fault(Code::TooFew, Severity::Error, Params::Min(f64::from(field.min_items), false));
            }
            read
        }
        (kind, _) => Read::unreadable(Code::Type, expected(kind)),
    }
}

fn text_cell<'d>(given: &'d str, field: &Field, dialect: Dialect) -> Read<'d> {
    let trimmed = text::trim(given);
    if trimmed.is_empty() {
        return Read::plain(if matches!(field.kind, Kind::Text(_)) { Reading::Blank } else { Reading::Absent });
    }
    let cut = trimmed.len() < given.len();
    match field.kind {
        Kind::Text(_) => {
            let mut read = Read::plain(Reading::Text(Cow::Borrowed(trimmed)));
            if cut {
                read.note = Some(Code::Trimmed);
            }
            formatted(read, field, trimmed)
        }
        Kind::Number | Kind::Integer | Kind::Money => match decimal::parse(trimmed) {
            Some(parsed) => {
                let mut read = Read::noted(Reading::Number(parsed.value), Code::Coerced);
                if field.dialect == Some(DialectKey::Price) && given == decimal::shortest(parsed.value) {
                    // One of the two spellings that the document gives for a price.
                    read.note = None;
                    return numeric(read, field, parsed.value, false);
                }
                if parsed.ambiguous {
                    read.fault = Some(Box::new(Finding {
                        code: Code::Inconsistent,
                        severity: Severity::Warning,
                        params: Params::None,
                        says: Says::Words(&AMBIGUOUS),
                    }));
                }
                let lossy = parsed.fraction && parsed.value.fract() == 0.0;
                numeric(read, field, parsed.value, lossy)
            }
            None => Read::unreadable(Code::Type, expected(field.kind)),
        },
        Kind::Boolean => {
            let flag = if trimmed.eq_ignore_ascii_case("true") {
                true
            } else if trimmed.eq_ignore_ascii_case("false") {
                false
            } else {
                return Read::unreadable(Code::Type, expected(field.kind));
            };
            constant(Read::noted(Reading::Bool(flag), Code::Coerced), field, flag)
        }
        Kind::Date => match date::parse(trimmed) {
            Some((date, true)) if !cut => Read::plain(Reading::Date(date)),
            Some((date, _)) => Read::noted(Reading::Date(date), Code::Coerced),
            None => Read::unreadable(Code::Date, Params::None),
        },
        Kind::Choice(choices) => choice(given, trimmed, choices),
        Kind::Uuid(flavour) => identifier(trimmed, cut, flavour),
        Kind::Object(_) | Kind::List(_) => Read::unreadable(Code::Type, expected(kind_of(field, dialect))),
    }
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

/// The bounds and the grain of a number. `lossy`: the digits have a fraction that the double has not.
fn numeric<'d>(mut read: Read<'d>, field: &Field, number: f64, lossy: bool) -> Read<'d> {
    if matches!(field.kind, Kind::Integer) {
        if number.fract() != 0.0 || (lossy && number.abs() <= MAX_SAFE) {
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

fn choice<'d>(given: &str, trimmed: &str, choices: &'static Choices) -> Read<'d> {
    let at = |found: usize| Reading::Choice(u8::try_from(found).unwrap_or(u8::MAX));
    let exact = choices.items.iter().position(|item| item.value == given || item.wire.contains(&given));
    if let Some(found) = exact {
        return Read::plain(at(found));
    }
    let alias = choices.items.iter().position(|item| {
        let same = |name: &&str| text::same_letters(name, trimmed);
        same(&item.value) || item.wire.iter().any(same) || item.aliases.iter().any(same)
    });
    match alias {
        Some(found) => Read::noted(at(found), Code::Alias),
        // The text is kept in a row of its own, and must not be too long for it.
        None if choices.open.is_some() => match exceeded(trimmed, Format::Any) {
            Some(max) => Read::unreadable(Code::TooLong, max),
            None => Read::plain(at(choices.items.len().saturating_sub(1))),
        },
        None => Read::unreadable(Code::Enum, Params::Choices),
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

fn identifier<'d>(trimmed: &'d str, cut: bool, flavour: Uuid) -> Read<'d> {
    match flavour {
        Uuid::Portal => {
            let mut read = Read::plain(Reading::Text(Cow::Borrowed(trimmed)));
            if cut {
                read.note = Some(Code::Trimmed);
            }
            if uuid::shaped(trimmed) { read } else { read.or_fault(Code::Format, Severity::Warning, format("uuid")) }
        }
        Uuid::Ehealth => {
            let lower = trimmed.to_ascii_lowercase();
            if !uuid::ehealth(&lower) {
                return Read::unreadable(Code::Format, format("uuid"));
            }
            if lower == trimmed && !cut {
                return Read::plain(Reading::Text(Cow::Borrowed(trimmed)));
            }
            Read::noted(Reading::Text(Cow::Owned(lower)), Code::Coerced)
        }
    }
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

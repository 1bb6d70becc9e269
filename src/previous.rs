//! The previous contract, which a caller gives as context: a request's contents, or a contract as the server shows it. It is read
//! leniently through its own open table, and compared with a draft field by field. What cannot be read in it decides nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::context::Context;
use crate::draft::{Cell, Draft, ROOT, RecordId};
use crate::input::{Input, Part, Wrong};
use crate::json::quote;
use crate::kinds::decimal;
use crate::options::Dialect;
use crate::payloads::ehealth::contract::PREVIOUS;
use crate::read;
use crate::reading::{Reading, read as read_cell};
use crate::table::{Field, Kind, Record, RowRule, RowTest};
use crate::tree::{Object, Tree};

/// A contract given as context.
#[derive(Debug)]
pub(crate) struct Previous(Draft<'static>);

impl Context {
    /// Gives the previous contract: an object with the contract's own fields, its status and whether it is suspended; or the answer in
    /// which the server shows it.
    pub fn set_previous<'a>(&mut self, given: impl Into<Input<'a>>) -> Result<(), Wrong> {
        self.previous_part(Part::whole(&given.into()))
    }

    /// Gives the previous contract as a part of something larger; nothing where it is no JSON text.
    pub(crate) fn previous_part(&mut self, given: Option<Part<'_>>) -> Result<(), Wrong> {
        let wrong = |text: &str| Wrong(text.to_owned());
        let given = Tree::part(given.ok_or_else(|| wrong(WRONG))?);
        self.previous = Previous::read(&given).map_err(wrong)?.map(Arc::new);
        Ok(())
    }
}

const WRONG: &str = "context.previous: must be the previous contract, an object with its contract_number.";

impl Previous {
    /// The contract, where there is one; a fault says what it must be.
    #[inline(never)]
    fn read(given: &Tree) -> Result<Option<Self>, &'static str> {
        if matches!(given, Tree::Nothing | Tree::Null) {
            return Ok(None);
        }
        let object = given.as_object().ok_or(WRONG)?;
        let shown = match (object.get("contract_number"), object.get("data")) {
            (None, Some(data @ Tree::Object(_))) => data,
            _ => given,
        };
        let mut text = String::new();
        write_object(PREVIOUS.root, shown, &mut text);
        let contract = Self(read::json(&PREVIOUS, text.as_bytes()).map_err(|_| WRONG)?.owned());
        if contract.text("contract_number").is_none() { Err(WRONG) } else { Ok(Some(contract)) }
    }

    fn reading(&self, name: &str) -> Reading<'_> {
        self.row(name).map_or(Reading::Absent, |(at, field)| value(&self.0, ROOT, at, field))
    }

    fn row(&self, name: &str) -> Option<(usize, &'static Field)> {
        let spec = self.0.spec(ROOT);
        let at = spec.find(name)?;
        Some((at, spec.fields.get(at)?))
    }

    /// A boolean of the contract.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        match self.reading(name) {
            Reading::Bool(flag) => Some(flag),
            _ => None,
        }
    }

    /// A text of the contract that is not blank.
    pub(crate) fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        match self.reading(name) {
            Reading::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A date of the contract.
    pub(crate) fn date(&self, name: &str) -> Option<NaiveDate> {
        match self.reading(name) {
            Reading::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Whether the draft's value of the row `name` is another one than the contract's; nothing where the contract does not have the
    /// row, or where something in either cannot be read.
    pub(crate) fn differs(&self, name: &str, draft: &Draft<'_>, given: &Reading<'_>) -> Option<bool> {
        let (at, field) = self.row(name)?;
        if self.0.cell(ROOT, at) == Cell::Absent {
            return None;
        }
        let here = value(&self.0, ROOT, at, field);
        (is_readable(draft, given) && is_readable(&self.0, &here)).then(|| !same(draft, given, &self.0, &here))
    }
}

/// Writes an object of the contract as the request's contents have it, as JSON text. What the contents name by its id, the server
/// shows as an object with that id.
fn write_object(record: &'static Record, given: &Tree, out: &mut String) {
    match given {
        Tree::Object(entries) => {
            let object = Object::of(entries);
            let mut mark = '{';
            for field in record.fields {
                let filled = |value: &&Tree| !matches!(value, Tree::Nothing | Tree::Null);
                let own = object.get(field.name);
                let shown =
                    || field.name.strip_suffix("_id").and_then(|name| object.get(name)).filter(|it| id(it).is_some());
                if let Some(value) = own.filter(filled).or_else(shown).or(own.filter(|own| **own != Tree::Nothing)) {
                    out.push(mark);
                    quote(out, field.name);
                    out.push(':');
                    write_value(field, value, out);
                    mark = ',';
                }
            }
            out.push_str(if mark == '{' { "{}" } else { "}" });
        }
        Tree::List(items) => write_list(items, out, |item, out| write_object(record, item, out)),
        _ => write_scalar(given, "true", out),
    }
}

fn write_value(field: &'static Field, given: &Tree, out: &mut String) {
    match (field.kind, given) {
        (Kind::Uuid(_), _) => write_scalar(id(given).unwrap_or(given), "[]", out),
        (Kind::List(item), Tree::List(items)) if item.scalar => {
            write_list(items, out, |given, out| match item.fields.first() {
                Some(field) => write_value(field, given, out),
                None => write_scalar(given, "[]", out),
            });
        }
        (Kind::Object(record) | Kind::List(record), Tree::List(_) | Tree::Object(_)) if !record.scalar => {
            write_object(record, given, out);
        }
        (Kind::Object(_) | Kind::List(_), _) => write_scalar(given, "true", out),
        _ => write_scalar(given, "[]", out),
    }
}

fn write_list(items: &[Tree], out: &mut String, write: impl Fn(&Tree, &mut String)) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

/// Writes a single value; what is none, as something that cannot be read in its place.
fn write_scalar(given: &Tree, unreadable: &str, out: &mut String) {
    match given {
        Tree::Nothing | Tree::Null => out.push_str("null"),
        Tree::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Tree::Number(number) => out.push_str(&decimal::shortest(*number)),
        Tree::Text(text) => quote(out, text),
        Tree::Odd | Tree::List(_) | Tree::Object(_) => out.push_str(unreadable),
    }
}

/// The id of what is shown as an object.
fn id(given: &Tree) -> Option<&Tree> {
    given.as_object()?.get("id")
}

fn value<'d>(draft: &'d Draft<'_>, record: RecordId, at: usize, field: &Field) -> Reading<'d> {
    read_cell(draft, field, draft.cell(record, at), Dialect::default()).value
}

/// Whether everything in a value can be read, no item of a list is missing, and every item that is known by two ids has both, once.
fn is_readable(draft: &Draft<'_>, given: &Reading<'_>) -> bool {
    match given {
        Reading::Unreadable => false,
        Reading::Object(record) => record_is_readable(draft, *record),
        Reading::List(cell) => {
            let mut known = BTreeSet::new();
            draft.items(*cell).iter().all(|item| {
                let whole = if draft.spec(item).scalar {
                    let value = draft.spec(item).fields.first().map(|field| value(draft, item, 0, field));
                    value.is_some_and(|value| !matches!(value, Reading::Absent | Reading::Blank | Reading::Unreadable))
                } else {
                    record_is_readable(draft, item)
                };
                whole
                    && pair(draft, item).is_none_or(|rule| key(draft, item, rule).is_some_and(|key| known.insert(key)))
            })
        }
        _ => true,
    }
}

fn record_is_readable(draft: &Draft<'_>, record: RecordId) -> bool {
    let mut fields = draft.spec(record).fields.iter().enumerate();
    draft.odd(record).is_none() && fields.all(|(at, field)| is_readable(draft, &value(draft, record, at, field)))
}

/// Whether two values that can be read say the same.
fn same(one: &Draft<'_>, here: &Reading<'_>, other: &Draft<'_>, there: &Reading<'_>) -> bool {
    match (here, there) {
        _ if says_no(one, here) || says_no(other, there) => says_no(one, here) && says_no(other, there),
        (Reading::Object(here), Reading::Object(there)) => same_record(one, *here, other, *there),
        (Reading::List(here), Reading::List(there)) => same_list(one, *here, other, *there),
        (Reading::Id(here), Reading::Id(there)) => here.eq_ignore_ascii_case(there),
        _ => here == there,
    }
}

/// Missing, null, blank, false, or a list or an object of nothing but such.
fn says_no(draft: &Draft<'_>, given: &Reading<'_>) -> bool {
    match given {
        Reading::Absent | Reading::Blank | Reading::Bool(false) => true,
        Reading::List(cell) => draft.items(*cell).iter().all(|item| record_says_no(draft, item)),
        Reading::Object(record) => record_says_no(draft, *record),
        _ => false,
    }
}

fn record_says_no(draft: &Draft<'_>, record: RecordId) -> bool {
    let mut fields = draft.spec(record).fields.iter().enumerate();
    fields.all(|(at, field)| says_no(draft, &value(draft, record, at, field)))
}

fn same_record(one: &Draft<'_>, here: RecordId, other: &Draft<'_>, there: RecordId) -> bool {
    let mut fields = one.spec(here).fields.iter().enumerate();
    fields.all(|(at, field)| same(one, &value(one, here, at, field), other, &value(other, there, at, field)))
}

/// Lists whose items are unique by some of their fields are compared by these, in any order; others item by item.
fn same_list(one: &Draft<'_>, here: Cell, other: &Draft<'_>, there: Cell) -> bool {
    let (here, there) = (one.items(here), other.items(there));
    let Some(rule) = here.iter().next().and_then(|item| unique(one, item)) else {
        return here.len() == there.len()
            && here.iter().zip(there.iter()).all(|(here, there)| same_record(one, here, other, there));
    };
    let keyed = |draft: &Draft<'_>, items: &mut dyn Iterator<Item = RecordId>| -> BTreeMap<_, _> {
        items.filter_map(|item| Some((key(draft, item, rule)?, item))).collect()
    };
    let (here, there) = (keyed(one, &mut here.iter()), keyed(other, &mut there.iter()));
    here.len() == there.len()
        && here.iter().all(|(key, here)| there.get(key).is_some_and(|there| same_record(one, *here, other, *there)))
}

/// The rule by which an item is told from the others of its list.
fn unique(draft: &Draft<'_>, item: RecordId) -> Option<&'static RowRule> {
    draft.spec(item).rows.iter().find(|rule| matches!(rule.test, RowTest::Unique))
}

/// The same where it takes two fields to tell it.
fn pair(draft: &Draft<'_>, item: RecordId) -> Option<&'static RowRule> {
    unique(draft, item).filter(|rule| rule.first() != rule.row())
}

/// The values by which an item is told from others; nothing where one of them is missing.
fn key(draft: &Draft<'_>, item: RecordId, rule: &RowRule) -> Option<[String; 2]> {
    let part = |row: u8| {
        let field = draft.spec(item).fields.get(usize::from(row))?;
        match value(draft, item, usize::from(row), field) {
            Reading::Text(text) => Some(text.into_owned()),
            Reading::Id(id) => Some(id.to_ascii_lowercase()),
            _ => None,
        }
    };
    Some([part(rule.first())?, part(rule.row())?])
}

//! The previous contract, which a caller gives as context, compared with a draft field by field. What cannot be read in it decides
//! nothing. How it is made of what the server shows stands in `context_read`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::draft::{Cell, Draft, ROOT, RecordId};
use crate::reading::{Reading, read as read_cell};
use crate::table::{Dialect, Field, RowRule, RowTest};

/// A contract given as context.
#[derive(Debug)]
pub(crate) struct Previous(Draft<'static>);

impl Previous {
    /// The contract that a draft of its own open table holds, where it has a number.
    pub(crate) fn of(contract: Draft<'static>) -> Option<Self> {
        let contract = Self(contract);
        contract.text("contract_number").is_some().then_some(contract)
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

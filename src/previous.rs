//! The previous contract, which a caller gives as context: read through its own open table, and compared with a draft field by
//! field. What cannot be read in it decides nothing.

use std::borrow::Cow;
use std::sync::Arc;

use crate::check::row_key;
use crate::context::Context;
use crate::draft::{Cell, Draft, ROOT, RecordId};
use crate::input::{Input, Part, Wrong};
use crate::options::Dialect;
use crate::payloads::ehealth::contract::PREVIOUS;
use crate::read;
use crate::reading::{Reading, read as read_cell};
use crate::table::{Field, RowTest};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;

/// Fields that rules read by themselves, so that a value which cannot be read must not silence them.
const DECIDING: [&str; 5] = ["contract_number", "status", "is_suspended", "start_date", "end_date"];

const NO_OBJECT: &str = "context.previous: must be an object, the previous contract.";

/// A contract given as context.
#[derive(Debug)]
pub(crate) struct Previous(Draft<'static>);

impl Context {
    /// Gives the previous contract: an object with the contract's own fields, its status and whether it is suspended.
    pub fn set_previous<'a>(&mut self, given: impl Into<Input<'a>>) -> Result<(), Wrong> {
        self.previous_part(Part::whole(&given.into()))
    }

    /// Gives the previous contract as a part of something larger; nothing where it is no JSON text.
    pub(crate) fn previous_part(&mut self, given: Option<Part<'_>>) -> Result<(), Wrong> {
        let contract = given.ok_or_else(|| Wrong(NO_OBJECT.to_owned()))?;
        let contract = read::part(&PREVIOUS, contract).owned();
        self.previous = Previous::read(contract).map_err(Wrong)?.map(Arc::new);
        Ok(())
    }
}

impl Previous {
    /// The contract, where there is one; a fault names the part that is wrong.
    #[inline(never)]
    fn read(draft: Draft<'static>) -> Result<Option<Self>, String> {
        let contract = Self(draft);
        match contract.0.odd(ROOT) {
            Some(Cell::Absent | Cell::Null) => return Ok(None),
            Some(_) => return Err(NO_OBJECT.to_owned()),
            None => {}
        }
        match DECIDING.into_iter().find(|name| contract.reading(name) == Reading::Unreadable) {
            Some(name) => Err(format!("context.previous.{name}: cannot be read.")),
            None => Ok(Some(contract)),
        }
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
            Reading::Text(text) | Reading::Id(text) => Some(text),
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
    /// row, or where either cannot be read.
    pub(crate) fn differs(&self, name: &str, draft: &Draft<'_>, given: &Reading<'_>) -> Option<bool> {
        let (at, field) = self.row(name)?;
        if self.0.cell(ROOT, at) == Cell::Absent {
            return None;
        }
        let here = value(&self.0, ROOT, at, field);
        let same = if field.absent_is_false {
            let flag = |value: &Reading<'_>| match value {
                Reading::Absent => Some(false),
                Reading::Bool(flag) => Some(*flag),
                _ => None,
            };
            flag(given)? == flag(&here)?
        } else {
            same(draft, given, &self.0, &here)?
        };
        Some(!same)
    }
}

fn value<'d>(draft: &'d Draft<'_>, record: RecordId, at: usize, field: &Field) -> Reading<'d> {
    read_cell(draft, field, draft.cell(record, at), Dialect::default()).value
}

/// Whether two values say the same; nothing where one of them cannot be read.
fn same(one: &Draft<'_>, here: &Reading<'_>, other: &Draft<'_>, there: &Reading<'_>) -> Option<bool> {
    match (here, there) {
        (Reading::Unreadable, _) | (_, Reading::Unreadable) => None,
        _ if blank(one, here) || blank(other, there) => Some(blank(one, here) && blank(other, there)),
        (Reading::Object(here), Reading::Object(there)) => same_record(one, *here, other, *there),
        (Reading::List(_), Reading::List(_)) => same_list(one, here, other, there),
        _ => Some(here == there),
    }
}

/// Missing, null, blank text, an empty list, or an object of nothing but such.
fn blank(draft: &Draft<'_>, given: &Reading<'_>) -> bool {
    match given {
        Reading::Absent | Reading::Blank => true,
        Reading::List(cell) => draft.items(*cell).len() == 0,
        Reading::Object(record) => {
            let fields = draft.spec(*record).fields.iter().enumerate();
            draft.odd(*record).is_none()
                && fields.map(|(at, field)| value(draft, *record, at, field)).all(|value| blank(draft, &value))
        }
        _ => false,
    }
}

fn same_record(one: &Draft<'_>, here: RecordId, other: &Draft<'_>, there: RecordId) -> Option<bool> {
    if one.odd(here).is_some() || other.odd(there).is_some() {
        return None;
    }
    let mut all = true;
    for (at, field) in one.spec(here).fields.iter().enumerate() {
        all &= same(one, &value(one, here, at, field), other, &value(other, there, at, field))?;
    }
    Some(all)
}

/// Lists whose items are unique by some of their fields are compared by these, in any order; others item by item.
fn same_list(one: &Draft<'_>, here: &Reading<'_>, other: &Draft<'_>, there: &Reading<'_>) -> Option<bool> {
    let (Reading::List(here), Reading::List(there)) = (here, there) else {
        return None;
    };
    let (here, there) = (one.items(*here), other.items(*there));
    let first = here.iter().next()?;
    let Some(rule) = one.spec(first).rows.iter().find(|rule| matches!(rule.test, RowTest::Unique)) else {
        if here.len() != there.len() {
            return Some(false);
        }
        let mut all = true;
        for (here, there) in here.iter().zip(there.iter()) {
            all &= same_record(one, here, other, there)?;
        }
        return Some(all);
    };
    let key = |draft: &Draft<'_>, record: RecordId| {
        let part = |at: u8| {
            let field = draft.spec(record).fields.get(usize::from(at))?;
            Some(value(draft, record, usize::from(at), field))
        };
        let [first, second] = rule.fields.map(part);
        row_key(first.as_ref(), second.is_some().then_some(second.as_ref()))
    };
    let mut known = FxHashMap::default();
    for record in there.iter() {
        known.insert(key(other, record)?, (record, false));
    }
    let mut all = true;
    for record in here.iter() {
        match known.get_mut(&key(one, record)?) {
            Some((there, met)) => {
                *met = true;
                all &= same_record(one, record, other, *there)?;
            }
            None => all = false,
        }
    }
    Some(all && known.values().all(|(_, met)| *met))
}

//! The items of a list, and the rules over all of them: no value twice, exactly one flag, values out of another list.

use std::borrow::Cow;
use std::rc::Rc;

use super::place::Place;
use super::{Checker, Found, Needs, Outer, WHOLE, short};
use crate::draft::{Cell, Draft, RecordId};
use crate::issue::{Params, Says};
use crate::options::Dialect;
use crate::reading::{Read, Reading, kind_of, read};
use crate::row_key::{Firsts, same_value};
use crate::table::{Field, Kind, Record, RowRule, RowTest};

/// What the rules over rows have seen of one list so far.
pub(super) struct RowState {
    pub(super) seen: Vec<Firsts>,
}

impl<'d> Checker<'d> {
    /// Checks every item of a list, with the rules over its rows.
    pub(super) fn list(&mut self, field: &'static Field, cell: Cell) {
        let (Kind::List(item) | Kind::Object(item)) = kind_of(field, self.options.dialect) else {
            return;
        };
        let draft = self.draft;
        let expected = draft.items(cell).len();
        let mut state = RowState { seen: item.rows.iter().map(|_| Firsts::with_capacity(expected)).collect() };
        for row in draft.items(cell).iter() {
            self.ticker.tick(|items| (items, draft.records()));
            let rows = (!item.rows.is_empty()).then_some(&mut state);
            self.object(row, Outer { rows, item_of: Some(field), ..Outer::default() });
        }
    }

    /// What the rules over rows find of a list as a whole.
    pub(super) fn list_checks(
        &self,
        record: RecordId,
        at: usize,
        field: &'static Field,
        cell: Cell,
        out: &mut Vec<Found>,
    ) {
        if let Kind::List(item) | Kind::Object(item) = kind_of(field, self.options.dialect) {
            out.extend(item.rows.iter().filter_map(|rule| self.exactly_one(rule, record, at, item, cell)));
        }
    }

    pub(crate) fn exactly_one(
        &self,
        rule: &RowRule,
        record: RecordId,
        at: usize,
        item: &'static Record,
        cell: Cell,
    ) -> Option<Found> {
        let RowTest::ExactlyOne = rule.test else {
            return None;
        };
        let [flag, _] = rule.fields;
        let name = item.fields.get(usize::from(flag))?.name;
        let items = self.draft.items(cell);
        let mut count = 0;
        for row in items.iter() {
            match self.outside(row, usize::from(flag)).0 {
                Reading::Bool(true) => count += 1,
                Reading::Bool(false) => {}
                _ => return None,
            }
        }
        if count == 1 || items.len() == 0 {
            return None;
        }
        Some(Found::at(record, short(at), rule.code(), rule.severity, rule.rule, Params::Count(name, count)))
    }

    /// What the rules over rows find at an item of which nothing else is to be said.
    pub(super) fn rows(
        &mut self,
        record: RecordId,
        spec: &'static Record,
        reads: &[Read<'d>],
        needs: Needs,
        state: &mut RowState,
    ) {
        let mut found = Vec::new();
        for (at, rule) in spec.rows.iter().enumerate() {
            // Every rule once, with all those at its row.
            let row = rule.row();
            if spec.rows.iter().take(at).any(|earlier| earlier.row() == row) {
                continue;
            }
            self.rows_at(record, usize::from(row), spec, reads, needs, state, &mut found);
            if !found.is_empty() {
                self.tell_rules(&mut Place::new(record, row), core::mem::take(&mut found));
            }
        }
    }

    /// What the rules over rows find at one row of an item.
    #[expect(clippy::too_many_arguments, reason = "one object while it is checked, taken apart")]
    pub(super) fn rows_at(
        &mut self,
        record: RecordId,
        at: usize,
        spec: &'static Record,
        reads: &[Read<'d>],
        needs: Needs,
        state: &mut RowState,
        out: &mut Vec<Found>,
    ) {
        for (number, rule) in spec.rows.iter().enumerate().filter(|(_, rule)| usize::from(rule.row()) == at) {
            out.extend(self.row_finds(record, number, rule, reads, needs, state));
        }
    }

    fn row_finds(
        &mut self,
        record: RecordId,
        number: usize,
        rule: &RowRule,
        reads: &[Read<'d>],
        needs: Needs,
        state: &mut RowState,
    ) -> Option<Found> {
        if needs.relevant & (1 << rule.row()) == 0 {
            return None;
        }
        let value = |field: u8| reads.get(usize::from(field)).map(|read| &read.value);
        let [first, second] = rule.fields;
        let key = self.options.seed.key(value(first)?, if second == WHOLE { None } else { Some(value(second)?) })?;
        let first = match rule.test {
            RowTest::ExactlyOne => None,
            RowTest::Unique => {
                let same = |other| same_rows(self.draft, self.options.dialect, rule, record, other);
                let first = state.seen.get_mut(number)?.of(key, record, same);
                (first != record).then_some(first)
            }
            RowTest::Member(list) => {
                let known = self.members(list);
                let same = |item| is_row_value(self.draft, self.options.dialect, item, value(first));
                known.as_ref().as_ref().is_some_and(|known| !known.has(key, same)).then_some(record)
            }
        }?;
        let mut found = self.row_fault(rule, record, rule.row());
        found.first = matches!(rule.test, RowTest::Unique).then_some(first);
        Some(found)
    }

    /// The finding of a rule over rows at one item.
    pub(crate) fn row_fault(&self, rule: &RowRule, record: RecordId, field: u8) -> Found {
        let params = match rule.test {
            RowTest::Member(list) => Params::Name("list", Cow::Borrowed(list)),
            RowTest::Unique | RowTest::ExactlyOne => Params::None,
        };
        let severity = self.severity(rule.severity, rule.rule);
        Found {
            says: rule.words.map_or(Says::Nothing, Says::Words),
            ruled: true,
            ..Found::at(record, field, rule.code(), severity, rule.rule, params)
        }
    }

    /// The values of the root's list of values; `None` while one of them is unreadable.
    fn members(&mut self, list: &'static str) -> Rc<Option<Firsts>> {
        let (draft, options) = (self.draft, self.options);
        let members = self.members.entry(list).or_insert_with(|| {
            let spec = draft.spec(crate::draft::ROOT);
            let items = spec.find(list).map(|at| draft.items(draft.cell(crate::draft::ROOT, at)));
            Rc::new(items.filter(|items| items.len() > 0).and_then(|items| {
                let mut firsts = Firsts::with_capacity(items.len());
                for row in items.iter() {
                    let value = row_value(draft, options.dialect, row, 0)?;
                    let same = |other| is_row_value(draft, options.dialect, other, Some(&value));
                    firsts.of(options.seed.key(&value, None)?, row, same);
                }
                Some(firsts)
            }))
        });
        Rc::clone(members)
    }
}

/// The value in one field of an item.
pub(crate) fn row_value<'d>(
    draft: &'d Draft<'_>,
    dialect: Dialect,
    record: RecordId,
    field: u8,
) -> Option<Reading<'d>> {
    let row = draft.spec(record).fields.get(usize::from(field))?;
    Some(read(draft, row, draft.cell(record, usize::from(field)), dialect).value)
}

/// Whether two items have the same value, or the same two, in the fields of a rule.
pub(crate) fn same_rows(draft: &Draft<'_>, dialect: Dialect, rule: &RowRule, one: RecordId, other: RecordId) -> bool {
    let fields = rule.fields.into_iter().filter(|field| *field != WHOLE);
    fields
        .into_iter()
        .all(|field| is_value(draft, dialect, (one, field), row_value(draft, dialect, other, field).as_ref()))
}

/// Whether this is the value of an item of a list of values.
pub(crate) fn is_row_value(draft: &Draft<'_>, dialect: Dialect, item: RecordId, value: Option<&Reading<'_>>) -> bool {
    is_value(draft, dialect, (item, 0), value)
}

fn is_value(draft: &Draft<'_>, dialect: Dialect, (record, field): (RecordId, u8), value: Option<&Reading<'_>>) -> bool {
    match (row_value(draft, dialect, record, field), value) {
        (Some(one), Some(other)) => same_value(&one, other),
        _ => false,
    }
}

//! The items of a list, and the rules over all of them: no value twice, exactly one flag, values out of another list.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet};

use super::place::Place;
use super::{Checker, Found, Needs, Outer, WHOLE, short};
use crate::draft::{Cell, RecordId};
use crate::issue::{Params, Says};
use crate::reading::{Read, Reading, kind_of, read};
use crate::row_key::WideHasher;
use crate::table::{Field, Kind, Record, RowRule, RowTest};

/// What the rules over rows have seen of one list so far.
pub(super) struct RowState {
    pub(super) seen: Vec<FxHashMap<u64, RecordId>>,
}

impl<'d> Checker<'d> {
    /// Checks every item of a list, with the rules over its rows.
    pub(super) fn list(&mut self, field: &'static Field, cell: Cell) {
        let (Kind::List(item) | Kind::Object(item)) = kind_of(field, self.options.dialect) else {
            return;
        };
        let draft = self.draft;
        let expected = draft.items(cell).len();
        let seen = || FxHashMap::with_capacity_and_hasher(expected, Default::default());
        let mut state = RowState { seen: item.rows.iter().map(|_| seen()).collect() };
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
        let [first, second] = rule.fields;
        let value = |field: u8| reads.get(usize::from(field)).map(|read| &read.value);
        let key = row_key(value(first), if second == WHOLE { None } else { Some(value(second)) })?;
        let first = match rule.test {
            RowTest::ExactlyOne => None,
            RowTest::Unique => {
                let first = *state.seen.get_mut(number)?.entry(key).or_insert(record);
                (first != record).then_some(first)
            }
            RowTest::Member(list) => {
                let known = self.members(list);
                known.as_ref().is_some_and(|known| !known.contains(&key)).then_some(record)
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
    pub(super) fn members(&mut self, list: &'static str) -> &Option<FxHashSet<u64>> {
        let (draft, options) = (self.draft, self.options);
        self.members.entry(list).or_insert_with(|| {
            let spec = draft.spec(crate::draft::ROOT);
            let at = spec.find(list)?;
            let items = draft.items(draft.cell(crate::draft::ROOT, at));
            if items.len() == 0 {
                return None;
            }
            let key = |row: RecordId| {
                let field = draft.spec(row).fields.first()?;
                row_key(Some(&read(draft, field, draft.cell(row, 0), options.dialect).value), None)
            };
            items.iter().map(key).collect()
        })
    }
}

/// A value, or two, as one key for rules over rows. Sixty-four bits stand for the value: among 100,000 rows two different values
/// meet with a chance under one in a thousand million.
pub(crate) fn row_key(first: Option<&Reading<'_>>, second: Option<Option<&Reading<'_>>>) -> Option<u64> {
    let mut hasher = WideHasher::default();
    for value in [Some(first), second].into_iter().flatten() {
        match value? {
            Reading::Text(text) => text.hash(&mut hasher),
            Reading::Id(id) => id.to_ascii_lowercase().hash(&mut hasher),
            Reading::Date(date) => date.hash(&mut hasher),
            Reading::Number(number) => number.to_bits().hash(&mut hasher),
            Reading::Bool(flag) => flag.hash(&mut hasher),
            Reading::Choice(choice) => choice.hash(&mut hasher),
            Reading::Absent | Reading::Blank | Reading::Unreadable | Reading::Object(_) | Reading::List(_) => {
                return None;
            }
        }
    }
    Some(hasher.finish())
}

//! Checking a draft: a pure function of the table, the record and the options. One record is checked at a time, its nested objects
//! with it; the live form checks just the records that an edit touches, a whole check goes on into every list.

mod blank;
mod fields;
mod keys;
mod needs;
mod out;
mod place;
mod rows;
mod value;

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

pub(crate) use fields::Seen;
pub(crate) use needs::Needs;
pub(crate) use out::Out;
#[cfg(feature = "wasm")]
pub(crate) use out::too_many;
pub(crate) use place::together;
pub(crate) use rows::{is_row_value, row_value, same_rows};

use crate::draft::{Cell, Draft, MAX_ALL_ITEMS, MAX_DEPTH, RecordId, What};
use crate::issue::{Code, Issue, Params, Says, Severity, Which};
use crate::nothing::says_nothing;
use crate::options::{Mode, Options};
use crate::reading::{Read, Reading, most};
use crate::row_key::Firsts;
use crate::table::{Field, Format};
use crate::watch::{Stage, Ticker, Watch};
use place::Place;
use rows::RowState;
use value::strict_form;

/// The record as a whole, not one of its rows.
pub(crate) const WHOLE: u8 = u8::MAX;

/// An issue with its place in the draft; `issues` turns it into one with a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) record: RecordId,
    pub(crate) field: u8,
    /// A key that is no row of the table.
    pub(crate) key: Option<Box<str>>,
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    pub(crate) rule: &'static str,
    pub(crate) params: Params,
    pub(crate) says: Says,
    /// The item that has the value first, of a `duplicate`.
    pub(crate) first: Option<RecordId>,
    /// It comes from a rule over fields or over rows, not from the value itself.
    pub(crate) ruled: bool,
    /// An issue of what is signed in the field; it knows its own path.
    pub(crate) inner: Option<Box<Issue>>,
}

impl Found {
    /// A finding at a row, or at the record as a whole.
    pub(crate) fn at(
        record: RecordId,
        field: u8,
        code: Code,
        severity: Severity,
        rule: &'static str,
        params: Params,
    ) -> Self {
        Self {
            record,
            field,
            key: None,
            code,
            severity,
            rule,
            params,
            says: Says::Nothing,
            first: None,
            ruled: false,
            inner: None,
        }
    }

    /// Whether both are at the same place.
    fn is_beside(&self, other: &Self) -> bool {
        self.record == other.record && self.field == other.field && self.key.is_none() && other.key.is_none()
    }
}

/// Checks records of one draft.
pub(crate) struct Checker<'d> {
    pub(crate) draft: &'d Draft<'d>,
    pub(crate) options: &'d Options,
    /// Whether lists are gone into.
    deep: bool,
    strict: bool,
    /// What is checked is signed: it goes out byte for byte, whatever is left out of a body.
    sealed: bool,
    pub(crate) out: Out,
    spare: Vec<Vec<Read<'d>>>,
    members: HashMap<&'static str, Rc<Option<Firsts>>>,
    ticker: Ticker<'d>,
}

/// What is known from outside when a record is checked.
#[derive(Default)]
struct Outer<'r> {
    /// Findings of the holder's checks at rows of this nested object.
    pending: Vec<Found>,
    rows: Option<&'r mut RowState>,
    /// The rule of the list whose item this is.
    item_of: Option<&'static Field>,
}

impl<'d> Checker<'d> {
    /// Checks single records.
    pub(crate) fn shallow(draft: &'d Draft<'d>, options: &'d Options) -> Self {
        Self {
            draft,
            options,
            deep: false,
            strict: options.mode == Mode::Strict,
            sealed: false,
            out: Out::new(usize::MAX),
            spare: Vec::new(),
            members: HashMap::new(),
            ticker: Ticker::new(None, Stage::Checking),
        }
    }

    /// Checks the whole draft; the findings come in the order of the table.
    pub(crate) fn whole(draft: &'d Draft<'d>, options: &'d Options, watch: Option<Watch<'d>>) -> Vec<Found> {
        let (out, ticker) = (Out::new(options.most_issues()), Ticker::new(watch, Stage::Checking));
        let mut checker = Self { deep: true, out, ticker, ..Self::shallow(draft, options) };
        checker.record(crate::draft::ROOT);
        checker.out.told()
    }

    /// Checks the whole draft of what is signed.
    pub(crate) fn sealed(draft: &'d Draft<'d>, options: &'d Options) -> Out {
        let out = Out::new(options.most_issues());
        let mut checker = Self { deep: true, strict: true, sealed: true, out, ..Self::shallow(draft, options) };
        checker.record(crate::draft::ROOT);
        checker.out
    }

    /// Checks a record and its nested objects.
    pub(crate) fn record(&mut self, record: RecordId) {
        let item_of = self
            .draft
            .holder(record)
            .and_then(|(holder, field)| self.draft.spec(holder).fields.get(usize::from(field)));
        self.object(record, Outer { item_of, ..Outer::default() });
    }

    fn object(&mut self, record: RecordId, mut outer: Outer<'_>) {
        let draft = self.draft;
        let known = draft.extras(record);
        if let Some(extras) = known {
            if let Some(cell) = extras.odd {
                self.odd(record, cell, extras.unwrapped, outer.item_of);
                return;
            }
            if extras.unwrapped {
                self.unwrapped(&mut Place::new(record, WHOLE));
            }
        }
        let (spec, cells) = draft.object_cells(record);
        let mut reads = self.spare.pop().unwrap_or_default();
        // Bits of the rows that have a value, and of those that are not simply read as they stand.
        let (mut filled, mut said) = (0_u64, 0_u64);
        for (at, (field, cell)) in spec.fields.iter().zip(cells).enumerate() {
            let read = self.read(field, *cell);
            filled |= u64::from(!matches!(read.value, Reading::Absent | Reading::Blank)) << at;
            said |= u64::from(read.note.is_some() || read.fault.is_some()) << at;
            reads.push(read);
        }
        let needs = self.needs(spec, &reads);
        // Most rows are read as they stand: there is nothing to say about them, unless a check reports there.
        let wanted = !filled & (needs.required | needs.expected);
        let surplus = filled & !needs.relevant;
        let mut left = spec.remarkable | said | wanted | surplus;
        if known.is_some() || self.sealed || !outer.pending.is_empty() {
            left = u64::MAX;
        } else if left != 0 || self.any_check_finds(record, spec, &reads, needs, filled) {
            left |= spec.judged | spec.judged_filled & filled;
        } else {
            // Most objects: only other items can have something against this one.
            if let Some(state) = outer.rows {
                self.rows(record, spec, &reads, needs, state);
            }
            reads.clear();
            self.spare.push(reads);
            return;
        }
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            let bit = 1_u64 << at;
            left &= !bit;
            let (Some(field), Some(cell), Some(read)) = (spec.fields.get(at), cells.get(at), reads.get(at)) else {
                break;
            };
            let mut place = Place::new(record, short(at));
            let relevant = needs.relevant & bit != 0;
            if let Some(extras) = known {
                self.keys(&mut place, field, extras, relevant);
            }
            if !relevant {
                if !says_nothing(draft, Some(field), *cell) {
                    let params = Params::When(Which::Relevant);
                    let (code, severity) = (Code::NotRelevant, Severity::Warning);
                    self.tell(&mut place, Found::at(record, short(at), code, severity, field.rule, params));
                }
                continue;
            }
            self.value(&mut place, field, *cell, read, needs);
            let mut ruled: Vec<Found> = outer.pending.extract_if(.., |found| usize::from(found.field) == at).collect();
            let judged = (spec.judged | spec.judged_filled & filled) & bit != 0;
            if judged && let Some(state) = outer.rows.as_deref_mut() {
                self.rows_at(record, at, spec, &reads, needs, state, &mut ruled);
            }
            if self.deep
                && let Reading::List(cell) = read.value
            {
                self.list_checks(record, at, field, cell, &mut ruled);
            }
            if judged {
                self.field_checks(record, at, spec, &reads, needs, filled & bit != 0, &mut ruled);
            }
            self.tell_rules(&mut place, ruled);
            match &read.value {
                Reading::Object(inner) => {
                    let pending = self.inner_checks(record, *inner, at, spec, &reads, needs);
                    self.object(*inner, Outer { pending, ..Outer::default() });
                }
                Reading::List(cell) if self.deep => self.list(field, *cell),
                Reading::Text(text) if field.kind_format() == Format::SignedContent && read.fault.is_none() => {
                    self.contents(record, at, field, text);
                }
                Reading::Absent => self.blank_keys(field, *cell),
                _ => {}
            }
        }
        self.whole_checks(record, spec, &reads, needs);
        if let Some(extras) = known {
            self.unknown(record, spec, extras, needs.relevant);
        }
        reads.clear();
        self.spare.push(reads);
    }

    /// An item, or the root, that is no object; `unwrapped` where it stands alone in a list, or the list is empty.
    fn odd(&mut self, record: RecordId, cell: Cell, unwrapped: bool, item_of: Option<&'static Field>) {
        let mut place = Place::new(record, WHOLE);
        let (rule, code, params) = match (item_of, cell) {
            (_, Cell::Foreign(What::Deep, _)) => ("GEN-03", Code::TooDeep, Params::Max(f64::from(MAX_DEPTH))),
            (None, Cell::Foreign(What::Excess, _)) => ("GEN-05", Code::TooMany, most(MAX_ALL_ITEMS)),
            (Some(field), cell) if self.draft.is_blank_text(cell) || matches!(cell, Cell::Absent | Cell::Null) => {
                if unwrapped && !self.strict {
                    self.unwrapped(&mut place);
                }
                (field.rule, Code::Required, Params::None)
            }
            (Some(field), Cell::Foreign(What::Many | What::VoidMany, _)) => {
                (field.rule, Code::TooMany, Params::Max(1.0))
            }
            (item_of, _) => {
                let rule = item_of.map_or("GEN-05", |field| field.rule);
                (rule, Code::Type, Params::Name("expected", Cow::Borrowed("object")))
            }
        };
        self.tell(&mut place, Found::at(record, WHOLE, code, Severity::Error, rule, params));
    }

    /// An item that is an object was given as a list of one.
    fn unwrapped(&mut self, place: &mut Place) {
        let (code, severity) =
            if self.strict { (Code::Type, Severity::Error) } else { (Code::Unwrapped, Severity::Note) };
        let params = Params::Name("expected", Cow::Borrowed("object"));
        self.tell(place, Found::at(place.record, place.field, code, severity, "GEN-06", params));
    }

    /// The issues of what is signed in a text.
    fn contents(&mut self, record: RecordId, at: usize, field: &'static Field, text: &str) {
        let (issues, more) = crate::contents::issues(field.name, text, self.options);
        for (severity, count) in [Severity::Error, Severity::Warning, Severity::Note].into_iter().zip(more) {
            self.out.count(severity, count);
        }
        for issue in issues {
            let mut found = Found::at(record, short(at), issue.code, issue.severity, field.rule, issue.params.clone());
            found.inner = Some(Box::new(issue));
            self.out.push(found);
        }
    }
}

fn short(field: usize) -> u8 {
    u8::try_from(field).unwrap_or(WHOLE)
}

//! Checking a draft: a pure function of the table, the record and the options. One record is checked at a time, its nested objects
//! with it; the live form checks just the records that an edit touches, a whole check goes on into every list.

mod fields;
mod keys;
mod needs;
mod rows;

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxHashSet;

pub(crate) use fields::Seen;
pub(crate) use needs::Needs;
pub(crate) use rows::row_key;

use crate::draft::{Cell, Draft, MAX_DEPTH, RecordId, What};
use crate::issue::{Code, Issue, Params, Says, Severity, Which};
use crate::options::{Mode, Options};
use crate::reading::{Read, Reading, doubt, note_params, read};
use crate::table::{Field, Format, Need};
use crate::watch::{Stage, Ticker, Watch};
use rows::RowState;

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
        Self { record, field, key: None, code, severity, rule, params, says: Says::Nothing, first: None, inner: None }
    }
}

/// Checks records of one draft.
pub(crate) struct Checker<'d> {
    pub(crate) draft: &'d Draft<'d>,
    pub(crate) options: &'d Options,
    /// Whether lists are gone into.
    deep: bool,
    pub(crate) out: Vec<Found>,
    spare: Vec<Vec<Read<'d>>>,
    members: HashMap<&'static str, Option<FxHashSet<u64>>>,
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
            out: Vec::new(),
            spare: Vec::new(),
            members: HashMap::new(),
            ticker: Ticker::new(None, Stage::Checking),
        }
    }

    /// Checks the whole draft; the findings come in the order of the table.
    pub(crate) fn whole(draft: &'d Draft<'d>, options: &'d Options, watch: Option<Watch<'d>>) -> Vec<Found> {
        let mut checker =
            Self { deep: true, ticker: Ticker::new(watch, Stage::Checking), ..Self::shallow(draft, options) };
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
        let (draft, dialect) = (self.draft, self.options.dialect);
        let known = draft.extras(record);
        if let Some(cell) = known.and_then(|extras| extras.odd) {
            self.odd(record, cell, outer.item_of);
            return;
        }
        let (spec, cells) = draft.object_cells(record);
        let mut reads = self.spare.pop().unwrap_or_default();
        // Bits of the rows that have a value, and of those that are not simply read as they stand.
        let (mut filled, mut said) = (0_u64, 0_u64);
        for (at, (field, cell)) in spec.fields.iter().zip(cells).enumerate() {
            let read = read(draft, field, *cell, dialect);
            filled |= u64::from(!matches!(read.value, Reading::Absent | Reading::Blank)) << at;
            said |= u64::from(read.note.is_some() || read.fault.is_some()) << at;
            reads.push(read);
        }
        let needs = self.needs(spec, &reads);
        // Most rows are read as they stand: there is nothing to say about them, unless a check reports there.
        let wanted = !filled & (needs.required | needs.expected);
        let surplus = filled & !needs.relevant;
        let mut left = spec.remarkable | said | wanted | surplus;
        if known.is_some() || !outer.pending.is_empty() {
            left = u64::MAX;
        } else if left != 0 || self.any_check_finds(record, spec, &reads, needs, filled) {
            left |= spec.judged | spec.judged_filled & filled;
        } else {
            // Most objects: only other items can have something against this one.
            if let Some(state) = outer.rows {
                for rule in 0..spec.rows.len() {
                    self.unique(record, rule, spec, &reads, needs, state);
                }
            }
            reads.clear();
            self.spare.push(reads);
            return;
        }
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            let bit = 1_u64 << at;
            left &= !bit;
            let (Some(field), Some(read)) = (spec.fields.get(at), reads.get(at)) else { break };
            let mut place = Place { record, field: at, faulted: false, failed: false };
            if let Some(extras) = known {
                self.keys(&mut place, field, extras);
            }
            if needs.relevant & bit == 0 {
                if !place.faulted && self.has_value(&read.value) {
                    self.put(&place, Code::NotRelevant, Severity::Warning, field.rule, Params::When(Which::Relevant));
                }
                continue;
            }
            self.value(&mut place, field, read, needs, bit);
            for pending in outer.pending.extract_if(.., |found| usize::from(found.field) == at) {
                self.later(&mut place, pending);
            }
            if (spec.judged | spec.judged_filled & filled) & bit != 0 {
                self.field_checks(&mut place, spec, &reads, needs, filled & bit != 0);
                if let Some(state) = outer.rows.as_deref_mut() {
                    for (number, rule) in spec.rows.iter().enumerate() {
                        if usize::from(rule.row()) == at {
                            self.unique(record, number, spec, &reads, needs, state);
                        }
                    }
                }
            }
            match &read.value {
                Reading::Object(inner) => {
                    let pending = self.inner_checks(record, *inner, at, spec, &reads, needs);
                    self.object(*inner, Outer { pending, ..Outer::default() });
                }
                Reading::List(cell) if self.deep => self.list(record, at, field, *cell),
                Reading::Text(text) if field.kind_format() == Format::SignedContent && read.fault.is_none() => {
                    self.contents(record, at, field, text);
                }
                _ => {}
            }
        }
        self.whole_checks(record, spec, &reads, needs);
        if let Some(extras) = known {
            self.unknown(record, spec, extras);
        }
        reads.clear();
        self.spare.push(reads);
    }
}

/// One place of the draft while it is checked: at most one fault is reported at each, and no warning hides an error.
struct Place {
    record: RecordId,
    field: usize,
    faulted: bool,
    failed: bool,
}

impl<'d> Checker<'d> {
    fn severity(&self, severity: Severity, rule: &str) -> Severity {
        if severity == Severity::Warning && self.options.promote.iter().any(|id| id == rule) {
            Severity::Error
        } else {
            severity
        }
    }

    fn strict(&self) -> bool {
        self.options.mode == Mode::Strict
    }

    fn put(&mut self, place: &Place, code: Code, severity: Severity, rule: &'static str, params: Params) {
        let severity = self.severity(severity, rule);
        self.out.push(Found::at(place.record, short(place.field), code, severity, rule, params));
    }

    /// A finding of a rule over fields: it comes after the kind's own.
    fn later(&mut self, place: &mut Place, mut found: Found) {
        found.severity = self.severity(found.severity, found.rule);
        if found.severity == Severity::Note && self.strict() {
            // The one note of a rule is an alias: another row's form.
            found.params = match found.params {
                Params::Name(_, to) => Params::Allowed(vec![to]),
                other => other,
            };
            found.code = strict_form(found.code, Params::None).0;
            found.severity = Severity::Error;
        }
        let hidden = match found.severity {
            Severity::Error => place.failed,
            Severity::Warning => place.faulted,
            Severity::Note => false,
        };
        if !hidden {
            place.faulted |= found.severity != Severity::Note;
            place.failed |= found.severity == Severity::Error;
            self.out.push(found);
        }
    }

    /// An item, or the root, that is no object.
    fn odd(&mut self, record: RecordId, cell: Cell, item_of: Option<&'static Field>) {
        let rule = item_of.map_or("GEN-05", |field| field.rule);
        let (code, params) = match cell {
            Cell::Absent | Cell::Null if item_of.is_some() => (Code::Required, Params::None),
            Cell::Foreign(What::Deep, _) => (Code::TooDeep, Params::Max(f64::from(MAX_DEPTH))),
            _ => (Code::Type, Params::Name("expected", Cow::Borrowed("object"))),
        };
        let rule = if code == Code::TooDeep { "GEN-03" } else { rule };
        self.out.push(Found::at(record, WHOLE, code, Severity::Error, rule, params));
    }

    /// What is wrong with the value itself: missing, of another type, out of bounds; and how it was read.
    fn value(&mut self, place: &mut Place, field: &'static Field, read: &Read<'d>, needs: Needs, bit: u64) {
        let missing = matches!(read.value, Reading::Absent | Reading::Blank);
        // A note that became an error is one of the type or of what comes after it: a missing value comes before them.
        if missing && self.strict() {
            self.missing(place, field, needs, bit);
        }
        if let Some(note) = read.note {
            self.noted(place, field, note, &read.value);
        }
        if missing {
            self.missing(place, field, needs, bit);
            return;
        }
        if let Some(fault) = &read.fault {
            let rule = match fault.code {
                Code::TooDeep => "GEN-03",
                Code::Format | Code::Checksum if !field.format_rule.is_empty() => field.format_rule,
                _ => field.rule,
            };
            let mut found =
                Found::at(place.record, short(place.field), fault.code, fault.severity, rule, fault.params.clone());
            found.says = fault.says.clone();
            self.later(place, found);
        }
        if let (Some(name), Reading::Text(text)) = (field.dictionary, &read.value)
            && let Some(codes) = self.options.context.dictionaries.get(name)
            && !place.faulted
            && !codes.iter().any(|code| code == text)
        {
            let allowed = codes.iter().map(|code| Cow::Owned(code.clone())).collect();
            self.put(place, Code::Enum, Severity::Error, field.rule, Params::Allowed(allowed));
            place.faulted = true;
            place.failed = true;
        }
        let empty = needs.expected & bit != 0
            && match &read.value {
                Reading::List(cell) => self.draft.items(*cell).len() == 0,
                // An object with rows that are required says so at those rows.
                Reading::Object(inner) => {
                    let rows = self.draft.spec(*inner).fields;
                    !rows.iter().any(|row| matches!(row.required, Need::Always)) && self.blank_object(*inner)
                }
                _ => false,
            };
        if empty && !place.faulted {
            let params =
                if matches!(field.expected, Need::When(_)) { Params::When(Which::Expected) } else { Params::None };
            self.put(place, Code::Expected, Severity::Warning, field.rule, params);
            place.faulted = true;
        }
    }

    /// A row without a value that must or should have one.
    fn missing(&mut self, place: &mut Place, field: &'static Field, needs: Needs, bit: u64) {
        if place.faulted {
            return;
        }
        let (which, need, always, sometimes, severity) = if needs.required & bit != 0 {
            (Which::Required, field.required, Code::Required, Code::RequiredWhen, Severity::Error)
        } else if needs.expected & bit != 0 {
            (Which::Expected, field.expected, Code::Expected, Code::Expected, Severity::Warning)
        } else {
            return;
        };
        let (code, params) = match need {
            Need::When(_) => (sometimes, Params::When(which)),
            Need::Always | Need::Never => (always, Params::None),
        };
        self.put(place, code, severity, field.rule, params);
        place.faulted = true;
        place.failed = severity == Severity::Error;
    }

    /// How a value was read: a note, or a warning where it may have been meant otherwise; in strict mode an error.
    fn noted(&mut self, place: &mut Place, field: &'static Field, note: Code, value: &Reading<'d>) {
        let params = note_params(note, field, value, self.options.dialect);
        let at = |code, severity, params| Found::at(place.record, short(place.field), code, severity, "GEN-06", params);
        if self.strict() {
            let (code, params) = strict_form(note, params);
            let found = at(code, Severity::Error, params);
            self.later(place, found);
        } else if note == Code::Inconsistent {
            let mut found = at(note, Severity::Warning, Params::None);
            found.says = Says::Words(doubt(field));
            self.later(place, found);
        } else {
            self.put(place, note, Severity::Note, "GEN-06", params);
        }
    }

    /// The issues of what is signed in a text.
    fn contents(&mut self, record: RecordId, at: usize, field: &'static Field, text: &str) {
        for issue in crate::contents::issues(field.name, text, self.options) {
            let mut found = Found::at(record, short(at), issue.code, issue.severity, field.rule, issue.params.clone());
            found.inner = Some(Box::new(issue));
            self.out.push(found);
        }
    }
}

/// What a note is in strict mode.
fn strict_form(note: Code, params: Params) -> (Code, Params) {
    match note {
        Code::Alias => (Code::Enum, Params::Choices),
        Code::Trimmed => (Code::Format, Params::Name("format", Cow::Borrowed("trimmed"))),
        _ => (Code::Type, params),
    }
}

fn short(field: usize) -> u8 {
    u8::try_from(field).unwrap_or(WHOLE)
}

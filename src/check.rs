//! Checking a draft: a pure function of the table, the record and the options. One record is checked at a time, its nested objects
//! with it; the live form checks just the records that an edit touches, a whole check goes on into every list.

use core::mem::discriminant;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::draft::{Cell, Draft, MAX_DEPTH, RecordId, Repeats, What};
use crate::issue::{Code, Issue, Params, Says, Severity, Which};
use crate::options::{Mode, Options};
use crate::reading::{Read, Reading, kind_of, note_params, read};
use crate::row_key::WideHasher;
use crate::table::{
    Check, Field, Format, Hops, Kind, Need, Operation, READS, Record, Ref, RowRule, RowTest, Test, When,
};
use crate::view::View;
use crate::watch::{self, Stage, Watch};

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

/// Bits of a record's rows: which are relevant, required, expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    pub(crate) relevant: u64,
    pub(crate) required: u64,
    pub(crate) expected: u64,
}

/// What the rules over rows have seen of one list so far.
struct RowState {
    seen: Vec<FxHashMap<u64, RecordId>>,
}

/// A value as a check sees it, with its row.
pub(crate) type Seen<'r, 'd> = (&'r Reading<'d>, Option<&'static Field>);

/// A value that a check reads in another object than its own.
type Far<'d> = (Reading<'d>, Option<&'static Field>);

const fn nothing<'d>() -> Far<'d> {
    (Reading::Absent, None)
}

const fn unreadable<'d>() -> Far<'d> {
    (Reading::Unreadable, None)
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
    watch: Option<Watch<'d>>,
    items: u32,
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
            watch: None,
            items: 0,
        }
    }

    /// Checks the whole draft; the findings come in the order of the table.
    pub(crate) fn whole(draft: &'d Draft<'d>, options: &'d Options, watch: Option<Watch<'d>>) -> Vec<Found> {
        let mut checker = Self { deep: true, watch, ..Self::shallow(draft, options) };
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

    /// Whether the rows are relevant, required and expected now.
    pub(crate) fn needs(&self, spec: &'static Record, reads: &[Read<'d>]) -> Needs {
        let all = if spec.fields.len() < 64 { (1 << spec.fields.len()) - 1 } else { u64::MAX };
        let mut needs = Needs { relevant: all, required: spec.required, expected: spec.expected };
        let mut left = spec.conditional;
        // Rows beside each other mostly depend on the same condition.
        let mut last = None;
        while left != 0 {
            let at = left.trailing_zeros();
            let bit = 1_u64 << at;
            left &= !bit;
            let Some(field) = spec.fields.get(at as usize) else { break };
            let mut holds = |need, which: usize| match need {
                Need::Always => Some(true),
                Need::Never => Some(false),
                Need::When(when) => {
                    let asked =
                        (field.reads.get(which).copied(), field.asks.get(which).copied(), discriminant(&when.test));
                    match last {
                        Some((same, held)) if same == asked => held,
                        _ => {
                            let held = self.holds(when, which, field, spec, reads);
                            last = Some((asked, held));
                            held
                        }
                    }
                }
            };
            let relevant = holds(field.relevant, 1);
            // An unknown condition decides nothing: neither irrelevant nor required.
            if relevant != Some(true) {
                needs.relevant &= if relevant.is_some() { !bit } else { u64::MAX };
                needs.required &= !bit;
                needs.expected &= !bit;
                continue;
            }
            if let Need::When(_) = field.required {
                needs.required |= if holds(field.required, 0) == Some(true) { bit } else { 0 };
            }
            if let Need::When(_) = field.expected {
                needs.expected |= if holds(field.expected, 2) == Some(true) { bit } else { 0 };
            }
        }
        needs
    }

    /// Whether a condition holds; `None` when it reads a field that is missing or unreadable.
    fn holds(&self, when: &When, which: usize, of: &Field, spec: &'static Record, reads: &[Read<'d>]) -> Option<bool> {
        if matches!(when.test, Test::Updating) {
            return Some(self.draft.payload.operation == Operation::Update);
        }
        let (from, asks) = (usize::from(*of.reads.get(which)?), *of.asks.get(which)?);
        let (field, read) = (spec.fields.get(from)?, reads.get(from)?);
        let empty = matches!(&read.value, Reading::List(cell) if self.draft.items(*cell).len() == 0);
        holds(when, asks, field, if empty { &Reading::Absent } else { &read.value })
    }

    /// Whether the value would be missed if it were not sent.
    fn has_value(&self, value: &Reading<'_>) -> bool {
        match value {
            Reading::Absent | Reading::Blank => false,
            Reading::Bool(flag) => *flag,
            Reading::Number(number) => *number != 0.0,
            Reading::Text(_) | Reading::Date(_) | Reading::Choice(_) | Reading::Unreadable => true,
            Reading::List(cell) => self.draft.items(*cell).len() > 0,
            Reading::Object(record) => !self.blank_object(*record),
        }
    }

    /// An object of nothing but blank rows.
    fn blank_object(&self, record: RecordId) -> bool {
        let spec = self.draft.spec(record);
        self.draft.odd(record).is_none()
            && self.draft.extras(record).is_none_or(|extras| extras.unknown.is_empty())
            && spec.fields.iter().zip(self.draft.cells(record)).all(|(field, cell)| {
                match read(self.draft, field, *cell, self.options.dialect).value {
                    Reading::Absent | Reading::Blank => true,
                    Reading::Object(inner) => self.blank_object(inner),
                    Reading::List(cell) => self.draft.items(cell).len() == 0,
                    _ => false,
                }
            })
    }

    /// Faults of the row's key: it stands twice, or is spelt in another way.
    fn keys(&mut self, place: &mut Place, field: &'static Field, extras: &crate::draft::Extras) {
        let at = short(place.field);
        if extras.unknown.iter().any(|unknown| unknown.repeats == Some(Repeats::Field(at))) {
            self.put(place, Code::DuplicateKey, Severity::Error, "GEN-02", Params::None);
            place.faulted = true;
            place.failed = true;
        }
        if !self.strict() && extras.renamed.iter().any(|(row, _)| *row == at) {
            let params = Params::Name("to", Cow::Borrowed(field.name));
            self.put(place, Code::Renamed, Severity::Note, "GEN-06", params);
        }
    }

    /// What is wrong with the value itself: missing, of another type, out of bounds; and how it was read.
    fn value(&mut self, place: &mut Place, field: &'static Field, read: &Read<'d>, needs: Needs, bit: u64) {
        let missing = matches!(read.value, Reading::Absent | Reading::Blank);
        if missing && !place.faulted {
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
            return;
        }
        if let Some(note) = read.note {
            let params = note_params(note, field, &read.value, self.options.dialect);
            if !self.strict() {
                if read.fault.as_ref().is_none_or(|fault| fault.code != Code::Inconsistent) {
                    self.put(place, note, Severity::Note, "GEN-06", params);
                }
            } else if !place.faulted {
                let (code, params) = strict_form(note, params);
                self.put(place, code, Severity::Error, "GEN-06", params);
                place.faulted = true;
                place.failed = true;
            }
        }
        if let Some(fault) = &read.fault
            && !place.faulted
        {
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

    fn field_checks(
        &mut self,
        place: &mut Place,
        spec: &'static Record,
        reads: &[Read<'d>],
        needs: Needs,
        filled: bool,
    ) {
        for check in spec.checks.iter().filter(|check| filled || !check.filled) {
            if check.at.hops == Hops::Here && usize::from(check.at.index) == place.field && check.at.inner == WHOLE {
                let found = self.run(check, place.record, short(place.field), spec, reads, needs);
                if let Some(found) = found {
                    self.later(place, found);
                }
            }
        }
    }

    /// Whether any check has something to say of an object in which no row holds other rows.
    fn any_check_finds(
        &self,
        record: RecordId,
        spec: &'static Record,
        reads: &[Read<'d>],
        needs: Needs,
        filled: u64,
    ) -> bool {
        spec.checks.iter().any(|check| {
            let bit = if check.at.hops == Hops::Here { 1 << check.at.index } else { 0 };
            let silent = bit != 0 && (needs.relevant & bit == 0 || (check.filled && filled & bit == 0));
            !silent && self.run(check, record, 0, spec, reads, needs).is_some()
        })
    }

    /// The issues of what is signed in a text.
    fn contents(&mut self, record: RecordId, at: usize, field: &'static Field, text: &str) {
        for issue in crate::contents::issues(field.name, text, self.options) {
            let mut found = Found::at(record, short(at), issue.code, issue.severity, field.rule, issue.params.clone());
            found.inner = Some(Box::new(issue));
            self.out.push(found);
        }
    }

    /// Findings of this object's checks at rows of the object `inner` nested in the row `at`.
    fn inner_checks(
        &self,
        record: RecordId,
        inner: RecordId,
        at: usize,
        spec: &'static Record,
        reads: &[Read<'d>],
        needs: Needs,
    ) -> Vec<Found> {
        let nested = |check: &&Check| {
            usize::from(check.at.index) == at && check.at.inner != WHOLE && check.at.hops == Hops::Here
        };
        spec.checks
            .iter()
            .filter(nested)
            .filter_map(|check| self.run(check, record, check.at.inner, spec, reads, needs))
            .map(|found| Found { record: inner, ..found })
            .collect()
    }

    fn whole_checks(&mut self, record: RecordId, spec: &'static Record, reads: &[Read<'d>], needs: Needs) {
        let mut place = Place { record, field: usize::from(WHOLE), faulted: false, failed: false };
        for check in spec.checks.iter().filter(|check| check.at.hops == Hops::Whole) {
            if let Some(found) = self.run(check, record, WHOLE, spec, reads, needs) {
                self.later(&mut place, found);
            }
        }
    }

    /// Runs a check, unless a value that it reads is unreadable.
    fn run(
        &self,
        check: &Check,
        record: RecordId,
        field: u8,
        spec: &'static Record,
        reads: &[Read<'d>],
        needs: Needs,
    ) -> Option<Found> {
        let refs = check.reads.get(..usize::from(check.count))?;
        let fault = self.view(refs, record, spec, reads, needs, check.body)?;
        let mut found = Found::at(record, field, fault.code, fault.severity, check.rule, fault.params);
        found.says = fault.says;
        Some(found)
    }

    /// What the body makes of the values that it reads; nothing while one of them is unreadable.
    fn view<T>(
        &self,
        refs: &[Ref],
        record: RecordId,
        spec: &'static Record,
        reads: &[Read<'d>],
        needs: Needs,
        body: fn(&View<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        let far: Vec<Far<'d>> = if refs.iter().all(Ref::is_near) {
            Vec::new()
        } else {
            refs.iter().map(|refer| self.far(refer, record, reads, needs)).collect()
        };
        let mut values = [const { (&Reading::Absent, None) }; READS];
        for (at, (value, refer)) in values.iter_mut().zip(refs).enumerate() {
            if let Some((reading, field)) = far.get(at).filter(|_| !refer.is_near()) {
                *value = (reading, *field);
            } else if needs.relevant & (1 << refer.index) != 0
                && let Some(read) = reads.get(usize::from(refer.index))
            {
                // What is not relevant counts as absent.
                *value = (&read.value, spec.fields.get(usize::from(refer.index)));
            }
            if matches!(value.0, Reading::Unreadable) {
                return None;
            }
        }
        body(&View { values: values.get(..refs.len())?, refs, draft: self.draft, options: self.options })
    }

    /// The row that is sent in another's place now: the row, the other, and the JSON text to send there.
    pub(crate) fn lift(
        &self,
        record: RecordId,
        spec: &'static Record,
        reads: &[Read<'d>],
        needs: Needs,
    ) -> Option<(usize, usize, String)> {
        let lift = spec.lift?;
        let refs = lift.reads.get(..usize::from(lift.count))?;
        let text = self.view(refs, record, spec, reads, needs, lift.body)?;
        Some((usize::from(lift.from), usize::from(lift.to), text))
    }

    /// The value that a check reads in a nested object, in every item of a list, or in an object further out.
    fn far(&self, refer: &Ref, record: RecordId, reads: &[Read<'d>], needs: Needs) -> Far<'d> {
        match refer.hops {
            Hops::Whole => nothing(),
            Hops::Here => {
                let read = reads.get(usize::from(refer.index)).filter(|_| needs.relevant & (1 << refer.index) != 0);
                let Some(read) = read else { return nothing() };
                match &read.value {
                    _ if refer.is_near() => nothing(),
                    Reading::Object(inner) => self.outside(*inner, usize::from(refer.inner)),
                    Reading::List(cell) => {
                        let readable = |item| {
                            let value = self.outside(item, usize::from(refer.inner)).0;
                            !matches!(value, Reading::Absent | Reading::Blank | Reading::Unreadable)
                        };
                        let field = self.draft.spec(record).fields.get(usize::from(refer.index));
                        let all = self.draft.items(*cell).iter().all(readable);
                        if all { (Reading::List(*cell), field) } else { unreadable() }
                    }
                    Reading::Unreadable => unreadable(),
                    _ => nothing(),
                }
            }
            Hops::Parent | Hops::Root => {
                let mut holder = record;
                // An item's holder, past the objects that the item is nested in.
                while let Some((above, _)) = self.draft.holder(holder) {
                    let item = crate::issues::is_item(self.draft, holder, self.options.dialect);
                    holder = above;
                    if item && refer.hops == Hops::Parent {
                        break;
                    }
                }
                match self.draft.spec(holder).find(refer.name) {
                    Some(at) => self.outside(holder, at),
                    None => nothing(),
                }
            }
        }
    }

    fn outside(&self, record: RecordId, at: usize) -> Far<'d> {
        match self.draft.spec(record).fields.get(at) {
            Some(field) => {
                let read = read(self.draft, field, self.draft.cell(record, at), self.options.dialect);
                (read.value, Some(field))
            }
            None => nothing(),
        }
    }

    fn unknown(&mut self, record: RecordId, spec: &'static Record, extras: &crate::draft::Extras) {
        if self.strict() {
            for (field, key) in &extras.renamed {
                let name = spec.fields.get(usize::from(*field)).map(|field| field.name);
                let mut found =
                    Found::at(record, WHOLE, Code::UnknownField, Severity::Error, "GEN-06", Params::Suggestion(name));
                found.key = Some(key.clone());
                self.out.push(found);
            }
        }
        let again = extras.unknown.iter().filter(|unknown| unknown.repeats == Some(Repeats::Key));
        let repeated: std::collections::HashSet<&str> = again.map(|unknown| &*unknown.key).collect();
        // A key is told where it stands first, once.
        for unknown in extras.unknown.iter().filter(|unknown| unknown.repeats.is_none()) {
            let (code, severity, rule, params) = if repeated.contains(&*unknown.key) {
                (Code::DuplicateKey, Severity::Error, "GEN-02", Params::None)
            } else if matches!(unknown.value, Cell::Foreign(What::Deep, _)) {
                (Code::TooDeep, Severity::Error, "GEN-03", Params::Max(f64::from(MAX_DEPTH)))
            } else {
                let severity = if spec.closed { Severity::Error } else { self.severity(Severity::Warning, "GEN-04") };
                (Code::UnknownField, severity, "GEN-04", Params::Suggestion(suggestion(spec, &unknown.key)))
            };
            let mut found = Found::at(record, WHOLE, code, severity, rule, params);
            found.key = Some(unknown.key.clone());
            self.out.push(found);
        }
    }

    /// Checks every item of a list, with the rules over its rows.
    fn list(&mut self, record: RecordId, at: usize, field: &'static Field, cell: Cell) {
        let (Kind::List(item) | Kind::Object(item)) = kind_of(field, self.options.dialect) else {
            return;
        };
        for rule in item.rows {
            if let Some(found) = self.exactly_one(rule, record, at, item, cell) {
                self.out.push(found);
            }
        }
        let draft = self.draft;
        let expected = draft.items(cell).len();
        let seen = || FxHashMap::with_capacity_and_hasher(expected, Default::default());
        let mut state = RowState { seen: item.rows.iter().map(|_| seen()).collect() };
        for row in draft.items(cell).iter() {
            self.tell();
            let rows = (!item.rows.is_empty()).then_some(&mut state);
            self.object(row, Outer { rows, item_of: Some(field), ..Outer::default() });
        }
    }

    fn tell(&mut self) {
        self.items = self.items.wrapping_add(1);
        if let Some(watch) = self.watch.filter(|_| watch::due(self.items)) {
            watch(Stage::Checking, self.items as usize, self.draft.records());
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

    /// One of the rules over rows, at an item.
    fn unique(
        &mut self,
        record: RecordId,
        number: usize,
        spec: &'static Record,
        reads: &[Read<'d>],
        needs: Needs,
        state: &mut RowState,
    ) {
        let Some(rule) = spec.rows.get(number) else { return };
        if needs.relevant & (1 << rule.row()) == 0 {
            return;
        }
        let [first, second] = rule.fields;
        let value = |field: u8| reads.get(usize::from(field)).map(|read| &read.value);
        let Some(key) = row_key(value(first), if second == WHOLE { None } else { Some(value(second)) }) else { return };
        let found = match rule.test {
            RowTest::ExactlyOne => None,
            RowTest::Unique => state.seen.get_mut(number).and_then(|seen| {
                let first = *seen.entry(key).or_insert(record);
                (first != record).then_some(first)
            }),
            RowTest::Member(list) => {
                let known = self.members(list);
                known.as_ref().is_some_and(|known| !known.contains(&key)).then_some(record)
            }
        };
        if let Some(first) = found {
            let mut found = self.row_fault(rule, record, rule.row());
            found.first = matches!(rule.test, RowTest::Unique).then_some(first);
            self.out.push(found);
        }
    }

    /// The finding of a rule over rows at one item.
    pub(crate) fn row_fault(&self, rule: &RowRule, record: RecordId, field: u8) -> Found {
        let params = match rule.test {
            RowTest::Member(list) => Params::Name("list", Cow::Borrowed(list)),
            RowTest::Unique | RowTest::ExactlyOne => Params::None,
        };
        Found::at(record, field, rule.code(), self.severity(rule.severity, rule.rule), rule.rule, params)
    }

    /// The values of the root's list of values; `None` while one of them is unreadable.
    fn members(&mut self, list: &'static str) -> &Option<FxHashSet<u64>> {
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

/// Whether a condition over this value holds; `asks` are the bits of the choices that it names.
fn holds(when: &When, asks: u32, field: &Field, value: &Reading<'_>) -> Option<bool> {
    let asked = |value: &Reading<'_>| match value {
        Reading::Choice(at) => Some(asks & (1 << at) != 0),
        _ => None,
    };
    let flag = match value {
        Reading::Bool(flag) => Some(*flag),
        Reading::Absent if field.absent_is_false => Some(false),
        _ => None,
    };
    match when.test {
        Test::True => flag,
        Test::False => flag.map(|flag| !flag),
        Test::OneOf(_) => asked(value),
        Test::Not(_) => match value {
            Reading::Absent | Reading::Blank => Some(true),
            other => asked(other).map(|asked| !asked),
        },
        Test::Blank => Some(matches!(value, Reading::Absent | Reading::Blank)),
        Test::Filled => Some(!matches!(value, Reading::Absent | Reading::Blank)),
        Test::Updating => None,
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

/// The row whose name is nearest to an unknown key, where one is near enough to be meant.
fn suggestion(spec: &Record, key: &str) -> Option<&'static str> {
    if key.len() > 64 {
        return None;
    }
    let key = key.to_lowercase();
    let letters = key.chars().count();
    spec.fields
        .iter()
        .filter(|field| field.name.len().abs_diff(letters) <= 2)
        .map(|field| (distance(field.name, &key), field.name))
        .filter(|(distance, name)| *distance <= 2 && *distance * 3 <= name.len())
        .min()
        .map(|(_, name)| name)
}

/// How many letters must be inserted, left out or replaced to make one text the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut before = at;
        let mut left = at + 1;
        for (cell, candidate) in row.iter_mut().skip(1).zip(other.chars()) {
            let replaced = before + usize::from(letter != candidate);
            before = *cell;
            left = replaced.min(before + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

fn short(field: usize) -> u8 {
    u8::try_from(field).unwrap_or(WHOLE)
}

//! What is wrong with one value by itself: it is missing, of another type, out of bounds, not one of those listed; and how it was read.
//! What stands at one place comes in the order of its codes.

use std::borrow::Cow;

use super::place::Place;
use super::{Checker, Found, Needs};
use crate::draft::Cell;
use crate::issue::{Code, Params, Says, Severity, Which};
use crate::nothing::says_nothing;
use crate::options::Dialect;
use crate::reading::{Read, Reading, doubt, note_params, note_words, type_name};
use crate::table::{Field, Kind, Need};

impl<'d> Checker<'d> {
    /// What is wrong with the value of a row that is relevant; `cell` is what was given.
    pub(super) fn value(
        &mut self,
        place: &mut Place,
        field: &'static Field,
        cell: Cell,
        read: &Read<'d>,
        needs: Needs,
    ) {
        let bit = 1_u64 << place.field;
        let missing = matches!(read.value, Reading::Absent | Reading::Blank);
        if !self.strict
            && let Some(note) = read.note
        {
            self.note(place, field, note, &read.value);
        }
        if missing && needs.required & bit != 0 {
            let found = needed(place, field, field.required, Which::Required);
            self.tell(place, Found { rule: field.presence_rule(), ..found });
        } else if needs.expected & bit != 0 && (missing || self.is_hollow(field, cell, &read.value)) {
            let found = needed(place, field, field.expected, Which::Expected);
            self.tell(place, found);
        }
        if self.sealed && missing && needs.required & bit == 0 && !has_room(field, cell) {
            let params = Params::Name("expected", Cow::Borrowed(type_name(field.kind)));
            self.tell(place, Found::at(place.record, place.field, Code::Type, Severity::Error, field.rule, params));
        }
        let fault = read.fault.as_ref().map(|fault| {
            let rule = match fault.code {
                Code::TooDeep => "GEN-03",
                Code::Format | Code::Checksum if !field.format_rule.is_empty() => field.format_rule,
                _ => field.rule,
            };
            let found = Found::at(place.record, place.field, fault.code, fault.severity, rule, fault.params.clone());
            Found { says: fault.says.clone(), ..found }
        });
        if self.strict {
            self.in_strict_order(place, field, read, fault);
        } else if let Some(fault) = fault {
            self.tell(place, fault);
        }
        if let (Some(name), Reading::Text(text)) = (field.dictionary, &read.value)
            && let Some(codes) = self.options.context.dictionaries.get(name)
            && !codes.iter().any(|code| code == text)
        {
            let allowed = codes.iter().map(|code| Cow::Owned(code.clone())).collect();
            let params = Params::Allowed(allowed);
            self.tell(place, Found::at(place.record, place.field, Code::Enum, Severity::Error, field.rule, params));
        }
    }

    /// How the value was read: a note, or a warning where another one may have been meant.
    fn note(&mut self, place: &mut Place, field: &'static Field, note: Code, value: &Reading<'d>) {
        let at = |severity, params| Found::at(place.record, place.field, note, severity, "GEN-06", params);
        let found = if note == Code::Inconsistent {
            Found { says: Says::Words(doubt(field)), ..at(Severity::Warning, Params::None) }
        } else {
            let says = note_words(note, value).map_or(Says::Nothing, Says::Words);
            Found { says, ..at(Severity::Note, note_params(note, field, value, self.sent())) }
        };
        self.tell(place, found);
    }

    /// The dialect in which values are sent; what comes in is told in its canonical form.
    fn sent(&self) -> Option<Dialect> {
        self.draft.payload.outbound().then_some(self.options.dialect)
    }

    /// In strict mode a note is an error, where its code stands among the codes; before the row's own of that code.
    fn in_strict_order(&mut self, place: &mut Place, field: &'static Field, read: &Read<'d>, fault: Option<Found>) {
        let note = read.note.map(|note| {
            let params = note_params(note, field, &read.value, self.sent());
            let (code, params) = strict_form(note, params);
            Found::at(place.record, place.field, code, Severity::Error, "GEN-06", params)
        });
        let mut all = [note, fault];
        all.sort_by_key(|found| found.as_ref().map_or(u8::MAX, |found| rank(found.code)));
        for found in all.into_iter().flatten() {
            self.tell(place, found);
        }
    }

    /// Whether a list or an object has nothing in it that says anything.
    fn is_hollow(&self, field: &Field, cell: Cell, value: &Reading<'_>) -> bool {
        matches!(value, Reading::List(_) | Reading::Object(_)) && says_nothing(self.draft, Some(field), cell)
    }
}

/// A value is missing that is needed.
fn needed(place: &Place, field: &'static Field, need: Need, which: Which) -> Found {
    let (always, sometimes, severity) = match which {
        Which::Required => (Code::Required, Code::RequiredWhen, Severity::Error),
        Which::Relevant | Which::Expected => (Code::Expected, Code::Expected, Severity::Warning),
    };
    let (code, params) = match need {
        Need::When(_) => (sometimes, Params::When(which)),
        Need::Always | Need::Never => (always, Params::None),
    };
    Found::at(place.record, place.field, code, severity, field.rule, params)
}

/// Whether the published schema takes what stands for nothing in an optional row: null in some, blank text in texts.
fn has_room(field: &Field, cell: Cell) -> bool {
    match cell {
        Cell::Absent => true,
        Cell::Null => field.nullable,
        _ => matches!(field.kind, Kind::Text(_)),
    }
}

/// What a note is in strict mode.
pub(super) fn strict_form(note: Code, params: Params) -> (Code, Params) {
    match note {
        Code::Alias => (Code::Enum, Params::Choices),
        Code::Trimmed => (Code::Format, Params::Name("format", Cow::Borrowed("trimmed"))),
        _ => (Code::Type, params),
    }
}

/// Where a code of one value stands among the codes at one place.
fn rank(code: Code) -> u8 {
    match code {
        Code::Type | Code::TooDeep => 0,
        Code::Integer => 2,
        Code::UnsafeNumber => 3,
        Code::DecimalPlaces => 4,
        Code::TooSmall | Code::TooLarge | Code::TooShort | Code::TooLong | Code::TooFew | Code::TooMany => 5,
        Code::Date => 6,
        Code::Enum => 7,
        Code::Format => 8,
        _ => 9,
    }
}

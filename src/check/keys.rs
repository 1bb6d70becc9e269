//! Keys of an object that are no rows of its table, stand there twice, or are spelt in another way; and which row was probably meant.

use std::borrow::Cow;

use super::place::Place;
use super::{Checker, Found, WHOLE};
use crate::draft::{Cell, Extras, MAX_DEPTH, RecordId, Repeats, What};
use crate::issue::{Code, Params, Severity};
use crate::kinds::letters::BROKEN;
use crate::table::{Field, Record};

impl<'d> Checker<'d> {
    /// Faults of the row's key: it stands twice, or is spelt in another way. Where it stands twice, nothing else is told at the row.
    pub(super) fn keys(&mut self, place: &mut Place, field: &'static Field, extras: &Extras, relevant: bool) {
        if is_repeated(extras, place.field) {
            let (code, severity) = (Code::DuplicateKey, Severity::Error);
            self.tell(place, Found::at(place.record, place.field, code, severity, "GEN-02", Params::None));
            place.close();
        }
        if relevant && !self.strict && extras.renamed.iter().any(|(row, _)| *row == place.field) {
            let params = Params::Name("to", Cow::Borrowed(field.name));
            let (code, severity) = (Code::Renamed, Severity::Note);
            self.tell(place, Found::at(place.record, place.field, code, severity, "GEN-06", params));
        }
    }

    /// Keys that are no rows of the object's table; in strict mode those as well that are spelt in another way, of rows that are `relevant`.
    pub(super) fn unknown(&mut self, record: RecordId, spec: &'static Record, extras: &Extras, relevant: u64) {
        if self.strict {
            let told = |row: u8| relevant & (1 << row) != 0 && !is_repeated(extras, row);
            for (field, key) in extras.renamed.iter().filter(|(row, _)| told(*row)) {
                let name = spec.fields.get(usize::from(*field)).map(|field| field.name);
                let mut found =
                    Found::at(record, WHOLE, Code::UnknownField, Severity::Error, "GEN-06", Params::Suggestion(name));
                found.key = Some(key.clone());
                self.out.push(found);
            }
        }
        for unknown in &extras.unknown {
            let (code, severity, rule, params) = if matches!(unknown.repeats, Some(Repeats::Field(_))) {
                continue;
            } else if unknown.repeats == Some(Repeats::Key) {
                (Code::DuplicateKey, Severity::Error, "GEN-02", Params::None)
            } else if matches!(unknown.value, Cell::Foreign(What::Deep, _)) {
                (Code::TooDeep, Severity::Error, "GEN-03", Params::Max(f64::from(MAX_DEPTH)))
            } else if unknown.key.contains(BROKEN) {
                (Code::Format, Severity::Error, "GEN-04", Params::Name("format", Cow::Borrowed("unicode")))
            } else {
                let severity = if spec.closed { Severity::Error } else { self.severity(Severity::Warning, "GEN-04") };
                (Code::UnknownField, severity, "GEN-04", Params::Suggestion(suggestion(spec, &unknown.key)))
            };
            let mut found = Found::at(record, WHOLE, code, severity, rule, params);
            found.key = Some(unknown.key.clone());
            self.out.push(found);
        }
    }
}

/// Whether the row's key stands twice.
fn is_repeated(extras: &Extras, row: u8) -> bool {
    extras.unknown.iter().any(|unknown| unknown.repeats == Some(Repeats::Field(row)))
}

/// The row whose name is nearest to an unknown key, where one is near enough to be meant.
fn suggestion(spec: &Record, key: &str) -> Option<&'static str> {
    if key.len() > 64 {
        return None;
    }
    let key = crate::kinds::text::lower(key);
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

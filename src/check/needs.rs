//! Which rows of an object are relevant, required and expected now: what the conditions of its table say of the values that they
//! read. A condition over a value that is missing or unreadable decides nothing.

use core::mem::discriminant;

use super::Checker;
use crate::reading::{Read, Reading};
use crate::table::{Field, Need, Operation, Record, Test, When};

/// Bits of a record's rows: which are relevant, required, expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    pub(crate) relevant: u64,
    pub(crate) required: u64,
    pub(crate) expected: u64,
}

impl<'d> Checker<'d> {
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
    pub(super) fn holds(
        &self,
        when: &When,
        which: usize,
        of: &Field,
        spec: &'static Record,
        reads: &[Read<'d>],
    ) -> Option<bool> {
        if matches!(when.test, Test::Updating) {
            return Some(self.draft.payload.operation == Operation::Update);
        }
        let (from, asks) = (usize::from(*of.reads.get(which)?), *of.asks.get(which)?);
        let (field, read) = (spec.fields.get(from)?, reads.get(from)?);
        let empty = matches!(&read.value, Reading::List(cell) if self.draft.items(*cell).len() == 0);
        holds(when, asks, field, if empty { &Reading::Absent } else { &read.value })
    }
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

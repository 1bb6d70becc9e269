//! An object: its rows, the checks over them, and bits that tell of all rows at once what a check would ask of each.

#![expect(clippy::indexing_slicing, reason = "const functions that run while the crate compiles")]

use super::field::NONE;
use super::lookup::same;
use super::{Check, Field, Format, Hops, Kind, Lift, Need, Ref, RowRule};

/// An object's rows and the checks over them.
#[derive(Debug)]
pub struct Record {
    pub(crate) fields: &'static [Field],
    pub(crate) checks: &'static [Check],
    pub(crate) rows: &'static [RowRule],
    pub(crate) lift: Option<&'static Lift>,
    /// A key that the table does not have is an error.
    pub(crate) closed: bool,
    /// Not an object: one value, the item of a list of values.
    pub(crate) scalar: bool,
    /// Bits of the rows that are always required, always expected, and under some condition.
    pub(crate) required: u64,
    pub(crate) expected: u64,
    pub(crate) conditional: u64,
    /// Bits of the rows at which a check reports, whether or not they have a value.
    pub(crate) judged: u64,
    /// Bits of the rows at which a check or a rule over rows reports when they have a value.
    pub(crate) judged_filled: u64,
    /// Bits of the rows that hold other rows, or whose value is looked up or gone into.
    pub(crate) remarkable: u64,
    /// Bits of the rows that a condition reads, and of those that hold other rows.
    deciding: u64,
    /// Bits of the rows that hold other rows, and of which something is said when nothing in them says anything, or something does.
    weighed: u64,
}

impl Record {
    /// An object with these rows.
    pub const fn new(fields: &'static [Field]) -> Self {
        assert!(fields.len() <= 64, "an object has at most 64 rows");
        let (mut required, mut expected, mut conditional, mut remarkable) = (0, 0, 0, 0);
        let (mut deciding, mut weighed) = (0_u64, 0);
        let mut at = 0;
        while at < fields.len() {
            if matches!(fields[at].kind, Kind::Object(_) | Kind::List(_) | Kind::Text(Format::SignedContent))
                || fields[at].dictionary.is_some()
            {
                remarkable |= 1 << at;
            }
            let mut other = at + 1;
            while other < fields.len() {
                assert!(!same(fields[at].name, fields[other].name), "two rows have one name");
                other += 1;
            }
            if matches!(fields[at].kind, Kind::Object(_) | Kind::List(_)) {
                deciding |= 1 << at;
                if !matches!((fields[at].relevant, fields[at].expected), (Need::Always, Need::Never)) {
                    weighed |= 1 << at;
                }
            }
            let needs = [fields[at].required, fields[at].relevant, fields[at].expected];
            let mut which = 0;
            while which < 3 {
                if fields[at].reads[which] != NONE {
                    deciding |= 1 << fields[at].reads[which];
                }
                which += 1;
            }
            if matches!(needs, [Need::When(_), ..] | [_, Need::When(_), _] | [.., Need::When(_)]) {
                conditional |= 1 << at;
            }
            if matches!(fields[at].required, Need::Always) {
                required |= 1 << at;
            }
            if matches!(fields[at].expected, Need::Always) {
                expected |= 1 << at;
            }
            at += 1;
        }
        Self {
            fields,
            checks: &[],
            rows: &[],
            lift: None,
            closed: false,
            scalar: false,
            required,
            expected,
            conditional,
            judged: 0,
            judged_filled: 0,
            remarkable,
            deciding,
            weighed,
        }
    }

    /// An item that is one value, not an object.
    pub const fn value(field: &'static [Field; 1]) -> Self {
        let mut record = Self::new(field);
        record.scalar = true;
        record
    }

    /// The checks over the object's fields.
    pub const fn checks(mut self, checks: &'static [Check]) -> Self {
        let mut at = 0;
        while at < checks.len() {
            if matches!(checks[at].at.hops, Hops::Here) {
                let bit = 1 << checks[at].at.index;
                if checks[at].filled {
                    self.judged_filled |= bit;
                } else {
                    self.judged |= bit;
                }
            }
            at += 1;
        }
        self.checks = checks;
        self
    }

    /// Whether a value in the row can make other rows relevant or required.
    pub(crate) fn decides(&self, row: u8) -> bool {
        self.deciding & (1 << row) != 0
    }

    /// Whether a check reads the row, or something in it.
    pub(crate) fn reads(&self, row: u8) -> bool {
        let reads = |read: &Ref| read.hops == Hops::Here && read.index == row;
        self.checks.iter().any(|check| check.reads.iter().take(usize::from(check.count)).any(reads))
    }

    /// Whether what is said of the row depends on whether anything in it, at any depth, says something.
    pub(crate) fn weighs(&self, row: u8) -> bool {
        self.weighed & (1 << row) != 0
    }

    /// The rules over all items of a list of these objects.
    pub const fn rows(mut self, rows: &'static [RowRule]) -> Self {
        let mut at = 0;
        while at < rows.len() {
            self.judged_filled |= 1 << rows[at].row();
            at += 1;
        }
        self.rows = rows;
        self
    }

    /// One row may be sent in another's place.
    pub const fn lift(mut self, lift: &'static Lift) -> Self {
        self.lift = Some(lift);
        self
    }

    /// A key that the table does not have is an error, not a warning.
    pub const fn closed(mut self) -> Self {
        self.closed = true;
        self
    }

    /// The index of the row of this name.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

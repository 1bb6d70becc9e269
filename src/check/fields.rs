//! Running the checks of a table: looking up the values that each of them reads, near and far, and putting what it finds where it
//! reports. A check does not run while a value that it reads is unreadable; what is not relevant counts as absent.

use super::place::Place;
use super::{Checker, Found, Needs, WHOLE, short};
use crate::draft::RecordId;
use crate::reading::{Read, Reading};
use crate::table::{Check, Field, Hops, READS, Record, Ref};
use crate::view::View;

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

impl<'d> Checker<'d> {
    /// What the checks find that report at a row of the object.
    #[expect(clippy::too_many_arguments, reason = "one object while it is checked, taken apart")]
    pub(super) fn field_checks(
        &self,
        record: RecordId,
        at: usize,
        spec: &'static Record,
        reads: &[Read<'d>],
        needs: Needs,
        filled: bool,
        out: &mut Vec<Found>,
    ) {
        for check in spec.checks.iter().filter(|check| filled || !check.filled) {
            if check.at.hops == Hops::Here && usize::from(check.at.index) == at && check.at.inner == WHOLE {
                out.extend(self.run(check, record, short(at), spec, reads, needs));
            }
        }
    }

    /// Whether any check has something to say of an object in which no row holds other rows.
    pub(super) fn any_check_finds(
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

    /// Findings of this object's checks at rows of the object `inner` nested in the row `at`.
    pub(super) fn inner_checks(
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

    /// What the checks find of the object as a whole.
    pub(super) fn whole_checks(&mut self, record: RecordId, spec: &'static Record, reads: &[Read<'d>], needs: Needs) {
        let whole = spec.checks.iter().filter(|check| check.at.hops == Hops::Whole);
        let found: Vec<Found> = whole.filter_map(|check| self.run(check, record, WHOLE, spec, reads, needs)).collect();
        self.tell_rules(&mut Place::new(record, WHOLE), found);
    }

    /// Runs a check, unless a value that it reads is unreadable.
    pub(super) fn run(
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
    pub(super) fn view<T>(
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
            match value.0 {
                Reading::Unreadable if refer.lax => *value = (&Reading::Absent, value.1),
                Reading::Unreadable => return None,
                _ => {}
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
    pub(super) fn far(&self, refer: &Ref, record: RecordId, reads: &[Read<'d>], needs: Needs) -> Far<'d> {
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

    pub(super) fn outside(&self, record: RecordId, at: usize) -> Far<'d> {
        match self.draft.spec(record).fields.get(at) {
            Some(field) => (self.read(field, self.draft.cell(record, at)).value, Some(field)),
            None => nothing(),
        }
    }
}

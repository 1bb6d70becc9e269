//! What is told at one place of a draft. An error hides everything that comes after it, a warning hides later warnings, and a key that
//! stands twice hides notes as well; a warning that the caller promotes counts as the error that it is. Rules over rows stand among the
//! rules over fields, so that a live form, which finds them at other times, puts the two together as a whole check does.

use super::{Checker, Found, strict_form};
use crate::draft::RecordId;
use crate::issue::{Params, Severity};

/// One place of the draft while it is checked.
pub(super) struct Place {
    pub(super) record: RecordId,
    pub(super) field: u8,
    told: Told,
}

/// What was told at a place so far.
#[derive(Clone, Copy, Default)]
struct Told {
    error: bool,
    warning: bool,
    /// Not even notes are told any more.
    closed: bool,
}

impl Told {
    /// Whether a finding is told after what was told; then it counts.
    fn tells(&mut self, severity: Severity) -> bool {
        let hidden = match severity {
            Severity::Error => self.error,
            Severity::Warning => self.error || self.warning,
            Severity::Note => self.closed,
        };
        if hidden {
            return false;
        }
        self.error |= severity == Severity::Error;
        self.warning |= severity == Severity::Warning;
        true
    }
}

impl Place {
    pub(super) fn new(record: RecordId, field: u8) -> Self {
        Self { record, field, told: Told::default() }
    }

    /// Nothing else is told here, notes neither.
    pub(super) fn close(&mut self) {
        self.told = Told { error: true, warning: true, closed: true };
    }
}

impl Checker<'_> {
    pub(super) fn severity(&self, severity: Severity, rule: &str) -> Severity {
        if severity == Severity::Warning && self.options.promote.iter().any(|id| id == rule) {
            Severity::Error
        } else {
            severity
        }
    }

    /// Tells a finding, unless what was told here hides it.
    pub(super) fn tell(&mut self, place: &mut Place, mut found: Found) {
        found.severity = self.severity(found.severity, found.rule);
        if found.severity == Severity::Note && self.strict {
            // The one note of a rule is an alias: another row's form.
            found.params = match found.params {
                Params::Name(_, to) => Params::Allowed(vec![to]),
                other => other,
            };
            found.code = strict_form(found.code, Params::None).0;
            found.severity = Severity::Error;
        }
        if place.told.tells(found.severity) {
            self.out.push(found);
        }
    }

    /// Tells what rules found at one place, in the order of their ids; of one id as they come.
    pub(super) fn tell_rules(&mut self, place: &mut Place, mut found: Vec<Found>) {
        found.sort_by(|one, other| one.rule.cmp(other.rule));
        for mut found in found {
            found.ruled = true;
            self.tell(place, found);
        }
    }
}

/// What a whole check tells of a cluster: its own findings, and those of rules over rows at its places. Both have their severities, and
/// each is in order.
pub(crate) fn together(own: &[Found], rows: &[Found]) -> Vec<Found> {
    let mut all = own.to_vec();
    for row in rows {
        let here = |found: &Found| found.is_beside(row);
        // Of one rule id, what is over rows comes first, as the tables have it.
        let after = |found: &Found| here(found) && found.ruled && found.rule >= row.rule && !rows.contains(found);
        let last = || all.iter().rposition(here).map_or(all.len(), |last| last + 1);
        let at = all.iter().position(after).unwrap_or_else(last);
        all.insert(at, row.clone());
    }
    for row in rows {
        let mut told = Told::default();
        all.retain(|found| !found.is_beside(row) || told.tells(found.severity));
    }
    all
}

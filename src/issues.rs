//! From a finding in the draft to an issue with a path: record ids become keys and indexes.

use std::borrow::Cow;

use crate::check::{Found, WHOLE};
use crate::draft::{Draft, RecordId};
use crate::issue::{Issue, Params, Step};
use crate::options::Dialect;
use crate::reading::kind_of;
use crate::table::Kind;

/// The path of a record.
pub(crate) fn path(draft: &Draft<'_>, record: RecordId, dialect: Dialect) -> Vec<Step> {
    path_at(draft, record, dialect, &[])
}

/// The path of a record, where the indexes of some items on the way are known.
pub(crate) fn path_at(draft: &Draft<'_>, record: RecordId, dialect: Dialect, known: &[(RecordId, u32)]) -> Vec<Step> {
    let mut steps = Vec::new();
    climb(draft, record, dialect, known, &mut steps);
    steps
}

fn climb(draft: &Draft<'_>, record: RecordId, dialect: Dialect, known: &[(RecordId, u32)], steps: &mut Vec<Step>) {
    let Some((holder, at)) = draft.holder(record) else {
        return;
    };
    climb(draft, holder, dialect, known, steps);
    let Some(field) = draft.spec(holder).fields.get(usize::from(at)) else {
        return;
    };
    steps.push(Step::Key(Cow::Borrowed(field.name)));
    if let Kind::List(_) = kind_of(field, dialect) {
        steps.push(Step::Index(index_at(draft, record, known)));
    }
}

fn index_at(draft: &Draft<'_>, record: RecordId, known: &[(RecordId, u32)]) -> u32 {
    let given = known.iter().find(|(item, _)| *item == record).map(|(_, index)| *index);
    given.unwrap_or_else(|| u32::try_from(draft.item_index(record).unwrap_or(0)).unwrap_or(u32::MAX))
}

/// Whether a record counts as an item of a list, also where it stands there alone in the list's place.
pub(crate) fn is_item(draft: &Draft<'_>, record: RecordId, dialect: Dialect) -> bool {
    let row = draft.holder(record).and_then(|(holder, at)| draft.spec(holder).fields.get(usize::from(at)));
    row.is_some_and(|row| matches!(kind_of(row, dialect), Kind::List(_)))
}

/// The path of a finding's place.
pub(crate) fn place(draft: &Draft<'_>, found: &Found, dialect: Dialect) -> Vec<Step> {
    if let Some(inner) = &found.inner {
        return inner.path.clone();
    }
    let mut steps = path(draft, found.record, dialect);
    steps.extend(last_step(draft, found));
    steps
}

/// The step from a finding's record to its place: a row, an unknown key, or nothing.
pub(crate) fn last_step(draft: &Draft<'_>, found: &Found) -> Option<Step> {
    if let Some(key) = &found.key {
        return Some(Step::Key(Cow::Owned(key.to_string())));
    }
    let spec = draft.spec(found.record);
    let field = spec.fields.get(usize::from(found.field)).filter(|_| found.field != WHOLE && !spec.scalar)?;
    Some(Step::Key(Cow::Borrowed(field.name)))
}

/// The issue of a finding.
pub(crate) fn issue(draft: &Draft<'_>, found: &Found, dialect: Dialect) -> Issue {
    issue_at(draft, found, dialect, &[])
}

/// The issue of a finding, where the indexes of some items on the way are known.
pub(crate) fn issue_at(draft: &Draft<'_>, found: &Found, dialect: Dialect, known: &[(RecordId, u32)]) -> Issue {
    if let Some(inner) = &found.inner {
        return (**inner).clone();
    }
    let params = match found.first {
        Some(first) => Params::First(index_at(draft, first, known)),
        None => found.params.clone(),
    };
    let mut path = path_at(draft, found.record, dialect, known);
    path.extend(last_step(draft, found));
    Issue {
        path,
        code: found.code,
        severity: found.severity,
        rule: Cow::Borrowed(found.rule),
        params,
        says: found.says.clone(),
        payload: draft.payload,
        inner: 0,
    }
}

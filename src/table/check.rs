//! Rules over the fields of one object that need code: what they read, where they report, and the function that judges. Also the
//! rows that are sent in another's place.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "const functions that run while the crate compiles")]

use super::field::NONE;
use super::lookup::index;
use super::{Field, Kind};
use crate::view::{Fault, View};

/// A field that a check reads or reports at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ref {
    pub(crate) hops: Hops,
    pub(crate) name: &'static str,
    /// Index of the row in the object.
    pub(crate) index: u8,
    /// Index of a row in the object nested there, or in every item of the list there.
    pub(crate) inner: u8,
    /// What cannot be read counts as missing (`?name`).
    pub(crate) lax: bool,
}

impl Ref {
    /// Whether it is a row of the object itself.
    pub(crate) fn is_near(&self) -> bool {
        self.hops == Hops::Here && self.inner == NONE
    }
}

/// Where a field that a check reads stands, seen from the object of the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hops {
    /// In the object itself, or in an object nested in it.
    Here,
    /// In the object whose list has this item (`^name`).
    Parent,
    /// In the payload's root (`/name`).
    Root,
    /// The object as a whole.
    Whole,
}

pub(crate) const READS: usize = 6;

/// A rule over fields that needs code.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    pub(crate) rule: &'static str,
    pub(crate) at: Ref,
    pub(crate) reads: [Ref; READS],
    pub(crate) count: u8,
    /// There is nothing to say while the row at which it reports has no value.
    pub(crate) filled: bool,
    pub(crate) body: fn(&View<'_, '_>) -> Option<Fault>,
}

impl Check {
    /// The check has nothing to say while the row at which it reports has no value: in a batch of many rows it need not run.
    pub const fn of_a_value(mut self) -> Self {
        self.filled = true;
        self
    }
}

const NOWHERE: Ref = Ref { hops: Hops::Whole, name: "", index: NONE, inner: NONE, lax: false };

/// A check that reports at the field `at` ("" is the object as a whole) and may read the fields `reads`, in this order.
///
/// `^name` is a field of the object whose list holds this item, `/name` one of the root, `a.b` one of a nested object, or the field
/// `b` of every item of the list `a`.
/// It does not run while one of the fields it reads is unreadable; `?name` counts as missing then.
pub const fn check(
    rule: &'static str,
    at: &'static str,
    reads: &'static [&'static str],
    body: fn(&View<'_, '_>) -> Option<Fault>,
) -> Check {
    assert!(reads.len() <= READS, "a check reads at most six fields");
    let mut refs = [NOWHERE; READS];
    let mut at_read = 0;
    while at_read < reads.len() {
        refs[at_read].name = reads[at_read];
        at_read += 1;
    }
    Check { rule, at: Ref { name: at, ..NOWHERE }, reads: refs, count: reads.len() as u8, filled: false, body }
}

/// The checks of an object with these rows, with every name looked up.
pub const fn checks<const M: usize>(rows: &[Field], mut list: [Check; M]) -> [Check; M] {
    let mut at = 0;
    while at < M {
        list[at].at = resolve(rows, list[at].at.name);
        let mut read = 0;
        while read < list[at].count as usize {
            list[at].reads[read] = resolve(rows, list[at].reads[read].name);
            read += 1;
        }
        at += 1;
    }
    list
}

const fn resolve(rows: &[Field], name: &'static str) -> Ref {
    let bytes = name.as_bytes();
    if bytes.is_empty() {
        return NOWHERE;
    }
    if bytes[0] == b'?' {
        let (_, rest) = bytes.split_at(1);
        return Ref { lax: true, ..resolve(rows, utf8(rest)) };
    }
    if bytes[0] == b'^' || bytes[0] == b'/' {
        let (_, rest) = bytes.split_at(1);
        let hops = if bytes[0] == b'^' { Hops::Parent } else { Hops::Root };
        return Ref { hops, name: utf8(rest), ..NOWHERE };
    }
    let mut dot = 0;
    while dot < bytes.len() && bytes[dot] != b'.' {
        dot += 1;
    }
    if dot == bytes.len() {
        return Ref { hops: Hops::Here, name, index: index(rows, name), ..NOWHERE };
    }
    let (outer, rest) = bytes.split_at(dot);
    let (_, inner) = rest.split_at(1);
    let outer = index(rows, utf8(outer));
    match rows[outer as usize].kind {
        Kind::Object(record) | Kind::List(record) => {
            Ref { hops: Hops::Here, name, index: outer, inner: index(record.fields, utf8(inner)), ..NOWHERE }
        }
        _ => panic!("a check reads into a field that has none"),
    }
}

const fn utf8(bytes: &'static [u8]) -> &'static str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("a name is not UTF-8"),
    }
}

/// A row that is sent in another's place: where a document gives a list in two forms, the one that it means.
#[derive(Clone, Copy, Debug)]
pub struct Lift {
    pub(crate) from: u8,
    pub(crate) to: u8,
    pub(crate) reads: [Ref; READS],
    pub(crate) count: u8,
    pub(crate) body: fn(&View<'_, '_>) -> Option<String>,
}

/// The row `from` is sent as the row `to` whenever `body`, which reads the fields `reads`, gives the JSON text to send there.
pub const fn lift(
    rows: &[Field],
    from: &'static str,
    to: &'static str,
    reads: &'static [&'static str],
    body: fn(&View<'_, '_>) -> Option<String>,
) -> Lift {
    assert!(reads.len() <= READS, "a lift reads at most six fields");
    let mut refs = [NOWHERE; READS];
    let mut at = 0;
    while at < reads.len() {
        refs[at] = resolve(rows, reads[at]);
        at += 1;
    }
    Lift { from: index(rows, from), to: index(rows, to), reads: refs, count: reads.len() as u8, body }
}

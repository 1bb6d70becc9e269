//! Names of rows become indexes while the crate compiles; a name that does not exist does not build.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "const functions that run while the crate compiles")]

use super::{Field, Kind, Need, Test};

/// The rows of an object, with the fields that their conditions read looked up.
pub const fn fields<const N: usize>(mut rows: [Field; N]) -> [Field; N] {
    let mut at = 0;
    while at < N {
        let needs = [rows[at].required, rows[at].relevant, rows[at].expected];
        let mut which = 0;
        while which < 3 {
            if let Need::When(when) = needs[which]
                && !matches!(when.test, Test::Updating)
            {
                let read = index(&rows, when.field);
                rows[at].reads[which] = read;
                rows[at].asks[which] = choices_of(&rows[read as usize], when.test);
            }
            which += 1;
        }
        assert!(!rows[at].rule.is_empty(), "a row has no rule id");
        at += 1;
    }
    rows
}

/// The row of this name, for a table that shares it.
pub const fn row(rows: &[Field], name: &str) -> Field {
    rows[index(rows, name) as usize]
}

/// One list after the other; `N` is the length of both.
pub const fn concat<T: Copy, const A: usize, const B: usize, const N: usize>(one: [T; A], other: [T; B]) -> [T; N] {
    assert!(A + B == N, "the length is not that of both lists");
    let mut all = [one[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < A { one[at] } else { other[at - A] };
        at += 1;
    }
    all
}

/// Bits of the choices that a condition names.
const fn choices_of(row: &Field, test: Test) -> u32 {
    let Kind::Choice(choices) = row.kind else { return 0 };
    assert!(choices.items.len() <= 32, "an enumeration has at most 32 choices");
    let mut bits = 0;
    let mut at = 0;
    while at < choices.items.len() {
        let value = choices.items[at].value;
        match test {
            Test::OneOf(names) => {
                let mut name = 0;
                while name < names.len() {
                    if same(value, names[name]) {
                        bits |= 1 << at;
                    }
                    name += 1;
                }
            }
            Test::Not(name) if same(value, name) => bits |= 1 << at,
            _ => {}
        }
        at += 1;
    }
    assert!(
        bits != 0 || !matches!(test, Test::OneOf(_) | Test::Not(_)),
        "a condition names a choice that does not exist"
    );
    bits
}

/// The index of the row of this name.
pub(super) const fn index(rows: &[Field], name: &str) -> u8 {
    let mut at = 0;
    while at < rows.len() {
        if same(rows[at].name, name) {
            return at as u8;
        }
        at += 1;
    }
    panic!("a condition or a check names a field that the table does not have")
}

/// Whether two texts are equal.
pub(super) const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

//! Keys that an object has more than once. They are found when all of its keys are known, by sorting, so that no choice of keys makes
//! it slow and nothing has to be hashed.

use core::mem::{replace, take};

use crate::draft::{Cell, Draft, RecordId, Repeats, Unknown};

/// So few keys are compared with each other.
const FEW: usize = 16;

/// Makes one of the keys that stand in an object several times: where the first stands, with the value of the last, as in every JSON
/// parser.
#[cold]
pub(super) fn settle(draft: &mut Draft<'_>, record: RecordId) {
    let mut unknown = take(&mut draft.extras_mut(record).unknown);
    let dropped = join(&mut unknown);
    draft.extras_mut(record).unknown = unknown;
    draft.tidy_extras(record);
    dropped.into_iter().for_each(|cell| draft.release(cell));
}

/// Gives the values that do not count.
fn join(unknown: &mut Vec<Unknown>) -> Vec<Cell> {
    let firsts = if unknown.len() <= FEW { among_few(unknown) } else { among_many(unknown) };
    let mut dropped = Vec::new();
    if firsts.is_empty() {
        return dropped;
    }
    for (first, again) in &firsts {
        let value = unknown.get_mut(*again).map_or(Cell::Absent, |unknown| replace(&mut unknown.value, Cell::Absent));
        if let Some(first) = unknown.get_mut(*first) {
            dropped.push(replace(&mut first.value, value));
            first.repeats = first.repeats.or(Some(Repeats::Key));
        }
    }
    let mut gone: Vec<usize> = firsts.into_iter().map(|(_, again)| again).collect();
    gone.sort_unstable();
    let (mut at, mut next) = (0, gone.into_iter().peekable());
    unknown.retain(|_| {
        let stays = next.next_if_eq(&at).is_none();
        at += 1;
        stays
    });
    dropped
}

/// Where each repeated key stands first, and where again, in the order in which they stand.
fn among_few(unknown: &[Unknown]) -> Vec<(usize, usize)> {
    let mut firsts = Vec::new();
    for (at, this) in unknown.iter().enumerate() {
        let first = unknown.iter().take(at).position(|other| other.key == this.key);
        firsts.extend(first.map(|first| (first, at)));
    }
    firsts
}

fn among_many(unknown: &[Unknown]) -> Vec<(usize, usize)> {
    let mut order: Vec<(&str, usize)> = unknown.iter().enumerate().map(|(at, unknown)| (&*unknown.key, at)).collect();
    order.sort_unstable();
    let mut firsts = Vec::new();
    let mut first: Option<(&str, usize)> = None;
    for (key, at) in order {
        match first {
            Some((same, first)) if same == key => firsts.push((first, at)),
            _ => first = Some((key, at)),
        }
    }
    firsts
}

#[cfg(test)]
mod tests {
    use super::join;
    use crate::draft::{Cell, Repeats, Unknown};

    fn joined(keys: &[&str]) -> Vec<(String, f64, bool)> {
        let key =
            |(at, key): (usize, &&str)| Unknown { key: (*key).into(), value: Cell::Number(at as f64), repeats: None };
        let mut unknown: Vec<Unknown> = keys.iter().enumerate().map(key).collect();
        join(&mut unknown);
        let number = |cell| if let Cell::Number(number) = cell { number } else { -1.0 };
        unknown
            .into_iter()
            .map(|unknown| (unknown.key.into(), number(unknown.value), unknown.repeats == Some(Repeats::Key)))
            .collect()
    }

    #[test]
    fn a_repeated_key_stands_once_with_the_last_value() {
        let told = |key: &str, value: f64, again: bool| (key.to_owned(), value, again);
        assert_eq!(
            joined(&["b", "a", "b", "c", "b"]),
            [told("b", 4.0, true), told("a", 1.0, false), told("c", 3.0, false)]
        );
        assert_eq!(joined(&["b", "a"]), [told("b", 0.0, false), told("a", 1.0, false)]);
    }

    #[test]
    fn many_keys_are_joined_as_few_are() {
        let keys: Vec<String> = (0..200).map(|number| format!("{}", number % 90)).collect();
        let found = joined(&keys.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(found.len(), 90);
        for (at, (key, value, again)) in found.into_iter().enumerate() {
            let last = (at..200).step_by(90).next_back().unwrap();
            assert_eq!((key, value, again), (at.to_string(), last as f64, true));
        }
    }
}

//! The keys by which rules over rows tell values apart. What comes in is chosen by strangers, who could choose values whose keys meet
//! and make every look-up slow; so keys are hashed with a seed that comes from outside and that they do not know. A key only finds
//! candidates: whoever finds one compares the values.

use core::fmt;
use std::hash::{BuildHasher, Hash, Hasher};

use rustc_hash::FxHashMap;
use siphasher::sip::SipHasher13;

use crate::draft::RecordId;
use crate::reading::Reading;

/// What values are hashed with where rows are compared with each other. It decides nothing but time: whoever checks what strangers
/// send gives one that they cannot know, one for the whole process; `Seed::default()` is the same everywhere.
///
/// ```
/// use std::hash::RandomState;
/// let options = portform::Options { seed: portform::Seed::of(&RandomState::new()), ..Default::default() };
/// # let _ = options;
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Seed(u64, u64);

impl Seed {
    /// A seed of 128 bits.
    pub const fn new(first: u64, second: u64) -> Self {
        Self(first, second)
    }

    /// A seed out of a hasher that has one of its own, such as `std::hash::RandomState`.
    pub fn of(random: &impl BuildHasher) -> Self {
        Self(random.hash_one(0_u8), random.hash_one(1_u8))
    }

    /// A value, or two, as one key; nothing where one is absent, unreadable, or no single value.
    pub(crate) fn key(self, first: &Reading<'_>, second: Option<&Reading<'_>>) -> Option<u64> {
        let mut hasher = Keyed(self).build_hasher();
        for value in [Some(first), second].into_iter().flatten() {
            match value {
                Reading::Text(text) => text.hash(&mut hasher),
                Reading::Id(id) => id.to_ascii_lowercase().hash(&mut hasher),
                Reading::Date(date) => date.hash(&mut hasher),
                Reading::Number(number) => number.to_bits().hash(&mut hasher),
                Reading::Bool(flag) => flag.hash(&mut hasher),
                Reading::Choice(choice) => choice.hash(&mut hasher),
                Reading::Absent | Reading::Blank | Reading::Unreadable | Reading::Object(_) | Reading::List(_) => {
                    return None;
                }
            }
        }
        #[cfg(test)]
        if self == Self::MEETING {
            return Some(0);
        }
        Some(hasher.finish())
    }

    /// All keys are the same: what is found must not depend on them.
    #[cfg(test)]
    pub(crate) const MEETING: Self = Self(u64::MAX, u64::MAX);
}

impl fmt::Debug for Seed {
    /// It is worth something only as long as nobody reads it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Seed(..)")
    }
}

/// Maps whose keys strangers choose.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Keyed(pub(crate) Seed);

impl BuildHasher for Keyed {
    type Hasher = SipHasher13;

    fn build_hasher(&self) -> SipHasher13 {
        SipHasher13::new_with_keys(self.0.0, self.0.1)
    }
}

/// Whether two values are the same for rules over rows: ids without letter case, all else as it is.
pub(crate) fn same_value(one: &Reading<'_>, other: &Reading<'_>) -> bool {
    match (one, other) {
        (Reading::Text(one), Reading::Text(other)) => one == other,
        (Reading::Id(one), Reading::Id(other)) => one.eq_ignore_ascii_case(other),
        (Reading::Date(one), Reading::Date(other)) => one == other,
        (Reading::Number(one), Reading::Number(other)) => one.to_bits() == other.to_bits(),
        (Reading::Bool(one), Reading::Bool(other)) => one == other,
        (Reading::Choice(one), Reading::Choice(other)) => one == other,
        _ => false,
    }
}

/// The first item of a list that has each value.
#[derive(Debug, Default)]
pub(crate) struct Firsts {
    by_key: FxHashMap<u64, RecordId>,
    /// Items of other values whose keys meet one of those: hardly ever any.
    met: Vec<(u64, RecordId)>,
}

impl Firsts {
    pub(crate) fn with_capacity(items: usize) -> Self {
        Self { by_key: FxHashMap::with_capacity_and_hasher(items, Default::default()), met: Vec::new() }
    }

    /// The first item that has the value of this one, which may be itself; `same` compares the values.
    pub(crate) fn of(&mut self, key: u64, item: RecordId, same: impl Fn(RecordId) -> bool) -> RecordId {
        let first = *self.by_key.entry(key).or_insert(item);
        if first == item || same(first) {
            return first;
        }
        match self.met.iter().find(|(other, first)| *other == key && same(*first)) {
            Some((_, first)) => *first,
            None => {
                self.met.push((key, item));
                item
            }
        }
    }

    /// Whether one of the items has this value.
    pub(crate) fn has(&self, key: u64, same: impl Fn(RecordId) -> bool) -> bool {
        self.by_key.get(&key).is_some_and(|first| same(*first))
            || self.met.iter().any(|(other, first)| *other == key && same(*first))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Firsts, Seed};
    use crate::draft::RecordId;
    use crate::reading::Reading;

    fn key(seed: Seed, text: &str) -> u64 {
        seed.key(&Reading::Text(text.into()), None).unwrap()
    }

    #[test]
    fn another_seed_gives_other_keys_and_one_seed_the_same() {
        let (one, other) = (Seed::new(1, 2), Seed::new(1, 3));
        assert_eq!(key(one, "2019-0001"), key(one, "2019-0001"));
        assert_ne!(key(one, "2019-0001"), key(other, "2019-0001"));
        assert_eq!(format!("{one:?}"), "Seed(..)");
    }

    #[test]
    fn tells_similar_values_apart() {
        let mut all = HashSet::new();
        for number in 0..200_000 {
            assert!(all.insert(key(Seed::default(), &format!("{number}"))));
            assert!(all.insert(key(Seed::default(), &format!("2019-0000-{number:08}-{}", number % 7))));
            assert!(all.insert(Seed::default().key(&Reading::Number(f64::from(number)), None).unwrap()));
        }
    }

    #[test]
    fn two_values_are_not_one_that_is_both() {
        let text = |text: &'static str| Reading::Text(text.into());
        let pair = |one, two| Seed::default().key(&text(one), Some(&text(two))).unwrap();
        assert_ne!(pair("ab", "c"), pair("a", "bc"));
        assert_ne!(pair("ab", ""), key(Seed::default(), "ab"));
        assert_eq!(Seed::default().key(&text("a"), Some(&Reading::Absent)), None);
    }

    #[test]
    fn items_whose_keys_meet_are_still_told_apart() {
        let values = ["a", "b", "a", "c", "b"];
        let mut firsts = Firsts::with_capacity(values.len());
        let id = |at: usize| RecordId::try_from(at).unwrap();
        let found: Vec<RecordId> =
            (0..values.len()).map(|at| firsts.of(7, id(at), |first| values[first as usize] == values[at])).collect();
        assert_eq!(found, [0, 1, 0, 3, 1].map(id));
        assert!(firsts.has(7, |first| values[first as usize] == "c"));
        assert!(!firsts.has(7, |first| values[first as usize] == "d"));
        assert!(!firsts.has(8, |_| true));
    }

    /// What is found where keys meet, as text.
    fn told(issues: Vec<crate::Issue>) -> Vec<String> {
        issues.iter().map(|issue| format!("{} {} {:?}", issue.pointer(), issue.code(), issue)).collect()
    }

    /// Lists in which some values stand twice, by rules over one field, over two, and over another list.
    fn lists() -> Vec<(&'static str, serde_json::Value)> {
        let rows = |numbers: &[&str]| -> Vec<serde_json::Value> {
            numbers.iter().map(|number| serde_json::json!({ "request_number": number })).collect()
        };
        let divisions = ["a1", "a2", "a3"].map(|id| format!("7ae1cf44-62f8-4e0f-8ce6-add7658188{id}"));
        let employee = |id: &str, at: usize| serde_json::json!({ "employee_id": divisions[at].replace("7ae1", id), "division_id": divisions[at], "staff_units": 1 });
        vec![
            ("results.bulk_update", serde_json::json!({ "results": rows(&["1", "2", "1", "3", "2", "1", "4"]) })),
            (
                "contract_request.capitation",
                serde_json::json!({
                    "contractor_divisions": &divisions[..2],
                    "contractor_employee_divisions":
                        [employee("8ae1", 0), employee("8ae1", 1), employee("8ae1", 0), employee("9ae1", 2), employee("9ae1", 1)],
                }),
            ),
            (
                "contract_request.reimbursement",
                serde_json::json!({ "contractor_divisions": [divisions[0], divisions[1], divisions[0]] }),
            ),
        ]
    }

    #[test]
    fn what_is_found_does_not_depend_on_keys() {
        for (name, draft) in lists() {
            let payload = crate::payload(name).unwrap();
            let found = |seed| {
                let options = crate::Options { seed, ..Default::default() };
                let form = crate::form::Form::new(payload, options.clone(), Some(&draft));
                let report = crate::check(payload, &draft, &options);
                assert_eq!(told(report.issues()), told(form.report().issues()), "{name}");
                told(report.issues())
            };
            let usual = found(Seed::default());
            assert!(usual.iter().any(|one| one.contains("duplicate")), "{name}: {usual:?}");
            assert_eq!(found(Seed::new(7, 11)), usual);
            assert_eq!(found(Seed::MEETING), usual);
        }
    }

    #[test]
    fn a_form_in_which_all_keys_meet_finds_what_a_check_finds_after_each_edit() {
        let payload = crate::payload("results.bulk_update").unwrap();
        let options = crate::Options { seed: Seed::MEETING, ..Default::default() };
        let (_, draft) = lists().into_iter().next().unwrap();
        let mut form = crate::form::Form::new(payload, options.clone(), Some(&draft));
        let agree = |form: &crate::form::Form, what: &str| {
            let checked = crate::check(payload, crate::Packed::new(&form.value()), &options);
            let pointers = |issues: Vec<crate::Issue>| -> Vec<String> {
                issues.iter().filter(|issue| issue.code() == "duplicate").map(|issue| format!("{issue:?}")).collect()
            };
            assert_eq!(pointers(form.report().issues()), pointers(checked.issues()), "{what}");
        };
        form.remove("/results", 0).unwrap();
        agree(&form, "the first of three goes");
        form.insert("/results", 0, Some(serde_json::json!({ "request_number": "3" }))).unwrap();
        agree(&form, "another comes in front");
        form.set("/results/1/request_number", serde_json::json!("4")).unwrap();
        agree(&form, "one gets another number");
        form.undo();
        agree(&form, "and has it back");
        form.move_item("/results", 0, 4).unwrap();
        agree(&form, "the first is moved");
        form.undo();
        form.undo();
        agree(&form, "all is as it was");
    }
}

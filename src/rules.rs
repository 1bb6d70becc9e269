//! The ids of the rulebook's rules. They are stable: issues carry them, options name them, the field reference prints them.

/// The groups of rules, each with the number of its last rule.
pub const GROUPS: [(&str, u32); 14] = [
    ("GEN", 7),
    ("PRG", 34),
    ("CYC", 21),
    ("CAN", 3),
    ("APP", 14),
    ("CMT", 3),
    ("EXP", 3),
    ("RES", 15),
    ("CNF", 1),
    ("STA", 3),
    ("RSP", 4),
    ("TOK", 1),
    ("REF", 2),
    ("CTR", 22),
];

/// Whether there is a rule of this id.
pub fn is_rule(id: &str) -> bool {
    let Some((group, number)) = id.split_once('-') else { return false };
    let two_digits = number.len() == 2 && number.bytes().all(|digit| digit.is_ascii_digit());
    let last = GROUPS.iter().find(|(name, _)| *name == group).map(|(_, last)| *last);
    two_digits && number.parse().is_ok_and(|number: u32| number > 0 && last.is_some_and(|last| number <= last))
}

//! SNILS, the number of a Russian pension insurance certificate: eleven digits, shown as 123-456-789 01, of which the last two
//! are a check number. Hyphens and spaces between the digits do not matter.

use super::Verdict;

/// Numbers up to this one were given out before there were check numbers.
const UNCHECKED: u32 = 1_001_998;

/// Judges the text.
pub fn judge(text: &str) -> Verdict {
    let mut digits = [0_u32; 11];
    let mut places = digits.iter_mut();
    for letter in text.chars() {
        match (letter.to_digit(10), letter) {
            (Some(digit), _) => match places.next() {
                Some(place) => *place = digit,
                None => return Verdict::Format,
            },
            (None, '-') => {}
            (None, space) if space.is_whitespace() => {}
            _ => return Verdict::Format,
        }
    }
    if places.next().is_some() || digits.iter().all(|digit| *digit == 0) {
        return Verdict::Format;
    }
    let [number @ .., tens, ones] = digits;
    if number.iter().fold(0, |sum, digit| sum * 10 + digit) <= UNCHECKED {
        return Verdict::Right;
    }
    let sum: u32 = number.iter().zip((1..=9).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = if sum % 101 == 100 { 0 } else { sum % 101 };
    if check == tens * 10 + ones { Verdict::Right } else { Verdict::Checksum }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::judge;
    use crate::kinds::{Verdict, vectors};

    #[test]
    fn judges_the_vectors() {
        for text in vectors("snils", "valid").iter().chain(&vectors("snils", "exempt")) {
            assert_eq!(judge(text), Verdict::Right, "{text}");
        }
        for text in vectors("snils", "invalid") {
            assert_eq!(judge(&text), Verdict::Checksum, "{text}");
        }
    }

    #[test]
    fn asks_for_eleven_digits_that_are_not_all_zeros() {
        for text in
            ["00000000000", "000-000-000 00", "1122334459", "112233445955", "112-233-445 9x", "1122334459５", "-", ""]
        {
            assert_eq!(judge(text), Verdict::Format, "{text}");
        }
    }

    #[test]
    fn old_numbers_have_no_check_number() {
        assert_eq!(judge("001-001-998 77"), Verdict::Right);
        assert_eq!(judge("001-001-999 77"), Verdict::Checksum);
    }

    /// The number with the check number that is right for it.
    fn completed(number: u32) -> String {
        let mut candidates = (0..100).map(|check| format!("{number:09}{check:02}"));
        candidates.find(|text| judge(text) == Verdict::Right).unwrap_or_default()
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_noticed(number in 1_002_000_u32..1_000_000_000, at in 0_usize..11, by in 1_u8..10) {
            let right = completed(number);
            let mut wrong = right.clone().into_bytes();
            wrong[at] = (wrong[at] - b'0' + by) % 10 + b'0';
            let wrong = String::from_utf8(wrong).unwrap_or_default();
            // Remainders 100 and 0 have the same check number 00, and old numbers are not checked.
            prop_assume!(!right.ends_with("00") && wrong.as_str() > "00100199899");
            prop_assert_eq!(judge(&wrong), Verdict::Checksum);
        }

        #[test]
        fn formatting_does_not_matter(digits in "[0-9]{11}") {
            let (a, rest) = digits.split_at(3);
            let (b, rest) = rest.split_at(3);
            let (c, d) = rest.split_at(3);
            for shown in [format!("{a}-{b}-{c} {d}"), format!("{a} {b} {c}\u{a0}{d}"), format!("{a}-{b}-{c}-{d}")] {
                prop_assert_eq!(judge(&shown), judge(&digits));
            }
        }
    }
}

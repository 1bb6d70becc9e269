//! RNOKPP, the number of a taxpayer's registration card in Ukraine: ten digits, of which the last is a check digit.

use super::digits;

const WEIGHTS: [i32; 9] = [-1, 5, 7, 9, 4, 6, 10, 5, 7];

/// Whether the text is an RNOKPP number.
pub fn valid(text: &str) -> bool {
    let Some([number @ .., check]): Option<[u32; 10]> = digits(text) else {
        return false;
    };
    let sum: i32 = number.iter().zip(WEIGHTS).map(|(digit, weight)| digit.cast_signed() * weight).sum();
    number.iter().chain([&check]).any(|digit| *digit != 0) && sum.rem_euclid(11) % 10 == check.cast_signed()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::valid;
    use crate::kinds::vectors;

    #[test]
    fn judges_the_vectors() {
        for text in vectors("rnokpp", "valid") {
            assert!(valid(&text), "{text}");
        }
        for text in vectors("rnokpp", "invalid") {
            assert!(!valid(&text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_noticed(number in 1_u32..1_000_000_000, at in 0_usize..10, by in 1_u8..10) {
            let right = (0..10).map(|check| format!("{number:09}{check}")).find(|text| valid(text)).unwrap_or_default();
            let mut wrong = right.clone().into_bytes();
            wrong[at] = (wrong[at] - b'0' + by) % 10 + b'0';
            // Remainders 10 and 0 have the same check digit 0.
            prop_assume!(!right.ends_with('0'));
            prop_assert!(!valid(&String::from_utf8(wrong).unwrap_or_default()));
        }
    }
}

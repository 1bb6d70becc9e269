//! EDRPOU, the register number of a Ukrainian legal entity: eight digits, of which the last is a check digit.

use super::digits;

/// Whether the text is an EDRPOU number.
pub fn valid(text: &str) -> bool {
    digits(text).is_some_and(|number: [u32; 8]| check_digit(&number) == number.last().copied())
}

fn check_digit(number: &[u32; 8]) -> Option<u32> {
    // The numbers from 30000000 to 59999999 are weighed in another order.
    let shift = if matches!(number, [3..=5, ..]) { 6 } else { 0 };
    let remainder = |more: u32| {
        let weights = (0..7).map(|at| (at + shift) % 7 + 1 + more);
        number.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
    };
    [remainder(0), remainder(2), 0].into_iter().find(|check| *check < 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::valid;
    use crate::kinds::vectors;

    #[test]
    fn judges_the_vectors() {
        for text in vectors("edrpou", "valid") {
            assert!(valid(&text), "{text}");
        }
        for text in vectors("edrpou", "invalid") {
            assert!(!valid(&text), "{text}");
        }
        assert!(!valid("1436057O"));
        assert!(!valid("14 360 570"));
    }

    proptest! {
        #[test]
        fn there_is_one_right_check_digit(number in 0_u32..10_000_000) {
            let right = (0..10).filter(|check| valid(&format!("{number:07}{check}"))).count();
            prop_assert_eq!(right, 1);
        }
    }
}

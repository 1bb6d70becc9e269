//! Ukrainian bank accounts: the IBAN with its check digits, and the bank's code (MFO) that stands in it.

use super::Verdict;

/// Judges a Ukrainian IBAN in its electronic form: UA, two check digits, the MFO, and 19 digits or capital letters.
pub fn judge(text: &str) -> Verdict {
    let Some(account) = text.strip_prefix("UA").filter(|account| account.len() == 27) else {
        return Verdict::Format;
    };
    let (numeric, rest) = account.as_bytes().split_at(8);
    let capital = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    if !numeric.iter().all(u8::is_ascii_digit) || !rest.iter().all(capital) {
        return Verdict::Format;
    }
    // ISO 13616: country and check digits go to the end, letters count from 10, the whole leaves 1 when divided by 97.
    let (check, account) = account.as_bytes().split_at(2);
    let remainder = account.iter().chain(b"UA").chain(check).fold(0, |sum: u32, byte| match byte {
        b'0'..=b'9' => (sum * 10 + u32::from(byte - b'0')) % 97,
        letter => (sum * 100 + u32::from(letter - b'A') + 10) % 97,
    });
    if remainder == 1 { Verdict::Right } else { Verdict::Checksum }
}

/// The electronic form of a Ukrainian IBAN that is written in groups or in lower case; nothing where it is another text.
pub fn repaired(text: &str) -> Option<String> {
    let number: String =
        text.chars().filter(|letter| !super::text::blank(*letter)).map(|letter| letter.to_ascii_uppercase()).collect();
    (judge(&number) != Verdict::Format).then_some(number)
}

/// The bank's code in a Ukrainian IBAN.
pub fn bank_code(text: &str) -> Option<&str> {
    text.strip_prefix("UA").filter(|account| account.len() == 27)?.get(2..8)
}

/// Whether the text is a bank's code: six digits.
pub fn mfo(text: &str) -> bool {
    super::digits::<6>(text).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{bank_code, judge, mfo, repaired};
    use crate::kinds::{Verdict, vectors};

    #[test]
    fn judges_the_vectors() {
        for text in vectors("iban_ua", "valid") {
            assert_eq!(judge(&text), Verdict::Right, "{text}");
        }
        for text in vectors("iban_ua", "invalid") {
            assert_ne!(judge(&text), Verdict::Right, "{text}");
        }
    }

    #[test]
    fn tells_a_wrong_shape_from_wrong_digits() {
        assert_eq!(judge("UA213223130000026007233566002"), Verdict::Checksum);
        for text in [
            "ua213223130000026007233566001",
            "UA21 3223 1300 0002 6007 2335 6600 1",
            "DE89370400440532013000",
            "UAх",
            "",
        ] {
            assert_eq!(judge(text), Verdict::Format, "{text}");
        }
    }

    #[test]
    fn repairs_groups_and_lower_case() {
        let number = "UA213223130000026007233566001";
        for text in [
            "ua213223130000026007233566001",
            "UA21 3223 1300 0002 6007 2335 6600 1",
            "Ua21\u{a0}322313 0000026007233566001",
            number,
        ] {
            assert_eq!(repaired(text).as_deref(), Some(number), "{text}");
        }
        for text in ["UA21-3223-1300-0002-6007-2335-6600-1", "2600 7233 566001", "DE89 3704 0044 0532 0130 00", ""] {
            assert_eq!(repaired(text), None, "{text}");
        }
    }

    #[test]
    fn knows_the_bank() {
        assert_eq!(bank_code("UA653510050000032009102701026"), Some("351005"));
        assert_eq!(bank_code("32009102701026"), None);
        assert!(mfo("351005") && !mfo("35100") && !mfo("35100a"));
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_noticed(account in "[0-9]{6}[0-9A-Z]{19}", at in 0_usize..27, by in 1_u8..10) {
            let right = (0..98).map(|check| format!("UA{check:02}{account}")).find(|text| judge(text) == Verdict::Right);
            let mut wrong = right.unwrap_or_default().into_bytes();
            prop_assume!(wrong[at + 2].is_ascii_digit());
            wrong[at + 2] = (wrong[at + 2] - b'0' + by) % 10 + b'0';
            prop_assert_eq!(judge(&String::from_utf8(wrong).unwrap_or_default()), Verdict::Checksum);
        }
    }
}

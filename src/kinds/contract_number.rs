//! Numbers of eHealth contracts: groups of digits and of those capital letters that look alike in Latin and Cyrillic. People type
//! them in lower case, on a Ukrainian keyboard and with whatever dash their editor makes of a hyphen, so all of these are repaired.

use super::text::{blank, dash};

/// What a text is, taken as a contract number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The published pattern: 0000-AEHK-MPTX with digits in the first group.
    Published,
    /// The wider form of the older document: letters in the first group too, and a fourth group of one to four.
    Legacy,
    /// Something else.
    Other,
}

/// The shape of a text as it stands.
pub fn shape(text: &str) -> Shape {
    let letters = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit() || b"AEHKMPTX".contains(&byte));
    let mut groups = text.split('-');
    let mut next = || groups.next().filter(|group| letters(group));
    let (Some(series), Some(one), Some(two)) = (next(), next(), next()) else {
        return Shape::Other;
    };
    let four = series.len() == 4 && one.len() == 4 && two.len() == 4;
    let digits = series.bytes().all(|byte| byte.is_ascii_digit());
    match (groups.next(), groups.next()) {
        (None, _) if four && digits => Shape::Published,
        (Some(last), None) if four && (1..=4).contains(&last.len()) && letters(last) => Shape::Legacy,
        _ => Shape::Other,
    }
}

/// The text in capitals, with Latin letters in place of the Cyrillic ones that look like them, and with hyphens in place of any dash
/// and the spaces around it.
pub fn repaired(text: &str) -> String {
    let groups = text.split(dash).map(|group| group.trim_matches(blank));
    let mut number = String::with_capacity(text.len());
    for (at, group) in groups.enumerate() {
        if at > 0 {
            number.push('-');
        }
        number.extend(group.chars().map(capital));
    }
    number
}

fn capital(letter: char) -> char {
    match letter {
        'А' | 'а' => 'A',
        'Е' | 'е' => 'E',
        'Н' | 'н' => 'H',
        'К' | 'к' => 'K',
        'М' | 'м' => 'M',
        'Р' | 'р' => 'P',
        'Т' | 'т' => 'T',
        'Х' | 'х' => 'X',
        other => other.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Shape, repaired, shape};
    use crate::kinds::vectors;

    #[test]
    fn judges_the_vectors() {
        for (list, expected) in
            [("valid", Shape::Published), ("legacy_doc_sample", Shape::Legacy), ("invalid", Shape::Other)]
        {
            for text in vectors("contract_number", list) {
                assert_eq!(shape(&text), expected, "{text}");
            }
        }
    }

    #[test]
    fn the_wider_form_has_a_fourth_group() {
        for text in ["AEHK-9EAX-XT7X-3", "0000-9EAX-XT7X-AEHK"] {
            assert_eq!(shape(text), Shape::Legacy, "{text}");
        }
        for text in [
            "0000-9EAX-XT7X-",
            "0000-9EAX-XT7X-31155",
            "0000-9EAX-XT7X-3-1",
            "000-9EAX-XT7X",
            "0000-9EAX",
            "٠٠٠٠-9EAX-XT7X",
        ] {
            assert_eq!(shape(text), Shape::Other, "{text}");
        }
    }

    #[test]
    fn repairs_lower_case_and_the_wrong_keyboard() {
        for text in
            ["0000-9eax-xt7x", "0000-9еах-ХТ7Х", "0000-9ЕАX-xт7Х", "0000 – 9еах − ХТ7Х", "0000—9EAX\u{a0}‑\u{a0}XT7X"]
        {
            assert_eq!(repaired(text), "0000-9EAX-XT7X", "{text}");
        }
    }

    #[test]
    fn repairs_nothing_else() {
        for text in ["0000 9EAX XT7X", "00 00-9EAX-XT7X", "0000/9EAX/XT7X", "0000--9EAX-XT7X", "0000-9ВAX-XT7X"] {
            assert_eq!(shape(&repaired(text)), Shape::Other, "{text}");
        }
    }

    proptest! {
        #[test]
        fn formatting_does_not_matter(number in "[0-9]{4}-[0-9AEHKMPTX]{4}-[0-9AEHKMPTX]{4}", cyrillic in any::<bool>()) {
            let typed: String = number
                .to_lowercase()
                .chars()
                .map(|letter| match "aehkmptx".find(letter) {
                    Some(at) if cyrillic => "аенкмртх".chars().nth(at).unwrap_or(letter),
                    _ => letter,
                })
                .collect();
            prop_assert_eq!(shape(&number), Shape::Published);
            prop_assert_eq!(repaired(&typed), number);
        }

        #[test]
        fn repairing_twice_is_repairing_once(text in ".{0,20}") {
            prop_assert_eq!(repaired(&repaired(&text)), repaired(&text));
        }
    }
}

//! Trimming and comparing texts. White space includes the no-break and the zero-width space, which people paste unawares.

/// White space, the zero-width space and the byte order mark.
pub(super) fn blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{200b}' || letter == '\u{feff}'
}

/// The text without white space at its ends.
pub fn trim(text: &str) -> &str {
    if is_trimmed(text) { text } else { text.trim_matches(blank) }
}

/// Whether the text begins and ends with visible ASCII characters, as nearly every text does: it needs no decoding then.
pub fn is_trimmed(text: &str) -> bool {
    let visible = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    visible(text.as_bytes().first()) && visible(text.as_bytes().last())
}

/// Whether the texts are equal in any letter case.
pub fn same_letters(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || (!(one.is_ascii() && other.is_ascii()) && one.chars().map(lower_letter).eq(other.chars().map(lower_letter)))
}

/// Whether the texts are one wording as people write it: in any letter case, with е for ё, and whatever space stands between words.
pub fn same_word(one: &str, other: &str) -> bool {
    let plain = |letter| match lower_letter(letter) {
        'ё' => 'е',
        space if blank(space) => ' ',
        other => other,
    };
    one.chars().map(plain).eq(other.chars().map(plain))
}

/// Whether the letter is a dash of any kind: the hyphen of the keyboard, those of typography, the minus sign.
pub fn dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// The text in small letters.
pub fn lower(text: &str) -> String {
    text.chars().map(lower_letter).collect()
}

/// A Latin or Cyrillic letter as a small one. The documents know no other letters, and the tables of all others are large.
fn lower_letter(letter: char) -> char {
    let moved = |by: u32| char::from_u32(u32::from(letter) + by).unwrap_or(letter);
    match letter {
        'А'..='Я' => moved(32),
        'Ѐ'..='Џ' => moved(80),
        'Ґ' => 'ґ',
        other => other.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::{dash, lower, same_letters, same_word, trim};

    #[test]
    fn trims_every_kind_of_space() {
        assert_eq!(trim("\u{a0}\u{200b} Москва\t\u{2009}"), "Москва");
        assert_eq!(trim("\u{200b}\u{a0}"), "");
        assert_eq!(trim("два слова"), "два слова");
    }

    #[test]
    fn knows_dashes_of_every_kind() {
        assert!("-‐‑‒–—―⁃−﹘﹣－".chars().all(dash));
        assert!(!"_~=+.·/\u{ad}".chars().any(dash));
    }

    #[test]
    fn compares_cyrillic_letters_in_any_case() {
        assert!(same_letters("НА ДОРАБОТКЕ", "На доработке"));
        assert!(!same_letters("Проверено", "Утверждено"));
        assert!(!same_letters("Прошел", "Прошёл"));
        assert!(same_word("ПРОШЕЛ\u{a0}обучение", "Прошёл обучение"));
        assert!(same_word("Ні", "НІ") && !same_word("й", "и"));
        assert_eq!(lower("ЁЖ Їжак ҐАНОК Щ-1 Æ"), "ёж їжак ґанок щ-1 Æ");
    }
}

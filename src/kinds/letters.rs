//! Letters that are looked at wherever they stand in a text: those of two characters, which are composed, and those that tell that a
//! text is no Unicode or was read in a wrong encoding. They are found eight bytes at a time, because every text is searched.

use std::borrow::Cow;

/// A text or a key is no Unicode, or was read in a wrong encoding, where this letter stands in it. Packed texts have it, followed by a
/// letter of the private use area, for a surrogate without its other half.
pub(crate) const BROKEN: char = '\u{fffd}';

/// Whether the bytes are equal, eight at a time: in wasm the comparison that the compiler calls goes byte by byte.
#[inline]
pub(crate) fn same_bytes(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        (Some(end), Some(other_end)) => {
            // As numbers, because arrays are compared by that same call.
            let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
            let mut words = one.as_chunks().0.iter().zip(other.as_chunks().0);
            word(end) == word(other_end) && words.all(|(one, other)| word(one) == word(other))
        }
        _ => one.iter().eq(other),
    }
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
const TOPS: u64 = ONES << 7;

/// The top bit of each byte that is zero; of bytes above the first such one it may be set, too.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & TOPS
}

/// The first bytes of letters that are looked at: U+FFFD, and marks that stand above the letter before them.
const ODD: [u8; 2] = [0xef, 0xcc];

/// The top bit of the first byte of a letter that is looked at.
const fn odd(word: u64) -> u64 {
    // Nearly every word is ASCII, and has none.
    if word & TOPS == 0 {
        return 0;
    }
    let [replaced, marked] = ODD;
    zeros(word ^ (ONES * replaced as u64)) | zeros(word ^ (ONES * marked as u64))
}

/// Where, from a place on, a text in quotes ends or has an escape, a control character, or the first byte of a letter that is looked at.
#[inline]
pub(crate) fn next_special(bytes: &[u8], from: usize) -> usize {
    let (words, rest) = bytes.get(from..).unwrap_or_default().as_chunks::<8>();
    let mut at = from;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let control = word.wrapping_sub(ONES * 0x20) & !word & TOPS;
        let special = control | zeros(word ^ (ONES * b'"' as u64)) | zeros(word ^ (ONES * b'\\' as u64)) | odd(word);
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\' || ODD.contains(byte);
    at + rest.iter().position(special).unwrap_or(rest.len())
}

/// Whether `composed` may have something to do with the text.
pub(crate) fn is_odd(text: &str) -> bool {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    words.iter().any(|word| odd(u64::from_le_bytes(*word)) != 0) || rest.iter().any(|byte| ODD.contains(byte))
}

/// The text with й, ё and ї in one character each where they are written in two; nothing where it is not Unicode, or was read in a
/// wrong encoding.
pub(crate) fn composed(text: &str) -> Option<Cow<'_, str>> {
    if text.contains(BROKEN) {
        return None;
    }
    if !text.contains(['\u{306}', '\u{308}']) {
        return Some(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let whole = match (out.chars().next_back(), letter) {
            (Some('и'), '\u{306}') => 'й',
            (Some('И'), '\u{306}') => 'Й',
            (Some('е'), '\u{308}') => 'ё',
            (Some('Е'), '\u{308}') => 'Ё',
            (Some('і'), '\u{308}') => 'ї',
            (Some('І'), '\u{308}') => 'Ї',
            _ => {
                out.push(letter);
                continue;
            }
        };
        out.pop();
        out.push(whole);
    }
    Some(Cow::Owned(out))
}

/// The text with those letters composed, though it be no Unicode.
pub(crate) fn whole(text: &str) -> Cow<'_, str> {
    composed(text).unwrap_or(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::{composed, is_odd, next_special};

    #[test]
    fn letters_of_two_characters_are_composed() {
        let pairs = [
            ("и\u{306}", "й"),
            ("И\u{306}", "Й"),
            ("е\u{308}", "ё"),
            ("Е\u{308}", "Ё"),
            ("і\u{308}", "ї"),
            ("І\u{308}", "Ї"),
        ];
        for (two, one) in pairs {
            assert_eq!(composed(&format!("ко{two}ка{two}")).as_deref(), Some(format!("ко{one}ка{one}").as_str()));
            assert!(is_odd(two) && !is_odd(one));
        }
        // Others stay as they are.
        for text in ["y\u{306}", "\u{308}", "е\u{306}", "йй", "e\u{308}", "и\u{306}\u{306}"] {
            let expected = text.replace("и\u{306}", "й");
            assert_eq!(composed(text).as_deref(), Some(expected.as_str()));
        }
        assert_eq!(composed("a\u{fffd}"), None);
    }

    #[test]
    fn special_bytes_are_found_wherever_they_stand() {
        for special in ["\"", "\\", "\u{1f}", "\n", "\u{fffd}", "\u{306}", "\u{308}", "\u{feff}"] {
            for before in ["", "a", "щ", "twelve bytes", "восемь и ещё", "\u{7f} \u{10ffff}"] {
                for after in ["", "b", "щ", "twelve bytes", "восемь и ещё"] {
                    let text = format!("{before}{special}{after}");
                    assert_eq!(next_special(text.as_bytes(), 0), before.len(), "{text:?}");
                    assert_eq!(is_odd(&text), !special.is_ascii(), "{text:?}");
                }
            }
        }
        assert_eq!(next_special("ничего ©".as_bytes(), 3), "ничего ©".len());
    }
}

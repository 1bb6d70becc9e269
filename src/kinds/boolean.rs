//! The words with which people answer yes and no in a sheet, in the languages of both interfaces and as spreadsheets write them.

use super::text::{dash, same_word};

const YES: [&str; 7] = ["true", "да", "так", "yes", "+", "истина", "істина"];
const NO: [&str; 6] = ["false", "нет", "ні", "no", "ложь", "хибність"];

/// What the word answers, in any letter case.
pub fn word(text: &str) -> Option<bool> {
    let among = |words: &[&str]| words.iter().any(|word| same_word(word, text));
    let mut letters = text.chars();
    let struck = matches!((letters.next(), letters.next()), (Some(letter), None) if dash(letter));
    if among(&YES) { Some(true) } else { (struck || among(&NO)).then_some(false) }
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn answers_in_every_language() {
        for text in ["Да", "ТАК", "yes", "+", "Истина", "ІСТИНА", "True"] {
            assert_eq!(word(text), Some(true), "{text}");
        }
        for text in ["нет", "Ні", "NO", "-", "–", "—", "−", "ЛОЖЬ", "Хибність", "FALSE"] {
            assert_eq!(word(text), Some(false), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_an_answer() {
        for text in ["", "1", "0", "y", "n", "д", "--", "++", "не", "да!", "нет данных", "есть"] {
            assert_eq!(word(text), None, "{text}");
        }
    }
}

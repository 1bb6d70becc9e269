//! Texts that the eHealth schemas call a name: which first characters they allow, and which letters and signs they forbid.

/// Whether a text that is not blank fits the schemas' pattern for names.
pub fn valid(text: &str) -> bool {
    let first = |letter: char| {
        letter.is_ascii_alphanumeric() || ('А'..='я').contains(&letter) || "ҐЇІЄґїіє№\"!^*)][(._-".contains(letter)
    };
    // The pattern's dot matches no line break.
    let forbidden = |letter: char| "ЫЪЭЁыъэё@%&$^#\n\r\u{2028}\u{2029}".contains(letter);
    text.starts_with(first) && !text.contains(forbidden)
}

#[cfg(test)]
mod tests {
    use super::valid;

    #[test]
    fn names_of_banks_and_documents() {
        for text in ["Банк номер 1", "№ 5", "\"Ощадбанк\"", "іПей «Приват»", "(Укргазбанк)", "Bank", "!", "7, не 8"]
        {
            assert!(valid(text), "{text}");
        }
    }

    #[test]
    fn letters_and_signs_that_the_schemas_forbid() {
        for text in [
            "Банк Ёлка",
            "Объект",
            "Подъезд",
            "Крым ы",
            "a@b",
            "100%",
            "A&B",
            "5$",
            "^x",
            "x^",
            "№#",
            "Банк\nномер",
            "Банк\u{2028}",
            "",
            " x",
            "+x",
            "«Приват»",
        ] {
            assert!(!valid(text), "{text}");
        }
    }
}

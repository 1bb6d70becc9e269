//! Base64 in its standard alphabet, as eHealth carries signed documents in JSON; white space in it does not matter. Twenty lines of
//! our own: the crate of that name would add 5 KB to what a browser downloads.

/// The bytes, where the text is base64 with its padding.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut letters, mut padding) = (0_u32, 0_u32, 0_u32);
    for letter in text.bytes().filter(|letter| !letter.is_ascii_whitespace()) {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' if letters >= 2 => {
                padding += 1;
                0
            }
            _ => return None,
        };
        if padding > 0 && letter != b'=' {
            return None;
        }
        bits = bits << 6 | u32::from(value);
        letters += 1;
        if letters == 4 {
            let [_, group @ ..] = bits.to_be_bytes();
            bytes.extend(group.into_iter().take(3_usize.saturating_sub(padding as usize)));
            (bits, letters) = (0, 0);
        }
    }
    (letters == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    use super::decode;

    #[test]
    fn takes_the_standard_alphabet_with_its_padding() {
        assert_eq!(decode(""), Some(Vec::new()));
        assert_eq!(decode("e30="), Some(b"{}".to_vec()));
        assert_eq!(decode(" e3\r\n0= "), Some(b"{}".to_vec()));
        assert_eq!(decode("ew=="), Some(b"{".to_vec()));
        assert_eq!(decode("+/8="), Some(vec![0xfb, 0xff]));
        for text in
            ["e30", "e30==", "-_8=", "e3\u{a0}0=", "{}", "e=30", "====", "e===", "e30=e30=", "e3=0", "e30=\n===", "я"]
        {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn white_space_does_not_matter(bytes in any::<Vec<u8>>(), width in 1_usize..80) {
            let text = STANDARD.encode(&bytes);
            let lines: Vec<&str> = text.as_bytes().chunks(width).filter_map(|line| core::str::from_utf8(line).ok()).collect();
            prop_assert_eq!(decode(&lines.join("\r\n")), Some(bytes));
        }

        #[test]
        fn any_text_is_answered_as_the_crate_base64_answers(text in "[A-Za-z0-9+/=_-]{0,12}") {
            // The crate also refuses bits that the last letter has too many of.
            if let Ok(bytes) = STANDARD.decode(&text) {
                prop_assert_eq!(decode(&text), Some(bytes));
            } else if let Some(bytes) = decode(&text) {
                prop_assert!(text.ends_with('=') && STANDARD.encode(&bytes).len() == text.len());
            }
        }
    }
}

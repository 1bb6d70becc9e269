//! Base64 in its standard alphabet, as eHealth carries signed documents in JSON; white space in it does not matter.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The bytes, where the text is base64.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let compact: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD.decode(compact).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{STANDARD, decode};
    use base64::Engine as _;

    #[test]
    fn takes_the_standard_alphabet_with_its_padding() {
        assert_eq!(decode("e30="), Some(b"{}".to_vec()));
        assert_eq!(decode(" e3\r\n0= "), Some(b"{}".to_vec()));
        assert_eq!(decode("+/8="), Some(vec![0xfb, 0xff]));
        for text in ["e30", "e30==", "-_8=", "e3\u{a0}0=", "{}", "e=30"] {
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
    }
}

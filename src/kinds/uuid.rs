//! UUIDs: the shape alone for the Portal, whose own examples are not RFC 4122; the published pattern for eHealth.

/// 8-4-4-4-12 hexadecimal digits in any case.
pub fn shaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// The pattern of the eHealth schemas: lower case, version 1–5, variant 8, 9, a or b.
pub fn ehealth(text: &str) -> bool {
    let bytes = text.as_bytes();
    shaped(text)
        && !bytes.iter().any(u8::is_ascii_uppercase)
        && matches!(bytes.get(14), Some(b'1'..=b'5'))
        && matches!(bytes.get(19), Some(b'8' | b'9' | b'a' | b'b'))
}

#[cfg(test)]
mod tests {
    use super::{ehealth, shaped};

    #[test]
    fn the_portal_takes_any_version() {
        assert!(shaped("7ae1cf44-62f8-ee0f-7ce6-add76581886f"));
        assert!(shaped("7AE1CF44-62F8-EE0F-7CE6-ADD76581886F"));
        assert!(!shaped("7ae1cf4462f8ee0f7ce6add76581886f"));
        assert!(!shaped("7ae1cf44-62f8-ee0f-7ce6-add76581886g"));
    }

    #[test]
    fn ehealth_asks_for_version_and_variant() {
        assert!(ehealth("09106b70-18b0-4726-b0ed-6bda1369fd52"));
        assert!(!ehealth("09106B70-18b0-4726-b0ed-6bda1369fd52"));
        assert!(!ehealth("7ae1cf44-62f8-ee0f-7ce6-add76581886f"));
    }
}

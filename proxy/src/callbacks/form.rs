//! Form encoding, as token requests come in it: pairs with `&` and `=`, `+` for a space, `%` and two digits for a byte.

/// The pairs of a form in their order; nothing when it is not UTF-8.
pub fn pairs(body: &[u8]) -> Option<Vec<(String, String)>> {
    let text = std::str::from_utf8(body).ok()?.trim_end_matches(['\r', '\n']);
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(name)?, decoded(value)?))
        })
        .collect()
}

/// A text without its encoding; nothing when what it encodes is not UTF-8. A `%` without two digits stands for itself.
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let coded = (*first == b'%').then(|| after.split_first_chunk::<2>()).flatten();
        let byte = coded.and_then(|(digits, _)| byte(digits));
        match (first, byte, coded) {
            (_, Some(byte), Some((_, after))) => {
                bytes.push(byte);
                rest = after;
            }
            (b'+', ..) => bytes.push(b' '),
            (other, ..) => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).ok()
}

fn byte(digits: &[u8; 2]) -> Option<u8> {
    let digits = digits.iter().all(u8::is_ascii_hexdigit).then(|| std::str::from_utf8(digits).ok())??;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{decoded, pairs};

    #[test]
    fn a_form_is_read_to_its_last_letter() {
        let read = pairs(b"portalId=a%20b+c&portalSecret=x#y%26=&empty=&alone&&=z\r\n");
        let expected = [("portalId", "a b c"), ("portalSecret", "x#y&="), ("empty", ""), ("alone", ""), ("", "z")];
        let expected: Vec<_> = expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(read, Some(expected));
        assert_eq!(pairs(b""), Some(Vec::new()));
        assert_eq!(pairs(b"a=\xff"), None);
    }

    #[test]
    fn what_is_not_encoded_stands_for_itself() {
        for (text, read) in
            [("100%", "100%"), ("%4", "%4"), ("%+1", "% 1"), ("%зz", "%зz"), ("%D0%B6ж", "жж"), ("%25", "%")]
        {
            assert_eq!(decoded(text).as_deref(), Some(read), "{text}");
        }
        assert_eq!(decoded("%ff"), None);
    }
}

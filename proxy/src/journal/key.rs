//! The `Idempotency-Key` header: an item of a structured field (RFC 8941) that is a string. A bare text is read as well,
//! because many clients write one.

use axum::http::{HeaderMap, HeaderName};

use crate::errors::ProxyError;

/// The header, of requests and of answers.
pub const KEY_HEADER: HeaderName = HeaderName::from_static("idempotency-key");

/// The longest key.
const LONGEST: usize = 255;

/// The key of a request; `None` when it has none.
pub fn read(headers: &HeaderMap) -> Result<Option<String>, ProxyError> {
    let mut values = headers.get_all(KEY_HEADER).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    // Two keys would be two submissions.
    if values.next().is_some() {
        return Err(ProxyError::KeyInvalid);
    }
    let text = value.to_str().map_err(|_| ProxyError::KeyInvalid)?;
    parse(text.trim_matches([' ', '\t'])).map(Some).ok_or(ProxyError::KeyInvalid)
}

/// Reads an item: a string in quotes with its parameters, which say nothing here, or a bare text without white space.
fn parse(text: &str) -> Option<String> {
    let key = match text.strip_prefix('"') {
        Some(quoted) => {
            let (key, rest) = unquote(quoted)?;
            let rest = rest.trim_start_matches(' ');
            (rest.is_empty() || rest.starts_with(';')).then_some(key)?
        }
        None => {
            let fits = text.bytes().all(|letter| letter.is_ascii_graphic() && !b"\"\\,;".contains(&letter));
            fits.then(|| text.to_owned())?
        }
    };
    is_key(&key).then_some(key)
}

/// A string without its quotes and escapes, and what follows it.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut key = String::new();
    let mut letters = text.chars();
    loop {
        match letters.next()? {
            '"' => return Some((key, letters.as_str())),
            '\\' => key.push(letters.next().filter(|letter| matches!(letter, '"' | '\\'))?),
            letter => key.push(letter),
        }
    }
}

/// Whether a text can be a key at all.
pub fn is_key(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|letter| letter.is_ascii_graphic() || letter == b' ')
        && !text.trim().is_empty()
}

/// A key as the header has it.
pub fn quoted(key: &str) -> String {
    format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{KEY_HEADER, parse, quoted, read};
    use crate::errors::ProxyError;

    #[test]
    fn a_key_is_a_string_or_a_bare_text() {
        let uuid = "8e03978e-40d5-43dd-bc93-6894a57f9324";
        assert_eq!(parse(&format!("\"{uuid}\"")).as_deref(), Some(uuid));
        assert_eq!(parse(uuid).as_deref(), Some(uuid));
        assert_eq!(parse(r#""a \"b\" \\ c""#).as_deref(), Some(r#"a "b" \ c"#));
        assert_eq!(parse(r#""key";parameter=1"#).as_deref(), Some("key"));
        for key in [uuid, r#"a "b" \ c"#] {
            assert_eq!(parse(&quoted(key)).as_deref(), Some(key));
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let long = "k".repeat(256);
        for wrong in ["", "\"\"", "\" \"", "\"open", "\"a\"b", "\"a\",\"b\"", "a b", "a,b", r#""a\n""#, "a\"b", &long] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn two_keys_are_one_too_many_and_none_is_none() {
        let mut headers = HeaderMap::new();
        assert_eq!(read(&headers), Ok(None));
        headers.append(KEY_HEADER, HeaderValue::from_static("\"a\""));
        assert_eq!(read(&headers), Ok(Some("a".to_owned())));
        headers.append(KEY_HEADER, HeaderValue::from_static("\"a\""));
        assert_eq!(read(&headers), Err(ProxyError::KeyInvalid));
    }
}

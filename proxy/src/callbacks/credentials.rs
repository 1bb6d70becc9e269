//! What a request shows for itself in its Authorization header: portalId and portalSecret, or a token. It only reads;
//! what they are worth the account knows.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::account::Account;
use super::form::decoded;

/// What stands in the Authorization header.
#[derive(PartialEq, Eq)]
pub enum Shown {
    /// There is none.
    Nothing,
    /// A user and a password.
    Basic(String, String),
    /// A token.
    Bearer(String),
    /// Something else, or more than one.
    Unreadable,
}

impl Shown {
    /// Reads the header.
    pub fn read(headers: &HeaderMap) -> Self {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let Some(value) = values.next() else {
            return Self::Nothing;
        };
        if values.next().is_some() {
            return Self::Unreadable;
        }
        let Some((scheme, rest)) = value.to_str().ok().and_then(|text| text.trim().split_once(' ')) else {
            return Self::Unreadable;
        };
        let rest = rest.trim();
        if scheme.eq_ignore_ascii_case("bearer") {
            Self::Bearer(rest.to_owned())
        } else if scheme.eq_ignore_ascii_case("basic") {
            basic(rest).map_or(Self::Unreadable, |(user, password)| Self::Basic(user, password))
        } else {
            Self::Unreadable
        }
    }
}

fn basic(encoded: &str) -> Option<(String, String)> {
    let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// Whether these are the account's. RFC 6749 has both parts form-encoded before HTTP Basic, which most programs leave
/// out: either is taken.
pub fn are_known(account: &Account, user: &str, password: &str) -> bool {
    let encoded = |text: &str| decoded(text).unwrap_or_default();
    account.knows(user, password) | account.knows(&encoded(user), &encoded(password))
}

#[cfg(test)]
mod tests {
    use axum::http::header::AUTHORIZATION;
    use axum::http::{HeaderMap, HeaderValue};

    use super::{Account, Shown, are_known};
    use crate::secret::Secret;

    fn shown(values: &[&str]) -> Shown {
        let mut headers = HeaderMap::new();
        for value in values {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.append(AUTHORIZATION, value);
            }
        }
        Shown::read(&headers)
    }

    #[test]
    fn both_schemes_are_read_in_any_letter_case() {
        assert!(shown(&[]) == Shown::Nothing);
        assert!(shown(&["Bearer a.b-c"]) == Shown::Bearer("a.b-c".to_owned()));
        assert!(shown(&["bearer  a"]) == Shown::Bearer("a".to_owned()));
        // "portal:a:b"
        assert!(shown(&["BASIC cG9ydGFsOmE6Yg=="]) == Shown::Basic("portal".to_owned(), "a:b".to_owned()));
    }

    #[test]
    fn what_is_neither_is_unreadable() {
        for values in
            [&["Digest a"] as &[&str], &["Basic !"], &["Basic cG9ydGFs"], &["Basic"], &["Bearer a", "Bearer b"]]
        {
            assert!(shown(values) == Shown::Unreadable, "{values:?}");
        }
    }

    #[test]
    fn form_encoding_before_basic_may_be_left_out() {
        let account =
            Account { id: "порт ал=&%".to_owned(), secret: Secret::new("с+л%41во:"), token_seconds: 60 };
        assert!(are_known(&account, "порт ал=&%", "с+л%41во:"));
        let id = "%D0%BF%D0%BE%D1%80%D1%82+%D0%B0%D0%BB%3D%26%25";
        assert!(are_known(&account, id, "%D1%81%2B%D0%BB%2541%D0%B2%D0%BE%3A"));
        assert!(!are_known(&account, id, "с+лAво:"));
    }
}

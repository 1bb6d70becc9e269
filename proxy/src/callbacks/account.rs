//! The Portal's account with the organisation: portalId, portalSecret, and the bearer tokens given for them. A token
//! carries its own end and a seal made with the secret, so that every instance knows it, no table has to hold it, and a
//! new secret ends all of them. Whatever is compared takes the same time wherever it differs.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac::{self, HMAC_SHA256};

use crate::secret::Secret;

/// What the token's seal is made for; a seal made with the same secret for something else is none.
const PURPOSE: &[u8] = b"portform callbacks token 1\0";

/// The end (8 bytes) and something that makes each token another one (16).
const HEAD: usize = 24;

/// The Portal's account with the organisation.
#[derive(Debug, Clone)]
pub struct Account {
    /// portalId.
    pub id: String,
    /// portalSecret.
    pub secret: Secret,
    /// How long a token is good, in seconds.
    pub token_seconds: u32,
}

/// What a token is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// It was given here and is good.
    Good,
    /// It was given here; its time is over.
    Expired,
    /// It was not given here.
    Foreign,
}

impl Account {
    /// A made-up account, for a sandbox that nobody has configured one for.
    pub fn generated() -> Self {
        let letters = || uuid::Uuid::new_v4().simple().to_string();
        Self { id: "portal".to_owned(), secret: Secret::new(letters() + &letters()), token_seconds: 3600 }
    }

    /// Whether these are the Portal's portalId and portalSecret.
    pub fn knows(&self, id: &str, secret: &str) -> bool {
        // Both are compared whatever the first comparison says.
        same(self.id.as_bytes(), id.as_bytes()) & same(self.secret.expose().as_bytes(), secret.as_bytes())
    }

    /// A new token; `now` in seconds since 1970.
    pub fn issue(&self, now: u64) -> String {
        let ends = now.saturating_add(self.token_seconds.into());
        let mut token = [ends.to_be_bytes().as_slice(), uuid::Uuid::new_v4().as_bytes()].concat();
        let seal = hmac::sign(&self.key(), &[PURPOSE, &token].concat());
        token.extend_from_slice(seal.as_ref());
        URL_SAFE_NO_PAD.encode(token)
    }

    /// What a token is worth; `now` in seconds since 1970.
    pub fn worth(&self, token: &str, now: u64) -> Worth {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else {
            return Worth::Foreign;
        };
        let Some((head, seal)) = bytes.split_at_checked(HEAD) else {
            return Worth::Foreign;
        };
        if hmac::verify(&self.key(), &[PURPOSE, head].concat(), seal).is_err() {
            return Worth::Foreign;
        }
        let ends = head.first_chunk().map_or(0, |ends| u64::from_be_bytes(*ends));
        if now < ends { Worth::Good } else { Worth::Expired }
    }

    fn key(&self) -> hmac::Key {
        hmac::Key::new(HMAC_SHA256, &[self.id.as_bytes(), b"\0", self.secret.expose().as_bytes()].concat())
    }
}

/// Compares by seals made with the expected value: their comparison does not tell where the two differ.
fn same(expected: &[u8], given: &[u8]) -> bool {
    let key = hmac::Key::new(HMAC_SHA256, expected);
    hmac::verify(&key, given, hmac::sign(&key, expected).as_ref()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Account, Worth};
    use crate::secret::Secret;

    fn account(secret: &str) -> Account {
        Account { id: "portal".to_owned(), secret: Secret::new(secret), token_seconds: 60 }
    }

    #[test]
    fn only_both_together_are_the_account() {
        let account = account("word");
        assert!(account.knows("portal", "word"));
        for (id, secret) in [
            ("portal", "wor"),
            ("portal", "words"),
            ("portal", ""),
            ("Portal", "word"),
            ("", "word"),
            ("word", "portal"),
        ] {
            assert!(!account.knows(id, secret), "{id} {secret}");
        }
    }

    #[test]
    fn a_token_is_good_until_its_end_and_for_its_account_only() {
        let account = account("word");
        let token = account.issue(1000);
        assert_eq!(account.worth(&token, 1000), Worth::Good);
        assert_eq!(account.worth(&token, 1059), Worth::Good);
        assert_eq!(account.worth(&token, 1060), Worth::Expired);
        assert_eq!(self::account("other").worth(&token, 1000), Worth::Foreign);
        assert_ne!(account.issue(1000), token);
    }

    #[test]
    fn a_token_that_was_touched_is_foreign() {
        let account = account("word");
        let token = account.issue(1000);
        for (at, _) in token.char_indices() {
            let mut touched: Vec<char> = token.chars().collect();
            if let Some(letter) = touched.get_mut(at) {
                *letter = if *letter == 'A' { 'Q' } else { 'A' };
            }
            let touched: String = touched.into_iter().collect();
            assert_eq!(account.worth(&touched, 1000), Worth::Foreign, "{at}");
        }
        let shorter: String = token.chars().skip(4).collect();
        for none in ["", "A", "not base64!", &shorter, &format!("{token}AAAA")] {
            assert_eq!(account.worth(none, 1000), Worth::Foreign, "{none}");
        }
    }
}

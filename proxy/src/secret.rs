//! A text that must not be shown. It has no `Display` and its `Debug` prints nothing of it, so that a derived `Debug`
//! of a struct around it, or a log line with it, stays harmless.

use std::fmt;

/// A password, a token, a client secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself: only where it is sent to the upstream that it is for.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_output_shows_nothing_of_the_secret() {
        let shown = format!("{:?} {:#?}", Secret::new("qwerty123"), Some(Secret::new("qwerty123")));
        assert!(!shown.contains("qwerty"));
    }
}

//! The seam to the crate `portform`: a payload's name and the bytes as received go in, a verdict comes out. Nothing
//! else of the proxy knows how a payload is checked, and this file knows nothing of HTTP.

/// The language of the issues in a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Russian.
    Ru,
    /// Ukrainian.
    Uk,
    /// English.
    En,
}

impl Language {
    /// Reads a language tag such as `uk` or `en-GB`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().trim();
        [("ru", Self::Ru), ("uk", Self::Uk), ("en", Self::En)]
            .into_iter()
            .find_map(|(name, language)| primary.eq_ignore_ascii_case(name).then_some(language))
    }

    /// The first known language of an `Accept-Language` header by its weights; at equal weight the earlier one.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',') {
            let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
            let weight = parameters
                .trim()
                .strip_prefix("q=")
                .map_or(1.0, |text| text.trim().parse().unwrap_or(0.0));
            if let Some(language) = Self::from_tag(tag)
                && weight > best.map_or(0.0, |(weight, _)| weight)
            {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

/// What a check needs to know besides the bytes.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// The language of the issues; without one the payload's own default.
    pub language: Option<Language>,
    /// eHealth's contract type, from the path.
    pub contract_type: Option<String>,
}

/// The outcome of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// May be sent.
    Valid,
    /// Must not be sent; the JSON array of issues.
    Invalid(String),
    /// There is no table for this payload.
    Unknown,
}

/// A function that checks a body; the tests of the transport put their own in.
pub type Check = fn(payload: &str, body: &[u8], options: &CheckOptions) -> Verdict;

/// Checks a body against the payload's table.
pub fn check(_payload: &str, _body: &[u8], _options: &CheckOptions) -> Verdict {
    Verdict::Unknown
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_language_comes_from_the_header_by_weight() {
        assert_eq!(
            Language::from_accept_language("uk-UA,uk;q=0.9,en;q=0.8"),
            Some(Language::Uk)
        );
        assert_eq!(
            Language::from_accept_language("de, en;q=0.4, ru;q=0.7"),
            Some(Language::Ru)
        );
        assert_eq!(Language::from_accept_language("de;q=nonsense, *"), None);
        assert_eq!(Language::from_accept_language("en;q=0"), None);
    }
}

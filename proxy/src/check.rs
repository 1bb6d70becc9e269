//! The seam to the crate `portform`: a payload's name and the bytes as received go in, a verdict comes out. Nothing
//! else of the proxy knows how a payload is checked, and this file knows nothing of HTTP.

use std::hash::RandomState;
use std::sync::LazyLock;

use portform::Input;
use portform::Locale;
use portform::context::ContractType;

/// Reads a language tag such as `uk` or `en-GB`.
pub fn from_tag(tag: &str) -> Option<Locale> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().trim();
    Locale::from_name(&primary.to_ascii_lowercase())
}

/// The first known language of an `Accept-Language` header by its weights; at equal weight the earlier one.
pub fn from_accept_language(header: &str) -> Option<Locale> {
    let mut best: Option<(f32, Locale)> = None;
    for part in header.split(',') {
        let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(1.0, |text| text.trim().parse().unwrap_or(0.0));
        if let Some(locale) = from_tag(tag)
            && weight > best.map_or(0.0, |(weight, _)| weight)
        {
            best = Some((weight, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

/// So many issues an answer tells at most.
const MOST_ISSUES: usize = 1_000;

/// What a check needs to know besides the bytes.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// The language of the issues; without one the payload's own default.
    pub locale: Option<Locale>,
    /// eHealth's contract type, from the path.
    pub contract_type: Option<ContractType>,
}

/// This process's own: what strangers send cannot be chosen to make checks slow.
pub fn seed() -> portform::Seed {
    static SEED: LazyLock<portform::Seed> = LazyLock::new(|| portform::Seed::of(&RandomState::new()));
    *SEED
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

/// Checks a body against the payload's table, leniently: what is forwarded are the bytes as received, in whichever
/// dialect, and a body that the page has written is canonical already.
pub fn check(payload: &str, body: &[u8], options: &CheckOptions) -> Verdict {
    let Some(payload) = portform::payload(payload) else {
        return Verdict::Unknown;
    };
    let mut checked_with = portform::Options {
        locale: options.locale,
        most_issues: Some(MOST_ISSUES),
        seed: seed(),
        ..portform::Options::default()
    };
    checked_with.context.contract_type = options.contract_type;
    let report = portform::check_json(payload, body, &checked_with);
    if report.valid() { Verdict::Valid } else { Verdict::Invalid(report.issues_json()) }
}

/// Whether the upstream accepted, by its answer; nothing where nobody can tell.
pub fn accepted(payload: &str, status: u16, answer: &[u8]) -> Option<bool> {
    let payload = portform::payload(payload)?;
    let options = portform::Options::default();
    portform::explain::accepted(&portform::explain::explain(payload, &options, status, Input::Text(answer)))
}

#[cfg(test)]
mod tests {
    use portform::Locale;

    use super::{CheckOptions, Verdict, check, from_accept_language};

    #[test]
    fn the_language_comes_from_the_header_by_weight() {
        assert_eq!(from_accept_language("uk-UA,uk;q=0.9,en;q=0.8"), Some(Locale::Uk));
        assert_eq!(from_accept_language("de, en;q=0.4, RU;q=0.7"), Some(Locale::Ru));
        assert_eq!(from_accept_language("de;q=nonsense, *"), None);
        assert_eq!(from_accept_language("en;q=0"), None);
    }

    #[test]
    fn a_payload_without_a_table_is_not_waved_through() {
        assert_eq!(check("cycle.imagine", b"{}", &CheckOptions::default()), Verdict::Unknown);
    }
}

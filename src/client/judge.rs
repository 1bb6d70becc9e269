//! What an answer to a submission means, from its status, its headers and a few facts of its body. A pure function: it says whether
//! the upstream answered at all, whether nothing was sent, or whether nobody knows.

use super::outcome::{NotSent, Unknown};

/// Who wrote an answer, as its header `x-portform-answer` tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Author {
    Proxy,
    Upstream,
    /// No header: a front server, a sign-in page, or whatever else stands at the address.
    Stranger,
}

/// What matters of a JSON body.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// The body is an object.
    pub(super) object: bool,
    /// Its `success`.
    pub(super) success: Option<bool>,
    /// Its `error` or `errors` say something.
    pub(super) faulty: bool,
    /// It says why, in any of the ways of the documents.
    pub(super) reasoned: bool,
    /// Its `error`, where that is a text: a code of the proxy's.
    pub(super) code: Option<String>,
    /// The proxy's words in the person's language.
    pub(super) message: Option<String>,
    /// What the proxy's own answer means for the submission: `not_sent`, `unknown` or `received`.
    pub(super) state: Option<String>,
    /// Whether the same may succeed later.
    pub(super) retry: Option<bool>,
}

/// What an answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Answered {
        success: bool,
    },
    /// The proxy checked the body and found errors in it.
    Invalid,
    /// Nothing was sent.
    NotSent {
        reason: String,
        retryable: bool,
    },
    /// The first attempt with this key is under way.
    InProgress,
    Unknown {
        reason: String,
    },
}

/// Judges an answer; `facts` is nothing where the body is not JSON, `html` and `empty` are about the body as text.
pub(super) fn judge(status: u16, author: Author, facts: Option<&Facts>, html: bool, empty: bool) -> Verdict {
    match author {
        Author::Proxy => of_proxy(status, facts),
        Author::Upstream => of_upstream(status, facts, html, empty),
        Author::Stranger => of_stranger(status, facts, html, empty),
    }
}

/// The proxy's own answer says what it means for the submission.
fn of_proxy(status: u16, facts: Option<&Facts>) -> Verdict {
    let Some(Facts { code: Some(code), state, retry, .. }) = facts else {
        return Verdict::Unknown { reason: Unknown::UNREADABLE.to_owned() };
    };
    match (code.as_str(), state.as_deref()) {
        ("invalid", _) => Verdict::Invalid,
        (_, Some("received")) => Verdict::InProgress,
        (_, Some("not_sent")) if status == 401 => not_sent(NotSent::SIGNED_OUT, false),
        (_, Some("not_sent")) => not_sent(code, retry.unwrap_or(false)),
        _ => Verdict::Unknown { reason: code.clone() },
    }
}

/// An answer of the upstream itself, or one that the proxy passed on.
fn of_upstream(status: u16, facts: Option<&Facts>, html: bool, empty: bool) -> Verdict {
    let unknown = |reason: &str| Verdict::Unknown { reason: reason.to_owned() };
    match facts {
        _ if empty => unknown(Unknown::EMPTY),
        _ if html => unknown(Unknown::PAGE),
        None if status >= 500 => unknown(Unknown::SERVER_FAULT),
        None => unknown(Unknown::UNREADABLE),
        Some(facts) if status >= 500 => match facts.success {
            // A server that fails and says why has decided.
            Some(false) if facts.reasoned => Verdict::Answered { success: false },
            _ => unknown(Unknown::SERVER_FAULT),
        },
        Some(facts) => {
            let fine = facts.object && !facts.faulty && facts.success.unwrap_or(true);
            Verdict::Answered { success: (200..300).contains(&status) && fine }
        }
    }
}

/// An answer that names no author: in front of the proxy, or of one that is older than the header.
fn of_stranger(status: u16, facts: Option<&Facts>, html: bool, empty: bool) -> Verdict {
    match status {
        // A redirect, which a browser shows as status 0: a sign-in page.
        0 | 301..=303 | 307 | 308 | 401 => not_sent(NotSent::SIGNED_OUT, false),
        403 => not_sent(NotSent::FORBIDDEN, false),
        404 | 405 | 413..=415 | 431 if html || empty || facts.is_none() => not_sent(NotSent::NO_PROXY, false),
        429 => not_sent(NotSent::BUSY, true),
        _ => of_upstream(status, facts, html, empty),
    }
}

fn not_sent(reason: &str, retryable: bool) -> Verdict {
    Verdict::NotSent { reason: reason.to_owned(), retryable }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(success: Option<bool>, faulty: bool) -> Facts {
        Facts { object: true, success, faulty, reasoned: faulty, ..Facts::default() }
    }

    fn coded(code: &str, state: &str, retry: bool) -> Facts {
        Facts { code: Some(code.to_owned()), state: Some(state.to_owned()), retry: Some(retry), ..facts(None, true) }
    }

    fn unknown(reason: &str) -> Verdict {
        Verdict::Unknown { reason: reason.to_owned() }
    }

    #[test]
    fn the_upstreams_word_counts() {
        let upstream = |status, facts: Facts| judge(status, Author::Upstream, Some(&facts), false, false);
        assert_eq!(upstream(200, facts(Some(true), false)), Verdict::Answered { success: true });
        assert_eq!(upstream(201, facts(None, false)), Verdict::Answered { success: true });
        assert_eq!(upstream(200, facts(Some(false), true)), Verdict::Answered { success: false });
        assert_eq!(upstream(200, facts(None, true)), Verdict::Answered { success: false });
        assert_eq!(upstream(200, facts(Some(true), true)), Verdict::Answered { success: false });
        assert_eq!(upstream(422, facts(None, true)), Verdict::Answered { success: false });
        assert_eq!(upstream(500, facts(Some(false), true)), Verdict::Answered { success: false });
        assert_eq!(upstream(200, Facts::default()), Verdict::Answered { success: false });
    }

    #[test]
    fn what_says_nothing_is_unknown() {
        assert_eq!(judge(200, Author::Upstream, None, false, true), unknown("empty"));
        assert_eq!(judge(200, Author::Upstream, None, true, false), unknown("page"));
        assert_eq!(judge(404, Author::Upstream, None, true, false), unknown("page"));
        assert_eq!(judge(200, Author::Upstream, None, false, false), unknown("unreadable"));
        assert_eq!(judge(502, Author::Upstream, None, false, false), unknown("server_fault"));
        assert_eq!(judge(500, Author::Upstream, Some(&facts(None, true)), false, false), unknown("server_fault"));
        assert_eq!(judge(502, Author::Stranger, None, true, false), unknown("page"));
    }

    #[test]
    fn the_proxy_says_whether_anything_was_sent() {
        let proxy = |status, facts: Facts| judge(status, Author::Proxy, Some(&facts), false, false);
        let not_sent = |reason: &str, retryable| Verdict::NotSent { reason: reason.to_owned(), retryable };
        let unreachable = proxy(502, coded("upstream_unreachable", "not_sent", true));
        assert_eq!(unreachable, not_sent("upstream_unreachable", true));
        assert_eq!(proxy(503, coded("not_configured", "not_sent", false)), not_sent("not_configured", false));
        assert_eq!(proxy(422, coded("invalid", "not_sent", false)), Verdict::Invalid);
        assert_eq!(proxy(409, coded("key_in_progress", "received", true)), Verdict::InProgress);
        assert_eq!(proxy(502, coded("upstream_broken", "unknown", false)), unknown("upstream_broken"));
        assert_eq!(proxy(401, coded("not_signed_in", "not_sent", false)), not_sent("signed_out", false));
        assert_eq!(proxy(500, Facts { code: Some("internal".to_owned()), ..facts(None, true) }), unknown("internal"));
        assert_eq!(judge(500, Author::Proxy, None, false, false), unknown("unreadable"));
    }

    #[test]
    fn what_stands_in_front_of_the_proxy_sent_nothing_when_it_asks_for_a_sign_in() {
        let not_sent = |reason: &str, retryable| Verdict::NotSent { reason: reason.to_owned(), retryable };
        assert_eq!(judge(401, Author::Stranger, None, true, false), not_sent("signed_out", false));
        assert_eq!(judge(0, Author::Stranger, None, false, true), not_sent("signed_out", false));
        assert_eq!(judge(302, Author::Stranger, None, true, false), not_sent("signed_out", false));
        assert_eq!(judge(403, Author::Stranger, None, true, false), not_sent("forbidden", false));
        assert_eq!(judge(404, Author::Stranger, None, true, false), not_sent("no_proxy", false));
        assert_eq!(judge(429, Author::Stranger, None, true, false), not_sent("busy", true));
        let refused = facts(Some(false), true);
        assert_eq!(judge(404, Author::Stranger, Some(&refused), false, false), Verdict::Answered { success: false });
    }
}

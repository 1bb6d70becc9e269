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

/// Whose answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    Portal,
    /// The Portal's service that tells a programme's status.
    Status,
    Ehealth,
}

impl Service {
    /// By the address on the proxy.
    pub(super) fn of(url: &str, ehealth: bool) -> Self {
        match ehealth {
            true => Self::Ehealth,
            false if url.ends_with("/status") => Self::Status,
            false => Self::Portal,
        }
    }

    /// By the payload's name.
    pub(super) fn of_payload(name: &str) -> Self {
        match name {
            "programme.status" => Self::Status,
            name if name.starts_with("contract_request") => Self::Ehealth,
            _ => Self::Portal,
        }
    }
}

/// What matters of a JSON body.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// The body is an object.
    pub(super) object: bool,
    /// Its `success`, also written as a text.
    pub(super) success: Option<bool>,
    /// It says that something is wrong.
    pub(super) faulty: bool,
    /// It has the Portal's `reason` of a refusal.
    pub(super) reason: bool,
    /// It says why, in any of the ways of the documents.
    pub(super) reasoned: bool,
    /// It has the `status` for which the Portal is asked.
    pub(super) status: bool,
    /// It has what eHealth made of the request.
    pub(super) data: bool,
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
    /// The upstream answered: that it accepted, that it refused, or only the payload's table can tell.
    Answered {
        success: Option<bool>,
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

/// An answer, as far as it is judged.
pub(super) struct Judged<'a> {
    pub(super) status: u16,
    pub(super) author: Author,
    pub(super) service: Service,
    /// The proxy says that the upstream put it off: nothing was accepted, and the same key may be sent again.
    pub(super) put_off: bool,
    /// Nothing where the body is not JSON.
    pub(super) facts: Option<&'a Facts>,
    /// The body as text: a page, or nothing at all.
    pub(super) html: bool,
    pub(super) empty: bool,
}

/// Judges an answer.
pub(super) fn judge(answer: &Judged<'_>) -> Verdict {
    match answer.author {
        Author::Proxy => of_proxy(answer.status, answer.facts),
        Author::Upstream if answer.put_off => not_sent(NotSent::BUSY, true),
        Author::Upstream => of_upstream(answer),
        Author::Stranger => of_stranger(answer),
    }
}

/// The proxy's own answer says what it means for the submission.
fn of_proxy(status: u16, facts: Option<&Facts>) -> Verdict {
    let Some(Facts { code: Some(code), state, retry, .. }) = facts else {
        return unknown(Unknown::UNREADABLE);
    };
    match (code.as_str(), state.as_deref()) {
        ("invalid", _) => Verdict::Invalid,
        (_, Some("received")) => Verdict::InProgress,
        (_, Some("not_sent")) if status == 401 => not_sent(NotSent::SIGNED_OUT, false),
        (_, Some("not_sent")) => not_sent(code, retry.unwrap_or(false)),
        _ => unknown(code),
    }
}

/// An answer of the upstream itself, or one that the proxy passed on.
fn of_upstream(answer: &Judged<'_>) -> Verdict {
    let success = match answer.facts {
        _ if answer.empty => return unknown(Unknown::EMPTY),
        _ if answer.html => return unknown(Unknown::PAGE),
        None if answer.status >= 500 => return unknown(Unknown::SERVER_FAULT),
        None => return unknown(Unknown::UNREADABLE),
        Some(facts) => match answer.service {
            Service::Ehealth => by_ehealth(answer.status, facts),
            service => by_portal(answer.status, service, facts),
        },
    };
    match success {
        None if answer.status >= 500 => unknown(Unknown::SERVER_FAULT),
        success => Verdict::Answered { success },
    }
}

/// Whether the Portal accepted; its word counts, and a server that fails and says why has decided.
fn by_portal(status: u16, service: Service, facts: &Facts) -> Option<bool> {
    match (facts.success, status) {
        (Some(true), 200..300) if !facts.faulty => Some(true),
        (Some(true), _) => None,
        (Some(false), 500..) if !facts.reasoned => None,
        (Some(false), _) | (None, 401 | 403 | 413 | 429) => Some(false),
        (None, _) if facts.reason => Some(false),
        (None, 200..300) if facts.faulty => Some(false),
        (None, 200..300) if service == Service::Status && facts.status => Some(true),
        (None, 400..500) if facts.reasoned => Some(false),
        _ => None,
    }
}

/// Whether eHealth accepted: a status that says so, and nothing that says otherwise.
fn by_ehealth(status: u16, facts: &Facts) -> Option<bool> {
    match status {
        200..300 if facts.faulty || facts.success == Some(false) => Some(false),
        200..300 if facts.object && (facts.data || !facts.reasoned) => Some(true),
        400..500 => Some(false),
        _ => None,
    }
}

/// An answer that names no author: in front of the proxy, or of one that is older than the header.
fn of_stranger(answer: &Judged<'_>) -> Verdict {
    match answer.status {
        // A redirect, which a browser shows as status 0: a sign-in page.
        0 | 301..=303 | 307 | 308 | 401 => not_sent(NotSent::SIGNED_OUT, false),
        403 => not_sent(NotSent::FORBIDDEN, false),
        404 | 405 | 413..=415 | 431 if answer.html || answer.empty || answer.facts.is_none() => {
            not_sent(NotSent::NO_PROXY, false)
        }
        429 => not_sent(NotSent::BUSY, true),
        _ => of_upstream(answer),
    }
}

fn unknown(reason: &str) -> Verdict {
    Verdict::Unknown { reason: reason.to_owned() }
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

    /// An answer with JSON in it.
    fn json(status: u16, author: Author, service: Service, facts: &Facts) -> Verdict {
        judge(&Judged { status, author, service, put_off: false, facts: Some(facts), html: false, empty: false })
    }

    /// An answer of anything else.
    fn text(status: u16, author: Author, html: bool, empty: bool) -> Verdict {
        judge(&Judged { status, author, service: Service::Portal, put_off: false, facts: None, html, empty })
    }

    fn answered(success: Option<bool>) -> Verdict {
        Verdict::Answered { success }
    }

    #[test]
    fn the_portals_word_counts() {
        let portal = |status, facts: Facts| json(status, Author::Upstream, Service::Portal, &facts);
        assert_eq!(portal(200, facts(Some(true), false)), answered(Some(true)));
        assert_eq!(portal(200, facts(Some(false), true)), answered(Some(false)));
        assert_eq!(portal(200, facts(None, true)), answered(Some(false)));
        assert_eq!(portal(200, Facts { reason: true, ..facts(None, false) }), answered(Some(false)));
        assert_eq!(portal(422, facts(None, true)), answered(Some(false)));
        assert_eq!(portal(500, facts(Some(false), true)), answered(Some(false)));
        assert_eq!(portal(401, facts(None, false)), answered(Some(false)));
    }

    #[test]
    fn an_answer_of_the_portal_that_does_not_say_so_is_no_acceptance() {
        let portal = |status, facts: Facts| json(status, Author::Upstream, Service::Portal, &facts);
        for status in [200, 201, 204, 302, 400, 404] {
            assert_eq!(portal(status, facts(None, false)), answered(None), "{status}");
        }
        assert_eq!(portal(200, facts(Some(true), true)), answered(None));
        assert_eq!(portal(409, facts(Some(true), false)), answered(None));
        assert_eq!(portal(200, Facts { status: true, ..facts(None, false) }), answered(None));
        assert_eq!(portal(200, Facts { data: true, ..facts(None, false) }), answered(None));
        let status = |facts: Facts| json(200, Author::Upstream, Service::Status, &facts);
        assert_eq!(status(Facts { status: true, ..facts(None, false) }), answered(Some(true)));
        assert_eq!(status(facts(None, false)), answered(None));
    }

    #[test]
    fn ehealths_status_counts() {
        let ehealth = |status, facts: Facts| json(status, Author::Upstream, Service::Ehealth, &facts);
        assert_eq!(ehealth(201, facts(None, false)), answered(Some(true)));
        assert_eq!(ehealth(200, Facts { data: true, reasoned: true, ..facts(None, false) }), answered(Some(true)));
        assert_eq!(ehealth(200, Facts { reasoned: true, ..facts(None, false) }), answered(None));
        assert_eq!(ehealth(200, Facts::default()), answered(None));
        assert_eq!(ehealth(200, facts(None, true)), answered(Some(false)));
        assert_eq!(ehealth(422, facts(None, false)), answered(Some(false)));
        assert_eq!(ehealth(500, facts(Some(false), true)), unknown("server_fault"));
    }

    #[test]
    fn what_says_nothing_is_unknown() {
        assert_eq!(text(200, Author::Upstream, false, true), unknown("empty"));
        assert_eq!(text(200, Author::Upstream, true, false), unknown("page"));
        assert_eq!(text(404, Author::Upstream, true, false), unknown("page"));
        assert_eq!(text(200, Author::Upstream, false, false), unknown("unreadable"));
        assert_eq!(text(502, Author::Upstream, false, false), unknown("server_fault"));
        assert_eq!(text(502, Author::Stranger, true, false), unknown("page"));
        for of in [Service::Portal, Service::Ehealth] {
            assert_eq!(json(500, Author::Upstream, of, &facts(None, true)), unknown("server_fault"));
            assert_eq!(json(503, Author::Upstream, of, &facts(Some(true), false)), unknown("server_fault"));
        }
    }

    #[test]
    fn what_the_upstream_put_off_was_not_accepted() {
        let put_off = |author| {
            judge(&Judged {
                status: 503,
                author,
                service: Service::Portal,
                put_off: true,
                facts: None,
                html: true,
                empty: false,
            })
        };
        assert_eq!(put_off(Author::Upstream), not_sent(NotSent::BUSY, true));
        assert_eq!(put_off(Author::Stranger), unknown("page"), "only the proxy's word counts");
    }

    #[test]
    fn the_proxy_says_whether_anything_was_sent() {
        let proxy = |status, facts: Facts| json(status, Author::Proxy, Service::Portal, &facts);
        let unreachable = proxy(502, coded("upstream_unreachable", "not_sent", true));
        assert_eq!(unreachable, not_sent("upstream_unreachable", true));
        assert_eq!(proxy(503, coded("not_configured", "not_sent", false)), not_sent("not_configured", false));
        assert_eq!(proxy(422, coded("invalid", "not_sent", false)), Verdict::Invalid);
        assert_eq!(proxy(409, coded("key_in_progress", "received", true)), Verdict::InProgress);
        assert_eq!(proxy(502, coded("upstream_broken", "unknown", false)), unknown("upstream_broken"));
        assert_eq!(proxy(401, coded("not_signed_in", "not_sent", false)), not_sent("signed_out", false));
        assert_eq!(proxy(500, Facts { code: Some("internal".to_owned()), ..facts(None, true) }), unknown("internal"));
        assert_eq!(text(500, Author::Proxy, false, false), unknown("unreadable"));
    }

    #[test]
    fn what_stands_in_front_of_the_proxy_sent_nothing_when_it_asks_for_a_sign_in() {
        assert_eq!(text(401, Author::Stranger, true, false), not_sent("signed_out", false));
        assert_eq!(text(0, Author::Stranger, false, true), not_sent("signed_out", false));
        assert_eq!(text(302, Author::Stranger, true, false), not_sent("signed_out", false));
        assert_eq!(text(403, Author::Stranger, true, false), not_sent("forbidden", false));
        assert_eq!(text(404, Author::Stranger, true, false), not_sent("no_proxy", false));
        assert_eq!(text(429, Author::Stranger, true, false), not_sent("busy", true));
        let refused = facts(Some(false), true);
        assert_eq!(json(404, Author::Stranger, Service::Portal, &refused), answered(Some(false)));
    }
}

//! One submission from the first attempt to its outcome. Only what surely was not sent is tried again, with the same key; when a
//! connection broke off, the proxy's journal is asked what became of the key, and nothing is sent for that.

use serde::Serialize;

use super::fetch::{self, Answer, Ask, Broken};
use super::judge::{Author, Service, Verdict};
use super::outcome::{NotSent, Outcome, Unknown};
use super::{Client, Submission, SubmitOptions, backoff, host, journal, words};
use crate::explain::accepted;
use crate::options::Locale;

/// What goes out: the preview's body and endpoint, byte for byte.
#[derive(Clone, Debug)]
pub(super) struct Parcel {
    pub(super) key: String,
    pub(super) url: String,
    pub(super) service: Service,
    pub(super) body: String,
    pub(super) locale: Locale,
}

/// What a parcel came to, before the payload's table has read the upstream's answer.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub(super) enum Delivery {
    /// The upstream answered.
    Answered {
        /// Whether it says that it accepted; nothing where only the table can tell.
        success: Option<bool>,
        status: u16,
        answer: String,
        at: String,
        repeated: bool,
        request_id: Option<String>,
        /// For a person, where the table cannot tell either.
        message: &'static str,
    },
    /// The proxy found errors in the body; its answer has them.
    Invalid {
        answer: String,
    },
    NotSent {
        reason: String,
        retryable: bool,
        retry_after: Option<u32>,
        request_id: Option<String>,
        message: String,
    },
    Unknown {
        reason: String,
        request_id: Option<String>,
        message: &'static str,
    },
    /// A wrong call.
    Call {
        message: String,
    },
}

impl Delivery {
    pub(super) fn not_sent(reason: &str, retryable: bool, locale: Locale) -> Self {
        let message = words::not_sent(reason, locale).to_owned();
        Self::NotSent { reason: reason.to_owned(), retryable, retry_after: None, request_id: None, message }
    }

    pub(super) fn unknown(reason: &str, request_id: Option<String>, locale: Locale) -> Self {
        Self::Unknown { reason: reason.to_owned(), request_id, message: words::unknown(locale) }
    }
}

impl Client {
    /// Submits what a form would send now. Nothing that happens on the way is an error: it is an outcome.
    ///
    /// # Panics
    ///
    /// Never; a wrong call (no `fetch`, an address that is none, a payload that is not sent) is `Outcome::NotSent` with the reason `call`.
    pub async fn submit(&self, submission: &mut impl Submission, how: SubmitOptions) -> Outcome {
        let issues = submission.errors();
        if !issues.is_empty() {
            return Outcome::Invalid { issues };
        }
        let locale = how.locale.unwrap_or(self.options.locale);
        let key = how.key.unwrap_or_else(host::uuid);
        let (endpoint, body) = submission.outgoing();
        let sent = match endpoint {
            Some((url, ehealth)) => {
                let url = self.address(&url, ehealth);
                let service = Service::of(&url, ehealth);
                let parcel = Parcel { key: key.clone(), url, service, body: body.clone(), locale };
                self.deliver(&parcel, how.signal.as_ref()).await
            }
            None => Delivery::Call { message: "This payload is received, not sent.".to_owned() },
        };
        told(sent, submission, key, body)
    }

    /// A preview's address on this proxy; one that is absolute or begins with a slash is taken as it is.
    pub(super) fn address(&self, url: &str, ehealth: bool) -> String {
        if url.starts_with('/') || url.starts_with("http") {
            return url.to_owned();
        }
        let base = if ehealth { &self.options.ehealth } else { &self.options.portal };
        [base.trim_end_matches('/'), "/", url].concat()
    }

    /// Sends a parcel, again where it surely did not go out.
    pub(super) async fn deliver(&self, parcel: &Parcel, signal: Option<&web_sys::AbortSignal>) -> Delivery {
        let mut attempt = 1;
        loop {
            let sent = if self.gone(signal).await {
                Delivery::not_sent(NotSent::UNREACHABLE, true, parcel.locale)
            } else {
                match self.attempt(parcel, signal).await {
                    Ok(answer) => answer.judged(parcel.service, parcel.locale),
                    Err(broken) => self.after_break(broken, parcel, signal).await,
                }
            };
            let Some(wait) = again(&sent, attempt) else { return sent };
            host::sleep(wait, signal).await;
            if host::aborted(signal) {
                return match sent {
                    Delivery::Unknown { .. } => sent,
                    _ => Delivery::not_sent(NotSent::ABORTED, true, parcel.locale),
                };
            }
            attempt += 1;
        }
    }

    /// Whether the proxy surely is not there. A browser does not say whether a failed request was sent; so a look
    /// comes first, and what it does not reach is surely not sent.
    async fn gone(&self, signal: Option<&web_sys::AbortSignal>) -> bool {
        if !host::browser() {
            return false;
        }
        let look = self.look("health", fetch::GLANCE, signal).await;
        matches!(look, Err(Broken::Lost | Broken::NotConnected))
    }

    async fn attempt(&self, parcel: &Parcel, signal: Option<&web_sys::AbortSignal>) -> Result<Answer, Broken> {
        let key = ["\"", &parcel.key, "\""].concat();
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key.as_str()),
            ("x-portform-locale", parcel.locale.as_str()),
        ];
        let (url, body) = (parcel.url.as_str(), Some(parcel.body.as_str()));
        fetch::exchange(self, &Ask { url, body, headers: &headers, limit: self.options.timeout, signal }).await
    }

    /// No answer: what surely was not sent is told as such; of the rest the journal is asked.
    async fn after_break(&self, broken: Broken, parcel: &Parcel, signal: Option<&web_sys::AbortSignal>) -> Delivery {
        let locale = parcel.locale;
        let reason = match broken {
            Broken::Offline => return Delivery::not_sent(NotSent::OFFLINE, true, locale),
            Broken::NotConnected => return Delivery::not_sent(NotSent::UNREACHABLE, true, locale),
            Broken::Headers => return Delivery::not_sent(NotSent::HEADERS, false, locale),
            Broken::AbortedBefore => return Delivery::not_sent(NotSent::ABORTED, true, locale),
            Broken::Aborted => return Delivery::unknown(Unknown::ABORTED, None, locale),
            Broken::Call(message) => return Delivery::Call { message },
            Broken::Timeout => Unknown::TIMEOUT,
            Broken::Lost => Unknown::LOST,
        };
        match journal::ask(self, &parcel.key, locale, signal).await {
            // Nobody knows, but why is known better here.
            Delivery::Unknown { request_id, .. } => Delivery::unknown(reason, request_id, locale),
            Delivery::Call { .. } => Delivery::unknown(reason, None, locale),
            known => known,
        }
    }
}

/// How long to wait before the next attempt, where there is to be one.
fn again(sent: &Delivery, attempt: u32) -> Option<u32> {
    let retry_after = match sent {
        Delivery::NotSent { reason, retryable: true, retry_after, .. }
            if !matches!(reason.as_str(), NotSent::OFFLINE | NotSent::ABORTED) =>
        {
            *retry_after
        }
        Delivery::Unknown { reason, .. } if reason == Unknown::IN_PROGRESS => None,
        _ => return None,
    };
    backoff::wait(attempt, retry_after, host::chance())
}

/// The outcome, once the payload's table has read the answer.
fn told(sent: Delivery, submission: &mut impl Submission, key: String, body: String) -> Outcome {
    match sent {
        Delivery::Answered { success, status, answer, at, repeated, request_id, message } => {
            let issues = submission.explain(status, answer.as_bytes());
            match (accepted(&issues), success) {
                (Some(true), None | Some(true)) => {
                    Outcome::Accepted { key, status, answer, body, at, repeated, request_id }
                }
                (Some(_), _) => Outcome::Refused { key, status, answer, issues, body, at, request_id },
                (None, _) => {
                    submission.forget();
                    let reason = Unknown(Unknown::of(status).to_owned());
                    Outcome::Unknown { key, reason, message: message.to_owned(), body, request_id }
                }
            }
        }
        Delivery::Invalid { .. } => Outcome::Invalid { issues: submission.issues() },
        Delivery::NotSent { reason, retryable, retry_after, request_id, message } => {
            Outcome::NotSent { key, reason: NotSent(reason), retryable, retry_after, request_id, message }
        }
        Delivery::Unknown { reason, request_id, message } => {
            submission.forget();
            Outcome::Unknown { key, reason: Unknown(reason), message: message.to_owned(), body, request_id }
        }
        Delivery::Call { message } => Outcome::NotSent {
            key,
            reason: NotSent("call".to_owned()),
            retryable: false,
            retry_after: None,
            request_id: None,
            message,
        },
    }
}

impl Answer {
    /// What the answer means.
    pub(super) fn judged(self, service: Service, locale: Locale) -> Delivery {
        let facts = self.facts(locale);
        match self.verdict(service, facts.as_ref()) {
            Verdict::Answered { success } => self.told(success, locale),
            Verdict::Invalid => Delivery::Invalid { answer: self.text },
            Verdict::NotSent { reason, retryable } => {
                let said = facts.and_then(|facts| facts.message).filter(|_| self.author == Author::Proxy);
                let message = said.unwrap_or_else(|| words::not_sent(&reason, locale).to_owned());
                let (retry_after, request_id) = (self.retry_after, self.request_id);
                Delivery::NotSent { reason, retryable, retry_after, request_id, message }
            }
            Verdict::InProgress => Delivery::unknown(Unknown::IN_PROGRESS, self.request_id, locale),
            Verdict::Unknown { reason } => Delivery::unknown(&reason, self.request_id, locale),
        }
    }

    /// An answer of the upstream, to be handed to the payload's table.
    pub(super) fn told(self, success: Option<bool>, locale: Locale) -> Delivery {
        Delivery::Answered {
            success,
            status: self.status,
            at: self.at.unwrap_or_else(host::now),
            repeated: self.repeated,
            request_id: self.request_id,
            answer: self.text,
            message: words::unknown(locale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Filter, Form};
    use crate::options::Options;

    fn answered(status: u16, answer: &str, success: Option<bool>) -> Delivery {
        Delivery::Answered {
            success,
            status,
            answer: answer.to_owned(),
            at: "2026-11-25T10:00:00Z".to_owned(),
            repeated: false,
            request_id: Some("r-1".to_owned()),
            message: words::unknown(Locale::En),
        }
    }

    /// What a delivery comes to, and how many reasons the form shows then.
    fn outcome(form: &mut Form, sent: Delivery) -> (Outcome, usize) {
        let outcome = told(sent, form, "k".to_owned(), "{}".to_owned());
        let shown = form.issues(&Filter { severity: Some(crate::Severity::Error), ..Filter::default() }).unwrap();
        let refused = shown.iter().filter(|issue| issue.code == crate::issue::Code::Refused).count();
        (outcome, refused)
    }

    fn form(payload: &str) -> Form {
        Form::from_json(crate::payload(payload).unwrap(), Options::default(), b"{}").unwrap()
    }

    #[test]
    fn the_payloads_table_has_the_last_word() {
        let mut form = form("cycle.create");
        for (status, answer, success) in
            [(200, r#"{"success":true}"#, Some(true)), (200, r#""{\"success\":true}""#, None)]
        {
            let (came_to, shown) = outcome(&mut form, answered(status, answer, success));
            assert!(matches!(came_to, Outcome::Accepted { request_id: Some(_), .. }), "{answer}: {came_to:?}");
            assert_eq!(shown, 0);
        }
        for (status, answer, success) in [
            (200, r#"{"success":false,"reason":"already_exists"}"#, Some(false)),
            (200, r#"[{"message":"bad","path":"id"}]"#, None),
            (400, r#"{"error":"bad"}"#, Some(false)),
        ] {
            let (came_to, shown) = outcome(&mut form, answered(status, answer, success));
            assert!(matches!(came_to, Outcome::Refused { request_id: Some(_), .. }), "{answer}: {came_to:?}");
            assert_eq!(shown, 1);
        }
    }

    #[test]
    fn an_answer_that_tells_nothing_is_unknown_and_no_reason_is_shown_for_it() {
        let refusal = r#"{"success":false,"reason":"already_exists"}"#;
        let mut cycle = form("cycle.create");
        for (status, answer) in
            [(200, "{}"), (200, "[]"), (200, r#"{"message":"hello"}"#), (503, r#"{"error":"oops"}"#)]
        {
            for success in [None, Some(true), Some(false)] {
                assert_eq!(outcome(&mut cycle, answered(200, refusal, Some(false))).1, 1);
                let (came_to, shown) = outcome(&mut cycle, answered(status, answer, success));
                let word = if status == 503 { Unknown::SERVER_FAULT } else { Unknown::UNCLEAR };
                let one_message = words::unknown(Locale::En);
                assert!(
                    matches!(&came_to, Outcome::Unknown { reason, message, request_id: Some(_), .. }
                        if reason.as_str() == word && message == one_message),
                    "{answer}: {came_to:?}"
                );
                assert_eq!(shown, 0, "{answer}");
            }
        }
        let mut envelope = form("contract_request.envelope");
        let (came_to, _) = outcome(&mut envelope, answered(500, r#"{"error":{"message":"oops"}}"#, None));
        assert!(matches!(came_to, Outcome::Unknown { .. }), "{came_to:?}");
    }

    #[test]
    fn what_nobody_answered_shows_no_reason_of_an_earlier_attempt() {
        let mut form = form("cycle.create");
        assert_eq!(
            outcome(&mut form, answered(200, r#"{"success":false,"reason":"already_exists"}"#, Some(false))).1,
            1
        );
        let lost = Delivery::unknown(Unknown::LOST, None, Locale::En);
        let (came_to, shown) = outcome(&mut form, lost);
        assert!(matches!(came_to, Outcome::Unknown { .. }), "{came_to:?}");
        assert_eq!(shown, 0);
    }
}

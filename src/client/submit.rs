//! One submission from the first attempt to its outcome. Only what surely was not sent is tried again, with the same key; when a
//! connection broke off, the proxy's journal is asked what became of the key, and nothing is sent for that.

use serde::Serialize;

use super::fetch::{self, Answer, Broken};
use super::judge::{Author, Verdict, judge};
use super::outcome::{NotSent, Outcome, Unknown};
use super::{Client, Submission, SubmitOptions, backoff, host, journal, words};
use crate::options::Locale;

/// What goes out: the preview's body and endpoint, byte for byte.
#[derive(Clone, Debug)]
pub(super) struct Parcel {
    pub(super) key: String,
    pub(super) url: String,
    pub(super) body: String,
    pub(super) locale: Locale,
}

/// What a parcel came to, before anybody has read the upstream's answer.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub(super) enum Delivery {
    /// The upstream answered.
    Answered {
        success: bool,
        status: u16,
        answer: String,
        at: String,
        repeated: bool,
    },
    /// The proxy found errors in the body; its answer has them.
    Invalid {
        answer: String,
    },
    NotSent {
        reason: String,
        retryable: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after: Option<u32>,
        message: String,
    },
    Unknown {
        reason: String,
        message: String,
    },
    /// A wrong call.
    Call {
        message: String,
    },
}

impl Delivery {
    pub(super) fn not_sent(reason: &str, retryable: bool, locale: Locale) -> Self {
        let message = words::not_sent(reason, locale).to_owned();
        Self::NotSent { reason: reason.to_owned(), retryable, retry_after: None, message }
    }

    pub(super) fn unknown(reason: &str, locale: Locale) -> Self {
        Self::Unknown { reason: reason.to_owned(), message: words::unknown(locale).to_owned() }
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
        let Some((url, ehealth)) = endpoint else {
            let message = "This payload is received, not sent.".to_owned();
            return Outcome::NotSent {
                key,
                reason: NotSent("call".to_owned()),
                retryable: false,
                retry_after: None,
                message,
            };
        };
        let parcel = Parcel { key: key.clone(), url: self.address(&url, ehealth), body: body.clone(), locale };
        let sent = self.deliver(&parcel, how.signal.as_ref()).await;
        match sent {
            Delivery::Answered { success, status, answer, at, repeated } => {
                let issues = submission.explain(status, answer.as_bytes());
                if success && issues.is_empty() {
                    Outcome::Accepted { key, status, answer, body, at, repeated }
                } else {
                    Outcome::Refused { key, status, answer, issues, body, at }
                }
            }
            Delivery::Invalid { .. } => Outcome::Invalid { issues: submission.issues() },
            Delivery::NotSent { reason, retryable, retry_after, message } => {
                Outcome::NotSent { key, reason: NotSent(reason), retryable, retry_after, message }
            }
            Delivery::Unknown { reason, message } => Outcome::Unknown { key, reason: Unknown(reason), message, body },
            Delivery::Call { message } => Outcome::NotSent {
                key,
                reason: NotSent("call".to_owned()),
                retryable: false,
                retry_after: None,
                message,
            },
        }
    }

    /// A preview's address on this proxy; one that is absolute or begins with a slash is taken as it is.
    pub(super) fn address(&self, url: &str, ehealth: bool) -> String {
        if url.starts_with('/') || url.starts_with("http") {
            return url.to_owned();
        }
        let base = if ehealth { &self.options.ehealth } else { &self.options.portal };
        format!("{}/{url}", base.trim_end_matches('/'))
    }

    /// Sends a parcel, again where it surely did not go out.
    pub(super) async fn deliver(&self, parcel: &Parcel, signal: Option<&web_sys::AbortSignal>) -> Delivery {
        let mut signed_in_again = false;
        let mut attempt = 1;
        loop {
            let sent = if self.gone(signal).await {
                Delivery::not_sent(NotSent::UNREACHABLE, true, parcel.locale)
            } else {
                match self.attempt(parcel, signal).await {
                    Ok(answer) => answer.judged(parcel.locale),
                    Err(broken) => self.after_break(broken, parcel, signal).await,
                }
            };
            let (reason, retry_after) = match &sent {
                // A token may have expired while the page stood open: the headers are asked for anew, once.
                Delivery::NotSent { reason, .. }
                    if reason == NotSent::SIGNED_OUT && self.options.headers.is_some() && !signed_in_again =>
                {
                    signed_in_again = true;
                    continue;
                }
                Delivery::NotSent { reason, retryable: true, retry_after, .. } => (reason.as_str(), *retry_after),
                Delivery::Unknown { reason, .. } if reason == Unknown::IN_PROGRESS => (reason.as_str(), None),
                _ => return sent,
            };
            let hopeless = matches!(reason, NotSent::OFFLINE | NotSent::ABORTED);
            let Some(wait) = backoff::wait(attempt, retry_after, host::chance()).filter(|_| !hopeless) else {
                return sent;
            };
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
        let health = self.beside("health");
        let look = fetch::get(self, &health, signal, &[("accept", "application/json")], fetch::GLANCE).await;
        matches!(look, Err(Broken::Lost | Broken::NotConnected))
    }

    async fn attempt(&self, parcel: &Parcel, signal: Option<&web_sys::AbortSignal>) -> Result<Answer, Broken> {
        let key = format!("\"{}\"", parcel.key);
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key.as_str()),
            ("x-portform-locale", parcel.locale.as_str()),
        ];
        fetch::post(self, &parcel.url, &parcel.body, signal, &headers).await
    }

    /// No answer: what surely was not sent is told as such; of the rest the journal is asked.
    async fn after_break(&self, broken: Broken, parcel: &Parcel, signal: Option<&web_sys::AbortSignal>) -> Delivery {
        let locale = parcel.locale;
        let reason = match broken {
            Broken::Offline => return Delivery::not_sent(NotSent::OFFLINE, true, locale),
            Broken::NotConnected => return Delivery::not_sent(NotSent::UNREACHABLE, true, locale),
            Broken::Headers => return Delivery::not_sent(NotSent::HEADERS, false, locale),
            Broken::AbortedBefore => return Delivery::not_sent(NotSent::ABORTED, true, locale),
            Broken::Aborted => return Delivery::unknown(Unknown::ABORTED, locale),
            Broken::Call(message) => return Delivery::Call { message },
            Broken::Timeout => Unknown::TIMEOUT,
            Broken::Lost => Unknown::LOST,
        };
        match journal::ask(self, &parcel.key, locale, signal).await {
            // Nobody knows, but why is known better here.
            Delivery::Unknown { .. } | Delivery::Call { .. } => Delivery::unknown(reason, locale),
            known => known,
        }
    }
}

impl Answer {
    /// What the answer means.
    pub(super) fn judged(&self, locale: Locale) -> Delivery {
        let facts = self.facts(locale);
        match judge(self.status, self.author, facts.as_ref(), self.html, self.empty()) {
            Verdict::Answered { success } => Delivery::Answered {
                success,
                status: self.status,
                answer: self.text.clone(),
                at: self.at.clone().unwrap_or_else(host::now),
                repeated: self.repeated,
            },
            Verdict::Invalid => Delivery::Invalid { answer: self.text.clone() },
            Verdict::NotSent { reason, retryable } => {
                let said = facts.and_then(|facts| facts.message).filter(|_| self.author == Author::Proxy);
                let message = said.unwrap_or_else(|| words::not_sent(&reason, locale).to_owned());
                Delivery::NotSent { reason, retryable, retry_after: self.retry_after, message }
            }
            Verdict::InProgress => Delivery::unknown(Unknown::IN_PROGRESS, locale),
            Verdict::Unknown { reason } => Delivery::unknown(&reason, locale),
        }
    }
}

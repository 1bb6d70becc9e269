//! The Portal's token: obtained with the password grant and HTTP Basic, renewed with the refresh grant, kept until
//! shortly before it ends. However many requests wait for a token, one of them asks for it and all take the outcome.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT_ENCODING, HeaderValue};
use reqwest::{Client, StatusCode};
use serde_json::Value;
use tokio::sync::Mutex;

use crate::config::PortalConfig;
use crate::errors::ProxyError;
use crate::metrics::Metrics;
use crate::secret::Secret;
use crate::transport::{HandedOver, sending_failed};
use crate::upstream::read_answer;

/// A token is renewed this long before it ends, but never earlier than after four fifths of its life.
const MARGIN: Duration = Duration::from_secs(30);

/// The longest answer of a token endpoint that is read.
const ANSWER_LIMIT: usize = 64 * 1024;

/// The token of one account on one Portal.
#[derive(Debug)]
pub struct Tokens {
    client: Client,
    portal: PortalConfig,
    slot: Mutex<Slot>,
    failures: AtomicU64,
    metrics: Arc<Metrics>,
}

#[derive(Debug, Default)]
struct Slot {
    token: Option<Token>,
    refresh: Option<Secret>,
    failure: Option<ProxyError>,
    refused_until: Option<Instant>,
}

#[derive(Debug, Clone)]
struct Token {
    access: Secret,
    fresh_until: Option<Instant>,
}

impl Token {
    fn is_fresh(&self) -> bool {
        self.fresh_until.is_none_or(|end| Instant::now() < end)
    }
}

/// What a grant came to, when the token endpoint could be reached.
enum Grant {
    Given(Token, Option<Secret>),
    Refused,
}

impl Tokens {
    /// No token yet; the first request obtains one.
    pub fn new(client: Client, portal: PortalConfig, metrics: Arc<Metrics>) -> Self {
        Self { client, portal, slot: Mutex::default(), failures: AtomicU64::new(0), metrics }
    }

    /// Whether the password was refused a moment ago, and is not tried now. Unknown, and so not said, while it is tried.
    pub fn is_refused(&self) -> bool {
        let slot = self.slot.try_lock();
        slot.is_ok_and(|slot| slot.refused_until.is_some_and(|end| Instant::now() < end))
    }

    /// Whether there is one that is fresh as far as the proxy knows. While one is being asked for there is none.
    pub fn is_fresh(&self) -> bool {
        let slot = self.slot.try_lock();
        slot.is_ok_and(|slot| slot.token.as_ref().is_some_and(Token::is_fresh))
    }

    /// A token that is fresh as far as the proxy knows.
    pub async fn get(&self) -> Result<Secret, ProxyError> {
        self.get_unless(None).await
    }

    /// A token other than this one, which the Portal has just refused.
    pub async fn renew(&self, refused: &Secret) -> Result<Secret, ProxyError> {
        self.get_unless(Some(refused)).await
    }

    async fn get_unless(&self, refused: Option<&Secret>) -> Result<Secret, ProxyError> {
        let failures_before = self.failures.load(Ordering::SeqCst);
        let mut slot = self.slot.lock().await;
        if let Some(token) = &slot.token
            && refused != Some(&token.access)
            && token.is_fresh()
        {
            return Ok(token.access.clone());
        }
        // While this request waited for the lock another one tried in vain: a second try would only double the wait.
        if self.failures.load(Ordering::SeqCst) != failures_before
            && let Some(failure) = &slot.failure
        {
            return Err(failure.clone());
        }
        // A wrong password that is tried with every submission gets the account locked.
        if slot.refused_until.is_some_and(|end| Instant::now() < end) {
            return Err(ProxyError::CredentialsRefused);
        }
        match self.obtain(&mut slot).await {
            Ok(access) => {
                slot.failure = None;
                Ok(access)
            }
            Err(error) => {
                slot.failure = Some(error.clone());
                self.failures.fetch_add(1, Ordering::SeqCst);
                Err(error)
            }
        }
    }

    async fn obtain(&self, slot: &mut Slot) -> Result<Secret, ProxyError> {
        slot.token = None;
        // Taken out, so that a refresh token is used once, also when this request is abandoned half-way.
        if let Some(refresh) = slot.refresh.take() {
            let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.expose())];
            match self.request("refresh_token", &form).await {
                Ok(Grant::Given(token, next)) => {
                    tracing::info!(grant = "refresh_token", "token obtained");
                    return Ok(keep(slot, token, next.or(Some(refresh))));
                }
                // What the endpoint makes of a refresh token says nothing of what it makes of the password.
                Ok(Grant::Refused) | Err(ProxyError::TokenUnavailable) => {}
                Err(error) => return Err(error),
            }
        }
        let credentials = &self.portal.credentials;
        let form = [
            ("grant_type", "password"),
            ("username", credentials.username.as_str()),
            ("password", credentials.password.expose()),
        ];
        match self.request("password", &form).await? {
            Grant::Given(token, refresh) => {
                tracing::info!(grant = "password", "token obtained");
                Ok(keep(slot, token, refresh))
            }
            Grant::Refused => {
                tracing::warn!(
                    seconds = self.portal.refused_pause.as_secs(),
                    "the password was refused, it is not tried again for a while"
                );
                slot.refused_until = Instant::now().checked_add(self.portal.refused_pause);
                Err(ProxyError::CredentialsRefused)
            }
        }
    }

    /// Asks for a token, and counts what came of it.
    async fn request(&self, grant: &'static str, form: &[(&str, &str)]) -> Result<Grant, ProxyError> {
        let started = Instant::now();
        let granted = self.ask(form).await;
        self.metrics.asked("token", granted.is_ok(), started.elapsed());
        let outcome = match granted {
            Ok(Grant::Given(..)) => "given",
            Ok(Grant::Refused) => "refused",
            Err(_) => "failed",
        };
        self.metrics.granted(grant, outcome);
        granted
    }

    async fn ask(&self, form: &[(&str, &str)]) -> Result<Grant, ProxyError> {
        let credentials = &self.portal.credentials;
        let asked_at = Instant::now();
        let sent = self
            .client
            .post(self.portal.token_url.clone())
            .basic_auth(&credentials.client_id, Some(credentials.client_secret.expose()))
            .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"))
            .form(form)
            .send()
            .await;
        // A lost token request is no lost submission: nothing of the body has left the proxy yet.
        let before_submission = |error| match error {
            ProxyError::UpstreamBroken | ProxyError::UpstreamIncomplete | ProxyError::AnswerTooLarge => {
                ProxyError::TokenUnavailable
            }
            ProxyError::UpstreamTimeout => ProxyError::TokenTimeout,
            other => other,
        };
        let answer = sent.map_err(|error| before_submission(sending_failed(error, &HandedOver::whole())))?;
        let status = answer.status();
        let body = read_answer(answer, ANSWER_LIMIT).await.map_err(before_submission)?;
        match status {
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Ok(Grant::Refused),
            status if status.is_success() => read_token(&body, asked_at).ok_or(ProxyError::TokenUnavailable),
            _ => Err(ProxyError::TokenUnavailable),
        }
    }
}

fn keep(slot: &mut Slot, token: Token, refresh: Option<Secret>) -> Secret {
    let access = token.access.clone();
    slot.token = Some(token);
    slot.refresh = refresh;
    slot.refused_until = None;
    access
}

fn read_token(body: &[u8], asked_at: Instant) -> Option<Grant> {
    // Some servers begin a text with a byte order mark.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let answer: Value = serde_json::from_slice(body).ok()?;
    let access = answer.get("access_token")?.as_str()?.trim();
    // It goes into a header, so it must be fit for one.
    if access.is_empty() || HeaderValue::from_str(access).is_err() {
        return None;
    }
    let seconds = match answer.get("expires_in") {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        _ => None,
    };
    let fresh_until = seconds.and_then(|seconds: f64| {
        let life = Duration::try_from_secs_f64(seconds.max(0.0)).ok()?;
        asked_at.checked_add(life.saturating_sub(MARGIN.min(life / 5)))
    });
    let refresh = answer.get("refresh_token").and_then(Value::as_str).filter(|text| !text.is_empty());
    Some(Grant::Given(Token { access: Secret::new(access), fresh_until }, refresh.map(Secret::new)))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Grant, read_token};

    /// The seconds of freshness that an answer gives; `None` when it is no token at all.
    fn freshness(answer: &str) -> Option<Option<u64>> {
        let now = Instant::now();
        match read_token(answer.as_bytes(), now)? {
            Grant::Given(token, _) => Some(token.fresh_until.map(|end| end.duration_since(now).as_secs())),
            Grant::Refused => None,
        }
    }

    #[test]
    fn a_token_is_given_up_before_it_ends() {
        assert_eq!(freshness(r#"{"access_token":"a","expires_in":43198}"#), Some(Some(43_168)));
        assert_eq!(freshness("\u{feff}{\"access_token\":\"a\",\"expires_in\":43198}"), Some(Some(43_168)));
        assert_eq!(freshness(r#"{"access_token":"a","expires_in":"100"}"#), Some(Some(80)));
        assert_eq!(freshness(r#"{"access_token":"a","expires_in":0}"#), Some(Some(0)));
        assert_eq!(freshness(r#"{"access_token":"a","expires_in":-5}"#), Some(Some(0)));
    }

    #[test]
    fn a_token_without_a_usable_end_is_kept_until_it_is_refused() {
        assert_eq!(freshness(r#"{"access_token":"a"}"#), Some(None));
        assert_eq!(freshness(r#"{"access_token":"a","expires_in":1e300}"#), Some(None));
    }

    #[test]
    fn an_answer_without_a_usable_token_is_none() {
        for answer in
            ["", "<html>", "[]", r#"{"access_token":""}"#, r#"{"access_token":7}"#, r#"{"access_token":"a\nb"}"#]
        {
            assert!(read_token(answer.as_bytes(), Instant::now()).is_none(), "{answer}");
        }
    }

    #[test]
    fn the_margin_is_no_longer_than_a_fifth_of_a_life() {
        assert!(Duration::from_secs(10) / 5 < super::MARGIN);
        assert_eq!(freshness(r#"{"access_token":"a","expires_in":10}"#), Some(Some(8)));
    }
}

//! The webhook: every notice is sent to an address of the information system, in order, signed, again until it is taken
//! or its time is over. At least once: the receiver tells repetitions by the event's id. Of several instances one
//! delivers at a time; when it is gone, another one goes on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use portform::Locale;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, Url};
use ring::hmac;

use super::Inbox;
use super::progress::{Progress, milliseconds};
use super::store::{Received, Unavailable};
use crate::clock::now;
use crate::secret::Secret;
use crate::upstream::set_cryptography;

/// The event's id: the number of the notice.
const ID_HEADER: &str = "x-portform-event-id";
/// When it was signed, in seconds since 1970.
const TIME_HEADER: &str = "x-portform-timestamp";
/// The signature.
const SIGNATURE_HEADER: &str = "x-portform-signature";

/// Where and how notices are sent.
#[derive(Debug, Clone)]
pub struct WebhookConfig {
    /// The receiver.
    pub url: Url,
    /// What deliveries are signed with.
    pub secret: Secret,
    /// How long the receiver may take to answer.
    pub timeout: Duration,
    /// The pause after the first failure; each further one is twice as long.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// After which a notice that is not taken is given up.
    pub give_up: Duration,
    /// How long an instance counts as delivering after it has last said so.
    pub lease: Duration,
}

impl WebhookConfig {
    /// A receiver, with the usual pauses.
    pub fn new(url: Url, secret: Secret) -> Self {
        Self {
            url,
            secret,
            timeout: Duration::from_secs(10),
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(600),
            give_up: Duration::from_secs(3 * 86_400),
            lease: Duration::from_secs(30),
        }
    }

    /// The pause after so many failures, between half of what it is and the whole, so that not everybody comes back at
    /// the same time.
    fn pause(&self, failures: i64, chance: u8) -> Duration {
        let doubled = self.first_pause.saturating_mul(1 << failures.saturating_sub(1).clamp(0, 20));
        let whole = doubled.min(self.longest_pause);
        whole.mul_f64(0.5 + f64::from(chance) / 510.0)
    }
}

/// The signature of a delivery: HMAC-SHA256 over the timestamp, a dot and the body, in hexadecimal digits.
pub fn signature(secret: &Secret, timestamp: u64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
    let seal = hmac::sign(&key, format!("{timestamp}.{body}").as_bytes());
    let digits: String = seal.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={digits}")
}

/// What a delivery came to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Delivery {
    Taken,
    /// Why not, and the pause that the receiver asks for.
    Refused(String, Duration),
}

/// The webhook at work.
#[derive(Debug)]
pub struct Webhook {
    inbox: Arc<Inbox>,
    config: WebhookConfig,
    client: Client,
    name: String,
}

impl Webhook {
    /// Builds the client; the error is one sentence.
    pub fn new(inbox: Arc<Inbox>, config: WebhookConfig) -> Result<Self, String> {
        set_cryptography();
        let client = Client::builder()
            .timeout(config.timeout)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("portform-proxy/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| format!("the webhook's HTTP client cannot start: {error}"))?;
        Ok(Self { inbox, config, client, name: uuid::Uuid::new_v4().simple().to_string() })
    }

    /// Delivers until the inbox is stopped, and then lets another instance deliver.
    pub async fn run(self) {
        // So often this instance says that it delivers, or looks whether another one still does.
        let beat = self.config.lease / 3;
        while !self.inbox.is_stopping() {
            let pause = self.step(beat).await.unwrap_or(beat);
            if pause.is_zero() {
                continue;
            }
            tokio::select! {
                goes_on = self.inbox.pause(pause) => if !goes_on { break },
                () = self.inbox.again.notified() => {}
            }
        }
        // Without it the others wait for the end of the lease.
        let _ = self.inbox.notices.release_webhook(&self.name).await;
    }

    /// Delivers one notice, if this instance is the one to do it and one is due. How long to pause then.
    async fn step(&self, beat: Duration) -> Result<Duration, Unavailable> {
        let notices = &self.inbox.notices;
        let Some(progress) = notices.lease_webhook(&self.name, self.config.lease).await? else {
            return Ok(beat);
        };
        // Somebody has asked for it, whatever else waits.
        if let Some(id) = notices.next_again().await? {
            self.deliver_again(id).await?;
            return Ok(Duration::ZERO);
        }
        let early = u64::try_from(progress.next_at.saturating_sub(now())).unwrap_or_default();
        if early > 0 {
            return Ok(Duration::from_millis(early).min(beat));
        }
        let Some((id, stored, item)) = notices.next(progress.position, Locale::Ru).await? else {
            tokio::select! {
                () = self.inbox.wait(progress.position, beat) => {}
                () = self.inbox.again.notified() => {}
            }
            return Ok(Duration::ZERO);
        };
        match self.deliver(&item).await {
            Delivery::Taken => notices.webhook_took(&self.name, id).await?,
            Delivery::Refused(why, asked) => self.refused(&progress, id, stored, &why, asked).await?,
        }
        Ok(Duration::ZERO)
    }

    /// Delivers once what was given up.
    async fn deliver_again(&self, id: i64) -> Result<(), Unavailable> {
        let notices = &self.inbox.notices;
        let Some(item) = notices.one(id, Locale::Ru).await? else {
            return notices.dead_was_refused(id, "erased").await;
        };
        match self.deliver(&item).await {
            Delivery::Taken => notices.dead_was_taken(id).await,
            Delivery::Refused(why, _) => notices.dead_was_refused(id, &why).await,
        }
    }

    async fn deliver(&self, item: &Received) -> Delivery {
        let Ok(body) = serde_json::to_string(item) else {
            return Delivery::Refused("no_body".to_owned(), Duration::ZERO);
        };
        let timestamp = crate::clock::seconds();
        let started = Instant::now();
        let sent = self
            .client
            .post(self.config.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header(ID_HEADER, &item.id)
            .header(TIME_HEADER, timestamp)
            .header(SIGNATURE_HEADER, signature(&self.config.secret, timestamp, &body))
            .body(body)
            .send()
            .await;
        let delivery = match sent {
            Ok(answer) if answer.status().is_success() => Delivery::Taken,
            Ok(answer) => {
                let asked =
                    answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
                let asked = Duration::from_secs(asked.unwrap_or_default()).min(self.config.longest_pause);
                Delivery::Refused(format!("status {}", answer.status().as_u16()), asked)
            }
            Err(error) if error.is_timeout() => Delivery::Refused("timeout".to_owned(), Duration::ZERO),
            Err(error) if error.is_connect() => Delivery::Refused("no_connection".to_owned(), Duration::ZERO),
            Err(_) => Delivery::Refused("connection_lost".to_owned(), Duration::ZERO),
        };
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.inbox.metrics.delivered(delivery == Delivery::Taken);
        match &delivery {
            Delivery::Taken => tracing::info!(id = item.id, milliseconds, "the webhook took a notice"),
            Delivery::Refused(why, _) => tracing::warn!(id = item.id, why, milliseconds, "the webhook took no notice"),
        }
        delivery
    }

    async fn refused(
        &self,
        progress: &Progress,
        id: i64,
        stored: i64,
        why: &str,
        asked: Duration,
    ) -> Result<(), Unavailable> {
        let at = now();
        let since = progress.failing_since.unwrap_or(at);
        let attempts = progress.attempts.saturating_add(1);
        let notices = &self.inbox.notices;
        // Its own time counts, and the receiver's: what came while it was away is not given up when it comes back late.
        if milliseconds(self.config.give_up) <= at.saturating_sub(since.max(stored)) {
            tracing::error!(id, attempts, why, "the webhook gave a notice up");
            return notices.webhook_gave_up(&self.name, id, attempts, why).await;
        }
        let [chance, ..] = uuid::Uuid::new_v4().into_bytes();
        let pause = self.config.pause(attempts, chance).max(asked);
        let next = Progress {
            position: progress.position,
            attempts,
            failing_since: Some(since),
            next_at: at.saturating_add(milliseconds(pause)),
        };
        notices.webhook_waits(&self.name, &next, why).await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{WebhookConfig, signature};
    use crate::config::base_url;
    use crate::secret::Secret;

    #[test]
    fn the_signature_is_the_published_one() {
        // printf '1764063000.{"id":"1"}' | openssl dgst -sha256 -hmac word
        let expected = "sha256=ac44dadf238af5a2106a5d48b0863345f0cc8c993e745e315da1c6ccd4e400f4";
        assert_eq!(signature(&Secret::new("word"), 1_764_063_000, r#"{"id":"1"}"#), expected);
    }

    #[test]
    fn the_pauses_grow_to_the_longest_and_differ_by_chance() -> Result<(), String> {
        let config = WebhookConfig::new(base_url("http://receiver.example/")?, Secret::new("word"));
        let pauses: Vec<u64> = (1..=12).map(|failures| config.pause(failures, 255).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
        assert_eq!(config.pause(3, 0), Duration::from_secs(2));
        assert_eq!(config.pause(i64::MAX, 0), Duration::from_secs(300));
        Ok(())
    }
}

//! The sandbox's Portal calls the organisation's system, as a real one does: with a token that it asks for, again with
//! growing pauses until it is answered, what is about one application or programme in its order. What waits and what was
//! answered is in its state, so that a restart goes on with it.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, Url};
use serde_json::{Value, json};
use sqlx::SqlitePool;
use tokio::sync::Notify;

use crate::clock::now;
use crate::config::below;
use crate::secret::Secret;
use crate::upstream::set_cryptography;

/// The longest time for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest answer that is kept.
const ANSWER_LIMIT: usize = 64 * 1024;

/// Whom the Portal calls.
#[derive(Debug, Clone)]
pub struct Target {
    /// The organisation's proxy.
    pub url: Url,
    /// portalId.
    pub portal_id: String,
    /// portalSecret.
    pub portal_secret: Secret,
}

/// How it tries again.
#[derive(Debug, Clone, Copy)]
pub struct Retry {
    /// The pause after the first failure; each further one is twice as long, up to a minute.
    pub first: Duration,
    /// So many attempts, then it gives up.
    pub attempts: u16,
}

impl Default for Retry {
    fn default() -> Self {
        Self { first: Duration::from_secs(1), attempts: 10 }
    }
}

impl Retry {
    /// The pause after so many failures.
    fn pause(self, failures: u16) -> Duration {
        let doubled = self.first.saturating_mul(1 << failures.saturating_sub(1).min(16));
        doubled.min(Duration::from_secs(60))
    }
}

/// The services of the organisation's system.
#[derive(Debug, Clone, Copy)]
pub enum Service {
    /// Applications and their cancellations.
    Applications,
    /// Outcomes of technical reviews.
    Expertise,
}

impl Service {
    fn as_str(self) -> &'static str {
        match self {
            Self::Applications => "applications",
            Self::Expertise => "expertise",
        }
    }
}

/// Puts a notice in the queue; notices with one subject arrive in their order. The notice's number.
pub async fn enqueue(
    store: &SqlitePool,
    wake: &Notify,
    service: Service,
    subject: &str,
    body: &Value,
) -> Result<i64, sqlx::Error> {
    let id =
        sqlx::query_scalar("INSERT INTO callbacks (service, subject, body, next_at) VALUES (?, ?, ?, 0) RETURNING id")
            .bind(service.as_str())
            .bind(subject)
            .bind(body.to_string())
            .fetch_one(store)
            .await?;
    wake.notify_one();
    Ok(id)
}

/// Puts a notice in the queue once more, as it was. The new notice's number, when there is an old one.
pub async fn again(store: &SqlitePool, wake: &Notify, id: i64) -> Result<Option<i64>, sqlx::Error> {
    let copied = sqlx::query_scalar(
        "INSERT INTO callbacks (service, subject, body, next_at)
         SELECT service, subject, body, 0 FROM callbacks WHERE id = ? RETURNING id",
    )
    .bind(id)
    .fetch_optional(store)
    .await?;
    wake.notify_one();
    Ok(copied)
}

/// Number, service, body, state, attempts, status, answer, error.
type Row = (i64, String, String, String, i64, Option<i64>, Option<String>, Option<String>);

/// Everything that was told or waits to be.
pub async fn list(store: &SqlitePool) -> Result<Vec<Value>, sqlx::Error> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT id, service, body, state, attempts, status, answer, error FROM callbacks ORDER BY id")
            .fetch_all(store)
            .await?;
    let parsed = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    let shown = |(id, service, body, state, attempts, status, answer, error): Row| {
        json!({
            "id": id, "service": service, "state": state, "attempts": attempts, "status": status,
            "answer": answer.as_deref().map(parsed), "error": error, "body": parsed(&body),
        })
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Calls until it is aborted.
pub async fn run(store: SqlitePool, target: Target, retry: Retry, wake: std::sync::Arc<Notify>) {
    let mut caller = match Caller::new(target) {
        Ok(caller) => caller,
        Err(error) => {
            tracing::error!(error, "the sandbox's Portal cannot call");
            return;
        }
    };
    loop {
        let pause = match step(&store, &mut caller, retry).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(%error, "the sandbox's state");
                Some(Duration::from_secs(1))
            }
        };
        match pause {
            Some(Duration::ZERO) => {}
            Some(pause) => tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = wake.notified() => {}
            },
            None => wake.notified().await,
        }
    }
}

/// Delivers what is due first. How long nothing else will be due; `None` when nothing waits.
async fn step(store: &SqlitePool, caller: &mut Caller, retry: Retry) -> Result<Option<Duration>, sqlx::Error> {
    let next: Option<(i64, String, String, i64, i64)> = sqlx::query_as(
        "SELECT id, service, body, attempts, next_at FROM callbacks AS it
         WHERE state = 'waiting' AND NOT EXISTS (
             SELECT 1 FROM callbacks AS earlier
             WHERE earlier.subject = it.subject AND earlier.state = 'waiting' AND earlier.id < it.id)
         ORDER BY next_at, id LIMIT 1",
    )
    .fetch_optional(store)
    .await?;
    let Some((id, service, body, attempts, next_at)) = next else {
        return Ok(None);
    };
    let early = next_at.saturating_sub(now());
    if let Some(early) = u64::try_from(early).ok().filter(|early| *early > 0) {
        return Ok(Some(Duration::from_millis(early)));
    }
    let attempts = u16::try_from(attempts).unwrap_or(u16::MAX).saturating_add(1);
    let attempt = caller.deliver(&service, body).await;
    let (state, next_at) = match (&attempt.after, attempts < retry.attempts) {
        (None, _) => ("answered", 0),
        (Some(_), false) => ("given_up", 0),
        (Some(asked), true) => {
            let pause = retry.pause(attempts).max(*asked);
            ("waiting", now().saturating_add(i64::try_from(pause.as_millis()).unwrap_or(i64::MAX)))
        }
    };
    tracing::info!(callback = id, service, state, attempts, status = attempt.status, "the sandbox's Portal called");
    sqlx::query(
        "UPDATE callbacks SET state = ?, attempts = ?, next_at = ?, status = ?, answer = ?, error = ? WHERE id = ?",
    )
    .bind(state)
    .bind(i64::from(attempts))
    .bind(next_at)
    .bind(attempt.status.map(i64::from))
    .bind(attempt.answer)
    .bind(attempt.error)
    .bind(id)
    .execute(store)
    .await?;
    Ok(Some(Duration::ZERO))
}

/// What one attempt came to.
#[derive(Default)]
struct Attempt {
    status: Option<u16>,
    answer: Option<String>,
    error: Option<&'static str>,
    /// It has to be repeated, not before this time.
    after: Option<Duration>,
}

impl Attempt {
    fn failed(error: &'static str) -> Self {
        Self { error: Some(error), after: Some(Duration::ZERO), ..Self::default() }
    }
}

struct Caller {
    client: Client,
    base: Url,
    target: Target,
    token: Option<Secret>,
}

impl Caller {
    fn new(target: Target) -> Result<Self, String> {
        set_cryptography();
        let client = Client::builder()
            .timeout(PATIENCE)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| format!("the HTTP client cannot start: {error}"))?;
        Ok(Self { client, base: below(&target.url, "callbacks/")?, target, token: None })
    }

    async fn deliver(&mut self, service: &str, body: String) -> Attempt {
        let refused_once = match self.once(service, body.clone()).await {
            Ok(attempt) if attempt.status == Some(401) => true,
            Ok(attempt) => return attempt,
            Err(attempt) => return attempt,
        };
        // The token's time was over, or the organisation has a new secret: one more try with a token of its own.
        if refused_once {
            self.token = None;
        }
        self.once(service, body).await.unwrap_or_else(|attempt| attempt)
    }

    async fn once(&mut self, service: &str, body: String) -> Result<Attempt, Attempt> {
        let token = match &self.token {
            Some(token) => token.clone(),
            None => self.token.insert(self.ask_for_a_token().await?).clone(),
        };
        let url = below(&self.base, service).map_err(|_| Attempt::failed("no_address"))?;
        let sent = self
            .client
            .post(url)
            .bearer_auth(token.expose())
            .header(CONTENT_TYPE, "application/json; charset=utf-8")
            .body(body)
            .send()
            .await;
        let (status, asked, text) = read(sent).await?;
        let answered = status == StatusCode::OK
            && serde_json::from_str::<Value>(&text)
                .is_ok_and(|answer| answer.get("success").is_some_and(Value::is_boolean));
        Ok(Attempt {
            status: Some(status.as_u16()),
            answer: Some(text),
            error: (!answered).then_some("no_answer_of_the_document"),
            after: (!answered).then_some(asked),
        })
    }

    async fn ask_for_a_token(&self) -> Result<Secret, Attempt> {
        let url = below(&self.base, "oauth/token").map_err(|_| Attempt::failed("no_address"))?;
        let sent = self
            .client
            .post(url)
            .basic_auth(&self.target.portal_id, Some(self.target.portal_secret.expose()))
            .form(&[("grant_type", "client_credentials")])
            .send()
            .await;
        let (status, asked, text) = read(sent).await?;
        let token = serde_json::from_str::<Value>(&text).ok();
        let token = token.as_ref().and_then(|answer| answer.get("access_token")).and_then(Value::as_str);
        match token {
            Some(token) if status == StatusCode::OK => Ok(Secret::new(token)),
            _ => Err(Attempt {
                status: Some(status.as_u16()),
                error: Some("no_token"),
                after: Some(asked),
                answer: None,
            }),
        }
    }
}

/// The status, the pause that was asked for, the text.
async fn read(sent: Result<Response, reqwest::Error>) -> Result<(StatusCode, Duration, String), Attempt> {
    let failed = |error: &reqwest::Error| Attempt::failed(if error.is_timeout() { "timeout" } else { "no_connection" });
    let mut answer = sent.map_err(|error| failed(&error))?;
    let status = answer.status();
    let asked = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| failed(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > ANSWER_LIMIT {
            return Err(Attempt::failed("answer_too_large"));
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok((status, Duration::from_secs(asked.unwrap_or_default()), text))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Retry;

    #[test]
    fn the_pauses_grow_up_to_a_minute() {
        let retry = Retry::default();
        let pauses: Vec<u64> = (1..=8).map(|failures| retry.pause(failures).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(retry.pause(u16::MAX), Duration::from_secs(60));
    }
}

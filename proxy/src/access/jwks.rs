//! The keys by which the organisation's sign-in signs its tokens: a JSON Web Key Set in a file or at an address. They are
//! read again when a token names a key that is not among them, but not as often as somebody sends such tokens.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use reqwest::{Client, Url};
use tokio::sync::Mutex;

use crate::upstream::{read_answer, set_cryptography};

/// How long it is waited for the keys.
const PATIENCE: Duration = Duration::from_secs(10);

/// Not more often than this.
const PAUSE: Duration = Duration::from_secs(10);

/// At the latest after this, so that a key that was withdrawn is not good for ever.
const STALE: Duration = Duration::from_secs(10 * 60);

/// The longest set of keys.
const LIMIT: usize = 1024 * 1024;

/// Where the keys are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// In a file.
    File(PathBuf),
    /// At an address.
    Url(Url),
}

/// The keys, as far as they are known.
#[derive(Debug)]
pub struct Keys {
    source: KeySource,
    client: Client,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    keys: Vec<Jwk>,
    read_at: Option<Instant>,
    tried_at: Option<Instant>,
}

impl Keys {
    /// No keys yet, but those in a file, which must be readable. The error is one sentence.
    pub fn new(source: KeySource) -> Result<Self, String> {
        set_cryptography();
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| format!("the HTTP client cannot start: {error}"))?;
        let known = match &source {
            KeySource::File(file) => {
                let text = std::fs::read(file).map_err(|error| format!("--jwt-jwks cannot be read: {error}"))?;
                let keys = read(&text).ok_or("--jwt-jwks is no JSON Web Key Set with a key to verify with")?;
                Known { keys, read_at: Some(Instant::now()), tried_at: None }
            }
            KeySource::Url(_) => Known::default(),
        };
        Ok(Self { source, client, known: Mutex::new(known) })
    }

    /// The keys that a token of this `kid` may be signed with. `None` when there are none because they cannot be had.
    pub async fn of(&self, kid: Option<&str>) -> Option<Vec<Jwk>> {
        let mut known = self.known.lock().await;
        let found = pick(&known.keys, kid);
        let is_fresh = known.read_at.is_some_and(|at| at.elapsed() < STALE);
        let may_try = known.tried_at.is_none_or(|at| at.elapsed() > PAUSE);
        if (!found.is_empty() && is_fresh) || !may_try {
            return (known.read_at.is_some()).then_some(found);
        }
        known.tried_at = Some(Instant::now());
        match self.fetch().await {
            Some(keys) => {
                known.keys = keys;
                known.read_at = Some(Instant::now());
            }
            None => tracing::warn!("the keys of the sign-in cannot be read"),
        }
        known.read_at.is_some().then(|| pick(&known.keys, kid))
    }

    async fn fetch(&self) -> Option<Vec<Jwk>> {
        match &self.source {
            KeySource::File(file) => read(&tokio::fs::read(file).await.ok()?),
            KeySource::Url(url) => {
                let answer = self.client.get(url.clone()).send().await.ok()?;
                let is_good = answer.status().is_success();
                let text = read_answer(answer, LIMIT).await.ok()?;
                is_good.then(|| read(&text)).flatten()
            }
        }
    }
}

/// The keys of a set that can verify; one of an unknown kind does not spoil the others.
fn read(text: &[u8]) -> Option<Vec<Jwk>> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let JwkSet { keys } = serde_json::from_slice(text).ok()?;
    let verifies = |key: &Jwk| key.is_supported() && key.common.public_key_use != Some(PublicKeyUse::Encryption);
    let keys: Vec<Jwk> = keys.into_iter().filter(verifies).collect();
    (!keys.is_empty()).then_some(keys)
}

fn pick(keys: &[Jwk], kid: Option<&str>) -> Vec<Jwk> {
    let fits = |key: &&Jwk| kid.is_none() || key.common.key_id.as_deref() == kid;
    keys.iter().filter(fits).cloned().collect()
}

//! The HTTP client towards the upstreams: adds the bearer token, sends the bytes as they are, reads the answer within
//! its limits. A request is repeated in one case only: the Portal refused the token, so it has not looked at the body.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER,
};
use reqwest::{Client, Method, StatusCode, Url};

use crate::config::{Config, EhealthConfig, PortalConfig, below};
use crate::errors::ProxyError;
use crate::journal::State;
use crate::metrics::Metrics;
use crate::routes::Upstream;
use crate::secret::Secret;
use crate::token::Tokens;
use crate::transport::{HandedOver, reading_failed, sending_failed};

/// An upstream's answer, as it came.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its content type, when it gave one.
    pub content_type: Option<HeaderValue>,
    /// How its body is packed, when it is in a way that is not unpacked here.
    pub content_encoding: Option<HeaderValue>,
    /// When it wants to be asked again, when it said so.
    pub retry_after: Option<HeaderValue>,
    /// Its body.
    pub body: Bytes,
}

impl Answer {
    /// What it says of the submission: an upstream that puts it off has not taken it.
    pub fn state(&self) -> State {
        match self.status {
            StatusCode::TOO_MANY_REQUESTS => State::NotSent,
            StatusCode::SERVICE_UNAVAILABLE if self.retry_after.is_some() => State::NotSent,
            _ => State::Sent,
        }
    }
}

/// The upstreams that are configured.
#[derive(Debug)]
pub struct Upstreams {
    /// For what may be asked again: it keeps connections.
    client: Client,
    /// For what must not be sent twice: a connection of its own for each, which the upstream cannot just have closed
    /// because nothing was asked over it for a while.
    once: Client,
    portal: Option<(PortalConfig, Tokens)>,
    ehealth: Option<EhealthConfig>,
    answer_limit: usize,
    metrics: Arc<Metrics>,
}

impl Upstreams {
    /// Builds the client; the error is one sentence.
    pub fn new(config: &Config, metrics: &Arc<Metrics>) -> Result<Self, String> {
        set_cryptography();
        let urls = [config.portal.as_ref().map(|portal| &portal.url), config.ehealth.as_ref().map(|it| &it.url)];
        let nearby = urls.into_iter().flatten().all(is_loopback);
        let builder = || {
            let builder = Client::builder()
                .connect_timeout(config.connect_timeout)
                .timeout(config.upstream_timeout)
                .redirect(reqwest::redirect::Policy::none())
                .user_agent(concat!("portform-proxy/", env!("CARGO_PKG_VERSION")));
            if nearby { builder.no_proxy() } else { builder }
        };
        let failed = |error: reqwest::Error| format!("the HTTP client cannot start: {error}");
        // Shorter than servers usually keep a connection.
        let client = builder().pool_idle_timeout(Duration::from_secs(10)).build().map_err(failed)?;
        let once = builder().pool_max_idle_per_host(0).build().map_err(failed)?;
        let portal = config.portal.clone().map(|portal| {
            let tokens = Tokens::new(once.clone(), portal.clone(), Arc::clone(metrics));
            (portal, tokens)
        });
        let (ehealth, answer_limit) = (config.ehealth.clone(), config.answer_limit);
        Ok(Self { client, once, portal, ehealth, answer_limit, metrics: Arc::clone(metrics) })
    }

    /// Whether the Portal refused the password lately, so that it is not tried now.
    pub fn is_account_refused(&self) -> bool {
        self.portal.as_ref().is_some_and(|(_, tokens)| tokens.is_refused())
    }

    /// Whether a request could go out at once, without a token to be asked for.
    pub fn is_ready(&self, upstream: Upstream) -> bool {
        match (upstream, &self.portal) {
            (Upstream::Portal, Some((_, tokens))) => tokens.is_fresh(),
            _ => true,
        }
    }

    /// Gets what a request needs before it can go out.
    pub async fn make_ready(&self, upstream: Upstream) -> Result<(), ProxyError> {
        match (upstream, &self.portal) {
            (Upstream::Portal, Some((_, tokens))) => tokens.get().await.map(drop),
            _ => Ok(()),
        }
    }

    /// Sends a request; `path` is below the upstream's base address.
    pub async fn send(
        &self,
        upstream: Upstream,
        method: Method,
        path: &str,
        body: Option<Bytes>,
    ) -> Result<Answer, ProxyError> {
        match upstream {
            Upstream::Portal => {
                let (portal, tokens) = self.portal.as_ref().ok_or(ProxyError::NotConfigured)?;
                let url = below(&portal.url, path).map_err(|_| ProxyError::NotFound)?;
                let token = tokens.get().await?;
                let answer = self.once(upstream, &method, &url, body.clone(), &token).await?;
                if answer.status != StatusCode::UNAUTHORIZED {
                    return Ok(answer);
                }
                tracing::info!("the Portal refused the token, asking for another one");
                let token = tokens.renew(&token).await?;
                let answer = self.once(upstream, &method, &url, body, &token).await?;
                if answer.status == StatusCode::UNAUTHORIZED {
                    return Err(ProxyError::CredentialsRefused);
                }
                Ok(answer)
            }
            Upstream::Ehealth => {
                let ehealth = self.ehealth.as_ref().ok_or(ProxyError::NotConfigured)?;
                let url = below(&ehealth.url, path).map_err(|_| ProxyError::NotFound)?;
                self.once(upstream, &method, &url, body, &ehealth.token).await
            }
        }
    }

    /// Asks once, and counts how long that took.
    async fn once(
        &self,
        upstream: Upstream,
        method: &Method,
        url: &Url,
        body: Option<Bytes>,
        token: &Secret,
    ) -> Result<Answer, ProxyError> {
        let started = Instant::now();
        let answer = self.ask(method, url, body, token).await;
        self.metrics.asked(upstream.name(), answer.is_ok(), started.elapsed());
        answer
    }

    async fn ask(&self, method: &Method, url: &Url, body: Option<Bytes>, token: &Secret) -> Result<Answer, ProxyError> {
        let mut bearer =
            HeaderValue::from_str(&format!("Bearer {}", token.expose())).map_err(|_| ProxyError::CredentialsRefused)?;
        bearer.set_sensitive(true);
        let handed_over = HandedOver::default();
        let ask = |client: &Client| {
            let request = client
                .request(method.clone(), url.clone())
                .header(AUTHORIZATION, bearer.clone())
                .header(ACCEPT, HeaderValue::from_static("application/json"))
                // Fewer ways to go wrong; an answer that is packed all the same is unpacked.
                .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
            match &body {
                Some(body) => request
                    .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
                    .body(handed_over.watch(body.clone())),
                None => request.body(handed_over.watch(Bytes::new())),
            }
        };
        let answer = match body {
            Some(_) => ask(&self.once).send().await,
            None => match ask(&self.client).send().await {
                // Over a connection that was just closed; asking twice does no harm.
                Err(error) if !error.is_connect() && !error.is_timeout() => ask(&self.once).send().await,
                asked => asked,
            },
        };
        let answer = answer.map_err(|error| sending_failed(error, &handed_over))?;
        let status = answer.status();
        if status.is_informational() {
            // Another protocol was agreed on, which nobody had asked for.
            return Err(ProxyError::UpstreamBroken);
        }
        if status.is_redirection() {
            return Err(match status {
                StatusCode::MOVED_PERMANENTLY | StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => {
                    ProxyError::UpstreamRedirect
                }
                // What was sent may have been taken: the other address may be that of the outcome.
                _ => ProxyError::UpstreamSeeOther,
            });
        }
        let header = |name: HeaderName| answer.headers().get(name).cloned();
        let (content_type, content_encoding) = (header(CONTENT_TYPE), header(CONTENT_ENCODING));
        let retry_after = header(RETRY_AFTER);
        let body = read_answer(answer, self.answer_limit).await?;
        Ok(Answer { status, content_type, content_encoding, retry_after, body })
    }
}

/// Reads an answer's body up to a limit.
pub async fn read_answer(mut answer: reqwest::Response, limit: usize) -> Result<Bytes, ProxyError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(reading_failed)? {
        if body.len() + chunk.len() > limit {
            return Err(ProxyError::AnswerTooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

/// Every HTTP client asks for the process-wide provider; a second start in one process finds it set, which is fine.
pub fn set_cryptography() {
    let _already_set = rustls::crypto::ring::default_provider().install_default();
}

/// Whether an address is on this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost" | "[::1]") => true,
        Some(host) => host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback()),
        None => false,
    }
}

//! The HTTP client towards the upstreams: adds the bearer token, sends the bytes as they are, reads the answer within
//! its limits. A request is repeated in one case only: the Portal refused the token, so it has not looked at the body.

use std::error::Error as _;

use axum::body::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Method, StatusCode, Url};

use crate::config::{Config, EhealthConfig, PortalConfig, below};
use crate::errors::ProxyError;
use crate::journal::State;
use crate::routes::Upstream;
use crate::secret::Secret;
use crate::token::Tokens;

/// An upstream's answer, as it came.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its content type, when it gave one.
    pub content_type: Option<HeaderValue>,
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
    client: Client,
    portal: Option<(PortalConfig, Tokens)>,
    ehealth: Option<EhealthConfig>,
    answer_limit: usize,
}

impl Upstreams {
    /// Builds the client; the error is one sentence.
    pub fn new(config: &Config) -> Result<Self, String> {
        set_cryptography();
        let mut builder = Client::builder()
            .connect_timeout(config.connect_timeout)
            .timeout(config.upstream_timeout)
            .redirect(reqwest::redirect::Policy::none())
            // Shorter than servers usually keep a connection, so that a submission does not meet a closed one.
            .pool_idle_timeout(std::time::Duration::from_secs(10))
            .user_agent(concat!("portform-proxy/", env!("CARGO_PKG_VERSION")));
        let urls = [config.portal.as_ref().map(|portal| &portal.url), config.ehealth.as_ref().map(|it| &it.url)];
        if urls.into_iter().flatten().all(is_loopback) {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| format!("the HTTP client cannot start: {error}"))?;
        let portal = config.portal.clone().map(|portal| {
            let tokens = Tokens::new(client.clone(), portal.clone());
            (portal, tokens)
        });
        Ok(Self { client, portal, ehealth: config.ehealth.clone(), answer_limit: config.answer_limit })
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
                let answer = self.once(&method, &url, body.clone(), &token).await?;
                if answer.status != StatusCode::UNAUTHORIZED {
                    return Ok(answer);
                }
                tracing::info!("the Portal refused the token, asking for another one");
                let token = tokens.renew(&token).await?;
                let answer = self.once(&method, &url, body, &token).await?;
                if answer.status == StatusCode::UNAUTHORIZED {
                    return Err(ProxyError::CredentialsRefused);
                }
                Ok(answer)
            }
            Upstream::Ehealth => {
                let ehealth = self.ehealth.as_ref().ok_or(ProxyError::NotConfigured)?;
                let url = below(&ehealth.url, path).map_err(|_| ProxyError::NotFound)?;
                self.once(&method, &url, body, &ehealth.token).await
            }
        }
    }

    async fn once(
        &self,
        method: &Method,
        url: &Url,
        body: Option<Bytes>,
        token: &Secret,
    ) -> Result<Answer, ProxyError> {
        let mut bearer =
            HeaderValue::from_str(&format!("Bearer {}", token.expose())).map_err(|_| ProxyError::CredentialsRefused)?;
        bearer.set_sensitive(true);
        let mut request = self
            .client
            .request(method.clone(), url.clone())
            .header(AUTHORIZATION, bearer)
            .header(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json")).body(body);
        }
        let answer = request.send().await.map_err(transport_error)?;
        let status = answer.status();
        if status.is_redirection() {
            return Err(ProxyError::UpstreamRedirect);
        }
        let content_type = answer.headers().get(CONTENT_TYPE).cloned();
        let retry_after = answer.headers().get(RETRY_AFTER).cloned();
        let body = read_answer(answer, self.answer_limit).await?;
        Ok(Answer { status, content_type, retry_after, body })
    }
}

/// Reads an answer's body up to a limit.
pub async fn read_answer(mut answer: reqwest::Response, limit: usize) -> Result<Bytes, ProxyError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(transport_error)? {
        if body.len() + chunk.len() > limit {
            return Err(ProxyError::AnswerTooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

/// What a failed request means for the person who submits: was anything sent, may it have arrived?
pub fn transport_error(error: reqwest::Error) -> ProxyError {
    let kind = if error.is_connect() {
        ProxyError::UpstreamUnreachable
    } else if error.is_timeout() {
        ProxyError::UpstreamTimeout
    } else {
        ProxyError::UpstreamBroken
    };
    // The causes are about the connection; the address may hold an identifier and is left out.
    let error = error.without_url();
    let mut causes = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        causes = format!("{causes}: {cause}");
        source = cause.source();
    }
    tracing::warn!(error = kind.code(), causes, "upstream request failed");
    kind
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

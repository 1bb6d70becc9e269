//! Who may do what: which names the proxy answers to, which pages may submit, who the user is, and what a user or a role
//! may submit. The proxy signs nobody in; it takes the word of a front server or the token of the organisation's sign-in.

mod allow;
mod args;
pub mod hosts;
mod jwks;
mod jwt;
pub mod origins;
mod user;

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderName};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use ipnet::IpNet;

pub use allow::{Allow, INBOX, JOURNAL, METRICS, SETTLE};
pub use args::AccessArgs;
pub use jwks::KeySource;
pub use jwt::JwtConfig;
pub use user::User;

use crate::errors::ProxyError;
use jwt::Tokens;

/// Who is let in, and how it is known who it is.
#[derive(Debug, Clone, Default)]
pub struct AccessConfig {
    /// Names besides `localhost` and addresses that the proxy is called by, in lower case and without a port.
    pub hosts: Vec<String>,
    /// The header in which a front server names the user.
    pub user_header: Option<HeaderName>,
    /// The header in which it names the user's roles, with commas.
    pub roles_header: Option<HeaderName>,
    /// Where front servers are; this machine, when none is given.
    pub fronts: Vec<IpNet>,
    /// Whose tokens are taken.
    pub jwt: Option<JwtConfig>,
    /// What users and roles may submit.
    pub allow: Allow,
}

impl AccessConfig {
    /// Whether it is asked who the user is.
    pub fn asks(&self) -> bool {
        self.user_header.is_some() || self.jwt.is_some()
    }

    fn is_front(&self, address: IpAddr) -> bool {
        match self.fronts.as_slice() {
            [] => address.is_loopback(),
            fronts => fronts.iter().any(|front| front.contains(&address)),
        }
    }
}

/// The address of who asks: of the connection, or what a front server says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Decides who is let in.
#[derive(Debug)]
pub struct Access {
    config: AccessConfig,
    tokens: Option<Tokens>,
}

impl Access {
    /// Reads the keys of the sign-in when they are in a file. The error is one sentence.
    pub fn new(config: AccessConfig) -> Result<Arc<Self>, String> {
        let tokens = config.jwt.clone().map(Tokens::new).transpose()?;
        Ok(Arc::new(Self { config, tokens }))
    }

    /// Whether it is asked who the user is.
    pub fn asks(&self) -> bool {
        self.config.asks()
    }

    /// What users and roles may do.
    pub fn may(&self, user: &User, what: &str) -> bool {
        self.config.allow.may(self.config.asks().then_some(user), what)
    }

    /// Finds out who the user is before a route runs; without a user, where one is asked for, it does not run.
    pub fn identify(self: &Arc<Self>, router: Router) -> Router {
        let access = Arc::clone(self);
        router.layer(from_fn(move |request: Request, next: Next| {
            let access = Arc::clone(&access);
            async move {
                let (mut parts, body) = request.into_parts();
                match access.user(&parts).await {
                    Ok(user) => {
                        parts.extensions.insert(user);
                        next.run(Request::from_parts(parts, body)).await
                    }
                    Err(error) => error.into_response(),
                }
            }
        }))
    }

    /// As [`identify`](Self::identify), for what only those may use who were given it by name.
    pub fn only_for(self: &Arc<Self>, area: &'static str, router: Router) -> Router {
        let access = Arc::clone(self);
        let guarded = router.layer(from_fn(move |request: Request, next: Next| {
            let access = Arc::clone(&access);
            async move {
                match request.extensions().get::<User>() {
                    Some(user) if access.may(user, area) => next.run(request).await,
                    _ => ProxyError::NotAllowed.into_response(),
                }
            }
        }));
        self.identify(guarded)
    }

    async fn user(&self, request: &Parts) -> Result<User, ProxyError> {
        if !self.config.asks() {
            return Ok(User::default());
        }
        if let Some(name) = &self.config.user_header
            && self.config.is_front(peer(&request.extensions))
            && let Some(user) = user::from_headers(&request.headers, name, self.config.roles_header.as_ref())?
        {
            return Ok(user);
        }
        match &self.tokens {
            Some(tokens) => tokens.user(&request.headers).await,
            None => Err(ProxyError::UserRequired),
        }
    }

    /// Says who asks. A front server's word counts where front servers are configured.
    pub fn client_address(&self, request: &Request) -> ClientAddress {
        let peer = peer(request.extensions());
        let is_front = |address: IpAddr| self.config.fronts.iter().any(|front| front.contains(&address));
        if !is_front(peer) {
            return ClientAddress(peer);
        }
        let said = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let mut addresses: Vec<IpAddr> = Vec::new();
        for part in said.flat_map(|text| text.split(',')) {
            match part.trim().parse::<IpAddr>() {
                Ok(address) => addresses.push(address.to_canonical()),
                // What a client made up stands before what the front server has added.
                Err(_) => addresses.clear(),
            }
        }
        ClientAddress(addresses.into_iter().rev().find(|address| !is_front(*address)).unwrap_or(peer))
    }
}

/// Whether a program of this machine asks, and not a front server on behalf of another one.
pub fn is_from_this_machine(request: &Request) -> bool {
    let passed_on = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
    peer(request.extensions()).is_loopback() && !passed_on.iter().any(|name| request.headers().contains_key(*name))
}

/// The other end of the connection.
fn peer(extensions: &Extensions) -> IpAddr {
    let unknown = IpAddr::V6(std::net::Ipv6Addr::UNSPECIFIED);
    let known = extensions.get::<ConnectInfo<std::net::SocketAddr>>();
    known.map_or(unknown, |ConnectInfo(address)| address.ip().to_canonical())
}

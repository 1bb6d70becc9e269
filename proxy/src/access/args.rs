//! The flags of who is let in.

use std::net::IpAddr;

use axum::http::HeaderName;
use clap::Args;
use clap::builder::FalseyValueParser;
use ipnet::IpNet;
use reqwest::Url;

use super::{AccessConfig, Allow, JwtConfig, KeySource, hosts};

/// Who is let in.
#[derive(Debug, Args)]
#[command(next_help_heading = "Who is let in")]
pub struct AccessArgs {
    /// Names by which the proxy is called besides localhost, its addresses and the hosts of the allowed origins
    #[arg(long, env = "PORTFORM_HOSTS", value_name = "NAME", value_delimiter = ',')]
    pub host: Vec<String>,

    /// Header in which the front server names the user, e.g. x-remote-user; believed of front servers only
    #[arg(long, env = "PORTFORM_USER_HEADER", value_name = "NAME")]
    pub user_header: Option<String>,

    /// Header in which the front server names the user's roles, with commas
    #[arg(long, env = "PORTFORM_ROLES_HEADER", value_name = "NAME", requires = "user_header")]
    pub roles_header: Option<String>,

    /// Addresses or networks of the front servers; without it this machine
    #[arg(long, env = "PORTFORM_TRUSTED_FRONTS", value_name = "ADDRESS", value_delimiter = ',')]
    pub trusted_front: Vec<String>,

    /// Keys of the sign-in whose tokens (Authorization: Bearer) are taken: a file or an address of a JSON Web Key Set
    #[arg(long, env = "PORTFORM_JWT_JWKS", value_name = "FILE-OR-URL")]
    pub jwt_jwks: Option<String>,

    /// Who must have issued a token
    #[arg(long, env = "PORTFORM_JWT_ISSUER", value_name = "ISSUER")]
    pub jwt_issuer: Option<String>,

    /// For whom a token must have been issued
    #[arg(long, env = "PORTFORM_JWT_AUDIENCE", value_name = "AUDIENCE")]
    pub jwt_audience: Option<String>,

    /// Claim that names the user
    #[arg(long, env = "PORTFORM_JWT_USER_CLAIM", value_name = "CLAIM", default_value = "sub")]
    pub jwt_user_claim: String,

    /// Claim that names the roles, e.g. realm_access.roles
    #[arg(long, env = "PORTFORM_JWT_ROLES_CLAIM", value_name = "CLAIM", default_value = "roles")]
    pub jwt_roles_claim: String,

    /// What a user or a role may submit, e.g. editors=cycle.*,programme.create; "journal", "journal-settle", "inbox"
    /// and "metrics" stand for those
    #[arg(long, env = "PORTFORM_ALLOW", value_name = "WHO=PAYLOAD,…", value_delimiter = ';')]
    pub allow: Vec<String>,

    /// Listen beyond this machine although nobody is asked who he is
    #[arg(long, env = "PORTFORM_OPEN", value_parser = FalseyValueParser::new())]
    pub open: bool,
}

impl AccessArgs {
    /// What they ask for; `listen` is where the proxy will listen. The error is one sentence.
    pub fn read(self, listen: IpAddr) -> Result<AccessConfig, String> {
        let header = |flag: &str, name: Option<String>| match name.filter(|name| !name.is_empty()) {
            Some(name) => name.parse::<HeaderName>().map(Some).map_err(|_| format!("{flag} is no name of a header")),
            None => Ok(None),
        };
        let jwt = match (self.jwt_jwks, self.jwt_issuer, self.jwt_audience) {
            (None, None, None) => None,
            (Some(keys), Some(issuer), Some(audience)) => Some(JwtConfig {
                keys: key_source(&keys)?,
                issuer,
                audience,
                user_claim: self.jwt_user_claim,
                roles_claim: self.jwt_roles_claim,
            }),
            _ => return Err("--jwt-jwks, --jwt-issuer and --jwt-audience are given together".to_owned()),
        };
        let mut allow = Allow::default();
        for grant in self.allow.iter().filter(|grant| !grant.trim().is_empty()) {
            allow.add(grant.trim())?;
        }
        let fronts = self.trusted_front.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let config = AccessConfig {
            hosts: self.host.iter().map(|host| hosts::name_of(host.trim())).filter(|host| !host.is_empty()).collect(),
            user_header: header("--user-header", self.user_header)?,
            roles_header: header("--roles-header", self.roles_header)?,
            fronts: fronts.map(network).collect::<Result<_, _>>()?,
            jwt,
            allow,
        };
        if config.allow != Allow::default() && !config.asks() {
            return Err("--allow needs --user-header or --jwt-jwks: without them nobody is asked who he is".to_owned());
        }
        if !listen.is_loopback() && !config.asks() && !self.open {
            return Err("whoever reaches this port would submit in the organisation's name: give --user-header or \
                 --jwt-jwks, listen on 127.0.0.1, or say --open"
                .to_owned());
        }
        Ok(config)
    }
}

fn key_source(text: &str) -> Result<KeySource, String> {
    if !text.contains("://") {
        return Ok(KeySource::File(text.into()));
    }
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(KeySource::Url(url)),
        _ => Err("--jwt-jwks is a file or an address that begins with https://".to_owned()),
    }
}

fn network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address.or_else(|_| text.parse::<IpNet>()).map_err(|_| format!("--trusted-front {text} is no address or network"))
}

//! Flags and environment, and the configuration that follows from them. Secrets come from the environment or from a
//! file and never from a flag, which every user of the machine could read in the list of processes.

mod args;
mod limits;
mod secrets;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use reqwest::Url;

pub use args::Args;
use secrets::read_secret;

use crate::access::AccessConfig;
use crate::callbacks::routes::CallbacksConfig;
use crate::check::{Check, check};
use crate::database::DatabaseConfig;
use crate::inbox::InboxConfig;
use crate::journal::JournalConfig;
use crate::listen::ListenConfig;
use crate::load::LoadConfig;
use crate::routes::{self, Route};
use crate::sandbox::{self, SandboxConfig};
use crate::secret::Secret;

/// For how long a refused password is not tried again: an account is locked after a few wrong ones.
pub const REFUSED_PAUSE: Duration = Duration::from_secs(5 * 60);

/// What the proxy knows of the Portal's account.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Login for HTTP Basic.
    pub client_id: String,
    /// Password for HTTP Basic.
    pub client_secret: Secret,
    /// The user's login.
    pub username: String,
    /// The user's password.
    pub password: Secret,
}

/// The Portal as an upstream.
#[derive(Debug, Clone)]
pub struct PortalConfig {
    /// Its base address, with a trailing slash.
    pub url: Url,
    /// Its token endpoint.
    pub token_url: Url,
    /// The account.
    pub credentials: Credentials,
    /// For how long a refused password is not tried again.
    pub refused_pause: Duration,
}

/// eHealth as an upstream.
#[derive(Debug, Clone)]
pub struct EhealthConfig {
    /// Its base address, with a trailing slash.
    pub url: Url,
    /// The bearer token.
    pub token: Secret,
}

/// Everything the proxy runs by.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Another address for what is counted; nowhere but on the first one without it.
    pub metrics: Option<SocketAddr>,
    /// The Portal, when configured.
    pub portal: Option<PortalConfig>,
    /// eHealth, when configured.
    pub ehealth: Option<EhealthConfig>,
    /// The paths that are forwarded.
    pub routes: Vec<Route>,
    /// Limits on connections.
    pub listen_limits: ListenConfig,
    /// Bounds on what is under way.
    pub load: LoadConfig,
    /// Who is let in.
    pub access: AccessConfig,
    /// Origins besides the proxy's own that may submit.
    pub allowed_origins: Vec<String>,
    /// The front end's files.
    pub www: Option<PathBuf>,
    /// Largest body, in bytes.
    pub body_limit: usize,
    /// Largest answer of an upstream, in bytes.
    pub answer_limit: usize,
    /// Time for a body to arrive.
    pub request_timeout: Duration,
    /// Time to connect to an upstream.
    pub connect_timeout: Duration,
    /// Time for an upstream to answer.
    pub upstream_timeout: Duration,
    /// How long it goes on after it was told to stop, while it says that it is not ready.
    pub drain: Duration,
    /// The sandbox, when one is to be started; it then stands in for upstreams that are not configured.
    pub sandbox: Option<SandboxConfig>,
    /// The proxy's own database.
    pub database: DatabaseConfig,
    /// What seals the personal data in it; without one the database has its own key.
    pub database_key: Option<Secret>,
    /// How the journal is kept.
    pub journal: JournalConfig,
    /// How a body is checked.
    pub check: Check,
    /// How the Portal is let in when it calls.
    pub callbacks: CallbacksConfig,
    /// How its notices are kept.
    pub inbox: InboxConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            metrics: None,
            portal: None,
            ehealth: None,
            routes: routes::documented(),
            listen_limits: ListenConfig::default(),
            load: LoadConfig::default(),
            access: AccessConfig::default(),
            allowed_origins: Vec::new(),
            www: None,
            body_limit: 8 * 1024 * 1024,
            answer_limit: 16 * 1024 * 1024,
            request_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(5),
            upstream_timeout: Duration::from_secs(30),
            drain: Duration::ZERO,
            sandbox: None,
            database: DatabaseConfig::Memory,
            database_key: None,
            journal: JournalConfig::default(),
            check,
            callbacks: CallbacksConfig::default(),
            inbox: InboxConfig::default(),
        }
    }
}

impl Config {
    /// What the flags and the environment ask for. `secret` looks up an environment variable. The error is one
    /// sentence for the administrator and shows no secret.
    pub fn from_args(args: Args, secret: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let client_id = login("--portal-client-id", args.portal_client_id)?;
        let username = login("--portal-username", args.portal_username)?;
        let client_secret = read_secret(&secret, "PORTFORM_PORTAL_CLIENT_SECRET")?;
        let password = read_secret(&secret, "PORTFORM_PORTAL_PASSWORD")?;
        let ehealth_token = read_secret(&secret, "PORTFORM_EHEALTH_TOKEN")?;
        let (mut callbacks, inbox) = args.inbox.read(&|name| read_secret(&secret, name))?;
        let limits = args.limits.read()?;
        callbacks.body_limit = limits.callbacks_body;

        if ehealth_token.as_ref().is_some_and(|token| reqwest::header::HeaderValue::from_str(token.expose()).is_err()) {
            return Err("PORTFORM_EHEALTH_TOKEN has characters that no token has".to_owned());
        }
        let mut routes = routes::documented();
        for assignment in args.portal_path.iter().filter(|text| !text.trim().is_empty()) {
            routes::replace(&mut routes, assignment)?;
        }
        let token_path = routes::plain(&args.portal_token_path)
            .filter(|path| routes.iter().all(|route| route.path != *path))
            .ok_or("the token endpoint's path is no path, or belongs to a payload")?
            .to_owned();
        let database = match &args.database {
            Some(address) => DatabaseConfig::parse(address)?,
            // What was tried out does not mix with what was submitted.
            None if args.sandbox => DatabaseConfig::Sqlite(args.sandbox_db.with_extension("proxy.sqlite")),
            None => DatabaseConfig::Sqlite("portform.sqlite".into()),
        };
        let mut sandbox = args.sandbox.then(|| SandboxConfig {
            database: Some(args.sandbox_db),
            token_seconds: args.sandbox_token_seconds,
            routes: routes.clone(),
            ..SandboxConfig::default()
        });

        let portal = match (&args.portal_url, &mut sandbox) {
            (Some(_), Some(_)) => {
                return Err("--sandbox and --portal-url exclude each other: the sandbox is the Portal".to_owned());
            }
            (Some(url), None) => {
                let missing = |name: &str| format!("the Portal needs {name} as well");
                Some(PortalConfig {
                    url: base_url(url)?,
                    token_url: below(&base_url(url)?, &token_path)?,
                    refused_pause: limits.refused_pause,
                    credentials: Credentials {
                        client_id: client_id.ok_or_else(|| missing("PORTFORM_PORTAL_CLIENT_ID"))?,
                        client_secret: client_secret.ok_or_else(|| missing("PORTFORM_PORTAL_CLIENT_SECRET"))?,
                        username: username.ok_or_else(|| missing("PORTFORM_PORTAL_USERNAME"))?,
                        password: password.ok_or_else(|| missing("PORTFORM_PORTAL_PASSWORD"))?,
                    },
                })
            }
            (None, Some(sandbox)) => {
                // Whatever is configured is used towards the sandbox, so that a wrong secret can be tried out.
                let example = sandbox::example_credentials();
                sandbox.credentials = Credentials {
                    client_id: client_id.unwrap_or(example.client_id),
                    client_secret: client_secret.unwrap_or(example.client_secret),
                    username: username.unwrap_or(example.username),
                    password: password.unwrap_or(example.password),
                };
                sandbox.token_path = token_path;
                None
            }
            (None, None) => None,
        };
        let ehealth = match (&args.ehealth_url, &mut sandbox) {
            (Some(_), Some(_)) => {
                return Err("--sandbox and --ehealth-url exclude each other: the sandbox is eHealth".to_owned());
            }
            (Some(url), None) => Some(EhealthConfig {
                url: base_url(url)?,
                token: ehealth_token.ok_or("eHealth needs PORTFORM_EHEALTH_TOKEN as well")?,
            }),
            (None, Some(sandbox)) => {
                sandbox.ehealth_token = ehealth_token.unwrap_or_else(sandbox::example_ehealth_token);
                None
            }
            (None, None) => None,
        };
        let database_key = read_secret(&secret, "PORTFORM_DATABASE_KEY")?;
        if args.journal_bodies && database_key.is_none() {
            return Err("--journal-bodies needs PORTFORM_DATABASE_KEY or PORTFORM_DATABASE_KEY_FILE".to_owned());
        }
        let journal = JournalConfig {
            on: !args.no_journal,
            require_key: args.require_key,
            keep: keep(&args.journal_keep)?,
            bodies: args.journal_bodies,
        };
        if portal.is_none() && ehealth.is_none() && sandbox.is_none() {
            return Err("nothing to forward to: give --portal-url, --ehealth-url or --sandbox".to_owned());
        }
        if let Some(www) = args.www.as_deref().filter(|www| !www.is_dir()) {
            return Err(format!("{} is not a directory", www.display()));
        }
        Ok(Self {
            listen: args.listen,
            metrics: args.metrics,
            portal,
            ehealth,
            routes,
            listen_limits: limits.listen,
            load: limits.load,
            access: args.access.read(args.listen.ip())?,
            allowed_origins: origins(&args.allowed_origin)?,
            www: args.www,
            body_limit: limits.body,
            answer_limit: limits.answer,
            request_timeout: limits.request_timeout,
            connect_timeout: limits.connect_timeout,
            upstream_timeout: limits.upstream_timeout,
            drain: limits.drain,
            sandbox,
            database,
            database_key,
            journal,
            callbacks,
            inbox,
            ..Self::default()
        })
    }
}

/// A login that is none would be sent all the same, and refused.
fn login(flag: &str, given: Option<String>) -> Result<Option<String>, String> {
    match given {
        Some(text) if text.trim().is_empty() => Err(format!("{flag} is empty")),
        given => Ok(given),
    }
}

/// Reads how long something is kept: a number and `s`, `m`, `h` or `d`, or `ever`.
fn keep(text: &str) -> Result<Option<Duration>, String> {
    if text == "ever" {
        return Ok(None);
    }
    let wrong = || format!("\"{text}\" is no time such as 90d, 12h or ever");
    let (number, seconds) = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)]
        .into_iter()
        .find_map(|(unit, seconds)| Some((text.strip_suffix(unit)?, seconds)))
        .ok_or_else(wrong)?;
    let number: u32 = number.trim().parse().map_err(|_| wrong())?;
    if number == 0 {
        return Err(
            "--journal-keep is longer than nothing: a key that is forgotten at once would be sent again".to_owned()
        );
    }
    Ok(Some(Duration::from_secs(u64::from(number) * seconds)))
}

/// Reads an upstream's base address, so that a path can be joined to it.
pub fn base_url(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text).map_err(|error| format!("not a base address: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err("a base address begins with https:// or http://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err("a base address has no credentials, no query and no fragment".to_owned());
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// An address below a base address.
pub fn below(base: &Url, path: &str) -> Result<Url, String> {
    base.join(path.trim_start_matches('/')).map_err(|error| format!("not a path: {error}"))
}

fn origins(texts: &[String]) -> Result<Vec<String>, String> {
    let mut origins = Vec::new();
    for text in texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        let url = Url::parse(text).map_err(|_| format!("\"{text}\" is not an origin"))?;
        let origin = url.origin();
        if !origin.is_tuple() {
            return Err(format!("\"{text}\" is not an origin such as https://example.org"));
        }
        origins.push(origin.ascii_serialization());
    }
    Ok(origins)
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::{Args, Config, base_url, origins};

    fn args(flags: &[&str]) -> Args {
        Args::parse_from([&["portform-proxy"], flags].concat())
    }

    #[test]
    fn the_help_names_every_secret_and_offers_no_flag_for_one() {
        let help = Args::command().render_long_help().to_string();
        for name in [
            "PORTFORM_PORTAL_CLIENT_SECRET",
            "PORTFORM_PORTAL_PASSWORD",
            "PORTFORM_EHEALTH_TOKEN",
            "PORTFORM_DATABASE_KEY",
            "PORTFORM_CALLBACKS_PORTAL_SECRET",
            "PORTFORM_WEBHOOK_SECRET",
        ] {
            assert!(help.contains(name), "{name}");
        }
        for flag in ["--portal-client-secret", "--portal-password", "--ehealth-token", "--database-key"] {
            assert!(!help.contains(flag), "{flag}");
        }
    }

    #[test]
    fn without_an_upstream_the_proxy_says_what_to_give() {
        let refused = Config::from_args(args(&[]), |_| None);
        assert!(refused.is_err_and(|text| text.contains("--portal-url")));
    }

    #[test]
    fn beyond_this_machine_it_must_be_known_who_submits_or_said_that_it_need_not() {
        let given = |flags: &[&str]| Config::from_args(args(&[&["--sandbox"], flags].concat()), |_| None);
        let everywhere = ["--listen", "0.0.0.0:8787"];
        let refused = given(&everywhere);
        assert!(refused.is_err_and(|text| text.contains("--user-header") && text.contains("--open")));
        assert!(given(&[]).is_ok() && given(&["--listen", "[::1]:1"]).is_ok());
        assert!(given(&[&everywhere[..], &["--open"]].concat()).is_ok());
        assert!(given(&[&everywhere[..], &["--user-header", "x-remote-user"]].concat()).is_ok());
        let jwt = ["--jwt-jwks", "keys.json", "--jwt-issuer", "x", "--jwt-audience", "y"];
        assert!(given(&[&everywhere[..], &jwt].concat()).is_ok());
        assert!(given(&jwt[..2]).is_err() && given(&["--allow", "a=cycle.*"]).is_err());
        assert!(given(&["--user-header", "no header"]).is_err());
        assert!(given(&["--user-header", "x-remote-user", "--trusted-front", "everywhere"]).is_err());
    }

    #[test]
    fn a_missing_secret_is_named() {
        let flags = ["--portal-url", "https://portal.example", "--portal-client-id", "client"];
        let refused = Config::from_args(args(&flags), |_| None);
        assert!(refused.is_err_and(|text| text.contains("PORTFORM_PORTAL_CLIENT_SECRET")));
    }

    #[test]
    fn a_secret_can_stand_in_a_file_and_never_shows() -> Result<(), Box<dyn std::error::Error>> {
        let directory = tempfile::tempdir()?;
        let file = directory.path().join("secret");
        std::fs::write(&file, "from the file\n")?;
        let file = file.display().to_string();
        let flags = ["--ehealth-url", "https://ehealth.example/base"];
        let config =
            Config::from_args(args(&flags), |name| (name == "PORTFORM_EHEALTH_TOKEN_FILE").then(|| file.clone()))?;
        let shown = format!("{config:?}");
        assert!(!shown.contains("from the file"), "{shown}");
        let ehealth = config.ehealth.ok_or("eHealth is configured")?;
        assert_eq!(ehealth.token.expose(), "from the file");
        assert_eq!(ehealth.url.as_str(), "https://ehealth.example/base/");
        Ok(())
    }

    #[test]
    fn addresses_and_origins_are_read_strictly() -> Result<(), String> {
        assert!(base_url("ftp://portal.example").is_err());
        assert!(base_url("https://user:word@portal.example").is_err());
        assert!(base_url("portal.example").is_err());
        assert!(origins(&["*".to_owned()]).is_err());
        assert!(origins(&["data:text/html,x".to_owned()]).is_err());
        assert_eq!(origins(&["https://Example.org/".to_owned()])?, ["https://example.org"]);
        Ok(())
    }
}

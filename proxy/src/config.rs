//! Flags and environment, and the configuration that follows from them. Secrets come from the environment or from a
//! file and never from a flag, which every user of the machine could read in the list of processes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Parser;
use clap::builder::FalseyValueParser;
use reqwest::Url;

use crate::access::{AccessArgs, AccessConfig};
use crate::callbacks::routes::CallbacksConfig;
use crate::check::{Check, check};
use crate::database::DatabaseConfig;
use crate::inbox::InboxConfig;
use crate::inbox::args::InboxArgs;
use crate::journal::JournalConfig;
use crate::listen::ListenConfig;
use crate::load::LoadConfig;
use crate::routes::{self, Route};
use crate::sandbox::{self, SandboxConfig};
use crate::secret::Secret;

/// Origins of a front end's development server and preview on the same machine.
const LOOPBACK_ORIGINS: &str =
    "http://localhost:5173,http://127.0.0.1:5173,http://localhost:4173,http://127.0.0.1:4173";

const SECRETS_HELP: &str = "\
Secrets, from the environment only (or, with _FILE appended, from the file named there):
  PORTFORM_PORTAL_CLIENT_SECRET   password for the Portal's REST API (HTTP Basic)
  PORTFORM_PORTAL_PASSWORD        password of the organisation's user on the Portal
  PORTFORM_EHEALTH_TOKEN          bearer token for eHealth
  PORTFORM_CALLBACKS_PORTAL_SECRET  portalSecret by which the Portal signs in here
  PORTFORM_WEBHOOK_SECRET         what the deliveries of --webhook are signed with
  PORTFORM_DATABASE_KEY           what seals the personal data in the database: 64 hexadecimal digits

Try it out, without any account:
  portform-proxy --sandbox --www www/dist";

/// The organisation's proxy in front of the Portal and eHealth: holds the credentials, checks every body again and
/// passes it on byte for byte.
#[derive(Debug, Parser)]
#[command(name = "portform-proxy", version, after_help = SECRETS_HELP)]
pub struct Args {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, env = "PORTFORM_LISTEN", default_value = "127.0.0.1:8787")]
    pub listen: SocketAddr,

    /// Base address of the Portal, with the path above its services when there is one
    #[arg(long, env = "PORTFORM_PORTAL_URL", value_name = "URL")]
    pub portal_url: Option<String>,

    /// Path of the Portal's token endpoint
    #[arg(long, env = "PORTFORM_PORTAL_TOKEN_PATH", value_name = "PATH", default_value = "rest/v2/oauth/token")]
    pub portal_token_path: String,

    /// Login for the Portal's REST API (HTTP Basic)
    #[arg(long, env = "PORTFORM_PORTAL_CLIENT_ID", value_name = "LOGIN")]
    pub portal_client_id: Option<String>,

    /// Login of the organisation's user on the Portal
    #[arg(long, env = "PORTFORM_PORTAL_USERNAME", value_name = "LOGIN")]
    pub portal_username: Option<String>,

    /// Another path for a payload of the Portal, e.g. cycle.cancel=education/cycle/revoke
    #[arg(long, env = "PORTFORM_PORTAL_PATHS", value_name = "PAYLOAD=PATH", value_delimiter = ',')]
    pub portal_path: Vec<String>,

    /// Base address of eHealth
    #[arg(long, env = "PORTFORM_EHEALTH_URL", value_name = "URL")]
    pub ehealth_url: Option<String>,

    /// Origins besides the proxy's own that may submit
    #[arg(long, env = "PORTFORM_ALLOWED_ORIGINS", value_name = "ORIGIN", value_delimiter = ',',
          default_value = LOOPBACK_ORIGINS)]
    pub allowed_origin: Vec<String>,

    /// Directory with the front end's built files, served at /
    #[arg(long, env = "PORTFORM_WWW", value_name = "DIR")]
    pub www: Option<PathBuf>,

    /// The proxy's own database, sqlite:FILE or postgres://…; without it portform.sqlite, or with --sandbox a file
    /// beside the sandbox's
    #[arg(long, env = "PORTFORM_DATABASE", value_name = "ADDRESS", hide_env_values = true)]
    pub database: Option<String>,

    /// What the Portal sends, and who gets it
    #[command(flatten)]
    pub inbox: InboxArgs,

    /// Refuse submissions without an Idempotency-Key
    #[arg(long, env = "PORTFORM_REQUIRE_KEY", value_parser = FalseyValueParser::new())]
    pub require_key: bool,

    /// How long the journal keeps an entry, e.g. 90d or 12h; "ever" keeps all
    #[arg(long, env = "PORTFORM_JOURNAL_KEEP", value_name = "TIME", default_value = "90d")]
    pub journal_keep: String,

    /// Keep the bodies in the journal, sealed; needs PORTFORM_DATABASE_KEY
    #[arg(long, env = "PORTFORM_JOURNAL_BODIES", value_parser = FalseyValueParser::new())]
    pub journal_bodies: bool,

    /// Send without a journal: nothing is remembered, and keys mean nothing
    #[arg(long, env = "PORTFORM_NO_JOURNAL", value_parser = FalseyValueParser::new())]
    pub no_journal: bool,

    /// Who is let in
    #[command(flatten)]
    pub access: AccessArgs,

    /// Largest body that is accepted, in bytes
    #[arg(long, env = "PORTFORM_BODY_LIMIT", value_name = "BYTES", default_value_t = 8 * 1024 * 1024)]
    pub body_limit: usize,

    /// Time for a body to arrive, in seconds
    #[arg(long, env = "PORTFORM_REQUEST_TIMEOUT", value_name = "SECONDS", default_value_t = 30)]
    pub request_timeout: u64,

    /// Time to connect to an upstream, in seconds
    #[arg(long, env = "PORTFORM_CONNECT_TIMEOUT", value_name = "SECONDS", default_value_t = 5)]
    pub connect_timeout: u64,

    /// Time for an upstream to answer, in seconds
    #[arg(
        long,
        visible_alias = "timeout",
        env = "PORTFORM_UPSTREAM_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 30
    )]
    pub upstream_timeout: u64,

    /// Most connections at once
    #[arg(long, env = "PORTFORM_MAX_CONNECTIONS", value_name = "NUMBER", default_value_t = 4_096)]
    pub max_connections: usize,

    /// Most requests under way at once
    #[arg(long, env = "PORTFORM_MAX_REQUESTS", value_name = "NUMBER", default_value_t = 2_048)]
    pub max_requests: usize,

    /// Most requests of one client under way at once; this machine is no client
    #[arg(long, env = "PORTFORM_MAX_REQUESTS_PER_CLIENT", value_name = "NUMBER", default_value_t = 256)]
    pub max_requests_per_client: usize,

    /// What is logged: a level, or target=level pairs, e.g. info or portform_proxy=debug
    #[arg(long, env = "PORTFORM_LOG", value_name = "FILTER", default_value = "info")]
    pub log: String,

    /// Start a Portal and an eHealth of one's own in this process and use those
    #[arg(long, env = "PORTFORM_SANDBOX", value_parser = FalseyValueParser::new())]
    pub sandbox: bool,

    /// Database of the sandbox; created when absent
    #[arg(long, env = "PORTFORM_SANDBOX_DB", value_name = "FILE", default_value = "portform-sandbox.sqlite")]
    pub sandbox_db: PathBuf,

    /// How long a token of the sandbox is valid, in seconds
    #[arg(long, env = "PORTFORM_SANDBOX_TOKEN_SECONDS", value_name = "SECONDS", default_value_t = 43_198)]
    pub sandbox_token_seconds: u32,
}

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
        let client_secret = read_secret(&secret, "PORTFORM_PORTAL_CLIENT_SECRET")?;
        let password = read_secret(&secret, "PORTFORM_PORTAL_PASSWORD")?;
        let ehealth_token = read_secret(&secret, "PORTFORM_EHEALTH_TOKEN")?;
        let (callbacks, inbox) = args.inbox.read(&|name| read_secret(&secret, name))?;

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
                    credentials: Credentials {
                        client_id: args.portal_client_id.ok_or_else(|| missing("PORTFORM_PORTAL_CLIENT_ID"))?,
                        client_secret: client_secret.ok_or_else(|| missing("PORTFORM_PORTAL_CLIENT_SECRET"))?,
                        username: args.portal_username.ok_or_else(|| missing("PORTFORM_PORTAL_USERNAME"))?,
                        password: password.ok_or_else(|| missing("PORTFORM_PORTAL_PASSWORD"))?,
                    },
                })
            }
            (None, Some(sandbox)) => {
                // Whatever is configured is used towards the sandbox, so that a wrong secret can be tried out.
                let example = sandbox::example_credentials();
                sandbox.credentials = Credentials {
                    client_id: args.portal_client_id.unwrap_or(example.client_id),
                    client_secret: client_secret.unwrap_or(example.client_secret),
                    username: args.portal_username.unwrap_or(example.username),
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
            portal,
            ehealth,
            routes,
            listen_limits: ListenConfig { connections: args.max_connections, ..ListenConfig::default() },
            load: LoadConfig {
                requests: args.max_requests,
                per_client: args.max_requests_per_client,
                ..LoadConfig::default()
            },
            access: args.access.read(args.listen.ip())?,
            allowed_origins: origins(&args.allowed_origin)?,
            www: args.www,
            body_limit: args.body_limit,
            request_timeout: Duration::from_secs(args.request_timeout),
            connect_timeout: Duration::from_secs(args.connect_timeout),
            upstream_timeout: Duration::from_secs(args.upstream_timeout),
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

/// A secret from the environment, or from the file that the variable with `_FILE` names (without its last line end).
fn read_secret(lookup: &impl Fn(&str) -> Option<String>, name: &str) -> Result<Option<Secret>, String> {
    if let Some(text) = lookup(name).filter(|text| !text.is_empty()) {
        return Ok(Some(Secret::new(text)));
    }
    let Some(path) = lookup(&format!("{name}_FILE")).filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    match std::fs::read_to_string(Path::new(&path)) {
        Ok(text) => Ok(Some(Secret::new(text.trim_end_matches(['\r', '\n'])))),
        Err(error) => Err(format!("the file that {name}_FILE names cannot be read: {error}")),
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

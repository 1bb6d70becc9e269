//! The flags and their variables, as `--help` shows them. What follows from them is decided elsewhere.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use clap::builder::FalseyValueParser;

use super::limits::LimitsArgs;
use crate::access::AccessArgs;
use crate::inbox::args::InboxArgs;

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

    /// Another address and port for /metrics and /health, for whoever reaches it
    #[arg(long, env = "PORTFORM_METRICS", value_name = "HOST:PORT")]
    pub metrics: Option<SocketAddr>,

    /// Base address of the Portal, with the path above its services when there is one
    #[arg(help_heading = "Upstreams", long, env = "PORTFORM_PORTAL_URL", value_name = "URL")]
    pub portal_url: Option<String>,

    /// Path of the Portal's token endpoint
    #[arg(
        help_heading = "Upstreams",
        long,
        env = "PORTFORM_PORTAL_TOKEN_PATH",
        value_name = "PATH",
        default_value = "rest/v2/oauth/token"
    )]
    pub portal_token_path: String,

    /// Login for the Portal's REST API (HTTP Basic)
    #[arg(help_heading = "Upstreams", long, env = "PORTFORM_PORTAL_CLIENT_ID", value_name = "LOGIN")]
    pub portal_client_id: Option<String>,

    /// Login of the organisation's user on the Portal
    #[arg(help_heading = "Upstreams", long, env = "PORTFORM_PORTAL_USERNAME", value_name = "LOGIN")]
    pub portal_username: Option<String>,

    /// Another path for a payload of the Portal, e.g. cycle.cancel=education/cycle/revoke
    #[arg(
        help_heading = "Upstreams",
        long,
        env = "PORTFORM_PORTAL_PATHS",
        value_name = "PAYLOAD=PATH",
        value_delimiter = ','
    )]
    pub portal_path: Vec<String>,

    /// Base address of eHealth
    #[arg(help_heading = "Upstreams", long, env = "PORTFORM_EHEALTH_URL", value_name = "URL")]
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
    #[arg(
        help_heading = "Journal and database",
        long,
        env = "PORTFORM_DATABASE",
        value_name = "ADDRESS",
        hide_env_values = true
    )]
    pub database: Option<String>,

    /// What the Portal sends, and who gets it
    #[command(flatten)]
    pub inbox: InboxArgs,

    /// Refuse submissions without an Idempotency-Key
    #[arg(help_heading = "Journal and database", long, env = "PORTFORM_REQUIRE_KEY", value_parser = FalseyValueParser::new())]
    pub require_key: bool,

    /// How long the journal keeps an entry, e.g. 90d or 12h; "ever" keeps all
    #[arg(
        help_heading = "Journal and database",
        long,
        env = "PORTFORM_JOURNAL_KEEP",
        value_name = "TIME",
        default_value = "90d"
    )]
    pub journal_keep: String,

    /// Keep the bodies in the journal, sealed; needs PORTFORM_DATABASE_KEY
    #[arg(help_heading = "Journal and database", long, env = "PORTFORM_JOURNAL_BODIES", value_parser = FalseyValueParser::new())]
    pub journal_bodies: bool,

    /// Send without a journal: nothing is remembered, and keys mean nothing
    #[arg(help_heading = "Journal and database", long, env = "PORTFORM_NO_JOURNAL", value_parser = FalseyValueParser::new())]
    pub no_journal: bool,

    /// Who is let in
    #[command(flatten)]
    pub access: AccessArgs,

    /// How much, and how long
    #[command(flatten)]
    pub limits: LimitsArgs,

    /// Ask this address of a proxy that runs, e.g. http://127.0.0.1:8787/health/ready, and end with 0 when it answers well
    #[arg(long, value_name = "URL")]
    pub probe: Option<String>,

    /// What is logged: a level, or target=level pairs, e.g. info or portform_proxy=debug
    #[arg(long, env = "PORTFORM_LOG", value_name = "FILTER", default_value = "info")]
    pub log: String,

    /// Start a Portal and an eHealth of one's own in this process and use those
    #[arg(help_heading = "Sandbox", long, env = "PORTFORM_SANDBOX", value_parser = FalseyValueParser::new())]
    pub sandbox: bool,

    /// Database of the sandbox; created when absent
    #[arg(
        help_heading = "Sandbox",
        long,
        env = "PORTFORM_SANDBOX_DB",
        value_name = "FILE",
        default_value = "portform-sandbox.sqlite"
    )]
    pub sandbox_db: PathBuf,

    /// How long a token of the sandbox is valid, in seconds
    #[arg(
        help_heading = "Sandbox",
        long,
        env = "PORTFORM_SANDBOX_TOKEN_SECONDS",
        value_name = "SECONDS",
        default_value_t = 43_198
    )]
    pub sandbox_token_seconds: u32,
}

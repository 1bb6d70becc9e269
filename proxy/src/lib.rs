//! The organisation's proxy between a web front end and the two upstreams (the Portal, eHealth), and the sandbox of
//! both that it can start for trying out. It holds the credentials, checks every body again with the same crate as the
//! page and passes it on byte for byte; it never changes a body, and never writes one, or a secret, to its log.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`config`] | flags and environment, and what follows from them |
//! | [`secret`] | a text that no log and no debug output shows |
//! | [`access`] | who is let in, and what a user may submit |
//! | [`routes`] | the documented paths; nothing else is forwarded |
//! | [`check`] | the seam to the crate `portform` |
//! | [`body`] | reading a body within its limits |
//! | [`forward`] | one request: read, check, send, pass the answer on |
//! | [`upstream`] | the HTTP client towards the upstreams |
//! | [`transport`] | what a failed request means: sent, or not, or not known |
//! | [`token`] | the Portal's token: obtained, kept, refreshed once for all who wait |
//! | [`database`] | the proxy's own database: connections, migrations, sealing |
//! | [`journal`] | what was submitted and what became of it: nothing is sent twice |
//! | [`errors`] | the proxy's own answers, in three languages |
//! | [`clock`] | the time of the day, as it is kept and shown |
//! | [`web`] | the log, the origins, the security headers |
//! | [`files`] | the page's files |
//! | [`listen`] | the connections: how many, how patient, how they end |
//! | [`load`] | how much may be under way at once |
//! | [`metrics`] | what an operator watches |
//! | [`health`] | whether it runs, and whether it is fit to be asked |
//! | [`server`] | puts it together, starts it and stops it |
//! | [`callbacks`] | what the Portal calls: its sign-in, its notices |
//! | [`inbox`] | the notices, kept for the information system until it has taken them over |
//! | [`sandbox`] | an in-process Portal and eHealth that behave as the documents say |

pub mod access;
pub mod body;
pub mod callbacks;
pub mod check;
pub mod clock;
pub mod config;
pub mod database;
pub mod errors;
pub mod files;
pub mod forward;
pub mod health;
pub mod inbox;
pub mod journal;
pub mod listen;
pub mod load;
pub mod metrics;
pub mod routes;
pub mod sandbox;
pub mod secret;
pub mod server;
pub mod token;
pub mod transport;
pub mod upstream;
pub mod web;

//! The proxy's own database: what was submitted and what came in. SQLite in a file by default, PostgreSQL where several
//! instances stand behind a load balancer. What the rows mean stands with those who write them; the sandbox's state is
//! another database, because no real upstream has one here.
//!
//! Statements use `$1` for parameters, which both understand, and the types that both have: `BIGINT`, `TEXT`,
//! `BOOLEAN`, `BYTEA` or `BLOB`. [`writing!`](crate::writing) and [`reading!`](crate::reading) compile an expression
//! once for each:
//!
//! ```
//! # use portform_proxy::database::{Database, DatabaseConfig};
//! # async fn count(database: &Database) -> Result<i64, sqlx::Error> {
//! portform_proxy::reading!(database.store, pool => {
//!     sqlx::query_scalar("SELECT count(*) FROM instances WHERE seen_at > $1").bind(0_i64).fetch_one(pool).await
//! })
//! # }
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! # let database = Database::open(&DatabaseConfig::Memory, None).await.unwrap();
//! # assert_eq!(count(&database).await.unwrap(), 1);
//! # });
//! ```
//!
//! A transaction that writes begins with [`BEGIN`], so that SQLite takes its only writer's place at once and not half-way.

mod instances;
mod keys;
mod migrations;
mod seal;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};

pub use instances::{Instance, LEASE};
pub use seal::Sealer;

use crate::secret::Secret;

/// How long a connection to the database is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connections to PostgreSQL, and of SQLite's readers.
const CONNECTIONS: u32 = 8;

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseConfig {
    /// SQLite in memory, which ends with the process: for tests.
    Memory,
    /// SQLite in a file, created when absent.
    Sqlite(PathBuf),
    /// PostgreSQL at an address, which may hold a password.
    Postgres(Secret),
}

impl DatabaseConfig {
    /// Reads `sqlite:FILE` or `postgres://…`. The error is one sentence and shows nothing of the address.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(file) = text.strip_prefix("sqlite:") {
            let file = file.strip_prefix("//").unwrap_or(file);
            return match file {
                "" => Err("--database sqlite: needs a file, e.g. sqlite:portform.sqlite".to_owned()),
                ":memory:" => Ok(Self::Memory),
                file => Ok(Self::Sqlite(file.into())),
            };
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            let wrong = "--database postgres://… is not an address such as postgres://user@host/name";
            return PgConnectOptions::from_str(text)
                .map(|_| Self::Postgres(Secret::new(text)))
                .map_err(|_| wrong.to_owned());
        }
        Err("--database begins with sqlite: or postgres://".to_owned())
    }
}

/// The connections.
#[derive(Debug, Clone)]
pub enum Store {
    /// SQLite has one writer at a time; whoever reads need not wait for it.
    Sqlite {
        /// The one connection that writes.
        writer: SqlitePool,
        /// Connections that read. In memory it is the writer's, so nothing may read while it holds a transaction.
        readers: SqlitePool,
    },
    /// PostgreSQL.
    Postgres(PgPool),
}

/// Compiles an expression for both kinds of database, with the pool that writes.
#[macro_export]
macro_rules! writing {
    ($store:expr, $pool:ident => $body:expr) => {
        match &$store {
            $crate::database::Store::Sqlite { writer: $pool, .. } => $body,
            $crate::database::Store::Postgres($pool) => $body,
        }
    };
}

/// Compiles an expression for both kinds of database, with the pool that reads.
#[macro_export]
macro_rules! reading {
    ($store:expr, $pool:ident => $body:expr) => {
        match &$store {
            $crate::database::Store::Sqlite { readers: $pool, .. } => $body,
            $crate::database::Store::Postgres($pool) => $body,
        }
    };
}

impl Store {
    /// How a transaction begins that will write: for `begin_with`.
    pub fn begin(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "BEGIN IMMEDIATE",
            Self::Postgres(_) => "BEGIN",
        }
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> bool {
        let asked = async { reading!(*self, pool => sqlx::query("SELECT 1").execute(pool).await.map(|_| ())) };
        matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Ok(())))
    }

    async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// An open database, brought up to date.
#[derive(Debug)]
pub struct Database {
    /// Its connections.
    pub store: Store,
    /// What seals the personal data in it.
    pub sealer: Sealer,
    /// This process among those that use it.
    pub instance: Instance,
}

impl Database {
    /// Opens it, creates it when absent, and brings it up to date. `key` is what seals; without one the database has
    /// its own. The error is one sentence and shows no secret.
    pub async fn open(config: &DatabaseConfig, key: Option<&Secret>) -> Result<Self, String> {
        let failed = |error: sqlx::Error| format!("the database cannot be opened: {}", said(&error));
        let file = match config {
            DatabaseConfig::Sqlite(file) => Some(file.as_path()),
            DatabaseConfig::Memory | DatabaseConfig::Postgres(_) => None,
        };
        // Two that start at once would both create what is not there yet, the write-ahead log first of all, which SQLite
        // turns on without waiting for another; PostgreSQL's migrator has a lock of its own.
        let starting = match file {
            Some(file) => Some(keys::locked(&beside(file, "lock")).await?),
            None => None,
        };
        let store = match config {
            DatabaseConfig::Memory => {
                let pool = sqlite_pool(SqliteConnectOptions::new().in_memory(true), 1).await.map_err(failed)?;
                Store::Sqlite { writer: pool.clone(), readers: pool }
            }
            DatabaseConfig::Sqlite(file) => {
                let options = SqliteConnectOptions::new()
                    .filename(file)
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    // What was answered is on disk: a commit waits for the disk.
                    .synchronous(SqliteSynchronous::Full);
                let writer = sqlite_pool(options.clone(), 1).await.map_err(failed)?;
                Store::Sqlite { writer, readers: sqlite_pool(options, CONNECTIONS).await.map_err(failed)? }
            }
            DatabaseConfig::Postgres(address) => {
                let options = PgConnectOptions::from_str(address.expose()).map_err(failed)?;
                let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
                Store::Postgres(pool.connect_with(options).await.map_err(failed)?)
            }
        };
        migrations::run(&store).await?;
        let sealer = match key {
            Some(key) => Sealer::configured(key)?,
            None => keys::own(&store, file).await?,
        };
        let instance = Instance::register(&store, file).await?;
        drop(starting);
        Ok(Self { store, sealer, instance })
    }

    /// Closes it, after which nothing of this process is under way.
    pub async fn close(&self) {
        self.instance.sign_off(&self.store).await;
        self.store.close().await;
    }
}

async fn sqlite_pool(options: SqliteConnectOptions, connections: u32) -> Result<SqlitePool, sqlx::Error> {
    // Never given up: a database in memory ends with its last connection.
    let pool = SqlitePoolOptions::new().max_connections(connections).idle_timeout(None).max_lifetime(None);
    pool.acquire_timeout(PATIENCE).connect_with(options.busy_timeout(PATIENCE)).await
}

/// A file beside the database's: `portform.sqlite-key`.
fn beside(file: &Path, what: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-");
    name.push(what);
    name.into()
}

/// What a database's error says, without the values that a statement had: they may be personal.
pub fn said(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => match error.code() {
            Some(code) => format!("error {code} of the database ({:?})", error.kind()),
            None => format!("an error of the database ({:?})", error.kind()),
        },
        sqlx::Error::Configuration(_) => "its address cannot be read".to_owned(),
        sqlx::Error::Io(error) => format!("{:?}", error.kind()),
        sqlx::Error::Tls(_) => "the encrypted connection failed".to_owned(),
        sqlx::Error::PoolTimedOut => "no connection in time".to_owned(),
        sqlx::Error::PoolClosed => "it is closed".to_owned(),
        other => {
            let text = format!("{other:?}");
            text.split(['(', '{', ' ']).next().unwrap_or_default().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DatabaseConfig;
    use crate::secret::Secret;

    #[test]
    fn an_address_names_its_kind() {
        assert_eq!(DatabaseConfig::parse("sqlite:a/b.sqlite"), Ok(DatabaseConfig::Sqlite("a/b.sqlite".into())));
        assert_eq!(DatabaseConfig::parse("sqlite:///a.sqlite"), Ok(DatabaseConfig::Sqlite("/a.sqlite".into())));
        assert_eq!(DatabaseConfig::parse("sqlite::memory:"), Ok(DatabaseConfig::Memory));
        let address = "postgres://proxy:word@db.example/portform?sslmode=verify-full";
        assert_eq!(DatabaseConfig::parse(address), Ok(DatabaseConfig::Postgres(Secret::new(address))));
        for wrong in ["", "sqlite:", "mysql://host/name", "postgres://host:port/x", "portform.sqlite"] {
            assert!(DatabaseConfig::parse(wrong).is_err_and(|said| !said.contains("host:port")), "{wrong}");
        }
    }
}

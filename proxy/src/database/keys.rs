//! The key of a database for which none is configured: beside SQLite's file in a file of its own that only its owner
//! reads, so that a copy of the database alone opens nothing; in PostgreSQL in a table, because all instances need the
//! same one.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use super::seal::{Sealer, generate, hex};
use super::{Store, beside, said};
use crate::secret::Secret;

/// The database's own key, made at the first start. The error is one sentence.
pub async fn own(store: &Store, file: Option<&Path>) -> Result<Sealer, String> {
    let no_randomness = || "the system gives no randomness for the database's key".to_owned();
    match (store, file) {
        (Store::Postgres(pool), _) => {
            tracing::warn!(
                "the key that seals answers lies in the database itself: PORTFORM_DATABASE_KEY_FILE keeps it apart"
            );
            let fresh = generate().ok_or_else(no_randomness)?;
            let failed = |error: sqlx::Error| format!("the database's key cannot be read: {}", said(&error));
            sqlx::query("INSERT INTO keys (name, value) VALUES ('seal', $1) ON CONFLICT (name) DO NOTHING")
                .bind(fresh.as_slice())
                .execute(pool)
                .await
                .map_err(failed)?;
            let kept: Vec<u8> = sqlx::query_scalar("SELECT value FROM keys WHERE name = 'seal'")
                .fetch_one(pool)
                .await
                .map_err(failed)?;
            Sealer::from_bytes(&kept).ok_or_else(|| "the database's key is not one".to_owned())
        }
        (Store::Sqlite { .. }, Some(file)) => {
            let file = beside(file, "key");
            let text = match read(&file)? {
                Some(text) => text,
                None => create(&file, &hex(&generate().ok_or_else(no_randomness)?))?,
            };
            Sealer::configured(&Secret::new(text))
                .map_err(|error| format!("{} does not hold the database's key: {error}", file.display()))
        }
        (Store::Sqlite { .. }, None) => generate().and_then(|key| Sealer::from_bytes(&key)).ok_or_else(no_randomness),
    }
}

fn read(file: &Path) -> Result<Option<String>, String> {
    let mut text = String::new();
    match File::open(file).and_then(|mut file| file.read_to_string(&mut text)) {
        Ok(_) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("the database's key cannot be read from {}: {error}", file.display())),
    }
}

fn create(file: &Path, text: &str) -> Result<String, String> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(file).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        // What it seals is worth nothing without it.
        file.sync_all()
    });
    match written {
        Ok(()) => Ok(text.to_owned()),
        Err(error) => Err(format!("the database's key cannot be written to {}: {error}", file.display())),
    }
}

/// A file that is held by one opener at a time, until it is dropped or the process ends; waits for its turn.
pub async fn locked(file: &Path) -> Result<File, String> {
    let lock = lockable(file)?;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            // Not `lock`, which would hold up a thread that others need to get on.
            Err(TryLockError::WouldBlock) => tokio::time::sleep(Duration::from_millis(20)).await,
            Err(TryLockError::Error(error)) => return Err(format!("{} cannot be locked: {error}", file.display())),
        }
    }
}

fn lockable(file: &Path) -> Result<File, String> {
    let opened = OpenOptions::new().write(true).create(true).truncate(false).open(file);
    opened.map_err(|error| format!("{} cannot be opened: {error}", file.display()))
}

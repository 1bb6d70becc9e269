//! Which processes use the database, and which of them have ended without saying so. A process that uses SQLite holds a
//! locked file, which the system lets go when it ends; one that uses PostgreSQL renews a lease, by the database's clock,
//! and counts as ended when the lease has run out. One that was only stalled loses nothing by that: it may still write
//! what became of its own.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use uuid::Uuid;

use super::{Store, beside, said};
use crate::writing;

/// How long an instance counts as running after it was last seen, on PostgreSQL.
pub const LEASE: Duration = Duration::from_secs(10);

/// How often it says that it runs.
const BEAT: Duration = Duration::from_secs(2);

/// This process among those that use the database.
#[derive(Debug)]
pub struct Instance {
    /// Its name, another one at each start.
    pub id: String,
    database: Option<PathBuf>,
    /// Held until the process ends.
    _lock: Option<File>,
}

impl Instance {
    /// How often [`beat`](Self::beat) is due.
    pub const BEAT: Duration = BEAT;

    /// A new instance.
    pub async fn register(store: &Store, file: Option<&Path>) -> Result<Self, String> {
        let id = Uuid::new_v4().simple().to_string();
        let lock = match file {
            Some(file) => Some(super::keys::locked(&lock_file(file, &id)).await?),
            None => None,
        };
        let instance = Self { id, database: file.map(Path::to_owned), _lock: lock };
        let failed = |error: sqlx::Error| format!("the database cannot be written: {}", said(&error));
        instance.beat(store).await.map_err(failed)?;
        Ok(instance)
    }

    /// Says that this process still runs.
    pub async fn beat(&self, store: &Store) -> Result<(), sqlx::Error> {
        match store {
            Store::Sqlite { writer, .. } => {
                sqlx::query("INSERT INTO instances (id, seen_at) VALUES ($1, 1) ON CONFLICT (id) DO NOTHING")
                    .bind(&self.id)
                    .execute(writer)
                    .await?;
            }
            Store::Postgres(pool) => {
                sqlx::query(
                    "INSERT INTO instances (id, seen_at) VALUES ($1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
                     ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at",
                )
                .bind(&self.id)
                .execute(pool)
                .await?;
            }
        }
        Ok(())
    }

    /// The others that have ended without signing off.
    pub async fn ended(&self, store: &Store) -> Result<Vec<String>, sqlx::Error> {
        match store {
            Store::Sqlite { readers, .. } => {
                let others: Vec<String> = sqlx::query_scalar("SELECT id FROM instances WHERE id <> $1")
                    .bind(&self.id)
                    .fetch_all(readers)
                    .await?;
                Ok(others.into_iter().filter(|id| !self.is_locked(id)).collect())
            }
            Store::Postgres(pool) => {
                sqlx::query_scalar(
                    "SELECT id FROM instances
                     WHERE id <> $1 AND seen_at < (extract(epoch FROM clock_timestamp()) * 1000)::bigint - $2",
                )
                .bind(&self.id)
                .bind(i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX))
                .fetch_all(pool)
                .await
            }
        }
    }

    fn is_locked(&self, id: &str) -> bool {
        let Some(database) = &self.database else {
            return false;
        };
        match OpenOptions::new().write(true).open(lock_file(database, id)) {
            Ok(file) => matches!(file.try_lock(), Err(TryLockError::WouldBlock)),
            // It was taken away when the instance was forgotten.
            Err(_) => false,
        }
    }

    /// Forgets an ended instance, once nothing is left of it.
    pub async fn forget(&self, store: &Store, id: &str) -> Result<(), sqlx::Error> {
        writing!(*store, pool => {
            sqlx::query("DELETE FROM instances WHERE id = $1").bind(id).execute(pool).await?;
        });
        if let Some(database) = &self.database {
            // Another process may have taken it away already.
            let _ = std::fs::remove_file(lock_file(database, id));
        }
        Ok(())
    }

    /// The last word of a process that ends in order.
    pub async fn sign_off(&self, store: &Store) {
        if let Err(error) = self.forget(store, &self.id).await {
            tracing::warn!(causes = said(&error), "the database was not told of the end");
        }
    }
}

fn lock_file(database: &Path, id: &str) -> PathBuf {
    beside(database, &format!("instance-{id}"))
}

//! How far the webhook is, in the database: who delivers, what was taken, what is tried again, what was given up. Only
//! who holds the lease writes, so that one that was only stalled does not undo what its successor did.

use std::time::Duration;

use serde_json::{Value, json};

use super::store::{Notices, Unavailable};
use crate::clock::{now, shown};
use crate::{reading, writing};

/// How far the webhook is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// The last notice that was taken or given up.
    pub position: i64,
    /// Failures since then.
    pub attempts: i64,
    /// Since when nothing has been taken.
    pub failing_since: Option<i64>,
    /// Not before this time.
    pub next_at: i64,
}

/// So many of those that were given up are told with the state; the others by pages.
const TOLD: i64 = 100;

impl Notices {
    /// Takes or renews the lease. How far the webhook is, or nothing while another one delivers.
    pub async fn lease_webhook(&self, name: &str, lease: Duration) -> Result<Option<Progress>, Unavailable> {
        let until = now().saturating_add(milliseconds(lease));
        let row: Option<(i64, i64, Option<i64>, i64)> = writing!(self.database.store, pool => {
            sqlx::query_as(
                "UPDATE inbox_webhook SET leased_by = $1, leased_until = $2
                 WHERE leased_by = $1 OR leased_until < $3
                 RETURNING position, attempts, failing_since, next_at",
            )
            .bind(name)
            .bind(until)
            .bind(now())
            .fetch_optional(pool)
            .await?
        });
        Ok(row.map(|(position, attempts, failing_since, next_at)| Progress {
            position,
            attempts,
            failing_since,
            next_at,
        }))
    }

    /// Gives the lease back, so that another one need not wait for its end.
    pub async fn release_webhook(&self, name: &str) -> Result<(), Unavailable> {
        writing!(self.database.store, pool => {
            sqlx::query("UPDATE inbox_webhook SET leased_until = 0 WHERE leased_by = $1").bind(name).execute(pool).await?;
        });
        Ok(())
    }

    /// A notice was taken: the information system has it.
    pub async fn webhook_took(&self, name: &str, id: i64) -> Result<(), Unavailable> {
        writing!(self.database.store, pool => {
            let mut transaction = pool.begin_with(self.database.store.begin()).await?;
            sqlx::query(
                "UPDATE inbox_webhook SET position = $1, attempts = 0, failing_since = NULL, next_at = 0, last = NULL
                 WHERE leased_by = $2 AND position < $1",
            )
            .bind(id)
            .bind(name)
            .execute(&mut *transaction)
            .await?;
            sqlx::query("UPDATE inbox SET acknowledged_at = $1 WHERE id = $2 AND acknowledged_at IS NULL")
                .bind(now())
                .bind(id)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
        });
        Ok(())
    }

    /// A notice was not taken and is tried again.
    pub async fn webhook_waits(&self, name: &str, progress: &Progress, why: &str) -> Result<(), Unavailable> {
        writing!(self.database.store, pool => {
            sqlx::query(
                "UPDATE inbox_webhook SET attempts = $1, failing_since = $2, next_at = $3, last = $4
                 WHERE leased_by = $5 AND position = $6",
            )
            .bind(progress.attempts)
            .bind(progress.failing_since)
            .bind(progress.next_at)
            .bind(why)
            .bind(name)
            .bind(progress.position)
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    /// A notice was never taken; the next one has its turn.
    pub async fn webhook_gave_up(&self, name: &str, id: i64, attempts: i64, why: &str) -> Result<(), Unavailable> {
        writing!(self.database.store, pool => {
            let mut transaction = pool.begin_with(self.database.store.begin()).await?;
            let moved = sqlx::query(
                "UPDATE inbox_webhook SET position = $1, attempts = 0, next_at = 0 WHERE leased_by = $2 AND position < $1",
            )
            .bind(id)
            .bind(name)
            .execute(&mut *transaction)
            .await?;
            if moved.rows_affected() > 0 {
                sqlx::query(
                    "INSERT INTO inbox_dead (id, at, attempts, last) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
                )
                .bind(id)
                .bind(now())
                .bind(attempts)
                .bind(why)
                .execute(&mut *transaction)
                .await?;
            }
            transaction.commit().await?;
        });
        Ok(())
    }

    /// How many notices are yet to be delivered, where any are, and how many were given up.
    pub async fn webhook_counts(&self, delivers: bool) -> Result<(i64, i64), Unavailable> {
        let (waiting, dead): (i64, i64) = reading!(self.database.store, pool => {
            sqlx::query_as(
                "SELECT (SELECT count(*) FROM inbox WHERE id > (SELECT position FROM inbox_webhook)),
                 (SELECT count(*) FROM inbox_dead)",
            )
            .fetch_one(pool)
            .await?
        });
        Ok((if delivers { waiting } else { 0 }, dead))
    }

    /// How far the webhook is, what it is trying, what it gave up: as the information system is told.
    pub async fn webhook_state(&self) -> Result<Value, Unavailable> {
        let (position, attempts, failing_since, next_at, last): (i64, i64, Option<i64>, i64, Option<String>) = reading!(self.database.store, pool => {
            sqlx::query_as("SELECT position, attempts, failing_since, next_at, last FROM inbox_webhook")
                .fetch_one(pool)
                .await?
        });
        let waiting: i64 = reading!(self.database.store, pool => {
            sqlx::query_scalar("SELECT count(*) FROM inbox WHERE id > $1").bind(position).fetch_one(pool).await?
        });
        let dead: Vec<Value> = self.dead_letters(0, TOLD).await?.into_iter().map(|(_, letter)| letter).collect();
        let dead_count: i64 = reading!(self.database.store, pool => {
            sqlx::query_scalar("SELECT count(*) FROM inbox_dead").fetch_one(pool).await?
        });
        let failing = failing_since
            .map(|since| json!({ "attempts": attempts, "since": shown(since), "next": shown(next_at), "last": last }));
        Ok(json!({
            "position": position.to_string(),
            "waiting": waiting,
            "failing": failing,
            "dead": dead,
            "dead_count": dead_count,
        }))
    }
}

/// As times are kept.
pub fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

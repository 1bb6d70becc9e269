//! What the journal does by itself: says that this process runs, settles what ended ones left under way, and forgets
//! what is older than it is to be kept.

use std::sync::{Arc, Weak};
use std::time::Duration;

use super::{Journal, lock};
use crate::clock::now;
use crate::database::{Instance, said};
use crate::errors::ProxyError;
use crate::{reading, writing};

/// A submission of this process that it has not been busy with for so long was lost by it, e.g. when the database did
/// not say that it had written it down.
const LOST_AFTER: Duration = Duration::from_secs(30);

/// Old entries are looked for after so many beats.
const BEATS_PER_CLEANING: u32 = 150;

/// Begins; ends when the journal is dropped.
pub fn start(journal: &Arc<Journal>) {
    let journal: Weak<Journal> = Arc::downgrade(journal);
    tokio::spawn(async move {
        let mut beats = 0_u32;
        loop {
            let Some(journal) = journal.upgrade() else {
                return;
            };
            if let Err(error) = journal.beat(beats.is_multiple_of(BEATS_PER_CLEANING)).await {
                tracing::warn!(causes = said(&error), "the upkeep of the journal failed");
            }
            drop(journal);
            beats = beats.wrapping_add(1);
            tokio::time::sleep(Instance::BEAT).await;
        }
    });
}

impl Journal {
    async fn beat(&self, clean: bool) -> Result<(), sqlx::Error> {
        let (store, instance) = (&self.database.store, &self.database.instance);
        instance.beat(store).await?;
        for ended in instance.ended(store).await? {
            let left: Vec<i64> = reading!(*store, pool => {
                sqlx::query_scalar("SELECT id FROM journal WHERE instance = $1 AND state = 'received' ORDER BY id")
                    .bind(&ended)
                    .fetch_all(pool)
                    .await?
            });
            tracing::info!(left = left.len(), "another instance has ended");
            self.give_up(&left, &ended).await?;
            instance.forget(store, &ended).await?;
        }
        self.give_up_lost().await?;
        if let Some(keep) = self.config.keep.filter(|_| clean) {
            let before = now().saturating_sub(i64::try_from(keep.as_millis()).unwrap_or(i64::MAX));
            let forgotten = writing!(*store, pool => {
                sqlx::query("DELETE FROM journal WHERE received_at < $1 AND state <> 'received'")
                    .bind(before)
                    .execute(pool)
                    .await?
                    .rows_affected()
            });
            if forgotten > 0 {
                tracing::info!(forgotten, "old entries of the journal were deleted");
            }
        }
        Ok(())
    }

    /// Settles what of this process's own was lost, and what is left of instances that nobody remembers.
    async fn give_up_lost(&self) -> Result<(), sqlx::Error> {
        let own = self.database.instance.id.as_str();
        let before = now().saturating_sub(i64::try_from(LOST_AFTER.as_millis()).unwrap_or(i64::MAX));
        let left: Vec<(i64, String, String, String)> = reading!(self.database.store, pool => {
            sqlx::query_as(
                "SELECT id, instance, submitter, key FROM journal WHERE state = 'received' AND received_at < $1
                 AND (instance = $2 OR NOT EXISTS (SELECT 1 FROM instances WHERE instances.id = journal.instance))",
            )
            .bind(before)
            .bind(own)
            .fetch_all(pool)
            .await?
        });
        for (id, instance, submitter, key) in left {
            if instance != own || !lock(&self.under_way).contains(&(submitter, key)) {
                self.give_up(&[id], &instance).await?;
            }
        }
        Ok(())
    }

    /// What may have left the proxy is unknown, what cannot have left it was not sent.
    async fn give_up(&self, ids: &[i64], instance: &str) -> Result<(), sqlx::Error> {
        let store = &self.database.store;
        for id in ids {
            writing!(*store, pool => {
                let mut transaction = pool.begin_with(store.begin()).await?;
                let place: i64 =
                    sqlx::query_scalar("UPDATE counters SET value = value + 1 WHERE name = 'journal' RETURNING value")
                        .fetch_one(&mut *transaction)
                        .await?;
                sqlx::query(
                    "UPDATE journal SET place = $1, settled_at = $2,
                     state = CASE WHEN sending THEN 'unknown' ELSE 'not_sent' END,
                     error = CASE WHEN sending THEN $3 ELSE $4 END
                     WHERE id = $5 AND instance = $6 AND state = 'received'",
                )
                .bind(place)
                .bind(now())
                .bind(ProxyError::OutcomeUnknown.code())
                .bind(ProxyError::Interrupted.code())
                .bind(*id)
                .bind(instance)
                .execute(&mut *transaction)
                .await?;
                transaction.commit().await?;
            });
        }
        Ok(())
    }
}

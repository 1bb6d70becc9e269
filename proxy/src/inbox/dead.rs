//! What the webhook gave up, in the database: listed, and sent once more where somebody asks for it. What is not taken
//! then stays where it is.

use serde_json::{Value, json};

use super::store::{Notices, Unavailable};
use crate::clock::{now, shown};
use crate::{reading, writing};

/// Number, time, attempts, reason, whether it is to be sent again.
type Dead = (i64, i64, i64, Option<String>, bool);

impl Notices {
    /// What was given up after a place, oldest first, as the information system is told: pairs of number and letter.
    pub async fn dead_letters(&self, after: i64, limit: i64) -> Result<Vec<(i64, Value)>, Unavailable> {
        let rows: Vec<Dead> = reading!(self.database.store, pool => {
            sqlx::query_as("SELECT id, at, attempts, last, again FROM inbox_dead WHERE id > $1 ORDER BY id LIMIT $2")
                .bind(after)
                .bind(limit)
                .fetch_all(pool)
                .await?
        });
        let letter = |(id, at, attempts, last, again): Dead| {
            let letter = json!({
                "id": id.to_string(), "at": shown(at), "attempts": attempts, "last": last, "again": again,
            });
            (id, letter)
        };
        Ok(rows.into_iter().map(letter).collect())
    }

    /// These are to be sent again. How many of them were given up.
    pub async fn send_again(&self, ids: &[i64]) -> Result<u64, Unavailable> {
        Ok(writing!(self.database.store, pool => {
            let mut transaction = pool.begin_with(self.database.store.begin()).await?;
            let mut count = 0;
            for id in ids {
                count += sqlx::query("UPDATE inbox_dead SET again = TRUE WHERE id = $1")
                    .bind(id)
                    .execute(&mut *transaction)
                    .await?
                    .rows_affected();
            }
            transaction.commit().await?;
            count
        }))
    }

    /// All that was given up until a place is to be sent again. How many that are.
    pub async fn send_again_through(&self, place: i64) -> Result<u64, Unavailable> {
        Ok(writing!(self.database.store, pool => {
            sqlx::query("UPDATE inbox_dead SET again = TRUE WHERE id <= $1")
                .bind(place)
                .execute(pool)
                .await?
                .rows_affected()
        }))
    }

    /// The next one that is to be sent again.
    pub async fn next_again(&self) -> Result<Option<i64>, Unavailable> {
        Ok(reading!(self.database.store, pool => {
            sqlx::query_scalar("SELECT id FROM inbox_dead WHERE again ORDER BY id LIMIT 1").fetch_optional(pool).await?
        }))
    }

    /// It was taken after all, and is no longer dead.
    pub async fn dead_was_taken(&self, id: i64) -> Result<(), Unavailable> {
        writing!(self.database.store, pool => {
            let mut transaction = pool.begin_with(self.database.store.begin()).await?;
            sqlx::query("DELETE FROM inbox_dead WHERE id = $1").bind(id).execute(&mut *transaction).await?;
            sqlx::query("UPDATE inbox SET acknowledged_at = $1 WHERE id = $2 AND acknowledged_at IS NULL")
                .bind(now())
                .bind(id)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
        });
        Ok(())
    }

    /// It was not taken this time either, and waits for somebody to ask again.
    pub async fn dead_was_refused(&self, id: i64, why: &str) -> Result<(), Unavailable> {
        writing!(self.database.store, pool => {
            sqlx::query("UPDATE inbox_dead SET again = FALSE, attempts = attempts + 1, last = $1, at = $2 WHERE id = $3")
                .bind(why)
                .bind(now())
                .bind(id)
                .execute(pool)
                .await?;
        });
        Ok(())
    }
}

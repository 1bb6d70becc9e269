//! The inbox in the database: notices are added once and in order, read from a place on, acknowledged and erased. A
//! notice is on disk when `receive` returns. What is personal in it is sealed, and only its digest tells whether the
//! same has come before.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sqlx::QueryBuilder;

use super::known::{Found, IdDigest, Known, judge, kept};
use super::notice::{Kind, Notice, Service};
use crate::callbacks::answer::{Answer, Refusal};
use crate::clock::{now, shown};
use crate::database::{Database, said};
use crate::{reading, writing};

/// The database cannot do it now; why stands in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unavailable;

impl From<sqlx::Error> for Unavailable {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(causes = said(&error), "the inbox");
        Self
    }
}

/// What became of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is stored under this number.
    New(i64, String),
    /// The same is there already; this was its answer.
    Again(String),
    /// It is not taken.
    Refused(Answer),
}

/// One item of the inbox, as the information system gets it.
#[derive(Debug, Serialize)]
pub struct Received {
    /// Its number, as text.
    pub id: String,
    /// When it was stored.
    pub at: String,
    /// What has happened.
    pub kind: &'static str,
    /// The payload whose table it was checked with.
    pub payload: &'static str,
    /// The canonical form; null when no key of this instance opens it.
    pub value: Option<Box<RawValue>>,
    /// What came in fields that the table does not have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Box<RawValue>>,
    /// Warnings and notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues: Option<Box<RawValue>>,
    /// When it was acknowledged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<String>,
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Content {
    value: Box<RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unknown: Option<Box<RawValue>>,
    /// In Russian, Ukrainian and English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issues: Option<[Box<RawValue>; 3]>,
}

/// What a digest is made about, besides the notice itself.
const SAME: &str = "inbox same";

/// Rows of one INSERT: SQLite takes 32,766 parameters in a statement.
const ROWS: usize = 5_000;

/// The inbox's tables.
#[derive(Debug, Clone)]
pub struct Notices {
    pub(super) database: Arc<Database>,
}

/// Number, time, kind, content, acknowledged.
type Row = (i64, i64, String, Vec<u8>, Option<i64>);

impl Notices {
    /// The tables of this database.
    pub fn new(database: Arc<Database>) -> Self {
        Self { database }
    }

    /// Adds a notice, unless the same is there or the information system has no such programme or cycle.
    pub async fn receive(&self, service: Service, notice: &Notice) -> Result<Outcome, Unavailable> {
        let database = &self.database;
        let digests = database.sealer.digests(SAME, notice.sameness.as_bytes());
        let Some(digest) = digests.first() else {
            return Err(Unavailable);
        };
        let answer = serde_json::to_string(&accepted(notice)).map_err(|_| Unavailable)?;
        let programme = kept(&notice.programme);
        let outcome = writing!(database.store, pool => {
            let mut transaction = pool.begin_with(database.store.begin()).await?;
            // Whoever comes now waits here until this one is committed, and then sees it.
            let id: i64 = sqlx::query_scalar("UPDATE inbox_newest SET newest = newest + 1 RETURNING newest")
                .fetch_one(&mut *transaction)
                .await?;
            for digest in &digests {
                let before: Option<String> = sqlx::query_scalar("SELECT answer FROM inbox WHERE same = $1")
                    .bind(digest)
                    .fetch_optional(&mut *transaction)
                    .await?;
                if let Some(answer) = before {
                    transaction.rollback().await?;
                    return Ok(Outcome::Again(answer));
                }
            }
            let lists: Vec<String> =
                sqlx::query_scalar("SELECT list FROM inbox_lists").fetch_all(&mut *transaction).await?;
            let mut found = Found::default();
            if lists.iter().any(|list| list == PROGRAMMES) {
                let count: i64 = sqlx::query_scalar("SELECT count(*) FROM inbox_known WHERE list = $1 AND id = $2")
                    .bind(PROGRAMMES)
                    .bind(programme.as_slice())
                    .fetch_one(&mut *transaction)
                    .await?;
                found.programme = Some(count > 0);
            }
            if lists.iter().any(|list| list == CYCLES) && let Some(cycle) = &notice.cycle {
                let its: Option<Option<Vec<u8>>> =
                    sqlx::query_scalar("SELECT programme FROM inbox_known WHERE list = $1 AND id = $2")
                        .bind(CYCLES)
                        .bind(kept(cycle).as_slice())
                        .fetch_optional(&mut *transaction)
                        .await?;
                found.cycle = Some(its.map(|its| its.and_then(|bytes| IdDigest::try_from(bytes).ok())));
            }
            if let Err(refusal) = judge(&found, &notice.programme, notice.cycle.is_some()) {
                transaction.rollback().await?;
                return Ok(Outcome::Refused(refused(service, &refusal)));
            }
            if notice.kind == Kind::Expertise {
                // Only the last one about a programme can come again: what was said before it may be said anew.
                sqlx::query("UPDATE inbox SET same = NULL WHERE programme = $1 AND kind = $2")
                    .bind(programme.as_slice())
                    .bind(notice.kind.as_str())
                    .execute(&mut *transaction)
                    .await?;
            }
            let content = self.sealed(id, notice)?;
            sqlx::query(
                "INSERT INTO inbox (id, at, kind, programme, same, answer, content) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(id)
            .bind(now())
            .bind(notice.kind.as_str())
            .bind(programme.as_slice())
            .bind(digest)
            .bind(&answer)
            .bind(content)
            .execute(&mut *transaction)
            .await?;
            transaction.commit().await?;
            Outcome::New(id, answer)
        });
        Ok(outcome)
    }

    /// The information system has changed this programme: a review that says what the last one said is another one.
    pub async fn programme_changed(&self, programme: &str) -> Result<(), Unavailable> {
        writing!(self.database.store, pool => {
            sqlx::query("UPDATE inbox SET same = NULL WHERE programme = $1 AND kind = $2")
                .bind(kept(programme).as_slice())
                .bind(Kind::Expertise.as_str())
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// The number of the newest notice.
    pub async fn newest(&self) -> Result<i64, Unavailable> {
        Ok(reading!(self.database.store, pool => {
            sqlx::query_scalar("SELECT newest FROM inbox_newest").fetch_one(pool).await?
        }))
    }

    /// Notices after a place, oldest first.
    pub async fn after(&self, place: i64, limit: i64, locale: portform::Locale) -> Result<Vec<Received>, Unavailable> {
        let rows = self.rows(place, limit).await?;
        Ok(rows.into_iter().map(|row| self.received(row, locale)).collect())
    }

    async fn rows(&self, place: i64, limit: i64) -> Result<Vec<Row>, Unavailable> {
        Ok(reading!(self.database.store, pool => {
            sqlx::query_as(
                "SELECT id, at, kind, content, acknowledged_at FROM inbox WHERE id > $1 ORDER BY id LIMIT $2",
            )
            .bind(place)
            .bind(limit)
            .fetch_all(pool)
            .await?
        }))
    }

    /// The first notice after a place, with its number and the time at which it was stored.
    pub async fn next(
        &self,
        place: i64,
        locale: portform::Locale,
    ) -> Result<Option<(i64, i64, Received)>, Unavailable> {
        let row = self.rows(place, 1).await?.into_iter().next();
        Ok(row.map(|row| (row.0, row.1, self.received(row, locale))))
    }

    /// One notice.
    pub async fn one(&self, id: i64, locale: portform::Locale) -> Result<Option<Received>, Unavailable> {
        let row: Option<Row> = reading!(self.database.store, pool => {
            sqlx::query_as("SELECT id, at, kind, content, acknowledged_at FROM inbox WHERE id = $1")
                .bind(id)
                .fetch_optional(pool)
                .await?
        });
        Ok(row.map(|row| self.received(row, locale)))
    }

    /// The information system has taken over what came up to a place. How many that are.
    pub async fn acknowledge_through(&self, place: i64) -> Result<u64, Unavailable> {
        Ok(writing!(self.database.store, pool => {
            sqlx::query("UPDATE inbox SET acknowledged_at = $1 WHERE id <= $2 AND acknowledged_at IS NULL")
                .bind(now())
                .bind(place)
                .execute(pool)
                .await?
                .rows_affected()
        }))
    }

    /// The information system has taken over these. How many that are.
    pub async fn acknowledge(&self, ids: &[i64]) -> Result<u64, Unavailable> {
        Ok(writing!(self.database.store, pool => {
            let mut transaction = pool.begin_with(self.database.store.begin()).await?;
            let mut count = 0;
            for id in ids {
                count += sqlx::query("UPDATE inbox SET acknowledged_at = $1 WHERE id = $2 AND acknowledged_at IS NULL")
                    .bind(now())
                    .bind(id)
                    .execute(&mut *transaction)
                    .await?
                    .rows_affected();
            }
            transaction.commit().await?;
            count
        }))
    }

    /// Erases what was acknowledged before a time, and what was stored before another, acknowledged or not.
    pub async fn erase(&self, acknowledged_before: i64, stored_before: i64) -> Result<u64, Unavailable> {
        Ok(writing!(self.database.store, pool => {
            sqlx::query("DELETE FROM inbox_dead WHERE at < $1").bind(stored_before).execute(pool).await?;
            sqlx::query("DELETE FROM inbox WHERE acknowledged_at < $1 OR at < $2")
                .bind(acknowledged_before)
                .bind(stored_before)
                .execute(pool)
                .await?
                .rows_affected()
        }))
    }

    /// Whether the database answers.
    pub async fn database_answers(&self) -> bool {
        self.database.store.answers().await
    }

    /// How many are kept, and how many of them are not acknowledged.
    pub async fn counts(&self) -> Result<(i64, i64), Unavailable> {
        Ok(reading!(self.database.store, pool => {
            sqlx::query_as("SELECT count(*), count(*) - count(acknowledged_at) FROM inbox").fetch_one(pool).await?
        }))
    }

    /// Replaces the lists of what the information system has.
    pub async fn set_known(&self, known: &Known) -> Result<(), Unavailable> {
        writing!(self.database.store, pool => {
            let mut transaction = pool.begin_with(self.database.store.begin()).await?;
            // One at a time: the last one counts as a whole.
            sqlx::query("UPDATE inbox_newest SET newest = newest").execute(&mut *transaction).await?;
            sqlx::query("DELETE FROM inbox_known").execute(&mut *transaction).await?;
            sqlx::query("DELETE FROM inbox_lists").execute(&mut *transaction).await?;
            if let Some(ids) = &known.programmes {
                for rows in ids.chunks(ROWS) {
                    QueryBuilder::new("INSERT INTO inbox_known (list, id) ")
                        .push_values(rows, |mut row, id| {
                            row.push_bind(PROGRAMMES).push_bind(id.as_slice());
                        })
                        .build()
                        .execute(&mut *transaction)
                        .await?;
                }
            }
            if let Some(ids) = &known.cycles {
                for rows in ids.chunks(ROWS) {
                    QueryBuilder::new("INSERT INTO inbox_known (list, id, programme) ")
                        .push_values(rows, |mut row, (id, programme)| {
                            let programme = programme.as_ref().map(IdDigest::as_slice);
                            row.push_bind(CYCLES).push_bind(id.as_slice()).push_bind(programme);
                        })
                        .build()
                        .execute(&mut *transaction)
                        .await?;
                }
            }
            for (list, items) in [
                (PROGRAMMES, known.programmes.as_ref().map(Vec::len)),
                (CYCLES, known.cycles.as_ref().map(Vec::len)),
            ] {
                if let Some(items) = items {
                    sqlx::query("INSERT INTO inbox_lists (list, items, at) VALUES ($1, $2, $3)")
                        .bind(list)
                        .bind(i64::try_from(items).unwrap_or(i64::MAX))
                        .bind(now())
                        .execute(&mut *transaction)
                        .await?;
                }
            }
            transaction.commit().await?;
        });
        Ok(())
    }

    /// How many programmes and cycles the information system has given.
    pub async fn known(&self) -> Result<(Option<i64>, Option<i64>), Unavailable> {
        let lists: Vec<(String, i64)> = reading!(self.database.store, pool => {
            sqlx::query_as("SELECT list, items FROM inbox_lists").fetch_all(pool).await?
        });
        let items = |name: &str| lists.iter().find(|(list, _)| list == name).map(|(_, items)| *items);
        Ok((items(PROGRAMMES), items(CYCLES)))
    }

    fn sealed(&self, id: i64, notice: &Notice) -> Result<Vec<u8>, Unavailable> {
        let raw = |text: &String| RawValue::from_string(text.clone()).map_err(|_| Unavailable);
        let issues = match &notice.issues {
            Some([ru, uk, en]) => Some([raw(ru)?, raw(uk)?, raw(en)?]),
            None => None,
        };
        let unknown = notice.unknown.as_ref().map(raw).transpose()?;
        let content = Content { value: raw(&notice.value)?, unknown, issues };
        let content = serde_json::to_vec(&content).map_err(|_| Unavailable)?;
        self.database.sealer.seal(&about(id), &content).ok_or(Unavailable)
    }

    fn received(&self, (id, at, kind, content, acknowledged): Row, locale: portform::Locale) -> Received {
        let content = self
            .database
            .sealer
            .open(&about(id), &content)
            .and_then(|content| serde_json::from_slice::<Content>(&content).ok());
        if content.is_none() {
            tracing::error!(id, "no key opens a notice of the inbox");
        }
        let (value, unknown, issues) = match content {
            Some(content) => (Some(content.value), content.unknown, content.issues),
            None => (None, None, None),
        };
        let issues = issues.map(|[ru, uk, en]| match locale {
            portform::Locale::Ru => ru,
            portform::Locale::Uk => uk,
            portform::Locale::En => en,
        });
        let kind = Kind::from_name(&kind).unwrap_or(Kind::Application);
        Received {
            id: id.to_string(),
            at: shown(at),
            kind: kind.as_str(),
            payload: kind.payload(),
            value,
            unknown,
            issues,
            acknowledged: acknowledged.map(shown),
        }
    }
}

const PROGRAMMES: &str = "programmes";
const CYCLES: &str = "cycles";

fn about(id: i64) -> String {
    format!("inbox {id}")
}

fn accepted(notice: &Notice) -> Answer {
    match notice.kind {
        Kind::Application => Answer::application("actual"),
        Kind::Cancellation => Answer::application("cancelled"),
        Kind::Expertise => Answer::review(notice.status.as_deref().unwrap_or_default()),
    }
}

/// A refusal in the words of the service's own answer.
pub fn refused(service: Service, refusal: &Refusal) -> Answer {
    match service {
        Service::Applications => Answer::application_refused(refusal),
        Service::Expertise => Answer::review_refused(refusal),
    }
}

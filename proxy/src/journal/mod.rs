//! The journal: what was submitted, by whom, and what became of it. A submission is written down before it is sent and
//! again before its answer is told, under a key of the page's making, so that the same key is never sent twice and what
//! is not known is said to be so.

mod by_person;
pub mod entry;
pub mod key;
mod routes;
mod upkeep;
mod verdict;
mod writer;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::QueryBuilder;

pub use entry::{Entry, State};
pub use routes::{AT_HEADER, SENT_BY_HEADER, router, say_when};
pub use verdict::{Judged, verdict};
pub use writer::{Begun, Failed, New, Settled, Ticket};

use crate::clock::now;
use crate::database::{Database, said};
use crate::errors::ProxyError;
use crate::reading;
use crate::upstream::Answer;
use writer::Writer;

/// How long the answer to a page waits for the database to write down what the upstream said.
const PATIENCE: Duration = Duration::from_secs(5);

/// How the journal is kept.
#[derive(Debug, Clone)]
pub struct JournalConfig {
    /// Whether there is one at all.
    pub on: bool,
    /// Whether a submission must have a key.
    pub require_key: bool,
    /// How long an entry is kept; for ever without it.
    pub keep: Option<Duration>,
    /// Whether bodies are kept, sealed.
    pub bodies: bool,
}

impl Default for JournalConfig {
    fn default() -> Self {
        Self { on: true, require_key: false, keep: Some(Duration::from_secs(90 * 24 * 60 * 60)), bodies: false }
    }
}

/// What identifies a submission: who submits, and the key.
type Name = (String, String);

/// The journal of one proxy.
#[derive(Debug)]
pub struct Journal {
    database: Arc<Database>,
    config: JournalConfig,
    writer: Writer,
    under_way: Arc<Mutex<HashSet<Name>>>,
}

/// A submission that this process is busy with, from its head on; while it exists there is no second one of its name.
#[derive(Debug)]
pub struct Busy {
    name: Name,
    under_way: Arc<Mutex<HashSet<Name>>>,
}

impl Drop for Busy {
    fn drop(&mut self) {
        lock(&self.under_way).remove(&self.name);
    }
}

/// What a submission is, before it is sent.
#[derive(Debug)]
pub struct Submission<'a> {
    /// Which payload.
    pub payload: &'static str,
    /// The path, with its parts filled in.
    pub path: &'a str,
    /// The body.
    pub body: &'a [u8],
    /// The request's id.
    pub request_id: &'a str,
    /// Whether it goes out right after it is written down.
    pub sending: bool,
}

impl Journal {
    /// Opens the journal and begins its upkeep, which ends with the process or when it is dropped.
    pub fn start(database: Arc<Database>, config: JournalConfig) -> Arc<Self> {
        let writer = Writer::start(Arc::clone(&database));
        let journal = Arc::new(Self { database, config, writer, under_way: Arc::default() });
        upkeep::start(&journal);
        journal
    }

    /// How it is kept.
    pub fn config(&self) -> &JournalConfig {
        &self.config
    }

    /// Takes up a submission; `None` when this process is busy with one of the same name.
    pub fn take_up(&self, user: &str, key: &str) -> Option<Busy> {
        let name = (user.to_owned(), key.to_owned());
        let is_first = lock(&self.under_way).insert(name.clone());
        is_first.then(|| Busy { name, under_way: Arc::clone(&self.under_way) })
    }

    /// Writes a submission down before it is sent.
    pub async fn begin(&self, busy: &Busy, submission: Submission<'_>) -> Result<Begun, Failed> {
        let (user, key) = &busy.name;
        let about = format!("journal fingerprint\n{}", submission.path);
        let body = match self.config.bodies {
            // A body that cannot be sealed is not written, and what cannot be written is not sent.
            true => {
                let about = entry::about("body", user, key);
                Some(self.database.sealer.seal(&about, submission.body).ok_or(Failed)?)
            }
            false => None,
        };
        let new = New {
            submitter: user.clone(),
            key: key.clone(),
            payload: submission.payload,
            fingerprints: self.database.sealer.digests(&about, submission.body),
            sending: submission.sending,
            request_id: submission.request_id.to_owned(),
            now: now(),
            body,
        };
        self.writer.begin(new).await
    }

    /// Writes down that it goes out now; false when it may not.
    pub async fn sending(&self, ticket: Ticket) -> Result<bool, Failed> {
        self.writer.sending(ticket).await
    }

    /// Writes down what became of it, before the page is told. When the database does not take it in time, the page is
    /// told so, and it is tried until it does.
    pub async fn settle(
        &self,
        busy: Busy,
        ticket: Ticket,
        outcome: &Result<(Answer, Judged), ProxyError>,
        at: i64,
    ) -> Result<(), Failed> {
        let (user, key) = &busy.name;
        let settled = match outcome {
            Ok((answer, verdict)) => Settled {
                state: answer.state(),
                now: at,
                error: None,
                status: Some(answer.status.as_u16().into()),
                accepted: verdict.accepted,
                reason: verdict.reason,
                answer: entry::seal_answer(&self.database.sealer, user, key, answer),
            },
            Err(error) => Settled {
                state: error.state(),
                now: at,
                error: Some(error.code()),
                status: None,
                accepted: None,
                reason: None,
                answer: None,
            },
        };
        let writer = self.writer.clone();
        let until_written = tokio::spawn(async move {
            let mut pause = Duration::from_millis(50);
            while writer.settle(ticket, settled.clone()).await.is_err() {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(10));
            }
            drop(busy);
        });
        match tokio::time::timeout(PATIENCE, until_written).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Failed),
        }
    }

    /// What the journal has under a key of a user.
    pub async fn find(&self, user: &str, key: &str) -> Result<Option<Entry>, Failed> {
        reading!(self.database.store, pool => {
            let mut query = QueryBuilder::new("SELECT ");
            query.push(entry::COLUMNS).push(" FROM journal WHERE submitter = ").push_bind(user);
            query.push(" AND key = ").push_bind(key);
            query.build_query_as().fetch_optional(pool).await.map_err(failed)
        })
    }

    /// How many entries there are of each state.
    pub async fn counts(&self) -> Result<[(State, i64); 4], Failed> {
        let rows: Vec<(String, i64)> = reading!(self.database.store, pool => {
            sqlx::query_as("SELECT state, count(*) FROM journal GROUP BY state").fetch_all(pool).await.map_err(failed)?
        });
        let of =
            |state: State| rows.iter().filter(|(name, _)| State::of(name) == state).map(|(_, entries)| entries).sum();
        Ok([State::Received, State::Sent, State::NotSent, State::Unknown].map(|state| (state, of(state))))
    }

    /// The upstream's answer that an entry has; `None` when no key opens it.
    pub fn answer(&self, entry: &Entry) -> Option<Answer> {
        entry.answer(&self.database.sealer)
    }

    /// Whether this process is busy with a submission that the journal need not have yet.
    pub fn is_busy_with(&self, user: &str, key: &str) -> bool {
        lock(&self.under_way).contains(&(user.to_owned(), key.to_owned()))
    }

    /// The entries that changed after a place, of one user or of all.
    pub async fn after(&self, place: i64, user: Option<&str>, limit: i64) -> Result<Vec<Entry>, Failed> {
        reading!(self.database.store, pool => {
            let mut query = QueryBuilder::new("SELECT ");
            query.push(entry::COLUMNS).push(" FROM journal WHERE place > ").push_bind(place);
            if let Some(user) = user {
                query.push(" AND submitter = ").push_bind(user);
            }
            query.push(" ORDER BY place LIMIT ").push_bind(limit);
            query.build_query_as().fetch_all(pool).await.map_err(failed)
        })
    }
}

fn failed(error: sqlx::Error) -> Failed {
    tracing::error!(causes = said(&error), "the journal could not be read");
    Failed
}

/// A poisoned lock means that another request failed; the names in it are still good.
fn lock(names: &Mutex<HashSet<Name>>) -> MutexGuard<'_, HashSet<Name>> {
    names.lock().unwrap_or_else(PoisonError::into_inner)
}

//! Everything that changes the journal, in one place and one at a time: whoever waits for the disk together is written
//! in one transaction, so that many submissions at once cost as many waits as a few.

use std::collections::HashSet;
use std::sync::Arc;

use sqlx::QueryBuilder;
use tokio::sync::{mpsc, oneshot};

use super::entry::{COLUMNS, Entry, State};
use crate::database::{Database, said};
use crate::writing;

/// How many changes one transaction takes.
const TOGETHER: usize = 256;

/// How many changes may wait.
const WAITING: usize = 4_096;

/// The database did not take a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed;

/// A submission as it is written down before it is sent.
#[derive(Debug, Clone)]
pub struct New {
    /// Who submits.
    pub submitter: String,
    /// Its key.
    pub key: String,
    /// Which payload.
    pub payload: &'static str,
    /// The keyed digest of path and body, by the first key and by those before it.
    pub fingerprints: Vec<Vec<u8>>,
    /// Whether it goes out right after this.
    pub sending: bool,
    /// The request that sends it.
    pub request_id: String,
    /// Now, in milliseconds.
    pub now: i64,
    /// The body, sealed, where bodies are kept.
    pub body: Option<Vec<u8>>,
}

/// What the journal says to a new submission.
#[derive(Debug)]
pub enum Begun {
    /// It may be sent.
    New(Ticket),
    /// The first one with this key is under way.
    UnderWay,
    /// The key belongs to another body or path.
    OtherBody,
    /// It has been sent, or may have been.
    Settled(Box<Entry>),
}

/// Leave to send a submission, and to write down what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    id: i64,
    attempts: i64,
}

/// What became of a submission.
#[derive(Debug, Clone)]
pub struct Settled {
    /// Its state: never received.
    pub state: State,
    /// Now, in milliseconds.
    pub now: i64,
    /// The proxy's own code.
    pub error: Option<&'static str>,
    /// The upstream's status.
    pub status: Option<i64>,
    /// Whether it accepted.
    pub accepted: Option<bool>,
    /// Its documented reason.
    pub reason: Option<&'static str>,
    /// Its answer, sealed.
    pub answer: Option<Vec<u8>>,
}

type Reply<T> = oneshot::Sender<Result<T, Failed>>;

enum Change {
    Begin(Box<New>, Reply<Begun>),
    Sending(Ticket, Reply<bool>),
    Settle(Ticket, Box<Settled>, Reply<()>),
}

/// The place where changes are handed in.
#[derive(Debug, Clone)]
pub struct Writer(mpsc::Sender<Change>);

impl Writer {
    /// Starts writing; it ends when the last handle is gone.
    pub fn start(database: Arc<Database>) -> Self {
        let (sender, mut changes) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            let mut together = Vec::new();
            while changes.recv_many(&mut together, TOGETHER).await > 0 {
                write(&database, std::mem::take(&mut together)).await;
            }
        });
        Self(sender)
    }

    /// Writes down a submission, unless the journal knows its key.
    pub async fn begin(&self, new: New) -> Result<Begun, Failed> {
        self.hand_in(|reply| Change::Begin(Box::new(new), reply)).await
    }

    /// Writes down that a submission goes out now. False when it may not, because another instance took this one for
    /// ended and the submission for not sent.
    pub async fn sending(&self, ticket: Ticket) -> Result<bool, Failed> {
        self.hand_in(|reply| Change::Sending(ticket, reply)).await
    }

    /// Writes down what became of a submission.
    pub async fn settle(&self, ticket: Ticket, settled: Settled) -> Result<(), Failed> {
        self.hand_in(|reply| Change::Settle(ticket, Box::new(settled), reply)).await
    }

    async fn hand_in<T>(&self, change: impl FnOnce(Reply<T>) -> Change) -> Result<T, Failed> {
        let (reply, answer) = oneshot::channel();
        self.0.send(change(reply)).await.map_err(|_| Failed)?;
        answer.await.map_err(|_| Failed)?
    }
}

/// Splits the changes, writes them in one transaction, and tells each what it came to. Nobody who has gone is missed.
async fn write(database: &Database, changes: Vec<Change>) {
    let (mut begins, mut begin_replies) = (Vec::new(), Vec::new());
    let (mut sendings, mut sending_replies) = (Vec::new(), Vec::new());
    let (mut settles, mut settle_replies) = (Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Begin(new, reply) => {
                begins.push(*new);
                begin_replies.push(reply);
            }
            Change::Sending(ticket, reply) => {
                sendings.push(ticket);
                sending_replies.push(reply);
            }
            Change::Settle(ticket, settled, reply) => {
                settles.push((ticket, *settled));
                settle_replies.push(reply);
            }
        }
    }
    match transaction(database, &begins, &sendings, &settles).await {
        Ok((begun, may_send)) => {
            for (reply, begun) in begin_replies.into_iter().zip(begun) {
                let _ = reply.send(Ok(begun));
            }
            for (reply, ticket) in sending_replies.into_iter().zip(sendings) {
                let _ = reply.send(Ok(may_send.contains(&ticket.id)));
            }
            for reply in settle_replies {
                let _ = reply.send(Ok(()));
            }
        }
        Err(error) => {
            tracing::error!(causes = said(&error), "the journal could not be written");
            for reply in begin_replies {
                let _ = reply.send(Err(Failed));
            }
            for reply in sending_replies {
                let _ = reply.send(Err(Failed));
            }
            for reply in settle_replies {
                let _ = reply.send(Err(Failed));
            }
        }
    }
}

type Written = (Vec<Begun>, HashSet<i64>);

async fn transaction(
    database: &Database,
    begins: &[New],
    sendings: &[Ticket],
    settles: &[(Ticket, Settled)],
) -> Result<Written, sqlx::Error> {
    let instance = database.instance.id.as_str();
    writing!(database.store, pool => {
        let mut transaction = pool.begin_with(database.store.begin()).await?;
        // The one row that all writers change: it puts instances in line, so that places appear in their order.
        let wanted = i64::try_from(begins.len() + settles.len()).unwrap_or(i64::MAX);
        let last: i64 =
            sqlx::query_scalar("UPDATE counters SET value = value + $1 WHERE name = 'journal' RETURNING value")
                .bind(wanted)
                .fetch_one(&mut *transaction)
                .await?;
        let mut places = (last - wanted + 1)..;
        let mut place = || places.next().unwrap_or(last);

        let mut begun = Vec::with_capacity(begins.len());
        if !begins.is_empty() {
            let ids: Vec<i64> = begins.iter().map(|_| place()).collect();
            let mut insert = QueryBuilder::new(
                "INSERT INTO journal (id, place, submitter, key, payload, fingerprint, state, sending, instance, \
                 request_id, attempts, received_at, body) ",
            );
            insert.push_values(begins.iter().zip(&ids), |mut row, (new, id)| {
                row.push_bind(*id)
                    .push_bind(*id)
                    .push_bind(new.submitter.as_str())
                    .push_bind(new.key.as_str())
                    .push_bind(new.payload)
                    .push_bind(new.fingerprints.first().map(Vec::as_slice).unwrap_or_default())
                    .push_bind(State::Received.name())
                    .push_bind(new.sending)
                    .push_bind(instance)
                    .push_bind(new.request_id.as_str())
                    .push_bind(1_i64)
                    .push_bind(new.now)
                    .push_bind(new.body.as_deref());
            });
            insert.push(" ON CONFLICT (submitter, key) DO NOTHING RETURNING id");
            let inserted: Vec<i64> = insert.build_query_scalar().persistent(begins.len() < 4).fetch_all(&mut *transaction).await?;
            let inserted: HashSet<i64> = inserted.into_iter().collect();
            for (new, id) in begins.iter().zip(ids) {
                if inserted.contains(&id) {
                    begun.push(Begun::New(Ticket { id, attempts: 1 }));
                    continue;
                }
                let mut known = QueryBuilder::new("SELECT ");
                known.push(COLUMNS).push(" FROM journal WHERE submitter = ").push_bind(new.submitter.as_str());
                known.push(" AND key = ").push_bind(new.key.as_str());
                let known: Entry = known.build_query_as().fetch_one(&mut *transaction).await?;
                if !new.fingerprints.contains(&known.fingerprint) {
                    begun.push(Begun::OtherBody);
                    continue;
                }
                match known.state() {
                    State::Received => begun.push(Begun::UnderWay),
                    State::Sent | State::Unknown => begun.push(Begun::Settled(Box::new(known))),
                    State::NotSent => {
                        let ticket = Ticket { id: known.id, attempts: known.attempts + 1 };
                        sqlx::query(
                            "UPDATE journal SET state = 'received', place = $1, sending = $2, instance = $3, request_id = $4,
                             attempts = $5, settled_at = NULL, error = NULL, status = NULL, accepted = NULL, reason = NULL,
                             answer = NULL WHERE id = $6",
                        )
                        .bind(id)
                        .bind(new.sending)
                        .bind(instance)
                        .bind(new.request_id.as_str())
                        .bind(ticket.attempts)
                        .bind(ticket.id)
                        .execute(&mut *transaction)
                        .await?;
                        begun.push(Begun::New(ticket));
                    }
                }
            }
        }

        let mut may_send = HashSet::new();
        for ticket in sendings {
            let left: Option<i64> = sqlx::query_scalar(
                "UPDATE journal SET sending = TRUE WHERE id = $1 AND attempts = $2 AND instance = $3 AND state = 'received'
                 RETURNING id",
            )
            .bind(ticket.id)
            .bind(ticket.attempts)
            .bind(instance)
            .fetch_optional(&mut *transaction)
            .await?;
            may_send.extend(left);
        }

        if !settles.is_empty() {
            let mut update = QueryBuilder::new("WITH now_known (id, attempts, place, state, settled_at, error, status, accepted, reason, answer) AS (");
            update.push_values(settles, |mut row, (ticket, settled)| {
                row.push_bind(ticket.id)
                    .push_bind(ticket.attempts)
                    .push_bind(place())
                    .push_bind(settled.state.name())
                    .push_bind(settled.now)
                    .push_bind(settled.error)
                    .push_bind(settled.status)
                    .push_bind(settled.accepted)
                    .push_bind(settled.reason)
                    .push_bind(settled.answer.as_deref());
            });
            // Another instance may have taken this one for ended, and a person may have settled it since; this one knows
            // better what became of its own.
            update.push(
                ") UPDATE journal SET place = now_known.place, state = now_known.state, settled_at = now_known.settled_at, \
                 error = now_known.error, status = now_known.status, accepted = now_known.accepted, \
                 reason = now_known.reason, answer = now_known.answer FROM now_known \
                 WHERE journal.id = now_known.id AND journal.attempts = now_known.attempts \
                 AND (journal.state IN ('received', 'unknown') OR (journal.person_said IS NOT NULL AND now_known.status IS NOT NULL)) AND journal.instance = ",
            );
            update.push_bind(instance);
            update.build().persistent(settles.len() < 4).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok((begun, may_send))
    })
}

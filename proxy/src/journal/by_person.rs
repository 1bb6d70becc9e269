//! `POST /journal/{key}/settle`: a person who has looked it up at the upstream says what became of a submission of which
//! the proxy does not know. From then on the key has an answer, written here in the upstream's own shape and said to be a
//! person's; nothing is sent. What the upstream itself says later counts more.

use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::entry::about;
use super::{Entry, Failed, Journal, State, failed};
use crate::clock::now;
use crate::errors::ProxyError;
use crate::routes::{self, Upstream};
use crate::upstream::Answer;
use crate::writing;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 1_000;

/// The longest body: a note of characters that are all escaped, and the rest.
pub const BODY_LIMIT: usize = 16 * 1024;

/// The reason in an answer that says that a person knows of a refusal; the documents have none for it.
const REASON: &str = "settled_by_person";

/// What a person says of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// The upstream has it.
    Accepted,
    /// The upstream does not have it, and will not.
    Refused,
}

impl Said {
    /// As it stands in the database and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }

    /// What is said by this name.
    pub fn of(name: &str) -> Option<Self> {
        [Self::Accepted, Self::Refused].into_iter().find(|said| said.name() == name)
    }
}

/// The body of the request.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settling {
    state: Said,
    note: Option<String>,
}

impl Settling {
    /// Reads it.
    pub fn read(body: &[u8]) -> Option<Self> {
        let settling: Self = serde_json::from_slice(body).ok()?;
        let fits = settling.note.as_ref().is_none_or(|note| note.chars().count() <= LONGEST_NOTE);
        fits.then_some(settling)
    }

    fn note(&self) -> Option<&str> {
        self.note.as_deref().map(str::trim).filter(|note| !note.is_empty())
    }
}

/// The answer that a key has from then on.
pub fn answer(payload: &str, said: Said, note: Option<&str>) -> Answer {
    let (status, body) = match (routes::upstream_of(payload), said) {
        (Upstream::Portal, Said::Accepted) => (StatusCode::OK, json!({ "success": true })),
        (Upstream::Portal, Said::Refused) => {
            let description = note.unwrap_or("Отказ записан в журнал сотрудником организации.");
            (StatusCode::OK, json!({ "success": false, "reason": REASON, "description": description }))
        }
        (Upstream::Ehealth, Said::Accepted) => (StatusCode::CREATED, json!({ "data": {} })),
        (Upstream::Ehealth, Said::Refused) => {
            let message = note.unwrap_or("Відмову записав до журналу працівник організації.");
            (StatusCode::CONFLICT, json!({ "error": { "type": REASON, "message": message } }))
        }
    };
    Answer {
        status,
        content_type: Some(HeaderValue::from_static("application/json")),
        content_encoding: None,
        retry_after: None,
        body: Bytes::from(body.to_string()),
    }
}

impl Journal {
    /// Writes down what a person says of a submission. The same said again is as good as once.
    pub async fn settle_by_person(
        &self,
        submitter: &str,
        key: &str,
        settling: &Settling,
        person: &str,
    ) -> Result<Entry, ProxyError> {
        let entry = self.find(submitter, key).await?.ok_or(ProxyError::NotInJournal)?;
        if entry.state() == State::Unknown {
            let note = match settling.note() {
                Some(note) => {
                    let about = about("note", submitter, key);
                    Some(self.database.sealer.seal(&about, note.as_bytes()).ok_or(ProxyError::Internal)?)
                }
                None => None,
            };
            self.write_settled(entry.id, settling.state, person, note).await?;
            tracing::info!(id = entry.id, state = settling.state.name(), "a person has settled a submission");
        }
        // Somebody else may have been faster, or the upstream.
        let entry = self.find(submitter, key).await?.ok_or(ProxyError::NotInJournal)?;
        if entry.said_by_person() == Some(settling.state) { Ok(entry) } else { Err(ProxyError::NotUnknown) }
    }

    async fn write_settled(&self, id: i64, said: Said, person: &str, note: Option<Vec<u8>>) -> Result<(), Failed> {
        let store = &self.database.store;
        let written = async {
            writing!(*store, pool => {
                let mut transaction = pool.begin_with(store.begin()).await?;
                let place: i64 =
                    sqlx::query_scalar("UPDATE counters SET value = value + 1 WHERE name = 'journal' RETURNING value")
                        .fetch_one(&mut *transaction)
                        .await?;
                sqlx::query(
                    "UPDATE journal SET place = $1, state = 'sent', accepted = $2, settled_at = $3, person_said = $4,
                     person = $5, person_at = $3, person_note = $6 WHERE id = $7 AND state = 'unknown'",
                )
                .bind(place)
                .bind(said == Said::Accepted)
                .bind(now())
                .bind(said.name())
                .bind(person)
                .bind(note)
                .bind(id)
                .execute(&mut *transaction)
                .await?;
                transaction.commit().await
            })
        };
        written.await.map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, Settling, answer};
    use crate::check;

    #[test]
    fn the_answer_of_a_person_is_read_as_what_was_said() {
        for payload in ["cycle.create", "programme.create", "results.confirm", "contract_request.envelope"] {
            for (said, expected) in [(Said::Accepted, true), (Said::Refused, false)] {
                let answer = answer(payload, said, Some("looked up"));
                let read = check::accepted(payload, answer.status.as_u16(), &answer.body);
                assert_eq!(read, Some(expected), "{payload} {said:?}");
                assert_eq!(Said::of(said.name()), Some(said));
            }
        }
    }

    #[test]
    fn what_a_person_says_is_one_of_two_and_a_note_is_short() {
        assert!(Settling::read(br#"{"state":"accepted"}"#).is_some());
        assert!(Settling::read(br#"{"state":"refused","note":"looked up"}"#).is_some());
        let long = format!(r#"{{"state":"refused","note":"{}"}}"#, "ы".repeat(1_001));
        for wrong in ["", "{}", "[]", r#"{"state":"sent"}"#, r#"{"state":"accepted","other":1}"#, &long] {
            assert!(Settling::read(wrong.as_bytes()).is_none(), "{wrong}");
        }
    }
}

//! Comments on applications. The document names the service and gives no path or shape for it; the sandbox takes the
//! keys by which the document identifies an application, and the comment.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State as Shared;

use super::State;
use super::body::{Failure, Fields, Outcome, read, success};
use super::{cycles, programmes};

/// `POST education/request/comment`.
pub async fn comment(Shared(state): Shared<Arc<State>>, body: Bytes) -> Outcome {
    let body = read(&body)?;
    let fields = Fields::of(&body);
    // The reasons of this service are cycle_not_found, program_not_found and incorrect_data; no incomplete_data.
    let missing = |failure| match failure {
        Failure::Refused(_, description) => Failure::Refused("incorrect_data", description),
        other => other,
    };
    let programme = fields.text("program_id").map_err(missing)?;
    let cycle = fields.text("cycle_id").map_err(missing)?;
    let number = fields.number_text("request_number").map_err(missing)?;
    let comment = fields.text("comment").map_err(missing)?;
    if fields.optional("request_id").is_none() {
        fields.text("snils").map_err(missing)?;
    }
    if programmes::find(&state.store, programme).await?.is_none() {
        return Err(Failure::reason("program_not_found"));
    }
    if cycles::status_of(&state.store, cycle).await?.is_none() {
        return Err(Failure::reason("cycle_not_found"));
    }
    let kept = sqlx::query("UPDATE applications SET comment = ? WHERE cycle_id = ? AND request_number = ?")
        .bind(comment)
        .bind(cycle)
        .bind(number)
        .execute(&state.store)
        .await?;
    if kept.rows_affected() == 0 {
        return Err(Failure::Refused("incorrect_data", "Нет заявки с таким request_number".to_owned()));
    }
    success()
}

//! Programmes (ДПП ПК): adding, changing, asking for the status of the technical review. Statuses are kept by the
//! document's narrative: a new one is submitted, a changed one is in work, and only one sent back may be changed.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State as Shared;
use serde_json::{Value, json};
use sqlx::SqlitePool;

use super::State;
use super::body::{Failure, Fields, Outcome, read, success};
use super::reference;

/// The forms of education that programmes and cycles have.
pub const EDUCATION_FORMS: &[&str] = &["fulltime", "semiremote", "remote"];

/// The statuses as the sandbox keeps them, the code of the document's status answer, and the name in its narrative.
pub const STATUSES: &[(&str, &str, &str)] = &[
    ("submitted", "in_progress", "Подано на экспертизу"),
    ("in_progress", "in_progress", "В работе"),
    ("needs_revision", "rejected", "На доработке"),
    ("approved", "approved", "Утверждено"),
    // The document's table of statuses has no code for it: its narrative's word is told as it stands.
    ("declined", "Отклонено", "Отклонено"),
    ("archived", "Closed", "В архиве"),
];

/// `POST education/dpppk/create`.
pub async fn create(Shared(state): Shared<Arc<State>>, body: Bytes) -> Outcome {
    let (number, name) = check(&body)?;
    let added = sqlx::query(
        "INSERT INTO programmes (program_number, name, status) VALUES (?, ?, 'submitted')
         ON CONFLICT (program_number) DO NOTHING",
    )
    .bind(number)
    .bind(name)
    .execute(&state.store)
    .await?;
    if added.rows_affected() == 0 { Err(Failure::reason("already_exists")) } else { success() }
}

/// `POST education/dpppk/update`.
pub async fn update(Shared(state): Shared<Arc<State>>, body: Bytes) -> Outcome {
    let (number, name) = check(&body)?;
    match find(&state.store, &number).await?.as_deref() {
        None => Err(Failure::reason("not_found")),
        Some("needs_revision") => {
            sqlx::query(
                "UPDATE programmes SET name = ?, status = 'in_progress', comment = '' WHERE program_number = ?",
            )
            .bind(name)
            .bind(number)
            .execute(&state.store)
            .await?;
            success()
        }
        Some(_) => Err(Failure::Refused(
            "incorrect_data",
            "Изменения принимаются только для ДПП ПК в статусе «На доработке»".to_owned(),
        )),
    }
}

/// `POST education/dpppk/status`.
pub async fn status(Shared(state): Shared<Arc<State>>, body: Bytes) -> Outcome {
    let body = read(&body)?;
    // This endpoint knows no `incomplete_data`.
    let number = Fields::of(&body)
        .text("program_id")
        .map_err(|_| Failure::Refused("incorrect_data", "Не заполнено поле program_id".to_owned()))?;
    let found: Option<(String, String)> =
        sqlx::query_as("SELECT status, comment FROM programmes WHERE program_number = ?")
            .bind(number)
            .fetch_optional(&state.store)
            .await?;
    let Some((status, comment)) = found else {
        return Err(Failure::reason("unknown_program"));
    };
    let code = STATUSES.iter().find(|(kept, ..)| *kept == status).map_or("in_progress", |(_, code, _)| code);
    let mut answer = json!({ "success": true, "status": code });
    if let Some(fields) = answer.as_object_mut().filter(|_| !comment.is_empty()) {
        fields.insert("status_reason".to_owned(), Value::String(comment));
    }
    Ok(Json(answer))
}

/// What the organisation's system is told when a programme comes to this status; of a review that goes on, nothing.
pub fn told(number: &str, status: &str, comment: &str) -> Option<Value> {
    if matches!(status, "submitted" | "in_progress") {
        return None;
    }
    let code = STATUSES.iter().find(|(kept, ..)| *kept == status).map(|(_, code, _)| *code)?;
    let mut notice = json!({ "program_id": number, "status": code });
    if let Some(fields) = notice.as_object_mut().filter(|_| !comment.is_empty()) {
        fields.insert("comment".to_owned(), Value::from(comment));
    }
    Some(notice)
}

/// The status of a programme, when there is one of this number.
pub async fn find(store: &SqlitePool, number: &str) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT status FROM programmes WHERE program_number = ?")
        .bind(number)
        .fetch_optional(store)
        .await
}

/// The number and the name of a programme whose required fields are there.
fn check(body: &[u8]) -> Result<(String, String), Failure> {
    let body = read(body)?;
    let fields = Fields::of(&body);
    let number = fields.text("program_number")?;
    let name = fields.text("name")?;
    fields.number("development_year")?;
    fields.number("volume_zet_total")?;
    fields.choice("education_form", EDUCATION_FORMS)?;
    for flag in ["is_budget", "is_paid", "is_paid_foms", "is_simulation", "is_remote", "is_network"] {
        fields.flag(flag)?;
    }
    for speciality in fields.list("specialities")? {
        let speciality = Fields::within(speciality, "specialities.")?;
        speciality.flag("main")?;
        if !reference::knows(speciality.text("name")?) {
            return Err(Failure::Refused("incorrect_data", "Неизвестная специальность".to_owned()));
        }
    }
    Ok((number.to_owned(), name.to_owned()))
}

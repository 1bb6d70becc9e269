//! Cycles of a programme: adding, changing, cancelling. Every new cycle gets three applications, numbered 1 to 3, so
//! that results can be tried out on it without a Portal's users who would file them.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State as Shared;
use serde_json::Value;
use sqlx::SqlitePool;

use super::State;
use super::body::{Failure, Fields, Outcome, incorrect, read, success};
use super::programmes::{self, EDUCATION_FORMS};

/// The status of a cycle that was added.
pub const APPROVED: &str = "Утвержден";
/// The status of a cycle that was cancelled.
const CANCELLED: &str = "Отменен";

/// `POST education/cycle/create`.
pub async fn create(Shared(state): Shared<Arc<State>>, body: Bytes) -> Outcome {
    let (id, programme) = check(&body)?;
    if status_of(&state.store, &id).await?.is_some() {
        return Err(Failure::reason("already_exists"));
    }
    check_programme(&state.store, &programme).await?;
    let mut transaction = state.store.begin().await?;
    let added = sqlx::query("INSERT INTO cycles (id, programme, status) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING")
        .bind(&id)
        .bind(programme)
        .bind(APPROVED)
        .execute(&mut *transaction)
        .await?;
    if added.rows_affected() == 0 {
        return Err(Failure::reason("already_exists"));
    }
    for number in ["1", "2", "3"] {
        sqlx::query("INSERT INTO applications (cycle_id, request_number) VALUES (?, ?)")
            .bind(&id)
            .bind(number)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    success()
}

/// `POST education/cycle/update`.
pub async fn update(Shared(state): Shared<Arc<State>>, body: Bytes) -> Outcome {
    let (id, programme) = check(&body)?;
    require_approved(&state.store, &id).await?;
    check_programme(&state.store, &programme).await?;
    sqlx::query("UPDATE cycles SET programme = ? WHERE id = ?").bind(programme).bind(id).execute(&state.store).await?;
    success()
}

/// `POST education/cycle/cancel`; the document names the operation and gives no shape, so only the id is asked for.
pub async fn cancel(Shared(state): Shared<Arc<State>>, body: Bytes) -> Outcome {
    let body = read(&body)?;
    let id = Fields::of(&body).text("id")?;
    require_approved(&state.store, id).await?;
    sqlx::query("UPDATE cycles SET status = ? WHERE id = ?").bind(CANCELLED).bind(id).execute(&state.store).await?;
    success()
}

/// The status of a cycle, when there is one of this id.
pub async fn status_of(store: &SqlitePool, id: &str) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT status FROM cycles WHERE id = ?").bind(id).fetch_optional(store).await
}

async fn require_approved(store: &SqlitePool, id: &str) -> Result<(), Failure> {
    match status_of(store, id).await?.as_deref() {
        None => Err(Failure::reason("cycle_not_found")),
        Some(APPROVED) => Ok(()),
        Some(_) => Err(Failure::Refused("incorrect_data", "Цикл не в статусе «Утвержден»".to_owned())),
    }
}

async fn check_programme(store: &SqlitePool, number: &str) -> Result<(), Failure> {
    match programmes::find(store, number).await?.as_deref() {
        None => Err(Failure::reason("program_not_found")),
        Some("approved") => Ok(()),
        Some(_) => Err(Failure::Refused("incorrect_data", "ДПП ПК не в статусе «Утверждено»".to_owned())),
    }
}

/// The id and the programme of a cycle whose required fields are there.
fn check(body: &[u8]) -> Result<(String, String), Failure> {
    let body = read(body)?;
    let fields = Fields::of(&body);
    let id = fields.text("id")?;
    let programme = fields.text("programme")?;
    let begins = fields.date("begin_date")?;
    if fields.date("end_date")? < begins {
        return Err(incorrect("end_date"));
    }
    fields.choice("education_form", EDUCATION_FORMS)?;
    let (is_budget, is_paid) = (fields.flag("is_budget")?, fields.flag("is_paid")?);
    if fields.flag("is_paid_foms")? {
        fields.number("price_foms")?;
    }
    if is_paid {
        fields.number("price")?;
        fields.flag("has_paid_places")?;
        fields.number("paid_places")?;
    }
    if is_budget {
        fields.flag("has_budget_places")?;
        fields.number("budget_places")?;
    }
    if let Some(address) = fields.optional("address") {
        // The document's table has a list of objects, its example one object.
        let addresses = match address {
            Value::Array(items) => items.iter().collect(),
            other => vec![other],
        };
        for address in addresses {
            let address = Fields::within(address, "address.")?;
            address.text("region")?;
            address.text("city")?;
        }
    }
    Ok((id.to_owned(), programme.to_owned()))
}

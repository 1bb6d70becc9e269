//! Results of training: one, many at once, and the confirmation after which they can no longer be changed. Many at
//! once are taken all together or not at all.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State as Shared;
use serde_json::{Map, Value};
use sqlx::SqliteConnection;

use super::State;
use super::body::{Failure, Fields, Outcome, incorrect, read, success};

/// Both spellings of the document, its table's and its example's, and the one in the row of the certificate.
const STATUSES: &[&str] = &["not_trained", "failed", "succed", "succeed", "success"];

/// `POST results/update`.
pub async fn update(Shared(state): Shared<Arc<State>>, body: Bytes) -> Outcome {
    let body = read(&body)?;
    let result = check(Fields::of(&body), None).map_err(Failure::of_results)?;
    let mut transaction = state.store.begin().await?;
    keep(&mut transaction, &result).await?;
    transaction.commit().await?;
    success()
}

/// `POST results/bulk-update`.
pub async fn bulk_update(Shared(state): Shared<Arc<State>>, body: Bytes) -> Outcome {
    let body = read(&body)?;
    let results = check_bulk(&body).map_err(Failure::of_results)?;
    let mut transaction = state.store.begin().await?;
    for result in &results {
        keep(&mut transaction, result).await?;
    }
    transaction.commit().await?;
    success()
}

/// `POST results/confirm`.
pub async fn confirm(Shared(state): Shared<Arc<State>>, body: Bytes) -> Outcome {
    let body = read(&body)?;
    let cycle = Fields::of(&body).text("cycle_id").map_err(Failure::of_results)?;
    let mut transaction = state.store.begin().await?;
    require_open(&mut transaction, cycle).await?;
    let open: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM applications
         WHERE cycle_id = ? AND result_status IS NULL AND state <> 'cancelled'",
    )
    .bind(cycle)
    .fetch_one(&mut *transaction)
    .await?;
    if open > 0 {
        return Err(Failure::Refused("incomplete_data", format!("Заявок без результата: {open}")));
    }
    sqlx::query("UPDATE cycles SET confirmed = 1 WHERE id = ?").bind(cycle).execute(&mut *transaction).await?;
    transaction.commit().await?;
    success()
}

struct Outcomes<'a> {
    cycle: &'a str,
    number: String,
    status: &'static str,
}

fn check_bulk(body: &Map<String, Value>) -> Result<Vec<Outcomes<'_>>, Failure> {
    let fields = Fields::of(body);
    let cycle = fields.text("cycle_id")?;
    fields.list("results")?.iter().map(|item| check(Fields::within(item, "results.")?, Some(cycle))).collect()
}

/// One result whose required fields are there; in a batch the cycle may stand outside only.
fn check<'a>(fields: Fields<'a>, outer: Option<&'a str>) -> Result<Outcomes<'a>, Failure> {
    let cycle = match outer {
        Some(outer) if fields.optional("cycle_id").is_none() => outer,
        _ => fields.text("cycle_id")?,
    };
    if outer.is_some_and(|outer| outer != cycle) {
        return Err(incorrect("results.cycle_id"));
    }
    let number = fields.number_text("request_number")?;
    let status = fields.choice("result_status", STATUSES)?;
    if status != "not_trained" {
        let mark = fields.number("test_mark")?;
        if !(1.0..=5.0).contains(&mark) {
            return Err(incorrect("test_mark"));
        }
    }
    Ok(Outcomes { cycle, number, status })
}

async fn require_open(connection: &mut SqliteConnection, cycle: &str) -> Result<(), Failure> {
    let confirmed: Option<bool> =
        sqlx::query_scalar("SELECT confirmed FROM cycles WHERE id = ?").bind(cycle).fetch_optional(connection).await?;
    match confirmed {
        None => Err(Failure::reason("unknown_request")),
        Some(true) => Err(Failure::reason("already_completed")),
        Some(false) => Ok(()),
    }
}

async fn keep(connection: &mut SqliteConnection, result: &Outcomes<'_>) -> Result<(), Failure> {
    require_open(connection, result.cycle).await?;
    let kept = sqlx::query(
        "UPDATE applications SET result_status = ? WHERE cycle_id = ? AND request_number = ? AND state <> 'cancelled'",
    )
    .bind(result.status)
    .bind(result.cycle)
    .bind(&result.number)
    .execute(connection)
    .await?;
    if kept.rows_affected() == 0 {
        let description = format!("Заявка {} не найдена", result.number);
        return Err(Failure::Refused("unknown_request", description));
    }
    Ok(())
}

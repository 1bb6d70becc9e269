//! The handles on the sandbox for those who try it out or test with it: what was received, what it knows, moving a
//! programme through the technical review, specialists who apply and cancel, what the organisation's system was told
//! of it, faults, back to the seeds. No real upstream has these.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State as Shared};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::body::{Failure, platform_error};
use super::callbacks::{self, Service};
use super::faults::{Fault, Faults, Target};
use super::programmes::{STATUSES, told};
use super::specialists::{self, Outcome};
use super::token::Counts;
use super::{State, lock, store};

/// The control routes.
pub fn router(state: &Arc<State>) -> Router {
    Router::new()
        .route("/received/{*path}", get(received))
        .route("/state", get(knows))
        .route("/tokens", get(tokens))
        .route("/programmes/{program_number}/status", post(move_programme))
        .route("/cycles/{cycle_id}/applications", post(apply))
        .route("/cycles/{cycle_id}/applications/{request_number}/cancel", post(cancel))
        .route("/callbacks", get(called))
        .route("/callbacks/{id}/again", post(call_again))
        .route("/faults", post(plan_fault))
        .route("/reset", post(reset))
        .fallback(async || platform_error(StatusCode::NOT_FOUND, "not_found", "No such control"))
        .with_state(Arc::clone(state))
}

/// The last body that a path received, byte for byte.
async fn received(Shared(state): Shared<Arc<State>>, Path(path): Path<String>) -> Result<Response, Failure> {
    let found: Option<(Vec<u8>, i64)> = sqlx::query_as("SELECT body, times FROM received WHERE path = ?")
        .bind(path)
        .fetch_optional(&state.store)
        .await?;
    let Some((body, times)) = found else {
        return Ok(platform_error(StatusCode::NOT_FOUND, "nothing_received", "Nothing has been received there"));
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (HeaderName::from_static("x-sandbox-count"), HeaderValue::from(times)),
    ];
    Ok((headers, body).into_response())
}

/// Cycle, number, id, state, result, comment.
type Application = (String, String, Option<String>, String, Option<String>, Option<String>);

async fn knows(Shared(state): Shared<Arc<State>>) -> Result<Json<Value>, Failure> {
    let programmes: Vec<(String, String, String, String)> =
        sqlx::query_as("SELECT program_number, name, status, comment FROM programmes ORDER BY program_number")
            .fetch_all(&state.store)
            .await?;
    let cycles: Vec<(String, String, String, bool)> =
        sqlx::query_as("SELECT id, programme, status, confirmed FROM cycles ORDER BY id")
            .fetch_all(&state.store)
            .await?;
    let applications: Vec<Application> = sqlx::query_as(
        "SELECT cycle_id, request_number, request_id, state, result_status, comment FROM applications
         ORDER BY cycle_id, request_number",
    )
    .fetch_all(&state.store)
    .await?;
    let programmes: Vec<Value> = programmes
        .into_iter()
        .map(|(number, name, status, comment)| programme(&number, &name, &status, &comment))
        .collect();
    let cycles: Vec<Value> = cycles
        .into_iter()
        .map(|(id, programme, status, confirmed)| {
            json!({ "id": id, "programme": programme, "status": status, "confirmed": confirmed })
        })
        .collect();
    let applications: Vec<Value> = applications
        .into_iter()
        .map(|(cycle, number, id, application, status, comment)| {
            json!({
                "cycle_id": cycle, "request_number": number, "request_id": id, "state": application,
                "result_status": status, "comment": comment,
            })
        })
        .collect();
    Ok(Json(json!({ "programmes": programmes, "cycles": cycles, "applications": applications })))
}

async fn tokens(Shared(state): Shared<Arc<State>>) -> Json<Counts> {
    Json(lock(&state.counts).clone())
}

#[derive(Deserialize)]
struct Move {
    status: String,
    #[serde(default)]
    comment: String,
}

/// What the Portal's reviewers would do. The organisation's system is told of a review that has ended, and of a comment
/// on a programme that was sent back.
async fn move_programme(
    Shared(state): Shared<Arc<State>>,
    Path(number): Path<String>,
    Json(wanted): Json<Move>,
) -> Result<Response, Failure> {
    if !STATUSES.iter().any(|(status, ..)| *status == wanted.status) {
        let known: Vec<&str> = STATUSES.iter().map(|(status, ..)| *status).collect();
        let details = format!("The status is one of {}", known.join(", "));
        return Ok(platform_error(StatusCode::BAD_REQUEST, "unknown_status", &details));
    }
    let moved: Option<String> =
        sqlx::query_scalar("UPDATE programmes SET status = ?, comment = ? WHERE program_number = ? RETURNING name")
            .bind(&wanted.status)
            .bind(&wanted.comment)
            .bind(&number)
            .fetch_optional(&state.store)
            .await?;
    let Some(name) = moved else {
        return Ok(platform_error(StatusCode::NOT_FOUND, "unknown_program", "No such programme"));
    };
    let mut shown = programme(&number, &name, &wanted.status, &wanted.comment);
    if let Some(notice) = told(&number, &wanted.status, &wanted.comment) {
        let subject = format!("programme {number}");
        let callback = callbacks::enqueue(&state.store, &state.wake, Service::Expertise, &subject, &notice).await?;
        if let Some(fields) = shown.as_object_mut() {
            fields.insert("callback".to_owned(), json!(callback));
        }
    }
    Ok(Json(shown).into_response())
}

/// A specialist applies for a cycle; fields of the body replace the made-up ones.
async fn apply(Shared(state): Shared<Arc<State>>, Path(cycle): Path<String>, body: Bytes) -> Result<Response, Failure> {
    let fields = if body.is_empty() { Map::new() } else { super::body::read(&body)? };
    let outcome = specialists::apply(&state.store, &state.wake, &cycle, fields).await?;
    Ok(done(StatusCode::CREATED, outcome, "unknown_cycle"))
}

/// A specialist cancels an application.
async fn cancel(
    Shared(state): Shared<Arc<State>>,
    Path((cycle, number)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let outcome = specialists::cancel(&state.store, &state.wake, &cycle, &number).await?;
    Ok(done(StatusCode::OK, outcome, "unknown_request"))
}

fn done(status: StatusCode, outcome: Outcome, unknown: &str) -> Response {
    match outcome {
        Outcome::Done(what) => (status, Json(what)).into_response(),
        Outcome::Unknown => platform_error(StatusCode::NOT_FOUND, unknown, "The sandbox knows none"),
        Outcome::Cancelled => platform_error(StatusCode::CONFLICT, "cancelled", "It is cancelled"),
    }
}

/// What the organisation's system was told, and what it answered.
async fn called(Shared(state): Shared<Arc<State>>) -> Result<Json<Value>, Failure> {
    Ok(Json(json!({ "callbacks": callbacks::list(&state.store).await? })))
}

/// The same notice once more, as when its answer was lost.
async fn call_again(Shared(state): Shared<Arc<State>>, Path(id): Path<i64>) -> Result<Response, Failure> {
    Ok(match callbacks::again(&state.store, &state.wake, id).await? {
        Some(id) => (StatusCode::ACCEPTED, Json(json!({ "callback": id }))).into_response(),
        None => platform_error(StatusCode::NOT_FOUND, "unknown_callback", "The sandbox knows none"),
    })
}

fn programme(number: &str, name: &str, status: &str, comment: &str) -> Value {
    let shown = STATUSES.iter().find(|(kept, ..)| *kept == status).map_or("", |(.., shown)| shown);
    json!({ "program_number": number, "name": name, "status": status, "status_name": shown, "comment": comment })
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum FaultName {
    Slow,
    #[serde(rename = "html_500")]
    Html500,
    Drop,
    Empty,
    Truncated,
    ExpireTokens,
}

#[derive(Deserialize)]
struct Plan {
    fault: FaultName,
    #[serde(default = "once")]
    times: u16,
    #[serde(default = "a_minute")]
    seconds: u32,
    #[serde(default)]
    target: Target,
    /// With `expire_tokens`: the refresh tokens too.
    #[serde(default)]
    refresh: bool,
}

fn once() -> u16 {
    1
}

fn a_minute() -> u32 {
    60
}

async fn plan_fault(Shared(state): Shared<Arc<State>>, Json(plan): Json<Plan>) -> Result<StatusCode, Failure> {
    let fault = match plan.fault {
        FaultName::Slow => Fault::Slow(Duration::from_secs(plan.seconds.into())),
        FaultName::Html500 => Fault::Html500,
        FaultName::Drop => Fault::Drop,
        FaultName::Empty => Fault::Empty,
        FaultName::Truncated => Fault::Truncated,
        FaultName::ExpireTokens => {
            sqlx::query("UPDATE tokens SET expires_at = 0, refresh = CASE WHEN ? THEN NULL ELSE refresh END")
                .bind(plan.refresh)
                .execute(&state.store)
                .await?;
            return Ok(StatusCode::NO_CONTENT);
        }
    };
    lock(&state.faults).plan(plan.target, fault, plan.times.into());
    Ok(StatusCode::NO_CONTENT)
}

async fn reset(Shared(state): Shared<Arc<State>>) -> Result<StatusCode, Failure> {
    store::reset(&state.store).await?;
    *lock(&state.faults) = Faults::default();
    *lock(&state.counts) = Counts::default();
    Ok(StatusCode::NO_CONTENT)
}

//! The token endpoint: form-encoded, HTTP Basic, grants password and refresh_token. A refresh token is good for one
//! use; an access token until its time is over.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State as Shared};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::body::Failure;
use super::{State, lock};

/// How many token requests were served, by grant.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Counts {
    /// Tokens given for a password.
    pub password: u64,
    /// Tokens given for a refresh token.
    pub refresh: u64,
    /// Requests refused.
    pub refused: u64,
}

#[derive(Deserialize)]
pub struct Grant {
    grant_type: Option<String>,
    username: Option<String>,
    password: Option<String>,
    refresh_token: Option<String>,
}

/// `POST rest/v2/oauth/token` and `POST oauth/token`.
pub async fn token(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    grant: Result<Form<Grant>, FormRejection>,
) -> Result<Response, Failure> {
    let account = &state.config.account;
    let expected = format!("{}:{}", account.client_id, account.client_secret.expose());
    if credentials(&headers, "Basic").as_deref() != Some(STANDARD.encode(expected).as_str()) {
        return Ok(refuse(&state, StatusCode::UNAUTHORIZED, "unauthorized", "Bad client credentials"));
    }
    let Ok(Form(grant)) = grant else {
        return Ok(refuse(&state, StatusCode::BAD_REQUEST, "invalid_request", "The parameters are form-encoded"));
    };
    match grant.grant_type.as_deref() {
        Some("password") => {
            let known = grant.username.as_deref() == Some(account.username.as_str())
                && grant.password.as_deref() == Some(account.password.expose());
            if !known {
                return Ok(refuse(&state, StatusCode::BAD_REQUEST, "invalid_grant", "Bad credentials"));
            }
            lock(&state.counts).password += 1;
        }
        Some("refresh_token") => {
            let spent = sqlx::query("DELETE FROM tokens WHERE refresh = ?")
                .bind(grant.refresh_token.unwrap_or_default())
                .execute(&state.store)
                .await?;
            if spent.rows_affected() == 0 {
                return Ok(refuse(&state, StatusCode::BAD_REQUEST, "invalid_grant", "Invalid refresh token"));
            }
            lock(&state.counts).refresh += 1;
        }
        _ => {
            return Ok(refuse(&state, StatusCode::BAD_REQUEST, "unsupported_grant_type", "Unsupported grant type"));
        }
    }
    let seconds = state.config.token_seconds;
    let (access, refresh) = (uuid::Uuid::new_v4().to_string(), uuid::Uuid::new_v4().to_string());
    sqlx::query("INSERT INTO tokens (access, refresh, expires_at) VALUES (?, ?, ?)")
        .bind(&access)
        .bind(&refresh)
        .bind(now() + i64::from(seconds))
        .execute(&state.store)
        .await?;
    Ok(Json(json!({
        "access_token": access,
        "token_type": "bearer",
        "refresh_token": refresh,
        "expires_in": seconds,
        "scope": "rest-api"
    }))
    .into_response())
}

/// Whether a request carries a token of the Portal that is still good.
pub async fn is_authorized(state: &State, headers: &HeaderMap) -> Result<bool, Failure> {
    let Some(access) = credentials(headers, "Bearer") else {
        return Ok(false);
    };
    let known: i64 = sqlx::query_scalar("SELECT count(*) FROM tokens WHERE access = ? AND expires_at >= ?")
        .bind(access)
        .bind(now())
        .fetch_one(&state.store)
        .await?;
    Ok(known > 0)
}

/// What follows the scheme in the Authorization header.
pub fn credentials(headers: &HeaderMap, scheme: &str) -> Option<String> {
    let (given, credentials) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then(|| credentials.trim().to_owned())
}

fn refuse(state: &State, status: StatusCode, error: &str, description: &str) -> Response {
    lock(&state.counts).refused += 1;
    (status, Json(json!({ "error": error, "error_description": description }))).into_response()
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

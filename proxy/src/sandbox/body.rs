//! How the sandbox's Portal reads a body and refuses one. It looks for the fields that the document calls required and
//! for plain nonsense in them, as a real Portal might; the full rules are not its business.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What an endpoint answers.
pub type Outcome = Result<Json<Value>, Failure>;

/// Why an endpoint does not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// One of the document's reasons, with a description.
    Refused(&'static str, String),
    /// The body is no JSON object.
    Unreadable,
    /// The state could not be read or written.
    Store,
}

impl Failure {
    /// A reason without a description.
    pub fn reason(reason: &'static str) -> Self {
        Self::Refused(reason, String::new())
    }

    /// The endpoints of results know no `incorrect_data`: there it is `incomplete_data`, with the same description.
    pub fn of_results(self) -> Self {
        match self {
            Self::Refused("incorrect_data", description) => Self::Refused("incomplete_data", description),
            other => other,
        }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "the sandbox's state");
        Self::Store
    }
}

/// A refusal in the document's order of fields.
#[derive(Serialize)]
struct Refusal {
    success: bool,
    reason: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(reason, description) => Json(Refusal { success: false, reason, description }).into_response(),
            Self::Unreadable => platform_error(StatusCode::BAD_REQUEST, "Bad request", "The body is not a JSON object"),
            Self::Store => platform_error(StatusCode::INTERNAL_SERVER_ERROR, "Server error", ""),
        }
    }
}

/// The answer to what was done.
pub fn success() -> Outcome {
    Ok(Json(json!({ "success": true })))
}

/// An error of the platform under the Portal, before any of its services is reached.
pub fn platform_error(status: StatusCode, error: &str, details: &str) -> Response {
    (status, Json(json!({ "error": error, "details": details }))).into_response()
}

/// An object of a body, with the name that a refusal calls its fields by.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a> {
    map: &'a Map<String, Value>,
    prefix: &'a str,
}

/// Reads a body as one JSON object.
pub fn read(body: &[u8]) -> Result<Map<String, Value>, Failure> {
    serde_json::from_slice(body).map_err(|_| Failure::Unreadable)
}

impl<'a> Fields<'a> {
    /// The fields of a body.
    pub fn of(map: &'a Map<String, Value>) -> Self {
        Self { map, prefix: "" }
    }

    /// The fields of an object inside a body; `prefix` ends with a dot.
    pub fn within(value: &'a Value, prefix: &'a str) -> Result<Self, Failure> {
        let map = value.as_object().ok_or_else(|| incorrect(prefix.trim_end_matches('.')))?;
        Ok(Self { map, prefix })
    }

    /// A field that may be missing: null and blank text count as missing.
    pub fn optional(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| match value {
            Value::Null => false,
            Value::String(text) => !text.trim().is_empty(),
            _ => true,
        })
    }

    fn required(&self, key: &str) -> Result<&'a Value, Failure> {
        self.optional(key).ok_or_else(|| incomplete(&format!("{}{key}", self.prefix)))
    }

    fn wrong(&self, key: &str) -> Failure {
        incorrect(&format!("{}{key}", self.prefix))
    }

    /// A required text.
    pub fn text(&self, key: &str) -> Result<&'a str, Failure> {
        self.required(key)?.as_str().map(str::trim).ok_or_else(|| self.wrong(key))
    }

    /// A required text that the document's example writes as a number.
    pub fn number_text(&self, key: &str) -> Result<String, Failure> {
        match self.required(key)? {
            Value::String(text) => Ok(text.trim().to_owned()),
            Value::Number(number) => Ok(number.to_string()),
            _ => Err(self.wrong(key)),
        }
    }

    /// A required flag; the document's example also writes it as text.
    pub fn flag(&self, key: &str) -> Result<bool, Failure> {
        match self.required(key)? {
            Value::Bool(flag) => Ok(*flag),
            Value::String(text) => text.parse().map_err(|_| self.wrong(key)),
            _ => Err(self.wrong(key)),
        }
    }

    /// A required number that is not negative; the document's example also writes it as text.
    pub fn number(&self, key: &str) -> Result<f64, Failure> {
        let number = match self.required(key)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        number.filter(|number| *number >= 0.0).ok_or_else(|| self.wrong(key))
    }

    /// A required date, as text that sorts by time.
    pub fn date(&self, key: &str) -> Result<&'a str, Failure> {
        let text = self.text(key)?;
        chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|_| text).map_err(|_| self.wrong(key))
    }

    /// A required choice, in any letter case.
    pub fn choice(&self, key: &str, allowed: &[&'static str]) -> Result<&'static str, Failure> {
        let text = self.text(key)?;
        allowed.iter().copied().find(|choice| choice.eq_ignore_ascii_case(text)).ok_or_else(|| self.wrong(key))
    }

    /// A required list with at least one item.
    pub fn list(&self, key: &str) -> Result<&'a [Value], Failure> {
        let list = self.required(key)?.as_array().ok_or_else(|| self.wrong(key))?;
        if list.is_empty() { Err(incomplete(&format!("{}{key}", self.prefix))) } else { Ok(list) }
    }
}

fn incomplete(field: &str) -> Failure {
    Failure::Refused("incomplete_data", format!("Не заполнено поле {field}"))
}

/// A value that makes no sense.
pub fn incorrect(field: &str) -> Failure {
    Failure::Refused("incorrect_data", format!("Некорректное значение поля {field}"))
}

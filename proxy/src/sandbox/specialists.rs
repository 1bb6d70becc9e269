//! What the Portal's users do to applications: a specialist applies for a cycle, and cancels. There is no real
//! specialist: the data are made up, and a caller may replace each of them, also by nonsense.

use serde_json::{Map, Value, json};
use sqlx::SqlitePool;
use tokio::sync::Notify;

use super::callbacks::{Service, enqueue};

/// What came of it.
pub enum Outcome {
    /// It was done, and the organisation's system is told.
    Done(Value),
    /// There is no such cycle or application.
    Unknown,
    /// The cycle or the application is cancelled.
    Cancelled,
}

/// Invented people with numbers that add up: SNILS, first name, last name, patronymic, position.
const PEOPLE: &[(&str, &str, &str, &str, &str)] = &[
    ("112-233-445 95", "Вера", "Придуманова", "Ильинична", "Врач-терапевт"),
    ("087-654-303 00", "Пётр", "Небылицын", "Саввич", "Врач-педиатр"),
    ("123-456-789 64", "Анна", "Вымыслова", "Львовна", "Провизор"),
];

/// A specialist applies for a cycle. `fields` replace the made-up ones; null leaves one out.
pub async fn apply(
    store: &SqlitePool,
    wake: &Notify,
    cycle: &str,
    fields: Map<String, Value>,
) -> Result<Outcome, sqlx::Error> {
    let mut transaction = store.begin().await?;
    let found: Option<(String, String)> = sqlx::query_as("SELECT programme, status FROM cycles WHERE id = ?")
        .bind(cycle)
        .fetch_optional(&mut *transaction)
        .await?;
    let Some((programme, status)) = found else {
        return Ok(Outcome::Unknown);
    };
    if status != super::cycles::APPROVED {
        return Ok(Outcome::Cancelled);
    }
    let before: i64 = sqlx::query_scalar(
        "SELECT coalesce(max(CAST(request_number AS INTEGER)), 0) FROM applications WHERE cycle_id = ?",
    )
    .bind(cycle)
    .fetch_one(&mut *transaction)
    .await?;
    let mut body = made_up(before);
    for (key, value) in [
        ("program_id", json!(programme)),
        ("cycle_id", json!(cycle)),
        ("request_id", json!(uuid::Uuid::new_v4().to_string())),
        ("request_number", json!((before + 1).to_string())),
    ] {
        body.insert(key.to_owned(), value);
    }
    for (key, value) in fields {
        if value.is_null() {
            body.remove(&key);
        } else {
            body.insert(key, value);
        }
    }
    let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
    let number = text("request_number").unwrap_or_else(|| (before + 1).to_string());
    sqlx::query(
        "INSERT INTO applications (cycle_id, request_number, request_id, snils) VALUES (?, ?, ?, ?)
         ON CONFLICT (cycle_id, request_number) DO UPDATE
         SET request_id = excluded.request_id, snils = excluded.snils, state = 'actual'",
    )
    .bind(cycle)
    .bind(&number)
    .bind(text("request_id"))
    .bind(text("snils"))
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    let request_id = text("request_id");
    let callback = enqueue(store, wake, Service::Applications, &subject(cycle, &number), &Value::Object(body)).await?;
    Ok(Outcome::Done(json!({ "request_id": request_id, "request_number": number, "callback": callback })))
}

/// A specialist cancels an application.
pub async fn cancel(store: &SqlitePool, wake: &Notify, cycle: &str, number: &str) -> Result<Outcome, sqlx::Error> {
    let found: Option<(String, Option<String>, Option<String>, String)> = sqlx::query_as(
        "SELECT cycles.programme, request_id, snils, state FROM applications JOIN cycles ON cycles.id = cycle_id
         WHERE cycle_id = ? AND request_number = ?",
    )
    .bind(cycle)
    .bind(number)
    .fetch_optional(store)
    .await?;
    let Some((programme, request_id, snils, state)) = found else {
        return Ok(Outcome::Unknown);
    };
    if state == "cancelled" {
        return Ok(Outcome::Cancelled);
    }
    sqlx::query("UPDATE applications SET state = 'cancelled' WHERE cycle_id = ? AND request_number = ?")
        .bind(cycle)
        .bind(number)
        .execute(store)
        .await?;
    // Those that every cycle begins with were never told of and have no id: their number serves.
    let request_id = request_id.unwrap_or_else(|| number.to_owned());
    let body = json!({
        "program_id": programme, "cycle_id": cycle, "request_id": request_id, "request_number": number,
        "snils": snils, "state": "cancelled",
    });
    let callback = enqueue(store, wake, Service::Applications, &subject(cycle, number), &body).await?;
    Ok(Outcome::Done(json!({ "request_id": request_id, "request_number": number, "callback": callback })))
}

fn subject(cycle: &str, number: &str) -> String {
    format!("application {cycle} {number}")
}

fn made_up(turn: i64) -> Map<String, Value> {
    let people = i64::try_from(PEOPLE.len()).unwrap_or(1);
    let person = usize::try_from(turn.rem_euclid(people)).ok().and_then(|at| PEOPLE.get(at));
    let (snils, first, last, patronymic, position) = person.copied().unwrap_or_default();
    let body = json!({
        "snils": snils,
        "first_name": first,
        "last_name": last,
        "patronymic": patronymic,
        "birth_date": "1980-02-29",
        "is_budget": true,
        "is_paid": false,
        "is_paid_foms": false,
        "is_work": true,
        "position": position,
        "work_place": "Городская больница № 0",
        "work_address": "Москва, Несуществующая улица, 1",
        "payer": "Федеральный бюджет",
        "state": "actual",
    });
    if let Value::Object(body) = body { body } else { Map::new() }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{PEOPLE, Value, made_up};
    use crate::inbox::notice::{Service, read};

    #[test]
    fn nobody_who_is_made_up_gets_so_much_as_a_note() {
        for turn in 0..PEOPLE.len() {
            let mut body = made_up(i64::try_from(turn).unwrap_or_default());
            for key in ["program_id", "cycle_id", "request_id", "request_number"] {
                body.insert(key.to_owned(), Value::from("1"));
            }
            let text = Value::Object(body).to_string();
            let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap_or_default();
            let read = read(Service::Applications, text.as_bytes(), today);
            assert_eq!(read.map(|notice| notice.issues), Ok(None));
        }
    }
}

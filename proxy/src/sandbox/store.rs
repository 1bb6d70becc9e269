//! The sandbox's state in SQLite: opening, migrating, seeding. What the endpoints ask of it stands with the endpoints.

use std::borrow::Cow;
use std::path::Path;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{SqlSafeStr, Sqlite, SqlitePool, Transaction};

/// The number of the programme that exists from the start, as in the document's example of a cycle.
pub const SEEDED_PROGRAMME: &str = "TEST-1234";

/// Opens the database, creates it when absent, and brings it up to date.
pub async fn open(file: Option<&Path>) -> Result<SqlitePool, sqlx::Error> {
    let options = match file {
        Some(file) => SqliteConnectOptions::new().filename(file).create_if_missing(true),
        None => SqliteConnectOptions::new().in_memory(true),
    };
    // One connection that is never given up: a database in memory ends with its connection, and the state of a
    // sandbox is too small for readers and writers to get in each other's way.
    let pool =
        SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None).connect_with(options).await?;
    let step = |number, name, text: &'static str| {
        Migration::new(number, Cow::Borrowed(name), MigrationType::Simple, text.into_sql_str(), false)
    };
    let steps = vec![
        step(1, "state", include_str!("../../migrations/sandbox/0001_state.sql")),
        step(2, "callbacks", include_str!("../../migrations/sandbox/0002_callbacks.sql")),
    ];
    Migrator::with_migrations(steps).run(&pool).await?;
    let mut transaction = pool.begin().await?;
    let programmes: i64 = sqlx::query_scalar("SELECT count(*) FROM programmes").fetch_one(&mut *transaction).await?;
    if programmes == 0 {
        seed(&mut transaction).await?;
    }
    transaction.commit().await?;
    Ok(pool)
}

/// Back to the seeds.
pub async fn reset(pool: &SqlitePool) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin().await?;
    for statement in [
        "DELETE FROM programmes",
        "DELETE FROM cycles",
        "DELETE FROM applications",
        "DELETE FROM contracts",
        "DELETE FROM contract_requests",
        "DELETE FROM tokens",
        "DELETE FROM received",
        "DELETE FROM callbacks",
    ] {
        sqlx::query(statement).execute(&mut *transaction).await?;
    }
    seed(&mut transaction).await?;
    transaction.commit().await
}

async fn seed(transaction: &mut Transaction<'_, Sqlite>) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO programmes (program_number, name, status) VALUES (?, 'Тестовая программа', 'approved')")
        .bind(SEEDED_PROGRAMME)
        .execute(&mut **transaction)
        .await?;
    for (number, status, is_suspended) in [
        ("0000-9EAX-XT7X", "VERIFIED", false),
        ("0000-AAAA-AAAA", "TERMINATED", false),
        ("0000-EEEE-EEEE", "VERIFIED", true),
    ] {
        sqlx::query("INSERT INTO contracts (contract_number, status, is_suspended) VALUES (?, ?, ?)")
            .bind(number)
            .bind(status)
            .bind(is_suspended)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// Keeps the last body that a path received, byte for byte.
pub async fn remember(pool: &SqlitePool, path: &str, body: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO received (path, body, times) VALUES (?, ?, 1)
         ON CONFLICT (path) DO UPDATE SET body = excluded.body, times = times + 1",
    )
    .bind(path)
    .bind(body)
    .execute(pool)
    .await?;
    Ok(())
}

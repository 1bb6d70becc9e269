//! The steps that bring a database up to date, the same list for both kinds. A step that has been released is never
//! changed, because databases remember its checksum: another one is added.

use std::borrow::Cow;

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use super::Store;

/// Number, name, and its text for SQLite and for PostgreSQL.
type Step = (i64, &'static str, &'static str, &'static str);

macro_rules! step {
    ($number:literal, $name:literal, $file:literal) => {
        (
            $number,
            $name,
            include_str!(concat!("../../migrations/sqlite/", $file)),
            include_str!(concat!("../../migrations/postgres/", $file)),
        )
    };
}

/// In order of their numbers.
const STEPS: &[Step] = &[
    step!(101, "instances", "0101_instances.sql"),
    step!(102, "journal", "0102_journal.sql"),
    step!(103, "by_person", "0103_by_person.sql"),
    step!(201, "inbox", "0201_inbox.sql"),
    step!(202, "dead_again", "0202_dead_again.sql"),
];

/// Applies what has not been applied yet; the error is one sentence.
pub async fn run(store: &Store) -> Result<(), String> {
    let migrations = |of: fn(&Step) -> &'static str| {
        let migration = |step: &Step| {
            let text = of(step).into_sql_str();
            Migration::new(step.0, Cow::Borrowed(step.1), MigrationType::Simple, text, false)
        };
        Migrator::with_migrations(STEPS.iter().map(migration).collect())
    };
    let outcome = match store {
        Store::Sqlite { writer, .. } => migrations(|step| step.2).run(writer).await,
        Store::Postgres(pool) => migrations(|step| step.3).run(pool).await,
    };
    outcome.map_err(|error| format!("the database cannot be brought up to date: {error}"))
}

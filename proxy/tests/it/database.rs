//! The proxy's own database: opened again it is the same, and who uses it is known.

use portform_proxy::database::{Database, DatabaseConfig};
use portform_proxy::secret::Secret;
use portform_proxy::{reading, writing};

use crate::databases::{TestDatabase, both};
use crate::support::Test;

both!(
    what_is_sealed_opens_after_a_restart,
    a_transaction_can_be_taken_back,
    several_may_open_a_fresh_database_at_once,
    one_that_signs_off_is_forgotten,
);

async fn what_is_sealed_opens_after_a_restart(database: TestDatabase) -> Test {
    let first = Database::open(&database.config, None).await?;
    let sealed = first.sealer.seal("a row", b"something personal").ok_or("it seals")?;
    first.close().await;
    let second = Database::open(&database.config, None).await?;
    assert_eq!(second.sealer.open("a row", &sealed).as_deref(), Some(b"something personal".as_slice()));
    assert_ne!(first.instance.id, second.instance.id);
    second.close().await;
    let other = Database::open(&database.config, Some(&Secret::new("ab".repeat(32)))).await?;
    assert_eq!(other.sealer.open("a row", &sealed), None);
    Ok(())
}

async fn a_transaction_can_be_taken_back(database: TestDatabase) -> Test {
    let database = Database::open(&database.config, None).await?;
    writing!(database.store, pool => {
        let mut transaction = pool.begin_with(database.store.begin()).await?;
        let made = sqlx::query("INSERT INTO instances (id, seen_at) VALUES ($1, $2)");
        made.bind("another").bind(7_i64).execute(&mut *transaction).await?;
        transaction.rollback().await?;
    });
    let count: i64 = reading!(database.store, pool => {
        sqlx::query_scalar("SELECT count(*) FROM instances WHERE id = $1").bind("another").fetch_one(pool).await?
    });
    assert_eq!(count, 0);
    assert!(database.store.answers().await);
    Ok(())
}

async fn several_may_open_a_fresh_database_at_once(database: TestDatabase) -> Test {
    let open = || {
        let config = database.config.clone();
        tokio::spawn(async move { Database::open(&config, None).await })
    };
    let opened = [open(), open(), open(), open()];
    let mut sealed = None;
    for one in opened {
        let one = one.await??;
        let text = sealed.take().or_else(|| one.sealer.seal("a row", b"text")).ok_or("it seals")?;
        assert_eq!(one.sealer.open("a row", &text).as_deref(), Some(b"text".as_slice()));
        sealed = Some(text);
        assert!(one.instance.ended(&one.store).await?.is_empty());
        one.close().await;
    }
    Ok(())
}

async fn one_that_signs_off_is_forgotten(database: TestDatabase) -> Test {
    let (first, second) =
        (Database::open(&database.config, None).await?, Database::open(&database.config, None).await?);
    second.close().await;
    let kept: Vec<String> = reading!(first.store, pool => {
        sqlx::query_scalar("SELECT id FROM instances").fetch_all(pool).await?
    });
    assert_eq!(kept, [first.instance.id.as_str()]);
    Ok(())
}

#[tokio::test]
async fn sqlite_knows_at_once_who_has_ended_and_waits_for_the_disk() -> Test {
    let database = crate::databases::sqlite().await?;
    let first = Database::open(&database.config, None).await?;
    let second = Database::open(&database.config, None).await?;
    let id = second.instance.id.clone();
    assert!(first.instance.ended(&first.store).await?.is_empty());
    drop(second);
    assert_eq!(first.instance.ended(&first.store).await?, [id.as_str()]);
    first.instance.forget(&first.store, &id).await?;
    assert!(first.instance.ended(&first.store).await?.is_empty());

    let (mode, waits): (String, i64) = writing!(first.store, pool => {
        (
            sqlx::query_scalar("PRAGMA journal_mode").fetch_one(pool).await?,
            sqlx::query_scalar("PRAGMA synchronous").fetch_one(pool).await?,
        )
    });
    assert_eq!((mode.as_str(), waits), ("wal", 2));
    first.close().await;
    let directory = database.directory.ok_or("it is in a directory")?;
    let mut left: Vec<_> = std::fs::read_dir(directory.path())?.flatten().map(|entry| entry.file_name()).collect();
    left.sort();
    assert_eq!(left, ["portform.sqlite", "portform.sqlite-key", "portform.sqlite-lock"]);
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_reads_the_key_beside_the_database() -> Test {
    use std::os::unix::fs::PermissionsExt;
    let database = crate::databases::sqlite().await?;
    Database::open(&database.config, None).await?;
    let DatabaseConfig::Sqlite(file) = &database.config else {
        return Err("it is a file".into());
    };
    let key = std::fs::metadata(format!("{}-key", file.display()))?;
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
    Ok(())
}

#[tokio::test]
async fn an_error_says_nothing_of_the_address() -> Test {
    let address = "postgres://proxy:a-made-up-word@127.0.0.1:1/none";
    let refused = Database::open(&DatabaseConfig::Postgres(Secret::new(address)), None).await.err().ok_or("refused")?;
    assert!(!refused.contains("made-up") && refused.starts_with("the database cannot be opened"), "{refused}");
    Ok(())
}

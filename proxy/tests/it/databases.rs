//! Both kinds of database for the tests: SQLite in a directory of its own, and a database of its own on a PostgreSQL
//! server that the first test starts and that ends with the test program.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use portform_proxy::database::DatabaseConfig;
use portform_proxy::secret::Secret;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use crate::support::Made;

/// A database under test; its files go with it.
pub struct TestDatabase {
    pub config: DatabaseConfig,
    /// Where SQLite's file is.
    pub directory: Option<TempDir>,
}

/// A fresh SQLite file.
pub async fn sqlite() -> Made<TestDatabase> {
    let directory = tempfile::tempdir()?;
    let file = directory.path().join("portform.sqlite");
    Ok(TestDatabase { config: DatabaseConfig::Sqlite(file), directory: Some(directory) })
}

/// A fresh database on the tests' PostgreSQL server.
pub async fn postgres() -> Made<TestDatabase> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = SERVER.get_or_init(Server::start).as_ref().map_err(Clone::clone)?;
    let name = format!("test_{}", COUNT.fetch_add(1, Ordering::SeqCst));
    let mut connection = PgConnection::connect(&server.address("postgres")).await?;
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await?;
    connection.close().await?;
    Ok(TestDatabase { config: DatabaseConfig::Postgres(Secret::new(server.address(&name))), directory: None })
}

/// Takes a database of PostgreSQL away from under those who use it.
pub async fn take_away(database: &TestDatabase) -> Made<()> {
    let DatabaseConfig::Postgres(address) = &database.config else {
        return Err("a file cannot be taken away".into());
    };
    let server = SERVER.get_or_init(Server::start).as_ref().map_err(Clone::clone)?;
    let name = address.expose().rsplit_once('/').map(|(_, name)| name.split('?').next().unwrap_or(name));
    let name = name.ok_or("an address has a name")?;
    let mut connection = PgConnection::connect(&server.address("postgres")).await?;
    sqlx::query(AssertSqlSafe(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")))
        .execute(&mut connection)
        .await?;
    sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1")
        .bind(name)
        .execute(&mut connection)
        .await?;
    Ok(connection.close().await?)
}

/// Makes of `async fn NAME(database: TestDatabase) -> Test` one test for each kind of database.
macro_rules! both {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() -> $crate::support::Test {
                super::$name($crate::databases::sqlite().await?).await
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() -> $crate::support::Test {
                super::$name($crate::databases::postgres().await?).await
            })+
        }
    };
}
pub(crate) use both;

static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();

struct Server {
    port: u16,
    /// The shell ends the server when the other end of its input goes, which it does with this program.
    _shell: Child,
}

/// `$1` is where PostgreSQL's programs are, `$2` the port; everything lies in the working directory.
const SCRIPT: &str = r#"
"$1/initdb" --pgdata=data --username=proxy --auth=trust --encoding=UTF8 --no-locale --no-sync >log 2>&1 || exit 1
"$1/postgres" -D data -p "$2" -k "$PWD" -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300 >>log 2>&1 &
server=$!
tries=0
until "$1/pg_isready" --quiet --host=127.0.0.1 --port="$2"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ]; then kill "$server"; exit 1; fi
    sleep 0.1
done
echo ready
cat
kill -QUIT "$server"
wait "$server"
rm -rf "$PWD"
"#;

impl Server {
    fn address(&self, database: &str) -> String {
        format!("postgres://proxy@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }

    fn start() -> Result<Self, String> {
        let programs = programs()?;
        let failed = |error: std::io::Error| format!("PostgreSQL cannot be started: {error}");
        let directory = tempfile::tempdir().map_err(failed)?.keep();
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).map_err(failed)?.port();
        let mut shell = Command::new("sh");
        shell.args([OsString::from("-c"), SCRIPT.into(), "sh".into(), programs.into(), port.to_string().into()]);
        shell.current_dir(&directory).stdin(Stdio::piped()).stdout(Stdio::piped());
        as_somebody_else(&mut shell, &directory)?;
        let mut shell = shell.spawn().map_err(failed)?;
        let mut said = String::new();
        let output = shell.stdout.take().ok_or("PostgreSQL has no output")?;
        BufReader::new(output).read_line(&mut said).map_err(failed)?;
        if said.trim() == "ready" {
            return Ok(Self { port, _shell: shell });
        }
        let log = std::fs::read_to_string(directory.join("log")).unwrap_or_default();
        Err(format!("PostgreSQL did not start: {log}"))
    }
}

/// The directory of PostgreSQL's programs: the newest that Debian has installed, or where the PATH has them.
fn programs() -> Result<PathBuf, String> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut installed: Vec<PathBuf> = debian.map(|version| version.path().join("bin")).collect();
    installed.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = installed.into_iter().rev().chain(std::env::split_paths(&path));
    found
        .into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
        .ok_or_else(|| "PostgreSQL is missing: install it (Debian: `apt-get install postgresql`)".to_owned())
}

/// PostgreSQL refuses to run as root, so root runs it as the user that its package has made.
#[cfg(unix)]
fn as_somebody_else(shell: &mut Command, directory: &Path) -> Result<(), String> {
    use std::os::unix::fs::{MetadataExt, chown};
    use std::os::unix::process::CommandExt;
    let owner = std::fs::metadata(directory).map_err(|error| error.to_string())?.uid();
    if owner != 0 {
        return Ok(());
    }
    let users = std::fs::read_to_string("/etc/passwd").map_err(|error| error.to_string())?;
    let user = users.lines().find_map(|line| line.strip_prefix("postgres:")).unwrap_or_default();
    let numbers: Vec<Option<u32>> = user.split(':').skip(1).take(2).map(|number| number.parse().ok()).collect();
    let [Some(uid), Some(gid)] = numbers.as_slice() else {
        return Err("root needs a user `postgres` to run PostgreSQL as".to_owned());
    };
    chown(directory, Some(*uid), Some(*gid)).map_err(|error| error.to_string())?;
    shell.uid(*uid).gid(*gid);
    Ok(())
}

#[cfg(not(unix))]
fn as_somebody_else(_shell: &mut Command, _directory: &Path) -> Result<(), String> {
    Ok(())
}

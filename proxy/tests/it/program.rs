//! The program itself: says where it listens, takes its secrets from the environment, stops on a signal.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Command;

use crate::support::{CYCLE, Test, answer, client, code};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portform-proxy"));
    command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

#[tokio::test]
async fn it_says_where_it_listens_and_stops_on_a_signal() -> Test {
    let directory = tempfile::tempdir()?;
    let mut child = program()
        .args(["--listen", "127.0.0.1:0", "--sandbox-db"])
        .arg(directory.path().join("state.sqlite"))
        .env("PORTFORM_SANDBOX", "1")
        .env("PORTFORM_PORTAL_CLIENT_SECRET", "a-wrong-secret-for-the-log")
        .spawn()?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("has an output")?).lines();
    let line = lines.next_line().await?.ok_or("says something")?;
    let url = line.strip_prefix("portform-proxy listening on ").ok_or("says where")?.to_owned();

    let client = client()?;
    let health = client.get(format!("{url}/health")).send().await?;
    assert_eq!(health.status(), 200);
    let request = client.post(format!("{url}/portal/umk/specialities")).body(CYCLE);
    assert_eq!(request.send().await?.status(), 405);
    let (status, body) = answer(client.get(format!("{url}/portal/umk/specialities")).send().await?).await?;
    assert_eq!((status, code(&body)), (502, "credentials_refused"));

    // Half a head, which is not waited for.
    let mut slow = TcpStream::connect(url.trim_start_matches("http://")).await?;
    slow.write_all(b"POST /portal/results/confirm HTTP/1.1\r\nhost: localhost\r\nx-slow: ").await?;
    let id = child.id().ok_or("still runs")?.to_string();
    Command::new("kill").args(["-TERM", &id]).status().await?;
    assert!(child.wait().await?.success());
    let mut log = String::new();
    child.stderr.take().ok_or("has a log")?.read_to_string(&mut log).await?;
    assert!(log.contains("credentials_refused") && log.contains("stopping"), "{log}");
    assert!(!log.contains("a-wrong-secret"), "{log}");
    Ok(())
}

#[tokio::test]
async fn without_an_upstream_it_says_what_is_missing() -> Test {
    let output = program().output().await?;
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr)?;
    assert!(said.contains("--portal-url"), "{said}");
    Ok(())
}

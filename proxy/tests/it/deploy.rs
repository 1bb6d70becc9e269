//! The files of `deploy/`, as they stand there: nginx and Caddy are started with them, only addresses, certificates and
//! passwords put in; systemd reads its unit; and every flag and variable that they name is one.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use axum::http::HeaderName;
use clap::CommandFactory;
use portform_proxy::access::{AccessConfig, Allow};
use portform_proxy::config::{Args, Config};
use reqwest::{Certificate, Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::portal::{PORTAL_ID, PORTAL_SECRET, account, application};
use crate::support::{Made, Proxy, Test, answer, code, in_memory};

const PATH: &str = "/portal/education/cycle/create";
const NGINX: &str = include_str!("../../deploy/nginx.conf");
const CADDY: &str = include_str!("../../deploy/Caddyfile");
const SYSTEMD: &str = include_str!("../../deploy/portform-proxy.service");
const CONTAINER: &str = include_str!("../../deploy/Containerfile");

/// Where a program is, or how to get it.
fn program(name: &str, package: &str) -> Made<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = ["/usr/sbin", "/usr/bin"].map(PathBuf::from);
    let found = std::env::split_paths(&path).chain(usual).map(|folder| folder.join(name)).find(|file| file.is_file());
    found.ok_or_else(|| format!("{name} is missing: install it (Debian: `apt-get install {package}`)").into())
}

/// A file with each text replaced that is meant for another machine; each has to stand there.
fn put_in(file: &str, replaced: &[(&str, &str)]) -> Made<String> {
    let mut text = file.to_owned();
    for (from, to) in replaced {
        if !text.contains(from) {
            return Err(format!("{from} does not stand in the file any more").into());
        }
        text = text.replace(from, to);
    }
    Ok(text)
}

/// A front server with the proxy behind it.
struct Front {
    _proxy: Proxy,
    address: SocketAddr,
    client: Client,
    _server: Child,
    _folder: TempDir,
}

impl Front {
    /// `start` starts the server in a folder with a certificate, at a port, in front of the proxy's address.
    async fn start(start: impl AsyncFnOnce(&Path, u16, SocketAddr) -> Made<Child>) -> Made<Self> {
        let mut allow = Allow::default();
        allow.add("editors=*")?;
        allow.add("is=journal,inbox")?;
        let access = AccessConfig {
            user_header: Some(HeaderName::from_static("x-remote-user")),
            roles_header: Some(HeaderName::from_static("x-remote-roles")),
            fronts: vec!["127.0.0.1".parse::<std::net::IpAddr>()?.into()],
            hosts: vec!["edu.example".to_owned()],
            allow,
            ..AccessConfig::default()
        };
        let allowed_origins = vec!["https://edu.example".to_owned()];
        let proxy = Proxy::start(Config { access, allowed_origins, callbacks: account(), ..in_memory() }).await?;

        let folder = tempfile::tempdir()?;
        let made = rcgen::generate_simple_self_signed(vec!["edu.example".to_owned()])?;
        std::fs::write(folder.path().join("edu.crt"), made.cert.pem())?;
        std::fs::write(folder.path().join("edu.key"), made.signing_key.serialize_pem())?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = start(folder.path(), port, proxy.running.address).await?;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let client = Client::builder()
            .no_proxy()
            .tls_certs_only([Certificate::from_pem(made.cert.pem().as_bytes())?])
            .resolve("edu.example", address)
            .build()?;
        let front = Self { _proxy: proxy, address, client, _server: server, _folder: folder };
        front.wait().await?;
        Ok(front)
    }

    /// Until it listens.
    async fn wait(&self) -> Made<()> {
        for _ in 0..300 {
            if self.get("/health/ready").send().await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err("the front server does not answer".into())
    }

    fn url(&self, path: &str) -> String {
        format!("https://edu.example:{}{path}", self.address.port())
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path))
    }

    fn post(&self, path: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
        self.client.post(self.url(path)).header("content-type", "application/json").body(body)
    }
}

fn signed_in(request: RequestBuilder, user: &str) -> RequestBuilder {
    request.basic_auth(user, Some("a-word"))
}

/// What a client would like the proxy to believe.
fn forged(request: RequestBuilder) -> RequestBuilder {
    request
        .header("x-remote-user", "is")
        .header("X_Remote_User", "is")
        .header("x-remote-roles", "is, editors")
        .header("x-forwarded-for", "203.0.113.7")
}

/// The header of the sign-in is the front server's, whatever a client sends.
async fn nobody_passes_for_another(front: &Front) -> Test {
    let nobody = forged(front.post(PATH, "{}")).send().await?;
    assert_eq!((nobody.status().as_u16(), nobody.headers().get("x-request-id")), (401, None));
    let wrong = front.get("/journal").basic_auth("is", Some("a-guess")).send().await?;
    assert_eq!(wrong.status(), 401);

    let own = "https://edu.example";
    let keyed = |request: RequestBuilder| request.header("idempotency-key", "\"key\"").header("origin", own);
    let accepted = keyed(forged(signed_in(front.post(PATH, "{}"), "ivanov"))).send().await?;
    assert_eq!(accepted.status(), 200);
    let (_, entry) = answer(signed_in(front.get("/journal/key"), "ivanov").send().await?).await?;
    assert_eq!(entry.get("user"), Some(&json!("ivanov")));
    let (status, refused) = answer(forged(signed_in(front.get("/inbox"), "ivanov")).send().await?).await?;
    assert_eq!((status, code(&refused)), (403, "not_allowed"));
    // Nor does somebody who is signed in, and has no role.
    let (status, refused) = answer(forged(signed_in(front.post(PATH, "{}"), "petrov")).send().await?).await?;
    assert_eq!((status, code(&refused)), (403, "not_allowed"));
    Ok(())
}

/// Reads a stream until it has told this.
async fn told(events: &mut Response, expected: &str) -> Made<String> {
    let mut text = String::new();
    while !text.contains(expected) {
        let piece = tokio::time::timeout(Duration::from_secs(30), events.chunk()).await??;
        text.push_str(&String::from_utf8_lossy(&piece.ok_or("the stream has ended")?));
    }
    Ok(text)
}

/// The Portal signs in at the proxy, and what it sends comes out of the stream at once.
async fn events_come_as_they_happen(front: &Front) -> Test {
    let mut events = signed_in(front.get("/inbox/events"), "is").send().await?;
    assert_eq!(events.status(), 200);
    for number in 1..=3 {
        let notice = application(&format!("r-{number}")).to_string();
        let request = forged(front.post("/callbacks/applications", notice)).basic_auth(PORTAL_ID, Some(PORTAL_SECRET));
        let (status, answered) = answer(request.send().await?).await?;
        assert_eq!((status, answered.get("success")), (200, Some(&Value::Bool(true))), "{answered}");
        let expected = format!("\"request_id\":\"r-{number}\"");
        assert!(told(&mut events, &expected).await?.contains("id:"));
    }
    let (status, _) = answer(front.post("/callbacks/applications", "{}").send().await?).await?;
    assert_eq!(status, 401);
    Ok(())
}

/// The rest of what the files promise.
async fn nothing_else_is_open(front: &Front) -> Test {
    assert_eq!(front.get("/health/ready").send().await?.status(), 200);
    for path in ["/metrics", "/sandbox/state"] {
        assert_eq!(signed_in(front.get(path), "is").send().await?.status(), 404, "{path}");
    }
    // The proxy is the one to say what is too much.
    let wide = signed_in(front.post(PATH, " ".repeat(8 * 1024 * 1024 + 1)), "ivanov").send().await?;
    let (status, refused) = answer(wide).await?;
    assert_eq!((status, code(&refused)), (413, "too_large"));
    let foreign = signed_in(front.post(PATH, "{}"), "ivanov").header("origin", "https://evil.example").send().await?;
    assert_eq!(foreign.status(), 403);
    Ok(())
}

async fn nginx(folder: &Path, port: u16, proxy: SocketAddr) -> Made<Child> {
    let at = |name: &str| folder.join(name).display().to_string();
    let site = put_in(
        NGINX,
        &[
            ("server 127.0.0.1:8787;", &format!("server {proxy};")),
            ("listen 443 ssl;", &format!("listen 127.0.0.1:{port} ssl;")),
            ("/etc/ssl/edu.example.crt", &at("edu.crt")),
            ("/etc/ssl/edu.example.key", &at("edu.key")),
            ("/etc/nginx/portform.users", &at("users")),
        ],
    )?;
    std::fs::write(folder.join("site.conf"), site)?;
    std::fs::write(folder.join("users"), "ivanov:{PLAIN}a-word\nis:{PLAIN}a-word\npetrov:{PLAIN}a-word\n")?;
    // One process, which ends with the test; root's would become somebody else, who may not look into the folder.
    let user = if is_root(folder)? { "user root;" } else { "" };
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {};", at(name)))
        .join("\n");
    let main = format!(
        "{user}\ndaemon off;\nmaster_process off;\npid {};\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}\ninclude {};\n}}\n",
        at("pid"),
        at("site.conf")
    );
    std::fs::write(folder.join("nginx.conf"), main)?;
    let mut command = Command::new(program("nginx", "nginx-light")?);
    command.arg("-p").arg(folder).args(["-e", "stderr", "-c"]).arg(folder.join("nginx.conf"));
    Ok(command.stdin(Stdio::null()).kill_on_drop(true).spawn()?)
}

#[cfg(unix)]
fn is_root(folder: &Path) -> Made<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(std::fs::metadata(folder)?.uid() == 0)
}

#[cfg(not(unix))]
fn is_root(_folder: &Path) -> Made<bool> {
    Ok(false)
}

async fn caddy(folder: &Path, port: u16, proxy: SocketAddr) -> Made<Child> {
    let program = program("caddy", "caddy")?;
    let hashed = Command::new(&program).args(["hash-password", "--plaintext", "a-word"]).output().await?;
    let hashed = String::from_utf8(hashed.stdout)?;
    let example = CADDY.lines().find_map(|line| line.trim().strip_prefix("ivanov $")).ok_or("an example's hash")?;
    let at = |name: &str| folder.join(name).display().to_string();
    let (certificate, key) = (at("edu.crt"), at("edu.key"));
    let mut text = put_in(
        CADDY,
        &[
            ("127.0.0.1:8787", &proxy.to_string()),
            ("admin off", "admin off\n\tauto_https disable_redirects"),
            (
                "https://edu.example {",
                &format!("https://edu.example:{port} {{\n\ttls {certificate} {key}\n\tbind 127.0.0.1"),
            ),
            (&format!("${example}"), hashed.trim()),
        ],
    )?;
    let ivanov = format!("ivanov {}", hashed.trim());
    text = text.replace(&ivanov, &format!("{ivanov}\n\t\t\tpetrov {}", hashed.trim()));
    let file = folder.join("Caddyfile");
    std::fs::write(&file, text)?;
    let mut command = Command::new(program);
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(&file);
    command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    Ok(command.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).spawn()?)
}

#[tokio::test]
async fn nginx_with_the_example_signs_in_streams_and_believes_no_client() -> Test {
    let front = Front::start(nginx).await?;
    nobody_passes_for_another(&front).await?;
    events_come_as_they_happen(&front).await?;
    nothing_else_is_open(&front).await
}

#[tokio::test]
async fn caddy_with_the_example_signs_in_streams_and_believes_no_client() -> Test {
    let front = Front::start(caddy).await?;
    nobody_passes_for_another(&front).await?;
    events_come_as_they_happen(&front).await?;
    nothing_else_is_open(&front).await
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn systemd_reads_the_unit_and_finds_little_left_to_it() -> Test {
    let program = program("systemd-analyze", "systemd")?;
    let folder = tempfile::tempdir()?;
    let unit = folder.path().join("portform-proxy.service");
    std::fs::write(
        &unit,
        put_in(SYSTEMD, &[("/usr/local/bin/portform-proxy", env!("CARGO_BIN_EXE_portform-proxy"))])?,
    )?;
    let verified = Command::new(&program).args(["verify", "--man=no"]).arg(&unit).output().await?;
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    assert!(verified.status.success() && !said.contains("portform-proxy.service"), "{said}");
    // In tenths of its scale from 0 to 10.
    let security = ["security", "--offline=true", "--no-pager", "--threshold=20"];
    let judged = Command::new(&program).args(security).arg(&unit).output().await?;
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stdout));
    Ok(())
}

#[test]
fn the_container_runs_as_nobody_in_particular_and_looks_after_itself() {
    let lines: Vec<&str> = CONTAINER.lines().filter(|line| !line.starts_with('#')).collect();
    let stages = lines.iter().filter(|line| line.starts_with("FROM ")).count();
    assert_eq!(stages, 2);
    let user = lines.iter().find_map(|line| line.strip_prefix("USER ")).expect("it has a user");
    assert!(user.split(':').all(|number| number.parse::<u32>().is_ok_and(|number| number >= 1_000)), "{user}");
    assert!(CONTAINER.contains("--locked") && CONTAINER.contains("HEALTHCHECK") && CONTAINER.contains("\"--probe\""));
}

#[test]
fn every_flag_and_variable_that_the_files_name_is_one() {
    let command = Args::command();
    let flags: BTreeSet<String> =
        command.get_arguments().filter_map(|flag| flag.get_long().map(str::to_owned)).collect();
    let mut variables: BTreeSet<String> =
        command.get_arguments().filter_map(|flag| Some(flag.get_env()?.to_str()?.to_owned())).collect();
    let help = Args::command().render_long_help().to_string();
    let secrets = help.split_whitespace().filter(|word| word.starts_with("PORTFORM_"));
    variables.extend(secrets.flat_map(|name| [name.to_owned(), format!("{name}_FILE")]));
    let words = |text: &str, start: &str| -> Vec<String> {
        let ends = |letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
        let starts = text.match_indices(start).filter_map(|(at, _)| text.get(at..));
        starts.map(|rest| rest.split(ends).next().unwrap_or_default().to_owned()).collect()
    };
    for (file, text) in [("nginx", NGINX), ("caddy", CADDY), ("systemd", SYSTEMD), ("container", CONTAINER)] {
        for variable in words(text, "PORTFORM_") {
            assert!(variables.contains(&variable), "{file}: {variable}");
        }
        if matches!(file, "nginx" | "caddy") {
            for flag in words(text, "--") {
                assert!(flags.contains(flag.trim_start_matches('-')), "{file}: {flag}");
            }
        }
    }
}

#[tokio::test]
async fn a_probe_says_by_its_end_whether_the_proxy_answers_well() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let probe = async |path: &str| -> Made<bool> {
        let url = format!("{}{path}", proxy.running.url());
        let mut command = Command::new(env!("CARGO_BIN_EXE_portform-proxy"));
        Ok(command.env_clear().args(["--probe", &url]).stderr(Stdio::null()).status().await?.success())
    };
    assert!(probe("/health/live").await? && probe("/health/ready").await?);
    proxy.running.about_to_stop();
    assert!(probe("/health/live").await? && !probe("/health/ready").await?);
    Ok(())
}

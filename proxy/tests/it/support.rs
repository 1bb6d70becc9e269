//! What the tests share: a proxy with its sandbox on free ports, a client, the document's own examples. It asserts
//! nothing.

use std::error::Error;

use portform_proxy::check::{CheckOptions, Verdict};
use portform_proxy::config::{Config, Credentials, EhealthConfig, PortalConfig, REFUSED_PAUSE, base_url};
use portform_proxy::sandbox::SandboxConfig;
use portform_proxy::secret::Secret;
use portform_proxy::server::{Running, start};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

/// What a test returns.
pub type Test = Result<(), Box<dyn Error + Send + Sync>>;
/// What a helper returns.
pub type Made<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The document's example of a cycle.
pub const CYCLE: &str = include_str!("../../../tests/fixtures/examples/cycle.create.json");
/// The id in it.
pub const CYCLE_ID: &str = "402c4e16-d18e-835a-851b-16c7b65c0950";
/// The document's example of results.
pub const RESULTS: &str = include_str!("../../../tests/fixtures/examples/results.bulk_update.json");
/// The document's example of a programme.
pub const PROGRAMME: &str = include_str!("../../../tests/fixtures/examples/programme.create.json");

/// A proxy under test.
pub struct Proxy {
    pub running: Running,
    pub client: Client,
}

/// Lets every body through: for tests of what comes after the check.
pub fn accept(_payload: &str, _body: &[u8], _options: &CheckOptions) -> Verdict {
    Verdict::Valid
}

/// A proxy with a sandbox in memory that lets every body through.
pub fn in_memory() -> Config {
    Config { sandbox: Some(SandboxConfig::default()), check: accept, ..Config::default() }
}

/// A proxy that knows only these two addresses.
pub fn towards(address: &str) -> Made<Config> {
    let url = base_url(address)?;
    Ok(Config {
        portal: Some(PortalConfig {
            token_url: url.join("oauth/token")?,
            url: url.clone(),
            refused_pause: REFUSED_PAUSE,
            credentials: Credentials {
                client_id: "client".to_owned(),
                client_secret: Secret::new("secret"),
                username: "smith".to_owned(),
                password: Secret::new("qwerty123"),
            },
        }),
        ehealth: Some(EhealthConfig { url, token: Secret::new("ehealth-token") }),
        check: accept,
        ..Config::default()
    })
}

impl Proxy {
    pub async fn start(config: Config) -> Made<Self> {
        let running = start(config).await?;
        Ok(Self { running, client: client()? })
    }

    pub fn post(&self, path: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.running.url())).header("content-type", "application/json").body(body)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.running.url()))
    }

    /// Status and JSON of a submission.
    pub async fn submit(&self, path: &str, body: impl Into<reqwest::Body>) -> Made<(u16, Value)> {
        answer(self.post(path, body).send().await?).await
    }

    /// Submits an object and reads the Portal's reason; `None` when it was accepted.
    pub async fn reason(&self, path: &str, body: &Value) -> Made<Option<String>> {
        let (status, answer) = self.submit(path, body.to_string()).await?;
        if status != 200 {
            return Err(format!("{path} answered {status}: {answer}").into());
        }
        let accepted = answer.get("success") == Some(&Value::Bool(true));
        let reason = answer.get("reason").and_then(Value::as_str);
        if accepted != reason.is_none() {
            return Err(format!("{path} answered {answer}").into());
        }
        Ok(reason.map(str::to_owned))
    }

    /// Plans a fault of the sandbox.
    pub async fn fault(&self, fault: Value) -> Test {
        let answer = self.post("/sandbox/faults", fault.to_string()).send().await?;
        if answer.status() == 204 { Ok(()) } else { Err(answer.text().await?.into()) }
    }

    /// How many token requests the sandbox has served: password, refresh, refused.
    pub async fn tokens(&self) -> Made<(u64, u64, u64)> {
        let (_, counts) = answer(self.get("/sandbox/tokens").send().await?).await?;
        let count = |name: &str| counts.get(name).and_then(Value::as_u64).unwrap_or_default();
        Ok((count("password"), count("refresh"), count("refused")))
    }

    /// The last body that the sandbox received at a path.
    pub async fn received(&self, path: &str) -> Made<Option<Vec<u8>>> {
        let answer = self.get(&format!("/sandbox/received/{path}")).send().await?;
        if answer.status() == 404 {
            return Ok(None);
        }
        Ok(Some(answer.error_for_status()?.bytes().await?.to_vec()))
    }
}

/// A client without a proxy of the environment's.
pub fn client() -> Made<Client> {
    // Set by the first of them; the others find it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(Client::builder().no_proxy().build()?)
}

/// Status and JSON of an answer.
pub async fn answer(response: Response) -> Made<(u16, Value)> {
    let status = response.status().as_u16();
    let text = response.text().await?;
    let value = serde_json::from_str(&text).map_err(|error| format!("{status} {text}: {error}"))?;
    Ok((status, value))
}

/// The code of the proxy's own answer.
pub fn code(answer: &Value) -> &str {
    answer.get("error").and_then(Value::as_str).unwrap_or_default()
}

/// A cycle like the document's, with another id.
pub fn cycle(id: &str) -> Made<Value> {
    with(CYCLE, &[("id", json!(id))])
}

/// An example with some fields replaced.
pub fn with(example: &str, fields: &[(&str, Value)]) -> Made<Value> {
    let mut value: Value = serde_json::from_str(example)?;
    let object = value.as_object_mut().ok_or("an example is an object")?;
    for (key, field) in fields {
        object.insert((*key).to_owned(), field.clone());
    }
    Ok(value)
}

/// An example without a field.
pub fn without(example: &str, field: &str) -> Made<Value> {
    let mut value: Value = serde_json::from_str(example)?;
    value.as_object_mut().and_then(|object| object.remove(field)).ok_or("the field is in the example")?;
    Ok(value)
}

//! A Portal for the tests, which calls the proxy as the document says, and an information system that reads what it
//! sent. It asserts nothing.

use std::time::Duration;

use portform_proxy::callbacks::account::Account;
use portform_proxy::callbacks::routes::CallbacksConfig;
use portform_proxy::config::Config;
use portform_proxy::secret::Secret;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

use crate::databases::TestDatabase;
use crate::support::{Made, Proxy, answer, towards};

pub const PORTAL_ID: &str = "portal";
pub const PORTAL_SECRET: &str = "a-secret-that-the-portal-was-told";

/// The Portal's account here.
pub fn account() -> CallbacksConfig {
    let account = Account { id: PORTAL_ID.to_owned(), secret: Secret::new(PORTAL_SECRET), token_seconds: 3600 };
    CallbacksConfig { account: Some(account), ..CallbacksConfig::default() }
}

/// A proxy without upstreams that are there, which the Portal may call.
pub fn called(database: &TestDatabase) -> Made<Config> {
    let mut config =
        Config { database: database.config.clone(), callbacks: account(), ..towards("http://127.0.0.1:1")? };
    config.inbox.poll = Duration::from_millis(50);
    Ok(config)
}

/// An application as the document has it.
pub fn application(request: &str) -> Value {
    json!({
        "program_id": "TEST-1234",
        "cycle_id": "402c4e16-d18e-835a-851b-16c7b65c0950",
        "request_id": request,
        "request_number": "4",
        "snils": "112-233-445 95",
        "first_name": "Вера",
        "last_name": "Выдуманова",
        "patronymic": "Ильинична",
        "birth_date": "1980-02-29",
        "is_budget": true,
        "is_paid": false,
        "is_paid_foms": false,
        "is_work": false,
        "payer": "Федеральный бюджет"
    })
}

/// The cancellation of it.
pub fn cancellation(request: &str) -> Value {
    json!({
        "program_id": "TEST-1234",
        "cycle_id": "402c4e16-d18e-835a-851b-16c7b65c0950",
        "request_id": request,
        "request_number": "4",
        "state": "cancelled"
    })
}

/// The outcome of a review.
pub fn review(status: &str, comment: &str) -> Value {
    json!({ "program_id": "TEST-1234", "status": status, "comment": comment })
}

impl Proxy {
    /// A request of the Portal, signed in by HTTP Basic.
    pub fn portal(&self, service: &str, body: &Value) -> RequestBuilder {
        self.post(&format!("/callbacks/{service}"), body.to_string()).basic_auth(PORTAL_ID, Some(PORTAL_SECRET))
    }

    /// A notice of the Portal, and the answer, which is always that of the document.
    pub async fn notify(&self, service: &str, body: &Value) -> Made<Value> {
        let (status, answer) = answer(self.portal(service, body).send().await?).await?;
        if status == 200 { Ok(answer) } else { Err(format!("{service} answered {status}: {answer}").into()) }
    }

    /// The items after a place.
    pub async fn items(&self, after: &str) -> Made<Vec<Value>> {
        let page = self.page(&format!("?after={after}")).await?;
        Ok(page.get("items").and_then(Value::as_array).cloned().ok_or("a page has items")?)
    }

    /// A page of the inbox.
    pub async fn page(&self, query: &str) -> Made<Value> {
        let (status, page) = answer(self.get(&format!("/inbox{query}")).send().await?).await?;
        if status == 200 { Ok(page) } else { Err(format!("the inbox answered {status}: {page}").into()) }
    }

    /// A request of the information system with a body.
    pub fn put(&self, path: &str, body: &Value) -> RequestBuilder {
        let request = self.client.put(format!("{}{path}", self.running.url()));
        request.header("content-type", "application/json").body(body.to_string())
    }
}

/// The kinds of items, in order.
pub fn kinds(items: &[Value]) -> Vec<&str> {
    items.iter().filter_map(|item| item.get("kind").and_then(Value::as_str)).collect()
}

/// A stream of events, read event by event.
pub struct Events {
    response: Response,
    text: String,
}

impl Events {
    pub async fn open(request: RequestBuilder) -> Made<Self> {
        let response = request.send().await?;
        if response.status() != 200 {
            return Err(format!("the stream answered {}", response.status()).into());
        }
        Ok(Self { response, text: String::new() })
    }

    /// The next event's id and item; `None` at the end of the stream.
    pub async fn next(&mut self) -> Made<Option<(String, Value)>> {
        while let Some(block) = self.block().await? {
            let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            if let (Some(id), Some(data)) = (field("id"), field("data")) {
                return Ok(Some((id.to_owned(), serde_json::from_str(data)?)));
            }
        }
        Ok(None)
    }

    /// The next block of lines, comments included.
    pub async fn block(&mut self) -> Made<Option<String>> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Ok(Some(block));
            }
            match self.response.chunk().await? {
                Some(chunk) => self.text.push_str(std::str::from_utf8(&chunk)?),
                None => return Ok(None),
            }
        }
    }
}

//! Submitting through the organisation's proxy from a browser: what a submission came to, asked for and told so that a body goes out
//! exactly once as far as anyone can know it. It is handed previews and hands answers on; it knows no table, no draft and no rule, so
//! that `portform/client` is a small module of its own. The browser never holds the credentials of an upstream: the proxy does.
//!
//! ```no_run
//! # async fn submit(form: &mut portform::form::Form) {
//! use portform::client::{Client, Outcome, SubmitOptions};
//!
//! let client = Client::default();
//! match client.submit(form, SubmitOptions::default()).await {
//!     Outcome::Accepted { at, .. } => println!("accepted at {at}"),
//!     Outcome::Refused { .. } => println!("the reasons stand at the fields of the form"),
//!     Outcome::Invalid { .. } => println!("nothing was sent: the form has errors"),
//!     Outcome::NotSent { message, .. } | Outcome::Unknown { message, .. } => println!("{message}"),
//! }
//! # }
//! ```

mod backoff;
mod events;
mod fetch;
mod forms;
mod host;
mod journal;
#[cfg(feature = "client-wasm")]
mod js;
mod judge;
mod outcome;
mod references;
mod submit;
mod words;

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

pub use events::Received;
pub use forms::Submission;
pub use outcome::{NotSent, Outcome, Unknown};
pub use references::References;

use crate::options::Locale;
use references::Lists;

/// Headers of the information system's own, as pairs of a name and a value; asked for anew at each request.
pub type Headers = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<Vec<(String, String)>, String>>>>>;

/// Where the proxy is, and how it is spoken to.
#[derive(Clone)]
pub struct ClientOptions {
    /// The proxy's way to the НМФО Portal; the journal and the health of the proxy stand beside it.
    pub portal: String,
    /// The proxy's way to eHealth.
    pub ehealth: String,
    /// Where the proxy gives what the Portal sent.
    pub inbox: String,
    /// The information system's own sign-in, or its token against forgery.
    pub headers: Option<Headers>,
    /// Whether cookies go along.
    pub credentials: Credentials,
    /// How long one attempt may take, in milliseconds; longer than the proxy's own limit, whose answer is clearer.
    pub timeout: u32,
    /// The language of messages.
    pub locale: Locale,
}

/// Whether cookies go along with a request, as in the standard of `fetch`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Credentials {
    /// Never.
    Omit,
    /// To the page's own origin.
    #[default]
    SameOrigin,
    /// Always.
    Include,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            portal: "/portal/".to_owned(),
            ehealth: "/ehealth/".to_owned(),
            inbox: "/inbox/".to_owned(),
            headers: None,
            credentials: Credentials::default(),
            timeout: 120_000,
            locale: Locale::Ru,
        }
    }
}

impl core::fmt::Debug for ClientOptions {
    // Headers may hold a token: they are not written out.
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter
            .debug_struct("ClientOptions")
            .field("portal", &self.portal)
            .field("ehealth", &self.ehealth)
            .field("inbox", &self.inbox)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// How one submission is made.
#[derive(Clone, Debug, Default)]
pub struct SubmitOptions {
    /// The `Idempotency-Key`: printable ASCII without quotes; a UUID is made where there is none.
    pub key: Option<String>,
    /// Gives the submission up.
    pub signal: Option<web_sys::AbortSignal>,
    /// The language of its messages.
    pub locale: Option<Locale>,
}

/// What submits through one proxy. Clones share the reference lists.
#[derive(Clone, Debug, Default)]
pub struct Client {
    options: Rc<ClientOptions>,
    lists: Rc<RefCell<Lists>>,
}

impl Client {
    /// A client of the proxy.
    pub fn new(options: ClientOptions) -> Self {
        Self { options: Rc::new(options), lists: Rc::default() }
    }

    /// Where the proxy itself answers: beside its way to the Portal.
    fn beside(&self, path: &str) -> String {
        let portal = self.options.portal.trim_end_matches('/');
        let base = portal.rsplit_once('/').map_or("", |(base, _)| base);
        [base, "/", path].concat()
    }

    /// Reads what the proxy says beside its ways to the upstreams.
    async fn look(
        &self,
        path: &str,
        limit: u32,
        signal: Option<&web_sys::AbortSignal>,
    ) -> Result<fetch::Answer, fetch::Broken> {
        let ask = fetch::Ask { url: &self.beside(path), body: None, headers: &fetch::JSON_WANTED, limit, signal };
        fetch::exchange(self, &ask).await
    }

    /// What the proxy says of itself, as the JSON text that it answered; nothing where it does not answer.
    pub async fn health(&self) -> Option<String> {
        let answer = self.look("health", fetch::SHORT, None).await.ok()?;
        (answer.status == 200 && answer.json().is_some()).then_some(answer.text)
    }
}

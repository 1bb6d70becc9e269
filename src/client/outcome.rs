//! What a submission came to. Five ways, and no sixth: whoever reads an outcome need not know HTTP.

use serde::Serialize;

use crate::issue::Issue;

/// What a submission came to.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The upstream took it.
    Accepted {
        /// Under which key it was sent.
        key: String,
        /// The HTTP status of the upstream's answer.
        status: u16,
        /// The upstream's answer, as it came.
        answer: String,
        /// What was sent.
        body: String,
        /// When it was answered (RFC 3339): the proxy's time, where the proxy says it.
        at: String,
        /// The request by which the proxy knows it, for whoever looks into its log.
        request_id: Option<String>,
        /// The answer is that of an earlier attempt with this key: nothing was sent this time.
        repeated: bool,
    },
    /// The upstream refused it; the reasons are shown on the form by themselves.
    Refused {
        /// Under which key it was sent.
        key: String,
        /// The HTTP status of the upstream's answer.
        status: u16,
        /// The upstream's answer, as it came.
        answer: String,
        /// The reasons, at the fields that they are about.
        issues: Vec<Issue>,
        /// What was sent.
        body: String,
        /// When it was answered (RFC 3339): the proxy's time, where the proxy says it.
        at: String,
        /// The request by which the proxy knows it, for whoever looks into its log.
        request_id: Option<String>,
    },
    /// The form has errors: nothing was sent.
    Invalid {
        /// The form's issues.
        issues: Vec<Issue>,
    },
    /// Nothing was sent, surely.
    NotSent {
        /// Under which key it would have been.
        key: String,
        /// Why.
        reason: NotSent,
        /// Whether sending it later, unchanged, may help.
        retryable: bool,
        /// After how many seconds, where that is known.
        retry_after: Option<u32>,
        /// The request by which the proxy knows it.
        request_id: Option<String>,
        /// For a person.
        message: String,
    },
    /// It may have been accepted: `Client::outcome` asks for it by its key; it is never sent again by itself.
    Unknown {
        /// Under which key it was sent.
        key: String,
        /// Why nobody knows.
        reason: Unknown,
        /// For a person.
        message: String,
        /// What was sent.
        body: String,
        /// The request by which the proxy knows it.
        request_id: Option<String>,
    },
}

/// Why nothing was sent: a stable word, the proxy's own (`upstream_unreachable`, `not_configured`, …) or one of `NotSent`'s constants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotSent(pub(super) String);

/// Why nobody knows whether it was accepted: a stable word, the proxy's own (`upstream_timeout`, …) or one of `Unknown`'s constants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unknown(pub(super) String);

impl NotSent {
    /// The browser is offline.
    pub const OFFLINE: &str = "offline";
    /// There is no connection to the proxy.
    pub const UNREACHABLE: &str = "unreachable";
    /// Given up before it was sent.
    pub const ABORTED: &str = "aborted";
    /// The information system's sign-in has ended.
    pub const SIGNED_OUT: &str = "signed_out";
    /// This person may not submit this.
    pub const FORBIDDEN: &str = "forbidden";
    /// Too much at once: later.
    pub const BUSY: &str = "busy";
    /// The information system's own headers could not be had.
    pub const HEADERS: &str = "headers";
    /// The proxy never received this key.
    pub const NEVER_RECEIVED: &str = "not_in_journal";
    /// What stands at this address is no proxy.
    pub const NO_PROXY: &str = "no_proxy";

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Unknown {
    /// The connection broke off.
    pub const LOST: &str = "lost";
    /// No answer in time.
    pub const TIMEOUT: &str = "timeout";
    /// Given up while it was under way.
    pub const ABORTED: &str = "aborted";
    /// An empty answer.
    pub const EMPTY: &str = "empty";
    /// An HTML page.
    pub const PAGE: &str = "page";
    /// A fault of a server that gives no reason.
    pub const SERVER_FAULT: &str = "server_fault";
    /// An answer that is not JSON.
    pub const UNREADABLE: &str = "unreadable";
    /// An answer that does not say whether the data were accepted, such as `{}`.
    pub const UNCLEAR: &str = "unclear";
    /// The first attempt with this key is still under way.
    pub const IN_PROGRESS: &str = "in_progress";
    /// The proxy broke off between sending and writing the answer down.
    pub const INTERRUPTED: &str = "interrupted";

    /// The word for an answer that came and does not tell whether the data were accepted.
    pub(super) fn of(status: u16) -> &'static str {
        if status >= 500 { Self::SERVER_FAULT } else { Self::UNCLEAR }
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

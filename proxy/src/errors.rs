//! The proxy's own answers: a code, a status and a message in three languages for the person in front of the form.
//! An answer says whether the submission may have arrived, and carries nothing of the body, no secret and no address.

mod messages;

use axum::Json;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::journal::State;

/// The response header that tells the proxy's own answers (`proxy`) from an upstream's (`upstream`).
pub const ANSWER_HEADER: &str = "x-portform-answer";

/// Why the proxy answers itself instead of passing an upstream's answer on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProxyError {
    /// A page of an origin that is not allowed wants to submit.
    OriginNotAllowed,
    /// The proxy is not called by this name.
    HostNotAllowed,
    /// Nobody says who the user is.
    UserRequired,
    /// What says who the user is is not good.
    UserInvalid,
    /// The keys of the sign-in cannot be had.
    SignInUnavailable,
    /// The user may not do this.
    NotAllowed,
    /// More is under way than there may be.
    Busy,
    /// More of one client is under way than there may be.
    TooManyRequests,
    /// The proxy is about to stop.
    Stopping,
    /// The path is not documented; nothing is forwarded.
    NotFound,
    /// The path is documented, with another method.
    MethodNotAllowed,
    /// The body did not arrive in time.
    RequestTimeout,
    /// The body did not arrive whole.
    RequestIncomplete,
    /// The body is larger than the limit.
    TooLarge,
    /// The body is not declared as JSON.
    ContentType,
    /// The body breaks a rule; the text is the JSON array of issues.
    Invalid(String),
    /// The submission has no key, and must have one.
    KeyRequired,
    /// The submission's key cannot be read.
    KeyInvalid,
    /// The first submission with this key is under way.
    KeyInProgress,
    /// The key belongs to another body or path.
    KeyReused,
    /// The upstream has answered, but the answer could not be written down.
    NotRecorded,
    /// A proxy ended between sending the submission and the answer.
    OutcomeUnknown,
    /// A proxy ended before it sent the submission.
    Interrupted,
    /// The journal cannot be written or read, so nothing is sent.
    JournalUnavailable,
    /// Nothing was written down under this key.
    NotInJournal,
    /// A person wants to settle what is known, or is under way.
    NotUnknown,
    /// There is no journal.
    JournalOff,
    /// A fault of the proxy itself.
    Internal,
    /// There is no table to check this payload with, so it is not sent.
    NotChecked,
    /// No connection to the upstream.
    UpstreamUnreachable,
    /// The upstream shows a certificate that is not good for its name.
    UpstreamCertificate,
    /// No encrypted connection to the upstream comes about.
    UpstreamTls,
    /// The connection was lost before all of the body was sent.
    UpstreamIncomplete,
    /// The upstream answers a submission with another address, which may be that of its outcome.
    UpstreamSeeOther,
    /// The connection was lost, or the answer cut off, after the body was sent.
    UpstreamBroken,
    /// The upstream did not answer in time.
    UpstreamTimeout,
    /// The upstream sent the request elsewhere, which the proxy does not follow.
    UpstreamRedirect,
    /// The upstream's answer is larger than the limit.
    AnswerTooLarge,
    /// The upstream refused the organisation's credentials.
    CredentialsRefused,
    /// The token endpoint answered, but not with a token.
    TokenUnavailable,
    /// The token endpoint did not answer in time.
    TokenTimeout,
    /// The address or the credentials of this upstream are not configured.
    NotConfigured,
    /// The request of an information system cannot be read.
    RequestWrong,
    /// A place that lies beyond the end of this inbox.
    PlaceUnknown,
    /// The database cannot be read or written now.
    DatabaseUnavailable,
    /// There are as many long polls and event streams as there may be.
    TooManyReaders,
}

impl ProxyError {
    /// The code in the answer's `error` and in the log.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OriginNotAllowed => "origin_not_allowed",
            Self::HostNotAllowed => "host_not_allowed",
            Self::UserRequired => "user_required",
            Self::UserInvalid => "user_invalid",
            Self::SignInUnavailable => "sign_in_unavailable",
            Self::NotAllowed => "not_allowed",
            Self::Busy => "busy",
            Self::TooManyRequests => "too_many_requests",
            Self::Stopping => "stopping",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::RequestTimeout => "request_timeout",
            Self::RequestIncomplete => "request_incomplete",
            Self::TooLarge => "too_large",
            Self::ContentType => "content_type",
            Self::Invalid(_) => "invalid",
            Self::KeyRequired => "key_required",
            Self::KeyInvalid => "key_invalid",
            Self::KeyInProgress => "key_in_progress",
            Self::KeyReused => "key_reused",
            Self::NotRecorded => "not_recorded",
            Self::OutcomeUnknown => "outcome_unknown",
            Self::Interrupted => "interrupted",
            Self::JournalUnavailable => "journal_unavailable",
            Self::NotInJournal => "not_in_journal",
            Self::NotUnknown => "not_unknown",
            Self::JournalOff => "journal_off",
            Self::Internal => "internal",
            Self::NotChecked => "not_checked",
            Self::UpstreamUnreachable => "upstream_unreachable",
            Self::UpstreamCertificate => "upstream_certificate",
            Self::UpstreamTls => "upstream_tls",
            Self::UpstreamIncomplete => "upstream_incomplete",
            Self::UpstreamSeeOther => "upstream_see_other",
            Self::UpstreamBroken => "upstream_broken",
            Self::UpstreamTimeout => "upstream_timeout",
            Self::UpstreamRedirect => "upstream_redirect",
            Self::AnswerTooLarge => "answer_too_large",
            Self::CredentialsRefused => "credentials_refused",
            Self::TokenUnavailable => "token_unavailable",
            Self::TokenTimeout => "token_timeout",
            Self::NotConfigured => "not_configured",
            Self::RequestWrong => "request_wrong",
            Self::PlaceUnknown => "place_unknown",
            Self::DatabaseUnavailable => "database_unavailable",
            Self::TooManyReaders => "too_many_readers",
        }
    }

    /// The error of a code that the journal has.
    pub fn from_code(code: &str) -> Self {
        const WRITTEN_DOWN: &[ProxyError] = &[
            ProxyError::NotFound,
            ProxyError::OutcomeUnknown,
            ProxyError::Interrupted,
            ProxyError::UpstreamUnreachable,
            ProxyError::UpstreamCertificate,
            ProxyError::UpstreamTls,
            ProxyError::UpstreamIncomplete,
            ProxyError::UpstreamSeeOther,
            ProxyError::UpstreamBroken,
            ProxyError::UpstreamTimeout,
            ProxyError::UpstreamRedirect,
            ProxyError::AnswerTooLarge,
            ProxyError::CredentialsRefused,
            ProxyError::TokenUnavailable,
            ProxyError::TokenTimeout,
            ProxyError::NotConfigured,
        ];
        WRITTEN_DOWN.iter().find(|error| error.code() == code).cloned().unwrap_or(Self::Internal)
    }

    /// What the answer says of the submission.
    pub fn state(&self) -> State {
        match self {
            Self::KeyInProgress => State::Received,
            Self::NotRecorded
            | Self::OutcomeUnknown
            | Self::Internal
            | Self::UpstreamBroken
            | Self::UpstreamTimeout
            | Self::UpstreamSeeOther
            | Self::AnswerTooLarge => State::Unknown,
            _ => State::NotSent,
        }
    }

    /// Whether the same request may succeed later, without anybody changing anything, and does no harm.
    pub fn retry(&self) -> bool {
        matches!(
            self,
            Self::RequestTimeout
                | Self::RequestIncomplete
                | Self::Busy
                | Self::TooManyRequests
                | Self::Stopping
                | Self::KeyInProgress
                | Self::Interrupted
                | Self::JournalUnavailable
                | Self::DatabaseUnavailable
                | Self::SignInUnavailable
                | Self::TooManyReaders
                | Self::UpstreamUnreachable
                | Self::UpstreamIncomplete
                | Self::TokenUnavailable
                | Self::TokenTimeout
        )
    }

    /// After how many seconds to ask again.
    fn retry_after(&self) -> Option<u16> {
        match self {
            Self::KeyInProgress | Self::Busy | Self::TooManyRequests => Some(1),
            Self::Stopping => Some(5),
            Self::JournalUnavailable | Self::DatabaseUnavailable | Self::TooManyReaders => Some(5),
            _ => None,
        }
    }

    /// The HTTP status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::OriginNotAllowed | Self::NotAllowed => StatusCode::FORBIDDEN,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::HostNotAllowed => StatusCode::MISDIRECTED_REQUEST,
            Self::UserRequired | Self::UserInvalid => StatusCode::UNAUTHORIZED,
            Self::NotFound | Self::NotInJournal => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::RequestIncomplete | Self::RequestWrong | Self::KeyRequired | Self::KeyInvalid => {
                StatusCode::BAD_REQUEST
            }
            Self::KeyInProgress | Self::NotUnknown => StatusCode::CONFLICT,
            Self::PlaceUnknown => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid(_) | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal | Self::NotRecorded => StatusCode::INTERNAL_SERVER_ERROR,
            Self::NotChecked | Self::JournalOff => StatusCode::NOT_IMPLEMENTED,
            Self::UpstreamUnreachable
            | Self::UpstreamCertificate
            | Self::UpstreamTls
            | Self::UpstreamIncomplete
            | Self::UpstreamSeeOther
            | Self::UpstreamBroken
            | Self::UpstreamRedirect
            | Self::AnswerTooLarge
            | Self::OutcomeUnknown
            | Self::CredentialsRefused
            | Self::TokenUnavailable => StatusCode::BAD_GATEWAY,
            Self::UpstreamTimeout | Self::TokenTimeout => StatusCode::GATEWAY_TIMEOUT,
            Self::NotConfigured
            | Self::JournalUnavailable
            | Self::Interrupted
            | Self::Busy
            | Self::Stopping
            | Self::SignInUnavailable
            | Self::DatabaseUnavailable
            | Self::TooManyReaders => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The message as an answer has it.
    pub fn message(&self) -> Message {
        let [ru, uk, en] = self.messages();
        Message { ru, uk, en }
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    error: &'static str,
    message: Message,
    state: &'static str,
    retry: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    issues: Option<&'a RawValue>,
}

/// A message in the three languages.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Message {
    ru: &'static str,
    uk: &'static str,
    en: &'static str,
}

impl IntoResponse for ProxyError {
    fn into_response(self) -> Response {
        let status = self.status();
        let issues = match &self {
            Self::Invalid(issues) => serde_json::from_str(issues).ok(),
            _ => None,
        };
        let answer = Answer {
            error: self.code(),
            message: self.message(),
            state: self.state().name(),
            retry: self.retry(),
            issues,
        };
        let mut response = (status, Json(answer)).into_response();
        let headers = response.headers_mut();
        headers.insert(ANSWER_HEADER, HeaderValue::from_static("proxy"));
        if let Some(seconds) = self.retry_after() {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        // Not Basic, for which a browser would show a window of its own.
        match self {
            Self::UserRequired => headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
            Self::UserInvalid => {
                headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""))
            }
            _ => None,
        };
        // The log middleware reads the code from here.
        response.extensions_mut().insert(self);
        response
    }
}

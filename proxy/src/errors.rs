//! The proxy's own answers: a code, a status and a message in three languages for the person in front of the form.
//! An answer says whether the submission may have arrived, and carries nothing of the body, no secret and no address.

use axum::Json;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::value::RawValue;

/// The response header that tells the proxy's own answers (`proxy`) from an upstream's (`upstream`).
pub const ANSWER_HEADER: &str = "x-portform-answer";

/// Why the proxy answers itself instead of passing an upstream's answer on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProxyError {
    /// A page of an origin that is not allowed wants to submit.
    OriginNotAllowed,
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
    /// A fault of the proxy itself.
    Internal,
    /// There is no table to check this payload with, so it is not sent.
    NotChecked,
    /// No connection to the upstream.
    UpstreamUnreachable,
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
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::RequestTimeout => "request_timeout",
            Self::RequestIncomplete => "request_incomplete",
            Self::TooLarge => "too_large",
            Self::ContentType => "content_type",
            Self::Invalid(_) => "invalid",
            Self::Internal => "internal",
            Self::NotChecked => "not_checked",
            Self::UpstreamUnreachable => "upstream_unreachable",
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

    /// The HTTP status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::OriginNotAllowed => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::RequestIncomplete | Self::RequestWrong => StatusCode::BAD_REQUEST,
            Self::PlaceUnknown => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::NotChecked => StatusCode::NOT_IMPLEMENTED,
            Self::UpstreamUnreachable
            | Self::UpstreamBroken
            | Self::UpstreamRedirect
            | Self::AnswerTooLarge
            | Self::CredentialsRefused
            | Self::TokenUnavailable => StatusCode::BAD_GATEWAY,
            Self::UpstreamTimeout | Self::TokenTimeout => StatusCode::GATEWAY_TIMEOUT,
            Self::NotConfigured | Self::DatabaseUnavailable | Self::TooManyReaders => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The message in Russian, Ukrainian and English.
    pub fn messages(&self) -> [&'static str; 3] {
        match self {
            Self::OriginNotAllowed => [
                "С этого сайта отправка не разрешена.",
                "З цього сайту надсилання не дозволено.",
                "Submitting from this site is not allowed.",
            ],
            Self::NotFound => [
                "Такого адреса нет среди описанных в документах. Ничего не отправлено.",
                "Такої адреси немає серед описаних у документах. Нічого не надіслано.",
                "This address is not among the documented ones. Nothing was sent.",
            ],
            Self::MethodNotAllowed => [
                "По этому адресу нужен другой метод запроса. Ничего не отправлено.",
                "За цією адресою потрібен інший метод запиту. Нічого не надіслано.",
                "This address needs another request method. Nothing was sent.",
            ],
            Self::RequestTimeout => [
                "Данные не поступили вовремя. Ничего не отправлено, попробуйте ещё раз.",
                "Дані не надійшли вчасно. Нічого не надіслано, спробуйте ще раз.",
                "The data did not arrive in time. Nothing was sent, try again.",
            ],
            Self::RequestIncomplete => [
                "Данные поступили не полностью. Ничего не отправлено, попробуйте ещё раз.",
                "Дані надійшли не повністю. Нічого не надіслано, спробуйте ще раз.",
                "The data did not arrive whole. Nothing was sent, try again.",
            ],
            Self::TooLarge => [
                "Данных больше, чем принимает прокси. Ничего не отправлено.",
                "Даних більше, ніж приймає проксі. Нічого не надіслано.",
                "There is more data than the proxy accepts. Nothing was sent.",
            ],
            Self::ContentType => [
                "Принимается только application/json. Ничего не отправлено.",
                "Приймається лише application/json. Нічого не надіслано.",
                "Only application/json is accepted. Nothing was sent.",
            ],
            Self::Invalid(_) => [
                "В данных есть ошибки. Ничего не отправлено.",
                "У даних є помилки. Нічого не надіслано.",
                "There are errors in the data. Nothing was sent.",
            ],
            Self::Internal => [
                "Сбой прокси. Сообщите администратору номер запроса.",
                "Збій проксі. Повідомте адміністратору номер запиту.",
                "The proxy failed. Tell the administrator the request number.",
            ],
            Self::NotChecked => [
                "Эти данные прокси ещё не умеет проверять. Ничего не отправлено.",
                "Ці дані проксі ще не вміє перевіряти. Нічого не надіслано.",
                "The proxy cannot check this data yet. Nothing was sent.",
            ],
            Self::UpstreamUnreachable => [
                "Нет связи с сервером приёма. Ничего не отправлено, попробуйте позже.",
                "Немає зв’язку із сервером приймання. Нічого не надіслано, спробуйте пізніше.",
                "The receiving server cannot be reached. Nothing was sent, try again later.",
            ],
            Self::UpstreamBroken => [
                "Связь с сервером приёма прервалась. Возможно, данные приняты: проверьте, прежде чем отправлять снова.",
                "Зв’язок із сервером приймання перервався. Можливо, дані прийнято: перевірте, перш ніж надсилати знову.",
                "The connection to the receiving server was lost. The data may have been accepted: check before you send it again.",
            ],
            Self::UpstreamTimeout => [
                "Сервер приёма не ответил вовремя. Возможно, данные приняты: проверьте, прежде чем отправлять снова.",
                "Сервер приймання не відповів вчасно. Можливо, дані прийнято: перевірте, перш ніж надсилати знову.",
                "The receiving server did not answer in time. The data may have been accepted: check before you send it again.",
            ],
            Self::UpstreamRedirect => [
                "Сервер приёма перенаправляет по другому адресу. Администратору нужно проверить настройку адреса.",
                "Сервер приймання переспрямовує за іншою адресою. Адміністратору треба перевірити налаштування адреси.",
                "The receiving server redirects elsewhere. The administrator has to check the configured address.",
            ],
            Self::AnswerTooLarge => [
                "Ответ сервера приёма слишком велик. Возможно, данные приняты: проверьте, прежде чем отправлять снова.",
                "Відповідь сервера приймання завелика. Можливо, дані прийнято: перевірте, перш ніж надсилати знову.",
                "The receiving server's answer is too large. The data may have been accepted: check before you send it again.",
            ],
            Self::CredentialsRefused => [
                "Портал не принял учётные данные организации. Ничего не отправлено. Администратору нужно проверить логин и пароль.",
                "Портал не прийняв облікові дані організації. Нічого не надіслано. Адміністратору треба перевірити логін і пароль.",
                "The Portal refused the organisation's credentials. Nothing was sent. The administrator has to check the login and the password.",
            ],
            Self::TokenUnavailable => [
                "Портал не выдал разрешение на отправку. Ничего не отправлено, попробуйте позже.",
                "Портал не видав дозволу на надсилання. Нічого не надіслано, спробуйте пізніше.",
                "The Portal did not give leave to submit. Nothing was sent, try again later.",
            ],
            Self::TokenTimeout => [
                "Портал не выдал разрешение на отправку вовремя. Ничего не отправлено, попробуйте позже.",
                "Портал не видав дозволу на надсилання вчасно. Нічого не надіслано, спробуйте пізніше.",
                "The Portal did not give leave to submit in time. Nothing was sent, try again later.",
            ],
            Self::NotConfigured => [
                "Связь с этим сервером приёма не настроена. Ничего не отправлено.",
                "Зв’язок із цим сервером приймання не налаштовано. Нічого не надіслано.",
                "The connection to this receiving server is not configured. Nothing was sent.",
            ],
            Self::RequestWrong => [
                "Запрос не понят: проверьте его параметры и данные.",
                "Запит не зрозуміло: перевірте його параметри й дані.",
                "The request cannot be read: check its parameters and its data.",
            ],
            Self::PlaceUnknown => [
                "Такого места во входящих нет: база данных другая. Прочитайте их с начала.",
                "Такого місця у вхідних немає: база даних інша. Прочитайте їх від початку.",
                "There is no such place in this inbox: the database is another one. Read it from the beginning.",
            ],
            Self::DatabaseUnavailable => [
                "База данных сейчас недоступна. Попробуйте позже.",
                "База даних зараз недоступна. Спробуйте пізніше.",
                "The database cannot be reached now. Try again later.",
            ],
            Self::TooManyReaders => [
                "Входящие читают слишком многие сразу. Попробуйте позже.",
                "Вхідні читають забагато читачів водночас. Спробуйте пізніше.",
                "Too many read the inbox at once. Try again later.",
            ],
        }
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    error: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    issues: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Message {
    ru: &'static str,
    uk: &'static str,
    en: &'static str,
}

impl IntoResponse for ProxyError {
    fn into_response(self) -> Response {
        let status = self.status();
        let [ru, uk, en] = self.messages();
        let issues = match &self {
            Self::Invalid(issues) => serde_json::from_str(issues).ok(),
            _ => None,
        };
        let answer = Answer { error: self.code(), message: Message { ru, uk, en }, issues };
        let mut response = (status, Json(answer)).into_response();
        response.headers_mut().insert(ANSWER_HEADER, HeaderValue::from_static("proxy"));
        // The log middleware reads the code from here.
        response.extensions_mut().insert(self);
        response
    }
}

//! What became of a submission, from the proxy's journal. Asking sends nothing; where the journal cannot be read, nobody knows.

use wasm_bindgen::JsValue;

use super::host::property;
use super::judge::Service;
use super::outcome::{NotSent, Unknown};
use super::submit::Delivery;
use super::{Client, fetch, words};
use crate::options::Locale;

/// Asks for a key.
pub(super) async fn ask(client: &Client, key: &str, locale: Locale, signal: Option<&web_sys::AbortSignal>) -> Delivery {
    let limit = client.options.timeout.min(fetch::SHORT);
    match client.look(&["journal/", key].concat(), limit, signal).await {
        Ok(answer) => said(&answer, locale),
        Err(fetch::Broken::Call(message)) => Delivery::Call { message },
        Err(_) => Delivery::unknown(Unknown::LOST, None, locale),
    }
}

/// What the journal says of a key.
fn said(answer: &fetch::Answer, locale: Locale) -> Delivery {
    let Some(entry) = answer.json() else { return Delivery::unknown(Unknown::UNREADABLE, None, locale) };
    let request_id = text(&entry, "request_id");
    let facts = answer.facts(locale).unwrap_or_default();
    match (answer.status, facts.state.as_deref()) {
        (200, Some("sent")) => answered(&entry, request_id, locale),
        (200, Some("not_sent")) => {
            // Without a word of the proxy's own the upstream has put it off.
            let reason = facts.code.unwrap_or_else(|| NotSent::BUSY.to_owned());
            let message = facts.message.unwrap_or_else(|| words::not_sent(&reason, locale).to_owned());
            Delivery::NotSent { reason, retryable: true, retry_after: None, request_id, message }
        }
        (200, Some("received")) => Delivery::unknown(Unknown::IN_PROGRESS, request_id, locale),
        (200, Some("unknown")) => {
            Delivery::unknown(facts.code.as_deref().unwrap_or(Unknown::INTERRUPTED), request_id, locale)
        }
        // Whatever else answers 404 at this address knows nothing of keys.
        (404, _) if facts.code.as_deref() == Some(NotSent::NEVER_RECEIVED) => {
            Delivery::not_sent(NotSent::NEVER_RECEIVED, true, locale)
        }
        _ => Delivery::unknown(Unknown::UNREADABLE, None, locale),
    }
}

/// The recorded answer, judged as if it had just come; whether it is an acceptance the proxy knows better, which has the table.
fn answered(entry: &JsValue, request_id: Option<String>, locale: Locale) -> Delivery {
    let answer = property(entry, "answer").unwrap_or(JsValue::UNDEFINED);
    let status = property(entry, "status").and_then(|status| status.as_f64()).unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an HTTP status")]
    let status = status.clamp(0.0, 599.0) as u16;
    let body = text(&answer, "body").unwrap_or_default();
    let recorded = fetch::Answer {
        at: text(entry, "settled_at"),
        request_id,
        ..fetch::Answer::recorded(status, &body, &text(&answer, "content_type").unwrap_or_default())
    };
    let accepted = property(entry, "accepted");
    let known = accepted.as_ref().and_then(JsValue::as_bool);
    // An answer that cannot be opened any more is not an empty one.
    if known.is_some() && answer.is_null() {
        return recorded.told(known, locale);
    }
    let service = Service::of_payload(&text(entry, "payload").unwrap_or_default());
    let mut sent = recorded.judged(service, locale);
    if let (Delivery::Answered { success, .. }, Some(said)) = (&mut sent, &accepted)
        && !said.is_undefined()
    {
        *success = known;
    }
    match sent {
        Delivery::Answered { success: None, status, request_id, .. } => {
            Delivery::unknown(Unknown::of(status), request_id, locale)
        }
        sent => sent,
    }
}

fn text(of: &JsValue, name: &str) -> Option<String> {
    property(of, name).and_then(|value| value.as_string())
}

//! What became of a submission, from the proxy's journal. Asking sends nothing; where the journal cannot be read, nobody knows.

use wasm_bindgen::JsValue;

use super::fetch;
use super::host::property;
use super::outcome::{NotSent, Unknown};
use super::submit::Delivery;
use super::{Client, words};
use crate::options::Locale;

/// Asks for a key.
pub(super) async fn ask(client: &Client, key: &str, locale: Locale, signal: Option<&web_sys::AbortSignal>) -> Delivery {
    let url = client.beside(&format!("journal/{key}"));
    let limit = client.options.timeout.min(fetch::SHORT);
    let answer = match fetch::get(client, &url, signal, &[("accept", "application/json")], limit).await {
        Ok(answer) => answer,
        Err(fetch::Broken::Call(message)) => return Delivery::Call { message },
        Err(_) => return Delivery::unknown(Unknown::LOST, locale),
    };
    let Some(entry) = answer.json() else { return Delivery::unknown(Unknown::UNREADABLE, locale) };
    let text = |name: &str| property(&entry, name).and_then(|value| value.as_string());
    // Whatever else answers 404 at this address knows nothing of keys.
    if answer.status == 404 && text("error").as_deref() == Some(NotSent::NEVER_RECEIVED) {
        return Delivery::not_sent(NotSent::NEVER_RECEIVED, true, locale);
    }
    if answer.status != 200 {
        return Delivery::unknown(Unknown::UNREADABLE, locale);
    }
    let facts = answer.facts(locale).unwrap_or_default();
    match facts.state.as_deref() {
        Some("sent") => answered(&entry, locale),
        Some("not_sent") => {
            let reason = facts.code.unwrap_or_else(|| NotSent::UNREACHABLE.to_owned());
            let message = facts.message.unwrap_or_else(|| words::not_sent(&reason, locale).to_owned());
            Delivery::NotSent { reason, retryable: true, retry_after: None, message }
        }
        Some("received") => Delivery::unknown(Unknown::IN_PROGRESS, locale),
        Some("unknown") => Delivery::unknown(facts.code.as_deref().unwrap_or(Unknown::INTERRUPTED), locale),
        _ => Delivery::unknown(Unknown::UNREADABLE, locale),
    }
}

/// The recorded answer, judged as if it had just come.
fn answered(entry: &JsValue, locale: Locale) -> Delivery {
    let text = |of: &JsValue, name: &str| property(of, name).and_then(|value| value.as_string());
    let answer = property(entry, "answer").unwrap_or(JsValue::UNDEFINED);
    let status = property(entry, "status").and_then(|status| status.as_f64()).unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an HTTP status")]
    let recorded = fetch::Answer::recorded(
        status.clamp(0.0, 599.0) as u16,
        text(&answer, "body").unwrap_or_default(),
        &text(&answer, "content_type").unwrap_or_default(),
        text(entry, "settled_at"),
    );
    recorded.judged(locale)
}

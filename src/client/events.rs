//! What the Portal sent to the organisation, as it arrives: server-sent events over `fetch`, because the browser's own event source
//! sends no headers. A connection that ends is opened anew behind the last event that was seen.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

use super::fetch::{self, Ask, Broken, Guard};
use super::{Client, host};

/// Something that the Portal sent, as the proxy tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// Its place: asking on goes on behind it.
    pub id: String,
    /// A JSON object: `at`, `kind` (`application`, `cancellation`, `expertise`), `payload`, `value`.
    pub data: String,
}

/// After so long without a sign of life a connection counts as broken, in milliseconds; the proxy gives one every few seconds.
const SILENCE: u32 = 90_000;
/// The first wait before a connection is opened anew, and the longest, in milliseconds.
const FIRST_WAIT: u32 = 1_000;
const LONGEST_WAIT: u32 = 30_000;

impl Client {
    /// Gives everything that was received behind `after`, and goes on with what comes, until the signal is given or `push` says that
    /// nobody listens any more. Fails, in one sentence, only where trying again cannot help.
    pub async fn received(
        &self,
        after: Option<String>,
        signal: Option<&web_sys::AbortSignal>,
        mut push: impl FnMut(Received) -> bool,
    ) -> Result<(), String> {
        let url = [self.options.inbox.trim_end_matches('/'), "/events"].concat();
        let mut last = after;
        let mut wait = FIRST_WAIT;
        let mut refused = 0;
        while !host::aborted(signal) {
            let mut headers = vec![("accept", "text/event-stream")];
            if let Some(last) = &last {
                headers.push(("last-event-id", last));
            }
            let ask = Ask { url: &url, body: None, headers: &headers, limit: fetch::SHORT, signal };
            match fetch::open(self, &ask).await {
                Ok((response, guard)) if response.status() == 200 => {
                    refused = 0;
                    wait = FIRST_WAIT;
                    let mut seen = |event: Received| {
                        last = Some(event.id.clone());
                        push(event)
                    };
                    if !read(&response, guard, &mut seen).await {
                        return Ok(());
                    }
                }
                Ok((response, _)) => match response.status() {
                    204 => return Ok(()),
                    // The headers are asked for anew at each request: once more.
                    401 if refused == 0 && self.options.headers.is_some() => {
                        refused += 1;
                        continue;
                    }
                    status @ (400..=407 | 409..=428) => {
                        return Err(format!("The inbox cannot be read: the proxy answers {status}."));
                    }
                    _ => {}
                },
                Err(Broken::Call(message)) => return Err(message),
                Err(Broken::Headers) => {
                    return Err("The inbox cannot be read: the headers could not be had.".to_owned());
                }
                Err(_) => {}
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some seconds")]
            let pause = (f64::from(wait) * (0.5 + host::chance() / 2.0)) as u32;
            host::sleep(pause, signal).await;
            wait = (wait * 2).min(LONGEST_WAIT);
        }
        Ok(())
    }
}

/// Reads events to the end of the connection; false when nobody listens any more.
async fn read(response: &web_sys::Response, mut guard: Guard, push: &mut impl FnMut(Received) -> bool) -> bool {
    let Some(body) = response.body() else { return true };
    let Ok(reader) = body.get_reader().dyn_into::<ReadableStreamDefaultReader>() else { return true };
    let mut parser = Parser::default();
    loop {
        guard.prolong(SILENCE);
        let Ok(chunk) = JsFuture::from(reader.read()).await else { return true };
        let value = Reflect::get(&chunk, &JsValue::from_str("value"))
            .ok()
            .and_then(|value| value.dyn_into::<Uint8Array>().ok());
        let Some(bytes) = value else { return true };
        for event in parser.read(&bytes.to_vec()) {
            if !push(event) {
                return false;
            }
        }
    }
}

/// Server-sent events from bytes, however they are cut (the HTML standard, 9.2.6).
#[derive(Debug, Default)]
struct Parser {
    line: Vec<u8>,
    /// The last byte was a carriage return: a line feed behind it belongs to it.
    returned: bool,
    id: String,
    data: Option<String>,
}

impl Parser {
    fn read(&mut self, bytes: &[u8]) -> Vec<Received> {
        let mut events = Vec::new();
        for byte in bytes {
            let after_return = core::mem::replace(&mut self.returned, *byte == b'\r');
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => events.extend(self.end_of_line()),
                other => self.line.push(*other),
            }
        }
        events
    }

    fn end_of_line(&mut self) -> Option<Received> {
        let bytes = core::mem::take(&mut self.line);
        // A proxy of ours writes UTF-8; a line of anything else says nothing.
        let line = core::str::from_utf8(&bytes).unwrap_or(":");
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        if line.is_empty() {
            return self.data.take().map(|data| Received { id: self.id.clone(), data });
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            // A comment, which has no name, is a sign of life; the kind of an event stands in its data.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Parser, Received};

    fn event(id: &str, data: &str) -> Received {
        Received { id: id.to_owned(), data: data.to_owned() }
    }

    #[test]
    fn events_are_read_however_the_bytes_are_cut() {
        let text = "\u{feff}: hello\n\nid: 1\nevent: application\ndata: {\"имя\":1}\n\nid:2\r\ndata:a\r\ndata: b\r\n\r\nretry: 5\n\ndata: same id\r\r";
        let expected = vec![event("1", "{\"имя\":1}"), event("2", "a\nb"), event("2", "same id")];
        for size in 1..text.len() {
            let mut parser = Parser::default();
            let read: Vec<Received> = text.as_bytes().chunks(size).flat_map(|chunk| parser.read(chunk)).collect();
            assert_eq!(read, expected, "in pieces of {size}");
        }
    }

    #[test]
    fn what_is_cut_off_is_no_event() {
        assert_eq!(Parser::default().read(b"id: 1\ndata: half\n"), Vec::new());
    }
}

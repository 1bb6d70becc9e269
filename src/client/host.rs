//! What the client takes from the host it runs in, a page, a worker or Node: the clock, chance, timers and whether it is online. Each
//! is looked up when it is needed, so that nothing is missed where it is not used.

use js_sys::{Date, Function, Math, Promise, Reflect, global};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(call: &Function, milliseconds: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// A call that is still to come; dropped, it does not come.
pub(super) struct Timer {
    timer: JsValue,
    _call: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls after so many milliseconds.
    pub(super) fn after(milliseconds: u32, call: impl FnMut() + 'static) -> Self {
        let call = Closure::<dyn FnMut()>::new(call);
        Self { timer: set_timeout(call.as_ref().unchecked_ref(), milliseconds), _call: call }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
    }
}

/// Waits; ends early when the signal is given.
pub(super) async fn sleep(milliseconds: u32, signal: Option<&web_sys::AbortSignal>) {
    if aborted(signal) {
        return;
    }
    let mut timer = JsValue::UNDEFINED;
    let mut resolved = None;
    let promise = Promise::new(&mut |resolve, _| {
        timer = set_timeout(&resolve, milliseconds);
        resolved = Some(resolve);
    });
    let listener = signal.zip(resolved).map(|(signal, resolve)| {
        Listener::on_abort(signal, move || {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        })
    });
    let _ = JsFuture::from(promise).await;
    drop(listener);
    clear_timeout(&timer);
}

/// Listens for the end of a signal as long as it lives.
pub(super) struct Listener {
    signal: web_sys::AbortSignal,
    call: Closure<dyn FnMut()>,
}

impl Listener {
    pub(super) fn on_abort(signal: &web_sys::AbortSignal, call: impl FnMut() + 'static) -> Self {
        let call = Closure::<dyn FnMut()>::new(call);
        let _ = signal.add_event_listener_with_callback("abort", call.as_ref().unchecked_ref());
        Self { signal: signal.clone(), call }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.signal.remove_event_listener_with_callback("abort", self.call.as_ref().unchecked_ref());
    }
}

/// Whether a signal was given.
pub(super) fn aborted(signal: Option<&web_sys::AbortSignal>) -> bool {
    signal.is_some_and(web_sys::AbortSignal::aborted)
}

/// Now (RFC 3339, UTC).
pub(super) fn now() -> String {
    String::from(Date::new_0().to_iso_string())
}

/// Between 0 and 1.
pub(super) fn chance() -> f64 {
    Math::random()
}

/// Whether the host is a browser, which does not say why a connection failed; Node does.
pub(super) fn browser() -> bool {
    let versions = property(&global(), "process").and_then(|process| property(&process, "versions"));
    let node = versions.and_then(|versions| property(&versions, "node"));
    node.is_none_or(|node| node.is_undefined())
        && property(&global(), "location").is_some_and(|place| place.is_object())
}

/// Whether the host says that it is offline; one that does not know is not.
pub(super) fn offline() -> bool {
    property(&global(), "navigator")
        .and_then(|navigator| property(&navigator, "onLine"))
        .is_some_and(|online| online.is_falsy())
}

/// Whether the host has all of these.
pub(super) fn lacks(names: &[&'static str]) -> Option<&'static str> {
    names.iter().copied().find(|name| property(&global(), name).is_none_or(|value| value.is_undefined()))
}

/// A property of an object, or of whatever else; nothing where reading it throws.
pub(super) fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    if of.is_undefined() || of.is_null() {
        return None;
    }
    Reflect::get(of, &JsValue::from_str(name)).ok()
}

/// A UUID (version 4) from the host's randomness, or from its less good one.
pub(super) fn uuid() -> String {
    let mut digits = [0_u8; 16];
    let crypto = property(&global(), "crypto");
    let filled = crypto.as_ref().and_then(|crypto| {
        let fill: Function = property(crypto, "getRandomValues")?.dyn_into().ok()?;
        let array = js_sys::Uint8Array::new_with_length(16);
        fill.call1(crypto, &array).ok()?;
        array.copy_to(&mut digits);
        Some(())
    });
    if filled.is_none() {
        for digit in &mut digits {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
            let byte = (chance() * 256.0) as u8;
            *digit = byte;
        }
    }
    let mut text = String::with_capacity(36);
    for (at, digit) in digits.into_iter().enumerate() {
        let digit = match at {
            6 => digit & 0x0f | 0x40,
            8 => digit & 0x3f | 0x80,
            _ => digit,
        };
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for half in [digit >> 4, digit & 0x0f] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    text
}

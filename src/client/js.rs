//! The client's boundary to JavaScript: thin, and without the engine. `pkg-config/src/client.ts` hands it what a preview says, and
//! reads an upstream's answers with the form that they are about.

use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::judge::Service;
use super::submit::{Delivery, Parcel};
use super::{Client, ClientOptions, Credentials, Headers, journal};
use crate::options::Locale;

/// A client of one proxy.
#[wasm_bindgen]
pub struct Core(Client);

#[wasm_bindgen]
impl Core {
    /// `headers` is nothing, or a function that gives a promise of an array of names and values in turn.
    #[wasm_bindgen(constructor)]
    pub fn new(
        portal: String,
        ehealth: String,
        inbox: String,
        credentials: &str,
        timeout: u32,
        locale: &str,
        headers: Option<Function>,
    ) -> Core {
        let credentials = match credentials {
            "omit" => Credentials::Omit,
            "include" => Credentials::Include,
            _ => Credentials::SameOrigin,
        };
        let headers = headers.map(asked_for);
        let locale = Locale::from_name(locale).unwrap_or(Locale::Ru);
        Core(Client::new(ClientOptions { portal, ehealth, inbox, headers, credentials, timeout, locale }))
    }

    /// Sends what a preview says.
    pub async fn deliver(
        &self,
        key: String,
        url: String,
        ehealth: bool,
        body: String,
        locale: String,
        signal: Option<AbortSignal>,
    ) -> Result<JsValue, JsValue> {
        let locale = self.locale(&locale);
        let url = self.0.address(&url, ehealth);
        let parcel = Parcel { key, service: Service::of(&url, ehealth), url, body, locale };
        told(&self.0.deliver(&parcel, signal.as_ref()).await)
    }

    /// What became of a key.
    pub async fn ask(&self, key: String, locale: String, signal: Option<AbortSignal>) -> Result<JsValue, JsValue> {
        told(&journal::ask(&self.0, &key, self.locale(&locale), signal.as_ref()).await)
    }

    /// The two reference lists, as JSON texts.
    pub async fn references(&self, signal: Option<AbortSignal>) -> Result<Array, JsValue> {
        let lists = self.0.references(signal.as_ref()).await.map_err(|message| js_sys::Error::new(&message))?;
        Ok(Array::of2(&JsValue::from_str(&lists.specialities), &JsValue::from_str(&lists.programmes)))
    }

    /// Calls `push` with the id and the data of what was received, until it gives false or the signal is given.
    pub async fn follow(
        &self,
        after: Option<String>,
        signal: Option<AbortSignal>,
        push: Function,
    ) -> Result<(), JsValue> {
        let push = |received: super::Received| {
            let on =
                push.call2(&JsValue::UNDEFINED, &JsValue::from_str(&received.id), &JsValue::from_str(&received.data));
            on.is_ok_and(|on| on.is_truthy())
        };
        let ended = self.0.received(after, signal.as_ref(), push).await;
        ended.map_err(|message| js_sys::Error::new(&message).into())
    }

    /// What the proxy says of itself, as a JSON text.
    pub async fn health(&self) -> Option<String> {
        self.0.health().await
    }

    fn locale(&self, name: &str) -> Locale {
        Locale::from_name(name).unwrap_or(self.0.options.locale)
    }
}

fn told(sent: &Delivery) -> Result<JsValue, JsValue> {
    sent.serialize(&Serializer::json_compatible()).map_err(JsValue::from)
}

/// Headers that a function of JavaScript gives a promise of.
fn asked_for(function: Function) -> Headers {
    let function = Rc::new(function);
    Rc::new(move || {
        let function = function.clone();
        Box::pin(async move {
            let unread = || "The headers could not be had.".to_owned();
            let promise: Promise =
                function.call0(&JsValue::UNDEFINED).ok().and_then(|given| given.dyn_into().ok()).ok_or_else(unread)?;
            let given = JsFuture::from(promise).await.map_err(|_| unread())?;
            let mut texts = Array::from(&given).into_iter().filter_map(|text| text.as_string());
            let mut pairs = Vec::new();
            while let (Some(name), Some(value)) = (texts.next(), texts.next()) {
                pairs.push((name, value));
            }
            Ok(pairs)
        })
    })
}

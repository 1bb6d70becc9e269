//! The Portal's reference lists, asked for once however many ask, and again only when the Portal has newer ones (ETag).

use std::cell::RefCell;
use std::rc::Rc;

use super::fetch::{self, Ask, Broken};
use super::{Client, host};

/// The bodies of the two reference lists, as JSON texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct References {
    /// Body of `umk/specialities`.
    pub specialities: Rc<str>,
    /// Body of `umk/programmes`.
    pub programmes: Rc<str>,
}

/// What is kept of the lists between two calls.
#[derive(Debug, Default)]
pub(super) struct Lists {
    specialities: Kept,
    programmes: Kept,
}

#[derive(Debug, Default)]
struct Kept {
    text: Option<Rc<str>>,
    etag: Option<String>,
}

impl Client {
    /// The reference lists; the reason, in one sentence, where they cannot be had.
    pub async fn references(&self, signal: Option<&web_sys::AbortSignal>) -> Result<References, String> {
        let specialities = self.list("umk/specialities", |lists| &mut lists.specialities, signal).await?;
        let programmes = self.list("umk/programmes", |lists| &mut lists.programmes, signal).await?;
        Ok(References { specialities, programmes })
    }

    async fn list(
        &self,
        path: &str,
        kept: fn(&mut Lists) -> &mut Kept,
        signal: Option<&web_sys::AbortSignal>,
    ) -> Result<Rc<str>, String> {
        let (text, etag) = with(&self.lists, |lists| (kept(lists).text.clone(), kept(lists).etag.clone()));
        let known = text.clone().zip(etag);
        let [wanted] = fetch::JSON_WANTED;
        let mut headers = vec![wanted];
        headers.extend(known.as_ref().map(|(_, etag)| ("if-none-match", etag.as_str())));
        let url = &self.address(path, false);
        let ask = Ask { url, body: None, headers: &headers, limit: self.options.timeout, signal };
        match fetch::exchange(self, &ask).await {
            Ok(answer) if answer.status == 304 => known.map(|(text, _)| text).ok_or_else(|| failed(path)),
            Ok(answer) if answer.status == 200 && answer.json().is_some() => {
                let text: Rc<str> = answer.text.into();
                with(&self.lists, |lists| *kept(lists) = Kept { text: Some(text.clone()), etag: answer.etag.clone() });
                Ok(text)
            }
            Err(Broken::Call(message)) => Err(message),
            Err(Broken::Aborted | Broken::AbortedBefore) if host::aborted(signal) => {
                Err("The request was aborted.".to_owned())
            }
            // An older list is better than none: it is asked for anew the next time.
            Ok(_) | Err(_) => text.ok_or_else(|| failed(path)),
        }
    }
}

fn failed(path: &str) -> String {
    ["The reference list ", path, " cannot be had: the proxy or the Portal does not answer with it."].concat()
}

fn with<R>(lists: &Rc<RefCell<Lists>>, look: impl FnOnce(&mut Lists) -> R) -> R {
    look(&mut lists.borrow_mut())
}

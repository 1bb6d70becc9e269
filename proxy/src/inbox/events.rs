//! The inbox as server-sent events: every item from a place on, then each as it comes, with its number as the event's
//! id, so that a reader who was cut off goes on from there. One that does not read is cut off.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use http_body_util::channel::{Channel, Sender};
use portform::Locale;
use tokio::sync::OwnedSemaphorePermit;

use super::Inbox;
use super::store::Received;

/// So many items are read at once.
const PAGE: i64 = 100;

/// How long a reader may leave what was sent unread.
const PATIENCE: Duration = Duration::from_secs(30);

/// After which a browser that was cut off comes back, in milliseconds.
const RETRY: &str = "retry: 2000\n\n";

/// A comment, which readers skip.
const HEARTBEAT: &str = ":\n\n";

/// The stream from a place on; it holds its seat until its end.
pub fn stream(inbox: Arc<Inbox>, place: i64, locale: Locale, seat: OwnedSemaphorePermit) -> Response {
    let (sender, body) = Channel::<Bytes, Infallible>::new(1);
    tokio::spawn(async move {
        // Whether the reader, the proxy or the database has ended it: the reader comes back with its last id.
        let _ = send(&inbox, place, locale, sender).await;
        drop(seat);
    });
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // nginx would collect what is sent until there is more.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (headers, Body::new(body)).into_response()
}

async fn send(inbox: &Inbox, mut place: i64, locale: Locale, mut sender: Sender<Bytes>) -> Result<(), End> {
    put(&mut sender, Bytes::from_static(RETRY.as_bytes())).await?;
    while !inbox.is_stopping() {
        let items = inbox.notices.after(place, PAGE, locale).await.map_err(|_| End)?;
        if items.is_empty() {
            inbox.wait(place, inbox.config.heartbeat).await;
            if *inbox.newest.borrow() <= place {
                put(&mut sender, Bytes::from_static(HEARTBEAT.as_bytes())).await?;
            }
        }
        for item in items {
            place = item.id.parse().map_err(|_| End)?;
            put(&mut sender, event(&item).ok_or(End)?).await?;
        }
    }
    Ok(())
}

struct End;

async fn put(sender: &mut Sender<Bytes>, bytes: Bytes) -> Result<(), End> {
    match tokio::time::timeout(PATIENCE, sender.send_data(bytes)).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(End),
    }
}

/// JSON text has no line ends of its own, so it is one line of data.
fn event(item: &Received) -> Option<Bytes> {
    let data = serde_json::to_string(item).ok()?;
    Some(format!("id: {}\ndata: {data}\n\n", item.id).into())
}

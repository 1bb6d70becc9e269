//! Reading a body within its limits: its size, its time, and the room that there is for all bodies together.

use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use tokio::sync::OwnedSemaphorePermit;

use crate::errors::ProxyError;
use crate::load::Load;

/// How many times its limit a body may be before the connection is cut.
const DRAINED_LIMITS: usize = 8;

/// A body, with the room that it takes up.
#[derive(Debug)]
pub struct Held {
    /// As received.
    pub bytes: Bytes,
    _room: Option<OwnedSemaphorePermit>,
}

/// Reads a body of up to so many bytes, which may take so long to arrive.
pub async fn read_body(body: Body, limit: usize, patience: Duration) -> Result<Bytes, ProxyError> {
    read(body, limit, patience, None).await.map(|held| held.bytes)
}

/// As [`read_body`], as far as there is room.
pub async fn hold_body(body: Body, limit: usize, patience: Duration, load: &Load) -> Result<Held, ProxyError> {
    read(body, limit, patience, Some(load)).await
}

async fn read(body: Body, limit: usize, patience: Duration, load: Option<&Load>) -> Result<Held, ProxyError> {
    match tokio::time::timeout(patience, collect(body, limit, load)).await {
        Ok(result) => result,
        Err(_) => Err(ProxyError::RequestTimeout),
    }
}

/// A body that is too large is still read to its end, within reason, and dropped: a browser that is cut off while it
/// sends reports a broken connection to the page, and not the answer that says why.
async fn collect(mut body: Body, limit: usize, load: Option<&Load>) -> Result<Held, ProxyError> {
    let mut kept = Vec::new();
    let mut room: Option<OwnedSemaphorePermit> = None;
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| ProxyError::RequestIncomplete)?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length <= limit {
            if let Some(load) = load {
                let more = load.room_for(data.len()).ok_or(ProxyError::Busy)?;
                match &mut room {
                    Some(room) => room.merge(more),
                    None => room = Some(more),
                }
            }
            kept.extend_from_slice(&data);
        } else if length > limit.saturating_mul(DRAINED_LIMITS) {
            return Err(ProxyError::TooLarge);
        } else {
            kept = Vec::new();
            room = None;
        }
    }
    if length > limit { Err(ProxyError::TooLarge) } else { Ok(Held { bytes: kept.into(), _room: room }) }
}

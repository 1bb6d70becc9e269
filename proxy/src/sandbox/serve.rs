//! The sandbox's connections, and what stands before its endpoints: the token, the record of what was received, the
//! planned faults. A loop of its own, because a server that answers every request could not drop a connection.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State as Shared};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tower::ServiceExt;

use super::faults::{self, DropConnection, Target};
use super::{State, body, ehealth, lock, store, token};

/// Serves until it is aborted; its connections end with it.
pub async fn serve(listener: TcpListener, router: Router) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let router = router.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| answer(router.clone(), request));
        connections.spawn(async move {
            // A connection that ends badly is the client's affair, or a fault that was asked for.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn answer(router: Router, request: hyper::Request<Incoming>) -> Result<Response, std::io::Error> {
    let response: Result<Response, Infallible> = router.oneshot(request.map(Body::new)).await;
    match response {
        Ok(response) if response.extensions().get::<DropConnection>().is_some() => {
            Err(std::io::ErrorKind::ConnectionAborted.into())
        }
        Ok(response) => Ok(response),
        Err(never) => match never {},
    }
}

/// Before the Portal's services.
pub async fn portal_service(Shared(state): Shared<Arc<State>>, request: Request, next: Next) -> Response {
    match token::is_authorized(&state, request.headers()).await {
        Ok(true) => record_and_run(&state, request, next).await,
        Ok(false) => {
            let answer = serde_json::json!({ "error": "invalid_token", "error_description": "Invalid access token" });
            (StatusCode::UNAUTHORIZED, axum::Json(answer)).into_response()
        }
        Err(failure) => failure.into_response(),
    }
}

/// Before eHealth's services.
pub async fn ehealth_service(Shared(state): Shared<Arc<State>>, request: Request, next: Next) -> Response {
    if ehealth::is_authorized(request.headers()) {
        record_and_run(&state, request, next).await
    } else {
        ehealth::access_denied()
    }
}

/// Before the token endpoint.
pub async fn token_service(Shared(state): Shared<Arc<State>>, request: Request, next: Next) -> Response {
    let fault = lock(&state.faults).next(Target::Token);
    match faults::before(fault).await {
        Some(response) => response,
        None => faults::after(fault, next.run(request).await).await,
    }
}

async fn record_and_run(state: &State, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(collected) = body.collect().await else {
        return body::platform_error(StatusCode::BAD_REQUEST, "Bad request", "The body did not arrive whole");
    };
    let bytes: Bytes = collected.to_bytes();
    let path = parts.uri.path().trim_start_matches('/').to_owned();
    if let Err(error) = store::remember(&state.store, &path, &bytes).await {
        return body::Failure::from(error).into_response();
    }
    let fault = lock(&state.faults).next(Target::Service);
    if let Some(response) = faults::before(fault).await {
        return response;
    }
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    faults::after(fault, response).await
}

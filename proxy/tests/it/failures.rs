//! Everything that can go wrong between the proxy and an upstream, and what the page is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{Json, Redirect};
use axum::routing::{any, post};
use portform_proxy::config::Config;
use serde_json::json;

use crate::support::{CYCLE, Made, Proxy, Test, answer, code, in_memory, towards};

const PATH: &str = "/portal/education/cycle/create";

async fn upstream(router: Router) -> Made<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

#[tokio::test]
async fn an_unreachable_portal() -> Test {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    drop(listener);
    let proxy = Proxy::start(towards(&address)?).await?;
    let (status, body) = proxy.submit(PATH, CYCLE).await?;
    assert_eq!((status, code(&body)), (502, "upstream_unreachable"));
    let path = "/ehealth/api/contract_requests/capitation/09106b70-18b0-4726-b0ed-6bda1369fd52";
    let (status, body) = proxy.submit(path, "{}").await?;
    assert_eq!((status, code(&body)), (502, "upstream_unreachable"));
    Ok(())
}

#[tokio::test]
async fn a_slow_portal_and_then_a_quick_one() -> Test {
    let proxy = Proxy::start(Config { upstream_timeout: Duration::from_millis(1_500), ..in_memory() }).await?;
    proxy.get("/portal/umk/specialities").send().await?;
    proxy.fault(json!({ "fault": "slow" })).await?;
    let (status, body) = proxy.submit(PATH, CYCLE).await?;
    assert_eq!((status, code(&body)), (504, "upstream_timeout"));
    let (status, _) = proxy.submit(PATH, CYCLE).await?;
    assert_eq!(status, 200);
    Ok(())
}

#[tokio::test]
async fn a_slow_token_endpoint_means_that_nothing_was_sent() -> Test {
    let proxy = Proxy::start(Config { upstream_timeout: Duration::from_millis(300), ..in_memory() }).await?;
    proxy.fault(json!({ "fault": "slow", "target": "token" })).await?;
    let (status, body) = proxy.submit(PATH, CYCLE).await?;
    assert_eq!((status, code(&body)), (504, "token_timeout"));
    assert_eq!(proxy.received("education/cycle/create").await?, None);
    Ok(())
}

#[tokio::test]
async fn a_token_endpoint_that_answers_nonsense() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    for fault in ["html_500", "drop", "empty", "truncated"] {
        proxy.fault(json!({ "fault": fault, "target": "token" })).await?;
        let (status, body) = proxy.submit(PATH, CYCLE).await?;
        assert_eq!((status, code(&body)), (502, "token_unavailable"), "{fault}");
    }
    assert_eq!(proxy.received("education/cycle/create").await?, None);
    Ok(())
}

#[tokio::test]
async fn a_500_with_html_is_passed_on() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    proxy.fault(json!({ "fault": "html_500" })).await?;
    let response = proxy.post(PATH, CYCLE).send().await?;
    assert_eq!(response.status(), 500);
    assert_eq!(response.headers().get("content-type").ok_or("typed")?, "text/html; charset=utf-8");
    assert_eq!(response.headers().get("content-security-policy").ok_or("tamed")?, "default-src 'none'; sandbox");
    assert!(response.text().await?.starts_with("<!doctype html>"));
    Ok(())
}

#[tokio::test]
async fn a_lost_connection_leaves_open_whether_it_was_accepted() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    for fault in ["drop", "truncated"] {
        proxy.fault(json!({ "fault": fault })).await?;
        let (status, body) = proxy.submit(PATH, CYCLE).await?;
        assert_eq!((status, code(&body)), (502, "upstream_broken"), "{fault}");
    }
    Ok(())
}

#[tokio::test]
async fn an_empty_answer_is_passed_on() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    proxy.fault(json!({ "fault": "empty" })).await?;
    let response = proxy.post(PATH, CYCLE).send().await?;
    assert_eq!((response.status().as_u16(), response.text().await?), (200, String::new()));
    Ok(())
}

#[tokio::test]
async fn a_redirect_is_not_followed() -> Test {
    let tokens = post(async || Json(json!({ "access_token": "token" })));
    let elsewhere = any(async || Redirect::temporary("http://127.0.0.1:1/elsewhere"));
    let router = Router::new().route("/oauth/token", tokens).fallback_service(elsewhere);
    let proxy = Proxy::start(towards(&upstream(router).await?)?).await?;
    let response = proxy.post(PATH, CYCLE).send().await?;
    assert!(response.headers().get(LOCATION).is_none());
    let (status, body) = answer(response).await?;
    assert_eq!((status, code(&body)), (502, "upstream_redirect"));
    Ok(())
}

#[tokio::test]
async fn an_answer_beyond_the_limit_is_not_read_to_its_end() -> Test {
    let tokens = post(async || Json(json!({ "access_token": "token" })));
    let router = Router::new().route("/oauth/token", tokens).fallback(async || "x".repeat(2_000));
    let mut config = towards(&upstream(router).await?)?;
    config.answer_limit = 1_999;
    let proxy = Proxy::start(config).await?;
    let (status, body) = proxy.submit(PATH, CYCLE).await?;
    assert_eq!((status, code(&body)), (502, "answer_too_large"));
    Ok(())
}

#[tokio::test]
async fn a_portal_that_refuses_every_token_is_asked_twice_and_no_more() -> Test {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let tokens = post(async || Json(json!({ "access_token": "token" })));
    let router = Router::new().route("/oauth/token", tokens).fallback(move || {
        count.fetch_add(1, Ordering::SeqCst);
        async { StatusCode::UNAUTHORIZED }
    });
    let proxy = Proxy::start(towards(&upstream(router).await?)?).await?;
    let (status, body) = proxy.submit(PATH, CYCLE).await?;
    assert_eq!((status, code(&body)), (502, "credentials_refused"));
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    Ok(())
}

#[tokio::test]
async fn a_page_that_goes_away_does_not_stop_its_submission() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    proxy.fault(json!({ "fault": "slow", "seconds": 3, "target": "token" })).await?;
    let gone = proxy.post(PATH, CYCLE).timeout(Duration::from_secs(1)).send().await;
    assert!(gone.is_err_and(|error| error.is_timeout()));
    wait_for_arrival(&proxy).await
}

#[tokio::test]
async fn a_stop_waits_for_the_answer_to_what_was_sent() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    proxy.fault(json!({ "fault": "slow", "seconds": 1 })).await?;
    let submission = tokio::spawn(proxy.post(PATH, CYCLE).send());
    wait_for_arrival(&proxy).await?;
    proxy.running.stop().await;
    assert_eq!(answer(submission.await??).await?, (200, json!({ "success": true })));
    Ok(())
}

/// Until the sandbox has received a submission; gives up after a while.
async fn wait_for_arrival(proxy: &Proxy) -> Test {
    for _ in 0..500 {
        if proxy.received("education/cycle/create").await?.is_some() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err("the submission has not arrived".into())
}

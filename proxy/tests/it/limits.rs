//! Limits on what a page may send: size, type, time, origin.

use std::time::Duration;

use portform_proxy::config::Config;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{CYCLE, Proxy, Test, answer, code, in_memory};

const PATH: &str = "/portal/education/cycle/create";

#[tokio::test]
async fn a_body_may_be_as_large_as_the_limit_and_no_larger() -> Test {
    let proxy = Proxy::start(Config { body_limit: 1_000, ..in_memory() }).await?;
    let (status, body) = proxy.submit(PATH, " ".repeat(1_001)).await?;
    assert_eq!((status, code(&body)), (413, "too_large"));
    assert_eq!(proxy.received("education/cycle/create").await?, None);
    proxy.submit(PATH, " ".repeat(1_000)).await?;
    assert_eq!(proxy.received("education/cycle/create").await?.map(|body| body.len()), Some(1_000));
    Ok(())
}

#[tokio::test]
async fn a_body_of_many_megabytes_still_gets_its_answer() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let (status, body) = proxy.submit(PATH, vec![b' '; 50 * 1024 * 1024]).await?;
    assert_eq!((status, code(&body)), (413, "too_large"));
    Ok(())
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_not_waited_for() -> Test {
    let proxy = Proxy::start(Config { request_timeout: Duration::from_millis(100), ..in_memory() }).await?;
    let mut stream = TcpStream::connect(proxy.running.address).await?;
    let head = format!(
        "POST {PATH} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).await?;
    let mut start = [0; 12];
    stream.read_exact(&mut start).await?;
    assert_eq!(&start, b"HTTP/1.1 408");
    Ok(())
}

#[tokio::test]
async fn anything_but_json_is_refused() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let url = format!("{}{PATH}", proxy.running.url());
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "text/plain;application/json"] {
        let request = proxy.client.post(&url).header("content-type", content_type).body(CYCLE);
        let (status, body) = answer(request.send().await?).await?;
        assert_eq!((status, code(&body)), (415, "content_type"), "{content_type}");
    }
    let (status, _) = answer(proxy.client.post(&url).body(CYCLE).send().await?).await?;
    assert_eq!(status, 415);
    assert_eq!(proxy.received("education/cycle/create").await?, None);
    let request = proxy.client.post(&url).header("content-type", "Application/JSON; charset=utf-8").body(CYCLE);
    assert_eq!(answer(request.send().await?).await?.0, 200);
    Ok(())
}

#[tokio::test]
async fn a_foreign_page_cannot_submit() -> Test {
    let allowed_origins = vec!["https://edu.example".to_owned()];
    let proxy = Proxy::start(Config { allowed_origins, ..in_memory() }).await?;
    let port = proxy.running.address.port();
    for origin in
        ["https://evil.example", "null", "https://edu.example.evil.example", "http://edu.example", "http://127.0.0.1"]
    {
        let (status, body) = answer(proxy.post(PATH, CYCLE).header("origin", origin).send().await?).await?;
        assert_eq!((status, code(&body)), (403, "origin_not_allowed"), "{origin}");
    }
    assert_eq!(proxy.received("education/cycle/create").await?, None);
    for origin in ["https://edu.example", &format!("http://127.0.0.1:{port}"), &format!("http://localhost:{port}")] {
        let response = proxy.post(PATH, CYCLE).header("origin", origin).send().await?;
        assert_eq!(response.headers().get("access-control-allow-origin").ok_or(origin)?, origin);
        assert_eq!(response.status(), 200, "{origin}");
    }
    Ok(())
}

#[tokio::test]
async fn a_foreign_page_is_not_even_given_leave_to_ask() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let ask = |origin: String| {
        proxy
            .client
            .request(reqwest::Method::OPTIONS, format!("{}{PATH}", proxy.running.url()))
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type,x-portform-locale")
    };
    let response = ask("https://evil.example".to_owned()).send().await?;
    assert!(response.headers().get("access-control-allow-origin").is_none());
    let response = ask(proxy.running.url()).send().await?;
    assert!(response.headers().get("access-control-allow-origin").is_some());
    Ok(())
}

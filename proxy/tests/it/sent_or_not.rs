//! What was surely not sent is told apart from what may have been accepted, and what an upstream says is read whatever
//! way it says it.

use std::sync::Arc;

use axum::Router;
use axum::http::HeaderMap;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::support::{Made, Proxy, Test, answer, code, towards};
use crate::upstream::{Act, Upstream, accepted, json};

const PATH: &str = "/portal/education/cycle/create";

#[tokio::test]
async fn an_upstream_that_closes_after_each_answer_loses_no_submission() -> Test {
    let upstream = Upstream::start(Act::SayAndClose(json("200 OK", r#"{"success":true}"#))).await?;
    let proxy = Proxy::start(towards(&upstream.url())?).await?;
    for _ in 0..100 {
        assert_eq!(proxy.post(PATH, "{}").send().await?.status(), 200);
        assert_eq!(proxy.get("/portal/umk/specialities").send().await?.status(), 200);
    }
    Ok(())
}

#[tokio::test]
async fn another_protocol_is_no_answer() -> Test {
    let switching = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n".to_owned();
    let upstream = Upstream::start(Act::Say(switching)).await?;
    let proxy = Proxy::start(towards(&upstream.url())?).await?;
    let (status, told) = answer(proxy.post(PATH, "{}").send().await?).await?;
    assert_eq!((status, code(&told)), (502, "upstream_broken"));
    Ok(())
}

#[tokio::test]
async fn an_address_that_may_be_that_of_the_outcome_leaves_it_open() -> Test {
    let upstream = Upstream::start(accepted()).await?;
    let proxy = Proxy::start(towards(&upstream.url())?).await?;
    for (line, error, state) in [
        ("303 See Other", "upstream_see_other", "unknown"),
        ("302 Found", "upstream_see_other", "unknown"),
        ("308 Permanent Redirect", "upstream_redirect", "not_sent"),
    ] {
        upstream.does(Act::Say(format!("HTTP/1.1 {line}\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n")));
        let (status, told) = answer(proxy.post(PATH, "{}").send().await?).await?;
        assert_eq!((status, code(&told)), (502, error), "{line}");
        assert_eq!(told.get("state"), Some(&serde_json::json!(state)), "{line}");
    }
    Ok(())
}

/// An upstream that speaks TLS with a certificate that nobody has vouched for.
async fn self_signed(name: &str) -> Made<u16> {
    let made = rcgen::generate_simple_self_signed(vec![name.to_owned()])?;
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der())?;
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            // The other side breaks it off.
            tokio::spawn(async move { acceptor.accept(stream).await.is_ok() });
        }
    });
    Ok(port)
}

#[tokio::test]
async fn a_fault_of_the_certificate_is_told_as_one_and_not_as_something_that_passes() -> Test {
    for (host, certified) in [("localhost", "localhost"), ("localhost", "another.example")] {
        let port = self_signed(certified).await?;
        let proxy = Proxy::start(towards(&format!("https://{host}:{port}"))?).await?;
        let path = "/ehealth/api/contract_requests/capitation/09106b70-18b0-4726-b0ed-6bda1369fd52";
        // Of a submission, of the token before it, and of a list.
        for request in [proxy.post(path, "{}"), proxy.post(PATH, "{}"), proxy.get("/portal/umk/specialities")] {
            let (status, told) = answer(request.send().await?).await?;
            assert_eq!((status, code(&told)), (502, "upstream_certificate"), "{certified}");
            assert_eq!(told.get("state"), Some(&serde_json::json!("not_sent")));
            assert_eq!(told.get("retry"), Some(&serde_json::json!(false)));
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_is_no_tls_at_all_is_told_as_that() -> Test {
    let path = "/ehealth/api/contract_requests/capitation/09106b70-18b0-4726-b0ed-6bda1369fd52";
    let plain = TcpListener::bind("127.0.0.1:0").await?;
    let port = plain.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = plain.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await;
        }
    });
    let proxy = Proxy::start(towards(&format!("https://localhost:{port}"))?).await?;
    let (status, told) = answer(proxy.post(path, "{}").send().await?).await?;
    assert_eq!((status, code(&told), told.get("retry")), (502, "upstream_tls", Some(&serde_json::json!(false))));
    Ok(())
}

#[tokio::test]
async fn a_body_that_did_not_go_out_whole_was_not_accepted() -> Test {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // The head, and then it is gone.
            let mut head = [0; 256];
            let _ = stream.read(&mut head).await;
        }
    });
    let proxy = Proxy::start(towards(&format!("http://{address}"))?).await?;
    let path = "/ehealth/api/contract_requests/capitation/09106b70-18b0-4726-b0ed-6bda1369fd52";
    let (status, told) = answer(proxy.post(path, " ".repeat(7 * 1024 * 1024)).send().await?).await?;
    assert_eq!((status, code(&told)), (502, "upstream_incomplete"));
    assert_eq!(told.get("state"), Some(&serde_json::json!("not_sent")));
    assert_eq!(told.get("retry"), Some(&serde_json::json!(true)));
    Ok(())
}

/// `{"success":false,"reason":"already_exists"}` in two ways.
const GZIP: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 46, 77, 78, 78, 45, 46, 86, 178, 74, 75, 204, 41, 78, 213, 81, 42,
    74, 77, 44, 206, 207, 83, 178, 82, 74, 204, 1, 50, 83, 42, 227, 83, 43, 50, 139, 75, 138, 149, 106, 1, 46, 78, 84,
    42, 43, 0, 0, 0,
];
const DEFLATE: &[u8] = &[
    120, 156, 171, 86, 42, 46, 77, 78, 78, 45, 46, 86, 178, 74, 75, 204, 41, 78, 213, 81, 42, 74, 77, 44, 206, 207, 83,
    178, 82, 74, 204, 1, 50, 83, 42, 227, 83, 43, 50, 139, 75, 138, 149, 106, 1, 86, 58, 15, 210,
];

#[tokio::test]
async fn an_answer_that_is_packed_although_nobody_asked_for_it_is_unpacked() -> Test {
    for (encoding, packed) in [("gzip", GZIP), ("deflate", DEFLATE)] {
        let (asked, heard) = tokio::sync::watch::channel(String::new());
        let router = Router::new().fallback(move |headers: HeaderMap| {
            let accepts = headers.get("accept-encoding").and_then(|value| value.to_str().ok()).unwrap_or_default();
            asked.send_replace(accepts.to_owned());
            async move { ([("content-encoding", encoding), ("content-type", "application/json")], packed) }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(async move { axum::serve(listener, router).await });
        let proxy = Proxy::start(towards(&format!("http://{address}"))?).await?;
        let path = "/ehealth/api/contract_requests/capitation/09106b70-18b0-4726-b0ed-6bda1369fd52";
        let response = proxy.post(path, "{}").header("accept-encoding", "gzip, br").send().await?;
        assert_eq!(response.headers().get("content-encoding"), None);
        assert_eq!(response.text().await?, r#"{"success":false,"reason":"already_exists"}"#, "{encoding}");
        assert_eq!(heard.borrow().as_str(), "identity");
    }
    Ok(())
}

//! Connections that behave badly: half a head, silence, an answer that is not taken. They are ended in their time, and
//! meanwhile the others are served.

use std::time::Duration;

use portform_proxy::access::AccessConfig;
use portform_proxy::config::Config;
use portform_proxy::listen::ListenConfig;
use portform_proxy::load::LoadConfig;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::portal::{PORTAL_ID, PORTAL_SECRET, account, application};
use crate::support::{Made, Proxy, Test, answer, code, in_memory, towards};
use crate::upstream::{Act, Upstream, accepted};

const PATH: &str = "/portal/education/cycle/create";

fn limits(connections: usize) -> ListenConfig {
    ListenConfig { connections, ..ListenConfig::default() }
}

async fn half_a_head(proxy: &Proxy) -> Made<TcpStream> {
    let mut stream = TcpStream::connect(proxy.running.address).await?;
    stream.write_all(format!("POST {PATH} HTTP/1.1\r\nhost: localhost\r\nx-slow: ").as_bytes()).await?;
    Ok(stream)
}

/// What arrives until the connection ends.
async fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut all = Vec::new();
    // An end by force is one as well.
    let _ = stream.read_to_end(&mut all).await;
    all
}

#[tokio::test]
async fn more_half_heads_than_there_may_be_connections_hinder_nobody() -> Test {
    let proxy = Proxy::start(Config { listen_limits: limits(32), ..in_memory() }).await?;
    let mut slow = Vec::new();
    for _ in 0..100 {
        slow.push(half_a_head(&proxy).await?);
    }
    for _ in 0..20 {
        assert_eq!(proxy.get("/health").header("connection", "close").send().await?.status(), 200);
        assert_eq!(proxy.post(PATH, "{}").header("connection", "close").send().await?.status(), 200);
    }
    Ok(())
}

#[tokio::test]
async fn half_a_head_is_not_waited_for_and_silence_is_for_longer() -> Test {
    let head = Duration::from_millis(400);
    let listen_limits = ListenConfig { head, idle: Duration::from_secs(60), ..ListenConfig::default() };
    let proxy = Proxy::start(Config { listen_limits, ..in_memory() }).await?;
    let mut kept = TcpStream::connect(proxy.running.address).await?;
    let ask = b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut start = [0; 12];
    let read_answer = async |stream: &mut TcpStream| -> Test {
        let mut piece = [0; 4096];
        let read = stream.read(&mut piece).await?;
        assert!(piece.get(..read).is_some_and(|text| text.starts_with(b"HTTP/1.1 200")));
        Ok(())
    };
    kept.write_all(ask).await?;
    read_answer(&mut kept).await?;

    // A head that stopped, a connection that never asked, and a second head that stopped.
    let mut second = TcpStream::connect(proxy.running.address).await?;
    second.write_all(ask).await?;
    read_answer(&mut second).await?;
    second.write_all(b"GET /hea").await?;
    for mut stream in [half_a_head(&proxy).await?, TcpStream::connect(proxy.running.address).await?, second] {
        assert_eq!(rest(&mut stream).await, b"");
    }
    // By now the silent one has been so for longer than a head may take.
    kept.write_all(ask).await?;
    kept.read_exact(&mut start).await?;
    assert_eq!(&start, b"HTTP/1.1 200");
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_not_taken_is_given_up_and_one_that_is_taken_slowly_is_not() -> Test {
    const LENGTH: usize = 12 * 1024 * 1024;
    let upstream = Upstream::start(Act::Say(crate::upstream::json("200 OK", &"x".repeat(LENGTH)))).await?;
    let unread = Duration::from_millis(700);
    let listen_limits = ListenConfig { unread, ..ListenConfig::default() };
    let proxy = Proxy::start(Config { listen_limits, ..towards(&upstream.url())? }).await?;
    let ask = "GET /portal/umk/programmes HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let mut lazy = TcpStream::connect(proxy.running.address).await?;
    lazy.write_all(ask.as_bytes()).await?;
    let mut steady = TcpStream::connect(proxy.running.address).await?;
    steady.write_all(ask.as_bytes()).await?;
    let mut taken = 0;
    let mut piece = vec![0; 256 * 1024];
    loop {
        match steady.read(&mut piece).await? {
            0 => break,
            read => taken += read,
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(taken > LENGTH, "{taken}");
    assert!(rest(&mut lazy).await.len() < LENGTH);
    Ok(())
}

#[tokio::test]
async fn what_is_too_much_is_refused_at_once() -> Test {
    let upstream = Upstream::start(Act::Hang).await?;
    let load = LoadConfig { requests: 2, ..LoadConfig::default() };
    let proxy = Proxy::start(Config { load, ..towards(&upstream.url())? }).await?;
    let hanging: Vec<_> = (0..2).map(|_| tokio::spawn(proxy.post(PATH, "{}").send())).collect();
    upstream.wait_for(2).await?;
    let response = proxy.post(PATH, "{}").header("origin", proxy.running.url()).send().await?;
    assert!(response.headers().contains_key("retry-after"));
    assert!(response.headers().contains_key("access-control-allow-origin"));
    let (status, refused) = answer(response).await?;
    assert_eq!((status, code(&refused), refused.get("retry")), (503, "busy", Some(&json!(true))));
    assert_eq!(proxy.get("/health").send().await?.status(), 200);
    hanging.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(())
}

#[tokio::test]
async fn one_client_does_not_take_the_place_of_all() -> Test {
    let upstream = Upstream::start(Act::Hang).await?;
    let load = LoadConfig { per_client: 1, ..LoadConfig::default() };
    let access =
        AccessConfig { fronts: vec!["127.0.0.1".parse::<std::net::IpAddr>()?.into()], ..AccessConfig::default() };
    let proxy = Proxy::start(Config { load, access, ..towards(&upstream.url())? }).await?;
    let from =
        |address: &str| proxy.post(PATH, "{}").header("x-forwarded-for", format!("made-up, 10.9.9.9, {address}"));
    let hanging = tokio::spawn(from("203.0.113.7").send());
    upstream.wait_for(1).await?;
    let (status, refused) = answer(from("203.0.113.7").send().await?).await?;
    assert_eq!((status, code(&refused)), (429, "too_many_requests"));
    upstream.does(accepted());
    assert_eq!(from("203.0.113.8").send().await?.status(), 200);
    assert_eq!(proxy.post(PATH, "{}").send().await?.status(), 200);
    hanging.abort();
    Ok(())
}

#[tokio::test]
async fn bodies_have_room_together_and_no_more() -> Test {
    let load = LoadConfig { bodies: 100_000, ..LoadConfig::default() };
    let proxy = Proxy::start(Config { load, ..in_memory() }).await?;
    let mut slow = TcpStream::connect(proxy.running.address).await?;
    let head = format!(
        "POST {PATH} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 70000\r\n\r\n"
    );
    slow.write_all(head.as_bytes()).await?;
    slow.write_all(&[b' '; 60_000]).await?;
    let mut refused = (0, serde_json::Value::Null);
    for _ in 0..200 {
        refused = proxy.submit(PATH, " ".repeat(50_000)).await?;
        if refused.0 == 503 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!((refused.0, code(&refused.1)), (503, "busy"));
    drop(slow);
    for _ in 0..200 {
        if proxy.submit(PATH, " ".repeat(50_000)).await?.0 != 503 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Err("the room was not given back".into())
}

#[tokio::test]
async fn the_portals_notices_take_their_room_and_their_turn_like_all_bodies() -> Test {
    let load = LoadConfig { bodies: 100_000, checks: 10_000, ..LoadConfig::default() };
    let proxy = Proxy::start(Config { load, callbacks: account(), ..in_memory() }).await?;
    let mut slow = TcpStream::connect(proxy.running.address).await?;
    let head = format!(
        "POST {PATH} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99000\r\n\r\n"
    );
    slow.write_all(head.as_bytes()).await?;
    slow.write_all(&[b' '; 90_000]).await?;
    let notice = application("r-1");
    let wide = format!("{}{notice}", " ".repeat(20_000));
    let tell = |body: String| proxy.post("/callbacks/applications", body).basic_auth(PORTAL_ID, Some(PORTAL_SECRET));
    let mut refused = (0, serde_json::Value::Null);
    for _ in 0..200 {
        refused = answer(tell(wide.clone()).send().await?).await?;
        if refused.0 == 503 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!((refused.0, code(&refused.1)), (503, "busy"));
    drop(slow);
    while answer(tell(wide.clone()).send().await?).await?.0 == 503 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // Larger than all that may be checked at once, and many at once: each has its turn.
    let mut told = tokio::task::JoinSet::new();
    for _ in 0..4 {
        told.spawn(tell(wide.clone()).send());
    }
    while let Some(told) = told.join_next().await {
        let (status, said) = answer(told??).await?;
        assert_eq!((status, said.get("success")), (200, Some(&json!(true))), "{said}");
    }
    Ok(())
}

#[tokio::test]
async fn a_stop_waits_for_no_half_head_no_body_and_no_silent_connection() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let _half = half_a_head(&proxy).await?;
    let _silent = TcpStream::connect(proxy.running.address).await?;
    let mut body = TcpStream::connect(proxy.running.address).await?;
    let head = format!(
        "POST {PATH} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{{"
    );
    body.write_all(head.as_bytes()).await?;
    assert_eq!(proxy.get("/health").send().await?.status(), 200);
    // Far below the half minute that a body may take.
    tokio::time::timeout(Duration::from_secs(12), proxy.running.stop()).await?;
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_being_taken_is_taken_whole_when_the_proxy_stops() -> Test {
    const LENGTH: usize = 8 * 1024 * 1024;
    let upstream = Upstream::start(Act::Say(crate::upstream::json("200 OK", &"x".repeat(LENGTH)))).await?;
    let proxy = Proxy::start(towards(&upstream.url())?).await?;
    let mut response = proxy.get("/portal/umk/programmes").send().await?;
    let mut taken = response.chunk().await?.map_or(0, |piece| piece.len());
    let stopped = tokio::spawn(proxy.running.stop());
    while let Some(piece) = response.chunk().await? {
        taken += piece.len();
    }
    assert_eq!(taken, LENGTH);
    stopped.await?;
    Ok(())
}

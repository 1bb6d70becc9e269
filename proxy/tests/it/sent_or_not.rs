//! What was surely not sent is told apart from what may have been accepted, and what an upstream says is read whatever
//! way it says it.

use crate::support::{Proxy, Test, answer, code, towards};
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

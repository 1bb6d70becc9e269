//! The token: obtained once, renewed once, and a wrong secret said to be one.

use portform_proxy::config::{Config, Credentials};
use portform_proxy::sandbox::{SandboxConfig, example_credentials};
use portform_proxy::secret::Secret;
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::{CYCLE, Proxy, Test, accept, answer, code, in_memory};

/// Asks for a reference list so many times at once; the statuses.
async fn at_once(proxy: &Proxy, times: usize) -> Result<Vec<u16>, Box<dyn std::error::Error + Send + Sync>> {
    let mut requests = JoinSet::new();
    for _ in 0..times {
        let request = proxy.get("/portal/umk/specialities");
        requests.spawn(async move { request.send().await.map(|answer| answer.status().as_u16()) });
    }
    Ok(requests.join_all().await.into_iter().collect::<Result<_, _>>()?)
}

#[tokio::test]
async fn many_requests_at_once_ask_for_one_token() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    assert_eq!(at_once(&proxy, 50).await?, [200; 50]);
    assert_eq!(proxy.tokens().await?, (1, 0, 0));
    Ok(())
}

#[tokio::test]
async fn a_token_that_expires_in_mid_use_is_renewed_once_for_all() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    assert_eq!(at_once(&proxy, 1).await?, [200]);
    proxy.fault(json!({ "fault": "expire_tokens" })).await?;
    assert_eq!(at_once(&proxy, 50).await?, [200; 50]);
    assert_eq!(proxy.tokens().await?, (1, 1, 0));
    Ok(())
}

#[tokio::test]
async fn a_submission_with_an_expired_token_arrives_once() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    at_once(&proxy, 1).await?;
    proxy.fault(json!({ "fault": "expire_tokens" })).await?;
    assert_eq!(proxy.submit("/portal/education/cycle/create", CYCLE).await?, (200, json!({ "success": true })));
    let received = proxy.get("/sandbox/received/education/cycle/create").send().await?;
    assert_eq!(received.headers().get("x-sandbox-count").ok_or("counted")?, "1");
    Ok(())
}

#[tokio::test]
async fn a_refused_refresh_token_is_replaced_by_the_password() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    at_once(&proxy, 1).await?;
    proxy.fault(json!({ "fault": "expire_tokens", "refresh": true })).await?;
    assert_eq!(at_once(&proxy, 1).await?, [200]);
    assert_eq!(proxy.tokens().await?, (2, 0, 1));
    Ok(())
}

#[tokio::test]
async fn a_token_without_any_life_is_renewed_before_it_is_used_again() -> Test {
    let sandbox = Some(SandboxConfig { token_seconds: 0, ..SandboxConfig::default() });
    let proxy = Proxy::start(Config { sandbox, check: accept, ..Config::default() }).await?;
    assert_eq!(at_once(&proxy, 1).await?, [200]);
    assert_eq!(at_once(&proxy, 1).await?, [200]);
    let (password, refresh, refused) = proxy.tokens().await?;
    assert!((password, refused) == (1, 0) && refresh >= 1, "{password} {refresh} {refused}");
    Ok(())
}

#[tokio::test]
async fn a_wrong_secret_is_said_to_be_wrong() -> Test {
    let wrong: [Credentials; 3] = [
        Credentials { client_secret: Secret::new("wrong"), ..example_credentials() },
        Credentials { password: Secret::new("wrong"), ..example_credentials() },
        Credentials { username: "nobody".to_owned(), ..example_credentials() },
    ];
    for credentials in wrong {
        let sandbox = Some(SandboxConfig { credentials, ..SandboxConfig::default() });
        let proxy = Proxy::start(Config { sandbox, check: accept, ..Config::default() }).await?;
        let (status, body) = proxy.submit("/portal/education/cycle/create", CYCLE).await?;
        assert_eq!((status, code(&body)), (502, "credentials_refused"));
        assert_eq!(proxy.received("education/cycle/create").await?, None);
        assert_eq!(at_once(&proxy, 20).await?, [502; 20]);
    }
    Ok(())
}

#[tokio::test]
async fn a_wrong_token_for_ehealth_gets_ehealths_own_answer() -> Test {
    let sandbox = Some(SandboxConfig { ehealth_token: Secret::new("wrong"), ..SandboxConfig::default() });
    let proxy = Proxy::start(Config { sandbox, check: accept, ..Config::default() }).await?;
    let path = "/ehealth/api/contract_requests/capitation/09106b70-18b0-4726-b0ed-6bda1369fd52";
    let (status, body) = proxy.submit(path, "{}").await?;
    assert_eq!((status, body.pointer("/error/message")), (401, Some(&json!("Access denied"))));
    Ok(())
}

#[tokio::test]
async fn both_paths_of_the_token_endpoint_answer() -> Test {
    for path in ["rest/v2/oauth/token", "oauth/token"] {
        let sandbox = Some(SandboxConfig { token_path: path.to_owned(), ..SandboxConfig::default() });
        let proxy = Proxy::start(Config { sandbox, check: accept, ..Config::default() }).await?;
        let (status, _) = answer(proxy.get("/portal/umk/programmes").send().await?).await?;
        assert_eq!(status, 200, "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn a_refresh_that_fails_badly_gives_way_to_the_password_within_the_same_submission() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    at_once(&proxy, 1).await?;
    for fault in ["html_500", "empty"] {
        proxy.fault(json!({ "fault": "expire_tokens" })).await?;
        proxy.fault(json!({ "fault": fault, "target": "token" })).await?;
        assert_eq!(at_once(&proxy, 1).await?, [200], "{fault}");
    }
    Ok(())
}

#[tokio::test]
async fn a_refused_password_is_not_tried_with_every_submission() -> Test {
    let credentials = Credentials { password: Secret::new("wrong"), ..example_credentials() };
    let sandbox = Some(SandboxConfig { credentials, ..SandboxConfig::default() });
    let proxy = Proxy::start(Config { sandbox, check: accept, ..Config::default() }).await?;
    for _ in 0..10 {
        assert_eq!(at_once(&proxy, 1).await?, [502]);
    }
    assert_eq!(proxy.tokens().await?, (0, 0, 1));
    Ok(())
}

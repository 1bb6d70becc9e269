//! The check as the proxy really has it: the crate's own verdict and issues, on the same bytes.

use portform::{Locale, Options, check_json};
use portform_proxy::config::Config;
use portform_proxy::routes::{Method, documented};
use portform_proxy::sandbox::SandboxConfig;
use serde_json::{Value, json};

use crate::support::{CYCLE, CYCLE_ID, Proxy, RESULTS, Test, answer, code, with, without};

const PATH: &str = "/portal/education/cycle/create";

fn checked() -> Config {
    Config { sandbox: Some(SandboxConfig::default()), ..Config::default() }
}

#[tokio::test]
async fn the_documents_examples_are_accepted_by_check_and_portal() -> Test {
    let proxy = Proxy::start(checked()).await?;
    for (path, body) in [("education/cycle/create", CYCLE), ("results/bulk-update", RESULTS)] {
        let answer = proxy.submit(&format!("/portal/{path}"), body).await?;
        assert_eq!(answer, (200, json!({ "success": true })), "{path}");
        assert_eq!(proxy.received(path).await?.as_deref(), Some(body.as_bytes()));
    }
    Ok(())
}

#[tokio::test]
async fn an_invalid_body_gets_the_crates_own_issues_in_the_asked_language() -> Test {
    let proxy = Proxy::start(checked()).await?;
    let payload = portform::payload("cycle.create").ok_or("there is such a payload")?;
    let bodies: [Vec<u8>; 6] = [
        without(CYCLE, "price")?.to_string().into_bytes(),
        with(CYCLE, &[("is_paid", json!("maybe")), ("end_date", json!("2019-11-30"))])?.to_string().into_bytes(),
        b"{".to_vec(),
        Vec::new(),
        b"\xff\xfe".to_vec(),
        b"[[[[".repeat(10_000),
    ];
    for body in bodies {
        for (name, locale) in [("ru", Locale::Ru), ("uk", Locale::Uk), ("en", Locale::En)] {
            let options = Options { locale: Some(locale), ..Options::default() };
            let issues = check_json(payload, &body, &options).issues_json();
            let request = proxy.post(PATH, body.clone()).header("x-portform-locale", name);
            let (status, refusal) = answer(request.send().await?).await?;
            assert_eq!((status, code(&refusal)), (422, "invalid"));
            assert_eq!(refusal.get("issues"), Some(&serde_json::from_str::<Value>(&issues)?));
        }
    }
    assert_eq!(proxy.received("education/cycle/create").await?, None);
    Ok(())
}

#[tokio::test]
async fn a_refusal_never_repeats_what_was_typed() -> Test {
    let proxy = Proxy::start(checked()).await?;
    let typed = "Vydumanova-112-233-445";
    let fields = [
        "id",
        "begin_date",
        "education_form",
        "is_paid",
        "is_budget",
        "price",
        "paid_places",
        "phone",
        "email",
        "address",
    ];
    for field in fields {
        let body = with(CYCLE, &[(field, json!({ "deep": [typed] }))])?.to_string();
        let said = proxy.post(PATH, body).send().await?.text().await?;
        assert!(!said.contains("Vydumanova"), "{field}: {said}");
        let body = with(CYCLE, &[(field, json!(typed)), ("end_date", json!("never"))])?.to_string();
        let said = proxy.post(PATH, body).send().await?.text().await?;
        assert!(said.contains("issues") && !said.contains("Vydumanova"), "{field}: {said}");
    }
    Ok(())
}

#[tokio::test]
async fn a_repeated_submission_is_the_portals_to_refuse() -> Test {
    let proxy = Proxy::start(checked()).await?;
    proxy.submit(PATH, CYCLE).await?;
    let (status, refusal) = proxy.submit(PATH, CYCLE).await?;
    assert_eq!((status, refusal), (200, json!({ "success": false, "reason": "already_exists" })));
    let (_, state) = answer(proxy.get("/sandbox/state").send().await?).await?;
    assert_eq!(state.pointer("/cycles/0/id"), Some(&json!(CYCLE_ID)));
    Ok(())
}

#[test]
fn the_crate_and_the_proxy_agree_on_the_documented_paths() {
    let routes = documented();
    for payload in portform::payloads() {
        let Some(endpoint) = payload.endpoint() else {
            continue;
        };
        let method = match endpoint.method {
            "GET" => Method::Get,
            _ => Method::Post,
        };
        let route = routes.iter().find(|route| route.payload == payload.name());
        let found = route.map(|route| (route.method, route.path.as_str()));
        assert_eq!(found, Some((method, endpoint.path)), "{}", payload.name());
    }
}

//! What is forwarded: the bytes as received, at the documented paths, after the check.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::Request;
use axum::response::Json;
use portform_proxy::check::{CheckOptions, Verdict};
use portform_proxy::config::Config;
use portform_proxy::routes::{Method, documented, replace};
use portform_proxy::sandbox::SandboxConfig;
use serde_json::json;

use crate::support::{CYCLE, Made, Proxy, Test, accept, answer, code, in_memory, towards};

/// An upstream that takes anything and remembers what was asked of it.
pub async fn recorder() -> Made<(String, Arc<Mutex<Vec<String>>>)> {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&asked);
    let router = Router::new().fallback(move |request: Request| {
        let line = format!("{} {}", request.method(), request.uri());
        record.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        async { Json(json!({ "success": true, "access_token": "token" })) }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok((address, asked))
}

fn asked(record: &Mutex<Vec<String>>) -> Vec<String> {
    record.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

#[tokio::test]
async fn every_body_arrives_byte_for_byte() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let odd = "\u{feff}{ \"id\" :\t\"Ц-1 \\u0416\u{a0}\\/\" ,\r\n\n \"price\": 1.50e1, \"price\":2 }\n\n";
    for route in documented().iter().filter(|route| route.method == Method::Post) {
        if route.path.contains('{') {
            continue;
        }
        for body in [CYCLE, odd, "[]", ""] {
            proxy.post(&format!("/portal/{}", route.path), body.to_owned()).send().await?;
            let received = proxy.received(&route.path).await?.ok_or("something was received")?;
            assert_eq!(received, body.as_bytes(), "{}", route.path);
        }
    }
    let path = "api/contract_requests/CAPITATION/09106b70-18b0-4726-b0ed-6bda1369fd52";
    proxy.post(&format!("/ehealth/{path}"), odd).send().await?;
    assert_eq!(proxy.received(path).await?.as_deref(), Some(odd.as_bytes()));
    Ok(())
}

#[tokio::test]
async fn the_portals_answer_is_passed_on() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let response = proxy.post("/portal/education/cycle/create", CYCLE).send().await?;
    assert_eq!(response.headers().get("x-portform-answer").ok_or("marked")?, "upstream");
    assert_eq!(response.headers().get("content-type").ok_or("typed")?, "application/json");
    assert_eq!(response.headers().get("cache-control").ok_or("not kept")?, "no-store");
    assert_eq!(answer(response).await?, (200, json!({ "success": true })));
    Ok(())
}

#[tokio::test]
async fn only_documented_paths_are_forwarded() -> Test {
    let (address, record) = recorder().await?;
    let proxy = Proxy::start(towards(&address)?).await?;
    for path in [
        "/portal/education/dpppk/delete",
        "/portal/education/cycle/create/",
        "/portal/education/cycle/create/more",
        "/portal//education/cycle/create",
        "/portal/education%2Fcycle%2Fcreate",
        "/portal/EDUCATION/cycle/create",
        "/portal/rest/v2/oauth/token",
        "/portal/oauth/token",
        "/portal/",
        "/portal",
        "/education/cycle/create",
        "/ehealth/education/cycle/create",
        "/ehealth/api/contract_requests/other/09106b70-18b0-4726-b0ed-6bda1369fd52",
        "/ehealth/api/contract_requests/capitation/not-an-id",
        "/ehealth/api/contract_requests/capitation/..%2F..%2Fadmin",
        "/ehealth/api/contract_requests/capitation%3Fa/09106b70-18b0-4726-b0ed-6bda1369fd52",
        "/sandbox/reset",
        "/",
    ] {
        let (status, answer) = proxy.submit(path, "{}").await?;
        assert_eq!((status, code(&answer)), (404, "not_found"), "{path}");
    }
    for path in ["/portal/umk/secret", "/sandbox/state", "/index.html"] {
        let (status, answer) = answer(proxy.get(path).send().await?).await?;
        assert_eq!((status, code(&answer)), (404, "not_found"), "{path}");
    }
    let (status, answer) = answer(proxy.get("/portal/education/cycle/create").send().await?).await?;
    assert_eq!((status, code(&answer)), (405, "method_not_allowed"));
    assert_eq!(asked(&record), Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_query_is_not_forwarded() -> Test {
    let (address, record) = recorder().await?;
    let proxy = Proxy::start(towards(&address)?).await?;
    proxy.submit("/portal/results/confirm?debug=1", "{}").await?;
    assert_eq!(asked(&record), ["POST /oauth/token", "POST /results/confirm"]);
    Ok(())
}

#[tokio::test]
async fn a_base_address_with_a_path_is_kept() -> Test {
    let (address, record) = recorder().await?;
    let proxy = Proxy::start(towards(&format!("{address}/app"))?).await?;
    proxy.submit("/portal/results/confirm", "{}").await?;
    assert_eq!(asked(&record), ["POST /app/oauth/token", "POST /app/results/confirm"]);
    Ok(())
}

#[tokio::test]
async fn a_path_can_be_configured() -> Test {
    let mut routes = documented();
    replace(&mut routes, "cycle.cancel=education/cycle/revoke")?;
    let sandbox = Some(SandboxConfig { routes: routes.clone(), ..SandboxConfig::default() });
    let proxy = Proxy::start(Config { routes, sandbox, check: accept, ..Config::default() }).await?;
    let body = json!({ "id": "none" });
    let reason = proxy.reason("/portal/education/cycle/revoke", &body).await?;
    assert_eq!(reason.as_deref(), Some("cycle_not_found"));
    let (status, _) = proxy.submit("/portal/education/cycle/cancel", body.to_string()).await?;
    assert_eq!(status, 404);
    Ok(())
}

#[tokio::test]
async fn a_body_that_the_check_refuses_is_not_sent() -> Test {
    fn refuse(payload: &str, body: &[u8], options: &CheckOptions) -> Verdict {
        let about = format!("{payload} {} {:?} {:?}", body.len(), options.locale, options.contract_type);
        Verdict::Invalid(json!([{ "code": "required", "about": about }]).to_string())
    }
    let proxy = Proxy::start(Config { check: refuse, ..in_memory() }).await?;
    let request = proxy.post("/portal/education/cycle/create", "{ }").header("accept-language", "uk, en;q=0.5");
    let response = request.send().await?;
    assert_eq!(response.headers().get("x-portform-answer").ok_or("marked")?, "proxy");
    let (status, body) = answer(response).await?;
    assert_eq!((status, code(&body)), (422, "invalid"));
    let issues = json!([{ "code": "required", "about": "cycle.create 3 Some(Uk) None" }]);
    assert_eq!(body.get("issues"), Some(&issues));
    assert!(["ru", "uk", "en"].iter().all(|language| body.pointer(&format!("/message/{language}")).is_some()));
    assert_eq!(proxy.received("education/cycle/create").await?, None);

    let path = "/ehealth/api/contract_requests/reimbursement/09106b70-18b0-4726-b0ed-6bda1369fd52";
    let request = proxy.post(path, "{}").header("accept-language", "uk").header("x-portform-locale", "en");
    let (_, body) = answer(request.send().await?).await?;
    let issues = json!([{
        "code": "required",
        "about": "contract_request.envelope 2 Some(En) Some(Reimbursement)"
    }]);
    assert_eq!(body.get("issues"), Some(&issues));
    Ok(())
}

#[tokio::test]
async fn the_reference_lists_come_through() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    for (path, list) in [("/portal/umk/specialities", "specialities"), ("/portal/umk/programmes", "programmes")] {
        let (status, body) = answer(proxy.get(path).send().await?).await?;
        assert_eq!(status, 200);
        assert!(body.get(list).and_then(|list| list.as_array()).is_some_and(|list| !list.is_empty()), "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn an_upstream_that_is_not_configured_is_said_to_be_so() -> Test {
    let proxy = Proxy::start(Config { check: accept, ..Config::default() }).await?;
    let (status, answer) = proxy.submit("/portal/results/confirm", "{}").await?;
    assert_eq!((status, code(&answer)), (503, "not_configured"));
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_checked_is_not_sent() -> Test {
    fn unknown(_payload: &str, _body: &[u8], _options: &CheckOptions) -> Verdict {
        Verdict::Unknown
    }
    let proxy = Proxy::start(Config { check: unknown, ..in_memory() }).await?;
    let (status, answer) = proxy.submit("/portal/results/confirm", "{}").await?;
    assert_eq!((status, code(&answer)), (501, "not_checked"));
    assert_eq!(proxy.received("results/confirm").await?, None);
    Ok(())
}

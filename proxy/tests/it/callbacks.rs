//! What the Portal calls: it signs in as the document lets it, and every notice gets the document's answer, once it is
//! kept.

use std::time::Duration;

use portform::{Mode, Options};
use portform_proxy::callbacks::attempts::Limits;
use reqwest::RequestBuilder;
use serde_json::{Value, json};

use crate::databases::{TestDatabase, both};
use crate::portal::{PORTAL_ID, PORTAL_SECRET, application, called, cancellation, kinds, review};
use crate::support::{Made, Proxy, Test, answer, code, with};

both!(
    a_token_is_given_and_lets_in,
    whoever_is_not_the_portal_is_kept_out,
    guessing_is_slowed_down_and_the_portal_goes_on,
    the_answers_are_the_documents,
    the_same_notice_twice_is_one,
    a_review_may_say_the_same_again_after_another_one,
    what_the_information_system_does_not_have_is_refused,
    the_same_notice_at_once_on_two_instances_is_one,
    a_browser_is_refused,
    behind_a_front_server_guesses_are_counted_by_client,
);

const TOKEN: &str = "/callbacks/oauth/token";

fn form(proxy: &Proxy, body: &str) -> RequestBuilder {
    let request = proxy.client.post(format!("{}{TOKEN}", proxy.running.url()));
    request.header("content-type", "application/x-www-form-urlencoded").body(body.to_owned())
}

async fn a_token_is_given_and_lets_in(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    let in_form = format!("grant_type=client_credentials&client_id={PORTAL_ID}&client_secret={PORTAL_SECRET}");
    for request in [
        form(&proxy, "grant_type=client_credentials").basic_auth(PORTAL_ID, Some(PORTAL_SECRET)),
        form(&proxy, &in_form),
        form(&proxy, &format!("portalId={PORTAL_ID}&portalSecret={PORTAL_SECRET}")),
        form(&proxy, &format!("grant_type=password&username={PORTAL_ID}&password={PORTAL_SECRET}")),
    ] {
        let response = request.send().await?;
        assert_eq!(response.headers().get("cache-control").ok_or("not kept")?, "no-store");
        let (status, given) = answer(response).await?;
        assert_eq!((status, given.get("expires_in")), (200, Some(&json!(3600))), "{given}");
        let payload = portform::payload("token.answer").ok_or("a payload")?;
        let options = Options { mode: Mode::Strict, ..Options::default() };
        let text = given.to_string();
        assert!(portform::check_json(payload, text.as_bytes(), &options).is_empty());
        let token = given.get("access_token").and_then(Value::as_str).ok_or("a token")?;
        let request = proxy.post("/callbacks/expertise", review("approved", "").to_string()).bearer_auth(token);
        assert_eq!(answer(request.send().await?).await?.0, 200);
    }
    // Another instance on the same database knows the tokens of this one.
    let (_, given) = answer(form(&proxy, &in_form).send().await?).await?;
    let token = given.get("access_token").and_then(Value::as_str).ok_or("a token")?;
    let other = Proxy::start(called(&database)?).await?;
    let request = other.post("/callbacks/expertise", review("approved", "").to_string()).bearer_auth(token);
    assert_eq!(answer(request.send().await?).await?.0, 200);
    Ok(())
}

async fn whoever_is_not_the_portal_is_kept_out(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    let services = ["/callbacks/applications", "/callbacks/expertise"];
    for path in services {
        for request in [
            proxy.post(path, "{}"),
            proxy.post(path, "{}").bearer_auth("a-token-of-somebody-else"),
            proxy.post(path, "{}").basic_auth(PORTAL_ID, Some("wrong")),
            proxy.post(path, "{}").header("authorization", "Digest a"),
        ] {
            let response = request.send().await?;
            assert_eq!(response.headers().get_all("www-authenticate").iter().count(), 2);
            assert_eq!(answer(response).await?.0, 401);
        }
    }
    for (body, code) in [
        ("grant_type=client_credentials", "invalid_client"),
        ("grant_type=client_credentials&client_id=portal&client_secret=wrong", "invalid_client"),
        ("grant_type=password&username=portal&password=wrong", "invalid_grant"),
    ] {
        let response = form(&proxy, body).send().await?;
        let status = if code == "invalid_client" { 401 } else { 400 };
        assert_eq!(response.headers().contains_key("www-authenticate"), status == 401);
        let (given, refused) = answer(response).await?;
        assert_eq!((given, refused.get("error")), (status, Some(&json!(code))));
    }
    let known = |body: &str| form(&proxy, body).basic_auth(PORTAL_ID, Some(PORTAL_SECRET));
    for (request, code) in [
        (known(""), "invalid_request"),
        (known("grant_type=client_credentials&grant_type=password"), "invalid_request"),
        (known("grant_type=refresh_token"), "unsupported_grant_type"),
        (proxy.post(TOKEN, r#"{"grant_type":"client_credentials"}"#), "invalid_request"),
    ] {
        let (status, refused) = answer(request.send().await?).await?;
        assert_eq!((status, refused.get("error")), (400, Some(&json!(code))));
    }
    assert_eq!(proxy.items("0").await?, Vec::<Value>::new());
    let (status, refused) = answer(proxy.get("/callbacks/applications").send().await?).await?;
    assert_eq!((status, code(&refused)), (405, "method_not_allowed"));
    let (status, refused) = answer(proxy.portal("payments", &json!({})).send().await?).await?;
    assert_eq!((status, code(&refused)), (404, "not_found"));

    let mut nobody = called(&database)?;
    nobody.callbacks.account = None;
    let proxy = Proxy::start(nobody).await?;
    let (status, refused) = answer(proxy.portal("applications", &application("r-1")).send().await?).await?;
    assert_eq!((status, code(&refused)), (503, "not_configured"));
    Ok(())
}

async fn guessing_is_slowed_down_and_the_portal_goes_on(database: TestDatabase) -> Test {
    let mut config = called(&database)?;
    config.callbacks.limits = Limits { per_address: 3, total: 100, window: Duration::from_secs(3600) };
    let proxy = Proxy::start(config).await?;
    let in_form = format!("portalId={PORTAL_ID}&portalSecret={PORTAL_SECRET}");
    let (_, given) = answer(form(&proxy, &in_form).send().await?).await?;
    let token = given.get("access_token").and_then(Value::as_str).ok_or("a token")?;

    let guess = || proxy.post("/callbacks/applications", "{}").basic_auth(PORTAL_ID, Some("guess"));
    assert_eq!(guess().send().await?.status(), 401);
    assert_eq!(proxy.post("/callbacks/expertise", "{}").bearer_auth("guess").send().await?.status(), 401);
    assert_eq!(form(&proxy, "portalId=portal&portalSecret=guess").send().await?.status(), 401);
    for request in [
        guess(),
        form(&proxy, "portalId=portal&portalSecret=guess"),
        // Were it let through, the answer would tell that the guess is right.
        form(&proxy, &in_form),
        proxy.portal("applications", &application("r-1")),
    ] {
        let response = request.send().await?;
        let wait: u64 = response.headers().get("retry-after").ok_or("says when")?.to_str()?.parse()?;
        assert!((1..=3600).contains(&wait), "{wait}");
        let (status, refused) = answer(response).await?;
        assert_eq!((status, code(&refused)), (429, "too_many_attempts"));
    }
    let request = proxy.post("/callbacks/applications", application("r-1").to_string()).bearer_auth(token);
    assert_eq!(answer(request.send().await?).await?.0, 200);
    Ok(())
}

/// Whether an answer is what its table says, without a single note.
fn is_of_its_table(payload: &str, answer: &Value) -> Made<bool> {
    let payload = portform::payload(payload).ok_or("a payload")?;
    let options = Options { mode: Mode::Strict, ..Options::default() };
    Ok(portform::check_json(payload, answer.to_string().as_bytes(), &options).is_empty())
}

async fn the_answers_are_the_documents(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    let wrong = with(&application("r-1").to_string(), &[("payer", json!("")), ("snils", json!({}))])?;
    for (service, body, expected) in [
        ("applications", application("r-1"), json!({ "success": true, "state": "actual" })),
        ("applications", cancellation("r-1"), json!({ "success": true, "state": "cancelled" })),
        ("applications", wrong, json!({ "success": false, "reason": "incorrect_data" })),
        ("applications", json!([]), json!({ "success": false, "reason": "incorrect_data" })),
        ("expertise", review("approved", ""), json!({ "success": true, "status": "approved" })),
        ("expertise", review("На доработке", "Уточните"), json!({ "success": true, "status": "rejected" })),
        ("expertise", review("В архиве", ""), json!({ "success": true, "status": "Closed" })),
        ("expertise", review("rejected", ""), json!({ "success": false, "reason": "incorrect_data" })),
        ("expertise", review("lost", ""), json!({ "success": false, "reason": "incorrect_data" })),
    ] {
        let mut given = proxy.notify(service, &body).await?;
        let payload = if service == "applications" { "application.answer" } else { "status.answer" };
        assert!(is_of_its_table(payload, &given)?, "{given}");
        let fields = given.as_object_mut().ok_or("an object")?;
        let said = fields.remove("description").or_else(|| fields.remove("comment"));
        assert_eq!(said.is_some(), expected.get("reason").is_some());
        assert_eq!(given, expected);
    }
    let items = proxy.items("0").await?;
    assert_eq!(kinds(&items), ["application", "cancellation", "expertise", "expertise", "expertise"]);

    for text in ["", "{", "\u{0}", "{\"program_id\":\"\\ud800\"}", "<xml/>"] {
        let request = proxy.post("/callbacks/applications", text).basic_auth(PORTAL_ID, Some(PORTAL_SECRET));
        let (status, given) = answer(request.send().await?).await?;
        assert_eq!((status, given.get("reason")), (200, Some(&json!("incorrect_data"))), "{text}");
        assert!(is_of_its_table("application.answer", &given)?, "{given}");
    }
    let long = with(&application("r-2").to_string(), &[("comment", json!("я".repeat(600_000)))])?;
    assert_eq!(proxy.portal("applications", &long).send().await?.status(), 413);
    Ok(())
}

async fn the_same_notice_twice_is_one(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    let mut first = Vec::new();
    for body in [application("r-1"), application("r-2"), cancellation("r-1")] {
        first.push(proxy.notify("applications", &body).await?);
    }
    let spaced = application("r-1").to_string().replace(':', " :\n").replace("program_id", "PROGRAM_ID");
    let request = proxy.post("/callbacks/applications", spaced).basic_auth(PORTAL_ID, Some(PORTAL_SECRET));
    assert_eq!(answer(request.send().await?).await?, (200, first.first().cloned().ok_or("answered")?));
    let mut again = Vec::new();
    let explicit = with(&application("r-1").to_string(), &[("state", json!("actual")), ("comment", json!(null))])?;
    for body in [explicit, application("r-2"), cancellation("r-1")] {
        again.push(proxy.notify("applications", &body).await?);
    }
    assert_eq!(again, first);
    assert_eq!(kinds(&proxy.items("0").await?), ["application", "application", "cancellation"]);
    // What differs is another one.
    let other = with(&application("r-1").to_string(), &[("comment", json!("Вечерняя группа"))])?;
    proxy.notify("applications", &other).await?;
    assert_eq!(proxy.items("0").await?.len(), 4);
    // A restart forgets nothing.
    proxy.running.stop().await;
    let proxy = Proxy::start(called(&database)?).await?;
    proxy.notify("applications", &other).await?;
    let items = proxy.items("0").await?;
    let ids: Vec<_> = items.iter().filter_map(|item| item.get("id").and_then(Value::as_str)).collect();
    assert_eq!(ids, ["1", "2", "3", "4"]);
    Ok(())
}

async fn a_review_may_say_the_same_again_after_another_one(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    let other = json!({ "program_id": "OTHER", "status": "rejected", "comment": "Уточните объём" });
    for body in [
        review("rejected", "Уточните объём"),
        other.clone(),
        review("На доработке", " Уточните объём "),
        other,
        review("approved", ""),
        review("approved", ""),
        review("rejected", "Уточните объём"),
    ] {
        proxy.notify("expertise", &body).await?;
    }
    let items = proxy.items("0").await?;
    let said: Vec<_> = items.iter().filter_map(|item| item.pointer("/value/status")).collect();
    assert_eq!(said, ["needs_revision", "needs_revision", "approved", "needs_revision"]);
    Ok(())
}

async fn what_the_information_system_does_not_have_is_refused(database: TestDatabase) -> Test {
    let proxy = Proxy::start(called(&database)?).await?;
    let cycle = application("r-1").get("cycle_id").cloned().ok_or("a cycle")?;
    let known = |value: Value| {
        let proxy = &proxy;
        async move { answer(proxy.put("/inbox/known", &value).send().await?).await }
    };
    assert_eq!(known(json!({ "programmes": [], "cycles": [] })).await?, (200, json!({ "programmes": 0, "cycles": 0 })));
    let reason = async |service: &str, body: &Value| -> Made<Option<String>> {
        let given = proxy.notify(service, body).await?;
        let payload = if service == "applications" { "application.answer" } else { "status.answer" };
        assert!(is_of_its_table(payload, &given)?, "{given}");
        Ok(given.get("reason").and_then(Value::as_str).map(str::to_owned))
    };
    assert_eq!(reason("applications", &application("r-1")).await?.as_deref(), Some("program_not_found"));
    assert_eq!(reason("expertise", &review("approved", "")).await?.as_deref(), Some("unknown_program"));
    known(json!({ "programmes": ["TEST-1234"], "cycles": ["another"] })).await?;
    assert_eq!(reason("applications", &application("r-1")).await?.as_deref(), Some("cycle_not_found"));
    assert_eq!(reason("applications", &cancellation("r-1")).await?.as_deref(), Some("cycle_not_found"));
    assert_eq!(reason("expertise", &review("approved", "")).await?, None);
    known(json!({ "cycles": [{ "id": cycle, "programme": "ANOTHER" }] })).await?;
    assert_eq!(reason("applications", &application("r-1")).await?.as_deref(), Some("incorrect_data"));
    known(json!({ "programmes": [" TEST-1234 "], "cycles": [{ "id": cycle, "programme": "TEST-1234" }, 7] })).await?;
    // What was refused is asked anew, and what was taken stays taken.
    assert_eq!(reason("applications", &application("r-1")).await?, None);
    known(json!({ "programmes": [], "cycles": [] })).await?;
    assert_eq!(reason("applications", &application("r-1")).await?, None);
    assert_eq!(reason("applications", &application("r-2")).await?.as_deref(), Some("program_not_found"));
    known(json!({})).await?;
    assert_eq!(reason("applications", &application("r-2")).await?, None);

    let many: Vec<Value> =
        (0..20_000).map(|at| json!({ "id": format!("c-{at}"), "programme": format!("p-{at}") })).collect();
    assert_eq!(known(json!({ "cycles": many })).await?, (200, json!({ "programmes": null, "cycles": 20_000 })));
    let (_, counted) = answer(proxy.get("/inbox/known").send().await?).await?;
    assert_eq!(counted, json!({ "programmes": null, "cycles": 20_000 }));
    for wrong in [json!([]), json!({ "programs": [] }), json!({ "cycles": [{}] }), json!({ "programmes": [[]] })] {
        let (status, refused) = known(wrong).await?;
        assert_eq!((status, code(&refused)), (400, "request_wrong"));
    }
    // A text that PostgreSQL could not keep is looked up all the same.
    let odd = with(&application("r-3").to_string(), &[("cycle_id", json!("c\u{0}"))])?;
    assert_eq!(reason("applications", &odd).await?.as_deref(), Some("cycle_not_found"));
    Ok(())
}

async fn the_same_notice_at_once_on_two_instances_is_one(database: TestDatabase) -> Test {
    let proxies = [Proxy::start(called(&database)?).await?, Proxy::start(called(&database)?).await?];
    let mut tasks = tokio::task::JoinSet::new();
    for turn in 0..40_usize {
        let proxy = proxies.get(turn % 2).ok_or("one of two")?;
        let request = proxy.portal("applications", &application(&format!("r-{}", turn / 4)));
        tasks.spawn(async move { Ok::<_, reqwest::Error>(request.send().await?.status().as_u16()) });
    }
    while let Some(status) = tasks.join_next().await {
        assert_eq!(status??, 200);
    }
    for proxy in &proxies {
        let items = proxy.items("0").await?;
        let ids: Vec<u64> = items.iter().filter_map(|item| item.get("id")?.as_str()?.parse().ok()).collect();
        assert_eq!(ids, (1..=10).collect::<Vec<u64>>());
    }
    Ok(())
}

async fn a_browser_is_refused(database: TestDatabase) -> Test {
    let mut config = called(&database)?;
    config.allowed_origins = vec!["http://localhost:5173".to_owned()];
    let proxy = Proxy::start(config).await?;
    let own = proxy.running.url();
    for (header, value) in
        [("origin", own.as_str()), ("origin", "http://localhost:5173"), ("origin", "null"), ("sec-fetch-site", "none")]
    {
        for request in [
            proxy.portal("applications", &application("r-1")),
            form(&proxy, "grant_type=client_credentials").basic_auth(PORTAL_ID, Some(PORTAL_SECRET)),
            proxy.client.request(reqwest::Method::OPTIONS, format!("{own}/callbacks/applications")),
        ] {
            let response = request.header(header, value).send().await?;
            assert!(!response.headers().contains_key("access-control-allow-origin"));
            assert_eq!(response.status(), 403, "{header}: {value}");
        }
    }
    assert_eq!(proxy.items("0").await?, Vec::<Value>::new());
    Ok(())
}

async fn behind_a_front_server_guesses_are_counted_by_client(database: TestDatabase) -> Test {
    let mut config = called(&database)?;
    config.access.fronts = vec!["127.0.0.0/8".parse()?];
    config.callbacks.limits = Limits { per_address: 1, total: 2, window: Duration::from_secs(3600) };
    let proxy = Proxy::start(config).await?;
    let call = async |address: &str, secret: &str| {
        let request = proxy.post("/callbacks/applications", application("r-1").to_string());
        let request = request.basic_auth(PORTAL_ID, Some(secret)).header("x-forwarded-for", address.to_owned());
        Ok::<_, reqwest::Error>(request.send().await?.status().as_u16())
    };
    assert_eq!(call("192.0.2.1", PORTAL_SECRET).await?, 200);
    // What a client made up stands before what the front server has seen.
    assert_eq!(call("192.0.2.1, 198.51.100.7", "guess").await?, 401);
    assert_eq!(call("198.51.100.7", PORTAL_SECRET).await?, 429);
    assert_eq!(call("198.51.100.8", "guess").await?, 401);
    // Strangers have used up what all of them have; from where the Portal has signed in before it still does.
    assert_eq!(call("198.51.100.9", PORTAL_SECRET).await?, 429);
    assert_eq!(call("192.0.2.1", PORTAL_SECRET).await?, 200);
    Ok(())
}

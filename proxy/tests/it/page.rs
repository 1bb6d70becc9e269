//! The demo's files from the same origin as the proxy, and the headers around everything.

use portform_proxy::config::Config;

use crate::support::{Proxy, Test, answer, code, in_memory};

#[tokio::test]
async fn the_demo_is_served_with_leave_for_webassembly_and_nothing_else() -> Test {
    let directory = tempfile::tempdir()?;
    let www = directory.path().join("www");
    std::fs::create_dir(&www)?;
    std::fs::write(www.join("index.html"), "<!doctype html><title>demo</title>")?;
    std::fs::write(www.join("portform.wasm"), b"\0asm")?;
    std::fs::write(directory.path().join("secret.txt"), "not for the page")?;
    let proxy = Proxy::start(Config { www: Some(www), ..in_memory() }).await?;

    let page = proxy.get("/").send().await?;
    assert_eq!(page.headers().get("content-type").ok_or("typed")?, "text/html");
    let policy = page.headers().get("content-security-policy").ok_or("held")?.to_str()?.to_owned();
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';") && !policy.contains("unsafe-inline"), "{policy}");
    assert_eq!(page.headers().get("x-content-type-options").ok_or("held")?, "nosniff");
    assert!(page.headers().get("x-request-id").is_some());
    assert!(page.text().await?.contains("demo"));

    let wasm = proxy.get("/portform.wasm").send().await?;
    assert_eq!(wasm.headers().get("content-type").ok_or("typed")?, "application/wasm");
    for path in ["/missing.js", "/..%2fsecret.txt", "/%2e%2e/secret.txt"] {
        let (status, body) = answer(proxy.get(path).send().await?).await?;
        assert_eq!((status, code(&body)), (404, "not_found"), "{path}");
    }
    let (status, body) = answer(proxy.get("/portal/missing").send().await?).await?;
    assert_eq!((status, code(&body)), (404, "not_found"));
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn only_what_lies_in_the_folder_is_served() -> Test {
    use std::os::unix::fs::symlink;
    let directory = tempfile::tempdir()?;
    let www = directory.path().join("www");
    std::fs::create_dir_all(www.join("assets/.git"))?;
    std::fs::create_dir_all(www.join(".well-known"))?;
    std::fs::create_dir(directory.path().join("outside"))?;
    for file in [
        "www/index.html",
        "www/assets/a.js",
        "www/.env",
        "www/assets/.git/config",
        "www/.well-known/x",
        "outside/secret",
    ] {
        std::fs::write(directory.path().join(file), "text")?;
    }
    symlink(directory.path().join("outside/secret"), www.join("secret"))?;
    symlink(directory.path().join("outside"), www.join("out"))?;
    symlink("../outside/secret", www.join("assets/secret"))?;
    symlink("a.js", www.join("assets/b.js"))?;
    let proxy = Proxy::start(Config { www: Some(www), ..in_memory() }).await?;
    for path in ["/", "/index.html", "/assets/a.js", "/assets/b.js", "/assets/%61.js", "/.well-known/x"] {
        assert_eq!(proxy.get(path).send().await?.status(), 200, "{path}");
    }
    let long = format!("/{}", "a".repeat(20_000));
    let deep = "/a".repeat(9_000);
    let wide = format!("/{}.js", "a".repeat(300));
    for path in [
        "/.env",
        "/%2eenv",
        "/assets/.git/config",
        "/assets/%2Egit/config",
        "/secret",
        "/out/secret",
        "/out/",
        "/assets/secret",
        "/a%00b",
        "/%ff",
        "/assets%5ca.js",
        "/assets/../.env",
        &long,
        &deep,
        &wide,
    ] {
        let (status, body) = answer(proxy.get(path).send().await?).await?;
        assert_eq!((status, code(&body)), (404, "not_found"), "{}", path.get(..40).unwrap_or(path));
    }
    Ok(())
}

#[tokio::test]
async fn health_says_what_is_configured() -> Test {
    let proxy = Proxy::start(in_memory()).await?;
    let (status, body) = answer(proxy.get("/health").send().await?).await?;
    assert_eq!(status, 200);
    assert_eq!(body.pointer("/sandbox"), Some(&true.into()));
    assert_eq!(body.pointer("/portal/configured"), Some(&true.into()));
    Ok(())
}

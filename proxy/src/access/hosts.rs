//! Which names the proxy answers to. A page of a foreign site can have its own name point to this machine and then read
//! and submit as if it were the proxy's own page (DNS rebinding); its requests carry that name. An address in place of a
//! name cannot be made to point elsewhere.

use std::net::{IpAddr, Ipv6Addr};

use axum::extract::Request;
use axum::http::header::HOST;

/// Whether a request is meant for this proxy. One that names nobody comes from no browser.
pub fn is_meant(request: &Request, names: &[String]) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    let host = hosts.next();
    if hosts.next().is_some() {
        return false;
    }
    let in_target = request.uri().authority().map(|authority| authority.host().to_owned());
    let in_header = match host {
        None => None,
        Some(value) => match value.to_str() {
            Ok(text) => Some(name_of(text)),
            Err(_) => return false,
        },
    };
    [in_target, in_header].into_iter().flatten().all(|name| is_known(&name, names))
}

fn is_known(name: &str, names: &[String]) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let is_local = name == "localhost" || name.ends_with(".localhost");
    is_local || is_address(&name) || names.contains(&name)
}

fn is_address(name: &str) -> bool {
    let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    bare.map_or_else(|| name.parse::<IpAddr>().is_ok(), |bare| bare.parse::<Ipv6Addr>().is_ok())
}

/// A host without its port, in lower case.
pub fn name_of(host: &str) -> String {
    let end = match host.rfind(']') {
        Some(bracket) => bracket + 1,
        None => host.find(':').unwrap_or(host.len()),
    };
    host.get(..end).unwrap_or(host).trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;

    use super::is_meant;

    fn with(uri: &str, hosts: &[&str]) -> bool {
        let mut request = Request::builder().uri(uri);
        for host in hosts {
            request = request.header("host", *host);
        }
        is_meant(&request.body(Body::empty()).unwrap(), &["edu.example".to_owned()])
    }

    #[test]
    fn the_proxy_answers_to_its_names_and_to_addresses() {
        let own = [
            "localhost",
            "localhost:8787",
            "127.0.0.1:8787",
            "[::1]:8787",
            "10.0.0.7",
            "edu.example",
            "EDU.example.:443",
        ];
        for host in own {
            assert!(with("/health", &[host]), "{host}");
        }
        assert!(with("/health", &[]));
        assert!(with("http://edu.example/health", &["edu.example"]));
    }

    #[test]
    fn it_does_not_answer_to_others() {
        for host in [
            "evil.example",
            "edu.example.evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "",
            "[evil]",
        ] {
            assert!(!with("/health", &[host]), "{host}");
        }
        assert!(!with("/health", &["edu.example", "edu.example"]));
        assert!(!with("http://evil.example/health", &["edu.example"]));
        assert!(!with("http://edu.example/health", &["evil.example"]));
    }
}

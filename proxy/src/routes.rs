//! The documented paths, each with the payload that its body is checked against. A path that is not here is not
//! forwarded. The document leaves two of them open and calls all of them configurable, so a path can be replaced by
//! configuration; a new one cannot be added that way.

/// Which of the two systems a path belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upstream {
    /// The НМФО Portal: token by the password grant.
    Portal,
    /// eHealth: a configured bearer token.
    Ehealth,
}

impl Upstream {
    /// As it stands in paths and metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Ehealth => "ehealth",
        }
    }
}

/// The request methods that the documents use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A reference list.
    Get,
    /// A submission.
    Post,
}

/// One documented path below `/portal/` or `/ehealth/`, and the same below the upstream's base address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The payload's name in the crate `portform`; what configuration calls the path by.
    pub payload: &'static str,
    /// The system that the path belongs to.
    pub upstream: Upstream,
    /// The request method.
    pub method: Method,
    /// The path, without a leading slash; `{…}` are parts that each request fills in.
    pub path: String,
}

/// The documents' paths: payload, upstream, method, path.
const DOCUMENTED: &[(&str, Upstream, Method, &str)] = &[
    ("programme.create", Upstream::Portal, Method::Post, "education/dpppk/create"),
    ("programme.update", Upstream::Portal, Method::Post, "education/dpppk/update"),
    ("programme.status", Upstream::Portal, Method::Post, "education/dpppk/status"),
    ("cycle.create", Upstream::Portal, Method::Post, "education/cycle/create"),
    ("cycle.update", Upstream::Portal, Method::Post, "education/cycle/update"),
    ("cycle.cancel", Upstream::Portal, Method::Post, "education/cycle/cancel"),
    ("application.comment", Upstream::Portal, Method::Post, "education/request/comment"),
    ("result.update", Upstream::Portal, Method::Post, "results/update"),
    ("results.bulk_update", Upstream::Portal, Method::Post, "results/bulk-update"),
    ("results.confirm", Upstream::Portal, Method::Post, "results/confirm"),
    ("reference.specialities", Upstream::Portal, Method::Get, "umk/specialities"),
    ("reference.programmes", Upstream::Portal, Method::Get, "umk/programmes"),
    ("contract_request.envelope", Upstream::Ehealth, Method::Post, "api/contract_requests/{contract_type}/{id}"),
];

/// The routes as the documents have them.
pub fn documented() -> Vec<Route> {
    DOCUMENTED
        .iter()
        .map(|&(payload, upstream, method, path)| Route { payload, upstream, method, path: path.to_owned() })
        .collect()
}

/// The system that a payload is for.
pub fn upstream_of(payload: &str) -> Upstream {
    let route = DOCUMENTED.iter().find(|(name, ..)| *name == payload);
    route.map_or(Upstream::Portal, |(_, upstream, ..)| *upstream)
}

/// A path from configuration without its outer slashes, when it is nothing but a path.
pub fn plain(path: &str) -> Option<&str> {
    let path = path.trim().trim_matches('/');
    let segment_is_plain = |segment: &str| {
        segment.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.~".contains(letter))
            && segment.chars().any(|letter| letter != '.')
    };
    path.split('/').all(segment_is_plain).then_some(path)
}

/// Replaces the path of one payload of the Portal: `cycle.cancel=education/cycle/revoke`. The error is one sentence.
pub fn replace(routes: &mut [Route], assignment: &str) -> Result<(), String> {
    let Some((payload, path)) = assignment.split_once('=') else {
        return Err(format!("a path is given as PAYLOAD=PATH, not as \"{assignment}\""));
    };
    let (payload, path) = (payload.trim(), path.trim());
    let path = plain(path)
        .ok_or_else(|| format!("the path of {payload} may only have letters, digits, - _ . ~ and single slashes"))?;
    if routes.iter().any(|route| route.payload != payload && route.path == path) {
        return Err(format!("the path {path} already belongs to another payload"));
    }
    let route = routes
        .iter_mut()
        .find(|route| route.payload == payload && route.upstream == Upstream::Portal)
        .ok_or_else(|| format!("no payload of the Portal is called \"{payload}\""))?;
    route.path = path.to_owned();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{documented, replace};

    #[test]
    fn a_path_can_be_replaced_but_not_added() {
        let mut routes = documented();
        assert_eq!(replace(&mut routes, "cycle.cancel=/education/cycle/revoke/"), Ok(()));
        assert!(routes.iter().any(|route| route.path == "education/cycle/revoke"));
        for wrong in [
            "cycle.cancel",
            "cycle.cancel=",
            "cycle.delete=education/cycle/delete",
            "cycle.cancel=education/../admin",
            "cycle.cancel=education/{anything}",
            "cycle.cancel=results/confirm",
            "cycle.cancel=a//b",
            "contract_request.envelope=api",
        ] {
            assert!(replace(&mut routes, wrong).is_err(), "{wrong}");
        }
    }
}

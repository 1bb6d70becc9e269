//! What users and roles may submit: `editors=cycle.*,programme.create`. Once anything is said of payloads, nobody may
//! submit what he was not given. The whole journal and the inbox hold what others did and who applied: they are for
//! those to whom they were given by name.

use super::User;

/// In place of a payload: the journal of all users.
pub const JOURNAL: &str = "journal";

/// In place of a payload: what the Portal sends.
pub const INBOX: &str = "inbox";

/// In place of a payload: to say what became of a submission of which nobody knows.
pub const SETTLE: &str = "journal-settle";

/// In place of a payload: what an operator watches.
pub const METRICS: &str = "metrics";

/// What is no payload, and may be given all the same.
const AREAS: &[&str] = &[JOURNAL, SETTLE, INBOX, METRICS];

/// Grants, in the order in which they were given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allow {
    grants: Vec<(String, String)>,
}

impl Allow {
    /// Adds `WHO=WHAT,WHAT`. The error is one sentence.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let wrong = || format!("--allow {text} is not USER-OR-ROLE=PAYLOAD,PAYLOAD");
        let (who, what) = text.split_once('=').ok_or_else(wrong)?;
        let (who, what) = (who.trim(), what.split(',').map(str::trim).filter(|what| !what.is_empty()));
        let mut given = what.peekable();
        if who.is_empty() || given.peek().is_none() {
            return Err(wrong());
        }
        for what in given {
            let is_known =
                AREAS.contains(&what) || portform::payloads().iter().any(|payload| fits(what, payload.name()));
            if !is_known {
                return Err(format!("--allow {text}: there is no payload {what}"));
            }
            self.grants.push((who.to_owned(), what.to_owned()));
        }
        Ok(())
    }

    /// Whether a user may submit a payload, or use an area. Where nobody is asked who he is, everybody may.
    pub fn may(&self, user: Option<&User>, what: &str) -> bool {
        let Some(user) = user else {
            return true;
        };
        let is_area = AREAS.contains(&what);
        let says_nothing = || self.grants.iter().all(|(_, given)| AREAS.contains(&given.as_str()));
        if !is_area && says_nothing() {
            return true;
        }
        let is_given = |given: &str| if is_area { given == what } else { fits(given, what) };
        let is_meant = |who: &str| who == "*" || who == user.name || user.roles.iter().any(|role| role == who);
        self.grants.iter().any(|(who, given)| is_given(given) && is_meant(who))
    }
}

/// Whether a payload is meant by `cycle.create`, `cycle.*` or `*`.
fn fits(pattern: &str, payload: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some("") => true,
        Some(start) => start.ends_with('.') && payload.starts_with(start),
        None => pattern == payload,
    }
}

#[cfg(test)]
mod tests {
    use super::{Allow, INBOX, JOURNAL, METRICS, SETTLE};
    use crate::access::User;

    fn allow(grants: &[&str]) -> Allow {
        let mut allow = Allow::default();
        for grant in grants {
            allow.add(grant).unwrap();
        }
        allow
    }

    fn user(name: &str, roles: &[&str]) -> User {
        User::new(name, roles.iter().map(|role| (*role).to_owned()).collect()).unwrap()
    }

    #[test]
    fn a_grant_is_for_a_user_or_a_role_and_for_payloads_by_name() {
        let allow = allow(&["editors=cycle.*,programme.create", "ivanov=results.confirm", "*=programme.status"]);
        let (editor, ivanov) = (user("petrov", &["editors"]), user("ivanov", &[]));
        for payload in ["cycle.create", "cycle.cancel", "programme.create", "programme.status"] {
            assert!(allow.may(Some(&editor), payload), "{payload}");
        }
        assert!(!allow.may(Some(&editor), "programme.update") && !allow.may(Some(&editor), "results.confirm"));
        assert!(allow.may(Some(&ivanov), "results.confirm") && allow.may(Some(&ivanov), "programme.status"));
        assert!(!allow.may(Some(&ivanov), "cycle.create"));
        assert!(allow.may(None, "cycle.create"));
    }

    #[test]
    fn without_a_word_of_payloads_every_user_may_submit_but_not_see_everything() {
        let allow = allow(&["auditors=journal"]);
        assert!(allow.may(Some(&user("ivanov", &[])), "cycle.create"));
        assert!(!allow.may(Some(&user("ivanov", &[])), JOURNAL) && !allow.may(Some(&user("ivanov", &[])), INBOX));
        assert!(allow.may(Some(&user("petrov", &["auditors"])), JOURNAL));
        for area in [INBOX, SETTLE, METRICS] {
            assert!(!allow.may(Some(&user("petrov", &["auditors"])), area), "{area}");
        }
        assert!(allow.may(None, JOURNAL) && allow.may(None, INBOX));
    }

    #[test]
    fn everything_is_every_payload_and_no_area() {
        let allow = allow(&["editors=*"]);
        assert!(allow.may(Some(&user("petrov", &["editors"])), "cycle.create"));
        assert!(!allow.may(Some(&user("petrov", &["editors"])), JOURNAL));
    }

    #[test]
    fn what_is_no_grant_is_refused() {
        for wrong in ["", "editors", "editors=", "=cycle.create", "editors=cycle", "editors=cycl.*", "editors=c*"] {
            assert!(Allow::default().add(wrong).is_err(), "{wrong}");
        }
    }
}

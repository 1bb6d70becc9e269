//! The token endpoint, as RFC 6749 has it, without HTTP around it: the Authorization header and the form go in, a token
//! or one of the errors comes out. The document only names portalId and portalSecret, so they may come by HTTP Basic or
//! as form fields, as client credentials or as user and password.

use axum::http::StatusCode;

use super::account::Account;
use super::credentials::{Shown, are_known};

/// An error as RFC 6749 names it, section 5.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OauthError {
    /// Something is missing, given twice or given in two ways.
    InvalidRequest(&'static str),
    /// portalId or portalSecret is wrong, or missing.
    InvalidClient,
    /// User or password of the password grant is wrong.
    InvalidGrant,
    /// Another grant than the two.
    UnsupportedGrantType,
}

impl OauthError {
    /// The `error` of the answer.
    pub fn code(self) -> &'static str {
        match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
        }
    }

    /// The `error_description` of the answer.
    pub fn description(self) -> &'static str {
        match self {
            Self::InvalidRequest(description) => description,
            Self::InvalidClient => "portalId or portalSecret is wrong or missing",
            Self::InvalidGrant => "The user or the password is wrong",
            Self::UnsupportedGrantType => "The grant is client_credentials or password",
        }
    }

    /// The status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Self::InvalidClient => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Whether somebody tried credentials that are wrong.
    pub fn is_failed_attempt(self) -> bool {
        matches!(self, Self::InvalidClient | Self::InvalidGrant)
    }
}

/// Whether a token may be given for this. `form` are the pairs of the body in their order.
pub fn grant(account: &Account, shown: &Shown, form: &[(String, String)]) -> Result<(), OauthError> {
    let form = Form::read(form)?;
    let in_form = form.client()?;
    let by_header = match shown {
        Shown::Nothing => None,
        Shown::Basic(user, password) => Some(are_known(account, user, password)),
        Shown::Bearer(_) | Shown::Unreadable => return Err(OauthError::InvalidClient),
    };
    let user = match (form.get("username"), form.get("password")) {
        (Some(user), Some(password)) => Some(account.knows(user, password)),
        (None, None) => None,
        _ => return Err(OauthError::InvalidRequest("username and password belong together")),
    };
    let client = match (by_header, in_form) {
        (Some(_), Some(_)) => {
            return Err(OauthError::InvalidRequest("The credentials are given both by HTTP Basic and in the form"));
        }
        (by_header, in_form) => by_header.or(in_form.map(|(id, secret)| account.knows(id, secret))),
    };
    if client == Some(false) {
        return Err(OauthError::InvalidClient);
    }
    match (form.get("grant_type"), client, user) {
        (Some("client_credentials"), Some(true), _) => Ok(()),
        (Some("client_credentials"), _, _) => Err(OauthError::InvalidClient),
        // The document's names are no parameters of OAuth, so with them nothing else of OAuth is demanded.
        (None, Some(true), _) if form.has_the_documents_names() => Ok(()),
        (Some("password"), _, Some(true)) => Ok(()),
        (Some("password"), _, Some(false)) => Err(OauthError::InvalidGrant),
        (Some("password"), _, None) => Err(OauthError::InvalidRequest("username and password are missing")),
        (Some(_), Some(_), _) => Err(OauthError::UnsupportedGrantType),
        (None, Some(_), _) => Err(OauthError::InvalidRequest("grant_type is missing")),
        (_, None, _) => Err(OauthError::InvalidClient),
    }
}

/// The parameters of the form. Blank ones count as left out, as RFC 6749 has it.
struct Form<'f>(Vec<(&'f str, &'f str)>);

const DOCUMENTS_NAMES: (&str, &str) = ("portalId", "portalSecret");

impl<'f> Form<'f> {
    fn read(pairs: &'f [(String, String)]) -> Result<Self, OauthError> {
        let mut read: Vec<(&str, &str)> = Vec::new();
        for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            if read.iter().any(|(known, _)| known == name) {
                return Err(OauthError::InvalidRequest("A parameter is given twice"));
            }
            read.push((name, value));
        }
        Ok(Self(read))
    }

    fn get(&self, name: &str) -> Option<&'f str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn has_the_documents_names(&self) -> bool {
        self.get(DOCUMENTS_NAMES.0).is_some()
    }

    /// portalId and portalSecret, by OAuth's names or by the document's.
    fn client(&self) -> Result<Option<(&'f str, &'f str)>, OauthError> {
        let mut found = None;
        for (id, secret) in [("client_id", "client_secret"), DOCUMENTS_NAMES] {
            match (self.get(id), self.get(secret)) {
                (None, None) => {}
                (Some(id), Some(secret)) if found.is_none() => found = Some((id, secret)),
                (Some(_), Some(_)) => return Err(OauthError::InvalidRequest("The credentials are given twice")),
                // A client that names itself beside HTTP Basic gives no secret here.
                (Some(_), None) if id == "client_id" => {}
                _ => return Err(OauthError::InvalidRequest("Of portalId and portalSecret one is missing")),
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{Account, OauthError, Shown, grant};
    use crate::secret::Secret;

    fn basic(user: &str, password: &str) -> Shown {
        Shown::Basic(user.to_owned(), password.to_owned())
    }

    fn ask(shown: &Shown, form: &[(&str, &str)]) -> Result<(), OauthError> {
        let account = Account { id: "portal".to_owned(), secret: Secret::new("word"), token_seconds: 60 };
        let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        grant(&account, shown, &form)
    }

    const CLIENT: (&str, &str) = ("grant_type", "client_credentials");
    const PASSWORD: (&str, &str) = ("grant_type", "password");

    #[test]
    fn every_way_to_show_the_credentials_is_taken() {
        let right = basic("portal", "word");
        for (shown, form) in [
            (&right, &[CLIENT] as &[_]),
            (&right, &[CLIENT, ("scope", "anything"), ("client_id", "portal")]),
            (&Shown::Nothing, &[CLIENT, ("client_id", "portal"), ("client_secret", "word")]),
            (&Shown::Nothing, &[CLIENT, ("portalId", "portal"), ("portalSecret", "word")]),
            (&Shown::Nothing, &[("portalId", "portal"), ("portalSecret", "word")]),
            (&Shown::Nothing, &[PASSWORD, ("username", "portal"), ("password", "word")]),
            (&right, &[PASSWORD, ("username", "portal"), ("password", "word")]),
        ] {
            assert_eq!(ask(shown, form), Ok(()), "{form:?}");
        }
    }

    #[test]
    fn wrong_credentials_are_a_failed_attempt_whatever_else_is_wrong() {
        let nobody = Shown::Nothing;
        for (shown, form, error) in [
            (&basic("portal", "wrong"), &[CLIENT] as &[_], OauthError::InvalidClient),
            (&basic("portal", "wrong"), &[], OauthError::InvalidClient),
            (&basic("portal", "wrong"), &[("grant_type", "refresh_token")], OauthError::InvalidClient),
            (&nobody, &[CLIENT, ("client_id", "portal"), ("client_secret", "wrong")], OauthError::InvalidClient),
            (&nobody, &[("portalId", "portal"), ("portalSecret", "wrong")], OauthError::InvalidClient),
            (&nobody, &[PASSWORD, ("username", "portal"), ("password", "wrong")], OauthError::InvalidGrant),
            (&basic("portal", "word"), &[PASSWORD, ("username", "a"), ("password", "b")], OauthError::InvalidGrant),
            (&nobody, &[CLIENT], OauthError::InvalidClient),
            (&nobody, &[], OauthError::InvalidClient),
            (&Shown::Bearer("a".to_owned()), &[CLIENT], OauthError::InvalidClient),
            (&Shown::Unreadable, &[CLIENT], OauthError::InvalidClient),
        ] {
            assert_eq!(ask(shown, form), Err(error), "{form:?}");
            assert!(error.is_failed_attempt());
        }
    }

    #[test]
    fn the_other_errors_are_those_of_the_rfc() {
        let right = basic("portal", "word");
        for (form, code) in [
            (&[] as &[_], "invalid_request"),
            (&[CLIENT, CLIENT], "invalid_request"),
            (&[CLIENT, ("client_id", "portal"), ("client_secret", "word")], "invalid_request"),
            (&[PASSWORD], "invalid_request"),
            (&[PASSWORD, ("username", "portal")], "invalid_request"),
            (&[CLIENT, ("portalId", "portal")], "invalid_request"),
            (&[("grant_type", "refresh_token"), ("refresh_token", "a")], "unsupported_grant_type"),
            (&[("grant_type", "Password")], "unsupported_grant_type"),
        ] {
            let refused = ask(&right, form);
            assert_eq!(refused.map_err(OauthError::code), Err(code), "{form:?}");
        }
    }
}

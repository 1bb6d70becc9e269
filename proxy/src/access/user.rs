//! The user as a front server names him. A header that stands twice, or that is no text, names nobody.

use axum::http::{HeaderMap, HeaderName};

use crate::errors::ProxyError;

/// The longest name of a user.
const LONGEST: usize = 256;

/// Who submits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct User {
    /// The name; empty where nobody is asked.
    pub name: String,
    /// The roles.
    pub roles: Vec<String>,
}

impl User {
    /// A user, when the name can be one.
    pub fn new(name: &str, roles: Vec<String>) -> Option<Self> {
        let name = name.trim();
        let fits = !name.is_empty() && name.len() <= LONGEST && !name.chars().any(char::is_control);
        fits.then(|| Self { name: name.to_owned(), roles })
    }
}

/// The user of a request; `None` when the front server names none.
pub fn from_headers(
    headers: &HeaderMap,
    name: &HeaderName,
    roles: Option<&HeaderName>,
) -> Result<Option<User>, ProxyError> {
    let Some(text) = single(headers, name)? else {
        return Ok(None);
    };
    let roles = match roles {
        Some(roles) => single(headers, roles)?.unwrap_or_default(),
        None => "",
    };
    let roles = roles.split(',').map(str::trim).filter(|role| !role.is_empty()).map(str::to_owned).collect();
    User::new(text, roles).map(Some).ok_or(ProxyError::UserInvalid)
}

fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, ProxyError> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    // The second could be one that the client added.
    if values.next().is_some() {
        return Err(ProxyError::UserInvalid);
    }
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) if text.trim().is_empty() => Ok(None),
        Ok(text) => Ok(Some(text)),
        Err(_) => Err(ProxyError::UserInvalid),
    }
}

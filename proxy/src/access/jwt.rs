//! The token of the organisation's sign-in: a JSON Web Token signed with one of its keys, from its issuer, for this
//! audience, and in its time. Only public keys verify: a token signed with a shared secret is refused, whatever it says.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, KeyAlgorithm};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, Validation, decode, decode_header};
use serde_json::Value;

use super::User;
use super::jwks::{KeySource, Keys};
use crate::errors::ProxyError;

/// By how many seconds two clocks may differ.
const LEEWAY: u64 = 30;

/// The longest token.
const LONGEST: usize = 16 * 1024;

/// Whose tokens are taken, and what in them names the user.
#[derive(Debug, Clone)]
pub struct JwtConfig {
    /// Where the keys are.
    pub keys: KeySource,
    /// Who issues the tokens.
    pub issuer: String,
    /// For whom they are to be.
    pub audience: String,
    /// The claim that names the user, with dots between levels.
    pub user_claim: String,
    /// The claim that names the roles.
    pub roles_claim: String,
}

/// Verifies tokens.
#[derive(Debug)]
pub struct Tokens {
    config: JwtConfig,
    keys: Keys,
}

impl Tokens {
    /// The error is one sentence.
    pub fn new(config: JwtConfig) -> Result<Self, String> {
        Ok(Self { keys: Keys::new(config.keys.clone())?, config })
    }

    /// The user whose token a request carries.
    pub async fn user(&self, headers: &HeaderMap) -> Result<User, ProxyError> {
        let token = bearer(headers)?;
        let header = decode_header(token).map_err(|_| ProxyError::UserInvalid)?;
        if header.alg.family() == AlgorithmFamily::Hmac {
            return Err(ProxyError::UserInvalid);
        }
        let keys = self.keys.of(header.kid.as_deref()).await.ok_or(ProxyError::SignInUnavailable)?;
        let claims =
            keys.iter().filter(|key| is_for(key, header.alg)).find_map(|key| self.claims(token, key, header.alg));
        self.named(&claims.ok_or(ProxyError::UserInvalid)?).ok_or(ProxyError::UserInvalid)
    }

    fn claims(&self, token: &str, key: &Jwk, algorithm: Algorithm) -> Option<Value> {
        let mut validation = Validation::new(algorithm);
        validation.leeway = LEEWAY;
        validation.validate_nbf = true;
        validation.set_issuer(&[&self.config.issuer]);
        validation.set_audience(&[&self.config.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        let key = DecodingKey::from_jwk(key).ok()?;
        decode::<Value>(token, &key, &validation).ok().map(|token| token.claims)
    }

    fn named(&self, claims: &Value) -> Option<User> {
        let name = at(claims, &self.config.user_claim)?.as_str()?;
        let roles = match at(claims, &self.config.roles_claim) {
            Some(Value::Array(roles)) => roles.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            // As `scope` has them.
            Some(Value::String(roles)) => {
                roles.split([' ', ',']).filter(|role| !role.is_empty()).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        User::new(name, roles)
    }
}

fn bearer(headers: &HeaderMap) -> Result<&str, ProxyError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(ProxyError::UserRequired)?;
    if values.next().is_some() {
        return Err(ProxyError::UserInvalid);
    }
    let text = value.to_str().map_err(|_| ProxyError::UserInvalid)?;
    let (scheme, token) = text.split_once(' ').ok_or(ProxyError::UserInvalid)?;
    let token = token.trim();
    let is_one = scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= LONGEST;
    if is_one { Ok(token) } else { Err(ProxyError::UserInvalid) }
}

/// Whether a key may be used with an algorithm: a public key, and no other algorithm than the one it is for.
fn is_for(key: &Jwk, algorithm: Algorithm) -> bool {
    let is_public = !matches!(key.algorithm, AlgorithmParameters::OctetKey(_));
    let named = key.common.key_algorithm.as_ref().map(KeyAlgorithm::to_string);
    is_public && named.is_none_or(|named| named == format!("{algorithm:?}"))
}

/// The claim at `realm_access.roles`; a name with dots of its own comes first.
fn at<'v>(claims: &'v Value, path: &str) -> Option<&'v Value> {
    claims.get(path).or_else(|| path.split('.').try_fold(claims, |value, name| value.get(name)))
}

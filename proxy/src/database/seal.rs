//! Sealing of what may be personal before it is written, with AES-256-GCM and a random nonce. A sealed text is bound to
//! what it is about, so that a row's text cannot be moved to another row, and begins with its key's name, so that keys
//! can be changed.

use std::fmt;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};

use crate::secret::Secret;

/// Bytes of a key.
pub const KEY_LENGTH: usize = 32;

/// Bytes of a key's name at the head of a sealed text.
const NAME_LENGTH: usize = 4;

/// Seals and opens. The first key seals, every key opens.
pub struct Sealer {
    keys: Vec<Key>,
    random: SystemRandom,
}

struct Key {
    name: [u8; NAME_LENGTH],
    sealing: LessSafeKey,
    digesting: hmac::Key,
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

impl Key {
    /// The keys for sealing and for digests both come from one, so that neither says anything of the other.
    fn new(bytes: &[u8]) -> Option<Self> {
        let source = Salt::new(HKDF_SHA256, b"portform-proxy").extract(bytes);
        let derived = |purpose: &'static [u8]| {
            let mut key = [0; KEY_LENGTH];
            source.expand(&[purpose], Length(KEY_LENGTH)).ok()?.fill(&mut key).ok()?;
            Some(key)
        };
        let mut name = [0; NAME_LENGTH];
        source.expand(&[b"name"], Length(NAME_LENGTH)).ok()?.fill(&mut name).ok()?;
        let sealing = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &derived(b"seal")?).ok()?);
        Some(Self { name, sealing, digesting: hmac::Key::new(hmac::HMAC_SHA256, &derived(b"digest")?) })
    }

    fn digest(&self, about: &str, text: &[u8]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.digesting);
        // The length keeps the two apart.
        context.update(&u64::try_from(about.len()).unwrap_or(u64::MAX).to_be_bytes());
        context.update(about.as_bytes());
        context.update(text);
        context.sign().as_ref().to_vec()
    }
}

impl Sealer {
    /// A key of 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let fits = bytes.len() == KEY_LENGTH;
        let key = fits.then(|| Key::new(bytes)).flatten()?;
        Some(Self { keys: vec![key], random: SystemRandom::new() })
    }

    /// The keys of a configuration: one a line, as 64 hexadecimal digits. The first seals, the others only open what
    /// they once sealed. The error is one sentence.
    pub fn configured(text: &Secret) -> Result<Self, String> {
        let wrong = "the database's key is 64 hexadecimal digits, e.g. from `openssl rand -hex 32`";
        let lines = text.expose().lines().map(str::trim).filter(|line| !line.is_empty());
        let keys: Option<Vec<Key>> = lines.map(|line| from_hex(line).and_then(|bytes| Key::new(&bytes))).collect();
        match keys {
            Some(keys) if !keys.is_empty() => Ok(Self { keys, random: SystemRandom::new() }),
            _ => Err(wrong.to_owned()),
        }
    }

    /// Seals a text. `about` says what it belongs to (a table and a row); only with the same does it open again.
    /// `None` when the system has no randomness, which is no reason to write the text unsealed.
    pub fn seal(&self, about: &str, text: &[u8]) -> Option<Vec<u8>> {
        let key = self.keys.first()?;
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).ok()?;
        let mut sealed = Vec::with_capacity(text.len() + AES_256_GCM.tag_len());
        sealed.extend_from_slice(text);
        let about = Aad::from(about.as_bytes());
        key.sealing.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), about, &mut sealed).ok()?;
        Some([key.name.as_slice(), &nonce, &sealed].concat())
    }

    /// Opens a sealed text. `None` when no key fits, or it is about something else, or it was changed.
    pub fn open(&self, about: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (name, rest) = sealed.split_at_checked(NAME_LENGTH)?;
        let (nonce, rest) = rest.split_at_checked(NONCE_LEN)?;
        let key = self.keys.iter().find(|key| key.name == name)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut opened = rest.to_vec();
        let length = key.sealing.open_in_place(nonce, Aad::from(about.as_bytes()), &mut opened).ok()?.len();
        opened.truncate(length);
        Some(opened)
    }

    /// A digest that only who has the key can make, so that what was digested cannot be guessed from it.
    pub fn digest(&self, about: &str, text: &[u8]) -> Vec<u8> {
        self.keys.first().map(|key| key.digest(about, text)).unwrap_or_default()
    }

    /// The digests by all the keys, the one that is written down first.
    pub fn digests(&self, about: &str, text: &[u8]) -> Vec<Vec<u8>> {
        self.keys.iter().map(|key| key.digest(about, text)).collect()
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sealer")
    }
}

/// A new key.
pub fn generate() -> Option<[u8; KEY_LENGTH]> {
    let mut key = [0; KEY_LENGTH];
    SystemRandom::new().fill(&mut key).ok()?;
    Some(key)
}

/// Hexadecimal digits of bytes, in lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 2 * KEY_LENGTH || !text.bytes().all(|letter| letter.is_ascii_hexdigit()) {
        return None;
    }
    let pairs = text.as_bytes().chunks_exact(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Sealer, generate, hex};
    use crate::secret::Secret;

    fn sealer(keys: &[&str]) -> Sealer {
        Sealer::configured(&Secret::new(keys.join("\n"))).unwrap()
    }

    #[test]
    fn a_sealed_text_opens_only_with_its_key_and_for_what_it_is_about() {
        let (old, new) = (hex(&generate().unwrap()), hex(&generate().unwrap()));
        let sealed = sealer(&[&old]).seal("journal 7", b"112-233-445 95").unwrap();
        assert!(!sealed.windows(7).any(|bytes| bytes == b"112-233"));
        assert_eq!(sealer(&[&old]).open("journal 7", &sealed).as_deref(), Some(b"112-233-445 95".as_slice()));
        assert_eq!(sealer(&[&new, &old]).open("journal 7", &sealed).as_deref(), Some(b"112-233-445 95".as_slice()));
        assert_eq!(sealer(&[&old]).open("journal 8", &sealed), None);
        assert_eq!(sealer(&[&new]).open("journal 7", &sealed), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(sealer(&[&old]).open("journal 7", &changed), None, "{at}");
            assert_eq!(sealer(&[&old]).open("journal 7", &sealed[..at]), None, "{at}");
        }
        assert_ne!(sealer(&[&old]).seal("journal 7", b"112-233-445 95").unwrap(), sealed);
    }

    #[test]
    fn a_digest_tells_texts_and_what_they_are_about_apart() {
        let (old, new) = (hex(&generate().unwrap()), hex(&generate().unwrap()));
        let digest = sealer(&[&old]).digest("a", b"bc");
        assert!(sealer(&[&new, &old]).digests("a", b"bc").contains(&digest));
        assert!(!sealer(&[&new]).digests("a", b"bc").contains(&digest));
        assert_ne!(sealer(&[&old]).digest("ab", b"c"), digest);
    }

    #[test]
    fn a_key_that_is_none_is_refused_without_being_shown() {
        for wrong in ["", "secret", &"g".repeat(64), &"a".repeat(63), &format!("{}\nsecret", "a".repeat(64))] {
            let refused = Sealer::configured(&Secret::new(wrong));
            assert!(refused.is_err_and(|said| !said.contains("secret") && said.contains("64 hexadecimal")));
        }
    }
}

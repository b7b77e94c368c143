//! Sealed texts: AES-256-GCM, with a key for each secret (HKDF). The first secret seals, and all
//! open.

use std::fmt;

use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Nonce, Payload},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};

/// The length of a nonce, in bytes.
const NONCE: usize = 12;
const SALT: &[u8] = b"countersign";
const INFO: &[u8] = b"seal 1";
/// How many characters a secret must have.
pub const LEAST_SECRET: usize = 32;

/// What can be wrong about secrets and sealing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// There is no secret.
    #[error("there is no secret")]
    NoSecret,
    /// A secret is too short.
    #[error("every secret must have at least {LEAST_SECRET} characters")]
    ShortSecret,
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    NoRandom,
    /// The cipher refused the text, as one of many gigabytes.
    #[error("the text cannot be sealed")]
    Refused,
}

/// A text that nobody can guess, of so many random bytes.
///
/// # Errors
/// [`SealError::NoRandom`].
pub fn random_text(bytes: usize) -> Result<String, SealError> {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random).map_err(|_| SealError::NoRandom)?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}

/// The SHA-256 hash of a text, in base64url.
#[must_use]
pub fn hash(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

/// Seals texts, and opens them.
///
/// ```
/// use countersign_server::seal::Seal;
///
/// let seal = Seal::new(["a secret that nobody can guess, really"])?;
/// let sealed = seal.seal("text", "purpose")?;
/// assert_eq!(seal.open(&sealed, "purpose").as_deref(), Some("text"));
/// assert_eq!(seal.open(&sealed, "another purpose"), None);
/// # Ok::<(), countersign_server::seal::SealError>(())
/// ```
#[derive(Clone)]
pub struct Seal {
    first: Aes256Gcm,
    others: Vec<Aes256Gcm>,
}

/// `Debug` hides the keys.
impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seal").finish_non_exhaustive()
    }
}

fn cipher_of(secret: &str) -> Result<Aes256Gcm, SealError> {
    if secret.encode_utf16().count() < LEAST_SECRET {
        return Err(SealError::ShortSecret);
    }
    let mut key = [0; 32];
    let derived = Hkdf::<Sha256>::new(Some(SALT), secret.as_bytes()).expand(INFO, &mut key);
    derived.map_err(|_| SealError::Refused)?;
    Aes256Gcm::new_from_slice(&key).map_err(|_| SealError::Refused)
}

impl Seal {
    /// A seal with these secrets. To rotate them, put the new one first, and leave the old one out
    /// when all that it sealed has ended.
    ///
    /// # Errors
    /// [`SealError::NoSecret`] and [`SealError::ShortSecret`].
    pub fn new<S: AsRef<str>>(secrets: impl IntoIterator<Item = S>) -> Result<Self, SealError> {
        let ciphers = secrets.into_iter().map(|secret| cipher_of(secret.as_ref()));
        let mut all = ciphers.collect::<Result<Vec<_>, _>>()?.into_iter();
        let first = all.next().ok_or(SealError::NoSecret)?;
        Ok(Self { first, others: all.collect() })
    }

    /// Seals a text for one purpose: with another, it does not open.
    ///
    /// # Errors
    /// [`SealError::NoRandom`] and [`SealError::Refused`].
    pub fn seal(&self, text: &str, purpose: &str) -> Result<String, SealError> {
        let mut bytes = vec![0; NONCE];
        getrandom::fill(&mut bytes).map_err(|_| SealError::NoRandom)?;
        let nonce =
            Nonce::<Aes256Gcm>::try_from(bytes.as_slice()).map_err(|_| SealError::Refused)?;
        let payload = Payload { msg: text.as_bytes(), aad: purpose.as_bytes() };
        let sealed = self.first.encrypt(&nonce, payload).map_err(|_| SealError::Refused)?;
        bytes.extend(sealed);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The text, or `None` if it was not sealed with these secrets for this purpose.
    #[must_use]
    pub fn open(&self, sealed: &str, purpose: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, msg) = bytes.split_at_checked(NONCE)?;
        let nonce = Nonce::<Aes256Gcm>::try_from(nonce).ok()?;
        let open = |cipher: &Aes256Gcm| {
            cipher.decrypt(&nonce, Payload { msg, aad: purpose.as_bytes() }).ok()
        };
        let mut ciphers = std::iter::once(&self.first).chain(&self.others);
        String::from_utf8(ciphers.find_map(open)?).ok()
    }
}

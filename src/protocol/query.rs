//! Strict parsing of a query (`application/x-www-form-urlencoded`). A name has one value, unknown
//! names are kept, and an empty value counts as absent.

use std::fmt;

use super::{Locale, LoginHint, RequestError};
use crate::strings::{before, split, split_once};

/// The limits of a request. The page has no limit on names, scopes or resources: a request of a
/// usual length always reaches the backend, whose error the client receives.
pub mod limits {
    /// Length of the raw query, in bytes. No standard sets it. It is what the API takes, and twice
    /// what most web servers read.
    pub const QUERY: usize = 32 * 1024;
    /// Length of the raw query in a login address, in bytes. A longer request needs a transaction.
    pub const RETURN_TO: usize = 4 * 1024;
}

/// The query of the page's address, byte for byte, without the `?`.
///
/// The backend gets exactly these bytes, because parsing and serializing could change the query.
/// `Debug` hides them, because they contain `state`.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(transparent))]
pub struct RawQuery(String);

impl RawQuery {
    /// A query, with or without its leading `?`.
    pub fn new(text: impl Into<String>) -> Self {
        let text: String = text.into();
        match text.strip_prefix('?') {
            Some(rest) => Self(rest.to_owned()),
            None => Self(text),
        }
    }

    /// The bytes, without the `?`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the query has a parameter, with any value.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let names = split(&self.0, b'&').map(|pair| Some(before(pair, b'=')));
        names.flatten().any(|other| decode(other) == name)
    }

    /// The requested languages, best first (OpenID Connect Core section 3.1.2.1).
    #[must_use]
    pub fn ui_locales(&self) -> Vec<Locale> {
        let query = self.parse().unwrap_or_default();
        let list = query.one("ui_locales").ok().flatten().unwrap_or_default();
        split_spaces(list).map(Locale::new).collect()
    }

    /// The account that the client expects (OpenID Connect Core section 3.1.2.1), for the login
    /// form only.
    #[must_use]
    pub fn login_hint(&self) -> Option<LoginHint> {
        let query = self.parse().unwrap_or_default();
        query.one("login_hint").ok().flatten().map(LoginHint::new)
    }

    /// Parses the pairs.
    ///
    /// ```
    /// use countersign::protocol::{RawQuery, RequestError};
    ///
    /// let query = RawQuery::new("?state=a%2Bb&scope=openid&scope=email").parse()?;
    /// assert_eq!(query.one("state")?, Some("a+b"));
    /// assert_eq!(query.one("scope"), Err(RequestError::Duplicate("scope")));
    /// # Ok::<(), RequestError>(())
    /// ```
    ///
    /// # Errors
    /// [`RequestError::TooLong`] if the query is longer than [`limits::QUERY`].
    pub fn parse(&self) -> Result<Query, RequestError> {
        Query::parse(&self.0)
    }

    /// Parses the query of a logout request (RP-Initiated Logout section 2). No parameter is
    /// required.
    ///
    /// # Errors
    /// Fails if `client_id` or `post_logout_redirect_uri` repeats, or if the query is too long.
    pub fn parse_logout(&self) -> Result<Query, RequestError> {
        let query = self.parse()?;
        query.one("client_id")?;
        query.one("post_logout_redirect_uri")?;
        Ok(query)
    }
}

impl fmt::Debug for RawQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawQuery([redacted], {} bytes)", self.0.len())
    }
}

/// The decoded pairs of a query, in order, including unknown ones.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    fn parse(text: &str) -> Result<Self, RequestError> {
        if text.len() > limits::QUERY {
            return Err(RequestError::TooLong);
        }
        let pairs = split(text, b'&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = split_once(pair, b'=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        });
        Ok(Self { pairs: pairs.collect() })
    }

    /// Every non-empty value of a name, in order. Only `resource` may repeat (RFC 8707 section 2).
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.named(name).filter(|value| !value.is_empty())
    }

    /// The value of a name. An empty value counts as absent (RFC 6749 section 3.1).
    ///
    /// # Errors
    /// [`RequestError::Duplicate`] if the name repeats, whatever its values are.
    pub fn one(&self, name: &'static str) -> Result<Option<&str>, RequestError> {
        let mut values = self.named(name);
        let first = values.next();
        match values.next() {
            Some(_) => Err(RequestError::Duplicate(name)),
            None => Ok(first.filter(|value| !value.is_empty())),
        }
    }

    /// Every pair, decoded, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs().filter(move |(other, _)| *other == name).map(|(_, value)| value)
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.pairs().map(|(name, _)| name)).finish()
    }
}

/// The items of a space-separated list.
pub(super) fn split_spaces(list: &str) -> impl Iterator<Item = &str> {
    split(list, b' ').filter(|item| !item.is_empty())
}

/// Decodes form data as the URL standard does: `+` is a space, a stray `%` is literal, and invalid
/// UTF-8 becomes U+FFFD.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let escape = if byte == b'%' { escaped(rest.clone()) } else { None };
        match (byte, escape) {
            (_, Some(value)) => {
                rest.next();
                rest.next();
                bytes.push(value);
            }
            (b'+', None) => bytes.push(b' '),
            (other, None) => bytes.push(other),
        }
    }
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The byte of the next two hexadecimal digits.
fn escaped(mut ahead: std::str::Bytes<'_>) -> Option<u8> {
    let mut digit = || char::from(ahead.next()?).to_digit(16);
    let (high, low) = (digit()?, digit()?);
    u8::try_from(high * 16 + low).ok()
}

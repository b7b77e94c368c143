//! Cookies of a request, and those that an answer sets.

use std::collections::BTreeMap;

use http::{HeaderMap, header};

/// The cookies of a request by name: a name can have several values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cookies(BTreeMap<String, Vec<String>>);

impl Cookies {
    /// Reads the header `Cookie`.
    #[must_use]
    pub fn read(headers: &HeaderMap) -> Self {
        let mut cookies = BTreeMap::<String, Vec<String>>::new();
        for line in headers.get_all(header::COOKIE) {
            let line = String::from_utf8_lossy(line.as_bytes());
            for (name, value) in line.split(';').filter_map(|pair| pair.split_once('=')) {
                if !name.is_empty() {
                    let values = cookies.entry(name.trim().to_owned()).or_default();
                    values.push(value.trim().to_owned());
                }
            }
        }
        Self(cookies)
    }

    /// The values of a name, in the order of the request.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).into_iter().flatten().map(String::as_str)
    }

    /// The first value of a name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The names that begin with a prefix, in order.
    pub fn names<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.keys().map(String::as_str).filter(move |name| name.starts_with(prefix))
    }
}

/// A `Set-Cookie`. On https a name has the prefix `__Host-`, so that no sibling host can set it
/// (RFC 6265bis section 4.1.3.2). Over http browsers know no such rule.
#[must_use]
pub fn cookie(name: &str, value: &str, secure: bool, seconds: i64) -> String {
    let secure = if secure { "; Secure" } else { "" };
    let seconds = seconds.max(0);
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}; Max-Age={seconds}")
}

/// The name of the cookie that says which browser this is: only for limits, and to know that it
/// keeps cookies at all.
#[must_use]
pub const fn browser_cookie(secure: bool) -> &'static str {
    if secure { "__Host-countersign" } else { "countersign" }
}

/// What the names of cookies of open requests begin with.
#[must_use]
pub const fn cookie_prefix(secure: bool) -> &'static str {
    if secure { "__Host-countersign-" } else { "countersign-" }
}

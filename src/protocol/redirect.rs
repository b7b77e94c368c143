//! The only way to an address that may be opened: [`RedirectTarget::check`].

use std::fmt;

use thiserror::Error;

use crate::platform::{ParsedUrl, Platform};

/// An address from the backend, checked on arrival.
pub type Address = Result<RedirectTarget, UnsafeAddress>;

/// An address the page may go to: `https`, `http` on this device, or, for a native client, its private scheme.
///
/// Only [`RedirectTarget::check`] makes one, and only the effect `Navigate` uses one up. `Debug` shows where it leads and
/// hides the rest, since it carries the code and `state`.
#[derive(Clone, PartialEq, Eq)]
pub struct RedirectTarget {
    address: String,
    host: String,
    kind: AddressKind,
    intermediate: bool,
}

/// What stands behind an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressKind {
    /// A site, over `https`.
    Web,
    /// A program on the user's own device, over `http` (RFC 8252 section 7.3).
    Loopback,
    /// An app, by its private-use scheme (RFC 8252 section 7.1). Opening one leaves this page where it is.
    App,
}

/// Why an address is never opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UnsafeAddress {
    /// It is no absolute URL, or it has blanks or control characters, which readers of URLs disagree about.
    #[error("not an address")]
    Malformed,
    /// Its scheme runs code, reads files or is not encrypted.
    #[error("a scheme that is never opened")]
    Scheme,
    /// `http` to another device.
    #[error("not encrypted")]
    Insecure,
    /// A private scheme, but the backend did not mark the client as native.
    #[error("a private scheme for a client that is not native")]
    NotNative,
    /// It leads elsewhere than the card said.
    #[error("another host than the one that was shown")]
    Elsewhere,
    /// It carries a user name or a password, which serve to disguise the host.
    #[error("it carries a user name")]
    Credentials,
}

impl UnsafeAddress {
    /// A stable word for developers.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "address_malformed",
            Self::Scheme => "address_scheme",
            Self::Insecure => "address_insecure",
            Self::NotNative => "address_not_native",
            Self::Elsewhere => "address_elsewhere",
            Self::Credentials => "address_credentials",
        }
    }
}

/// Schemes that no client may have, native or not: they run code, read local data or belong to the browser.
const NEVER: [&str; 15] = [
    "javascript",
    "data",
    "blob",
    "file",
    "vbscript",
    "filesystem",
    "view-source",
    "about",
    "chrome",
    "ftp",
    "ws",
    "wss",
    "intent",
    "mailto",
    "tel",
];

impl RedirectTarget {
    /// Checks an address the backend gave. `native` is the backend's word for the client.
    ///
    /// ```
    /// use countersign::{platform::native::Native, protocol::{RedirectTarget, UnsafeAddress}};
    ///
    /// let home = RedirectTarget::check("https://printer.example/cb?code=1", false, &Native)?;
    /// assert_eq!(home.host(), "printer.example");
    /// let script = RedirectTarget::check("javascript:alert(1)", true, &Native);
    /// assert_eq!(script, Err(UnsafeAddress::Scheme));
    /// # Ok::<(), UnsafeAddress>(())
    /// ```
    ///
    /// # Errors
    /// [`UnsafeAddress`] for everything but `https`, `http` on this device, and a native client's private scheme.
    pub fn check(address: &str, native: bool, platform: &dyn Platform) -> Address {
        if !is_clean(address) {
            return Err(UnsafeAddress::Malformed);
        }
        let url = platform
            .parse_url(address, None)
            .ok_or(UnsafeAddress::Malformed)?;
        if url.is_relative(address) {
            return Err(UnsafeAddress::Malformed);
        }
        if !url.username.is_empty() || !url.password.is_empty() {
            return Err(UnsafeAddress::Credentials);
        }
        let (kind, host) = Self::classify(&url, native)?;
        Ok(Self {
            address: address.to_owned(),
            host,
            kind,
            intermediate: false,
        })
    }

    /// The same address as a step on the way: the backend says that it is the authorization server's own, and that it leads on to where
    /// the card said.
    #[must_use]
    pub fn intermediate(self, intermediate: bool) -> Self {
        Self {
            intermediate,
            ..self
        }
    }

    /// Whether it is a step on the way.
    #[must_use]
    pub const fn is_intermediate(&self) -> bool {
        self.intermediate
    }

    fn classify(url: &ParsedUrl, native: bool) -> Result<(AddressKind, String), UnsafeAddress> {
        match url.scheme.as_str() {
            "https" if url.hostname.is_empty() => Err(UnsafeAddress::Malformed),
            "https" => Ok((AddressKind::Web, url.host.clone())),
            "http" if is_loopback(&url.hostname) => Ok((AddressKind::Loopback, url.host.clone())),
            "http" => Err(UnsafeAddress::Insecure),
            scheme if NEVER.contains(&scheme) => Err(UnsafeAddress::Scheme),
            _ if !native => Err(UnsafeAddress::NotNative),
            scheme => Ok((AddressKind::App, format!("{scheme}://{}", url.host))),
        }
    }

    /// The whole address, for opening it and for nothing else.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// The host with its port, in full, as the URL standard writes it (punycode); for an app, scheme and host.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What stands behind the address.
    #[must_use]
    pub const fn kind(&self) -> AddressKind {
        self.kind
    }
}

impl fmt::Debug for RedirectTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "RedirectTarget({:?}, {}, [redacted])",
            self.kind, self.host
        )
    }
}

/// Whether an address has no spaces and no control characters. URL parsers disagree about these.
pub(super) fn is_clean(address: &str) -> bool {
    let is_unclear = |c: char| c.is_control() || matches!(c, ' ' | '\u{a0}');
    !address.contains(is_unclear)
}

/// Whether a host name, as the URL standard writes it, is this device.
fn is_loopback(hostname: &str) -> bool {
    hostname == "localhost" || hostname == "[::1]" || {
        // The URL standard has written every IPv4 address with four numbers by now.
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let mut parts = hostname.split('.');
        parts.next() == Some("127")
            && parts.by_ref().take(3).filter(|part| digits(part)).count() == 3
            && parts.next().is_none()
    }
}

//! Safe addresses to open. Only [`RedirectTarget::check`] creates one.

use std::fmt;

use thiserror::Error;

use crate::{
    platform::{ParsedUrl, Platform},
    strings::{before, concat, split},
};

/// An address from the backend, checked when the response is read.
pub type Address = Result<RedirectTarget, UnsafeAddress>;

/// An address that the page may open: `https`, `http` on this device or, for a native client, its
/// private-use scheme.
///
/// Only [`RedirectTarget::check`] creates one, and only the effect `Navigate` opens one. `Debug`
/// shows the host only, because the rest contains the code and `state`.
#[derive(Clone, PartialEq, Eq)]
pub struct RedirectTarget {
    address: String,
    host: String,
    kind: AddressKind,
    intermediate: bool,
}

/// The kind of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AddressKind {
    /// A site, by `https`.
    Web,
    /// A program on the user's device, by `http` (RFC 8252 section 7.3).
    Loopback,
    /// An app, by its private-use scheme (RFC 8252 section 7.1). The browser stays on this page
    /// when it opens one.
    App,
}

/// Why the page refuses to open an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UnsafeAddress {
    /// The address is not an absolute URL, or has spaces or control characters, which URL parsers
    /// treat differently.
    #[error("not an address")]
    Malformed,
    /// The scheme runs code, reads files or is not encrypted.
    #[error("a scheme that is never opened")]
    Scheme,
    /// The address is `http` on another device.
    #[error("not encrypted")]
    Insecure,
    /// The scheme is a private-use scheme, but the client is not native.
    #[error("a private scheme for a client that is not native")]
    NotNative,
    /// The address leads to another host than the card showed.
    #[error("another host than the one that was shown")]
    Elsewhere,
    /// The address contains a user name or a password, which can disguise the host.
    #[error("it carries a user name")]
    Credentials,
}

impl UnsafeAddress {
    /// The stable error code.
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

/// Schemes that are never opened, even for a native client: the browser or the operating system
/// handles them itself. Which other private-use schemes a client may have, the server decides when
/// it registers the client.
const HANDLERS: &str = "about admin afp app-prefs applescript apt blob brave calculator callto \
    cid content data dav davs devtools dict edge feed file filesystem firefox ftp ftps geo gopher \
    hcp help imap intent irc isolated-app its jar javascript ldap ldaps livescript magnet mailto \
    maps market message mhtml mid mk mocha news nfs nntp onenote onenote-cmd opera package prefs \
    rdp res resource rlogin search sftp shell shortcuts sip sips skype smb sms smsto snap ssh tel \
    telnet telprompt tn3270 urn vbscript view-source vivaldi vnc wais webcal windowsdefender \
    workflow ws wss wyciwyg";

/// The beginnings of families of such schemes.
const HANDLER_FAMILIES: &str = "android chrome facetime googlechrome itms itunes macapp microsoft \
    mms ms- moz- rtsp safari search-ms web+ ext+ x-apple x-man x-msdownload x-web xbox";

/// Whether the browser or the operating system handles a scheme itself.
fn is_handler(scheme: &str) -> bool {
    split(HANDLERS, b' ').any(|handler| handler == scheme)
        || split(HANDLER_FAMILIES, b' ').any(|family| scheme.starts_with(family))
}

impl RedirectTarget {
    /// Checks an address from the backend. `native` says whether the backend marks the client as
    /// native.
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
    /// [`UnsafeAddress`] unless the address is `https`, `http` on this device, or a native client's
    /// private-use scheme.
    pub fn check(address: &str, native: bool, platform: &dyn Platform) -> Address {
        if !is_clean(address) {
            return Err(UnsafeAddress::Malformed);
        }
        let url = platform.parse_url(address, None).ok_or(UnsafeAddress::Malformed)?;
        if url.is_relative(address) {
            return Err(UnsafeAddress::Malformed);
        }
        if !url.username.is_empty() || !url.password.is_empty() {
            return Err(UnsafeAddress::Credentials);
        }
        let (kind, host) = Self::classify(&url, address, native)?;
        Ok(Self { address: address.to_owned(), host, kind, intermediate: false })
    }

    /// Marks the address as an intermediate step. The backend says that the address belongs to the
    /// authorization server and leads on to the host on the card.
    #[must_use]
    pub fn intermediate(self, intermediate: bool) -> Self {
        Self { intermediate, ..self }
    }

    /// Whether the address is an intermediate step.
    #[must_use]
    pub const fn is_intermediate(&self) -> bool {
        self.intermediate
    }

    fn classify(
        url: &ParsedUrl,
        address: &str,
        native: bool,
    ) -> Result<(AddressKind, String), UnsafeAddress> {
        match url.scheme.as_str() {
            "https" if url.hostname.is_empty() => Err(UnsafeAddress::Malformed),
            "https" => Ok((AddressKind::Web, url.host.clone())),
            "http" if is_loopback(&url.hostname) => Ok((AddressKind::Loopback, url.host.clone())),
            "http" => Err(UnsafeAddress::Insecure),
            scheme if is_handler(scheme) => Err(UnsafeAddress::Scheme),
            _ if !native => Err(UnsafeAddress::NotNative),
            // Parsers encode other characters in different ways.
            _ if !address.is_ascii() => Err(UnsafeAddress::Malformed),
            scheme => {
                let rest = address.get(scheme.len()..).unwrap_or_default();
                let rest = before(before(rest, b'#'), b'?');
                Ok((AddressKind::App, concat(&[scheme, rest])))
            }
        }
    }

    /// Whether the address hands an error back to the client (RFC 6749 section 4.1.2.1), in its query
    /// or in its fragment.
    #[must_use]
    pub fn is_error(&self) -> bool {
        let mut parts = self.address.as_bytes().windows(7);
        parts.any(|part| matches!(part, [b'?' | b'&' | b'#', name @ ..] if name == b"error="))
    }

    /// The complete address. Use it only to open the address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// The host with its port, as the URL standard serializes it (Punycode). For an app: the address
    /// without query and fragment.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The kind of the address.
    #[must_use]
    pub const fn kind(&self) -> AddressKind {
        self.kind
    }
}

impl fmt::Debug for RedirectTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedirectTarget({:?}, {}, [redacted])", self.kind, self.host)
    }
}

/// Whether an address has no spaces and no control characters. URL parsers disagree about these.
pub(super) fn is_clean(address: &str) -> bool {
    let is_unclear = |c: char| c.is_control() || matches!(c, ' ' | '\u{a0}');
    !address.contains(is_unclear)
}

/// Whether a host name, as the URL standard serializes it, is this device.
fn is_loopback(hostname: &str) -> bool {
    hostname == "localhost" || hostname == "[::1]" || {
        // The URL standard serializes every IPv4 address as four decimal numbers.
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let mut parts = split(hostname, b'.');
        parts.next() == Some("127")
            && parts.by_ref().take(3).filter(|part| digits(part)).count() == 3
            && parts.next().is_none()
    }
}

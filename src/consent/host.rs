//! A host name split into subdomain, registrable domain and port.

use crate::strings::{concat, split, split_last, split_once};

/// A host name as the card shows it: complete, in Punycode, with the registrable domain apart from
/// the rest.
///
/// ```
/// use countersign::consent::HostName;
///
/// let host = HostName::new("login.example.com:8443", Some("example.com"));
/// assert_eq!((host.subdomain(), host.domain(), host.port()), ("login.", "example.com", ":8443"));
/// // A claim that does not fit is none.
/// let host = HostName::new("login.evil.test", Some("example.com"));
/// assert_eq!((host.subdomain(), host.domain()), ("login.evil.test", ""));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostName {
    subdomain: String,
    domain: String,
    port: String,
}

impl HostName {
    /// Splits `host`, which is serialized by the URL standard and may have a port. The backend
    /// provides `registrable`, by the public suffix list. Without it, the domain is known only of a
    /// name of two labels: no shorter one can be registered.
    #[must_use]
    pub fn new(host: &str, registrable: Option<&str>) -> Self {
        let name = without_port(host);
        let port = host.get(name.len()..).unwrap_or_default();
        let domain = registrable
            .filter(|domain| domain.contains('.') && within(name, domain))
            .unwrap_or(if is_address(name) || !has_two_dots(name) { name } else { "" });
        let subdomain = name.strip_suffix(domain).unwrap_or_default();
        Self { subdomain: subdomain.to_owned(), domain: domain.to_owned(), port: port.to_owned() }
    }

    /// The address of an app, without query and fragment. Its scheme takes the place of the domain,
    /// because the rest says nothing about which app it is.
    #[must_use]
    pub(super) fn app(address: &str) -> Self {
        let (domain, port) = address.split_at(address.find(':').unwrap_or(address.len()));
        Self { subdomain: String::new(), domain: domain.to_owned(), port: port.to_owned() }
    }

    /// The subdomain, with its trailing dot, or the whole name if the domain is not known.
    #[must_use]
    pub fn subdomain(&self) -> &str {
        &self.subdomain
    }

    /// The registrable domain, or the whole of an IP address or of a name of one or two labels. For
    /// an app, its scheme. Empty if it is not known.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The port, with its colon. For an app, what follows its scheme.
    #[must_use]
    pub fn port(&self) -> &str {
        &self.port
    }

    /// The whole host name.
    #[must_use]
    pub fn whole(&self) -> String {
        concat(&[&self.subdomain, &self.domain, &self.port])
    }
}

/// The host without its port. An IPv6 address keeps its brackets.
pub(super) fn without_port(host: &str) -> &str {
    match split_last(host, b':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a name has more than two labels, or two and a closing dot.
fn has_two_dots(name: &str) -> bool {
    split_once(name, b'.').is_some_and(|(_, rest)| rest.contains('.'))
}

/// Whether a name is a domain or one of its subdomains.
pub(super) fn within(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Whether a host is an IP address. The URL standard serializes every IPv4 address as four decimal
/// numbers, and rejects names that end in a number.
pub(super) fn is_address(host: &str) -> bool {
    let name = without_port(host);
    let last = split_last(name, b'.').map_or(name, |(_, last)| last);
    name.starts_with('[') || (!last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a label of the host encodes non-ASCII letters (RFC 3492).
pub(super) fn has_punycode(host: &str) -> bool {
    split(host, b'.').any(|label| label.starts_with("xn--"))
}

//! A host, with the part told apart that somebody registered.

/// A host as it is shown: in full, in punycode, the registered part apart from what its owner puts around it.
///
/// ```
/// use countersign::consent::HostName;
///
/// let host = HostName::new("accounts.example.com:8443", Some("example.com"));
/// assert_eq!((host.subdomain(), host.domain(), host.port()), ("accounts.", "example.com", ":8443"));
/// // A claim that does not fit is none.
/// assert_eq!(HostName::new("evil.test", Some("example.com")).domain(), "evil.test");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostName {
    subdomain: String,
    domain: String,
    port: String,
}

impl HostName {
    /// `host` as the URL standard writes it, with its port; `registrable` is the backend's word, by the public-suffix list.
    #[must_use]
    pub fn new(host: &str, registrable: Option<&str>) -> Self {
        let name = without_port(host);
        let port = host.get(name.len()..).unwrap_or_default();
        let domain = registrable
            .filter(|domain| domain.contains('.') && within(name, domain))
            .unwrap_or(name);
        let subdomain = name.strip_suffix(domain).unwrap_or_default();
        Self {
            subdomain: subdomain.to_owned(),
            domain: domain.to_owned(),
            port: port.to_owned(),
        }
    }

    /// What the owner put before the registered part, with its dot.
    #[must_use]
    pub fn subdomain(&self) -> &str {
        &self.subdomain
    }

    /// The registered part, or the whole name where that is not known.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The port, with its colon.
    #[must_use]
    pub fn port(&self) -> &str {
        &self.port
    }

    /// The whole host.
    #[must_use]
    pub fn whole(&self) -> String {
        [&*self.subdomain, &*self.domain, &*self.port].concat()
    }
}

/// A host without its port. An IPv6 address keeps its brackets.
pub(super) fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a name is a domain itself or below it.
pub(super) fn within(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Whether a host is a bare network address. The URL standard has written every IPv4 address as four numbers by now, and a name
/// whose last label is a number is none.
pub(super) fn is_address(host: &str) -> bool {
    let name = without_port(host);
    let last = name.rsplit('.').next().unwrap_or_default();
    name.starts_with('[') || (!last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a label of the host stands for letters beyond ASCII (RFC 3492).
pub(super) fn has_punycode(host: &str) -> bool {
    host.split('.').any(|label| label.starts_with("xn--"))
}

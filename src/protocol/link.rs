//! Links for the user: the client's home page, terms of service and privacy policy.

use super::redirect::is_clean;
use crate::platform::Platform;

/// An `https` address from the client's metadata. The card shows it with its host, so that the user
/// knows where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    address: String,
    host: String,
}

impl Link {
    /// Checks an address. It must be `https`, without a user name, spaces or control characters.
    ///
    /// ```
    /// use countersign::{platform::native::Native, protocol::Link};
    ///
    /// assert!(Link::check("https://printer.example/terms", &Native).is_some());
    /// assert!(Link::check("http://printer.example/terms", &Native).is_none());
    /// ```
    #[must_use]
    pub fn check(address: &str, platform: &dyn Platform) -> Option<Self> {
        let url = platform.parse_url(address, None)?;
        let plain = is_clean(address)
            && url.scheme == "https"
            && !url.is_relative(address)
            && url.username.is_empty()
            && url.password.is_empty()
            && !url.host.is_empty();
        plain.then(|| Self { address: address.to_owned(), host: url.host })
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// The host with its port, in Punycode.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }
}

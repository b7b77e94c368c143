//! Which logos may be loaded. The server of a logo learns who visits the page.

use countersign::{platform::Services, strings::concat};

/// The origins that logos may be loaded from.
pub(crate) struct Logos<'a> {
    pub services: &'a dyn Services,
    /// The page's own origin, the API's, and those that the team allows.
    pub origins: Vec<String>,
}

impl Logos<'_> {
    /// The address, if it may be loaded.
    pub(crate) fn allowed(&self, address: Option<String>) -> Option<String> {
        address.filter(|address| {
            let origin = self.origin(address);
            origin.is_some() && self.origins.iter().any(|one| self.origin(one) == origin)
        })
    }

    fn origin(&self, address: &str) -> Option<String> {
        let url = self.services.parse_url(address, None)?;
        let web = matches!(url.scheme.as_str(), "https" | "http") && !url.is_relative(address);
        web.then(|| concat(&[&url.scheme, "://", &url.host]))
    }
}

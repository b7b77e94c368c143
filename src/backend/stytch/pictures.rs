//! Which logos may be loaded: whoever serves one learns who looks at the page.

use crate::platform::Services;

/// The origins that pictures may come from.
pub(super) struct Pictures<'a> {
    pub services: &'a dyn Services,
    /// The page's own origin, the API's, and those the team names.
    pub origins: Vec<String>,
}

impl Pictures<'_> {
    /// The address, where it may be loaded.
    pub(super) fn allowed(&self, address: Option<String>) -> Option<String> {
        address.filter(|address| {
            let origin = self.origin(address);
            origin.is_some_and(|origin| {
                let mut known = self.origins.iter().filter_map(|one| self.origin(one));
                known.any(|one| one == origin)
            })
        })
    }

    fn origin(&self, address: &str) -> Option<String> {
        let url = self.services.parse_url(address, None)?;
        let web = matches!(url.scheme.as_str(), "https" | "http") && !url.is_relative(address);
        web.then(|| format!("{}://{}", url.scheme, url.host))
    }
}

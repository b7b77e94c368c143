//! The session cookies, as Stytch's SDK keeps them.

use crate::{StytchCookies, StytchPlatform};
use countersign::strings::concat;

const EPOCH: &str = "Thu, 01 Jan 1970 00:00:00 GMT";

/// Reads and writes the session cookies.
pub(crate) struct CookieJar<'a> {
    pub page: &'a dyn StytchPlatform,
    pub names: &'a StytchCookies,
}

impl CookieJar<'_> {
    /// The session token, if scripts can read it.
    pub(crate) fn token(&self) -> Option<String> {
        let token = self.page.cookie(&self.names.session);
        token.filter(|token| !token.is_empty())
    }

    /// Replaces both session cookies.
    pub(crate) fn write(&self, token: &str, jwt: &str, expires_at: Option<&str>) {
        self.clear();
        let names = self.names;
        let expires = expires_at.and_then(|time| self.page.http_date(time));
        let expires = expires.map(|date| concat(&["; expires=", &date]));
        let expires = expires.unwrap_or_default();
        let attributes = self.attributes(
            names.path.as_deref(),
            names.domain.as_deref(),
            names.available_to_subdomains,
        );
        for (name, value) in [(&names.session, token), (&names.session_jwt, jwt)] {
            let value = self.page.encode(value);
            let cookie = concat(&[name, "=", &value, &expires, &attributes]);
            self.page.set_cookie(&cookie);
        }
    }

    /// Removes the cookies of the session and of a login in progress.
    pub(crate) fn clear(&self) {
        let names = self.names;
        self.remove(&[&names.session, &names.session_jwt, &names.intermediate]);
    }

    /// Removes the cookies of a session that has ended. A login in progress stays.
    pub(crate) fn forget(&self) {
        self.remove(&[&self.names.session, &self.names.session_jwt]);
    }

    /// A cookie is removed only with the path and domain that it was set with, so this tries each
    /// combination that the page could have used.
    fn remove(&self, cookies: &[&str]) {
        let names = self.names;
        let mut all = Vec::new();
        for subdomains in [true, false] {
            for path in [names.path.as_deref(), None] {
                for domain in [names.domain.as_deref(), None] {
                    let attributes = self.attributes(path, domain, subdomains);
                    if !all.contains(&attributes) {
                        all.push(attributes);
                    }
                }
            }
        }
        for attributes in all {
            for name in cookies {
                let cookie = concat(&[name, "=; expires=", EPOCH, &attributes]);
                self.page.set_cookie(&cookie);
            }
        }
    }

    fn attributes(&self, path: Option<&str>, domain: Option<&str>, subdomains: bool) -> String {
        let path = path.unwrap_or("/");
        let hostname = self.page.hostname();
        if is_local(&hostname) {
            return concat(&["; path=", path, "; samesite=lax"]);
        }
        let domain = subdomains.then(|| concat(&["; domain=", domain.unwrap_or(&hostname)]));
        let domain = domain.unwrap_or_default();
        concat(&["; path=", path, "; samesite=lax", &domain, "; secure"])
    }
}

/// Development happens on these hosts without TLS, so their cookies are not `Secure`.
fn is_local(hostname: &str) -> bool {
    matches!(hostname, "localhost" | "[::1]") || hostname.starts_with("127.")
}

//! What the adapter asks of the page it is on, and the session cookies as Stytch's SDK keeps them.

use super::StytchCookies;

/// The page: its cookies, its clock and what a call has to say of it. In a browser, crate `countersign-leptos` has one.
pub trait StytchPage {
    /// The value of a cookie, decoded. `None` where there is none, or none that scripts may read.
    fn cookie(&self, name: &str) -> Option<String>;

    /// Sets a cookie, as `document.cookie` takes it.
    fn set_cookie(&self, cookie: &str);

    /// The page's origin (RFC 6454).
    fn origin(&self) -> String;

    /// The host name of the page, without the port.
    fn hostname(&self) -> String;

    /// A text in base64 (RFC 4648 section 4).
    fn base64(&self, text: &str) -> String;

    /// A text, percent-encoded for a cookie's value.
    fn encode(&self, text: &str) -> String;

    /// A moment (RFC 3339) in milliseconds since the Unix epoch.
    fn milliseconds(&self, moment: &str) -> Option<f64>;

    /// A moment (RFC 3339) as cookies have it (RFC 9110 section 5.6.7).
    fn http_date(&self, moment: &str) -> Option<String>;

    /// Now (RFC 3339).
    fn now(&self) -> String;

    /// The time zone's name.
    fn time_zone(&self) -> String;

    /// A fresh identifier. It need not be secret, only different each time.
    fn identifier(&self) -> String;
}

const EPOCH: &str = "Thu, 01 Jan 1970 00:00:00 GMT";

/// Keeps the session cookies.
pub(super) struct CookieJar<'a> {
    pub page: &'a dyn StytchPage,
    pub names: &'a StytchCookies,
}

impl CookieJar<'_> {
    /// The session token, where it can be read.
    pub(super) fn token(&self) -> Option<String> {
        let token = self.page.cookie(&self.names.session);
        token.filter(|token| !token.is_empty())
    }

    /// Writes both session cookies; what was there before goes, wherever it was set.
    pub(super) fn write(&self, token: &str, jwt: &str, expires_at: Option<&str>) {
        self.clear();
        let expires = expires_at.and_then(|moment| self.page.http_date(moment));
        let expires = expires.map(|date| format!("; expires={date}"));
        let expires = expires.unwrap_or_default();
        let names = self.names;
        let place = self.place(
            names.path.as_deref(),
            names.domain.as_deref(),
            names.available_to_subdomains,
        );
        for (name, value) in [(&names.session, token), (&names.session_jwt, jwt)] {
            let value = self.page.encode(value);
            self.page
                .set_cookie(&format!("{name}={value}{expires}{place}"));
        }
    }

    /// Clears everything of the session and of a login that was under way.
    pub(super) fn clear(&self) {
        let names = self.names;
        self.remove(&[&names.session, &names.session_jwt, &names.intermediate]);
    }

    /// Clears a session that is over. A login may be under way, and stays.
    pub(super) fn forget(&self) {
        self.remove(&[&self.names.session, &self.names.session_jwt]);
    }

    /// A cookie goes only where path and domain are those it was set with, so every place is tried that this page could
    /// have set it at.
    fn remove(&self, cookies: &[&str]) {
        let names = self.names;
        let mut places = Vec::new();
        for subdomains in [true, false] {
            for path in [names.path.as_deref(), None] {
                for domain in [names.domain.as_deref(), None] {
                    let place = self.place(path, domain, subdomains);
                    if !places.contains(&place) {
                        places.push(place);
                    }
                }
            }
        }
        for place in places {
            for name in cookies {
                self.page
                    .set_cookie(&format!("{name}=; expires={EPOCH}{place}"));
            }
        }
    }

    /// The attributes that say where a cookie counts.
    fn place(&self, path: Option<&str>, domain: Option<&str>, subdomains: bool) -> String {
        let path = path.unwrap_or("/");
        let hostname = self.page.hostname();
        if is_this_device(&hostname) {
            return format!("; path={path}; samesite=lax");
        }
        let domain = subdomains.then(|| format!("; domain={}", domain.unwrap_or(&hostname)));
        let domain = domain.unwrap_or_default();
        format!("; path={path}; samesite=lax{domain}; secure")
    }
}

/// Where development happens without TLS, no cookie is marked secure.
fn is_this_device(hostname: &str) -> bool {
    matches!(hostname, "localhost" | "[::1]") || hostname.starts_with("127.")
}

//! Stytch's adapter, and the page as it needs it, by the element's own hands: in JavaScript each of these is a word.

use std::rc::Rc;

use countersign_leptos::{
    Browser,
    countersign::{
        Realm,
        backend::{
            Backend,
            stytch::{StytchBackend, StytchCookies, StytchOptions, StytchPage},
        },
        platform::JsonValue,
    },
};

use crate::{
    host::Host,
    settings::{is, text, texts},
    transport::Outside,
};

/// The backend of a project.
pub(crate) fn backend(
    project: &dyn JsonValue,
    realm: Realm,
    transport: Rc<Outside>,
    host: &Host,
) -> Rc<dyn Backend> {
    let page = Rc::new(Page(host.clone()));
    let backend = StytchBackend::new(realm, options(project), transport, Rc::new(Browser), page);
    Rc::new(backend)
}

fn options(from: &dyn JsonValue) -> StytchOptions {
    let default = StytchCookies::default();
    StytchOptions {
        custom_base_url: text(from, "customBaseUrl"),
        cookies: StytchCookies {
            session: text(from, "sessionCookie").unwrap_or(default.session),
            session_jwt: text(from, "jwtCookie").unwrap_or(default.session_jwt),
            intermediate: text(from, "intermediateCookie").unwrap_or(default.intermediate),
            path: text(from, "cookiePath"),
            domain: text(from, "cookieDomain"),
            available_to_subdomains: is(from, "cookieSubdomains"),
        },
        project_name: text(from, "projectName"),
        bootstrap: is(from, "bootstrap"),
        picture_origins: texts(from, "pictureOrigins"),
        granted_without_consent: is(from, "grantedWithoutConsent"),
        ..StytchOptions::new(text(from, "publicToken").unwrap_or_default())
    }
}

/// [`StytchPage`] by way of the host.
struct Page(Host);

impl Page {
    fn text(&self, what: &str, text: &str) -> Option<String> {
        self.0.page(what, text).ok()?.as_string()
    }

    fn said(&self, what: &str, text: &str) -> String {
        self.text(what, text).unwrap_or_default()
    }
}

impl StytchPage for Page {
    fn cookie(&self, name: &str) -> Option<String> {
        self.text("cookie", name)
    }

    fn set_cookie(&self, cookie: &str) {
        self.text("setCookie", cookie);
    }

    fn origin(&self) -> String {
        self.said("origin", "")
    }

    fn hostname(&self) -> String {
        self.said("hostname", "")
    }

    fn base64(&self, text: &str) -> String {
        self.said("base64", text)
    }

    fn encode(&self, text: &str) -> String {
        self.said("encode", text)
    }

    fn milliseconds(&self, moment: &str) -> Option<f64> {
        let at = self.0.page("milliseconds", moment).ok()?.as_f64()?;
        (!at.is_nan()).then_some(at)
    }

    fn http_date(&self, moment: &str) -> Option<String> {
        self.text("httpDate", moment)
    }

    fn now(&self) -> String {
        self.said("now", "")
    }

    fn time_zone(&self) -> String {
        self.said("timeZone", "")
    }

    fn identifier(&self) -> String {
        self.said("identifier", "")
    }
}

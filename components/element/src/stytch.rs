//! The backend of a Stytch project. Its platform calls the script of the element: the same code in
//! Rust would be larger.

use std::rc::Rc;

use countersign_stytch::{StytchBackend, StytchCookies, StytchOptions, StytchPlatform};
use countersign_web::{
    Browser,
    countersign::{Realm, backend::Backend, platform::JsonValue},
};

use crate::{
    bridge::Bridge,
    settings::{is, text, texts},
    transport::BridgeTransport,
};

/// The backend of a project.
pub(crate) fn backend(
    project: &dyn JsonValue,
    realm: Realm,
    transport: Rc<BridgeTransport>,
    bridge: &Bridge,
) -> Rc<dyn Backend> {
    let page = Rc::new(Page(bridge.clone()));
    let backend = StytchBackend::new(realm, options(project), transport, Rc::new(Browser), page);
    Rc::new(backend)
}

fn options(from: &dyn JsonValue) -> StytchOptions {
    let mut options = StytchOptions::new(text(from, "publicToken").unwrap_or_default());
    options.custom_base_url = text(from, "customBaseUrl");
    options.cookies = cookies(from);
    options.project_name = text(from, "projectName");
    options.bootstrap = is(from, "bootstrap");
    options.picture_origins = texts(from, "pictureOrigins");
    options.granted_without_consent = is(from, "grantedWithoutConsent");
    options.verified_clients = texts(from, "verifiedClients");
    options
}

fn cookies(from: &dyn JsonValue) -> StytchCookies {
    let mut cookies = StytchCookies::default();
    for (name, cookie) in [
        ("opaqueTokenCookieName", &mut cookies.session),
        ("jwtCookieName", &mut cookies.session_jwt),
        ("istCookieName", &mut cookies.intermediate),
    ] {
        if let Some(own) = text(from, name) {
            *cookie = own;
        }
    }
    cookies.path = text(from, "path");
    cookies.domain = text(from, "domain");
    cookies.available_to_subdomains = is(from, "availableToSubdomains");
    cookies
}

/// [`StytchPlatform`] by the script of the element.
struct Page(Bridge);

impl Page {
    fn text(&self, what: &str, text: &str) -> Option<String> {
        self.0.page(what, text).ok()?.as_string()
    }

    fn string(&self, what: &str, text: &str) -> String {
        self.text(what, text).unwrap_or_default()
    }
}

impl StytchPlatform for Page {
    fn cookie(&self, name: &str) -> Option<String> {
        self.text("cookie", name)
    }

    fn set_cookie(&self, cookie: &str) {
        self.text("setCookie", cookie);
    }

    fn origin(&self) -> String {
        self.string("origin", "")
    }

    fn hostname(&self) -> String {
        self.string("hostname", "")
    }

    fn base64(&self, text: &str) -> String {
        self.string("base64", text)
    }

    fn encode(&self, text: &str) -> String {
        self.string("encode", text)
    }

    fn milliseconds(&self, moment: &str) -> Option<f64> {
        let at = self.0.page("milliseconds", moment).ok()?.as_f64()?;
        (!at.is_nan()).then_some(at)
    }

    fn http_date(&self, moment: &str) -> Option<String> {
        self.text("httpDate", moment)
    }

    fn telemetry(&self) -> String {
        self.string("telemetry", "")
    }
}

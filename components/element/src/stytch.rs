//! The page as Stytch's adapter needs it, by the element's own hands: in JavaScript each of these is a word.

use countersign_leptos::countersign::backend::stytch::StytchPage;

use crate::host::Host;

/// [`StytchPage`] by way of the host.
pub(crate) struct Page(pub Host);

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

//! A page with cookies, whose clock does not move.

use std::cell::RefCell;

use countersign_stytch::{StytchPlatform, telemetry};

/// A page whose clock does not move.
pub struct Page {
    pub cookies: RefCell<Vec<(String, String)>>,
    pub set: RefCell<Vec<String>>,
    pub hostname: &'static str,
    /// `false` if the browser refuses cookies.
    pub keeps: bool,
}

impl StytchPlatform for Page {
    fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies.borrow();
        let found = cookies.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.clone())
    }

    fn set_cookie(&self, cookie: &str) {
        self.set.borrow_mut().push(cookie.to_owned());
        let (name, rest) = cookie.split_once('=').unwrap();
        let value = rest.split(';').next().unwrap();
        let mut cookies = self.cookies.borrow_mut();
        cookies.retain(|(other, _)| other != name);
        if self.keeps && !rest.contains("1970") {
            cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    fn origin(&self) -> String {
        format!("https://{}", self.hostname)
    }

    fn hostname(&self) -> String {
        self.hostname.to_owned()
    }

    fn base64(&self, text: &str) -> String {
        format!("b64({text})")
    }

    fn encode(&self, text: &str) -> String {
        text.to_owned()
    }

    /// Reads a time like `T100`: `T` and a number of seconds.
    fn milliseconds(&self, moment: &str) -> Option<f64> {
        let seconds: f64 = moment.strip_prefix('T')?.parse().ok()?;
        Some(seconds * 1000.0)
    }

    fn http_date(&self, moment: &str) -> Option<String> {
        Some(format!("date({moment})"))
    }

    fn telemetry(&self) -> String {
        telemetry(self.hostname, "2026-01-01T00:00:00.000Z", "Europe/Berlin", ["1"; 3])
    }
}

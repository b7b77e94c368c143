//! What the adapter needs of the page that it runs on.

use countersign::{api::writer::Object, strings::concat};

/// The page: its cookies, its clock, and the values that every call reports.
///
/// In a browser, [`crate::backend`] uses an implementation of this crate.
pub trait StytchPlatform {
    /// The decoded value of a cookie. `None` if there is none, or if scripts may not read it.
    fn cookie(&self, name: &str) -> Option<String>;

    /// Sets a cookie, in the syntax of `document.cookie`.
    fn set_cookie(&self, cookie: &str);

    /// The origin of the page (RFC 6454).
    fn origin(&self) -> String;

    /// The host name of the page, without the port.
    fn hostname(&self) -> String;

    /// Encodes a text in base64 (RFC 4648 section 4).
    fn base64(&self, text: &str) -> String;

    /// Percent-encodes the value of a cookie.
    fn encode(&self, text: &str) -> String;

    /// Converts a time (RFC 3339) to milliseconds since the Unix epoch.
    fn milliseconds(&self, time: &str) -> Option<f64>;

    /// Converts a time (RFC 3339) to the format of cookies (RFC 9110 section 5.6.7).
    fn http_date(&self, time: &str) -> Option<String>;

    /// The telemetry that Stytch requires with every call: see [`telemetry`].
    fn telemetry(&self) -> String;
}

/// Writes the telemetry of a call (header `X-SDK-Client`): the host of the page, the current time
/// (RFC 3339), the time zone, and three identifiers.
///
/// Stytch refuses calls without these members. New identifiers for each call identify no user.
#[must_use]
pub fn telemetry(hostname: &str, now: &str, time_zone: &str, identifiers: [&str; 3]) -> String {
    let [event, session, persistent] = identifiers;
    let app = Object::new().text("identifier", hostname).end();
    let sdk = Object::new()
        .text("identifier", "countersign")
        .text("version", env!("CARGO_PKG_VERSION"))
        .end();
    Object::new()
        .text("event_id", &concat(&["event-id-", event]))
        .text("app_session_id", &concat(&["app-session-id-", session]))
        .text("persistent_id", &concat(&["persistent-id-", persistent]))
        .text("client_sent_at", now)
        .text("timezone", time_zone)
        .raw("app", &app)
        .raw("sdk", &sdk)
        .end()
}

//! What the adapter needs of the page that it runs on.

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

    /// The current time (RFC 3339).
    fn now(&self) -> String;

    /// The name of the time zone.
    fn time_zone(&self) -> String;

    /// A new identifier. It must be different each time, and need not be secret.
    fn identifier(&self) -> String;
}

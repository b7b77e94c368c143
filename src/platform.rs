//! The services that the core needs from its host, as traits. In a browser, the browser implements
//! them; for native programs, crates do.

#[cfg(feature = "native")]
pub mod native;

/// A parsed URL (WHATWG URL standard).
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ParsedUrl {
    /// The scheme, in lower case, without the colon.
    pub scheme: String,
    /// The user name, or an empty string.
    pub username: String,
    /// The password, or an empty string.
    pub password: String,
    /// The host in Punycode, with its port unless that is the scheme's default; or an empty string.
    pub host: String,
    /// The host without the port. An IPv6 address is in brackets.
    pub hostname: String,
    /// The path, with its leading slash if the scheme has one.
    pub pathname: String,
    /// The query with its `?`, or an empty string.
    pub search: String,
}

impl ParsedUrl {
    /// Whether `address`, which this URL was parsed from, resolves to another host on a page of the
    /// same scheme. There, `https:host/path` and `https:/path` are relative, although they are
    /// absolute elsewhere.
    #[must_use]
    pub fn is_relative(&self, address: &str) -> bool {
        matches!(self.scheme.as_str(), "https" | "http")
            && !address.get(self.scheme.len()..).is_some_and(|rest| rest.starts_with("://"))
    }
}

/// Hides everything that may contain secrets.
impl std::fmt::Debug for ParsedUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ParsedUrl({}://{}, [redacted])", self.scheme, self.host)
    }
}

/// Services that need tables of their own.
pub trait Platform {
    /// Parses a URL, relative to `base` if there is one. `None` if the text is not a URL.
    fn parse_url(&self, text: &str, base: Option<&str>) -> Option<ParsedUrl>;

    /// The absolute form of `url` (relative to `base`) with these query parameters set. The URL
    /// standard's form encoder encodes them; other parameters stay. `None` if `url` is not a URL.
    fn set_query(&self, url: &str, base: &str, parameters: &[(&str, &str)]) -> Option<String>;

    /// The text with `by` instead of what a pattern matches; `$1` in it is what the first group
    /// captured. The pattern is a regular expression of ECMAScript with the flags `g` and `u`, and
    /// has a group.
    fn replace(&self, text: &str, pattern: &str, by: &str) -> String;

    /// The text without upper case, accents and compatibility forms (Unicode Standard Annex 15, NFKD),
    /// for comparisons.
    fn fold(&self, text: &str) -> String;

    /// The first grapheme of a text (Unicode Standard Annex 29), or an empty string.
    fn grapheme(&self, text: &str) -> String;

    /// The plural category of a number in a language: `zero`, `one`, `two`, `few`, `many` or
    /// `other` (Unicode CLDR).
    fn plural(&self, language: &str, number: u32) -> String;

    /// The items as a list in a sentence, such as "a, b and c" (Unicode CLDR).
    fn list(&self, language: &str, items: &[&str]) -> String;
}

/// The services that reading a response needs.
pub trait Services: Platform + Json {}
impl<T: Platform + Json> Services for T {}

/// A JSON parser (RFC 8259).
pub trait Json {
    /// Parses a JSON text. `None` if it is not JSON.
    fn parse(&self, text: &str) -> Option<Box<dyn JsonValue>>;
}

/// A JSON value. Each method returns `None` for a value of another type.
pub trait JsonValue {
    /// Whether it is `null`.
    fn is_null(&self) -> bool;
    /// A string.
    fn text(&self) -> Option<String>;
    /// A number.
    fn number(&self) -> Option<f64>;
    /// `true` or `false`.
    fn boolean(&self) -> Option<bool>;
    /// The items of an array.
    fn items(&self) -> Option<Vec<Box<dyn JsonValue>>>;
    /// A member of an object, or `None` if it is absent.
    fn member(&self, name: &str) -> Option<Box<dyn JsonValue>>;
    /// The names of the members of an object.
    fn names(&self) -> Option<Vec<String>>;
    /// The value as JSON.
    fn to_json(&self) -> String;
}

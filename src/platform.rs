//! What the core asks of its host, as traits. In a browser the browser's own services answer; natively, crates do.

#[cfg(feature = "native")]
pub mod native;

/// A URL taken apart by the URL standard (WHATWG).
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ParsedUrl {
    /// The scheme, in lower case, without the colon.
    pub scheme: String,
    /// The user name, empty where there is none.
    pub username: String,
    /// The password, empty where there is none.
    pub password: String,
    /// The host with its port where it is not the scheme's own, in punycode; empty where there is none.
    pub host: String,
    /// The host without the port; an IPv6 address stands in brackets.
    pub hostname: String,
    /// The path, with its leading slash for the schemes that have one.
    pub pathname: String,
    /// The query with its `?`, empty where there is none.
    pub search: String,
}

impl ParsedUrl {
    /// Whether `address`, which this was parsed from, leads elsewhere from a page of the same scheme: there
    /// `https:host/path` and `https:/path` are relative, though on their own they are absolute.
    #[must_use]
    pub fn is_relative(&self, address: &str) -> bool {
        matches!(self.scheme.as_str(), "https" | "http")
            && !address
                .get(self.scheme.len()..)
                .is_some_and(|rest| rest.starts_with("://"))
    }
}

/// Without what may carry secrets.
impl std::fmt::Debug for ParsedUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ParsedUrl({}://{}, [redacted])", self.scheme, self.host)
    }
}

/// The host's services that need tables or clocks of their own.
pub trait Platform {
    /// Takes a URL apart, relative to `base` where one is given. `None` where the text is no URL.
    fn parse_url(&self, text: &str, base: Option<&str>) -> Option<ParsedUrl>;

    /// The absolute form of `url` (relative to `base`) with these query parameters set, each encoded as the URL standard's
    /// form encoder does; others it had stay. `None` where it is no URL.
    fn set_query(&self, url: &str, base: &str, parameters: &[(&str, &str)]) -> Option<String>;

    /// Whether all letters of a text are of one of these sets of scripts (Unicode property `Script_Extensions`, short names such as
    /// `Latn`). What all scripts share, such as digits and blanks, is of any of them.
    fn is_written_in(&self, text: &str, sets: &[&[&str]]) -> bool;

    /// The plural form of a number in a language: `zero`, `one`, `two`, `few`, `many` or `other` (Unicode CLDR).
    fn plural(&self, language: &str, number: u32) -> String;

    /// The items as a list in a sentence: "a, b and c" (Unicode CLDR).
    fn list(&self, language: &str, items: &[&str]) -> String;
}

/// Everything that reading a response needs.
pub trait Services: Platform + Json {}
impl<T: Platform + Json> Services for T {}

/// A reader of JSON texts (RFC 8259).
pub trait Json {
    /// The value of a whole text. `None` where the text is not JSON.
    fn parse(&self, text: &str) -> Option<Box<dyn JsonValue>>;
}

/// A JSON value, read by what is expected of it. Every reader answers `None` for a value of another type.
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
    /// A member of an object; `None` where it is absent, too.
    fn member(&self, name: &str) -> Option<Box<dyn JsonValue>>;
    /// The names of an object's members.
    fn names(&self) -> Option<Vec<String>>;
    /// The value as a JSON text.
    fn to_json(&self) -> String;
}

//! Which addresses a page may be led to, and shown. The page checks them again; what is refused here
//! never leaves the server.

use icu_properties::{CodePointMapData, props::GeneralCategory};
use url::{Host, Url};

use crate::{
    engine::{Destination, Ending, EndingForm},
    error::CallError,
};

/// Schemes that the browser or the operating system handles itself, and the beginnings of whole
/// families of them. No engine's word allows them.
#[rustfmt::skip]
const HANDLERS: [&str; 50] = [
    "about", "admin", "apt", "blob", "callto", "cid", "content", "data", "devtools", "edge", "file",
    "filesystem", "ftp", "ftps", "geo", "help", "imap", "intent", "jar", "javascript", "ldap",
    "ldaps", "livescript", "mailto", "market", "mhtml", "mid", "mocha", "news", "nfs", "opera",
    "resource", "search-ms", "sftp", "shell", "shortcuts", "sip", "sips", "sms", "smsto", "smb",
    "ssh", "tel", "telnet", "urn", "vbscript", "view-source", "webcal", "ws", "wss",
];
const FAMILIES: [&str; 9] =
    ["android", "chrome", "ext+", "itms", "moz-", "ms-", "safari", "web+", "x-apple"];
const LONGEST: usize = 65_536;
const LONGEST_LINK: usize = 2048;

fn is_handler(scheme: &str) -> bool {
    HANDLERS.contains(&scheme) || FAMILIES.iter().any(|family| scheme.starts_with(family))
}

/// Whether programs disagree on a character, or nobody sees it.
fn is_unclear(c: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator, SpaceSeparator};
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    let unseen = [Control, Format, LineSeparator, ParagraphSeparator, SpaceSeparator];
    c == '\\' || unseen.contains(&category)
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn is_web_scheme(scheme: &str) -> bool {
    scheme == "http" || scheme == "https"
}

/// The address, if it is clear where it leads: no user name, and a host where there should be one.
fn parse(address: &str) -> Option<Url> {
    if units(address) > LONGEST || address.contains(is_unclear) {
        return None;
    }
    let url = Url::parse(address).ok()?;
    let after = address.split_once(':').and_then(|(_, rest)| rest.strip_prefix("//"));
    let authority = after.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    if authority.is_some_and(|authority| authority.contains('@')) {
        return None;
    }
    let has_host = after.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?']));
    (has_host || !is_web_scheme(url.scheme())).then_some(url)
}

/// Whether a site at this address is on the user's own device.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && is_local
}

fn is_web(url: &Url) -> bool {
    url.scheme() == "https" || is_loopback(url)
}

fn is_app(url: &Url) -> bool {
    !is_web_scheme(url.scheme()) && !is_handler(url.scheme())
}

/// Whether an address leads to a program on the user's device (RFC 8252): http on loopback, or a
/// private-use scheme.
#[must_use]
pub fn is_native_address(address: &str) -> bool {
    parse(address).is_some_and(|url| is_app(&url) || is_loopback(&url))
}

/// Whether an address can be on a card: a page would open it.
#[must_use]
pub fn is_usable(address: &str) -> bool {
    parse(address).is_some_and(|url| is_web(&url) || is_app(&url))
}

/// A link of a client, if a browser can open it safely.
#[must_use]
pub fn safe_link(link: Option<&str>) -> Option<&str> {
    let link = link.filter(|link| units(link) <= LONGEST_LINK)?;
    parse(link).is_some_and(|url| is_web(&url)).then_some(link)
}

/// A path of the host's own.
#[must_use]
pub fn own_path(path: Option<&str>) -> Option<&str> {
    let path = path.filter(|path| units(path) <= LONGEST_LINK)?;
    let rest = path.strip_prefix('/')?;
    (!rest.starts_with(['/', '\\'])).then_some(path)
}

/// The host name of an address of the web.
pub(crate) fn host_name(address: &str) -> Option<String> {
    let url = parse(address).filter(|url| is_web_scheme(url.scheme()))?;
    url.host_str().map(str::to_owned)
}

/// What addresses of an engine are compared with.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// The site's own origin.
    pub origin: &'a str,
    /// Other origins of the engine.
    pub engine: &'a [String],
    /// The address on the card, if there was one.
    pub card: Option<&'a str>,
    /// Whether the client is known to be native.
    pub native: bool,
    /// Whether only the site and the engine are right, and no client.
    pub is_ours: bool,
}

/// Whether an address is that of the card, with the answer in query or fragment. A private-use
/// scheme is enough.
fn is_cards(url: &Url, card: &str) -> bool {
    let Ok(shown) = Url::parse(card) else {
        return false;
    };
    let place = |url: &Url| (url.host_str().map(str::to_owned), url.port(), url.path().to_owned());
    url.scheme() == shown.scheme() && (is_app(url) || place(url) == place(&shown))
}

fn origin_of(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// The address of a redirect that was checked.
pub(crate) struct Redirect {
    pub native: bool,
    pub intermediate: bool,
}

/// Checks an address of an engine.
pub(crate) fn check_destination(
    destination: &Destination,
    known: Known<'_>,
) -> Result<Redirect, CallError> {
    let Destination { to, native, intermediate } = destination;
    let url = parse(to).ok_or(CallError::UncheckedAddress)?;
    let origin = origin_of(&url);
    let is_ours = origin == known.origin || (*intermediate && known.engine.contains(&origin));
    let is_clients =
        !known.is_ours && known.card.map_or(!intermediate, |card| is_cards(&url, card));
    let app = is_app(&url) && (*native || known.native);
    if !(is_web(&url) || app) || !(is_ours || is_clients) {
        return Err(CallError::UncheckedAddress);
    }
    Ok(Redirect { native: is_app(&url) || *native, intermediate: *intermediate })
}

/// Whose address a form goes to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormOwner {
    Site,
    Engine,
    Client,
}

/// Whether the form of an engine goes to the site, the engine or the client, or an error if it would
/// go elsewhere.
pub(crate) fn check_form(form: &EndingForm, known: Known<'_>) -> Result<FormOwner, CallError> {
    let url = parse(&form.action).filter(is_web).ok_or(CallError::UncheckedAddress)?;
    let origin = origin_of(&url);
    if origin == known.origin {
        return Ok(FormOwner::Site);
    }
    if known.engine.contains(&origin) {
        return Ok(FormOwner::Engine);
    }
    if known.card.is_some_and(|card| !is_cards(&url, card)) {
        return Err(CallError::UncheckedAddress);
    }
    Ok(FormOwner::Client)
}

/// An error that an adapter answers a client with by itself.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct ClientError<'a> {
    /// The code (RFC 6749 section 4.1.2.1).
    pub error: &'a str,
    /// A text for the client's developer.
    pub description: Option<&'a str>,
    /// The request's `state`.
    pub state: Option<&'a str>,
    /// Who answers (RFC 9207).
    pub iss: Option<&'a str>,
    /// The request's `response_mode`.
    pub response_mode: Option<&'a str>,
}

impl<'a> ClientError<'a> {
    /// An error with a code.
    #[must_use]
    pub fn new(error: &'a str) -> Self {
        Self { error, ..Self::default() }
    }

    fn members(&self) -> Vec<(String, String)> {
        let Self { error, description, state, iss, .. } = *self;
        let all = [
            ("error", Some(error)),
            ("error_description", description),
            ("state", state),
            ("iss", iss),
        ];
        all.into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
            .collect()
    }
}

/// How a request ends with an error, in any response mode and at any address: `native` is set if
/// that has a private-use scheme.
///
/// ```
/// use countersign_server::{addresses::{ClientError, error_ending}, engine::{Destination, Ending}};
///
/// let ending = error_ending("https://app.example/cb", &ClientError::new("access_denied"));
/// assert_eq!(ending, Ending::To(Destination::new("https://app.example/cb?error=access_denied")));
/// ```
#[must_use]
pub fn error_ending(redirect_uri: &str, error: &ClientError<'_>) -> Ending {
    let separator = match error.response_mode {
        Some("form_post") => return Ending::Form(EndingForm::new(redirect_uri, error.members())),
        Some("fragment") => '#',
        _ if redirect_uri.contains('?') => '&',
        _ => '?',
    };
    let members =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(error.members()).finish();
    Ending::To(Destination::leading_to(format!("{redirect_uri}{separator}{members}")))
}

#[cfg(test)]
mod tests;

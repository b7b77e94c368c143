//! The settings of the program.

pub mod reader;
mod secrets;
pub mod words;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use countersign_hydra::HydraOptions;
use countersign_server::{Limits, Realm};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde_json::Value;
use url::Url;

use self::{
    reader::{Environment, Problem, Reader},
    words::Texts,
};

/// Where the host signs people in.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The page, for browsers.
    pub url: String,
    /// Answers who is signed in, by the cookies of a browser.
    pub account: Url,
    /// Ends a session.
    pub sign_out: Option<Url>,
}

/// Where the pages are.
#[derive(Debug, Clone)]
pub struct Paths {
    pub authorize: String,
    pub logout: String,
    /// A folder, in place of the files in the program.
    pub files: Option<PathBuf>,
}

/// How much there may be.
#[derive(Debug, Clone)]
pub struct Bounds {
    pub calls: Limits,
    /// The header in which the site's own proxy puts the address of a browser.
    pub address_header: Option<HeaderName>,
    pub connections: usize,
    /// For a step of Hydra, of the host or of the store.
    pub timeout: Duration,
    /// For what is open when the program is to stop.
    pub stop: Duration,
}

#[derive(Clone)]
pub struct Config {
    pub origin: String,
    pub listen: SocketAddr,
    /// Where health and metrics are, for the site's own network alone.
    pub monitor: Option<SocketAddr>,
    pub secrets: Vec<String>,
    pub store: String,
    pub realm: Realm,
    pub site_name: Option<String>,
    pub hydra: HydraOptions,
    pub sign_in: SignIn,
    pub pages: Paths,
    pub bounds: Bounds,
    pub texts: Texts,
}

/// A file that cannot be read as settings. The error of its reader may show a line of it, so that it
/// says the place alone.
fn parse(text: &str, is_json: bool) -> Result<Value, String> {
    if is_json {
        return serde_json::from_str(text).map_err(|error| {
            format!("is not JSON at line {}, column {}", error.line(), error.column())
        });
    }
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        format!("is not TOML at line {}: {}", before.matches('\n').count() + 1, error.message())
    })
}

fn listen(reader: &mut Reader<'_>, member: &str) -> Option<SocketAddr> {
    let text = reader.text(member)?;
    let address = text.parse().ok();
    if address.is_none() {
        reader.wrong(member, "must be an address of this machine, such as 127.0.0.1:4400");
    }
    address
}

fn hydra(reader: &mut Reader<'_>) -> Option<HydraOptions> {
    let (admin, issuer) = (reader.address("hydra.admin"), reader.address("hydra.issuer"));
    let (admin, issuer) =
        (reader.needed("hydra.admin", admin), reader.needed("hydra.issuer", issuer));
    let mut headers = HeaderMap::new();
    if let Some(text) = reader.text("hydra.authorization") {
        match HeaderValue::from_str(&text) {
            Ok(mut value) => {
                value.set_sensitive(true);
                headers.insert(header::AUTHORIZATION, value);
            }
            Err(_) => reader.wrong("hydra.authorization", "must be the value of a header"),
        }
    }
    let remembers = reader.flag("hydra.remember_login");
    let seconds = reader.number("hydra.remember_login_seconds");
    let consent = reader.number("hydra.remember_consent_seconds");
    let (pkce, own_login) = (reader.flag("hydra.pkce"), reader.flag("hydra.own_login"));
    let mut options = HydraOptions::new(admin?, issuer?);
    options.headers = headers;
    options.remember_login = (remembers != Some(false)).then(|| seconds.unwrap_or_default());
    options.remember_consent = consent.unwrap_or_default();
    options.pkce = pkce.unwrap_or_default();
    options.own_login = own_login.unwrap_or_default();
    Some(options)
}

fn sign_in(reader: &mut Reader<'_>) -> Option<SignIn> {
    let url = reader.text("sign_in.url");
    let account = reader.address("sign_in.account");
    let sign_out = reader.address("sign_in.sign_out");
    let url = reader.needed("sign_in.url", url);
    let account = reader.needed("sign_in.account", account);
    Some(SignIn { url: url?, account: account?, sign_out })
}

fn bounds(reader: &mut Reader<'_>) -> Bounds {
    let mut calls = Limits::default();
    for (member, limit) in [
        ("limits.per_browser", &mut calls.per_browser),
        ("limits.per_address", &mut calls.per_address),
    ] {
        if let Some(number) = reader.number(member) {
            *limit = number;
        }
        if *limit == 0 {
            reader.wrong(member, "must be positive");
        }
    }
    let name = reader.text("limits.address_header");
    let address_header = name.as_deref().and_then(|name| name.parse().ok());
    if name.is_some() && address_header.is_none() {
        reader.wrong("limits.address_header", "must be the name of a header, such as x-real-ip");
    }
    let seconds = |number: Option<u64>, usual| Duration::from_secs(number.unwrap_or(usual));
    let connections = reader.number("limits.connections").unwrap_or(4096);
    Bounds {
        calls,
        address_header,
        connections: usize::try_from(connections).unwrap_or(usize::MAX).clamp(1, 1 << 20),
        timeout: seconds(reader.number("limits.timeout_seconds"), 10),
        stop: seconds(reader.number("limits.stop_seconds"), 20),
    }
}

fn origin(reader: &mut Reader<'_>) -> Option<String> {
    let text = reader.text("origin");
    let text = reader.needed("origin", text)?;
    let is_origin = Url::parse(&text).is_ok_and(|url| url.origin().ascii_serialization() == text);
    if !is_origin {
        reader.wrong("origin", "must be an origin, such as https://login.example");
    }
    is_origin.then_some(text)
}

impl Config {
    /// Reads the settings, or everything that is wrong about them.
    pub fn read(
        text: Option<&str>,
        is_json: bool,
        environment: Environment<'_>,
    ) -> Result<Self, Vec<Problem>> {
        let file = match text.map(|text| parse(text, is_json)) {
            None => Value::Object(serde_json::Map::new()),
            Some(Ok(file)) => file,
            Some(Err(text)) => {
                return Err(vec![Problem { member: "the file".to_owned(), text }]);
            }
        };
        let mut reader = Reader::new(file, environment);
        let r = &mut reader;
        let realms = [("consumer", Realm::Consumer), ("b2b", Realm::B2b)];
        let (origin, address) = (origin(r), listen(r, "listen"));
        let (monitor, secrets) = (listen(r, "monitor"), secrets::read(r));
        let store = r.text("store").unwrap_or_else(|| "memory:".to_owned());
        let (realm, site_name) = (r.choice("realm", &realms), r.text("site.name"));
        let (hydra, sign_in) = (hydra(r), sign_in(r));
        let pages = Paths {
            authorize: r.path("page.authorize", "/oauth/authorize"),
            logout: r.path("page.logout", "/oauth/logout"),
            files: r.text("page.files").map(PathBuf::from),
        };
        let (bounds, texts) = (bounds(r), Texts::read(r));
        let problems = reader.finish();
        let (Some(origin), Some(hydra), Some(sign_in), true) =
            (origin, hydra, sign_in, problems.is_empty())
        else {
            return Err(problems);
        };
        Ok(Self {
            origin,
            listen: address.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 4400))),
            monitor,
            secrets,
            store,
            realm: realm.unwrap_or(Realm::Consumer),
            site_name,
            hydra,
            sign_in,
            pages,
            bounds,
            texts,
        })
    }

    /// Whether a program behind this one is reached by TLS.
    pub fn needs_tls(&self) -> bool {
        let more = self.sign_in.sign_out.as_ref();
        let all = [&self.hydra.admin, &self.sign_in.account].into_iter().chain(more);
        all.into_iter().any(|url| url.scheme() == "https")
    }
}

#[cfg(test)]
mod tests;

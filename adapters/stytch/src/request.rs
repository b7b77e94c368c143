//! Reads the query of the page, and writes the bodies of the calls.

use countersign::{
    api::writer::{Object, array, quoted},
    protocol::{Query, RawQuery, RequestError},
    strings::{before, concat, decimal, split, split_once},
};

/// The parameter that counts the redirects to the login page, in the address of the page: `COUNT`
/// or `COUNT.SINCE`.
const MARK: &str = "countersign_login";

/// An authorization request.
pub(crate) struct AuthorizeParameters {
    /// The query without [`MARK`].
    pub raw: RawQuery,
    query: Query,
    pub client_id: String,
    pub redirect_uri: String,
    pub scopes: Vec<String>,
    pub resources: Vec<String>,
    pub hand_off: HandOff,
}

/// The redirects to the login page so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct HandOff {
    pub count: u32,
    /// The time of the last one, in seconds since the Unix epoch by Stytch's clock. `None` if there
    /// was no session.
    pub since: Option<i64>,
}

impl AuthorizeParameters {
    /// Reads a query with Stytch's defaults: `response_type` is `code`, and `scope` is
    /// `openid email profile`.
    pub(crate) fn read(raw: &RawQuery) -> Result<Self, RequestError> {
        let query = raw.parse()?;
        let client_id = required(&query, "client_id")?.to_owned();
        let redirect_uri = required(&query, "redirect_uri")?.to_owned();
        let mut scopes = words(first(&query, "scope").unwrap_or_default());
        if scopes.is_empty() {
            scopes = words("openid email profile");
        }
        let resources = query.all("resource").map(str::to_owned).collect();
        let hand_off = first(&query, MARK).map(HandOff::read).unwrap_or_default();
        Ok(Self { raw: unmarked(raw), client_id, redirect_uri, scopes, resources, hand_off, query })
    }

    /// A parameter. If it is repeated, the first value counts, as in Stytch's component.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// Whether `prompt` contains this value.
    pub(crate) fn prompts(&self, value: &str) -> bool {
        let prompt = self.one("prompt").unwrap_or_default();
        split(prompt, b' ').any(|one| one == value)
    }

    /// `max_age` in seconds.
    pub(crate) fn max_age(&self) -> Option<i64> {
        let seconds = self.one("max_age")?.parse().ok();
        seconds.filter(|seconds| *seconds >= 0)
    }

    /// The members that start and submit have in common.
    pub(crate) fn body(&self) -> Object {
        let object = Object::new()
            .text("client_id", &self.client_id)
            .text("redirect_uri", &self.redirect_uri)
            .text("response_type", self.one("response_type").unwrap_or("code"))
            .raw("scopes", &strings(&self.scopes))
            .optional("code_challenge", self.one("code_challenge"))
            .optional("state", self.one("state"))
            .optional("nonce", self.one("nonce"))
            .optional("prompt", self.one("prompt"));
        if self.resources.is_empty() {
            return object;
        }
        object.raw("resources", &strings(&self.resources))
    }

    /// The query that the user returns with from one more redirect to the login page.
    pub(crate) fn marked(&self, since: Option<i64>) -> RawQuery {
        let count = self.hand_off.count.saturating_add(1);
        let since = since.map(|since| concat(&[".", &since.to_string()])).unwrap_or_default();
        RawQuery::new(concat(&[self.raw.as_str(), "&", MARK, "=", &decimal(count), &since]))
    }
}

impl HandOff {
    fn read(mark: &str) -> Self {
        let (count, since) = split_once(mark, b'.').unwrap_or((mark, ""));
        Self {
            count: count.parse::<i64>().unwrap_or(0).clamp(0, 100) as u32,
            since: since.parse().ok(),
        }
    }
}

/// The query without [`MARK`], and otherwise byte for byte.
fn unmarked(raw: &RawQuery) -> RawQuery {
    let mut kept = String::new();
    let mut separator = "";
    for pair in split(raw.as_str(), b'&') {
        if before(pair, b'=') != MARK {
            kept.extend([separator, pair]);
            separator = "&";
        }
    }
    RawQuery::new(kept)
}

fn required<'a>(query: &'a Query, name: &'static str) -> Result<&'a str, RequestError> {
    query.one(name)?.ok_or(RequestError::Missing(name))
}

fn first<'a>(query: &'a Query, name: &str) -> Option<&'a str> {
    let (_, value) = query.pairs().find(|(other, _)| *other == name)?;
    Some(value).filter(|value| !value.is_empty())
}

fn words(list: &str) -> Vec<String> {
    let words = split(list, b' ').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// A JSON array of strings.
fn strings(texts: &[String]) -> String {
    array(&texts.iter().map(|text| quoted(text)).collect::<Vec<_>>())
}

/// Writes the body of a logout's start. Stytch requires the client and its redirect address.
pub(crate) fn logout_body(raw: &RawQuery) -> Result<String, RequestError> {
    let query = &raw.parse_logout()?;
    let client_id = required(query, "client_id")?;
    let redirect_uri = required(query, "post_logout_redirect_uri")?;
    Ok(Object::new()
        .text("client_id", client_id)
        .text("post_logout_redirect_uri", redirect_uri)
        .optional("id_token_hint", first(query, "id_token_hint"))
        .optional("state", first(query, "state"))
        .end())
}

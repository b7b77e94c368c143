//! The page's query as Stytch's API wants it: a few parameters by name.

use crate::{
    api::writer::{Object, array, quoted},
    protocol::{LogoutRequest, Query, RawQuery, RequestError},
};

/// The parameter by which a hand-off to the login page counts in its own address: `COUNT` or `COUNT.SINCE`.
const MARK: &str = "countersign_login";

/// An authorization request.
#[derive(Clone)]
pub(super) struct AuthorizeParameters {
    /// The query without our own mark.
    pub raw: RawQuery,
    query: Query,
    pub client_id: String,
    pub redirect_uri: String,
    pub scopes: Vec<String>,
    pub resources: Vec<String>,
    pub hand_off: HandOff,
}

/// What the address remembers of hand-offs to the login page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct HandOff {
    /// How many there were.
    pub count: u32,
    /// When the last one was, in seconds since the Unix epoch by the backend's clock; only where there was a session then.
    pub since: Option<i64>,
}

impl AuthorizeParameters {
    /// Reads a query, as Stytch does: a missing `response_type` is `code`, a missing `scope` is `openid email profile`.
    pub(super) fn read(raw: &RawQuery) -> Result<Self, RequestError> {
        let query = raw.parse()?;
        let required = |name| {
            let value = query.one(name)?.ok_or(RequestError::Missing(name))?;
            Ok(value.to_owned())
        };
        let client_id = required("client_id")?;
        let redirect_uri = required("redirect_uri")?;
        let mut scopes = words(&query, "scope");
        if scopes.is_empty() {
            scopes = ["openid", "email", "profile"].map(str::to_owned).to_vec();
        }
        let resources = query.all("resource").map(str::to_owned).collect();
        let hand_off = first(&query, MARK).map(HandOff::read).unwrap_or_default();
        Ok(Self {
            raw: unmarked(raw),
            client_id,
            redirect_uri,
            scopes,
            resources,
            hand_off,
            query,
        })
    }

    /// A parameter that may stand once. Where it stands twice, the first counts, as for Stytch.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    pub(super) fn prompts(&self, word: &str) -> bool {
        words(&self.query, "prompt").iter().any(|it| it == word)
    }

    /// `max_age` in seconds.
    pub(super) fn max_age(&self) -> Option<u32> {
        self.one("max_age")?.parse().ok()
    }

    /// The members that both calls have.
    pub(super) fn body(&self) -> Object {
        let texts =
            |texts: &[String]| array(&texts.iter().map(|it| quoted(it)).collect::<Vec<_>>());
        let object = Object::new()
            .text("client_id", &self.client_id)
            .text("redirect_uri", &self.redirect_uri)
            .text("response_type", self.one("response_type").unwrap_or("code"))
            .raw("scopes", &texts(&self.scopes))
            .optional("code_challenge", self.one("code_challenge"))
            .optional("state", self.one("state"))
            .optional("nonce", self.one("nonce"))
            .optional("prompt", self.one("prompt"));
        if self.resources.is_empty() {
            return object;
        }
        object.raw("resources", &texts(&self.resources))
    }

    /// The query to come back with from one more hand-off.
    pub(super) fn marked(&self, since: Option<i64>) -> RawQuery {
        let count = self.hand_off.count.saturating_add(1);
        let since = since.map(|since| format!(".{since}")).unwrap_or_default();
        RawQuery::new(format!("{}&{MARK}={count}{since}", self.raw.as_str()))
    }
}

impl HandOff {
    fn read(mark: &str) -> Self {
        let (count, since) = mark.split_once('.').unwrap_or((mark, ""));
        Self {
            count: count.parse::<u32>().unwrap_or(0).min(100),
            since: since.parse().ok(),
        }
    }
}

/// The query without our mark, else byte for byte.
fn unmarked(raw: &RawQuery) -> RawQuery {
    let is_mark = |pair: &&str| pair.split('=').next() == Some(MARK);
    let kept = raw.as_str().split('&').filter(|pair| !is_mark(pair));
    RawQuery::new(kept.collect::<Vec<_>>().join("&"))
}

fn first<'a>(query: &'a Query, name: &str) -> Option<&'a str> {
    let mut pairs = query.pairs().filter(|(other, _)| *other == name);
    pairs
        .next()
        .map(|(_, value)| value)
        .filter(|value| !value.is_empty())
}

fn words(query: &Query, name: &str) -> Vec<String> {
    let list = first(query, name).unwrap_or_default();
    let words = list.split(' ').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The body of a logout's start. Stytch needs to know who asks and where to go.
pub(super) fn logout_body(raw: RawQuery) -> Result<String, RequestError> {
    let request = LogoutRequest::read(raw)?;
    let query = request.parameters();
    let required = |name| query.one(name)?.ok_or(RequestError::Missing(name));
    Ok(Object::new()
        .text("client_id", required("client_id")?)
        .text(
            "post_logout_redirect_uri",
            required("post_logout_redirect_uri")?,
        )
        .optional("id_token_hint", first(query, "id_token_hint"))
        .optional("state", first(query, "state"))
        .end())
}

//! The bodies of the calls, checked as `api/openapi.yaml` describes them. A fault names its place.

use countersign::protocol::Realm;

use crate::{
    json::{Json, body_fault, escape_pointer},
    model::RequestedScope,
    problem::Fault,
};

const LONGEST_QUERY: usize = 32_768;
const MOST_SCOPES: usize = 256;
const MOST_DETAILS: usize = 64;
const LONGEST_SCOPE: usize = 256;
const LONGEST_KEY: usize = 128;

type Checked<T> = Result<T, Fault>;

/// A member of a body, or an item of a list, and its place.
#[derive(Clone)]
struct At<'a> {
    value: &'a Json,
    place: String,
}

fn is_printable(byte: u8) -> bool {
    (0x21..=0x7e).contains(&byte)
}

/// Whether a scope has the characters and the length of one (RFC 6749 section 3.3).
pub(crate) fn is_scope(text: &str) -> bool {
    let is_allowed = |byte: u8| is_printable(byte) && !matches!(byte, b'"' | b'\\');
    (1..=LONGEST_SCOPE).contains(&text.len()) && text.bytes().all(is_allowed)
}

fn is_query(text: &str) -> bool {
    text.bytes().all(|byte| is_printable(byte) && byte != b'#')
}

fn is_id(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !text.is_empty() && text.bytes().all(is_allowed)
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_printable)
}

fn is_there(text: &str) -> bool {
    !text.is_empty()
}

impl<'a> At<'a> {
    fn fault<T>(&self, what: &str) -> Checked<T> {
        Err(body_fault(&self.place, what))
    }

    /// A string. Lengths are in characters.
    fn text(&self, most: usize, fits: fn(&str) -> bool) -> Checked<String> {
        let Some(text) = self.value.as_text() else {
            return self.fault("must be a string");
        };
        if text.chars().count() > most {
            return self.fault(&format!("must not have more than {most} characters"));
        }
        if !fits(text) {
            return self.fault("has a value that is not allowed");
        }
        Ok(text.to_owned())
    }

    fn one_of<T: Copy>(&self, values: &[(&str, T)]) -> Checked<T> {
        let found = values.iter().find(|(name, _)| self.value.as_text() == Some(name));
        found.map(|(_, value)| *value).map_or_else(
            || {
                let names = values.iter().map(|(name, _)| *name).collect::<Vec<_>>();
                self.fault(&format!("must be one of {}", names.join(", ")))
            },
            Ok,
        )
    }

    fn boolean(&self) -> Checked<bool> {
        match self.value {
            Json::Boolean(value) => Ok(*value),
            _ => self.fault("must be a boolean"),
        }
    }

    fn list<T>(&self, most: usize, item: impl Fn(At<'_>) -> Checked<T>) -> Checked<Vec<T>> {
        let Json::List(items) = self.value else {
            return self.fault("must be a list");
        };
        if items.len() > most {
            return self.fault(&format!("must not have more than {most} items"));
        }
        let each = items.iter().enumerate();
        each.map(|(index, value)| item(At { value, place: format!("{}/{index}", self.place) }))
            .collect()
    }

    /// An object with these members, and perhaps those.
    fn object(&self, required: &[&str], optional: &[&str], is_open: bool) -> Checked<()> {
        let Some(members) = self.value.members() else {
            return self.fault("must be an object");
        };
        let missing = required.iter().find(|name| self.value.member(name).is_none());
        if let Some(name) = missing {
            return Err(body_fault(&format!("{}/{name}", self.place), "is missing"));
        }
        let is_known = |name: &str| required.contains(&name) || optional.contains(&name);
        match members.iter().find(|(name, _)| !is_open && !is_known(name)) {
            Some((name, _)) => {
                let place = format!("{}/{}", self.place, escape_pointer(name));
                Err(body_fault(&place, "is not described"))
            }
            None => Ok(()),
        }
    }

    fn optional(&self, name: &str) -> Option<At<'a>> {
        let value = self.value.member(name)?;
        Some(At { value, place: format!("{}/{name}", self.place) })
    }

    /// A member that is there: [`At::object`] has found it.
    fn member(&self, name: &str) -> At<'a> {
        let nothing = At { value: &Json::Null, place: format!("{}/{name}", self.place) };
        self.optional(name).unwrap_or(nothing)
    }

    fn realm(&self) -> Checked<Realm> {
        let [consumer, b2b] = [Realm::Consumer, Realm::B2b].map(|realm| (realm.as_str(), realm));
        self.member("realm").one_of(&[consumer, b2b])
    }

    fn id(&self) -> Checked<String> {
        self.text(64, is_id)
    }

    fn organization(&self) -> Checked<Option<String>> {
        self.optional("organization_id").map(|at| at.text(128, is_token)).transpose()
    }
}

/// Which request a call of `authorize/start` is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Start {
    Query(String),
    Transaction { id: String, organization: Option<String> },
}

/// The body of `authorize/start`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StartCall {
    pub realm: Realm,
    pub request: Start,
}

/// A realm and a query: the body of `logout/start`.
pub(crate) fn by_query(body: &Json) -> Checked<(Realm, String)> {
    let at = At { value: body, place: String::new() };
    at.object(&["realm", "query"], &[], false)?;
    Ok((at.realm()?, at.member("query").text(LONGEST_QUERY, is_query)?))
}

pub(crate) fn start(body: &Json) -> Checked<StartCall> {
    if body.member("transaction").is_none() {
        let (realm, query) = by_query(body)?;
        return Ok(StartCall { realm, request: Start::Query(query) });
    }
    let at = At { value: body, place: String::new() };
    at.object(&["realm", "transaction"], &["organization_id"], false)?;
    let realm = at.realm()?;
    let (id, organization) = (at.member("transaction").id()?, at.organization()?);
    Ok(StartCall { realm, request: Start::Transaction { id, organization } })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecisionKind {
    Allow,
    Deny,
    RequestApproval,
}

const DECISIONS: [(&str, DecisionKind); 3] = [
    ("allow", DecisionKind::Allow),
    ("deny", DecisionKind::Deny),
    ("request_approval", DecisionKind::RequestApproval),
];

impl DecisionKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::RequestApproval => "request_approval",
        }
    }
}

/// The body of `authorize/submit`.
pub(crate) struct SubmitCall {
    pub transaction: String,
    pub version: Option<String>,
    pub decision: DecisionKind,
    pub scopes: Vec<RequestedScope>,
    pub details: Vec<Json>,
    pub organization: Option<String>,
    pub remember: Option<bool>,
}

fn scope(at: At<'_>) -> Checked<RequestedScope> {
    at.object(&["scope"], &["resource"], false)?;
    let scope = at.member("scope").text(LONGEST_SCOPE, is_scope)?;
    let resource = at.optional("resource").map(|at| at.text(2048, is_there)).transpose()?;
    Ok(resource.map_or_else(|| RequestedScope::new(&scope), |of| RequestedScope::of(of, &scope)))
}

fn detail(at: At<'_>) -> Checked<Json> {
    at.object(&["type"], &[], true)?;
    at.member("type").text(256, is_there)?;
    Ok(at.value.clone())
}

/// The body of `authorize/submit`. A denial counts for every card, so that it needs no version.
pub(crate) fn submit(body: &Json) -> Checked<SubmitCall> {
    let at = At { value: body, place: String::new() };
    let mut required = vec!["transaction", "decision", "scopes"];
    let mut optional = vec!["authorization_details", "organization_id", "remember"];
    let is_deny = body.member("decision").and_then(Json::as_text) == Some("deny");
    if is_deny { &mut optional } else { &mut required }.push("version");
    at.object(&required, &optional, false)?;
    let details = at.optional("authorization_details");
    Ok(SubmitCall {
        transaction: at.member("transaction").id()?,
        decision: at.member("decision").one_of(&DECISIONS)?,
        scopes: at.member("scopes").list(MOST_SCOPES, scope)?,
        version: at.optional("version").map(|at| at.text(128, is_token)).transpose()?,
        details: details.map(|at| at.list(MOST_DETAILS, detail)).transpose()?.unwrap_or_default(),
        organization: at.organization()?,
        remember: at.optional("remember").map(|at| at.boolean()).transpose()?,
    })
}

/// The body of `logout/submit`: the request, and whether the user signs out.
pub(crate) fn logout_submit(body: &Json) -> Checked<(String, bool)> {
    let at = At { value: body, place: String::new() };
    at.object(&["logout", "decision"], &[], false)?;
    let id = at.member("logout").id()?;
    Ok((id, at.member("decision").one_of(&[("sign_out", true), ("stay", false)])?))
}

/// The value of the header `Idempotency-Key`.
pub(crate) fn check_key(key: Option<String>) -> Checked<String> {
    let fits = |key: &String| key.len() <= LONGEST_KEY && is_token(key);
    key.filter(fits).ok_or_else(|| {
        let what = "The header Idempotency-Key is missing or not as described.";
        Fault::Malformed(what.to_owned())
    })
}

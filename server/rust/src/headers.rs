//! The headers of a page that carries the widget, from `api/page-headers.json`.
//!
//! `Cross-Origin-Opener-Policy` is never sent: it would disconnect a client's popup from its opener.

use std::sync::LazyLock;

use http::{HeaderMap, HeaderName, HeaderValue, header::InvalidHeaderValue};
use url::Url;

use crate::json::Json;

const SOURCE: &str = include_str!("../page-headers.json");
const POLICY: &str = "Content-Security-Policy";

type Pairs = Vec<(String, String)>;

struct Source {
    policy: Pairs,
    headers: Pairs,
    https: Pairs,
}

static ALL: LazyLock<Source> = LazyLock::new(|| {
    let source = serde_json::from_str::<Json>(SOURCE).unwrap_or(Json::Null);
    let pairs = |name: &str| {
        let members = source.member(name).and_then(Json::members).unwrap_or_default();
        let pair =
            |(name, value): &(String, Json)| Some((name.clone(), value.as_text()?.to_owned()));
        members.iter().filter_map(pair).collect()
    };
    Source { policy: pairs("policy"), headers: pairs("headers"), https: pairs("https") }
});

/// Where the forms of a page lead, with all redirects after them: browsers check those too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum FormAction {
    /// The page posts no form.
    #[default]
    None,
    /// It is not known yet: the policy has no directive for it.
    Any,
    /// To these addresses or origins, and to the page's own.
    Only(Vec<String>),
}

/// The headers of a page.
///
/// ```
/// use countersign_server::headers::PageHeaders;
///
/// let headers = PageHeaders::new().https(true).header_map();
/// assert_eq!(headers["X-Frame-Options"], "DENY");
/// assert!(headers.contains_key("Strict-Transport-Security"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct PageHeaders {
    https: bool,
    form_action: FormAction,
    own: Pairs,
}

/// The policy's source for an address: its origin, or the scheme of a private-use one.
#[must_use]
pub fn policy_source(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let origin = url.origin();
    Some(if origin.is_tuple() {
        origin.ascii_serialization()
    } else {
        format!("{}:", url.scheme())
    })
}

/// The sources of `form-action`, or `None` if the policy has no such directive.
fn form_sources(usual: &str, form_action: &FormAction) -> Option<String> {
    let addresses = match form_action {
        FormAction::None => return Some(usual.to_owned()),
        FormAction::Any => return None,
        FormAction::Only(addresses) => addresses,
    };
    let mut sources = vec!["'self'".to_owned()];
    for source in addresses.iter().filter_map(|address| policy_source(address)) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    Some(sources.join(" "))
}

impl PageHeaders {
    /// The headers of a page on http that posts no form.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the site is on https.
    #[must_use]
    pub const fn https(mut self, https: bool) -> Self {
        self.https = https;
        self
    }

    /// Where forms of the page lead.
    #[must_use]
    pub fn form_action(mut self, form_action: FormAction) -> Self {
        self.form_action = form_action;
        self
    }

    /// A directive of the policy, in place of the usual one.
    ///
    /// # Errors
    /// If no header can have it.
    pub fn directive(mut self, name: &str, value: &str) -> Result<Self, InvalidHeaderValue> {
        HeaderValue::from_str(name)?;
        HeaderValue::from_str(value)?;
        self.own.push((name.to_owned(), value.to_owned()));
        Ok(self)
    }

    /// The Content-Security-Policy.
    #[must_use]
    pub fn policy(&self) -> String {
        let usual = |(name, value): &(String, String)| match name.as_str() {
            "form-action" => Some((name.clone(), form_sources(value, &self.form_action)?)),
            _ => Some((name.clone(), value.clone())),
        };
        let mut directives = ALL.policy.iter().filter_map(usual).collect::<Pairs>();
        for (name, value) in &self.own {
            match directives.iter_mut().find(|(usual, _)| usual == name) {
                Some((_, usual)) => usual.clone_from(value),
                None => directives.push((name.clone(), value.clone())),
            }
        }
        let texts = directives.iter().map(|(name, value)| format!("{name} {value}"));
        texts.collect::<Vec<_>>().join("; ")
    }

    /// All names and values.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let https = if self.https { ALL.https.as_slice() } else { &[] };
        let policy = (POLICY.to_owned(), self.policy());
        std::iter::once(policy).chain(ALL.headers.iter().chain(https).cloned()).collect()
    }

    /// All headers.
    #[must_use]
    pub fn header_map(&self) -> HeaderMap {
        let header = |(name, value): (String, String)| {
            let name = HeaderName::try_from(name).ok()?;
            Some((name, HeaderValue::try_from(value).ok()?))
        };
        self.pairs().into_iter().filter_map(header).collect()
    }
}

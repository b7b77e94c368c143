//! Calls of Hydra's admin API, and what its answers are: nothing of them is taken unchecked.

use std::time::Duration;

use bytes::Bytes;
use countersign_server::engine::{Destination, EngineError};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::{HydraOptions, strange};
use crate::http::{HttpClient, Target};

/// How long an answer may be, in bytes, and how many decisions of an account are looked through.
const MOST: usize = 4_000_000;
const MOST_CONSENTS: &str = "100";
/// Statuses of a challenge that Hydra does not take (any more): expired, unknown, used.
const GONE: [StatusCode; 4] =
    [StatusCode::UNAUTHORIZED, StatusCode::NOT_FOUND, StatusCode::CONFLICT, StatusCode::GONE];
const AGAIN: u64 = 5;

/// The members of an object.
pub(super) type Members = Map<String, Value>;

/// A step at which Hydra waits for its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// Who signs in.
    Login,
    /// What is granted.
    Consent,
    /// Whether somebody signs out.
    Logout,
}

impl Flow {
    const fn name(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Consent => "consent",
            Self::Logout => "logout",
        }
    }

    /// The name of its challenge in a query.
    pub(super) const fn parameter(self) -> &'static str {
        match self {
            Self::Login => "login_challenge",
            Self::Consent => "consent_challenge",
            Self::Logout => "logout_challenge",
        }
    }
}

/// How a challenge is answered.
#[derive(Debug, Clone, Copy)]
pub(super) enum Verdict {
    Accept,
    Reject,
}

#[derive(Debug)]
pub(super) struct Admin {
    http: HttpClient,
    base: String,
    headers: HeaderMap,
    timeout: Duration,
}

pub(super) fn text_of(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A list of texts. Hydra leaves empty ones out, or says `null`.
pub(super) fn texts_of(value: Option<&Value>) -> Result<Vec<String>, EngineError> {
    let list = match value {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(strange("has a list that is none")),
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    list.iter().map(text).collect::<Option<_>>().ok_or_else(|| strange("has a list that is none"))
}

pub(super) fn object_of(value: Option<&Value>) -> Result<Members, EngineError> {
    match value {
        None | Some(Value::Null) => Ok(Members::new()),
        Some(Value::Object(members)) => Ok(members.clone()),
        Some(_) => Err(strange("has an object that is none")),
    }
}

/// Refuses an answer that is none of Hydra's good ones.
fn check_status(answer: &Response<Bytes>) -> Result<(), EngineError> {
    let status = answer.status();
    let text = || format!("Hydra answered {status}");
    if status.is_success() {
        return Ok(());
    }
    if GONE.contains(&status) {
        return Err(EngineError::RequestGone);
    }
    // Of the others, Hydra has understood the call, and will answer it the same way next time.
    if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS {
        return Err(EngineError::failed(text()));
    }
    let retry_after = answer.headers().get(header::RETRY_AFTER);
    let seconds = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
    let retry_after = seconds.filter(|seconds| *seconds > 0).unwrap_or(AGAIN);
    Err(EngineError::Unavailable { retry_after, cause: text().into() })
}

impl Admin {
    pub fn new(options: &HydraOptions, http: HttpClient) -> Self {
        let base = options.admin.as_str().trim_end_matches('/');
        let base = format!("{base}/admin/oauth2/auth");
        Self { http, base, headers: options.headers.clone(), timeout: options.timeout }
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Value, EngineError> {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        let mut request = Request::new(Full::from(body.map(Value::to_string).unwrap_or_default()));
        *request.method_mut() = method;
        let address = format!("{}/{path}?{query}", self.base);
        *request.uri_mut() = address.parse().map_err(EngineError::failed)?;
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(header::ACCEPT, json.clone());
        request.headers_mut().insert(header::CONTENT_TYPE, json);
        request.headers_mut().extend(self.headers.clone());
        let sent = self.http.send(Target::Hydra, request, self.timeout, MOST).await;
        let answer = sent.map_err(EngineError::unavailable)?;
        check_status(&answer)?;
        serde_json::from_slice(answer.body()).map_err(|_| strange("is not JSON"))
    }

    /// What Hydra knows of a challenge.
    pub async fn read(&self, flow: Flow, challenge: &str) -> Result<Members, EngineError> {
        let (path, query) = (format!("requests/{}", flow.name()), [(flow.parameter(), challenge)]);
        match self.call(Method::GET, &path, &query, None).await? {
            Value::Object(members) => Ok(members),
            _ => Err(strange("is no object")),
        }
    }

    /// Answers a challenge, and answers the address at which the browser takes that to Hydra.
    pub async fn decide(
        &self,
        flow: Flow,
        verdict: Verdict,
        challenge: &str,
        body: &Value,
    ) -> Result<Destination, EngineError> {
        let verdict = match verdict {
            Verdict::Accept => "accept",
            Verdict::Reject => "reject",
        };
        let path = format!("requests/{}/{verdict}", flow.name());
        let query = [(flow.parameter(), challenge)];
        let answer = self.call(Method::PUT, &path, &query, Some(body)).await?;
        let to = text_of(answer.get("redirect_to")).ok_or_else(|| strange("has no address"))?;
        // Of Hydra itself: the kit takes it for nothing else.
        let mut destination = Destination::new(to);
        destination.intermediate = true;
        Ok(destination)
    }

    /// What an account has allowed, the latest first.
    pub async fn consents(&self, subject: &str) -> Result<Vec<Members>, EngineError> {
        let query = [("subject", subject), ("per_page", MOST_CONSENTS)];
        let Value::Array(list) = self.call(Method::GET, "sessions/consent", &query, None).await?
        else {
            return Err(strange("is no list"));
        };
        let members = |value: Value| match value {
            Value::Object(members) => Ok(members),
            _ => Err(strange("is no list")),
        };
        list.into_iter().map(members).collect()
    }
}

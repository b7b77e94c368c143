//! Who is signed in: the host's own program answers that, by the cookies of the browser.

use std::time::Duration;

use bytes::Bytes;
use countersign_hydra::{
    Claims, HowSignedIn, HydraHost,
    http::{HttpClient, Target},
};
use countersign_server::{
    describe::Sessions,
    engine::{EngineContext, Grant},
    model::{Account, BoxError},
};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header, request::Parts};
use http_body_util::Full;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use url::Url;

use crate::config::SignIn;

/// How long an answer may be, in bytes.
const MOST: usize = 64 * 1024;
/// What the names of our own cookies begin with. They are nothing to the host.
const OURS: [&str; 2] = ["countersign", "__Host-countersign"];

/// The account as the host tells it. What else is there is kept: `claims`, `acr`, `amr`,
/// `organizations`.
#[derive(Deserialize)]
struct Told {
    sub: String,
    name: Option<String>,
    email: Option<String>,
    picture: Option<String>,
    signed_in_at: Option<i64>,
    chosen_at: Option<i64>,
    #[serde(flatten)]
    more: Map<String, Value>,
}

/// The host's sign-in.
#[derive(Clone)]
pub struct HostSignIn {
    http: HttpClient,
    account: Url,
    sign_out: Option<Url>,
    within: Duration,
}

fn is_ours(pair: &str) -> bool {
    OURS.iter().any(|prefix| pair.starts_with(prefix))
}

/// The browser's cookies without our own.
fn cookies_of(headers: &HeaderMap) -> Option<HeaderValue> {
    let lines = headers.get_all(header::COOKIE).iter();
    let text = lines.filter_map(|line| line.to_str().ok()).collect::<Vec<_>>().join("; ");
    let pairs = text.split(';').map(str::trim).filter(|pair| !pair.is_empty() && !is_ours(pair));
    let kept = pairs.collect::<Vec<_>>().join("; ");
    HeaderValue::from_str(&kept).ok().filter(|value| !value.is_empty())
}

fn account_of(body: &[u8]) -> Result<Option<Account>, BoxError> {
    let Some(told) = serde_json::from_slice::<Option<Told>>(body)? else {
        return Ok(None);
    };
    if !(1..=255).contains(&told.sub.chars().count()) {
        return Err("the account's sub must have 1 to 255 characters".into());
    }
    let mut account = Account::new(told.sub);
    account.name = told.name;
    account.email = told.email;
    account.picture = told.picture;
    account.signed_in_at = told.signed_in_at;
    account.chosen_at = told.chosen_at;
    account.more = told.more;
    Ok(Some(account))
}

impl HostSignIn {
    pub fn new(http: HttpClient, sign_in: &SignIn, within: Duration) -> Self {
        let (account, sign_out) = (sign_in.account.clone(), sign_in.sign_out.clone());
        Self { http, account, sign_out, within }
    }

    async fn call(
        &self,
        method: Method,
        address: &Url,
        cookies: Option<HeaderValue>,
    ) -> Result<Response<Bytes>, BoxError> {
        let mut request = Request::new(Full::default());
        *request.method_mut() = method;
        *request.uri_mut() = address.as_str().parse()?;
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(cookies) = cookies {
            headers.insert(header::COOKIE, cookies);
        }
        Ok(self.http.send(Target::Host, request, self.within, MOST).await?)
    }

    /// The account of a browser with these headers.
    async fn account_for(&self, headers: &HeaderMap) -> Result<Option<Account>, BoxError> {
        let Some(cookies) = cookies_of(headers) else {
            return Ok(None);
        };
        let answer = self.call(Method::GET, &self.account, Some(cookies)).await?;
        match answer.status() {
            StatusCode::OK => account_of(answer.body()),
            StatusCode::NO_CONTENT | StatusCode::UNAUTHORIZED => Ok(None),
            status => Err(format!("the host answered {status}").into()),
        }
    }

    /// Whether the host's program answers a browser that has no cookies, or why not.
    pub async fn check(&self) -> Result<(), String> {
        let answer = self.call(Method::GET, &self.account, None).await;
        let answer = answer.map_err(|error| error.to_string())?;
        match answer.status() {
            StatusCode::NO_CONTENT | StatusCode::UNAUTHORIZED => Ok(()),
            StatusCode::OK => match account_of(answer.body()) {
                Ok(None) => Ok(()),
                Ok(Some(_)) => Err("answers that somebody is signed in, without a cookie".into()),
                Err(_) => Err("answers with what is no account".into()),
            },
            status => Err(format!("answers {status}: it must be 200, 204 or 401")),
        }
    }
}

impl Sessions for HostSignIn {
    async fn account(&self, request: &Parts) -> Result<Option<Account>, BoxError> {
        self.account_for(&request.headers).await
    }
}

/// The claims of a scope: those that the host tells for it, else the usual ones (OIDC Core 5.4).
fn claims_for(account: &Account, scope: &str) -> Map<String, Value> {
    let told = account.more.get("claims").and_then(|claims| claims.get(scope));
    if let Some(Value::Object(claims)) = told {
        return claims.clone();
    }
    let usual: &[(&str, Option<&String>)] = match scope {
        "profile" => &[("name", account.name.as_ref())],
        "email" => &[("email", account.email.as_ref())],
        _ => &[],
    };
    let there =
        usual.iter().filter_map(|(name, value)| Some(((*name).to_owned(), json!((*value)?))));
    there.collect()
}

impl HydraHost for HostSignIn {
    fn login(&self, account: &Account) -> HowSignedIn {
        let texts = |value: &Value| {
            let list = value.as_array()?;
            Some(list.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
        };
        HowSignedIn {
            acr: account.more.get("acr").and_then(Value::as_str).map(str::to_owned),
            amr: account.more.get("amr").and_then(texts).unwrap_or_default(),
        }
    }

    fn claims(&self, account: &Account, grant: &Grant) -> Claims {
        let scopes = grant.scopes.iter().flat_map(|one| claims_for(account, &one.scope));
        let mut id_token = scopes.collect::<Map<_, _>>();
        if let Some(organization) = &grant.organization {
            id_token.insert("organization_id".to_owned(), organization.as_str().into());
        }
        Claims { id_token, access_token: Map::new() }
    }

    /// The host's program ends the session that the cookies name, and its own cookies go on to the
    /// browser.
    async fn sign_out(&self, context: &EngineContext<'_>) -> Result<(), BoxError> {
        let cookies = cookies_of(&context.request.headers);
        let (Some(address), Some(cookies)) = (&self.sign_out, cookies) else {
            return Ok(());
        };
        let answer = self.call(Method::POST, address, Some(cookies)).await?;
        let status = answer.status();
        if !(status.is_success() || status.is_redirection() || status == StatusCode::UNAUTHORIZED) {
            return Err(format!("the host answered {status}").into());
        }
        for line in answer.headers().get_all(header::SET_COOKIE) {
            context.set_cookie(line.clone());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

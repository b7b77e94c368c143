//! A request of a client as Hydra tells it: the parts that the admin API names, and the query that it
//! was made with.

use countersign_server::{
    engine::EngineError,
    model::{ClientMetadata, Detail},
};
use serde_json::Value;
use url::Url;

use super::{
    admin::{Members, object_of, text_of, texts_of},
    strange,
};

/// Parameters that may be there several times (RFC 8707, and Hydra's own).
const LISTS: [&str; 2] = ["resource", "audience"];

#[derive(Debug)]
pub(super) struct HydraRequest {
    pub client: ClientMetadata,
    /// Whether an administrator of Hydra has said that the user is not asked. A client cannot say so
    /// itself.
    pub skips_consent: bool,
    /// Whether Hydra remembers the login, or the decision.
    pub skip: bool,
    pub subject: Option<String>,
    pub scopes: Vec<String>,
    pub audience: Vec<String>,
    /// The client's own query. Hydra itself starts from it at every step.
    parameters: Vec<(String, String)>,
    pub prompt: Vec<String>,
    pub redirect_uri: Option<String>,
    /// RFC 9396, or `None` if they cannot be read.
    details: Option<Vec<Detail>>,
    pub login_hint: Option<String>,
    pub acr_values: Option<String>,
    pub ui_locales: Option<String>,
    /// The subject of `id_token_hint`, where clients see subjects as they are.
    pub hinted: Option<String>,
    /// Where the request starts again, with a login.
    pub anew: String,
}

/// What is wrong with a request. Hydra would say some of it too late, and some of it never.
pub(super) struct RequestError {
    pub code: String,
    pub description: String,
}

impl RequestError {
    fn new(code: impl Into<String>, description: impl Into<String>) -> Self {
        Self { code: code.into(), description: description.into() }
    }
}

fn client_of(members: &Members) -> Result<ClientMetadata, EngineError> {
    let text = |name: &str| text_of(members.get(name));
    let mut client =
        ClientMetadata::new(text("client_id").ok_or_else(|| strange("has no client"))?);
    client.client_name = text("client_name");
    client.client_uri = text("client_uri");
    client.policy_uri = text("policy_uri");
    client.tos_uri = text("tos_uri");
    Ok(client)
}

fn details_of(text: Option<&str>) -> Option<Vec<Detail>> {
    let Some(text) = text else {
        return Some(Vec::new());
    };
    let Value::Array(list) = serde_json::from_str(text).ok()? else {
        return None;
    };
    let detail = |value: Value| match value {
        Value::Object(members) if text_of(members.get("type")).is_some() => Some(members),
        _ => None,
    };
    list.into_iter().map(detail).collect()
}

/// The request again, for an account that is to be chosen anew.
fn with_login(url: &Url, parameters: &[(String, String)], prompt: &[String]) -> String {
    let asks = prompt.iter().any(|value| value == "consent");
    let value = if asks { "login consent" } else { "login" };
    let mut is_there = false;
    let mut again = url.clone();
    let mut query = again.query_pairs_mut();
    query.clear();
    for (name, old) in parameters {
        if name != "prompt" {
            query.append_pair(name, old);
        } else if !std::mem::replace(&mut is_there, true) {
            query.append_pair(name, value);
        }
    }
    if !is_there {
        query.append_pair("prompt", value);
    }
    drop(query);
    again.into()
}

/// The first value of a parameter.
fn first<'a>(parameters: &'a [(String, String)], name: &str) -> Option<&'a str> {
    parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

/// The address of the answer. Hydra has checked it, or takes the only one that is registered.
fn redirect_uri_of(
    parameters: &[(String, String)],
    client: &Members,
) -> Result<Option<String>, EngineError> {
    let mut registered = texts_of(client.get("redirect_uris"))?.into_iter();
    let only = registered.next().filter(|_| registered.next().is_none());
    let asked = first(parameters, "redirect_uri").filter(|address| !address.is_empty());
    Ok(asked.map(str::to_owned).or(only))
}

impl HydraRequest {
    pub fn read(body: &Members) -> Result<Self, EngineError> {
        let client = object_of(body.get("client"))?;
        let hints = object_of(body.get("oidc_context"))?;
        let hinted = object_of(hints.get("id_token_hint_claims"))?;
        let url = body.get("request_url").and_then(Value::as_str);
        let url = url.and_then(|url| Url::parse(url).ok());
        let url = url.ok_or_else(|| strange("has no request"))?;
        let pairs = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned()));
        let parameters = pairs.collect::<Vec<_>>();
        let prompt = first(&parameters, "prompt").unwrap_or_default().split(' ');
        let prompt =
            prompt.filter(|value| !value.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let joined = |name: &str| {
            let text = texts_of(hints.get(name))?.join(" ");
            Ok::<_, EngineError>(Some(text).filter(|text| !text.is_empty()))
        };
        let is_pairwise = client.get("subject_type").and_then(Value::as_str) == Some("pairwise");
        Ok(Self {
            client: client_of(&client)?,
            skips_consent: client.get("skip_consent") == Some(&Value::Bool(true)),
            skip: body.get("skip") == Some(&Value::Bool(true)),
            subject: text_of(body.get("subject")),
            scopes: texts_of(body.get("requested_scope"))?,
            audience: texts_of(body.get("requested_access_token_audience"))?,
            redirect_uri: redirect_uri_of(&parameters, &client)?,
            details: details_of(first(&parameters, "authorization_details")),
            login_hint: text_of(hints.get("login_hint")),
            acr_values: joined("acr_values")?,
            ui_locales: joined("ui_locales")?,
            hinted: text_of(hinted.get("sub")).filter(|_| !is_pairwise),
            anew: with_login(&url, &parameters, &prompt),
            parameters,
            prompt,
        })
    }

    /// The first value of a parameter of the client.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        first(&self.parameters, name)
    }

    pub fn details(&self) -> &[Detail] {
        self.details.as_deref().unwrap_or_default()
    }

    /// Whether it wants an answer without the user (OIDC Core 3.1.2.1).
    pub fn is_silent(&self) -> bool {
        self.prompts("none")
    }

    pub fn prompts(&self, value: &str) -> bool {
        self.prompt.iter().any(|prompt| prompt == value)
    }

    /// A parameter that is there twice: Hydra reads the first, and another program may read the last
    /// (RFC 6749 section 3.1).
    pub fn repeated(&self) -> Option<&str> {
        let names = self.parameters.iter().map(|(name, _)| name.as_str());
        let is_twice = |name: &&str| {
            !LISTS.contains(name)
                && self.parameters.iter().filter(|(other, _)| other == name).count() > 1
        };
        names.into_iter().find(is_twice)
    }

    /// What is wrong with a request whose client and address are right.
    pub fn error(&self, pkce: bool) -> Option<RequestError> {
        let invalid = |description: &str| Some(RequestError::new("invalid_request", description));
        // What is in them decides over the query, and nobody but Hydra reads it.
        for name in ["request", "request_uri"] {
            if self.parameter(name).is_some() {
                let description = format!("The parameter {name} is not supported.");
                return Some(RequestError::new(format!("{name}_not_supported"), description));
            }
        }
        if self.redirect_uri.is_none() {
            return invalid("The parameter redirect_uri is missing.");
        }
        let is_unproved = match self.parameter("code_challenge") {
            Some(_) => self.parameter("code_challenge_method") != Some("S256"),
            None => pkce,
        };
        if is_unproved {
            return invalid("A code_challenge with the method S256 is needed.");
        }
        let unreadable =
            || RequestError::new("invalid_authorization_details", "They cannot be read.");
        self.details.is_none().then(unreadable)
    }
}

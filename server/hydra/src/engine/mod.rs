//! Ory Hydra, by its admin API. The page stands at Hydra's `urls.login`, `urls.consent`, `urls.logout`
//! and `urls.error`, and the query is Hydra's challenge. What is decided counts when the browser
//! follows Hydra's own address, so that every call can be made again.
//!
//! What the engine cannot do: send `iss`; of an authorization detail it only carries what the access
//! token gets.

mod admin;
mod consent;
mod host;
mod login;
mod logout;
mod mark;
mod options;
mod request;
mod time;

use countersign_server::{
    engine::{
        Ending, Engine, EngineContext, EngineError, Grant, LogoutEnding, LogoutOpened, Narrows,
        Opened, Refused, Remembers, Resume,
    },
    model::BoxError,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::form_urlencoded;

pub use host::{Claims, HowSignedIn, HydraHost, NoHost};
pub use options::HydraOptions;

use self::{
    admin::{Admin, Flow, Verdict},
    request::HydraRequest,
};
use crate::http::HttpClient;

/// What the kit keeps beside the challenge, which is in its query. The kit in TypeScript keeps the
/// same.
#[derive(Serialize, Deserialize)]
#[serde(tag = "flow", rename_all = "lowercase")]
enum Kept {
    Login,
    Consent { scopes: Vec<String>, audience: Vec<String> },
}

impl Kept {
    fn resume(&self) -> Result<Resume, EngineError> {
        serde_json::to_value(self).map(Resume).map_err(EngineError::failed)
    }

    fn read(resume: &Resume) -> Result<Self, EngineError> {
        serde_json::from_value(resume.0.clone()).map_err(EngineError::failed)
    }
}

/// The engine, for a host.
#[derive(Debug)]
pub struct Hydra<H = NoHost> {
    admin: Admin,
    options: HydraOptions,
    origins: Vec<String>,
    host: H,
}

/// An answer that is not what Hydra answers, as from another program in front of it. Nothing is
/// decided before the browser follows.
fn strange(what: &str) -> EngineError {
    EngineError::unavailable(format!("Hydra's answer {what}"))
}

/// The only value of a parameter of the page.
fn only(query: &str, name: &str) -> Option<String> {
    let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(other, _)| other == name);
    let (_, value) = values.next()?;
    (values.next().is_none() && !value.is_empty()).then(|| value.into_owned())
}

/// The challenge of a request that is decided.
fn challenge_of(context: &EngineContext<'_>, flow: Flow) -> Result<String, EngineError> {
    only(context.query.unwrap_or_default(), flow.parameter()).ok_or(EngineError::RequestGone)
}

/// The code of Hydra's own error page. Anybody can write such an address, so that no text of it is
/// shown.
fn error_code(query: &str) -> String {
    let is_code = |code: &String| {
        code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    only(query, "error").filter(is_code).unwrap_or_else(|| "invalid_request".to_owned())
}

impl Hydra {
    /// The engine, for a host that says nothing of people.
    #[must_use]
    pub fn new(options: HydraOptions, http: HttpClient) -> Self {
        Self::with_host(options, http, NoHost)
    }
}

impl<H: HydraHost> Hydra<H> {
    /// The engine, for a host.
    #[must_use]
    pub fn with_host(options: HydraOptions, http: HttpClient, host: H) -> Self {
        let origins = vec![options.issuer.origin().ascii_serialization()];
        Self { admin: Admin::new(&options, http), options, origins, host }
    }

    /// Ends a request at its client with an error, by Hydra.
    async fn reject(
        &self,
        flow: Flow,
        challenge: &str,
        error: &str,
        description: Option<&str>,
    ) -> Result<Ending, EngineError> {
        let mut body = json!({ "error": error });
        if let (Some(members), Some(description)) = (body.as_object_mut(), description) {
            members.insert("error_description".to_owned(), description.into());
        }
        self.admin.decide(flow, Verdict::Reject, challenge, &body).await.map(Ending::To)
    }

    /// An answer that ends a wrong request, or `None`.
    async fn refuse_wrong(
        &self,
        flow: Flow,
        challenge: &str,
        request: &HydraRequest,
    ) -> Result<Option<Opened>, EngineError> {
        if let Some(name) = request.repeated() {
            return Ok(Some(refused(format!("{name} is there twice."))));
        }
        // Hydra takes a request by POST, and then loses it.
        if request.parameter("client_id").is_none() {
            return Ok(Some(refused("The request is not in the query.".to_owned())));
        }
        let Some(error) = request.error(self.options.pkce) else {
            return Ok(None);
        };
        let ending = self.reject(flow, challenge, &error.code, Some(&error.description)).await?;
        Ok(Some(Opened::Done(ending)))
    }
}

fn refused(description: String) -> Opened {
    let mut refused = Refused::new("invalid_request");
    refused.description = Some(description);
    Opened::Refused(refused)
}

impl<H: HydraHost> Engine for Hydra<H> {
    fn name(&self) -> &str {
        "hydra"
    }

    fn narrows(&self) -> Narrows {
        Narrows::Yes
    }

    fn remembers(&self) -> Remembers {
        Remembers::Choice
    }

    fn origins(&self) -> &[String] {
        &self.origins
    }

    fn signs_out(&self) -> bool {
        true
    }

    async fn open(&self, query: &str, context: &EngineContext<'_>) -> Result<Opened, EngineError> {
        if let Some(challenge) = only(query, Flow::Consent.parameter()) {
            return self.open_consent(&challenge, context).await;
        }
        match only(query, Flow::Login.parameter()) {
            Some(challenge) => self.open_login(&challenge, context).await,
            None => Ok(Opened::Refused(Refused::new(error_code(query)))),
        }
    }

    async fn allow(
        &self,
        resume: &Resume,
        grant: &Grant,
        context: &EngineContext<'_>,
    ) -> Result<Ending, EngineError> {
        let Kept::Consent { scopes, audience } = Kept::read(resume)? else {
            return Err(EngineError::RequestGone);
        };
        let challenge = challenge_of(context, Flow::Consent)?;
        self.accept(&challenge, &scopes, &audience, grant, context).await
    }

    async fn deny(
        &self,
        resume: &Resume,
        context: &EngineContext<'_>,
    ) -> Result<Ending, EngineError> {
        let flow = match Kept::read(resume)? {
            Kept::Login => Flow::Login,
            Kept::Consent { .. } => Flow::Consent,
        };
        let challenge = challenge_of(context, flow)?;
        let description = "The user has denied the request.";
        self.reject(flow, &challenge, "access_denied", Some(description)).await
    }

    async fn open_logout(
        &self,
        query: &str,
        context: &EngineContext<'_>,
    ) -> Result<LogoutOpened, EngineError> {
        self.read_logout(query, context).await
    }

    async fn sign_out(
        &self,
        resume: &Resume,
        context: &EngineContext<'_>,
    ) -> Result<LogoutEnding, EngineError> {
        let ending = match &resume.0 {
            Value::String(challenge) => {
                let body = json!({});
                let decided = self.admin.decide(Flow::Logout, Verdict::Accept, challenge, &body);
                LogoutEnding::Done(decided.await?)
            }
            _ => LogoutEnding::SignedOut,
        };
        self.host
            .sign_out(context)
            .await
            .map_err(|cause: BoxError| EngineError::unavailable(cause))?;
        Ok(ending)
    }
}

//! A small OAuth 2.1 engine in memory: the authorization code grant with PKCE, for public clients.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use countersign_server::{
    LoginReason,
    addresses::{ClientError, error_ending},
    engine::{
        Asked, Destination, Ending, Engine, EngineContext, EngineError, Grant, Login, Narrows,
        Opened, Refused, Remembers, Resume,
    },
    model::{Account, ClientMetadata, RequestedScope},
    seal::random_text,
};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

pub const SCOPES: [&str; 4] = ["profile", "email", "photos.read", "photos.write"];

#[derive(Clone)]
pub struct Client {
    pub metadata: ClientMetadata,
    pub redirect_uris: Vec<String>,
}

/// What a code is for.
#[derive(Clone)]
pub struct Code {
    pub request: Request,
    pub scope: String,
}

#[derive(Default)]
pub struct Tables {
    pub clients: HashMap<String, Client>,
    pub codes: HashMap<String, Code>,
    /// Scopes that an account wants remembered for a client.
    grants: HashMap<(String, String), HashSet<String>>,
}

/// A valid request: what is left to do when the user has answered.
#[derive(Clone, Serialize, Deserialize)]
pub struct Request {
    pub client_id: String,
    pub redirect_uri: String,
    state: Option<String>,
    pub code_challenge: String,
    scopes: Vec<String>,
}

#[derive(Clone)]
pub struct Memory {
    tables: Arc<Mutex<Tables>>,
    pub issuer: Arc<str>,
}

/// The parameters of a request (RFC 6749 section 3.1: none is there twice).
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    fn is_repeated(&self, name: &str) -> bool {
        self.0.iter().filter(|(other, _)| other == name).count() > 1
    }

    fn prompts(&self, prompt: &str) -> bool {
        self.one("prompt").is_some_and(|all| all.split(' ').any(|one| one == prompt))
    }
}

/// Parameters that are not valid twice: the client gets the error.
const KNOWN: [&str; 7] = [
    "response_type",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "response_mode",
];

impl Memory {
    pub fn new(issuer: &str) -> Self {
        let memory = Self { tables: Arc::default(), issuer: Arc::from(issuer) };
        for (id, name) in [("photo-printer", "Photo Printer"), ("postcard-club", "Postcard Club")] {
            let mut metadata = ClientMetadata::new(id);
            metadata.client_name = Some(name.to_owned());
            let redirect_uris = vec![format!("https://{id}.example/callback")];
            memory.tables().clients.insert(id.to_owned(), Client { metadata, redirect_uris });
        }
        memory
    }

    pub fn tables(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn error(&self, redirect_uri: &str, state: Option<&str>, error: &str) -> Ending {
        let mut answer = ClientError::new(error);
        answer.state = state;
        answer.iss = Some(&self.issuer);
        error_ending(redirect_uri, &answer)
    }

    /// The client of a request and its address, or an error that leads nowhere.
    fn client(&self, parameters: &Parameters) -> Result<(Client, String), Refused> {
        let refuse = |error: &str| Refused::new(error);
        if parameters.is_repeated("client_id") || parameters.is_repeated("redirect_uri") {
            return Err(refuse("invalid_request"));
        }
        let id = parameters.one("client_id").unwrap_or_default();
        let client = self.tables().clients.get(id).cloned();
        let client = client.ok_or_else(|| refuse("invalid_client"))?;
        let address = parameters.one("redirect_uri").unwrap_or_default();
        if client.redirect_uris.iter().all(|registered| registered != address) {
            return Err(refuse("invalid_request"));
        }
        Ok((client, address.to_owned()))
    }

    /// The request, or the error that its client gets.
    fn request(
        &self,
        parameters: &Parameters,
        client: &Client,
        redirect_uri: &str,
    ) -> Result<Request, &'static str> {
        if KNOWN.into_iter().any(|name| parameters.is_repeated(name)) {
            return Err("invalid_request");
        }
        if parameters.one("response_type") != Some("code") {
            return Err("unsupported_response_type");
        }
        let challenge = parameters.one("code_challenge").unwrap_or_default();
        if parameters.one("code_challenge_method") != Some("S256") || challenge.len() != 43 {
            return Err("invalid_request");
        }
        let asked =
            parameters.one("scope").unwrap_or_default().split(' ').filter(|one| !one.is_empty());
        let scopes = asked.map(str::to_owned).collect::<Vec<_>>();
        if scopes.is_empty() || scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str())) {
            return Err("invalid_scope");
        }
        Ok(Request {
            client_id: client.metadata.client_id.clone(),
            redirect_uri: redirect_uri.to_owned(),
            state: parameters.one("state").map(str::to_owned),
            code_challenge: challenge.to_owned(),
            scopes,
        })
    }

    /// An answer with a code.
    fn code(&self, request: &Request, scopes: &[String]) -> Result<Ending, EngineError> {
        let code = random_text(24).map_err(EngineError::failed)?;
        let answer = Code { request: request.clone(), scope: scopes.join(" ") };
        self.tables().codes.insert(code.clone(), answer);
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("code", &code);
        if let Some(state) = &request.state {
            query.append_pair("state", state);
        }
        query.append_pair("iss", &self.issuer);
        Ok(Ending::To(Destination::new(format!("{}?{}", request.redirect_uri, query.finish()))))
    }

    fn is_remembered(&self, account: &Account, request: &Request) -> bool {
        let key = (account.sub.clone(), request.client_id.clone());
        let tables = self.tables();
        let granted = tables.grants.get(&key);
        granted.is_some_and(|granted| request.scopes.iter().all(|scope| granted.contains(scope)))
    }

    /// Whether the user has to sign in for this request, or once more.
    fn login(parameters: &Parameters, context: &EngineContext<'_>) -> Option<LoginReason> {
        let Some(account) = context.account else {
            return Some(LoginReason::NoSession);
        };
        let is_new = context.handed_off_at.is_some_and(|away| account.signed_in_at > Some(away));
        match is_new {
            true => None,
            false if parameters.prompts("login") => Some(LoginReason::PromptLogin),
            false if parameters.prompts("select_account") => Some(LoginReason::SelectAccount),
            false => None,
        }
    }
}

fn resumed(resume: &Resume) -> Result<Request, EngineError> {
    serde_json::from_value(resume.0.clone()).map_err(EngineError::failed)
}

impl Engine for Memory {
    fn name(&self) -> &str {
        "memory"
    }

    fn narrows(&self) -> Narrows {
        Narrows::Yes
    }

    fn remembers(&self) -> Remembers {
        Remembers::Choice
    }

    fn issuer(&self) -> Option<&str> {
        Some(&self.issuer)
    }

    async fn open(&self, query: &str, context: &EngineContext<'_>) -> Result<Opened, EngineError> {
        let parameters =
            Parameters(form_urlencoded::parse(query.as_bytes()).into_owned().collect());
        let (client, address) = match self.client(&parameters) {
            Ok(found) => found,
            Err(refused) => return Ok(Opened::Refused(refused)),
        };
        let to_client =
            |error: &str| Ok(Opened::Done(self.error(&address, parameters.one("state"), error)));
        let request = match self.request(&parameters, &client, &address) {
            Ok(request) => request,
            Err(error) => return to_client(error),
        };
        let silent = parameters.prompts("none");
        let resume = Resume(serde_json::to_value(&request).map_err(EngineError::failed)?);
        if let Some(reason) = Self::login(&parameters, context) {
            if silent {
                return to_client("login_required");
            }
            let mut login = Login::new(reason);
            login.resume = Some(resume);
            return Ok(Opened::Login(login));
        }
        let is_remembered =
            context.account.is_some_and(|account| self.is_remembered(account, &request));
        if is_remembered && !parameters.prompts("consent") {
            return Ok(Opened::Done(self.code(&request, &request.scopes)?));
        }
        if silent {
            return to_client("consent_required");
        }
        let mut asked = Asked::new(client.metadata, address, resume);
        asked.scopes = request.scopes.iter().map(RequestedScope::new).collect();
        // A client makes a challenge anew for each request (RFC 7636 section 7.1).
        asked.request_id = Some(format!("{} {}", request.client_id, request.code_challenge));
        Ok(Opened::Ask(Box::new(asked)))
    }

    async fn allow(
        &self,
        resume: &Resume,
        grant: &Grant,
        context: &EngineContext<'_>,
    ) -> Result<Ending, EngineError> {
        let request = resumed(resume)?;
        let account = context.account.ok_or(EngineError::RequestGone)?;
        let scopes = grant.scopes.iter().map(|entry| entry.scope.clone()).collect::<Vec<_>>();
        if grant.remember {
            let key = (account.sub.clone(), request.client_id.clone());
            self.tables().grants.insert(key, scopes.iter().cloned().collect());
        }
        self.code(&request, &scopes)
    }

    async fn deny(&self, resume: &Resume, _: &EngineContext<'_>) -> Result<Ending, EngineError> {
        let request = resumed(resume)?;
        Ok(self.error(&request.redirect_uri, request.state.as_deref(), "access_denied"))
    }
}

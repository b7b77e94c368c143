//! A Hydra that gives these answers one after the other, and keeps what it was asked.
#![allow(dead_code, reason = "no test uses everything")]

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use countersign_hydra::{Hydra, HydraOptions, http::HttpClient};
use countersign_server::{
    LoginReason, Realm,
    engine::{
        Asked, Ending, Engine as _, EngineContext, EngineError, Grant, Opened, Resume, SetCookies,
    },
    model::Account,
    seal::hash,
};
use http::{Request, header, request::Parts};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

const ISSUER: &str = "https://hydra.example";
const MARK: &str = "the mark of a test";

/// A request as Hydra tells it: `more` are members of its answer, `parameters` those of the client.
pub fn request(more: Value, parameters: &[(&str, &str)]) -> Value {
    let usual = [
        ("client_id", "app"),
        ("redirect_uri", "https://app.example/cb"),
        ("response_type", "code"),
        ("code_challenge", "x"),
        ("code_challenge_method", "S256"),
    ];
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let is_own = |name: &str| parameters.iter().any(|(other, _)| *other == name);
    query
        .extend_pairs(usual.into_iter().filter(|(name, _)| !is_own(name)))
        .extend_pairs(parameters);
    let mut body = json!({
        "challenge": "c", "subject": "ada", "skip": false, "requested_scope": ["openid", "read"],
        "requested_access_token_audience": [], "oidc_context": {}, "login_challenge": "l",
        "client": { "client_id": "app", "client_name": "The App", "redirect_uris": ["https://app.example/cb"] },
        "request_url": format!("{ISSUER}/oauth2/auth?{}", query.finish()),
        "context": { "countersign": hash(MARK) },
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// Where Hydra leads after a decision.
pub fn to_hydra() -> Value {
    json!({ "redirect_to": format!("{ISSUER}/oauth2/auth?consent_verifier=v") })
}

/// The address of an answer that needs no user.
pub fn ending(opened: &Opened) -> &str {
    match opened {
        Opened::Done(Ending::To(to)) => &to.to,
        _ => panic!("{opened:?}"),
    }
}

pub fn asked(opened: Opened) -> Asked {
    match opened {
        Opened::Ask(asked) => *asked,
        _ => panic!("{opened:?}"),
    }
}

/// The browser of a call.
pub struct Browser {
    pub account: Option<Account>,
    pub handed_off_at: Option<i64>,
    pub set_cookies: SetCookies,
    pub parts: Parts,
}

impl Default for Browser {
    fn default() -> Self {
        Self::with_cookie("")
    }
}

impl Browser {
    pub fn with_cookie(cookie: &str) -> Self {
        let mut account = Account::new("ada");
        account.signed_in_at = Some(1000);
        let parts =
            Request::builder().header(header::COOKIE, cookie).body(()).unwrap().into_parts().0;
        Self {
            account: Some(account),
            handed_off_at: None,
            set_cookies: SetCookies::default(),
            parts,
        }
    }

    /// The one in which the login was.
    pub fn marked() -> Self {
        Self::with_cookie(&format!("__Host-countersign_hydra_1={MARK}"))
    }

    pub fn context<'a>(&'a self, query: Option<&'a str>) -> EngineContext<'a> {
        let mut context = EngineContext::new(Realm::Consumer, &self.parts, &self.set_cookies);
        context.account = self.account.as_ref();
        context.handed_off_at = self.handed_off_at;
        context.query = query;
        context
    }
}

/// A call that was made.
#[derive(Clone)]
pub struct Call {
    pub line: String,
    pub headers: String,
    pub body: Value,
}

type Calls = Arc<Mutex<Vec<Call>>>;

pub struct Scripted {
    pub engine: Hydra,
    calls: Calls,
}

fn engine(admin: &str, options: impl FnOnce(&mut HydraOptions)) -> Hydra {
    let mut chosen = HydraOptions::new(admin.parse().unwrap(), ISSUER.parse().unwrap());
    options(&mut chosen);
    Hydra::new(chosen, HttpClient::new(false).unwrap())
}

/// Reads a call, and answers it.
async fn serve(mut stream: TcpStream, calls: Calls, answers: Arc<Mutex<VecDeque<(u16, String)>>>) {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let read = stream.read(&mut buffer).await.unwrap_or_default();
        if read == 0 {
            return;
        }
        bytes.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() < length.and_then(|length| length.parse().ok()).unwrap_or(0) {
            continue;
        }
        let (line, headers) = head.split_once("\r\n").unwrap();
        let body = serde_json::from_str(body).unwrap_or_default();
        let (line, headers) = (line.to_owned(), headers.to_owned());
        calls.lock().unwrap().push(Call { line, headers, body });
        let (status, body) = answers.lock().unwrap().pop_front().unwrap_or((599, String::new()));
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nlocation: https://evil.example\r\nretry-after: 7\r\n\r\n",
            body.len()
        );
        let _ = stream.write_all((head + &body).as_bytes()).await;
        bytes.clear();
    }
}

impl Scripted {
    async fn start(
        answers: VecDeque<(u16, String)>,
        options: impl FnOnce(&mut HydraOptions),
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let admin = format!("http://{}/", listener.local_addr().unwrap());
        let (calls, answers) = (Calls::default(), Arc::new(Mutex::new(answers)));
        let kept = Arc::clone(&calls);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&kept), Arc::clone(&answers)));
            }
        });
        Self { engine: engine(&admin, options), calls }
    }

    /// A Hydra with answers of any status.
    pub async fn answering<const N: usize>(answers: [(u16, String); N]) -> Self {
        Self::start(answers.into(), |options| options.own_login = true).await
    }

    /// A Hydra with good answers, and with other options.
    pub async fn with<const N: usize>(
        bodies: [Value; N],
        options: impl FnOnce(&mut HydraOptions),
    ) -> Self {
        Self::start(bodies.into_iter().map(|body| (200, body.to_string())).collect(), options).await
    }

    /// One that takes calls and answers none.
    pub async fn silent(options: impl FnOnce(&mut HydraOptions)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let admin = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let mut open = Vec::new();
            while let Ok((stream, _)) = listener.accept().await {
                open.push(stream);
            }
        });
        Self { engine: engine(&admin, options), calls: Calls::default() }
    }

    /// Nobody is there.
    pub fn down() -> Self {
        Self { engine: engine("http://127.0.0.1:9/", |_| {}), calls: Calls::default() }
    }

    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    pub async fn open(&self, flow: &str, browser: &Browser) -> Result<Opened, EngineError> {
        let query = format!("{flow}_challenge=c%20c");
        self.engine.open(&query, &browser.context(None)).await
    }

    pub async fn allow(
        &self,
        resume: Value,
        grant: &Grant,
        query: &str,
    ) -> Result<Ending, EngineError> {
        let browser = Browser::marked();
        self.engine.allow(&Resume(resume), grant, &browser.context(Some(query))).await
    }

    pub async fn deny(&self, resume: Value, query: &str) -> Result<Ending, EngineError> {
        let browser = Browser::default();
        self.engine.deny(&Resume(resume), &browser.context(Some(query))).await
    }
}

/// Why the user has to sign in.
pub fn reason(opened: &Opened) -> Option<LoginReason> {
    match opened {
        Opened::Login(login) => Some(login.reason),
        _ => None,
    }
}

pub fn is_ask(opened: &Opened) -> bool {
    matches!(opened, Opened::Ask(_))
}

//! A site with the kit, called in process, and browsers with cookies of their own.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use bytes::Bytes;
use countersign_server::{
    Builder, Countersign, LogEvent,
    describe::Sessions,
    memory::{Clock, MemoryStore},
    model::{Account, BoxError},
};
use http::{HeaderMap, Method, Request, request::Parts};
use http_body_util::{BodyExt, Full};
use serde_json::{Value, json};

use super::engine::{Scripted, lock};

pub const ORIGIN: &str = "https://site.example";
pub const SECRET: &str = "a secret of the tests, long enough to be one";
pub const QUERY: &str = "client_id=app&response_type=code&state=s%201";
/// 1 January 2026, in milliseconds.
pub const START: i64 = 1_767_225_600_000;

/// The account is named by a header, in place of a session.
pub struct Named;

pub fn ada() -> Account {
    let mut ada = Account::new("ada");
    ada.name = Some("Ada".to_owned());
    ada.email = Some("ada@example.com".to_owned());
    ada
}

impl Sessions for Named {
    async fn account(&self, request: &Parts) -> Result<Option<Account>, BoxError> {
        match request.headers.get("x-account").map(|sub| sub.to_str()).transpose()? {
            None => Ok(None),
            Some("ada") => Ok(Some(ada())),
            Some("broken") => Err("the sessions of a test are broken".into()),
            Some(sub) => Ok(Some(Account::new(sub))),
        }
    }
}

#[derive(Clone)]
pub struct Site {
    pub mount: Countersign,
    pub engine: Scripted,
    pub store: MemoryStore,
    pub events: Arc<Mutex<Vec<LogEvent>>>,
    time: Arc<AtomicI64>,
}

impl Site {
    pub fn new() -> Self {
        Self::with(Scripted::default(), |builder| builder)
    }

    /// A site with an engine, and with other options.
    pub fn with(engine: Scripted, options: impl FnOnce(Builder) -> Builder) -> Self {
        let time = Arc::new(AtomicI64::new(START));
        let told = Arc::clone(&time);
        let clock: Clock = Arc::new(move || told.load(Ordering::SeqCst));
        let store = MemoryStore::with_clock(Arc::clone(&clock));
        let events = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&events);
        let builder = Countersign::builder(engine.clone(), Named)
            .origin(ORIGIN)
            .clock(clock)
            .store(store.clone())
            .log(move |event| lock(&noted).push(event.clone()));
        let mount = options(builder).secret(SECRET).build().unwrap();
        Self { mount, engine, store, events, time }
    }

    pub fn advance(&self, seconds: i64) {
        self.time.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    pub fn browser(&self) -> Browser {
        Browser { site: self.clone(), jar: BTreeMap::new(), account: Some("ada".to_owned()) }
    }

    /// A browser at a card.
    pub async fn at_card(&self) -> (Browser, Value) {
        let mut browser = self.browser();
        let card = browser.start(json!({ "query": QUERY })).await.body;
        assert_eq!(card["outcome"], "consent", "{card}");
        (browser, card)
    }
}

#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Reply {
    /// The status, and the code of the problem or the name of the outcome.
    pub fn brief(&self) -> (u16, &str) {
        let name = self.body.get("code").or_else(|| self.body.get("outcome"));
        (self.status, name.and_then(Value::as_str).unwrap_or_default())
    }

    pub fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_default()
    }
}

#[derive(Clone)]
pub struct Browser {
    pub site: Site,
    pub jar: BTreeMap<String, String>,
    pub account: Option<String>,
}

impl Browser {
    pub fn cookies(&self) -> String {
        let pairs = self.jar.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    pub fn keep(&mut self, headers: &HeaderMap) {
        for line in headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            let (name, rest) = line.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if line.ends_with("; Max-Age=0") {
                self.jar.remove(name);
            } else {
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// Sends a request to the site as it is. Answers the status, the headers and the text.
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> (u16, HeaderMap, String) {
        let mut request = Request::builder().method(method).uri(path);
        if !self.jar.is_empty() {
            request = request.header("cookie", self.cookies());
        }
        if let Some(account) = &self.account {
            request = request.header("x-account", account);
        }
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let response = self.site.mount.handle(request.body(Full::new(body.into())).unwrap()).await;
        let (parts, body) = response.into_parts();
        self.keep(&parts.headers);
        let bytes = body.collect().await.unwrap().to_bytes();
        (parts.status.as_u16(), parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
    }

    /// Makes a call of the page, with more headers, or with others in place of the usual ones.
    pub async fn call_with(
        &mut self,
        path: &str,
        body: impl Into<Bytes>,
        more: &[(&str, &str)],
    ) -> Reply {
        let usual = [
            ("accept", "application/json;v=2"),
            ("origin", ORIGIN),
            ("x-countersign", "1"),
            ("content-type", "application/json"),
        ];
        let is_replaced = |name: &str| more.iter().any(|(other, _)| *other == name);
        let kept = usual.into_iter().filter(|(name, _)| !is_replaced(name));
        let headers = kept.chain(more.iter().copied()).collect::<Vec<_>>();
        let path = format!("/countersign{path}");
        let (status, headers, text) = self.send(Method::POST, &path, &headers, body).await;
        let body = serde_json::from_str(&text).unwrap_or_else(|_| json!({ "text": text }));
        Reply { status, headers, body }
    }

    pub async fn call(&mut self, path: &str, body: Value) -> Reply {
        self.call_with(path, body.to_string(), &[]).await
    }

    pub async fn start(&mut self, mut body: Value) -> Reply {
        let realm = body.get("realm").cloned().unwrap_or_else(|| "consumer".into());
        body["realm"] = realm;
        self.call("/authorize/start", body).await
    }

    pub async fn resume(&mut self, card: &Value) -> Reply {
        self.start(json!({ "transaction": card["transaction"] })).await
    }

    pub async fn submit(&mut self, key: &str, body: Value) -> Reply {
        self.call_with("/authorize/submit", body.to_string(), &[("idempotency-key", key)]).await
    }
}

/// The body of a decision about a card, with other members in place of the usual ones.
pub fn decision_on(card: &Value, decision: &str, more: Value) -> Value {
    let mut body = json!({ "transaction": card["transaction"], "version": card["version"], "decision": decision, "scopes": [] });
    if decision == "allow" {
        let entry = |scope: &Value| {
            let mut entry = json!({ "scope": scope["scope"] });
            if !scope["resource"].is_null() {
                entry["resource"] = scope["resource"].clone();
            }
            entry
        };
        let grantable =
            card["scopes"].as_array().unwrap().iter().filter(|scope| scope["grantable"] == true);
        body["scopes"] = grantable.map(entry).collect();
        if card["authorization_details"] != json!([]) {
            body["authorization_details"] = card["authorization_details"].clone();
        }
    }
    if let Some(organization) = card.get("organization") {
        body["organization_id"] = organization["organization_id"].clone();
    }
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    body
}

/// An allow of all that a card offers.
pub fn allow(card: &Value) -> Value {
    decision_on(card, "allow", Value::Null)
}

/// A denial.
pub fn deny(card: &Value) -> Value {
    decision_on(card, "deny", Value::Null)
}

//! An engine that does what a test says, and notes every call. By default it asks for three scopes
//! and gives a code for each allow.

use std::{
    collections::VecDeque,
    future::pending,
    sync::{Arc, Mutex, PoisonError},
};

use countersign_server::{
    engine::{
        Asked, Destination, Ending, Engine, EngineContext, EngineError, Grant, LogoutAsked,
        LogoutEnding, LogoutOpened, Narrows, Opened, Remembers, Resume,
    },
    model::{ClientMetadata, RequestedScope},
};
use http::HeaderValue;
use serde_json::json;

pub const CALLBACK: &str = "https://app.example/cb";

/// What `open` answers by default.
pub fn asked() -> Asked {
    let mut client = ClientMetadata::new("app");
    client.client_name = Some("The App".to_owned());
    client.client_uri = Some("https://app.example/".to_owned());
    client.tagged.insert("client_name#de".to_owned(), "Die App".to_owned());
    let mut asked = Asked::new(client, CALLBACK, Resume(json!({ "ticket": "t1" })));
    asked.scopes = ["openid", "read", "write"].map(RequestedScope::new).to_vec();
    asked
}

/// An answer to the client.
pub fn to_client(query: &str) -> Ending {
    Ending::To(Destination::new(format!("{CALLBACK}?{query}")))
}

/// What happens at the next allows and denials, before the usual answer.
pub enum Next {
    Fail(EngineError),
    End(Ending),
    /// Answers only when the kit has given up.
    Hang,
    Panic,
}

type Open = Box<dyn Fn(&str, &EngineContext<'_>) -> Result<Opened, EngineError> + Send + Sync>;

#[derive(Default)]
pub struct Script {
    pub open: Mutex<Option<Open>>,
    pub next: Mutex<VecDeque<Next>>,
    /// The names of the calls, and what the kit said in them.
    pub calls: Mutex<Vec<String>>,
    pub grants: Mutex<Vec<Grant>>,
}

#[derive(Clone)]
pub struct Scripted {
    pub script: Arc<Script>,
    pub name: &'static str,
    pub narrows: Narrows,
    pub remembers: Remembers,
    pub origins: Vec<String>,
    pub signs_out: bool,
}

impl Default for Scripted {
    fn default() -> Self {
        Self {
            script: Arc::default(),
            name: "scripted",
            narrows: Narrows::Yes,
            remembers: Remembers::Choice,
            origins: Vec::new(),
            signs_out: false,
        }
    }
}

pub fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Scripted {
    pub fn on_open(
        &self,
        open: impl Fn(&str, &EngineContext<'_>) -> Result<Opened, EngineError> + Send + Sync + 'static,
    ) {
        *lock(&self.script.open) = Some(Box::new(open));
    }

    /// Changes what `open` asks for.
    pub fn on_ask(&self, change: impl Fn(&mut Asked) + Send + Sync + 'static) {
        self.on_open(move |_, _| {
            let mut asked = asked();
            change(&mut asked);
            Ok(Opened::Ask(Box::new(asked)))
        });
    }

    pub fn next(&self, next: Next) {
        lock(&self.script.next).push_back(next);
    }

    /// How often a call was made.
    pub fn count(&self, name: &str) -> usize {
        lock(&self.script.calls).iter().filter(|call| call.starts_with(name)).count()
    }

    pub fn last_grant(&self) -> Grant {
        lock(&self.script.grants).last().cloned().unwrap()
    }

    fn note(&self, call: impl Into<String>) {
        lock(&self.script.calls).push(call.into());
    }

    async fn end(&self, usual: String) -> Result<Ending, EngineError> {
        let next = lock(&self.script.next).pop_front();
        match next {
            None => Ok(to_client(&usual)),
            Some(Next::Fail(error)) => Err(error),
            Some(Next::End(ending)) => Ok(ending),
            Some(Next::Hang) => pending().await,
            Some(Next::Panic) => panic!("the engine of a test panics"),
        }
    }
}

impl Engine for Scripted {
    fn name(&self) -> &str {
        self.name
    }
    fn narrows(&self) -> Narrows {
        self.narrows
    }
    fn remembers(&self) -> Remembers {
        self.remembers
    }
    fn origins(&self) -> &[String] {
        &self.origins
    }
    fn issuer(&self) -> Option<&str> {
        Some("https://issuer.example")
    }
    async fn open(&self, query: &str, context: &EngineContext<'_>) -> Result<Opened, EngineError> {
        self.note(format!("open {query}"));
        match &*lock(&self.script.open) {
            Some(open) => open(query, context),
            None => Ok(Opened::Ask(Box::new(asked()))),
        }
    }
    async fn allow(
        &self,
        resume: &Resume,
        grant: &Grant,
        context: &EngineContext<'_>,
    ) -> Result<Ending, EngineError> {
        self.note(format!("allow {}", resume.0));
        lock(&self.script.grants).push(grant.clone());
        context.set_cookie(HeaderValue::from_static("engine=1; Path=/"));
        let code = self.count("allow");
        self.end(format!("code={code}")).await
    }
    async fn deny(&self, resume: &Resume, _: &EngineContext<'_>) -> Result<Ending, EngineError> {
        self.note(format!("deny {}", resume.0));
        self.end("error=access_denied".to_owned()).await
    }
    fn signs_out(&self) -> bool {
        self.signs_out
    }
    async fn open_logout(
        &self,
        query: &str,
        _: &EngineContext<'_>,
    ) -> Result<LogoutOpened, EngineError> {
        self.note(format!("open_logout {query}"));
        Ok(LogoutOpened::Ask(LogoutAsked::new(Resume(json!("session")))))
    }
    async fn sign_out(
        &self,
        resume: &Resume,
        _: &EngineContext<'_>,
    ) -> Result<LogoutEnding, EngineError> {
        self.note(format!("sign_out {}", resume.0));
        Ok(LogoutEnding::SignedOut)
    }
}

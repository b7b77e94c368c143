//! A backend with a scripted API and a page with cookies.

use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, VecDeque},
    future::{Future, poll_fn},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use countersign::{
    api::{HttpRequest, HttpResponse, Transport},
    backend::{
        Backend, BackendError, Decision, LogoutDecision, LogoutOutcome, LogoutStartRequest,
        LogoutSubmitRequest, Outcome, StartRequest, SubmitRequest, TransportError, TrustedToken,
    },
    consent::ConsentRequest,
    platform::native::Native,
    protocol::{IdempotencyKey, LogoutId, RawQuery, Realm, RequestRef, Secret},
};
use countersign_stytch::{StytchBackend, StytchOptions, StytchPlatform};
use serde_json::{Value, json};

pub use super::platform::Page;

pub const TOKEN: &str = "public-token-test-1";
pub const QUERY: &str =
    "client_id=app&redirect_uri=https%3A%2F%2Fclient.example%2Fcb&scope=openid+photos.read&state=s";
pub const HOME: &str = "https://client.example/cb?code=C&state=s";

/// The response to a call.
#[derive(Clone)]
pub enum Answer {
    Status(u16, Value),
    Text(u16, &'static str),
    Fails(TransportError),
    Never,
}

impl From<Value> for Answer {
    fn from(data: Value) -> Self {
        Self::Status(200, json!({ "data": data }))
    }
}

/// An error response in Stytch's format.
pub fn refusal(status: u16, error_type: &str) -> Answer {
    Answer::Status(
        status,
        json!({
            "status_code": status, "request_id": "request-id-test-1", "error_type": error_type,
            "error_message": "in English", "error_url": "https://stytch.com/docs"
        }),
    )
}

/// A call that the backend made.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    pub url: String,
    pub basic: String,
    pub body: Option<Value>,
}

/// A path whose responses are held back until the cell is `true`.
type Held = (&'static str, Rc<Cell<bool>>);

#[derive(Default)]
pub struct Api {
    script: RefCell<HashMap<&'static str, VecDeque<Answer>>>,
    held: RefCell<Vec<Held>>,
    pub requests: RefCell<Vec<HttpRequest>>,
}

impl Api {
    /// Adds a response for paths with this end. The last one is repeated.
    pub fn on(&self, path: &'static str, answer: impl Into<Answer>) {
        let mut script = self.script.borrow_mut();
        script.entry(path).or_default().push_back(answer.into());
    }

    /// Holds back the responses of a path until the cell is `true`.
    pub fn hold(&self, path: &'static str) -> Rc<Cell<bool>> {
        let open = Rc::new(Cell::new(false));
        self.held.borrow_mut().push((path, Rc::clone(&open)));
        open
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.requests.borrow().iter().map(sent).collect()
    }

    /// The paths of the calls, without the API's prefix.
    pub fn paths(&self) -> Vec<String> {
        let path = |it: Sent| it.url.split("/sdk/v1/").nth(1).unwrap().to_owned();
        self.sent().into_iter().map(path).collect()
    }

    fn answer(&self, url: &str) -> Answer {
        let mut script = self.script.borrow_mut();
        let mut fitting: Vec<_> =
            script.iter_mut().filter(|(path, _)| url.ends_with(**path)).collect();
        fitting.sort_by_key(|(path, _)| path.len());
        let (_, answers) = fitting.pop().unwrap_or_else(|| panic!("no answer to {url}"));
        if answers.len() > 1 {
            answers.pop_front().unwrap()
        } else {
            answers.front().unwrap().clone()
        }
    }
}

fn sent(request: &HttpRequest) -> Sent {
    let header = |name| request.headers.iter().find(|(other, _)| *other == name);
    Sent {
        url: format!("{} {}", request.method.as_str(), request.url),
        basic: header("Authorization").unwrap().1.clone(),
        body: request.body.as_deref().map(|body| serde_json::from_str(body).unwrap()),
    }
}

impl Transport for Api {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>>>> {
        let answer = self.answer(&request.url);
        let held = self.held.borrow();
        let held = held.iter().find(|(path, _)| request.url.ends_with(path));
        let open = held.map(|(_, open)| Rc::clone(open));
        self.requests.borrow_mut().push(request);
        Box::pin(async move {
            poll_fn(|_| match &open {
                Some(open) if !open.get() => Poll::Pending,
                _ => Poll::Ready(()),
            })
            .await;
            let (status, body) = match answer {
                Answer::Status(status, body) => (status, body.to_string()),
                Answer::Text(status, text) => (status, text.to_owned()),
                Answer::Fails(error) => return Err(error),
                Answer::Never => std::future::pending().await,
            };
            Ok(HttpResponse {
                status,
                body,
                content_type: "application/json".into(),
                ..HttpResponse::default()
            })
        })
    }
}

/// A backend with its API and its page.
pub struct Stytch {
    pub api: Rc<Api>,
    pub page: Rc<Page>,
    pub backend: StytchBackend,
    pub realm: Realm,
}

/// The options of the test project, with a change.
pub fn options(change: impl FnOnce(&mut StytchOptions)) -> StytchOptions {
    let mut options = StytchOptions::new(TOKEN);
    change(&mut options);
    options
}

pub fn consumer() -> Stytch {
    Stytch::new(Realm::Consumer, StytchOptions::new(TOKEN))
}

pub fn b2b() -> Stytch {
    Stytch::new(Realm::B2b, StytchOptions::new(TOKEN))
}

/// A project behind its own domain, so that sessions can be in `HttpOnly` cookies.
pub fn own_domain(realm: Realm) -> Stytch {
    let options = options(|it| it.custom_base_url = Some("login.example".into()));
    Stytch::new(realm, options)
}

impl Stytch {
    pub fn new(realm: Realm, options: StytchOptions) -> Self {
        let page = Page {
            cookies: RefCell::default(),
            set: RefCell::default(),
            hostname: "app.example",
            keeps: true,
        };
        Self::on(realm, options, page)
    }

    pub fn on(realm: Realm, options: StytchOptions, page: Page) -> Self {
        let (api, page) = (Rc::new(Api::default()), Rc::new(page));
        let backend = StytchBackend::new(
            realm,
            options,
            Rc::clone(&api) as Rc<dyn Transport>,
            Rc::new(Native),
            Rc::clone(&page) as Rc<dyn StytchPlatform>,
        );
        let stytch = Self { api, page, backend, realm };
        stytch.answer_well();
        stytch
    }

    /// Every call succeeds.
    fn answer_well(&self) {
        self.api.on("sessions/authenticate", self.session());
        self.api.on("authorize/start", self.start_answer());
        self.api.on("authorize/submit", json!({ "redirect_uri": HOME, "authorization_code": "C" }));
        let bye = json!({ "redirect_uri": "https://client.example/bye", "consent_required": true });
        self.api.on("logout/start", bye);
        self.api.on("sessions/revoke", json!({}));
        self.api.on("sessions/attest", self.session());
        self.api.on(TOKEN, json!({ "project_name": "Harbor" }));
    }

    pub fn signed_in(self) -> Self {
        let cookie = ("stytch_session".to_owned(), "session".to_owned());
        self.page.cookies.borrow_mut().push(cookie);
        self
    }

    pub fn start(&self, query: &str) -> Result<Outcome, BackendError> {
        run(self.starting(query))
    }

    pub fn starting(
        &self,
        query: &str,
    ) -> Pin<Box<dyn Future<Output = Result<Outcome, BackendError>>>> {
        self.backend.start(StartRequest::new(self.realm, RequestRef::Query(RawQuery::new(query))))
    }

    pub fn card(&self, query: &str) -> ConsentRequest {
        match self.start(query) {
            Ok(Outcome::Consent(card)) => *card,
            other => panic!("no card: {other:?}"),
        }
    }

    pub fn decide(&self, query: &str, decision: Decision) -> Result<Outcome, BackendError> {
        run(self.backend.submit(SubmitRequest::new(
            RequestRef::Query(RawQuery::new(query)),
            decision,
            IdempotencyKey::new("K"),
        )))
    }

    pub fn logout(&self, query: &str) -> Result<LogoutOutcome, BackendError> {
        run(self
            .backend
            .logout_start(LogoutStartRequest { realm: self.realm, query: RawQuery::new(query) }))
    }

    pub fn answer_logout(&self, logout: LogoutId, decision: LogoutDecision) -> LogoutOutcome {
        let request = LogoutSubmitRequest { logout, decision };
        run(self.backend.logout_submit(request)).unwrap()
    }

    pub fn attest(&self) -> Result<(), BackendError> {
        run(self
            .backend
            .attest(TrustedToken { token: Secret::new("JWT"), profile_id: "profile-1".into() }))
    }
}

/// The value of a future that is ready at once.
pub fn run<T>(future: Pin<Box<dyn Future<Output = T>>>) -> T {
    poll(&mut { future }).expect("an answer without waiting")
}

pub fn poll<T>(future: &mut Pin<Box<dyn Future<Output = T>>>) -> Option<T> {
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

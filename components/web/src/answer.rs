//! The answer that a page came with.

use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::Rc,
};

use countersign::{
    api::{MAX_BODY, client::read_outcome},
    backend::{
        Backend, BackendFault, BackendFuture, LogoutOutcome, LogoutStartRequest,
        LogoutSubmitRequest, Outcome, StartRequest, SubmitRequest, TransportError, TrustedToken,
    },
    protocol::{Flow, RequestRef},
};

use web_sys::Element;

use crate::{
    Appearance, OnGesture, Rendered,
    dom::hold,
    platform::{Browser, now},
};

/// The answer of `authorize/start` that a page came with, as JSON text.
///
/// The widget takes it for its first call, if it is about the request in the page's address, and
/// makes every later call. A card that a server rendered stays as it is, with what the user did on
/// it meanwhile. The same text is taken once in the life of a page: a widget that is mounted again
/// asks.
///
/// ```
/// use std::rc::Rc;
/// use countersign::{Realm, backend::memory::MemoryBackend};
/// use countersign_web::{Answer, Options};
///
/// let mut options = Options::new(Realm::Consumer, || Rc::new(MemoryBackend::default()));
/// options.answer = Some(Answer::new(r#"{"outcome":"login","reason":"no_session","attempt":1}"#));
/// ```
// What it does is stored here, so that a page without an answer does not include it.
#[derive(Clone)]
pub struct Answer {
    text: String,
    root: Option<Element>,
    functions: &'static Functions,
}

struct Functions {
    before: fn(String, Rc<dyn Backend>) -> Rc<dyn Backend>,
    card: fn(&Element) -> Option<Element>,
    hold: Hold,
}

/// Keeps a card that a server rendered in a root until the widget has one.
pub(crate) type Hold = fn(&Rendered, Element, Element, Appearance, OnGesture);

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer([redacted])")
    }
}

impl Answer {
    /// An answer of the countersign API.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), root: None, functions: &Functions { before, card, hold } }
    }

    /// The element with the class `countersign` that a server rendered, whose card the widget takes
    /// over.
    #[must_use]
    pub fn in_root(mut self, root: Element) -> Self {
        self.root = Some(root);
        self
    }

    /// The root and its card, if a server rendered them.
    #[must_use]
    pub fn rendered(&self) -> Option<(Element, Element)> {
        let root = self.root.as_ref()?;
        Some((root.clone(), (self.functions.card)(root)?))
    }

    /// A backend that gives this answer first.
    pub(crate) fn before(self, backend: Rc<dyn Backend>) -> Rc<dyn Backend> {
        (self.functions.before)(self.text, backend)
    }

    /// How the card of a server becomes the widget's own.
    pub(crate) fn hold(&self) -> Hold {
        self.functions.hold
    }
}

impl<T: Into<String>> From<T> for Answer {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

thread_local! {
    /// The answer that a widget of this page took last.
    static TAKEN: RefCell<String> = const { RefCell::new(String::new()) };
}

fn card(root: &Element) -> Option<Element> {
    root.query_selector(".countersign-card").ok()?
}

fn before(text: String, backend: Rc<dyn Backend>) -> Rc<dyn Backend> {
    Rc::new(Answered { text: Cell::new(Some(text)), backend })
}

/// A backend that takes the page's answer for its first call.
struct Answered {
    text: Cell<Option<String>>,
    backend: Rc<dyn Backend>,
}

impl Answered {
    /// The answer to the first call, if it is about its request.
    fn take(&self, request: &StartRequest) -> Option<BackendFuture<Outcome>> {
        let text = self.text.take()?;
        let is_new = TAKEN.with_borrow_mut(|taken| {
            let is_new = *taken != text;
            taken.clone_from(&text);
            is_new
        });
        if !is_new || request.organization.is_some() {
            return None;
        }
        let outcome = if text.len() > MAX_BODY {
            Err(BackendFault::from(TransportError::TooLarge).into())
        } else {
            let read = read_outcome(&text, &Browser, &Browser);
            read.map_err(|error| BackendFault::from(error).into())
        };
        let is_for = outcome.as_ref().map_or(true, |outcome| is_for(outcome, &request.request));
        is_for.then(|| Box::pin(std::future::ready(outcome)) as BackendFuture<Outcome>)
    }
}

/// Whether an outcome is about a request, as far as it says what it is about, and has not expired.
fn is_for(outcome: &Outcome, request: &RequestRef) -> bool {
    match (request, outcome) {
        (_, Outcome::Consent(card)) if card.expires_at as f64 * 1000.0 <= now() => false,
        (RequestRef::Query(query), Outcome::Consent(card)) => query.parse().is_ok_and(|query| {
            query.one("client_id").ok().flatten() == Some(card.client.client_id.as_str())
        }),
        (RequestRef::Transaction(transaction), Outcome::Consent(card)) => {
            card.transaction.as_ref() == Some(transaction)
        }
        (RequestRef::Transaction(transaction), Outcome::Login(login)) => {
            login.transaction.as_ref() == Some(transaction)
        }
        _ => true,
    }
}

impl Backend for Answered {
    fn start(&self, request: StartRequest) -> BackendFuture<Outcome> {
        self.take(&request).unwrap_or_else(|| self.backend.start(request))
    }

    fn submit(&self, request: SubmitRequest) -> BackendFuture<Outcome> {
        self.backend.submit(request)
    }

    fn logout_start(&self, request: LogoutStartRequest) -> BackendFuture<LogoutOutcome> {
        self.backend.logout_start(request)
    }

    fn logout_submit(&self, request: LogoutSubmitRequest) -> BackendFuture<LogoutOutcome> {
        self.backend.logout_submit(request)
    }

    fn attest(&self, token: TrustedToken) -> BackendFuture<()> {
        // The token makes another session than the one that the answer is for.
        self.text.take();
        self.backend.attest(token)
    }

    fn host(&self) -> Option<String> {
        self.backend.host()
    }

    fn default_flow(&self) -> Flow {
        self.backend.default_flow()
    }
}

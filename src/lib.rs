//! The core of Countersign: the consent side of an OAuth 2.1 / OpenID Connect authorization server.
//!
//! This crate has no browser, no framework and no runtime. It reads the request from the page's
//! address, decides what happens next, and describes the screen as data. A driver runs it; the
//! crate `countersign-web` has one for the browser.
//!
//! # Where to start
//!
//! - [`protocol`]: the page's query, login and logout, and the addresses that are safe to open
//! - [`consent`]: client, account, organizations and scopes
//! - [`flow`]: the state machine: [`flow::open`] and [`flow::step`]
//! - [`view`]: the screen of a state
//! - [`backend`]: the trait [`backend::Backend`], its models and errors
//! - [`api`]: the countersign API: client, server side and HTTP transport
//! - [`messages`]: the texts
//! - [`platform`]: the services that the core needs from its host
//!
//! # Example
//!
//! A scripted backend responds that the request needs consent. The user denies it.
//!
//! ```
//! # use std::{future::Future, pin::pin, task::{Context, Poll, Waker}};
//! # fn ready<T>(call: impl Future<Output = T>) -> T {
//! #     match pin!(call).poll(&mut Context::from_waker(Waker::noop())) {
//! #         Poll::Ready(response) => response,
//! #         Poll::Pending => unreachable!(),
//! #     }
//! # }
//! use countersign::{
//!     Realm,
//!     backend::{Backend, Outcome, memory::MemoryBackend},
//!     consent::{Account, Client, ConsentRequest, Registration, RequestedScope},
//!     flow::{self, Effect, Event, Gesture, PageInfo},
//!     messages::Messages,
//!     platform::native::Native,
//!     protocol::{ClientId, Flow, IdempotencyKey, RawQuery, RedirectTarget, ScopeToken},
//!     view,
//! };
//!
//! // The backend has one response: the request needs consent.
//! let client = Client::new(ClientId::new("printer"), "Printer", Registration::Managed);
//! let redirect_uri = RedirectTarget::check("https://printer.example/cb", false, &Native);
//! let account = Account::new("user-1");
//! let mut request = ConsentRequest::new(client, account, redirect_uri, 1_800_000_000);
//! request.scopes = vec![RequestedScope::new(ScopeToken::new("photos.read"))];
//! let backend = MemoryBackend::default().then(Outcome::Consent(Box::new(request)));
//!
//! // The first step reads the page's query, and asks for a call of the backend.
//! let query = RawQuery::new("client_id=printer&scope=photos.read");
//! let mut page = PageInfo::new(Realm::Consumer, Flow::Authorize, query);
//! page.site_name = Some("Harbor".to_owned());
//! let mut step = flow::open(page);
//! let Some(Effect::Start { attempt, request }) = step.effects.first().cloned() else {
//!     panic!("the page calls the backend first");
//! };
//!
//! // A driver makes the call, and sends the response back.
//! let response = ready(backend.start(request));
//! step = flow::step(step.machine, Event::AuthorizeResponse(attempt, response));
//! assert_eq!(view::state_name(&step.machine), "consent");
//! let screen = view::screen(&step.machine, &Messages::default(), &Native);
//! assert_eq!(screen.heading.unwrap().plain(), "Printer wants access to your Harbor account");
//!
//! // The user denies: the next effect sends the decision.
//! let key = IdempotencyKey::new("one-per-gesture");
//! step = flow::step(step.machine, Event::User(Gesture::Deny, key));
//! assert!(matches!(step.effects.first(), Some(Effect::Submit { .. })));
//! ```

#![deny(rustdoc::broken_intra_doc_links)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod api;
pub mod backend;
pub mod consent;
pub mod flow;
pub mod messages;
pub mod platform;
pub mod protocol;
pub mod strings;
pub mod view;

pub use protocol::Realm;

/// The page for backends, whose sample compiles.
#[cfg(all(doctest, feature = "native", feature = "serde"))]
#[doc = include_str!("../docs/backend.md")]
struct BackendPage;

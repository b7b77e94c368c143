//! The machine: what happens next, as data.
//!
//! [`open`] and [`step`] are pure and total: an event that does not fit the state changes nothing. A driver carries out
//! each [`Effect`] and answers with an [`Event`] that carries the effect's [`Attempt`], so that a late answer is dropped.
//!
//! ```
//! use countersign::flow::{self, Entry, Page};
//! use countersign::protocol::{RawQuery, Realm};
//!
//! let page = Page::new(Realm::Consumer, Entry::Authorize(RawQuery::new("client_id=printer")));
//! let step = flow::open(page);
//! assert!(matches!(step.effects.first(), Some(flow::Effect::Start { .. })));
//! ```

mod attest;
mod authorize;
mod card;
mod decide;
mod effect;
mod event;
mod login;
mod logout;
mod machine;
mod page;
mod screen;
mod show;
mod state;
mod trouble;
mod view;

pub use attest::Trusted;
pub use card::{
    ConsentCard, DetailItem, LogoutCard, Mark, OrganizationChoice, Organizations, ScopeGroup,
    ScopeItem, ScopeList, Tick,
};
pub use effect::{Effect, Notice, Timer};
pub use event::{Event, Gesture};
pub use machine::{Machine, Step, open, step};
pub use page::{Entry, Languages, Page};
pub use show::view;
pub use state::{
    Arming, Attempt, Consent, Failed, Failure, Invalid, LoginRequired, Question, Redirecting,
    Retry, SigningOut, State, SubmittedFrom, Submitting,
};
pub use view::{Action, Body, Live, Screen, Sign, View, WayOn};

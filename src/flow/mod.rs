//! The machine: what happens next, as data.
//!
//! [`open`] and [`step`] are pure and total: an event that does not fit the state changes nothing. A
//! driver runs each [`Effect`] and answers with an [`Event`] that carries the effect's [`Attempt`], so
//! that a stale response is dropped.
//!
//! - `machine.rs` gives each event to its handler.
//! - `handlers/` has a file a subject. A handler gets the context and the state, and returns the next
//!   state, whether its screen is new, and the effects.
//! - `context.rs` has what holds through all states, and what handlers share.
//! - `state.rs`, `event.rs` and `effect.rs` are the types.
//!
//! ```
//! use countersign::flow::{self, PageInfo};
//! use countersign::protocol::{Flow, RawQuery, Realm};
//!
//! let query = RawQuery::new("client_id=printer");
//! let step = flow::open(PageInfo::new(Realm::Consumer, Flow::Authorize, query));
//! assert!(matches!(step.effects.first(), Some(flow::Effect::Start { .. })));
//! ```

mod context;
mod effect;
mod event;
mod handlers;
mod machine;
mod page_info;
mod state;
mod transition;

pub use effect::{Effect, Timer, WidgetError, WidgetEvent};
pub use event::{Event, Gesture};
pub use machine::{Machine, Step, open, step};
pub use page_info::{Languages, PageInfo, Trusted};
pub use state::{
    Arming, Attempt, Consent, Failed, Failure, Invalid, LoginRequired, Question, Redirecting,
    Retry, SigningOut, State, SubmittedFrom, Submitting,
};
use transition::Transition;

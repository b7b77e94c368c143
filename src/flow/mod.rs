//! The state machine.
//!
//! [`open`] and [`step`] are pure and total: an event that does not fit the state changes nothing.
//! A driver runs each [`Effect`] and sends an [`Event`] with the effect's [`Attempt`], so that
//! stale responses are dropped.
//!
//! - `machine.rs` dispatches each event to its handler.
//! - `handlers/` has one file per subject. A handler gets the context and the state, and returns
//!   the next state, whether its screen is new, and the effects.
//! - `context.rs` has the context of all states, and what handlers share.
//! - `state.rs`, `event.rs` and `effect.rs` have the types; `guard.rs` says when a press counts.
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
mod guard;
mod handlers;
mod machine;
mod page_info;
mod state;
mod transition;

pub use effect::{Effect, Timer, WidgetError, WidgetEvent};
pub use event::{Event, Gesture};
pub use guard::{Arming, Guard, Uncounted};
pub use machine::{Machine, Step, open, step};
pub use page_info::{Languages, PageInfo, Trusted};
pub use state::{
    Attempt, CardChange, Consent, Failed, Failure, Invalid, LoginRequired, Question,
    RedirectReason, Redirecting, Retry, SigningOut, State, SubmittedFrom, Submitting,
};
use transition::Transition;

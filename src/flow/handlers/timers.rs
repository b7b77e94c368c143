//! Expired timers, and pages from the back-forward cache.

use crate::{
    flow::{
        Arming, Failed, Redirecting, Retry, State, Timer, context::Context, transition::Transition,
    },
    protocol::AddressKind,
};

/// A timer ran out. `failure.rs` handles [`Timer::Response`].
pub fn on_timeout(context: &mut Context, state: State, timer: Timer) -> Transition {
    match (timer, state) {
        // Only the backend decides whether the transaction has expired.
        (Timer::Expiry(_), State::Consent(consent)) => match context.question.clone() {
            Some(question) => context.ask(question, Some(consent)),
            None => Transition::same_screen(State::Consent(consent)),
        },
        (Timer::RetryAfter(_), State::Failed(failed)) if failed.retry != Retry::Now => {
            let retry = Retry::Now;
            Transition::new_screen(State::Failed(Failed { retry, ..failed }))
        }
        (Timer::Arming(number), other) => {
            if context.guard.arming == Arming::Waiting(number) {
                context.guard.arming = Arming::Armed;
            }
            Transition::same_screen(other)
        }
        (Timer::HandOver, State::Redirecting(redirecting))
            if redirecting.target.kind() == AddressKind::App =>
        {
            Transition::new_screen(State::Returned(redirecting))
        }
        (Timer::Navigation, State::Redirecting(redirecting)) if !redirecting.late => {
            Transition::new_screen(State::Redirecting(Redirecting { late: true, ..redirecting }))
        }
        (_, other) => Transition::same_screen(other),
    }
}

/// The browser restored the page from the back-forward cache. Its content may be outdated, so the
/// backend is asked again.
pub fn on_page_restored(context: &mut Context, state: State) -> Transition {
    match state {
        State::Framed | State::Invalid(_) => Transition::same_screen(state),
        other => context.ask_again(other, None),
    }
}

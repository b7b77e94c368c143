//! Expired timers, and pages from the back-forward cache.

use crate::flow::{Arming, Failed, Retry, State, Timer, context::Context, transition::Transition};

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
        (Timer::Arming(number), State::Consent(mut consent))
            if consent.arming == Arming::Waiting(number) =>
        {
            consent.arming = Arming::Armed;
            Transition::same_screen(State::Consent(consent))
        }
        (Timer::Navigation | Timer::HandOver, State::Redirecting(redirecting)) => {
            Transition::new_screen(State::Returned(redirecting))
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

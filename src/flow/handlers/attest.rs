//! A trusted auth token is exchanged for a session before anything else is asked.

use crate::{
    backend::TrustedToken,
    flow::{Question, State, context::Context, transition::Transition},
};

/// The token was exchanged. Only now is the request asked about: before, it would have been asked
/// under another session.
pub fn on_session(context: &mut Context) -> Transition {
    match context.question.as_ref().and_then(Question::start) {
        Some(start) => {
            let question = Question::Start(start.clone());
            context.ask(question, None)
        }
        None => Transition::same_screen(State::Attesting),
    }
}

/// A token arrived, the first one or another. What was asked or shown for an earlier session no
/// longer holds. A decision that was sent or has its response stays.
pub fn on_token(context: &mut Context, state: State, token: TrustedToken) -> Transition {
    let open = matches!(
        state,
        State::Attesting
            | State::Starting(_)
            | State::LoginRequired(_)
            | State::Consent(_)
            | State::Failed(_)
            | State::Expired(_)
    );
    match context.question.as_ref().and_then(Question::start) {
        Some(start) if open => {
            let question = Question::Attest(Some(token), start.clone());
            context.unanswered = None;
            context.ask(question, None)
        }
        _ => Transition::same_screen(state),
    }
}

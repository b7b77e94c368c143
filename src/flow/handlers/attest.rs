//! A trusted auth token: the backend exchanges it for a session before anything else.

use crate::{
    backend::TrustedToken,
    flow::{Question, State, context::Context, transition::Transition},
};

/// The token was exchanged. The request starts only now, because it would otherwise start with
/// another session.
pub fn on_session(context: &mut Context) -> Transition {
    match context.question.as_ref().and_then(Question::start) {
        Some(start) => {
            let question = Question::Start(start.clone());
            context.ask(question, None)
        }
        None => Transition::same_screen(State::Attesting),
    }
}

/// A token arrived, the first one or a later one. Calls and screens of an earlier session are
/// outdated. A decision that was sent or has its response stays.
pub fn on_token(context: &mut Context, state: State, token: TrustedToken) -> Transition {
    let open = matches!(
        state,
        State::Attesting
            | State::Starting(_)
            | State::LoginRequired(_)
            | State::Consent(_)
            | State::Failed(_)
            | State::Expired
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

//! The logout request.

use crate::{
    backend::{LogoutDecision, LogoutSubmitRequest},
    consent::LogoutConfirmation,
    flow::{
        Effect, SigningOut, State, Timer, WidgetEvent, context::Context, transition::Transition,
    },
};

/// The user must confirm the logout.
pub fn on_confirm(context: &mut Context, mut confirmation: Box<LogoutConfirmation>) -> Transition {
    context.remember_site(&mut confirmation.site_name);
    if let Some(client) = &confirmation.client {
        context.remember_client(client);
    }
    let arming = context.arm();
    Transition::new_screen(State::ConfirmLogout { confirmation, error: None }).with(arming)
}

/// The session has ended, and there is no redirect.
pub fn on_signed_out() -> Transition {
    Transition::new_screen(State::SignedOut).with([Effect::ReportEvent(WidgetEvent::SignedOut)])
}

/// The user signs out, or stays signed in.
pub fn decide(context: &mut Context, state: State, decision: LogoutDecision) -> Transition {
    let State::ConfirmLogout { confirmation, error } = state else {
        return Transition::same_screen(state);
    };
    if decision == LogoutDecision::SignOut
        && let Some(effects) = context.refuse_press(false)
    {
        return Transition::same_screen(State::ConfirmLogout { confirmation, error }).with(effects);
    }
    let attempt = context.renumber();
    let request = LogoutSubmitRequest { logout: confirmation.logout.clone(), decision };
    Transition::same_screen(State::SigningOut(SigningOut { confirmation, decision }))
        .with([Effect::LogoutSubmit { attempt, request }, context.wait(Timer::Response)])
}

//! Redirects to checked addresses.

use crate::{
    backend::Decision,
    flow::{
        Effect, Question, RedirectReason, Redirecting, State, SubmittedFrom, Submitting, Timer,
        WidgetEvent,
        context::{self, Context},
        transition::Transition,
    },
    protocol::{Address, AddressKind, FormFields, UnsafeAddress},
};

/// The backend redirects. A decision may lead to the host on the card, to the page's or the
/// backend's own host, or to an intermediate step of the authorization server; another account to the
/// last two, and a form to own hosts alone.
pub fn on_redirect(
    context: &mut Context,
    state: &State,
    address: Address,
    form: Option<FormFields>,
) -> Transition {
    let target = match address {
        Ok(target) => target,
        Err(unsafe_address) => return context::refuse_address(unsafe_address),
    };
    let shown = state.way_back();
    let decision = match &state {
        State::Submitting(submitting) => Some(submitting.decision()),
        _ => None,
    };
    let (event, reason) = match decision {
        Some(Decision::Deny) => (WidgetEvent::Denied, RedirectReason::Denied),
        Some(Decision::Allow) if !target.is_error() => {
            (WidgetEvent::Redirecting, RedirectReason::Allowed)
        }
        // What is behind a redirect from the card itself is not the client.
        _ if matches!(state, State::Consent(_)) => {
            (WidgetEvent::LoginRequired, RedirectReason::Elsewhere)
        }
        _ if matches!(context.question, Some(Question::Logout(_))) => {
            (WidgetEvent::Redirecting, RedirectReason::Logout)
        }
        _ if shown.is_some() => (WidgetEvent::Redirecting, RedirectReason::Outcome),
        _ => (WidgetEvent::Redirecting, RedirectReason::Elsewhere),
    };
    let may_lead_anywhere = match &shown {
        _ if form.is_some() => false,
        // Nothing is decided yet, so that nothing is for the client.
        _ if event == WidgetEvent::LoginRequired => target.is_intermediate(),
        Some(shown) => target.is_intermediate() || shown.host() == target.host(),
        None => true,
    };
    if !may_lead_anywhere && !context.own_hosts.iter().any(|own| own == target.host()) {
        return context::refuse_address(UnsafeAddress::Elsewhere);
    }
    // Where the address says that the client gets nothing, neither the screen nor the event says "allowed".
    let allowed = if reason == RedirectReason::Allowed { allowed(state) } else { None };
    leave(context, Redirecting { target, reason, late: false }, form, event, allowed)
}

/// What the user has allowed, for the host. Scopes are counted and not named.
fn allowed(state: &State) -> Option<Effect> {
    let State::Submitting(submitting) = state else {
        return None;
    };
    let Submitting { from: SubmittedFrom::Consent(consent), request } = &**submitting else {
        return None;
    };
    let scopes = request.scopes.len() as u32;
    let left_out = (consent.request.scopes.len() as u32).saturating_sub(scopes);
    Some(Effect::ReportEvent(WidgetEvent::Allowed { scopes, left_out }))
}

/// The address for another account, if the authorization server has fixed the one of the card.
pub const fn switch_address(state: &mut State) -> Option<Address> {
    match state {
        State::Consent(consent) => consent.request.switch_account.take(),
        _ => None,
    }
}

/// The user opens the same address of an app again.
pub fn open_again(context: &mut Context, state: State) -> Transition {
    match state {
        State::Returned(redirecting) => {
            leave(context, redirecting, None, WidgetEvent::Redirecting, None)
        }
        other => Transition::same_screen(other),
    }
}

fn leave(
    context: &mut Context,
    redirecting: Redirecting,
    form: Option<FormFields>,
    event: WidgetEvent,
    allowed: Option<Effect>,
) -> Transition {
    context.renumber();
    let timer = if redirecting.target.kind() == AddressKind::App {
        Timer::HandOver
    } else {
        Timer::Navigation
    };
    let action = redirecting.target.clone();
    let go = match form {
        Some(fields) => Effect::Post { action, fields },
        None => Effect::Navigate(action),
    };
    let effects = [Effect::ReportEvent(event), context.wait(timer), go];
    Transition::new_screen(State::Redirecting(redirecting)).with(allowed).with(effects)
}

//! Redirects to checked addresses.

use crate::{
    backend::Decision,
    consent::Client,
    flow::{
        Effect, Redirecting, SigningOut, State, Timer, WidgetEvent,
        context::{self, Context},
        transition::Transition,
    },
    protocol::{Address, AddressKind, UnsafeAddress},
};

/// The backend redirects. A decision may lead to the host on the card, to the page's or the
/// backend's own host, or to an intermediate step of the authorization server.
pub fn on_redirect(context: &mut Context, state: State, address: Address) -> Transition {
    let target = match address {
        Ok(target) => target,
        Err(unsafe_address) => return context::refuse_address(unsafe_address),
    };
    let shown = state.card().and_then(|card| card.request.redirect_uri.as_ref().ok());
    let leads_elsewhere = shown.is_some_and(|shown| {
        !target.is_intermediate()
            && shown.host() != target.host()
            && !context.own_hosts.iter().any(|own| own == target.host())
    });
    if leads_elsewhere {
        return context::refuse_address(UnsafeAddress::Elsewhere);
    }
    let event = match &state {
        State::Submitting(submitting) if submitting.decision() == Decision::Deny => {
            WidgetEvent::Denied
        }
        _ => WidgetEvent::Redirecting,
    };
    let client = known_client(&state).map(|client| Box::new(client.clone()));
    leave(context, Redirecting { target, client, late: false }, event)
}

fn known_client(state: &State) -> Option<&Client> {
    match state {
        State::SigningOut(SigningOut { confirmation, .. }) => confirmation.client.as_ref(),
        other => other.card().map(|card| &card.request.client),
    }
}

/// The user opens the same address of an app again.
pub fn open_again(context: &mut Context, state: State) -> Transition {
    match state {
        State::Returned(redirecting) => leave(context, redirecting, WidgetEvent::Redirecting),
        other => Transition::same_screen(other),
    }
}

fn leave(context: &mut Context, redirecting: Redirecting, event: WidgetEvent) -> Transition {
    context.renumber();
    let timer = if redirecting.target.kind() == AddressKind::App {
        Timer::HandOver
    } else {
        Timer::Navigation
    };
    let effects = [
        Effect::ReportEvent(event),
        context.wait(timer),
        Effect::Navigate(redirecting.target.clone()),
    ];
    Transition::new_screen(State::Redirecting(redirecting)).with(effects)
}

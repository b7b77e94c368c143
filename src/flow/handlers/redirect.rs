//! Redirects to checked addresses.

use crate::{
    backend::Decision,
    consent::Client,
    flow::{
        Effect, Redirecting, SigningOut, State, Timer, WidgetEvent,
        context::{self, Context},
        transition::Transition,
    },
    protocol::{Address, AddressKind, FormFields, UnsafeAddress},
};

/// The backend redirects. A decision may lead to the host on the card, to the page's or the
/// backend's own host, or to an intermediate step of the authorization server; a form to own hosts
/// alone.
pub fn on_redirect(
    context: &mut Context,
    state: State,
    address: Address,
    form: Option<FormFields>,
) -> Transition {
    let target = match address {
        Ok(target) => target,
        Err(unsafe_address) => return context::refuse_address(unsafe_address),
    };
    let shown = state.card().and_then(|card| card.request.redirect_uri.as_ref().ok());
    let may_lead_anywhere = match shown {
        _ if form.is_some() => false,
        Some(shown) => target.is_intermediate() || shown.host() == target.host(),
        None => true,
    };
    if !may_lead_anywhere && !context.own_hosts.iter().any(|own| own == target.host()) {
        return context::refuse_address(UnsafeAddress::Elsewhere);
    }
    let event = match &state {
        State::Submitting(submitting) if submitting.decision() == Decision::Deny => {
            WidgetEvent::Denied
        }
        State::Consent(_) => WidgetEvent::LoginRequired,
        _ => WidgetEvent::Redirecting,
    };
    let client = known_client(&state).map(|client| Box::new(client.clone()));
    leave(context, Redirecting { target, client, late: false }, form, event)
}

/// The address for another account, if the authorization server has fixed the one of the card.
pub const fn switch_address(state: &mut State) -> Option<Address> {
    match state {
        State::Consent(consent) => consent.request.switch_account.take(),
        _ => None,
    }
}

fn known_client(state: &State) -> Option<&Client> {
    match state {
        // What is behind it is not the client.
        State::Consent(_) => None,
        State::SigningOut(SigningOut { confirmation, .. }) => confirmation.client.as_ref(),
        other => other.card().map(|card| &card.request.client),
    }
}

/// The user opens the same address of an app again.
pub fn open_again(context: &mut Context, state: State) -> Transition {
    match state {
        State::Returned(redirecting) => leave(context, redirecting, None, WidgetEvent::Redirecting),
        other => Transition::same_screen(other),
    }
}

fn leave(
    context: &mut Context,
    redirecting: Redirecting,
    form: Option<FormFields>,
    event: WidgetEvent,
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
    Transition::new_screen(State::Redirecting(redirecting)).with(effects)
}

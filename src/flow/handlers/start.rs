//! The backend asks for consent: the page shows the card.

use crate::{
    backend::Decision,
    consent::{ConsentRequest, Selection},
    flow::{
        CardChange, Consent, Effect, State, WidgetEvent,
        context::{self, Context},
        transition::Transition,
    },
    protocol::Realm,
};

/// Tells the host that the page has read a request.
pub const STARTED: Effect = Effect::ReportEvent(WidgetEvent::Started);

/// Shows the card. If it replaces another card of the same account, what the user ticked stays.
pub fn on_consent(context: &mut Context, before: State, mut request: ConsentRequest) -> Transition {
    context.remember_site(&mut request.site_name);
    context.remember_client(&request.client);
    if let Err(unsafe_address) = request.redirect_uri {
        return context::refuse_address(unsafe_address);
    }
    request.merge_scopes();
    let decision = match &before {
        State::Submitting(submitting) => Some(submitting.decision()),
        _ => None,
    };
    let change = before.into_card().and_then(|card| change(*card, &mut request, decision));
    let organization =
        request.organization.as_ref().map(|organization| organization.organization_id.clone());
    let replace_url = request
        .transaction
        .as_ref()
        .map(|transaction| context.adopt_transaction(transaction, organization));
    let has_no_organization = context.realm == Realm::B2b
        && request.organization.is_none()
        && request.organizations.is_empty();
    let consent = Box::new(Consent {
        selection: Selection::new(&request),
        remember: request.can_remember() && request.remember_ticked,
        request,
        has_no_organization,
        error: None,
        change,
    });
    context.guard.seen = false;
    let timers = context.present(&consent);
    Transition::new_screen(State::Consent(consent))
        .with(replace_url)
        .with(timers)
        .with([Effect::ReportEvent(WidgetEvent::ConsentShown)])
}

/// Why the card is shown anew, unless that is what the user asked for. What the same account ticked
/// stays.
fn change(
    card: Consent,
    request: &mut ConsentRequest,
    decision: Option<Decision>,
) -> Option<CardChange> {
    if card.request.account.sub != request.account.sub {
        return Some(CardChange::Account(Box::new(card.request.account)));
    }
    keep_choices(&card, request);
    let is_expected = match decision {
        Some(Decision::RequestApproval) => card.request.version == request.version,
        Some(_) => false,
        None => true,
    };
    (!is_expected).then_some(CardChange::Request)
}

/// Ticks what was ticked on the card before, scope by scope. To be remembered was chosen for all of
/// the scopes.
fn keep_choices(card: &Consent, request: &mut ConsentRequest) {
    let mut is_same = request.scopes.len() == card.request.scopes.len();
    for scope in &mut request.scopes {
        let mut shown = card.request.scopes.iter();
        match shown.position(|shown| shown.is_same(scope)) {
            Some(index) => scope.unticked = card.selection.is_unticked(index),
            None => is_same = false,
        }
    }
    request.remember_ticked = is_same && card.remember;
}

//! The backend asks for consent: the page shows the card.

use crate::{
    consent::ConsentRequest,
    flow::{
        Arming, Consent, Effect, State, WidgetEvent,
        context::{self, Context},
        transition::Transition,
    },
    protocol::Realm,
};

/// Tells the host that the page has read a request.
pub const STARTED: Effect = Effect::ReportEvent(WidgetEvent::Started);

/// Shows the card. Unticked scopes stay unticked if the client requests the same scopes again.
pub fn on_consent(
    context: &mut Context,
    before: &State,
    mut request: ConsentRequest,
) -> Transition {
    request.site_name = request.site_name.or_else(|| context.site_name.clone());
    if let Err(unsafe_address) = request.redirect_uri {
        return context::refuse_address(unsafe_address);
    }
    let organization =
        request.organization.as_ref().map(|organization| organization.organization_id.clone());
    let replace_url = request
        .transaction
        .as_ref()
        .map(|transaction| context.adopt_transaction(transaction, organization));
    let (selection, remember) = before
        .card()
        .filter(|before| before.request.scopes == request.scopes)
        .map_or_else(Default::default, |before| (before.selection.clone(), before.remember));
    let has_no_organization = context.realm == Realm::B2b
        && request.organization.is_none()
        && request.organizations.is_empty();
    let mut consent = Box::new(Consent {
        request,
        selection,
        remember,
        has_no_organization,
        arming: Arming::Hidden,
        error: None,
    });
    let timers = context.present(&mut consent);
    Transition::new_screen(State::Consent(consent))
        .with(replace_url)
        .with(timers)
        .with([Effect::ReportEvent(WidgetEvent::ConsentShown)])
}

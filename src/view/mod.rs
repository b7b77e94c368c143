//! The screen of a state, as data.
//!
//! [`screen`] builds a screen once. [`live`] computes the part that changes: ticks, status, alert.
//! A renderer calls [`screen`] only when [`Machine::screen_id`] has changed, and [`live`] after
//! every step.

mod card;
mod live;
mod message;
mod model;
mod site;

pub use card::{
    AuthorizationDetailItem, Avatar, ConsentCard, LogoutCard, OrganizationChoice, Organizations,
    ResourceItem, ScopeGroup, ScopeItem, ScopeList, Tick, Tone,
};
pub use live::live;
pub use model::{Action, Body, Live, Message, MessageKind, Screen, View};

use crate::{
    consent::ClientTrust,
    flow::{Machine, State, SubmittedFrom},
    messages::{Key, Messages},
    platform::Platform,
    protocol::{AddressKind, RedirectTarget},
    strings::concat,
};

/// The screen of a machine's state.
///
/// ```
/// use countersign::{flow::{self, PageInfo}, messages::Messages, platform::native::Native, view};
/// use countersign::protocol::{Flow, RawQuery, Realm};
///
/// let page = PageInfo::new(Realm::B2b, Flow::Authorize, RawQuery::default()).framed(true);
/// let machine = flow::open(page).machine;
/// let screen = view::screen(&machine, &Messages::default(), &Native);
/// assert_eq!(view::state_name(&machine), "framed");
/// assert!(screen.heading.is_some());
/// ```
#[must_use]
pub fn screen(machine: &Machine, messages: &Messages, platform: &dyn Platform) -> Screen {
    let (site, site_initial) = site::site(machine, platform);
    let messages = &messages.clone().naming(site);
    let client = machine.client();
    let mut screen = match machine.state() {
        // The screen never shows text in one language and then in another.
        _ if machine.is_loading_messages() => Screen::outline(),
        State::Starting(None) | State::Attesting => Screen::outline(),
        State::Starting(Some(consent)) | State::Consent(consent) => {
            card::consent(consent, messages, platform)
        }
        State::Submitting(submitting) => match &submitting.from {
            SubmittedFrom::Consent(consent) => card::consent(consent, messages, platform),
            SubmittedFrom::Login(login) => message::login(login, client, messages, platform),
        },
        State::LoginRequired(login) => message::login(login, client, messages, platform),
        State::ConfirmLogout { confirmation, .. } => card::logout(confirmation, messages, platform),
        State::SigningOut(signing) => card::logout(&signing.confirmation, messages, platform),
        other => message::message(other, client, messages, platform),
    };
    screen.site_initial = site_initial;
    if let Body::Consent(card) = &mut screen.body {
        // Whoever develops on this device knows which programs are on it.
        if card.trust == ClientTrust::Verified && is_on_this_device(machine.own_host(), platform) {
            card.tone = Tone::Known;
            card.trust_label = messages.get(Key::WhoVerified);
        }
    }
    screen
}

/// Whether a page has a loopback address.
fn is_on_this_device(host: &str, platform: &dyn Platform) -> bool {
    let page = RedirectTarget::check(&concat(&["http://", host, "/"]), false, platform);
    page.is_ok_and(|page| page.kind() == AddressKind::Loopback)
}

/// The name of the shown state, for style sheets and tests. It is `starting` while a translation
/// loads.
#[must_use]
pub const fn state_name(machine: &Machine) -> &'static str {
    if machine.is_loading_messages() { "starting" } else { machine.state().name() }
}

impl View {
    /// The whole view of a machine: the name of its state, its screen and the live part.
    #[must_use]
    pub fn of(machine: &Machine, messages: &Messages, platform: &dyn Platform) -> Self {
        Self {
            state: state_name(machine),
            screen: screen(machine, messages, platform),
            live: live(machine, messages),
        }
    }
}

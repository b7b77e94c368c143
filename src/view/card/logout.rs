//! The logout card.

use super::{Avatar, LogoutCard, account_lines, site};
use crate::{
    consent::LogoutConfirmation,
    messages::{Key, Messages},
    platform::Platform,
    view::{Action, Body, Screen},
};

/// The screen of a logout request.
pub fn logout(
    confirmation: &LogoutConfirmation,
    messages: &Messages,
    platform: &dyn Platform,
) -> Screen {
    let site = site(confirmation.site_name.as_deref(), platform);
    let question = match (&confirmation.client, site) {
        (Some(client), _) => messages.format(
            Key::LogoutText,
            &[("client", client.display_name(messages.language(), platform).as_str())],
        ),
        (None, Some(site)) => messages.format(Key::LogoutTextSite, &[("site", site.as_str())]),
        (None, None) => messages.get(Key::LogoutTextUnknown),
    };
    let card = LogoutCard {
        question,
        account: confirmation
            .account
            .as_ref()
            .map(|account| (Avatar::account(account, platform), account_lines(account, platform))),
    };
    Screen {
        heading: Some(messages.get(Key::LogoutHeading)),
        body: Body::Logout(Box::new(card)),
        actions: vec![Action::Stay, Action::SignOut],
        reference: None,
    }
}

//! The logout card.

use super::{Avatar, LogoutCard, account_lines, site};
use crate::{
    consent::LogoutConfirmation,
    messages::{Key, Messages},
    view::{Action, Body, Screen},
};

/// The screen of a logout request.
pub fn logout(confirmation: &LogoutConfirmation, messages: &Messages) -> Screen {
    let question = match (&confirmation.client, site(confirmation.site_name.as_deref())) {
        (Some(client), _) => messages.format(
            Key::LogoutText,
            &[("client", client.display_name(messages.language()).as_str())],
        ),
        (None, Some(site)) => messages.format(Key::LogoutTextSite, &[("site", site.as_str())]),
        (None, None) => messages.get(Key::LogoutTextUnknown),
    };
    let card = LogoutCard {
        question,
        account: confirmation
            .account
            .as_ref()
            .map(|account| (Avatar::account(account), account_lines(account))),
    };
    Screen {
        heading: Some(messages.get(Key::LogoutHeading)),
        body: Body::Logout(Box::new(card)),
        actions: vec![Action::Stay, Action::SignOut],
        reference: None,
    }
}

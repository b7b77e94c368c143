//! The logout card.

use super::{Avatar, LogoutCard, account_lines};
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
    let question = match &confirmation.client {
        Some(client) => messages.format(
            Key::LogoutText,
            &[("client", client.display_name(messages.language(), platform).as_str())],
        ),
        None => messages.get(Key::LogoutTextUnknown),
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
        site_initial: String::new(),
    }
}

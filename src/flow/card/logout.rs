//! The question whether to sign out.

use super::{LogoutCard, Mark, account_lines};
use crate::{
    consent::LogoutConfirmation,
    flow::view::{Action, Body, Screen},
    messages::{Key, Messages},
};

/// The question of a logout.
pub fn logout(asked: &LogoutConfirmation, messages: &Messages) -> Screen {
    let question = match &asked.client {
        Some(client) => messages.format(
            Key::LogoutText,
            &[("client", client.display_name().as_str())],
        ),
        None => messages.get(Key::LogoutTextUnknown),
    };
    let card = LogoutCard {
        question,
        account: Mark::account(&asked.account),
        account_lines: account_lines(&asked.account),
    };
    Screen {
        heading: Some(messages.get(Key::LogoutHeading)),
        body: Body::Logout(Box::new(card)),
        actions: vec![Action::Stay, Action::SignOut],
        reference: None,
    }
}

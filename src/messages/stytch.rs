//! Texts that a team has for Stytch's components, carried over.

use super::{Key, Messages};

/// Stytch's names, and the keys they stand for here.
const STRINGS: &[(&str, &[Key])] = &[
    (
        "idpConsent.customScopes.title",
        &[Key::ConsentHeadingSite, Key::ConsentHeading],
    ),
    ("idpConsent.button.allow", &[Key::Allow]),
    ("idpConsent.button.deny", &[Key::Deny]),
    ("idpConsent.allowClientTo", &[Key::ConsentScopes]),
    (
        "idpConsent.noPermissionsToGrant",
        &[Key::ConsentScopesRefused],
    ),
    ("idpConsent.noActiveSession", &[Key::LoginText]),
    ("idpLogout.title", &[Key::LogoutHeading]),
    (
        "idpLogout.confirmMessage",
        &[Key::LogoutTextSite, Key::LogoutTextUnknown],
    ),
    ("idpLogout.yes", &[Key::SignOut]),
    ("idpLogout.no", &[Key::Stay]),
    ("idpLogout.notLoggedOut", &[Key::KeptText]),
    ("error.title", &[Key::FailedHeading, Key::InvalidHeading]),
    ("loading.label", &[Key::OutlineStatus]),
];

impl Messages {
    /// Takes over `strings` as Stytch's components have them: `{clientName}` and `{projectName}` are filled in. A name that
    /// has no place here is left out, and so is a text in a form that needs more than these two values.
    ///
    /// ```
    /// use countersign::messages::{Key, Messages};
    ///
    /// let messages = Messages::default().with_stytch_strings([("idpConsent.allowClientTo", "{clientName} darf")]);
    /// assert_eq!(messages.format(Key::ConsentScopes, &[("client", "Printer")]).plain(), "Printer darf");
    /// ```
    #[must_use]
    pub fn with_stytch_strings<'a>(
        self,
        strings: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        strings.into_iter().fold(self, |messages, (name, text)| {
            let known = STRINGS.iter().find(|(other, _)| *other == name);
            let keys = known.map_or(&[] as &[Key], |(_, keys)| keys);
            keys.iter()
                .fold(messages, |messages, key| messages.taking(*key, text))
        })
    }

    fn taking(self, key: Key, text: &str) -> Self {
        let text = text
            .replace("{clientName}", "{client}")
            .replace("{projectName}", "{site}");
        self.with_checked(key, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(messages: &Messages, key: Key) -> String {
        messages
            .format(key, &[("client", "Printer"), ("site", "Harbor")])
            .plain()
    }

    #[test]
    fn every_string_of_stytch_s_has_its_place_with_its_values() {
        let messages = Messages::default().with_stytch_strings([
            (
                "idpConsent.customScopes.title",
                "{projectName}: {clientName}?",
            ),
            ("idpConsent.button.allow", "Ja"),
            ("idpLogout.confirmMessage", "Bei {projectName} abmelden?"),
            ("error.title", "Oje"),
        ]);
        assert_eq!(text(&messages, Key::ConsentHeadingSite), "Harbor: Printer?");
        assert_eq!(text(&messages, Key::Allow), "Ja");
        assert_eq!(text(&messages, Key::LogoutTextSite), "Bei Harbor abmelden?");
        assert_eq!(text(&messages, Key::FailedHeading), "Oje");
        assert_eq!(text(&messages, Key::InvalidHeading), "Oje");
    }

    #[test]
    fn a_text_that_needs_a_value_which_is_not_there_leaves_ours() {
        let title = "{projectName}: {clientName}?";
        let messages =
            Messages::default().with_stytch_strings([("idpConsent.customScopes.title", title)]);
        assert_eq!(
            text(&messages, Key::ConsentHeading),
            text(&Messages::default(), Key::ConsentHeading)
        );
        let plural = "{count, plural, one {# app} other {# apps}}";
        let messages = Messages::default().with_stytch_strings([
            ("idpConsent.button.deny", plural),
            ("watermark.altText", "x"),
            ("idpConsent.button.allow", "{"),
        ]);
        assert_eq!(messages, Messages::default());
    }
}

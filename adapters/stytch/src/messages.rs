//! Texts that a team wrote for Stytch's components.

use countersign::messages::{Key, Messages};

include!(concat!(env!("OUT_DIR"), "/strings.rs"));

/// Converts the `strings` of Stytch's components. `{clientName}` and `{projectName}` are filled in.
///
/// A string that the widget has no text for is ignored, and so is a text that needs any other
/// value. `strings.json` lists the names.
///
/// ```
/// use countersign::messages::Key;
///
/// let messages = countersign_stytch::messages([("idpConsent.allowClientTo", "{clientName} may")]);
/// let text = messages.format(Key::ConsentScopes, &[("client", "Printer")]);
/// assert_eq!(text.plain(), "Printer may");
/// ```
#[must_use]
pub fn messages<'a>(strings: impl IntoIterator<Item = (&'a str, &'a str)>) -> Messages {
    let mut messages = Messages::default();
    for (name, text) in strings {
        let text = text.replace("{clientName}", "{client}").replace("{projectName}", "{site}");
        for key in keys(name) {
            messages = messages.with_checked(*key, text.as_str());
        }
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(messages: &Messages, key: Key) -> String {
        messages.format(key, &[("client", "Printer"), ("site", "Harbor")]).plain()
    }

    #[test]
    fn every_string_of_stytch_s_has_its_place_with_its_values() {
        let messages = messages([
            ("idpConsent.customScopes.title", "{projectName}: {clientName}?"),
            ("idpConsent.button.allow", "Ja"),
            ("idpLogout.confirmMessage", "Bei {projectName} abmelden?"),
            ("error.title", "Oje"),
        ]);
        assert_eq!(text(&messages, Key::ConsentHeading), "Harbor: Printer?");
        assert_eq!(text(&messages, Key::Allow), "Ja");
        assert_eq!(text(&messages, Key::LogoutTextUnknown), "Bei Harbor abmelden?");
        assert_eq!(text(&messages, Key::FailedHeading), "Oje");
        assert_eq!(text(&messages, Key::InvalidHeading), "Oje");
    }

    #[test]
    fn a_text_that_needs_a_value_which_is_not_there_leaves_ours() {
        let label = "{projectName}: {clientName}?";
        let labelled = messages([("idpConsent.allowClientTo", label)]);
        assert_eq!(
            text(&labelled, Key::ConsentScopes),
            text(&Messages::default(), Key::ConsentScopes)
        );
        let plural = "{count, plural, one {# app} other {# apps}}";
        let ignored = messages([
            ("idpConsent.button.deny", plural),
            ("watermark.altText", "x"),
            ("idpConsent.button.allow", "{"),
        ]);
        assert_eq!(ignored, Messages::default());
    }
}

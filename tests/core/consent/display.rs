//! Cleaning of untrusted text.

use countersign::consent::{Account, DisplayText, Organization, OrganizationStatus};
use countersign::protocol::OrganizationId;
use proptest::prelude::*;

use crate::strategies;
use crate::testing::fixtures::consent_request;

fn name(text: &str) -> String {
    DisplayText::name(text).into_string()
}

#[test]
fn invisible_fillers_are_removed() {
    for filler in [
        '\u{ad}',
        '\u{34f}',
        '\u{115f}',
        '\u{17b4}',
        '\u{180e}',
        '\u{2800}',
        '\u{3164}',
        '\u{ffa0}',
        '\u{1d159}',
        '\u{e01ef}',
    ] {
        assert_eq!(name(&format!("A{filler}B")), "AB", "U+{:04X}", u32::from(filler));
        assert!(DisplayText::name(&format!("{filler} {filler}")).is_empty());
    }
}

#[test]
fn stacked_marks_are_cut_and_accents_stay() {
    let tower = format!("a{}b", "\u{301}".repeat(50));
    assert_eq!(name(&tower), format!("a{}b", "\u{301}".repeat(4)));
    assert_eq!(name("ệ = e\u{323}\u{302}"), "ệ = e\u{323}\u{302}");
    assert_eq!(name("\u{301}\u{301}a \u{20dd}b"), "a b", "a mark needs a letter of its own");
}

#[test]
fn stacked_marks_are_cut_in_scripts_with_own_marks() {
    for (letter, mark) in [
        ('ก', '\u{e47}'),
        ('ກ', '\u{ec9}'),
        ('ב', '\u{5b0}'),
        ('ب', '\u{64f}'),
        ('ཀ', '\u{f72}'),
        ('д', '\u{a66f}'),
    ] {
        let tower = format!("{letter}{}", mark.to_string().repeat(50));
        assert_eq!(name(&tower).chars().count(), 5, "{letter}");
    }
    for honest in ["ผู้ใหญ่", "שָׁלוֹם", "مُحَمَّدٌ", "བསྒྲུབས", "ນ້ຳ", "हिन्दी"]
    {
        assert_eq!(name(honest), honest);
    }
}

#[test]
fn a_text_is_not_cut_at_a_space() {
    let text = format!("{} b", "a".repeat(80));
    assert_eq!(name(&text), format!("{}…", "a".repeat(80)));
    assert_eq!(name(&"a".repeat(80)), "a".repeat(80), "80 characters are not too many");
    assert_eq!(name(&format!("{}   ", "a".repeat(80))), "a".repeat(80));
}

#[test]
fn a_complete_text_is_never_cut() {
    let long = "word ".repeat(1000);
    assert_eq!(DisplayText::whole(&long).as_str(), long.trim_end());
}

#[test]
fn the_initial_is_a_visible_letter() {
    assert_eq!(DisplayText::name("\"\" \u{202e}x").initial(), "x");
    assert_eq!(DisplayText::name("!!! ???").initial(), "");
    assert_eq!(DisplayText::name("日本").initial(), "日");
}

#[test]
fn a_client_without_a_readable_name_has_its_identifier() {
    for unreadable in ["", " ", "\u{200b}\u{202e}", "\u{3164}"] {
        let asked = consent_request(|it| it["client"]["name"] = unreadable.into());
        assert_eq!(asked.client.display_name("en").as_str(), "printer");
    }
}

#[test]
fn an_account_is_shown_by_its_first_readable_text() {
    let account = |name: Option<&str>, email: Option<&str>| {
        let mut account = Account::new("user-1");
        account.name = name.map(Into::into);
        account.email = email.map(Into::into);
        account
    };
    assert_eq!(account(Some("Ada"), Some("ada@example.com")).display_name().as_str(), "Ada");
    assert_eq!(
        account(Some("\u{200b} "), Some("ada@example.com")).display_name().as_str(),
        "ada@example.com"
    );
    assert_eq!(account(None, Some("")).display_name().as_str(), "user-1");
    let long = format!("{}@example.com", "a".repeat(120));
    assert_eq!(
        account(None, Some(&long)).display_name().as_str(),
        long,
        "the end of an address tells"
    );
}

#[test]
fn an_organization_without_a_readable_name_has_its_identifier() {
    let organization = Organization::new(
        OrganizationId::new("org-1"),
        "\u{2066}\u{2069}",
        OrganizationStatus::Allowed,
    );
    assert_eq!(organization.display_name().as_str(), "org-1");
}

proptest! {
    #[test]
    fn cleaned_texts_have_no_character_that_changes_others(text in strategies::text()) {
        for shown in [DisplayText::name(&text), DisplayText::whole(&text)] {
            prop_assert!(!shown.as_str().contains(strategies::is_hidden), "{:?}", shown);
        }
    }

    #[test]
    fn a_name_is_short_and_has_single_spaces(text in prop_oneof![strategies::text(), any::<String>()]) {
        let shown = name(&text);
        prop_assert!(shown.chars().count() <= 81, "{}", shown);
        prop_assert!(shown == shown.trim() && !shown.contains("  "));
        prop_assert!(shown.chars().all(|c| c == ' ' || !c.is_whitespace()));
    }

    #[test]
    fn cleaning_is_idempotent(text in strategies::text()) {
        let once = DisplayText::whole(&text);
        prop_assert_eq!(&DisplayText::whole(once.as_str()), &once);
    }

    #[test]
    fn plain_texts_stay_unchanged(text in "[a-zA-Z0-9äöüßéÀ日本語مرحبا.,!'&-]{1,10}( [a-zA-Zäöü]{1,8}){0,5}") {
        prop_assert_eq!(name(&text), text);
    }
}

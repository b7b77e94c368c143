//! Cleaning of texts. The same vectors run in a browser.
//!
//! A vector says how a stranger's name is shown: `shown`. Where they differ, also how a complete
//! text of a stranger's is shown (`whole`) and a verified name (`verified`), and the initial.

use countersign::{
    consent::{Account, DisplayText, Organization, OrganizationStatus},
    platform::{Platform as _, native::Native},
    protocol::OrganizationId,
};
use proptest::prelude::*;

use crate::{
    strategies,
    testing::{
        fixtures::{consent, consent_request},
        vectors,
    },
};

fn name(text: &str) -> String {
    DisplayText::name(text, &Native).into_string()
}

fn whole(text: &str) -> String {
    DisplayText::whole(text, &Native).into_string()
}

fn own(text: &str) -> String {
    DisplayText::own(text, &Native).into_string()
}

#[test]
fn every_vector_is_shown_as_expected() {
    let mut wrong = Vec::new();
    for vector in vectors(include_str!("../../vectors/names.json")) {
        let text = vector["text"].as_str().unwrap();
        let verified = DisplayText::verified_name(text, &Native);
        let shown = DisplayText::name(text, &Native);
        for (member, told) in [
            ("shown", shown.as_str()),
            ("whole", &whole(text)),
            ("verified", verified.as_str()),
            ("initial", &shown.initial(&Native)),
        ] {
            let expected = &vector[member];
            if !expected.is_null() && expected != told {
                wrong.push(format!("{}: {member} is {told:?}", vector["name"]));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn a_text_is_not_cut_at_a_space() {
    let text = format!("{} b", "a".repeat(80));
    assert_eq!(name(&text), format!("{}…", "a".repeat(80)));
    assert_eq!(name(&"a".repeat(80)), "a".repeat(80), "80 characters are not too many");
    assert_eq!(name(&format!("{}   ", "a".repeat(80))), "a".repeat(80));
    assert_eq!(name(&format!("{} bc", "a".repeat(79))), format!("{}…", "a".repeat(79)));
}

#[test]
fn a_text_is_cut_after_a_whole_grapheme() {
    for grapheme in
        ["👨\u{200d}👩\u{200d}👧\u{200d}👦", "🇩🇪", "e\u{323}\u{302}", "क्\u{200d}ष", "가"]
    {
        let length = grapheme.chars().count();
        let shown = name(&grapheme.repeat(100));
        assert_eq!(shown, format!("{}…", grapheme.repeat(80 / length)), "{grapheme}");
    }
    let endless = "ᄀ".repeat(200);
    assert_eq!(name(&endless), "…", "a grapheme that is longer than a name");
}

#[test]
fn a_complete_text_is_never_cut() {
    let long = "word ".repeat(1000);
    assert_eq!(whole(&long), long.trim_end());
    assert_eq!(own(&long), long.trim_end());
}

#[test]
fn the_initial_is_a_visible_grapheme() {
    let initial = |text: &str| DisplayText::own(text, &Native).initial(&Native);
    assert_eq!(initial("\"\" \u{202e}x"), "x");
    assert_eq!(initial("!!! ???"), "");
    assert_eq!(initial(""), "");
    assert_eq!(initial("日本"), "日");
    assert_eq!(initial("e\u{301}clair"), "e\u{301}");
    assert_eq!(initial("\u{200e}\u{200b}Ada"), "A", "what nobody sees is no initial");
    assert_eq!(initial("👩\u{200d}🚀 Ada"), "👩\u{200d}🚀");
    assert_eq!(initial("क्षेत्र"), "क्षे");
}

/// A text as a host writes it, with characters that are removed from a stranger's.
const OWN: &str = "می\u{200c}خواهم \u{200e}✅ Café\u{ad}\u{200b} ® ک\u{200d} 🏴\u{e0067}\u{e007f}";

#[test]
fn the_host_s_own_texts_keep_everything_but_what_breaks_line_or_direction() {
    assert_eq!(own(OWN), OWN);
    assert_eq!(own("a\u{202e}b\u{2066}c\u{2069}d\u{202c}e"), "abcde");
    assert_eq!(own(" a\n\t b\u{2028}c\u{0}\u{1b}d\u{85}"), "a b cd");
    for unseen in ["\u{200b}", " \u{200e}\u{ad} ", "\u{3164}\u{e0067}"] {
        assert_eq!(own(unseen), "", "nothing to see");
    }
}

#[test]
fn a_name_that_somebody_has_checked_is_whole() {
    for checked in [DisplayText::own_name, DisplayText::verified_name] {
        let shown = |length| checked(&"é".repeat(length), &Native).into_string();
        assert_eq!(shown(200), "é".repeat(200));
        assert_eq!(shown(201), "é".repeat(200) + "…");
    }
}

#[test]
fn every_text_of_the_host_s_stays_as_it_is_on_the_card() {
    let mut answer = consent();
    answer["account"]["name"] = OWN.into();
    answer["organization"] = serde_json::json!({
        "organization_id": "org-1", "name": OWN, "slug": "acme", "status": "allowed"
    });
    for member in ["title", "description", "group", "reason"] {
        answer["scopes"][1][member] = OWN.into();
    }
    let asked = consent_request(|it| *it = answer.clone());
    assert_eq!(asked.account.display_name(&Native).as_str(), OWN);
    assert_eq!(asked.scopes[1].display_name(&Native).as_str(), OWN);
    let mut organization =
        Organization::new(OrganizationId::new("org-1"), OWN, OrganizationStatus::Allowed);
    assert_eq!(organization.display_name(&Native).as_str(), OWN);
    organization.name = "\u{2066}\u{2069}".to_owned();
    assert_eq!(organization.display_name(&Native).as_str(), "org-1", "nothing to read");
}

#[test]
fn only_a_name_that_somebody_checked_keeps_its_badge() {
    let shown = |members: serde_json::Value| {
        let asked = consent_request(|it| {
            it["client"]["name"] = "Acme ✅".into();
            for (member, value) in members.as_object().unwrap() {
                it["client"][member] = value.clone();
            }
        });
        asked.client.display_name("en", &Native).into_string()
    };
    use serde_json::json;
    assert_eq!(shown(json!({})), "Acme");
    assert_eq!(shown(json!({ "registration": "managed" })), "Acme");
    assert_eq!(shown(json!({ "name#en": "✔ Acme" })), "Acme");
    assert_eq!(shown(json!({ "name": "✅", "client_id": "✅printer" })), "printer");
    assert_eq!(shown(json!({ "verified": true })), "Acme ✅");
    assert_eq!(shown(json!({ "party": "first" })), "Acme ✅");
}

#[test]
fn a_client_without_a_readable_name_has_its_identifier() {
    for unreadable in ["", " ", "\u{200b}\u{202e}", "\u{3164}", "✅", "\u{e000}"] {
        let asked = consent_request(|it| it["client"]["name"] = unreadable.into());
        assert_eq!(asked.client.display_name("en", &Native).as_str(), "printer");
    }
}

#[test]
fn an_account_is_shown_by_its_first_readable_text() {
    let shown = |name: Option<&str>, email: Option<&str>| {
        let mut account = Account::new("user-1");
        account.name = name.map(Into::into);
        account.email = email.map(Into::into);
        account.display_name(&Native).into_string()
    };
    assert_eq!(shown(Some("Ada"), Some("ada@example.com")), "Ada");
    assert_eq!(shown(Some("\u{202e} "), Some("ada@example.com")), "ada@example.com");
    assert_eq!(shown(None, Some("")), "user-1");
    let long = format!("{}@example.com", "a".repeat(120));
    assert_eq!(shown(None, Some(&long)), long, "the end of an address tells");
}

#[test]
fn a_non_joiner_stays_between_letters_that_would_join_and_nowhere_else() {
    assert_eq!(name("م\u{200c}م"), "م\u{200c}م");
    assert_eq!(name("\u{200c}م\u{200c}"), "م");
    assert_eq!(name("a\u{200c}b"), "ab");
}

#[test]
fn a_pattern_removes_all_but_its_first_group() {
    assert_eq!(Native.replace("a1b2", r"()\d", "$1"), "ab");
    assert_eq!(Native.replace("a1b2", r"(b)|\d", "$1"), "ab");
    assert_eq!(Native.replace("a1b2", r"([a-z])\d", "$1"), "ab");
    assert_eq!(Native.replace("a1b2", "()$^", "$1"), "a1b2");
    assert_eq!(Native.replace("", "(a)b", "$1"), "");
    assert_eq!(Native.grapheme(""), "");
}

/// The marks of a text in a row, at most.
fn tower(text: &str) -> usize {
    let marks = regress::Regex::with_flags(r"[\p{Mn}\p{Me}]+", "u").unwrap();
    let towers = marks.find_iter(text).map(|found| text[found.range()].chars().count());
    towers.max().unwrap_or_default()
}

proptest! {
    #[test]
    fn cleaned_texts_have_no_character_that_changes_others(text in strategies::text()) {
        for shown in [name(&text), whole(&text)] {
            prop_assert!(!strategies::changes_others(&shown), "{:?}", shown);
            // Of what nobody sees, only what joins or styles an emoji stays, and a non-joiner in a word.
            let stays = |c| matches!(c, '\u{200c}' | '\u{200d}' | '\u{e0030}'..='\u{e007f}');
            let loose = regress::Regex::with_flags(r"(?<![\p{L}\p{M}])\u200c|\u200c(?!\p{L})", "u");
            prop_assert!(loose.unwrap().find(&shown).is_none(), "{:?}", shown);
            let hidden = shown.contains(|c: char| strategies::is_hidden(c) && !stays(c));
            prop_assert!(!hidden, "{:?}", shown);
        }
        prop_assert!(!strategies::changes_others(&own(&text)));
    }

    #[test]
    fn no_letter_has_more_than_four_marks(text in "[aбب\u{301}\u{951}\u{8f0}\u{200b}\u{200d}\u{94d}\u{20dd}\u{e0100}日 ]{0,60}") {
        prop_assert!(tower(&whole(&text)) <= 4, "{:?}", whole(&text));
    }

    #[test]
    fn a_name_is_short_and_has_single_spaces(text in prop_oneof![strategies::text(), any::<String>()]) {
        let shown = name(&text);
        prop_assert!(shown.chars().count() <= 81, "{}", shown);
        prop_assert!(shown == shown.trim() && !shown.contains("  "));
        prop_assert!(shown.chars().all(|c| c == ' ' || !c.is_whitespace()));
    }

    #[test]
    fn cleaning_is_idempotent(text in prop_oneof![strategies::text(), any::<String>()]) {
        let once = whole(&text);
        prop_assert_eq!(&whole(&once), &once);
        let once = own(&text);
        prop_assert_eq!(&own(&once), &once);
    }

    #[test]
    fn plain_texts_stay_unchanged(text in "[a-zA-Z0-9äöüßéÀ日本語مرحبا.,!'&-]{1,10}( [a-zA-Zäöü]{1,8}){0,5}") {
        prop_assert_eq!(name(&text), text);
    }
}

//! The card: heading, account, organizations, destination and links.

use crate::strategies;
use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
    texts,
    views::{card, view},
};
use countersign::{
    consent::OrganizationStatus,
    messages::{Key, Piece},
    protocol::Realm,
    view::{Action, Avatar, Body, Organizations},
};
use serde_json::{Value, json};

fn picture(path: &str, initial: &str) -> Avatar {
    Avatar::Picture { path: path.to_owned(), initial: initial.to_owned() }
}

#[test]
fn the_heading_names_the_client_and_the_site() {
    let heading = |answer: &Value| view(answer).screen.heading.unwrap();
    let plain = heading(&consent()).plain();
    assert_eq!(plain, "Photo Printer wants access to your id.harbor.example account");
    let organization = heading(&organization_consent());
    assert_eq!(organization.plain(), "Photo Printer wants access to The acme company");
    let values = organization.0.iter().filter(|piece| matches!(piece, Piece::Value(_))).count();
    assert_eq!(values, 2, "both names stay apart from the words");
}

#[test]
fn a_request_for_the_sign_in_alone_is_called_that() {
    let heading = |answer: &Value| view(answer).screen.heading.unwrap().plain();
    let mut answer = consent();
    for scopes in [json!([]), json!([plain_scope("openid", true)])] {
        answer["scopes"] = scopes;
        assert_eq!(
            heading(&answer),
            "Sign in to Photo Printer with your id.harbor.example account"
        );
    }
    let asked = "Photo Printer wants access to your id.harbor.example account";
    for (member, more) in [
        ("scopes", json!([plain_scope("openid", true), plain_scope("email", false)])),
        ("resources", json!([{ "resource": "https://api.example/" }])),
        ("authorization_details", json!([{ "type": "payment" }])),
    ] {
        let mut answer = answer.clone();
        answer[member] = more;
        assert_eq!(heading(&answer), asked, "{member}");
    }
}

#[test]
fn a_request_for_a_payment_says_who_pays_and_its_button_says_pay() {
    let paying = |answer: Value| {
        let mut answer = answer;
        answer["authorization_details"] = json!([{ "type": "payment_initiation" }]);
        let screen = view(&answer).screen;
        let labels: Vec<_> = screen.actions.iter().map(|it| screen.label(*it)).collect();
        (screen.heading.unwrap().plain(), labels)
    };
    let answers = vec![Key::Deny, Key::Pay];
    let mut alone = consent();
    alone["scopes"] = json!([plain_scope("openid", true)]);
    for answer in [consent(), alone] {
        let heading = "Photo Printer wants you to pay from your id.harbor.example account";
        assert_eq!(paying(answer), (heading.to_owned(), answers.clone()));
    }
    let heading = "Photo Printer wants you to pay from your The acme company account";
    assert_eq!(paying(organization_consent()), (heading.to_owned(), answers));
    let mut other = consent();
    other["authorization_details"] = json!([{ "type": "account_information" }]);
    let screen = view(&other).screen;
    assert_eq!(screen.label(Action::Allow), Key::Allow, "nothing is paid");
}

#[test]
fn an_account_without_a_needed_organization_gets_a_notice() {
    let page = {
        let mut page = page();
        page.realm = Realm::B2b;
        page
    };
    let driver = Driver::open(page, answering([Ok(outcome(&consent()))]));
    let view = driver.view();
    assert_eq!(view.screen.actions, [Action::Cancel]);
    let Body::Consent(card) = view.screen.body else { panic!("a card") };
    assert_eq!(card.notice.unwrap().plain(), Key::ConsentOrganizationMissing.english());
    assert!(!card.can_remember);
}

#[test]
fn the_account_is_shown_by_name_and_e_mail_address() {
    assert_eq!(card(&consent()).account_lines, ["Ada Lovelace", "ada@example.com"]);
    let lines = |account: Value| card(&consent_with(|it| it["account"] = account)).account_lines;
    assert_eq!(lines(json!({ "sub": "1", "email": "ada@example.com" })), ["ada@example.com"]);
    assert_eq!(lines(json!({ "sub": "1", "name": "Ada", "email": "" })), ["Ada"]);
    assert_eq!(lines(json!({ "sub": "1" })), ["1"]);
}

#[test]
fn a_logo_is_shown_or_an_initial() {
    assert_eq!(card(&consent()).client, Avatar::Initial("P".into()));
    let logo = card(&consent_with(|it| it["client"]["logo_uri"] = "/logos/1".into()));
    assert_eq!(logo.client, picture("/logos/1", "P"));
}

#[test]
fn one_organization_is_named_and_several_are_a_choice() {
    assert_eq!(card(&consent()).organizations, Organizations::None);
    let one = card(&consent_with(|it| {
        it["organization"] = organization("acme", "allowed");
        it["organizations"] = json!([organization("acme", "allowed")]);
    }));
    let named = Organizations::One(Avatar::Initial("T".into()), "The acme company".into());
    assert_eq!(one.organizations, named);

    let card = card(&organization_consent());
    let Organizations::Several(choices) = card.organizations else { panic!("a choice") };
    let named: Vec<_> = choices.iter().map(|it| (it.name.as_str(), it.chosen, it.status)).collect();
    let expected = [
        ("The acme company", true, OrganizationStatus::Allowed),
        ("The globex company", false, OrganizationStatus::Allowed),
        ("The umbrella company", false, OrganizationStatus::NeedsApproval),
        ("The initech company", false, OrganizationStatus::Blocked),
    ];
    assert_eq!(named, expected);
    let marks: Vec<_> = choices.iter().map(|it| &it.avatar).collect();
    assert_eq!(marks, [&Avatar::Initial("T".into()); 4]);
}

#[test]
fn an_unavailable_organization_has_a_note() {
    let mut answer = organization_consent();
    answer["organizations"][0]["logo_uri"] = "/logos/acme".into();
    answer["organizations"][1] = organization("{organization}", "blocked");
    answer["organizations"].as_array_mut().unwrap().truncate(2);
    let Organizations::Several(choices) = card(&answer).organizations else { panic!("a choice") };
    let [allowed, .., blocked] = &choices[..] else { panic!("two") };
    assert_eq!((allowed.name.as_str(), &allowed.note), ("The acme company", &None));
    assert_eq!(allowed.avatar, picture("/logos/acme", "T"));
    let name = "The {organization} company";
    assert_eq!(blocked.name, name);
    let note = blocked.note.as_ref().unwrap();
    assert!(matches!(&note.0[..], [Piece::Literal(_)]), "words of ours alone");
    assert_eq!(note.plain(), "Doesn’t allow this app");
}

#[test]
fn only_an_unverified_third_party_has_a_caution() {
    let warned = |party: &str, verified: bool| {
        let answer = consent_with(|it| {
            it["client"]["party"] = party.into();
            it["client"]["verified"] = verified.into();
        });
        !card(&answer).cautions.is_empty()
    };
    assert!(warned("third", false));
    assert!(!warned("third", true));
    assert!(!warned("first", false) && !warned("first", true));
}

#[test]
fn the_destination_is_shown_completely() {
    let destination = |address: &str, native: bool| {
        let answer = consent_with(|it| {
            it["redirect_uri"] = address.into();
            it["client"]["native"] = native.into();
        });
        card(&answer).destination.plain()
    };
    assert_eq!(
        destination("https://printer.example:8443/cb", false),
        "You’ll be sent to printer.example:8443"
    );
    assert_eq!(
        destination("http://127.0.0.1:51004/cb", true),
        "You’ll be sent to a program on this device: 127.0.0.1:51004"
    );
    assert_eq!(
        destination("https://аррӏе.example/", false),
        "You’ll be sent to xn--80ak6aa92e.example"
    );
    assert_eq!(
        destination("com.example.printer:/cb", true),
        "You’ll be sent back to an app on this device: com.example.printer:/cb"
    );
}

#[test]
fn only_safe_links_of_the_client_are_shown() {
    let links = |tos: &str, policy: &str| {
        let answer = consent_with(|it| {
            it["client"]["tos_uri"] = tos.into();
            it["client"]["policy_uri"] = policy.into();
        });
        let links = card(&answer).links;
        links
            .iter()
            .map(|(text, link)| (text.plain(), link.as_str().to_owned()))
            .collect::<Vec<_>>()
    };
    let shown = links("https://printer.example/terms", "https://printer.example/privacy");
    let expected = [
        ("Terms at printer.example", "https://printer.example/terms"),
        ("Privacy", "https://printer.example/privacy"),
    ];
    assert_eq!(shown, expected.map(|(text, link)| (text.to_owned(), link.to_owned())));
    assert!(links("javascript:alert(1)", "http://printer.example/").is_empty());
}

#[test]
fn names_are_cleaned_on_the_card() {
    let trick = "a\u{202e}b\u{2066}c\u{200b}d\ne\u{e0041}f";
    let mut answer = organization_consent();
    for path in [
        "/client/name",
        "/client/description",
        "/account/name",
        "/account/email",
        "/organization/name",
        "/organizations/1/name",
        "/scopes/1/title",
        "/scopes/1/description",
    ] {
        let (parent, name) = path.rsplit_once('/').unwrap();
        answer.pointer_mut(parent).unwrap()[name] = trick.into();
    }
    answer["resources"] = json!([{ "resource": trick, "name": trick }, { "resource": trick }]);
    answer["scopes"][2]["resource"] = trick.into();
    answer["authorization_details"] =
        json!([{ "type": trick, (trick): trick, "nested": { (trick): [trick] } }]);
    for text in texts::of(&view(&answer)) {
        assert!(!strategies::changes_others(&text), "{text:?}");
    }
}

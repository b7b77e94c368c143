//! The name of the site in texts, and its mark.

use countersign::{
    backend::BackendFault,
    consent::HostName,
    flow::Gesture,
    messages::{Key, Messages, Piece},
    view::{Body, Tone, View},
};
use serde_json::{Value, json};

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
    play::Play,
    views::{heading, paragraphs},
};

/// A card on a site that the page gives this name, and the backend another one.
fn named(page_s: Option<&str>, backend_s: &Value) -> Play {
    let mut page = page();
    page.site_name = page_s.map(str::to_owned);
    Play::open(page).answer(&consent_with(|it| it["site_name"] = backend_s.clone()))
}

/// A card on a site without a name, at this host.
fn at(host: &str) -> View {
    let mut page = page();
    page.own_hosts = vec![host.to_owned(), "api.example".to_owned()];
    Play::open(page).answer(&consent()).view()
}

fn logout(play: Play) -> String {
    match play.view().screen.body {
        Body::Logout(card) => card.question.plain(),
        other => panic!("no logout: {other:?}"),
    }
}

#[test]
fn the_backend_s_name_comes_before_the_page_s_and_both_before_the_host() {
    for (page_s, backend_s, shown) in [
        (None, Value::Null, HOST),
        (Some("Harbor"), Value::Null, "Harbor"),
        (None, json!("Quay"), "Quay"),
        (Some("Harbor"), json!("Quay"), "Quay"),
    ] {
        let view = named(page_s, &backend_s).view();
        let expected = format!("Photo Printer wants access to your {shown} account");
        assert_eq!(heading(&view), expected);
    }
}

#[test]
fn a_name_is_cleaned_and_one_that_nobody_sees_is_none() {
    let name = |name: &str| named(Some(name), &Value::Null).view().screen.heading.unwrap().0;
    assert_eq!(name("  Har\u{202e}bor\n")[2], Piece::Value("Harbor".into()));
    assert_eq!(name("{client}")[2], Piece::Value("{client}".into()));
    for unseen in ["", "   ", "\u{200b}", "\u{202e}\u{2069}"] {
        assert_eq!(name(unseen)[2], Piece::Host(HostName::new(HOST, None)), "{unseen:?}");
    }
    let long = named(Some(&"x".repeat(500)), &Value::Null).view();
    assert_eq!(heading(&long).chars().filter(|it| *it == 'x').count(), 200);
}

#[test]
fn a_host_is_shown_as_the_address_bar_does_and_reads_as_a_host() {
    for (host, shown) in [
        ("127.0.0.1:8443", "127.0.0.1:8443"),
        ("localhost:3000", "localhost:3000"),
        ("[::1]:8080", "[::1]:8080"),
        ("www.harbor.example", "harbor.example"),
        ("wwwharbor.example", "wwwharbor.example"),
    ] {
        let text = at(host).screen.heading.unwrap();
        assert_eq!(text.0[2], Piece::Host(HostName::new(shown, None)));
        assert_eq!(text.plain(), format!("Photo Printer wants access to your {shown} account"));
    }
}

#[test]
fn the_mark_of_a_site_is_the_initial_of_its_name_or_of_its_host_without_www() {
    let initial = |name: &str| named(Some(name), &Value::Null).view().screen.site_initial;
    assert_eq!(initial("Harbor"), "H");
    assert_eq!(initial("\u{200b}(ä)"), "ä");
    assert_eq!(initial("👩‍🚀 Club"), "👩‍🚀");
    for (host, initial) in [
        ("www.harbor.example", "h"),
        ("id.harbor.example", "i"),
        ("localhost:3000", "l"),
        ("127.0.0.1:8443", "1"),
        ("[::1]:8080", "1"),
    ] {
        assert_eq!(at(host).screen.site_initial, initial, "{host}");
    }
}

#[test]
fn a_name_from_the_backend_stays_on_later_screens_until_it_gives_another_one() {
    let named = |name: &str| Ok(outcome(&consent_with(|it| it["site_name"] = name.into())));
    let unknown = Err(fault(BackendFault::NoCookies));
    let answers =
        [named("Harbor"), unknown.clone(), Ok(outcome(&consent())), unknown, named("Quay")];
    let mut driver = Driver::open(page(), answering(answers));
    let card = |site: &str| format!("Photo Printer wants access to your {site} account");
    for _ in 0..2 {
        assert_eq!(heading(&driver.view()), card("Harbor"));
        driver.decide(Gesture::Deny, "K1");
        let stuck = Key::FailedCookies.english().replace("{site}", "Harbor");
        assert_eq!(paragraphs(&driver.view()).pop(), Some(stuck));
        assert_eq!(driver.view().screen.site_initial, "H");
        driver.user(Gesture::Retry);
    }
    assert_eq!(heading(&driver.view()), card("Quay"));
}

#[test]
fn a_logout_says_what_the_user_leaves() {
    let mut answer = confirmation();
    answer["site_name"] = "Harbor".into();
    let asked = logout(Play::logout().answer_logout(&answer));
    assert_eq!(asked, "Photo Printer asks to sign you out of Harbor.");
    answer.as_object_mut().unwrap().remove("client");
    let asked = logout(Play::logout().answer_logout(&answer));
    assert_eq!(asked, "Do you want to sign out of Harbor?");
    answer.as_object_mut().unwrap().remove("site_name");
    let asked = logout(Play::logout().answer_logout(&answer));
    assert_eq!(asked, "Do you want to sign out of id.harbor.example?");
}

#[test]
fn a_text_of_the_host_s_own_may_say_the_name_or_not() {
    let own = |text: &str| {
        let messages = Messages::default().with(Key::ConsentHeading, text);
        let view = named(Some("Harbor"), &Value::Null).view_in(&messages);
        heading(&view)
    };
    assert_eq!(own("{site}: {client}, {site}, {sites}"), "Harbor: Photo Printer, Harbor, {sites}");
    assert_eq!(own("Come in"), "Come in");
}

#[test]
fn a_verified_client_on_a_site_s_own_device_is_cautioned_quietly() {
    let tone = |host: &str, client: Value| {
        let mut page = page();
        page.own_hosts = vec![host.to_owned()];
        let answer = consent_with(|it| {
            it["redirect_uri"] = "http://127.0.0.1:5100/callback".into();
            it["client"]["native"] = true.into();
            it["client"].as_object_mut().unwrap().extend(client.as_object().unwrap().clone());
        });
        match Play::open(page).answer(&answer).view().screen.body {
            Body::Consent(card) => (card.tone, card.cautions.len()),
            other => panic!("no card: {other:?}"),
        }
    };
    let verified = json!({ "verified": true });
    for host in ["localhost:3000", "127.0.0.1", "[::1]:8080"] {
        assert_eq!(tone(host, verified.clone()), (Tone::Known, 1), "{host}");
        assert_eq!(tone(host, json!({})), (Tone::Caution, 1), "{host}: nobody vouches for it");
    }
    for host in ["id.harbor.example", "localhost.example", "", "printer.example:80"] {
        assert_eq!(tone(host, verified.clone()), (Tone::Caution, 1), "{host}");
    }
}

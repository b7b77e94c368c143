//! A form to post: only to own hosts.

use countersign::{
    flow::{Gesture, State, Timer, WidgetEvent},
    protocol::UnsafeAddress,
};

use super::decide::card;
use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
};

const ACTION: &str = "https://id.harbor.example/consent";

fn fields(driver: &Driver) -> Vec<(&str, Vec<(&str, &str)>)> {
    let posts = driver.posts.iter();
    posts
        .map(|(action, fields)| {
            let fields = fields.secret().iter();
            (action.as_str(), fields.map(|(name, value)| (&**name, &**value)).collect())
        })
        .collect()
}

#[test]
fn a_form_is_posted_once_with_exactly_its_fields() {
    let posted = [(ACTION, vec![("accept", "yes"), ("ticket", "T1")])];
    let form = || Ok(outcome(&post_answer(ACTION)));
    let mut driver = card(&consent(), [form()]);
    driver.decide(Gesture::Allow, "K1");
    assert_eq!(fields(&driver), posted);
    assert!(driver.navigations.is_empty());
    assert!(matches!(driver.state(), State::Redirecting(_)));
    driver.run_out(|timer| *timer == Timer::Navigation);
    driver.user(Gesture::OpenAgain);
    assert_eq!(driver.posts.len(), 1);

    let straight = Driver::open(page(), answering([form()]));
    assert_eq!(fields(&straight), posted);
    assert_eq!(straight.events, [WidgetEvent::Started, WidgetEvent::Redirecting]);
}

#[test]
fn a_form_is_never_posted_to_another_host() {
    for (action, why) in [
        ("https://printer.example/cb", UnsafeAddress::Elsewhere),
        ("https://id.harbor.example:8443/consent", UnsafeAddress::Elsewhere),
        ("https://login.harbor.example/consent", UnsafeAddress::Elsewhere),
        ("http://id.harbor.example/consent", UnsafeAddress::Insecure),
        ("https://ada@id.harbor.example/consent", UnsafeAddress::Credentials),
        ("javascript:alert(1)", UnsafeAddress::Scheme),
        ("com.example.printer:/cb", UnsafeAddress::NotNative),
        ("/consent", UnsafeAddress::Malformed),
    ] {
        let form = || Ok(outcome(&post_answer(action)));
        let mut decided = card(&consent(), [form()]);
        decided.decide(Gesture::Allow, "K1");
        for driver in [decided, Driver::open(page(), answering([form()]))] {
            assert_eq!(driver.state(), &State::UnsafeAddress(why), "{action}");
            assert!(driver.posts.is_empty() && driver.navigations.is_empty());
        }
    }
}

#[test]
fn a_form_may_be_posted_to_the_backend_s_own_host() {
    let mut page = page();
    page.own_hosts.push("as.example:8443".into());
    let form = outcome(&post_answer("https://as.example:8443/consent"));
    assert_eq!(Driver::open(page, answering([Ok(form)])).posts.len(), 1);
}

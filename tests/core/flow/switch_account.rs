//! Another account, where the authorization server has fixed the account of the request.

use countersign::{
    flow::{Gesture, State, WidgetEvent},
    protocol::UnsafeAddress,
};
use serde_json::{Value, json};

use super::decide::card;
use crate::testing::{driver::Driver, fixtures::*};

fn switched(switch: &Value) -> Driver {
    let answer = consent_with(|it| it["switch_account"] = switch.clone());
    let mut driver = card(&answer, []);
    driver.user(Gesture::SwitchAccount);
    driver
}

#[test]
fn another_account_is_chosen_where_the_backend_says() {
    let step = "https://as.example/authorize?prompt=select_account";
    let own = "https://id.harbor.example/switch";
    for switch in
        [json!({ "redirect_uri": step, "intermediate": true }), json!({ "redirect_uri": own })]
    {
        let driver = switched(&switch);
        assert_eq!(driver.navigations, [switch["redirect_uri"].as_str().unwrap()]);
        assert!(driver.logins.is_empty());
        assert_eq!(driver.leaves_for(), None, "it does not lead back to the client");
        assert_eq!(driver.events.last(), Some(&WidgetEvent::LoginRequired));
    }
}

#[test]
fn without_such_an_address_it_is_chosen_on_the_login_page() {
    let driver = switched(&Value::Null);
    assert_eq!((driver.logins.len(), driver.navigations.len()), (1, 0));
}

#[test]
fn an_address_for_another_account_is_checked() {
    for (address, intermediate, why) in [
        ("https://evil.example/authorize", false, UnsafeAddress::Elsewhere),
        ("https://as.example/authorize", false, UnsafeAddress::Elsewhere),
        // The client's own: nothing is decided yet.
        ("https://printer.example/cb?code=c0de", false, UnsafeAddress::Elsewhere),
        ("http://as.example/authorize", true, UnsafeAddress::Insecure),
        ("javascript:alert(1)", true, UnsafeAddress::Scheme),
        ("com.example.printer:/cb", true, UnsafeAddress::NotNative),
    ] {
        let driver = switched(&json!({ "redirect_uri": address, "intermediate": intermediate }));
        assert_eq!(driver.state(), &State::UnsafeAddress(why), "{address}");
        assert!(driver.navigations.is_empty() && driver.logins.is_empty());
    }
}

#[test]
fn only_a_card_has_another_account() {
    let answer = consent_with(|it| {
        it["switch_account"] = json!({ "redirect_uri": "https://id.harbor.example/switch" });
    });
    let mut driver = card(&answer, [Ok(redirect("https://printer.example/cb"))]);
    driver.user(Gesture::Deny);
    let before = driver.machine.clone();
    driver.user(Gesture::SwitchAccount);
    assert_eq!((driver.machine, driver.navigations.len()), (before, 1));
}

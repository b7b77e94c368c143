//! Names and attributes of the session cookies.

use std::cell::RefCell;

use countersign::{
    backend::{LogoutDecision, LogoutOutcome, Outcome},
    protocol::Realm,
};

use countersign_stytch::{StytchCookies, StytchOptions};

use super::api::*;

fn page(hostname: &'static str) -> Page {
    Page { hostname, keeps: true, cookies: RefCell::default(), set: RefCell::default() }
}

fn cookies(change: impl FnOnce(&mut StytchCookies)) -> StytchCookies {
    let mut cookies = StytchCookies::default();
    change(&mut cookies);
    cookies
}

fn with(cookies: StytchCookies) -> StytchOptions {
    options(|it| it.cookies = cookies)
}

fn written(stytch: &Stytch) -> Vec<String> {
    let set = stytch.page.set.borrow();
    set.iter().filter(|it| !it.contains("1970")).cloned().collect()
}

#[test]
fn the_session_is_read_from_the_cookie_that_the_team_names() {
    let cookies = cookies(|it| it.session = "mine".into());
    let stytch = Stytch::new(Realm::Consumer, with(cookies)).signed_in();
    assert!(matches!(stytch.start(QUERY), Ok(Outcome::Login(_))));
    stytch.page.cookies.borrow_mut().push(("mine".into(), "own".into()));
    stytch.card(QUERY);
    assert_eq!(stytch.api.sent()[0].basic, "Basic b64(public-token-test-1:own)");
}

#[test]
fn path_and_domain_are_written_as_configured_and_the_domain_only_for_subdomains() {
    let cookies_for = |available_to_subdomains| {
        cookies(|it| {
            it.path = Some("/app".into());
            it.domain = Some("example.com".into());
            it.available_to_subdomains = available_to_subdomains;
        })
    };
    let place = |options, page| {
        let stytch = Stytch::on(Realm::Consumer, options, page);
        stytch.attest().unwrap();
        let written = written(&stytch).remove(0);
        written.split_once("expires=date(T9000); ").unwrap().1.to_owned()
    };
    assert_eq!(
        place(with(cookies_for(false)), page("app.example.com")),
        "path=/app; samesite=lax; secure"
    );
    assert_eq!(
        place(with(cookies_for(true)), page("app.example.com")),
        "path=/app; samesite=lax; domain=example.com; secure"
    );
    let whole = cookies(|it| it.available_to_subdomains = true);
    assert_eq!(
        place(with(whole.clone()), page("app.example.com")),
        "path=/; samesite=lax; domain=app.example.com; secure"
    );
    for local in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(place(with(whole.clone()), page(local)), "path=/; samesite=lax");
    }
}

#[test]
fn signing_out_clears_the_session_and_a_login_under_way_at_every_place_they_may_be() {
    let cookies = cookies(|it| {
        it.path = Some("/app".into());
        it.domain = Some("example.com".into());
    });
    let stytch = Stytch::on(Realm::Consumer, with(cookies), page("app.example.com")).signed_in();
    let query = "client_id=app&post_logout_redirect_uri=https%3A%2F%2Fclient.example%2Fbye";
    let Ok(LogoutOutcome::Confirm(asked)) = stytch.logout(query) else { panic!("a question") };
    assert!(stytch.page.set.borrow().is_empty());
    stytch.answer_logout(asked.logout, LogoutDecision::SignOut);
    let set = stytch.page.set.borrow();
    for name in ["stytch_session", "stytch_session_jwt", "stytch_intermediate_session_token"] {
        for place in [
            "path=/app; samesite=lax; domain=example.com; secure",
            "path=/app; samesite=lax; domain=app.example.com; secure",
            "path=/app; samesite=lax; secure",
            "path=/; samesite=lax; domain=example.com; secure",
            "path=/; samesite=lax; domain=app.example.com; secure",
            "path=/; samesite=lax; secure",
        ] {
            let cleared = format!("{name}=; expires=Thu, 01 Jan 1970 00:00:00 GMT; {place}");
            assert_eq!(set.iter().filter(|it| **it == cleared).count(), 1, "{cleared}");
        }
    }
    assert!(stytch.page.cookies.borrow().is_empty());
}

#[test]
fn a_session_that_is_over_is_forgotten_but_not_a_login_under_way() {
    let stytch = consumer().signed_in();
    let begun = ("stytch_intermediate_session_token".to_owned(), "ist".to_owned());
    stytch.page.cookies.borrow_mut().push(begun.clone());
    stytch.api.on("v1/sessions/authenticate", refusal(404, "session_not_found"));
    assert!(matches!(stytch.start(QUERY), Ok(Outcome::Login(_))));
    assert_eq!(*stytch.page.cookies.borrow(), [begun]);
}

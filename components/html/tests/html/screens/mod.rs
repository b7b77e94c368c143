//! One view of each kind that the machine can show.

pub mod cards;
pub mod more;

use countersign::{
    Realm,
    backend::{BackendError, BackendFault, ClientHome, Decision, TransportError},
    flow::{Event, Gesture, PageInfo, Timer},
    messages::Messages,
    protocol::{Flow, HandOffError, OrganizationId, RawQuery, RequestId},
    view::View,
};
use serde_json::json;

use crate::testing::{play::Play, *};

/// Every screen, by a name for failures.
pub fn all() -> Vec<(&'static str, View)> {
    all_in(&Messages::default())
}

/// Every screen in these texts.
pub fn all_in(messages: &Messages) -> Vec<(&'static str, View)> {
    let groups = [under_way(), cards::all(), logins(), ends(), failures(), logouts(), more::all()];
    let plays = groups.into_iter().flatten();
    let shown = plays.map(|(name, play)| (name, play.view_in(messages)));
    shown.chain(more::reworded(messages)).collect()
}

/// The screen of that name.
pub fn find(name: &str) -> View {
    let found = all().into_iter().find(|(other, _)| *other == name);
    found.unwrap_or_else(|| panic!("no screen is {name}")).1
}

pub fn asked() -> Play {
    Play::authorize().answer(&consent())
}

pub fn confirming() -> Play {
    Play::logout().answer_logout(&confirmation())
}

pub type Plays = Vec<(&'static str, Play)>;

fn under_way() -> Plays {
    let choose = Gesture::OrganizationChosen(OrganizationId::new("acme"));
    let member = Play::authorize().answer(&organization_consent());
    let approving =
        Play::member().answer(&cards::approval("offered")).armed().user(Gesture::RequestApproval);
    let again = |version: &str, sub: &str| {
        let card = consent_with(|it| {
            it["version"] = version.into();
            it["account"]["sub"] = sub.into();
        });
        asked().allow().answer(&card)
    };
    let left = || redirect_answer("https://printer.example/cb");
    vec![
        ("shown anew", again("V2", "1")),
        ("shown anew to another account", again("V2", "2")),
        ("starting", Play::authorize()),
        ("starting with a card", member.user(choose)),
        ("allowing", asked().allow()),
        ("denying", asked().deny()),
        ("pressed too early", asked().user(Gesture::CardSeen).user(Gesture::Allow)),
        ("pressed before all was in view", asked().user(Gesture::Allow)),
        ("signed out too early", confirming().user(Gesture::SignOut)),
        ("asking for approval", approving),
        ("leaving denied", asked().deny().answer(&left())),
        ("leaving", asked().allow().answer(&redirect_answer("https://printer.example/cb"))),
        (
            "leaving at once",
            Play::authorize().answer(&redirect_answer("https://printer.example/cb")),
        ),
    ]
}

fn logins() -> Plays {
    let login = |reason, attempt| Play::authorize().answer(&login_answer(reason, attempt));
    vec![
        ("a login", login("no_session", 1)),
        ("a login again", login("prompt_login", 1)),
        ("a login to choose", login("select_account", 1)),
        ("a login of another account", login("account_changed", 2)),
        ("a login that does not take", login("no_session", 3)),
        ("a denial without a login", login("no_session", 1).deny()),
        ("a denial that failed", login("no_session", 1).deny().fail(unreachable())),
        ("a login after a card", asked().user(Gesture::SwitchAccount)),
    ]
}

fn ends() -> Plays {
    let left = |address: &str, timer| {
        let asked = asked().allow().answer(&redirect_answer(address));
        asked.run_out(timer)
    };
    let app = |query: &str| {
        let address = format!("com.example.printer:/cb{query}");
        Play::authorize().answer(&redirect_answer(&address)).run_out(Timer::HandOver)
    };
    let error = |code: &str| json!({ "outcome": "error", "error": code, "request_id": "R1" });
    let framed = {
        let mut page = PageInfo::new(Realm::B2b, Flow::Authorize, RawQuery::new(QUERY));
        page.framed = true;
        page
    };
    let ended = |fault: BackendFault, client_uri: Option<&str>| {
        let client =
            ClientHome { name: "Photo Printer".into(), client_uri: client_uri.map(Into::into) };
        Play::authorize().fail(BackendError { client: Some(client.into()), ..fault.into() })
    };
    let home = Some("https://printer.example/home");
    let answered = |decision| {
        let fault = BackendFault::AlreadyAnswered.into();
        Play::authorize().fail(BackendError { decision: Some(decision), ..fault })
    };
    vec![
        ("leaving for long", left("https://printer.example/cb", Timer::Navigation)),
        ("returned from an app", app("?code=1")),
        ("returned from an app with an error", app("?error=access_denied")),
        ("returned from an app after a denial", denied_in_app()),
        ("answered", ended(BackendFault::AlreadyAnswered, home)),
        ("allowed", answered(Decision::Allow)),
        ("denied", answered(Decision::Deny)),
        ("expired", ended(BackendFault::Expired, None)),
        ("expired, of somebody unknown", Play::authorize().fail(BackendFault::Expired)),
        ("unsafe", Play::authorize().answer(&redirect_answer("javascript:alert(1)"))),
        ("framed", Play::open(framed)),
        ("without a client", Play::query("state=s")),
        ("with two clients", Play::query("client_id=a&client_id=b")),
        ("too long", Play::query(&"&".repeat(40_000))),
        ("refused", Play::authorize().answer(&error("invalid_request"))),
        ("refused as unknown", Play::authorize().answer(&error("invalid_client"))),
        ("refused for its address", Play::authorize().answer(&error("invalid_redirect_uri"))),
    ]
}

fn denied_in_app() -> Play {
    let card = cards::leading_to("com.example.printer:/cb", true);
    let address = "com.example.printer:/cb?error=access_denied";
    card.deny().answer(&redirect_answer(address)).run_out(Timer::HandOver)
}

fn failures() -> Plays {
    let busy = |retry_after| Play::authorize().fail(BackendFault::Busy { retry_after });
    let named =
        BackendError { request_id: Some(RequestId::new("R7")), ..BackendFault::Server(500).into() };
    let lost = Play::authorize().answer(&login_answer("no_session", 1));
    vec![
        ("failed", Play::authorize().fail(named)),
        ("failed offline", Play::authorize().fail(unreachable())),
        ("failed by its own fault", Play::authorize().fail(BackendFault::CrossOriginCall)),
        (
            "failed on the way to the login",
            lost.event(Event::HandOffFailed(HandOffError::LoginUrl)),
        ),
        ("failed without cookies", Play::authorize().fail(BackendFault::NoCookies)),
        ("timed out", Play::authorize().run_out(Timer::Response)),
        ("busy", busy(None)),
        ("busy for a while", busy(Some(7))),
    ]
}

fn logouts() -> Plays {
    let mut unknown = confirmation();
    unknown.as_object_mut().unwrap().remove("client");
    let done = |outcome: &str| Play::logout().answer_logout(&json!({ "outcome": outcome }));
    vec![
        ("a logout", confirming()),
        ("a logout nobody asks for", Play::logout().answer_logout(&unknown)),
        ("signing out", confirming().armed().user(Gesture::SignOut)),
        ("staying", confirming().user(Gesture::Stay)),
        (
            "a logout that failed",
            confirming().armed().user(Gesture::SignOut).fail_logout(unreachable()),
        ),
        ("signed out", done("signed_out")),
        ("still signed in", done("stayed")),
        ("a site without sign-out", done("unsupported")),
    ]
}

pub fn unreachable() -> BackendError {
    BackendFault::from(TransportError::Unreachable).into()
}

//! One view of each kind that the machine can show.

use countersign::{
    Realm,
    backend::{BackendError, BackendFault, ClientHome, TransportError},
    flow::{Entry, Event, Gesture, Page, Timer, View},
    protocol::{HandOffError, OrganizationId, RawQuery, RequestId},
};
use serde_json::json;

use crate::{
    more_screens,
    support::{play::Play, *},
};

/// Every screen, by a name for failures.
pub fn all() -> Vec<(&'static str, View)> {
    let groups = [
        under_way(),
        cards(),
        logins(),
        ends(),
        failures(),
        logouts(),
        more_screens::all(),
    ];
    let plays = groups.into_iter().flatten();
    let shown = plays.map(|(name, play)| (name, play.view()));
    shown.chain(more_screens::reworded()).collect()
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
    vec![
        ("starting", Play::authorize()),
        ("starting with a card", member.user(choose)),
        ("allowing", asked().allow()),
        ("denying", asked().deny()),
        (
            "leaving",
            asked()
                .allow()
                .answer(&redirect("https://printer.example/cb")),
        ),
        (
            "leaving at once",
            Play::authorize().answer(&redirect("https://printer.example/cb")),
        ),
    ]
}

fn cards() -> Plays {
    let full = consent_with(|it| {
        it["client"]["logo_uri"] = "/logos/1".into();
        it["client"]["tos_uri"] = "https://printer.example/terms".into();
        it["client"]["policy_uri"] = "https://printer.example/privacy".into();
        it["account"]["picture"] = "/pictures/1".into();
        it["resources"] = json!([{ "resource": "https://api.example/", "name": "Photo store" }]);
        it["scopes"][1]["resource"] = "https://api.example/".into();
        it["scopes"][2]["grantable"] = false.into();
        it["authorization_details"] =
            json!([{ "type": "payment", "amount": "5.00" }, { "type": "payment" }]);
    });
    let first = consent_with(|it| {
        it["client"]["party"] = "first".into();
        it["scopes"] = json!([]);
        it["remember"] = false.into();
    });
    let app = consent_with(|it| {
        it["client"]["native"] = true.into();
        it["redirect_uri"] = "com.example.printer:/cb".into();
    });
    let one = consent_with(|it| {
        it["organization"] = organization("acme", "allowed");
        it["organizations"] = json!([organization("acme", "allowed")]);
    });
    let blocked = consent_with(|it| it["organization"] = organization("acme", "blocked"));
    let unchosen = consent_with(|it| {
        it["organizations"] = json!([
            organization("acme", "allowed"),
            organization("globex", "allowed")
        ]);
    });
    let refused = consent_with(|it| it["scopes"][0]["grantable"] = false.into());
    let card = |answer| Play::authorize().answer(answer);
    vec![
        ("a card", asked()),
        ("a full card", card(&full)),
        ("a card of the site's own app", card(&first)),
        ("a card of an app on this device", card(&app)),
        ("a card for the only organization", card(&one)),
        (
            "a card for one of several organizations",
            card(&organization_consent()),
        ),
        (
            "a card for an organization that blocks the app",
            card(&blocked),
        ),
        ("a card before an organization is chosen", card(&unchosen)),
        ("a card that cannot be allowed", card(&refused)),
        (
            "a card after a failed answer",
            asked().allow().fail(BackendFault::Server(500)),
        ),
        (
            "a card after an answer nobody knows of",
            asked().deny().fail(unreachable()),
        ),
    ]
}

fn logins() -> Plays {
    let login = |reason, attempt| Play::authorize().answer(&login(reason, attempt));
    vec![
        ("a login", login("no_session", 1)),
        ("a login again", login("prompt_login", 1)),
        ("a login to choose", login("select_account", 1)),
        ("a login of another account", login("account_changed", 2)),
        ("a login that does not take", login("no_session", 3)),
        ("a denial without a login", login("no_session", 1).deny()),
        (
            "a denial that failed",
            login("no_session", 1).deny().fail(unreachable()),
        ),
    ]
}

fn ends() -> Plays {
    let leaving = || {
        asked()
            .allow()
            .answer(&redirect("https://printer.example/cb"))
    };
    let app = asked().allow().answer(&redirect("com.example.printer:/cb"));
    let error = |code: &str| json!({ "outcome": "error", "error": code, "request_id": "R1" });
    let framed = Page {
        realm: Realm::B2b,
        framed: true,
        entry: Entry::Authorize(RawQuery::new(QUERY)),
        trusted: countersign::flow::Trusted::NotUsed,
    };
    let ended = |fault: BackendFault, client_uri: Option<&str>| {
        let client = ClientHome {
            name: "Photo Printer".into(),
            client_uri: client_uri.map(Into::into),
        };
        Play::authorize().fail(BackendError {
            client: Some(client),
            ..fault.into()
        })
    };
    vec![
        ("returned", leaving().run_out(Timer::Navigation)),
        ("returned from an app", app.run_out(Timer::Navigation)),
        (
            "answered",
            ended(BackendFault::Answered, Some("https://printer.example/home")),
        ),
        ("expired", ended(BackendFault::Expired, None)),
        (
            "expired, of somebody unknown",
            Play::authorize().fail(BackendFault::Expired),
        ),
        (
            "unsafe",
            Play::authorize().answer(&redirect("javascript:alert(1)")),
        ),
        ("framed", Play::open(framed)),
        ("without a client", Play::query("state=s")),
        ("with two clients", Play::query("client_id=a&client_id=b")),
        ("too long", Play::query(&"&".repeat(20_000))),
        (
            "refused",
            Play::authorize().answer(&error("invalid_request")),
        ),
        (
            "refused as unknown",
            Play::authorize().answer(&error("invalid_client")),
        ),
        (
            "refused for its address",
            Play::authorize().answer(&error("invalid_redirect_uri")),
        ),
    ]
}

fn failures() -> Plays {
    let busy = |retry_after| Play::authorize().fail(BackendFault::Busy { retry_after });
    let named = BackendError {
        request_id: Some(RequestId::new("R7")),
        ..BackendFault::Server(500).into()
    };
    let lost = Play::authorize().answer(&login("no_session", 1));
    vec![
        ("failed", Play::authorize().fail(named)),
        ("failed offline", Play::authorize().fail(unreachable())),
        (
            "failed by its own fault",
            Play::authorize().fail(BackendFault::Foreign),
        ),
        (
            "failed on the way to the login",
            lost.event(Event::HandOffFailed(HandOffError::LoginUrl)),
        ),
        ("timed out", Play::authorize().run_out(Timer::Answer)),
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
        (
            "a logout nobody asks for",
            Play::logout().answer_logout(&unknown),
        ),
        ("signing out", confirming().user(Gesture::SignOut)),
        ("staying", confirming().user(Gesture::Stay)),
        (
            "a logout that failed",
            confirming()
                .user(Gesture::SignOut)
                .fail_logout(unreachable()),
        ),
        ("signed out", done("signed_out")),
        ("still signed in", done("stayed")),
    ]
}

pub fn unreachable() -> BackendError {
    BackendFault::from(TransportError::Unreachable).into()
}

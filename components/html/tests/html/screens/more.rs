//! Screens of backends that keep no transactions, refuse with codes of their own, or exchange
//! tokens.

use countersign::{
    backend::{BackendError, BackendFault, ErrorResponse, LogoutOutcome, Outcome, Refusal},
    consent::{AuthorizationDetailDescription, ManifestItem, ManifestSection},
    flow::{Event, PageInfo, Timer, Trusted},
    messages::Messages,
    protocol::{Flow, RawQuery, Realm, RequestId},
    view::{Body, ConsentCard, View},
};
use serde_json::{Value, json};

use super::{Plays, cards, unreachable};
use crate::testing::{
    QUERY, confirmation, consent, consent_with, logout_outcome, outcome, play::Play, scope,
};

pub fn all() -> Plays {
    let mut screens = refusals();
    screens.extend(tokens());
    screens.extend(cards());
    screens
}

fn refusals() -> Plays {
    let refused = |refusal| {
        let mut error = ErrorResponse::new("word", RequestId::new("R1"));
        error.refusal = refusal;
        answered(Outcome::Error(error))
    };
    let kinds = [
        ("refused for its scopes", Refusal::Scope),
        ("refused for its setup", Refusal::Setup),
        ("refused by the organization", Refusal::Organization),
        ("refused since it was revoked", Refusal::Revoked),
        ("refused since it is over", Refusal::Over),
        ("refused since there are too many", Refusal::Limit),
        ("refused silently", Refusal::Silent),
    ];
    kinds.map(|(name, kind)| (name, refused(kind))).into()
}

fn tokens() -> Plays {
    let attesting = || {
        Play::open({
            let mut page = PageInfo::new(Realm::B2b, Flow::Auto, RawQuery::new(QUERY));
            page.trusted = Trusted::Awaited;
            page
        })
    };
    vec![
        ("waiting for a token", attesting()),
        ("without a token", attesting().run_out(Timer::Response)),
    ]
}

fn cards() -> Plays {
    let scopes =
        ["openid", "profile", "email", "phone", "address", "offline_access", "full_access"];
    let standard = consent_with(|it| {
        it["scopes"] = scopes.map(|name| scope(name, &json!({}))).as_slice().into()
    });
    let payment = consent_with(|it| {
        it["authorization_details"] = json!([{
            "type": "payment_initiation",
            "instructedAmount": { "amount": "45.00", "currency": "EUR" },
            "creditorName": "Photo Printer"
        }]);
    });
    let on_site = |transaction: bool| {
        let Outcome::Consent(mut asked) = outcome(&consent()) else { unreachable!("a consent") };
        asked.site_name = Some("Harbor".into());
        if !transaction {
            asked.transaction = None;
        }
        answered(Outcome::Consent(asked))
    };
    let named = BackendError {
        request_id: Some(RequestId::new("R7")),
        reported: true,
        ..BackendFault::Server(500).into()
    };
    let elsewhere = consent_with(|it| {
        it["client"]["tos_uri"] = "https://terms.example/".into();
        it["client"]["policy_uri"] = "https://privacy.example/".into();
    });
    let logout = || {
        let LogoutOutcome::Confirm(mut asked) = logout_outcome(&confirmation()) else {
            unreachable!("a question")
        };
        (asked.client, asked.account) = (None, None);
        asked.site_name = Some("Harbor".into());
        Play::logout()
            .step(|attempt| Event::LogoutResponse(attempt, Ok(LogoutOutcome::Confirm(asked))))
    };
    vec![
        ("a card of standard scopes", Play::authorize().answer(&standard)),
        ("a card of a payment", Play::authorize().answer(&payment)),
        ("a card of a site with a name", on_site(true)),
        ("a card with terms at another host", Play::authorize().answer(&elsewhere)),
        (
            "a card after an answer without a key that nobody knows of",
            on_site(false).allow().fail(unreachable()),
        ),
        ("a card after a failed answer with a name", on_site(false).allow().fail(named)),
        ("a logout of a site with a name", logout()),
    ]
}

fn answered(outcome: Outcome) -> Play {
    Play::authorize().step(|attempt| Event::AuthorizeResponse(attempt, Ok(outcome)))
}

/// Cards with a manifest of the host: for some scopes, for all scopes, and for a detail.
pub fn reworded(messages: &Messages) -> Vec<(&'static str, View)> {
    let item = |text: &str, scopes: &[&str]| ManifestItem {
        text: text.into(),
        details: vec!["Only those of the last year".into()],
        scopes: scopes.iter().map(ToString::to_string).collect(),
    };
    let section = |header: &str, item| ManifestSection { header: header.into(), items: vec![item] };
    let some = vec![
        section("Photos", item("Look at what you photographed", &["photos.read"])),
        section("", item("Know who you are", &["openid"])),
    ];
    let all =
        vec![section("Everything", item("All of it", &["openid", "photos.read", "photos.write"]))];
    let card = |sections| {
        let answer = consent_with(|it| it["can_narrow"] = false.into());
        put(&answer, messages, |card| card.apply_manifest(sections))
    };
    vec![
        ("a card in the host's words", card(some)),
        ("a card in the host's words alone", card(all)),
        ("a card with details in the host's words", paying(messages)),
    ]
}

fn put(answer: &Value, messages: &Messages, words: impl FnOnce(&mut ConsentCard)) -> View {
    let mut view = Play::authorize().answer(answer).view_in(messages);
    let Body::Consent(card) = &mut view.screen.body else { unreachable!("a card") };
    words(card);
    view
}

fn paying(messages: &Messages) -> View {
    put(&cards::full(), messages, |card| {
        card.describe_authorization_details(|detail| {
            (detail.kind == "payment").then(|| AuthorizationDetailDescription {
                title: "Pay once".into(),
                lines: vec![
                    ("Amount".into(), "five euros".into()),
                    (String::new(), "to Ada".into()),
                ],
            })
        });
    })
}

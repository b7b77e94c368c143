//! Strategies for any event at any time.

use countersign::{
    api::client,
    backend::{BackendError, BackendFault, LogoutOutcome, Outcome, TrustedToken},
    flow::{Attempt, Event, Gesture, Languages, Machine, PageInfo, State, Timer, Trusted},
    platform::native::Native,
    protocol::{
        Flow, HandOffError, IdempotencyKey, OrganizationId, RawQuery, Realm, RedirectTarget, Secret,
    },
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::Value;

use super::responses;
use crate::testing::fixtures;

/// An event, before the attempts are known.
#[derive(Debug, Clone)]
pub enum Act {
    /// A response to one of the attempts so far, counted from the last.
    Answer(usize, Result<Value, BackendError>),
    /// One of the timers so far, counted from the last.
    RunOut(usize),
    /// The last delay before Allow counts runs out, and all of the card is in view.
    Looks,
    /// Any timer for this attempt.
    Timer(usize, Timer),
    HandOffFailed(HandOffError),
    PageRestored,
    TokenArrived,
    MessagesSettled,
    VisibilityChanged(bool),
    User(Gesture, IdempotencyKey),
}

/// The attempts and timers of the effects so far.
#[derive(Debug, Default)]
pub struct Asked {
    pub attempts: Vec<Attempt>,
    pub timers: Vec<(Attempt, Timer)>,
}

fn last<T: Copy>(of: &[T], back: usize) -> Option<T> {
    of.get(of.len().checked_sub(1 + back)?).copied()
}

impl Act {
    /// The events of this act. A response may be read as one of either flow.
    pub fn events(&self, asked: &Asked) -> Vec<Event> {
        match self {
            Self::Answer(back, answer) => last(&asked.attempts, *back)
                .map_or_else(Vec::new, |attempt| answers(attempt, answer)),
            Self::RunOut(back) => {
                let timer = last(&asked.timers, *back);
                timer.map(|(attempt, timer)| Event::TimedOut(attempt, timer)).into_iter().collect()
            }
            Self::Looks => {
                let arming = |(_, timer): &&(Attempt, Timer)| matches!(timer, Timer::Arming(_));
                let last = asked.timers.iter().rev().find(arming);
                let passed = last.map(|(attempt, timer)| Event::TimedOut(*attempt, *timer));
                let seen = Event::User(Gesture::CardSeen, IdempotencyKey::new("K"));
                passed.into_iter().chain([seen]).collect()
            }
            Self::Timer(back, timer) => {
                let attempt = last(&asked.attempts, *back);
                attempt.map(|attempt| Event::TimedOut(attempt, *timer)).into_iter().collect()
            }
            Self::HandOffFailed(error) => vec![Event::HandOffFailed(*error)],
            Self::PageRestored => vec![Event::PageRestored],
            Self::TokenArrived => vec![Event::TokenArrived(token())],
            Self::MessagesSettled => vec![Event::MessagesSettled],
            Self::VisibilityChanged(visible) => vec![Event::VisibilityChanged(*visible)],
            Self::User(gesture, key) => vec![Event::User(gesture.clone(), key.clone())],
        }
    }
}

fn token() -> TrustedToken {
    TrustedToken { token: Secret::new("jwt"), profile_id: "profile".into() }
}

fn answers(attempt: Attempt, answer: &Result<Value, BackendError>) -> Vec<Event> {
    match answer {
        Err(error) => vec![
            Event::AuthorizeResponse(attempt, Err(error.clone())),
            Event::LogoutResponse(attempt, Err(error.clone())),
            Event::AttestResponse(attempt, Err(error.clone())),
        ],
        Ok(answer) => {
            let text = answer.to_string();
            let outcome = client::read_outcome(&text, &Native, &Native);
            let logout = client::read_logout_outcome(&text, &Native, &Native);
            let outcome = outcome.map_err(|error| BackendFault::from(error).into());
            let logout = logout.map_err(|error| BackendFault::from(error).into());
            vec![
                Event::AuthorizeResponse(attempt, outcome),
                Event::LogoutResponse(attempt, logout),
                Event::AttestResponse(attempt, Ok(())),
            ]
        }
    }
}

/// The address that the page may open after a response, as the backend sent it.
pub fn address_of(event: &Event) -> Option<String> {
    let target = match event {
        Event::AuthorizeResponse(_, Ok(Outcome::Redirect(Ok(target))))
        | Event::LogoutResponse(_, Ok(LogoutOutcome::Redirect(Ok(target)))) => target,
        Event::AuthorizeResponse(_, Ok(Outcome::Post(form))) => form.action.as_ref().ok()?,
        _ => return None,
    };
    Some(target.as_str().to_owned())
}

/// The address for another account, if a card is shown that has one.
pub fn switch_address(machine: &Machine) -> Option<RedirectTarget> {
    match machine.state() {
        State::Consent(consent) => consent.request.switch_account.clone()?.ok(),
        _ => None,
    }
}

pub fn page() -> impl Strategy<Value = PageInfo> {
    let query = select(vec![
        fixtures::QUERY,
        "transaction=T1",
        "client_id=a&ui_locales=de&login_hint=ada",
        "client_id=a&client_id=b",
        "",
    ]);
    let realm = select(vec![Realm::Consumer, Realm::B2b]);
    (
        query,
        realm,
        prop::bool::weighted(0.05),
        prop::bool::weighted(0.25),
        prop::bool::weighted(0.1),
        select(vec![Trusted::NotUsed, Trusted::NotUsed, Trusted::Awaited, Trusted::Known(token())]),
        languages(),
        select(vec![vec![], vec!["as.example".to_owned()]]),
    )
        .prop_map(|(query, realm, framed, logout, either, trusted, languages, own_hosts)| {
            let flow = match (either, logout) {
                (true, _) => Flow::Auto,
                (false, true) => Flow::Logout,
                (false, false) => Flow::Authorize,
            };
            let mut page = PageInfo::new(realm, flow, RawQuery::new(query));
            page.framed = framed;
            page.trusted = trusted;
            page.language = languages.and_then(|languages| languages.choose(&page.query));
            page.own_hosts = own_hosts;
            page
        })
}

fn languages() -> impl Strategy<Value = Option<Languages>> {
    let host = select(vec![None, Some("en"), Some("ar"), Some("tlh")]);
    let browser = select(vec![vec![], vec!["fr-CH", "en"], vec!["en-GB", "fr"]]);
    let languages = (host, browser).prop_map(|(host, browser)| Languages {
        host: host.map(str::to_owned),
        browser: browser.into_iter().map(str::to_owned).collect(),
    });
    prop::option::weighted(0.3, languages)
}

/// Usually a visible card first, then anything.
pub fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    let card = responses::consent().prop_map(|answer| Act::Answer(0, Ok(answer)));
    (prop::option::weighted(0.7, card), vec(act(), 0..most)).prop_map(|(first, mut acts)| {
        let looks = first.is_some().then_some(Act::Looks);
        acts.splice(0..0, first.into_iter().chain(looks));
        acts
    })
}

fn act() -> impl Strategy<Value = Act> {
    let back = || prop_oneof![4 => Just(0_usize), 1 => 0..4_usize];
    let answer =
        prop_oneof![3 => responses::answer().prop_map(Ok), 1 => responses::error().prop_map(Err)];
    prop_oneof![
        8 => (back(), answer).prop_map(|(back, answer)| Act::Answer(back, answer)),
        3 => back().prop_map(Act::RunOut),
        1 => (back(), timer()).prop_map(|(back, timer)| Act::Timer(back, timer)),
        1 => select(vec![HandOffError::LoginUrl, HandOffError::TooLong]).prop_map(Act::HandOffFailed),
        1 => Just(Act::PageRestored),
        1 => Just(Act::TokenArrived),
        1 => Just(Act::MessagesSettled),
        1 => any::<bool>().prop_map(Act::VisibilityChanged),
        3 => Just(Act::Looks),
        8 => (gesture(), key()).prop_map(|(gesture, key)| Act::User(gesture, key)),
    ]
}

fn timer() -> impl Strategy<Value = Timer> {
    select(vec![
        Timer::Response,
        Timer::Navigation,
        Timer::HandOver,
        Timer::Arming(1),
        Timer::Arming(2),
        Timer::RetryAfter(1),
        Timer::Expiry(fixtures::EXPIRES_AT),
    ])
}

fn key() -> impl Strategy<Value = IdempotencyKey> {
    any::<u64>().prop_map(|number| IdempotencyKey::new(format!("K{number}")))
}

pub fn gesture() -> impl Strategy<Value = Gesture> {
    prop_oneof![
        4 => Just(Gesture::Allow),
        2 => Just(Gesture::Deny),
        1 => Just(Gesture::RequestApproval),
        2 => (0..5_usize).prop_map(Gesture::ScopeToggled),
        1 => select(vec!["acme", "globex", "evil"])
            .prop_map(|id| Gesture::OrganizationChosen(OrganizationId::new(id))),
        3 => select(vec![
            Gesture::ReadOnlyToggled,
            Gesture::RememberToggled,
            Gesture::Retry,
            Gesture::SignIn,
            Gesture::SwitchAccount,
            Gesture::OpenAgain,
            Gesture::CardSeen,
            Gesture::SignOut,
            Gesture::Stay,
        ]),
    ]
}

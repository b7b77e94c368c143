//! Any event at any time, with any answer.

use countersign::{
    backend::{
        BackendError, BackendFault, ClientHome, LogoutOutcome, Outcome, TransportError, wire,
    },
    flow::{Attempt, Entry, Event, Gesture, Page, Timer},
    platform::native::Native,
    protocol::{HandOffError, IdempotencyKey, OrganizationId, RawQuery, Realm, RequestId},
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::support::{fixtures, hostile};

/// An event to be, before it is known which attempts there are.
#[derive(Debug, Clone)]
pub enum Act {
    /// An answer to this attempt of those so far, counted from the last.
    Answer(usize, Result<Value, BackendError>),
    /// A timer that was asked for, counted from the last.
    RunOut(usize),
    /// Any timer, for this attempt.
    Timer(usize, Timer),
    HandOffFailed(HandOffError),
    PageRestored,
    User(Gesture),
}

/// The attempts and timers that effects asked for.
#[derive(Debug, Default)]
pub struct Asked {
    pub attempts: Vec<Attempt>,
    pub timers: Vec<(Attempt, Timer)>,
}

fn last<T: Copy>(of: &[T], back: usize) -> Option<T> {
    of.get(of.len().checked_sub(1 + back)?).copied()
}

impl Act {
    /// The events of this act: an answer may be read as one of either kind.
    pub fn events(&self, asked: &Asked) -> Vec<Event> {
        match self {
            Self::Answer(back, answer) => last(&asked.attempts, *back)
                .map_or_else(Vec::new, |attempt| answers(attempt, answer)),
            Self::RunOut(back) => {
                let timer = last(&asked.timers, *back);
                timer
                    .map(|(attempt, timer)| Event::TimedOut(attempt, timer))
                    .into_iter()
                    .collect()
            }
            Self::Timer(back, timer) => {
                let attempt = last(&asked.attempts, *back);
                attempt
                    .map(|attempt| Event::TimedOut(attempt, *timer))
                    .into_iter()
                    .collect()
            }
            Self::HandOffFailed(error) => vec![Event::HandOffFailed(*error)],
            Self::PageRestored => vec![Event::PageRestored],
            Self::User(gesture) => vec![Event::User(gesture.clone())],
        }
    }
}

fn answers(attempt: Attempt, answer: &Result<Value, BackendError>) -> Vec<Event> {
    match answer {
        Err(error) => vec![
            Event::Answered(attempt, Err(error.clone())),
            Event::LogoutAnswered(attempt, Err(error.clone())),
        ],
        Ok(answer) => {
            let text = answer.to_string();
            let outcome = wire::read_outcome(&text, &Native, &Native);
            let logout = wire::read_logout_outcome(&text, &Native, &Native);
            let outcome = outcome.map_err(|error| BackendFault::from(error).into());
            let logout = logout.map_err(|error| BackendFault::from(error).into());
            vec![
                Event::Answered(attempt, outcome),
                Event::LogoutAnswered(attempt, logout),
            ]
        }
    }
}

/// The address that an answer to leave carries, as the backend wrote it.
pub fn address_of(event: &Event) -> Option<String> {
    match event {
        Event::Answered(_, Ok(Outcome::Redirect(Ok(target))))
        | Event::LogoutAnswered(_, Ok(LogoutOutcome::Redirect(Ok(target)))) => {
            Some(target.as_str().to_owned())
        }
        _ => None,
    }
}

pub fn page() -> impl Strategy<Value = Page> {
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
    )
        .prop_map(|(query, realm, framed, logout)| {
            let query = RawQuery::new(query);
            let entry = if logout {
                Entry::Logout(query)
            } else {
                Entry::Authorize(query)
            };
            Page {
                realm,
                framed,
                entry,
            }
        })
}

pub fn act() -> impl Strategy<Value = Act> {
    let back = || prop_oneof![4 => Just(0_usize), 1 => 0..4_usize];
    let answer = prop_oneof![3 => answer().prop_map(Ok), 1 => error().prop_map(Err)];
    prop_oneof![
        8 => (back(), answer).prop_map(|(back, answer)| Act::Answer(back, answer)),
        3 => back().prop_map(Act::RunOut),
        1 => (back(), timer()).prop_map(|(back, timer)| Act::Timer(back, timer)),
        1 => select(vec![HandOffError::LoginUrl, HandOffError::TooLong]).prop_map(Act::HandOffFailed),
        1 => Just(Act::PageRestored),
        8 => gesture().prop_map(Act::User),
    ]
}

fn timer() -> impl Strategy<Value = Timer> {
    select(vec![
        Timer::Answer,
        Timer::Navigation,
        Timer::RetryAfter(1),
        Timer::Expiry(1_800_000_000),
    ])
}

fn key() -> impl Strategy<Value = IdempotencyKey> {
    any::<u64>().prop_map(|number| IdempotencyKey::new(format!("K{number}")))
}

pub fn gesture() -> impl Strategy<Value = Gesture> {
    prop_oneof![
        4 => key().prop_map(Gesture::Allow),
        2 => key().prop_map(Gesture::Deny),
        2 => (0..5_usize).prop_map(Gesture::ScopeToggled),
        1 => select(vec!["acme", "globex", "evil"])
            .prop_map(|id| Gesture::OrganizationChosen(OrganizationId::new(id))),
        3 => select(vec![
            Gesture::Retry,
            Gesture::SignIn,
            Gesture::SwitchAccount,
            Gesture::OpenAgain,
            Gesture::SignOut,
            Gesture::Stay,
        ]),
    ]
}

pub fn error() -> impl Strategy<Value = BackendError> {
    let seconds = option::of(select(vec![0, 1, 7, 120, 1_000_000]));
    let fault = prop_oneof![
        select(vec![
            BackendFault::Transport(TransportError::Unreachable),
            BackendFault::Transport(TransportError::TooLarge),
            BackendFault::Answered,
            BackendFault::Expired,
            BackendFault::KeyReused,
            BackendFault::Foreign,
            BackendFault::Malformed(400),
            BackendFault::Server(500),
            BackendFault::Server(504),
        ]),
        seconds.prop_map(|retry_after| BackendFault::Busy { retry_after }),
    ];
    let client = (
        hostile::name(),
        option::of(hostile::address().prop_map(|(address, _)| address)),
    )
        .prop_map(|(name, client_uri)| ClientHome { name, client_uri });
    (fault, option::of(hostile::name()), option::of(client)).prop_map(
        |(fault, request_id, client)| BackendError {
            fault,
            request_id: request_id.map(RequestId::new),
            client,
        },
    )
}

/// An answer of the API, full of tricks.
fn answer() -> impl Strategy<Value = Value> {
    prop_oneof![
        5 => consent(),
        4 => hostile::address().prop_map(|(address, native)| {
            json!({ "outcome": "redirect", "redirect_uri": address, "native": native })
        }),
        3 => login(),
        1 => (hostile::name(), hostile::name()).prop_map(|(error, request_id)| {
            json!({ "outcome": "error", "error": error, "request_id": request_id })
        }),
        2 => hostile::name().prop_map(|name| {
            let mut answer = fixtures::confirm_json();
            answer["client"]["name"] = name.clone().into();
            answer["account"]["name"] = name.into();
            answer
        }),
        1 => select(vec!["signed_out", "stayed"]).prop_map(|word| json!({ "outcome": word })),
        1 => Just(json!({ "outcome": "nonsense" })),
    ]
}

fn login() -> impl Strategy<Value = Value> {
    let reason = select(vec![
        "no_session",
        "prompt_login",
        "max_age",
        "select_account",
        "account_changed",
    ]);
    (reason, option::of(select(vec!["T1", "T2"])), 1..5_u32).prop_map(|(reason, transaction, attempt)| {
        json!({ "outcome": "login", "reason": reason, "attempt": attempt, "transaction": transaction })
    })
}

fn consent() -> impl Strategy<Value = Value> {
    let flags = (
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        option::of(select(vec!["acme", "globex"])),
    );
    let address = prop_oneof![
        3 => Just(("https://printer.example/cb".to_owned(), false)),
        1 => hostile::address(),
    ];
    let names = (
        hostile::name(),
        hostile::name(),
        hostile::name(),
        hostile::name(),
    );
    (flags, vec(scope(), 0..5), address, names, select(vec!["T1", "T2"])).prop_map(
        |((can_narrow, remember, verified, organization), scopes, (address, native), names, transaction)| {
            let (client, account, organization_name, resource) = names;
            let mut answer = fixtures::consent_json();
            answer["transaction"] = transaction.into();
            answer["can_narrow"] = can_narrow.into();
            answer["remember"] = remember.into();
            answer["client"]["verified"] = verified.into();
            answer["client"]["native"] = native.into();
            answer["client"]["name"] = client.clone().into();
            answer["client"]["tos_uri"] = address.clone().into();
            answer["account"]["name"] = account.into();
            answer["redirect_uri"] = address.into();
            answer["scopes"] = scopes.into();
            answer["resources"] = json!([{ "resource": resource, "name": client }]);
            answer["authorization_details"] = json!([{ "type": client, (resource.clone()): [resource] }]);
            if let Some(id) = organization {
                answer["organizations"] = ["acme", "globex"]
                    .map(|id| json!({ "organization_id": id, "name": organization_name, "status": "allowed" }))
                    .to_vec()
                    .into();
                answer["organization"] = fixtures::organization_json(id, "allowed");
                answer["organization"]["name"] = organization_name.into();
            }
            answer
        },
    )
}

fn scope() -> impl Strategy<Value = Value> {
    let token = select(vec!["openid", "photos.read", "photos.write", "urn:x"]);
    let flags = (any::<bool>(), prop::bool::weighted(0.8), any::<bool>());
    (token, option::of(hostile::name()), option::of(hostile::name()), flags).prop_map(
        |(token, title, resource, (required, grantable, sensitive))| {
            json!({
                "scope": token, "title": title, "description": title, "resource": resource,
                "grantable": grantable, "required": required, "granted": sensitive, "sensitive": sensitive
            })
        },
    )
}

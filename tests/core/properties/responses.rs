//! Strategies for responses with hostile content.

use countersign::{
    backend::{BackendError, BackendFault, ClientHome, Decision, TransportError},
    protocol::RequestId,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::strategies;
use crate::testing::fixtures;

pub fn error() -> impl Strategy<Value = BackendError> {
    let seconds = option::of(select(vec![0, 1, 7, 120, 1_000_000]));
    let fault = prop_oneof![
        select(vec![
            BackendFault::Transport(TransportError::Unreachable),
            BackendFault::Transport(TransportError::TooLarge),
            BackendFault::AlreadyAnswered,
            BackendFault::Expired,
            BackendFault::KeyReused,
            BackendFault::CrossOriginCall,
            BackendFault::Malformed(400),
            BackendFault::Server(500),
            BackendFault::Server(504),
        ]),
        seconds.prop_map(|retry_after| BackendFault::Busy { retry_after }),
    ];
    let client =
        (strategies::name(), option::of(strategies::address().prop_map(|(address, _)| address)))
            .prop_map(|(name, client_uri)| ClientHome { name, client_uri });
    let decision = option::of(select(vec![Decision::Allow, Decision::Deny]));
    (fault, option::of(strategies::name()), option::of(client), decision, any::<bool>()).prop_map(
        |(fault, request_id, client, decision, reported)| BackendError {
            fault,
            request_id: request_id.map(RequestId::new),
            client: client.map(Box::new),
            decision,
            reported,
            detail: None,
        },
    )
}

/// A response of the API with hostile content.
pub fn answer() -> impl Strategy<Value = Value> {
    prop_oneof![
        5 => consent(),
        4 => (destination(), prop::bool::weighted(0.2)).prop_map(|((address, native), intermediate)| {
            json!({ "outcome": "redirect", "redirect_uri": address, "native": native, "intermediate": intermediate })
        }),
        2 => (destination(), strategies::name()).prop_map(|((action, _), value)| {
            json!({ "outcome": "post", "action": action, "fields": { "ticket": value } })
        }),
        3 => login(),
        1 => (strategies::name(), strategies::name()).prop_map(|(error, request_id)| {
            json!({ "outcome": "error", "error": error, "request_id": request_id })
        }),
        2 => strategies::name().prop_map(|name| {
            let mut answer = fixtures::confirmation();
            answer["client"]["name"] = name.clone().into();
            answer["account"]["name"] = name.into();
            answer
        }),
        1 => select(vec!["signed_out", "stayed", "unsupported"]).prop_map(|word| json!({ "outcome": word })),
        1 => Just(json!({ "outcome": "nonsense" })),
    ]
}

fn login() -> impl Strategy<Value = Value> {
    let reason =
        select(vec!["no_session", "prompt_login", "max_age", "select_account", "account_changed"]);
    (reason, option::of(select(vec!["T1", "T2"])), 1..5_u32).prop_map(|(reason, transaction, attempt)| {
        json!({ "outcome": "login", "reason": reason, "attempt": attempt, "transaction": transaction })
    })
}

/// The redirect of a response: often to the host on the card.
fn destination() -> impl Strategy<Value = (String, bool)> {
    let known =
        select(vec!["https://printer.example/cb?code=c0de", "https://as.example/oauth/finish/1"]);
    prop_oneof![
        2 => known.prop_map(|address| (address.to_owned(), false)),
        3 => strategies::address(),
    ]
}

/// A request that can usually be allowed.
pub fn consent() -> impl Strategy<Value = Value> {
    let remember = select(vec!["choice", "always", "never"]);
    let flags = (any::<bool>(), remember, any::<bool>());
    let switch = option::of((destination(), any::<bool>()));
    let organization = option::of(select(vec!["acme", "globex"]));
    let address = prop_oneof![
        5 => Just(("https://printer.example/cb".to_owned(), false)),
        1 => strategies::address(),
    ];
    let names = vec(strategies::name(), 4);
    let transaction = select(vec!["T1", "T2"]);
    let addresses = (address, switch);
    (flags, organization, vec(scope(), 0..6), addresses, names, transaction).prop_map(
        |(
            (can_narrow, remember, verified),
            organization,
            scopes,
            addresses,
            names,
            transaction,
        )| {
            let ((address, native), switch) = addresses;
            let mut answer = fixtures::consent();
            answer["transaction"] = transaction.into();
            answer["can_narrow"] = can_narrow.into();
            answer["remember"] = remember.into();
            answer["client"]["verified"] = verified.into();
            answer["client"]["native"] = native.into();
            answer["client"]["tos_uri"] = address.clone().into();
            answer["redirect_uri"] = address.into();
            answer["scopes"] = scopes.into();
            if let Some(((address, _), intermediate)) = switch {
                answer["switch_account"] =
                    json!({ "redirect_uri": address, "intermediate": intermediate });
            }
            with_names(&mut answer, organization, &names);
            answer
        },
    )
}

fn with_names(answer: &mut Value, organization: Option<&str>, names: &[String]) {
    let [client, account, organization_name, resource] = names else { panic!("four names") };
    answer["client"]["name"] = client.clone().into();
    answer["client"]["name#fr"] = account.clone().into();
    answer["client"]["description"] = resource.clone().into();
    answer["account"]["name"] = account.clone().into();
    answer["resources"] = json!([{ "resource": resource, "name": client }]);
    answer["authorization_details"] = json!([{ "type": client, (resource.clone()): [resource] }]);
    if let Some(id) = organization {
        let named = |id: &str, status: &str, approval: Option<&str>| json!({ "organization_id": id, "name": organization_name, "status": status, "approval": approval });
        let globex = named("globex", "needs_approval", Some("offered"));
        let acme = named("acme", "allowed", None);
        answer["organization"] = if id == "acme" { acme.clone() } else { globex.clone() };
        answer["organizations"] = json!([acme, globex]);
    }
}

fn scope() -> impl Strategy<Value = Value> {
    let token = || select(vec!["openid", "photos.read", "photos.write", "urn:x", "offline_access"]);
    let flags = (prop::bool::weighted(0.3), prop::bool::weighted(0.95), any::<bool>());
    let text = || option::of(strategies::name());
    let implies = option::of(vec(token(), 0..3));
    (token(), text(), text(), text(), implies, flags).prop_map(
        |(token, title, resource, group, implies, (required, grantable, sensitive))| {
            json!({
                "scope": token, "title": title, "description": title, "resource": resource, "group": group,
                "details": [title.clone().unwrap_or_default()], "reason": title, "implies": implies, "grantable": grantable, "required": required, "granted": sensitive, "sensitive": sensitive
            })
        },
    )
}

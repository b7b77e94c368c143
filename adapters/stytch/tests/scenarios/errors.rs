//! Every error has a type and a text.

use countersign::{
    backend::{BackendError, BackendFault, Decision, Outcome, Refusal, TransportError},
    flow::{self, Event, Machine, PageInfo, State},
    messages::Messages,
    platform::native::Native,
    protocol::{Flow, RawQuery, Realm},
    view::{Action, Body, View},
};
use countersign_stytch::{Meaning, StytchErrorType};
use serde_json::json;

use super::api::*;

/// The machine after this result of its start.
fn machine(answer: Result<Outcome, BackendError>) -> Machine {
    let page = PageInfo::new(Realm::Consumer, Flow::Authorize, RawQuery::new(QUERY));
    let machine = flow::open(page).machine;
    let attempt = machine.attempt();
    flow::step(machine, Event::AuthorizeResponse(attempt, answer)).machine
}

/// The error types of Stytch's SDK (`StytchAPIErrorType`) that a consent page can receive.
const TYPES: [&str; 33] = [
    "connected_app_not_found",
    "connected_app_invalid_redirect_url",
    "connected_app_supplied_redirect_url_not_found_in_client",
    "connected_app_misconfigured_client",
    "connected_app_not_allowed_for_org",
    "connected_app_consent_revoked",
    "connected_app_redirect_url_cannot_use_localhost",
    "connected_app_redirect_url_http_scheme_must_use_loopback",
    "connected_app_redirect_url_must_include_scheme",
    "connected_app_redirect_url_must_use_https_scheme",
    "connected_app_redirect_url_must_use_http_or_https_scheme",
    "pkce_required_for_idp_authorization_flow",
    "invalid_pkce_code_challenge",
    "oauth_invalid_scope_requested",
    "oidc_prompt_none_must_be_exclusive",
    "no_oauth_authorize_user_selector",
    "no_oauth_authorize_member_selector",
    "third_party_clients_require_consent_for_offline_access",
    "oauth_access_token_exchange_missing_full_access",
    "dynamic_client_registration_not_enabled",
    "idp_auth_code_expired",
    "idp_auth_code_not_found",
    "idp_refresh_token_already_used",
    "idp_refresh_token_expired",
    "idp_refresh_token_not_found",
    "invalid_trusted_auth_token",
    "trusted_token_profile_not_found",
    "trusted_token_profile_invalid_request",
    "too_many_connected_apps",
    "unauthorized_credentials",
    "user_unauthenticated",
    "invalid_secret_authentication",
    "session_not_found",
];

#[test]
fn every_error_type_of_stytch_has_a_type_here_and_keeps_its_word() {
    for word in TYPES {
        assert_eq!(StytchErrorType::parse(word).map(StytchErrorType::code), Some(word));
    }
    assert_eq!(StytchErrorType::ALL.len(), TYPES.len());
    assert_eq!(StytchErrorType::parse("something_new"), None);
}

#[test]
fn a_refused_request_says_in_the_user_s_words_why_with_the_request_s_name() {
    let mut texts = std::collections::HashSet::new();
    for kind in StytchErrorType::ALL {
        let Meaning::Refused(refusal_kind) = kind.meaning() else {
            continue;
        };
        let stytch = consumer().signed_in();
        stytch.api.on("oauth/authorize/start", refusal(400, kind.code()));
        let outcome = stytch.start(QUERY);
        let Ok(Outcome::Error(error)) = &outcome else { panic!("{kind:?}: {outcome:?}") };
        assert_eq!((error.refusal, error.error.as_str()), (refusal_kind, kind.code()));
        let machine = machine(outcome);
        assert!(matches!(machine.state(), State::Invalid(_)));
        let view = View::of(&machine, &Messages::default(), &Native);
        let Body::Message(message) = &view.screen.body else { panic!("a message") };
        texts.insert(message.paragraphs[0].plain());
        let reference = view.screen.reference.unwrap().plain();
        assert_eq!(reference, format!("Reference: {} request-id-test-1", kind.code()));
    }
    // One text each for client, address, scope, setup, organization, revoked, over, limit and
    // malformed.
    assert_eq!(texts.len(), 9);
}

#[test]
fn where_nobody_is_signed_in_any_more_the_user_signs_in_again() {
    for kind in StytchErrorType::ALL.iter().filter(|kind| kind.meaning() == Meaning::SignIn) {
        for path in ["v1/sessions/authenticate", "oauth/authorize/start", "oauth/authorize/submit"]
        {
            let stytch = consumer().signed_in();
            let shown = path.ends_with("submit").then(|| stytch.card(QUERY));
            stytch.api.on(path, refusal(401, kind.code()));
            let outcome = match shown {
                Some(_) => stytch.decide(QUERY, Decision::Allow),
                None => stytch.start(QUERY),
            };
            assert!(matches!(outcome, Ok(Outcome::Login(_))), "{kind:?} {path} {outcome:?}");
        }
    }
}

#[test]
fn what_nobody_has_named_is_shown_safely_and_can_be_tried_again() {
    let stytch = consumer().signed_in();
    let word = "brand_new_\u{202e}error";
    stytch.api.on("oauth/authorize/start", refusal(400, word));
    let error = stytch.start(QUERY).unwrap_err();
    assert_eq!(error.fault, BackendFault::Unknown { status: 400, error: word.into() });
    let machine = machine(Err(error));
    let view = View::of(&machine, &Messages::default(), &Native);
    assert_eq!(view.screen.actions, [Action::Retry]);
    assert_eq!(
        view.screen.reference.unwrap().plain(),
        "Reference: brand_new_error request-id-test-1"
    );
}

#[test]
fn faults_of_the_way_are_told_apart() {
    let schema = Answer::Status(400, json!({ "body": [{ "field": "scopes" }] }));
    for (answer, fault) in [
        (refusal(429, "too_many_requests"), BackendFault::Busy { retry_after: None }),
        (refusal(500, "internal_server_error"), BackendFault::Server(500)),
        (Answer::Text(502, "<html>"), BackendFault::Server(502)),
        (Answer::Text(400, "Captcha required"), BackendFault::Malformed(400)),
        (schema, BackendFault::Malformed(400)),
        (Answer::Fails(TransportError::Unreachable), TransportError::Unreachable.into()),
        (Answer::Fails(TransportError::TimedOut), TransportError::TimedOut.into()),
    ] {
        for path in ["v1/sessions/authenticate", "oauth/authorize/start", "oauth/authorize/submit"]
        {
            let stytch = consumer().signed_in();
            let shown = path.ends_with("submit");
            if shown {
                stytch.card(QUERY);
            }
            stytch.api.on(path, answer.clone());
            let outcome =
                if shown { stytch.decide(QUERY, Decision::Allow) } else { stytch.start(QUERY) };
            assert_eq!(outcome.unwrap_err().fault, fault, "{path}");
        }
    }
}

#[test]
fn an_answer_of_another_shape_names_its_field() {
    let wrong = |path: &'static str, change: &dyn Fn(&mut serde_json::Value)| {
        let stytch = b2b().signed_in();
        let mut answer =
            if path.ends_with("start") { stytch.start_answer() } else { stytch.session() };
        change(&mut answer);
        stytch.api.on(path, answer);
        match stytch.start(QUERY).unwrap_err().fault {
            BackendFault::Wire(error) => error.to_string().split(" (").next().unwrap().to_owned(),
            other => panic!("{other:?}"),
        }
    };
    let start = "oauth/authorize/start";
    assert_eq!(
        wrong(start, &|it| it["consent_required"] = "no".into()),
        "data.consent_required: of the wrong type"
    );
    assert_eq!(
        wrong(start, &|it| it["scope_results"] = 7.into()),
        "data.scope_results: of the wrong type"
    );
    assert_eq!(
        wrong(start, &|it| it["scope_results"][0]["is_grantable"] = 1.into()),
        "scope_results[0].is_grantable: of the wrong type"
    );
    assert_eq!(
        wrong(start, &|it| it["scope_results"][0]["scope"] = "a b".into()),
        "scope_results[0].scope: of an unknown value"
    );
    assert_eq!(
        wrong(start, &|it| it["client"]["client_logo_url"] = true.into()),
        "client.client_logo_url: of the wrong type"
    );
    assert_eq!(
        wrong(start, &|it| it["client"] = json!({ "client_id": "app", "logo_url": [] })),
        "client.logo_url: of the wrong type"
    );
    let session = "v1/b2b/sessions/authenticate";
    assert_eq!(
        wrong(session, &|it| it["member"]["member_id"] = 7.into()),
        "member.member_id: of the wrong type"
    );
    assert_eq!(
        wrong(session, &|it| it["organization"] = "acme".into()),
        "organization: of the wrong type"
    );
    assert_eq!(
        wrong(session, &|it| drop(it.as_object_mut().unwrap().remove("member"))),
        "data.member: missing"
    );

    let stytch = consumer().signed_in();
    stytch.api.on(start, Answer::Text(200, "<html>"));
    assert!(matches!(stytch.start(QUERY).unwrap_err().fault, BackendFault::Wire(_)));
}

#[test]
fn members_that_nobody_knows_are_tolerated() {
    let stytch = consumer().signed_in();
    let mut answer = stytch.start_answer();
    answer["new"] = json!({ "deep": [1] });
    answer["client"]["new"] = true.into();
    answer["scope_results"][0]["new"] = "x".into();
    stytch.api.on("oauth/authorize/start", answer);
    let mut session = stytch.session();
    session["user"]["new"] = 1.into();
    stytch.api.on("v1/sessions/authenticate", session);
    stytch.card(QUERY);
    stytch.card(QUERY);
}

#[test]
fn a_request_that_cannot_be_used_stays_so_whoever_is_signed_in() {
    let stytch = own_domain(Realm::Consumer);
    stytch.api.on("v1/sessions/authenticate", refusal(401, "session_not_found"));
    stytch.api.on("oauth/authorize/start", refusal(404, "connected_app_not_found"));
    let outcome = stytch.start(QUERY);
    assert!(matches!(outcome, Ok(Outcome::Error(error)) if error.refusal == Refusal::Client));
}

//! `Debug` prints no secret.

use countersign::{
    api::{HttpRequest, HttpResponse, Method},
    backend::{
        Decision, LogoutDecision, LogoutStartRequest, LogoutSubmitRequest, StartRequest,
        SubmitRequest, TrustedToken, memory::MemoryBackend,
    },
    flow::{self, Attempt, Event, Gesture, PageInfo, State, Timer},
    platform::{Platform, native::Native},
    protocol::{
        Flow, IdempotencyKey, LoginHint, LogoutId, RawQuery, Realm, RequestRef, Secret,
        TransactionId,
    },
};

use crate::testing::{driver::Driver, fixtures::*};

/// Every secret of these tests contains this.
const MARK: &str = "s3cr3t";

fn hides(what: impl std::fmt::Debug) {
    let printed = format!("{what:?} {what:#?}");
    assert!(!printed.contains(MARK), "{printed}");
}

fn secret_query() -> RawQuery {
    RawQuery::new(format!(
        "client_id=printer&state={MARK}&login_hint={MARK}&nonce={MARK}&ui_locales=de"
    ))
}

fn secret_page() -> PageInfo {
    PageInfo::new(Realm::Consumer, Flow::Authorize, secret_query())
}

#[test]
fn secrets_print_only_their_type() {
    assert_eq!(format!("{:?}", TransactionId::new(MARK)), "TransactionId([redacted])");
    hides((
        LogoutId::new(MARK),
        IdempotencyKey::new(MARK),
        LoginHint::new(MARK),
        Secret::new(MARK),
    ));
    assert_eq!(format!("{:?}", RawQuery::new("a=1")), "RawQuery([redacted], 3 bytes)");
}

#[test]
fn a_request_prints_names_without_values() {
    let query = secret_query();
    let parsed = query.parse().unwrap();
    assert!(format!("{parsed:?}").contains("state"));
    hides((&query, parsed));
    let logout = RawQuery::new(format!("id_token_hint={MARK}&state={MARK}"));
    hides(logout.parse_logout().unwrap());
}

#[test]
fn an_address_prints_only_its_host() {
    let target = format!("https://printer.example/cb?code={MARK}&state={MARK}");
    let printed = format!("{:?}", redirect(&target));
    assert!(printed.contains("printer.example"));
    hides(redirect(&target));
    let mut form = post_answer("https://as.example/consent");
    form["action"] = format!("https://as.example/{MARK}").into();
    form["fields"]["ticket"] = MARK.into();
    assert!(format!("{:?}", outcome(&form)).contains("ticket"));
    hides(outcome(&form));
    hides(Native.parse_url(&format!("https://u:{MARK}@h/?{MARK}"), None));
}

#[test]
fn an_http_request_prints_its_address_and_a_response_its_status() {
    let mut request = HttpRequest::new(Method::Post, "/countersign/authorize/submit");
    request.headers = vec![("Idempotency-Key", MARK.into())];
    request.body = Some(MARK.into());
    assert!(format!("{request:?}").contains("/countersign/authorize/submit"));
    let response = HttpResponse { status: 200, body: MARK.into(), ..HttpResponse::default() };
    assert!(format!("{response:?}").contains("200"));
    hides((request, response));
}

#[test]
fn requests_print_no_secret() {
    let transaction = || TransactionId::new(MARK);
    hides(StartRequest::new(Realm::B2b, RequestRef::Query(secret_query())));
    hides(RequestRef::Transaction(transaction()));
    hides(SubmitRequest::new(
        RequestRef::Transaction(transaction()),
        Decision::Allow,
        IdempotencyKey::new(MARK),
    ));
    hides(SubmitRequest::new(
        RequestRef::Query(secret_query()),
        Decision::Deny,
        IdempotencyKey::new(MARK),
    ));
    hides(TrustedToken { token: Secret::new(MARK), profile_id: "profile".into() });
    hides(LogoutStartRequest { realm: Realm::Consumer, query: secret_query() });
    hides(LogoutSubmitRequest { logout: LogoutId::new(MARK), decision: LogoutDecision::Stay });
}

#[test]
fn neither_the_machine_nor_its_effects_nor_its_events_print_a_secret() {
    let mut consent = consent();
    consent["transaction"] = MARK.into();
    let home = format!("https://printer.example/cb?code={MARK}&state={MARK}");
    let key = || IdempotencyKey::new(MARK);
    let way: [&dyn Fn(Attempt) -> Event; 11] = [
        &|attempt| Event::AuthorizeResponse(attempt, Ok(login("no_session", Some(MARK), 1))),
        &|_| Event::User(Gesture::Deny, key()),
        &|attempt| Event::AuthorizeResponse(attempt, Err(unreachable())),
        &|_| Event::PageRestored,
        &|attempt| Event::AuthorizeResponse(attempt, Ok(outcome(&consent))),
        &|_| Event::User(Gesture::CardSeen, key()),
        &|attempt| Event::TimedOut(attempt, Timer::Arming(1)),
        &|_| Event::User(Gesture::Allow, key()),
        &|attempt| Event::TimedOut(attempt, Timer::Response),
        &|attempt| Event::TimedOut(attempt, Timer::Arming(2)),
        &|_| Event::User(Gesture::Allow, key()),
    ];
    let mut step = flow::open(secret_page());
    for event in way {
        let event = event(step.machine.attempt());
        hides(&event);
        step = flow::step(step.machine, event);
        hides(&step);
    }
    let attempt = step.machine.attempt();
    step = flow::step(step.machine, Event::AuthorizeResponse(attempt, Ok(redirect(&home))));
    assert!(matches!(step.machine.state(), State::Redirecting(_)), "the whole way was gone");
    hides(&step);
}

#[test]
fn the_scripted_backend_prints_no_secret() {
    let driver = Driver::open(secret_page(), MemoryBackend::default());
    assert_eq!(driver.calls().len(), 1);
    hides((driver.backend, driver.events));
}

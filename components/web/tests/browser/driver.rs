//! The driver: from the page's address to the card, and what it does with events.

use std::{cell::RefCell, rc::Rc};

use countersign::{
    backend::{
        BackendFault, TransportError,
        memory::{Answer, Call, MemoryBackend},
    },
    flow::{WidgetError, WidgetEvent},
    protocol::{LoginHandOff, LoginReason, RequestRef},
};
use countersign_web::{Flow, Handler};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::{
    page::{Widget, address, frame, happens, is_focused, page_host, until},
    script::{HeldTimers, show_page},
    testing::*,
    widget::options,
};

fn answering(answer: &serde_json::Value) -> MemoryBackend {
    MemoryBackend::default().then(outcome(answer))
}

fn requests(backend: &MemoryBackend) -> Vec<RequestRef> {
    let calls = backend.calls().into_iter();
    let requests = calls.map(|call| match call {
        Call::Start(request) => request.request,
        other => panic!("{other:?}"),
    });
    requests.collect()
}

/// Records the values that a handler receives.
pub fn recorded<T: 'static>() -> (Rc<RefCell<Vec<T>>>, Handler<T>) {
    let told = Rc::new(RefCell::new(Vec::new()));
    let to = Rc::clone(&told);
    (told, Handler::new(move |it| to.borrow_mut().push(it)))
}

#[wasm_bindgen_test]
async fn the_outline_is_there_at_once_and_then_the_card_with_the_focus_on_its_heading() {
    let backend = answering(&consent());
    let widget = Widget::with(backend.clone());
    assert_eq!(widget.state(), "starting");
    assert_eq!(widget.text("[role=status]"), "Checking the request…");
    widget.reaches("consent").await;
    assert_eq!(
        widget.text("h1"),
        format!("Photo Printer wants access to your {} account", page_host())
    );
    until(|| is_focused(&widget.element("h1"))).await;
    assert_eq!(widget.text("[role=status]"), "");
}

#[wasm_bindgen_test]
async fn the_request_goes_to_the_backend_byte_for_byte_and_the_address_becomes_the_transaction_s() {
    let backend = answering(&consent());
    let widget = Widget::asking(&backend).await;
    assert!(
        matches!(requests(&backend).as_slice(), [RequestRef::Query(raw)] if raw.as_str() == QUERY)
    );
    assert_eq!(address(), "/?transaction=T1");
    drop(widget);
}

#[wasm_bindgen_test]
async fn a_request_without_a_client_is_refused_without_a_call() {
    let backend = MemoryBackend::default();
    let widget = Widget::at("/?state=s", options(backend.clone()));
    widget.reaches("invalid").await;
    assert!(backend.calls().is_empty());
}

#[wasm_bindgen_test]
async fn a_click_that_no_person_made_decides_nothing() {
    let backend = answering(&consent());
    let (logins, on_login) = recorded::<LoginHandOff>();
    let mut options = options(backend.clone());
    options.on_login = Some(on_login);
    let widget = Widget::of(options);
    widget.reaches("consent").await;
    // When it would count.
    let allow = widget.element("[part~=allow]");
    until(|| !allow.has_attribute("aria-disabled")).await;
    for name in ["Allow", "Deny", "Use another account"] {
        let button = widget.button(name);
        button.click();
        happens(&button, "click");
    }
    for field in widget.all("input") {
        let field: HtmlInputElement = field.unchecked_into();
        let before = field.checked();
        field.click();
        assert_eq!(field.checked(), before);
    }
    frame().await;
    assert_eq!(backend.calls().len(), 1, "nothing but the start");
    assert_eq!(widget.state(), "consent");
    assert!(logins.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn no_person_s_click_means_no_signing_out_and_no_retry_either() {
    let backend = MemoryBackend::default().then_logout(logout_outcome(&confirmation()));
    let mut options = options(backend.clone());
    options.flow = Flow::Logout;
    let widget = Widget::at("/?state=s", options);
    widget.reaches("confirm-logout").await;
    // When it would count.
    until(|| !widget.element("[part~=sign-out]").has_attribute("aria-disabled")).await;
    widget.button("Sign out").click();
    widget.button("Stay signed in").click();
    frame().await;
    assert!(matches!(backend.calls().as_slice(), [Call::LogoutStart(_)]));

    let unreachable = MemoryBackend::default();
    let widget = Widget::with(unreachable.clone());
    widget.reaches("failed").await;
    widget.button("Try again").click();
    frame().await;
    assert_eq!(unreachable.calls().len(), 1);
}

#[wasm_bindgen_test]
async fn a_host_can_take_the_login_over_and_the_page_stays() {
    let backend = answering(&login_answer("max_age", 1));
    let (logins, on_login) = recorded::<LoginHandOff>();
    let (events, on_event) = recorded::<WidgetEvent>();
    let mut options = options(backend);
    options.on_login = Some(on_login);
    options.on_event = Some(on_event);
    let widget = Widget::at(&format!("/?{QUERY}&login_hint=ada"), options);
    widget.reaches("login-required").await;
    let logins = logins.borrow();
    let [hand_off] = logins.as_slice() else { panic!("{logins:?}") };
    assert_eq!(hand_off.reason, LoginReason::MaxAge);
    assert_eq!(hand_off.login_hint.as_ref().unwrap().secret(), "ada");
    assert!(matches!(&hand_off.return_to, RequestRef::Transaction(id) if id.secret() == "T1"));
    assert_eq!(address(), "/?transaction=T1");
    assert_eq!(*events.borrow(), [WidgetEvent::Started, WidgetEvent::LoginRequired]);
}

#[wasm_bindgen_test]
async fn a_login_page_that_may_not_be_opened_is_a_screen() {
    let mut options = options(answering(&login_answer("no_session", 1)));
    options.login.url = "javascript:alert(1)".into();
    let widget = Widget::of(options);
    widget.reaches("failed").await;
}

#[wasm_bindgen_test]
async fn the_host_is_told_what_happens_and_what_fails() {
    let (events, on_event) = recorded::<WidgetEvent>();
    let (errors, on_error) = recorded::<WidgetError>();
    let backend = answering(&consent()).then(Answer::With(Err(BackendFault::Server(500).into())));
    let mut options = options(backend);
    options.on_event = Some(on_event);
    options.on_error = Some(on_error);
    let widget = Widget::of(options);
    widget.reaches("consent").await;
    show_page(true);
    widget.reaches("failed").await;
    assert_eq!(*events.borrow(), [WidgetEvent::Started, WidgetEvent::ConsentShown]);
    let mut failed = WidgetError::of("server_error");
    failed.status = 500;
    assert_eq!(*errors.borrow(), [failed]);
}

#[wasm_bindgen_test]
async fn a_page_out_of_the_back_forward_cache_asks_again_by_its_transaction() {
    let backend = answering(&consent()).then(Answer::Never);
    let widget = Widget::asking(&backend).await;
    show_page(false);
    frame().await;
    assert_eq!(backend.calls().len(), 1, "a page shown for the first time has asked already");
    show_page(true);
    frame().await;
    assert!(
        matches!(&requests(&backend)[1], RequestRef::Transaction(transaction) if transaction.secret() == "T1")
    );
    assert!(!widget.has("[part~=allow]"), "what it shows may be long over");
}

#[wasm_bindgen_test]
async fn a_backend_that_never_answers_took_too_long_when_its_timer_runs_out() {
    let timers = HeldTimers::new();
    let widget = Widget::with(MemoryBackend::default().then(Answer::Never));
    until(|| timers.waits().length() == 1).await;
    assert_eq!(timers.waits().get(0).as_f64(), Some(20_000.0));
    assert_eq!(widget.state(), "starting");
    timers.run_out();
    widget.reaches("failed").await;
    assert_eq!(widget.text("h1"), format!("{} took too long to answer", page_host()));
    timers.restore();
}

#[wasm_bindgen_test]
async fn an_answer_stops_its_timer() {
    let timers = HeldTimers::new();
    let widget = Widget::asking(&answering(&consent())).await;
    frame().await;
    // The answer's own timer belongs to the same question, and nothing comes of it.
    timers.run_out();
    frame().await;
    assert_eq!(widget.state(), "consent");
    timers.restore();
}

#[wasm_bindgen_test]
async fn a_busy_backend_can_be_asked_again_when_it_said() {
    let timers = HeldTimers::new();
    let busy = BackendFault::Busy { retry_after: Some(7) };
    let widget = Widget::with(MemoryBackend::default().then(Answer::With(Err(busy.into()))));
    widget.reaches("failed").await;
    let waits = || widget.button("Try again").has_attribute("aria-disabled");
    assert!(waits());
    assert_eq!(widget.text("h1"), format!("{} is busy right now", page_host()));
    assert_eq!(widget.text(".countersign-text"), "You can try again in 7 seconds.");
    until(|| timers.waits().includes(&7000.into(), 0)).await;
    timers.run_out();
    until(|| !waits()).await;
    assert_eq!(widget.text(".countersign-text"), "Try again in a moment.");
    timers.restore();
}

#[wasm_bindgen_test]
async fn a_backend_out_of_reach_is_a_screen_with_a_way_on() {
    let error = BackendFault::from(TransportError::Unreachable);
    let widget = Widget::with(MemoryBackend::default().then(Answer::With(Err(error.into()))));
    widget.reaches("failed").await;
    until(|| is_focused(&widget.element("h1"))).await;
    assert_eq!(widget.text("h1"), format!("{} couldn’t be reached", page_host()));
}

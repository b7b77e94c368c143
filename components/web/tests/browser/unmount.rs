//! What is left of a widget when it goes: nothing.

use std::{cell::Cell, rc::Rc};

use countersign::{
    Realm,
    backend::{
        Backend, BackendFault, BackendFuture, LogoutOutcome, LogoutStartRequest,
        LogoutSubmitRequest, Outcome, StartRequest, SubmitRequest,
        memory::{Answer, MemoryBackend},
    },
    flow::{WidgetError, WidgetEvent},
    messages::Messages,
};
use countersign_web::{Handler, Options, mount};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    harness::Harness,
    page::{Widget, document, frame, go_to, until},
    script::{HeldTimers, WatchedListeners, show_page},
    testing::{play::Play, *},
    widget::options,
};

/// A backend that never answers, and knows whether its call still runs.
#[derive(Clone, Default)]
struct Hanging {
    begun: Rc<Cell<bool>>,
    given_up: Rc<Cell<bool>>,
}

struct GivenUp(Rc<Cell<bool>>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

impl Hanging {
    fn hang<T: 'static>(&self) -> BackendFuture<T> {
        let (begun, guard) = (Rc::clone(&self.begun), GivenUp(Rc::clone(&self.given_up)));
        Box::pin(async move {
            let _guard = guard;
            begun.set(true);
            std::future::pending().await
        })
    }
}

impl Backend for Hanging {
    fn start(&self, _: StartRequest) -> BackendFuture<Outcome> {
        self.hang()
    }

    fn submit(&self, _: SubmitRequest) -> BackendFuture<Outcome> {
        self.hang()
    }

    fn logout_start(&self, _: LogoutStartRequest) -> BackendFuture<LogoutOutcome> {
        self.hang()
    }

    fn logout_submit(&self, _: LogoutSubmitRequest) -> BackendFuture<LogoutOutcome> {
        self.hang()
    }
}

#[wasm_bindgen_test]
async fn the_running_call_is_given_up_and_its_timer_stopped() {
    let timers = HeldTimers::new();
    let backend = Hanging::default();
    let mut widget = Widget::with(backend.clone());
    until(|| backend.begun.get() && timers.waits().length() == 1).await;
    assert!(!backend.given_up.get());
    widget.unmount();
    frame().await;
    assert!(backend.given_up.get());
    assert_eq!(timers.waits().length(), 0);
    timers.restore();
}

#[wasm_bindgen_test]
async fn a_mounted_widget_is_on_its_place_until_it_is_dropped() {
    go_to(&format!("/?{QUERY}"));
    let listeners = WatchedListeners::new();
    let before = listeners.names().length();
    let place = document().create_element("div").unwrap();
    let (backend, told) = (Hanging::default(), Rc::new(Cell::new(0)));
    let (given, count) = (backend.clone(), Rc::clone(&told));
    let mut options = options(given);
    options.on_event = Some(Handler::new(move |_| count.set(count.get() + 1)));
    let widget = mount(&place, options);
    until(|| backend.begun.get()).await;
    let root = place.first_element_child().unwrap();
    assert_eq!(root.get_attribute("data-state").unwrap(), "starting");
    assert_eq!(told.get(), 1);
    assert!(listeners.names().length() > before);
    drop(widget);
    frame().await;
    assert!(backend.given_up.get());
    assert_eq!(place.child_element_count(), 0);
    assert_eq!(listeners.names().length(), before);
    listeners.restore();
}

#[wasm_bindgen_test]
async fn a_widget_that_goes_before_it_began_asks_nobody() {
    let backend = MemoryBackend::default();
    let mut widget = Widget::with(backend.clone());
    widget.unmount();
    frame().await;
    assert!(backend.calls().is_empty());
}

#[wasm_bindgen_test]
async fn a_call_that_is_late_is_given_up() {
    let backend = Hanging::default();
    let widget = Widget::with(backend.clone());
    until(|| backend.begun.get()).await;
    show_page(true);
    frame().await;
    assert!(backend.given_up.get(), "the page was asked for again meanwhile");
    drop(widget);
}

#[wasm_bindgen_test]
async fn its_listeners_go_with_it() {
    let listeners = WatchedListeners::new();
    let before = listeners.names().length();
    let backend = MemoryBackend::default().then(outcome(&consent())).then(outcome(&consent()));
    let mut widget = Widget::asking(&backend).await;
    for name in ["pageshow", "visibilitychange", "focus", "blur"] {
        assert!(listeners.names().includes(&name.into(), 0), "{name}");
    }
    widget.unmount();
    assert_eq!(listeners.names().length(), before);
    listeners.restore();
    show_page(true);
    frame().await;
    assert_eq!(backend.calls().len(), 1);
    assert_eq!(widget.host().child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn what_listens_on_a_screen_goes_with_the_screen() {
    let play = Play::member().answer(&organization_consent());
    let harness = Harness::of(&play);
    let holds = || Rc::strong_count(&harness.on_gesture);
    let many = holds();
    for _ in 0..3 {
        harness.set_messages(&play, &Messages::default()).await;
        assert_eq!(holds(), many, "as many as before");
    }
    harness.show(&play.allow().fail(BackendFault::Expired)).await;
    assert!(holds() < many, "a screen without buttons holds nothing");
    assert_eq!(holds(), 3, "the test's own, one for the next screen, one for what comes into view");
}

#[wasm_bindgen_test]
async fn what_listens_goes_with_the_widget() {
    let harness = Harness::of(&Play::member().answer(&organization_consent()));
    let on_gesture = Rc::downgrade(&harness.on_gesture);
    drop(harness);
    frame().await;
    assert!(on_gesture.upgrade().is_none());
}

#[wasm_bindgen_test]
async fn a_backend_goes_with_its_widget() {
    let backend: Rc<dyn Backend> = Rc::new(MemoryBackend::default().then(outcome(&consent())));
    let held = Rc::downgrade(&backend);
    let mut widget = Widget::of(Options::new(Realm::Consumer, || backend));
    widget.reaches("consent").await;
    assert!(held.upgrade().is_some());
    widget.unmount();
    frame().await;
    assert!(held.upgrade().is_none());
}

/// A widget whose host ends it in the first handler call.
async fn taken_away_when_told(backend: MemoryBackend) {
    let gone = Rc::new(Cell::new(false));
    let slot: Rc<Cell<Option<Widget>>> = Rc::default();
    let take_away = {
        let (slot, gone) = (Rc::clone(&slot), Rc::clone(&gone));
        move || {
            slot.take().unwrap().unmount();
            gone.set(true);
        }
    };
    let on_event = {
        let take_away = take_away.clone();
        Handler::new(move |_: WidgetEvent| take_away())
    };
    let on_error = Handler::new(move |_: WidgetError| take_away());
    let mut options = options(backend);
    options.on_event = Some(on_event);
    options.on_error = Some(on_error);
    slot.set(Some(Widget::of(options)));
    until(|| gone.get()).await;
    frame().await;
}

#[wasm_bindgen_test]
async fn a_host_may_take_it_away_while_it_is_told_something() {
    let timers = HeldTimers::new();
    let busy = BackendFault::Busy { retry_after: Some(7) };
    taken_away_when_told(MemoryBackend::default().then(Answer::With(Err(busy.into())))).await;
    assert_eq!(timers.waits().length(), 0, "nothing is begun afterwards");
    taken_away_when_told(MemoryBackend::default().then(outcome(&consent()))).await;
    assert_eq!(timers.waits().length(), 0);
    timers.restore();
}

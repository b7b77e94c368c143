//! What is left of a component when it goes: nothing.

use std::{cell::Cell, rc::Rc};

use countersign::{
    backend::{
        Backend, BackendFault,
        memory::{Answer, MemoryBackend},
    },
    flow::{WidgetError, WidgetEvent},
};
use countersign_leptos::IdentityProviderProps;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    component::provider,
    page::{Widget, frame, until},
    testing::*,
};

#[wasm_bindgen_test]
async fn a_component_that_goes_before_it_began_asks_nobody() {
    let backend = MemoryBackend::default();
    let given: Rc<dyn Backend> = Rc::new(backend.clone());
    let mut widget =
        Widget::view(|| provider(IdentityProviderProps::builder().backend(given).build()));
    widget.unmount();
    frame().await;
    assert!(backend.calls().is_empty());
    assert_eq!(widget.host().child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn a_backend_goes_with_its_component() {
    let backend: Rc<dyn Backend> = Rc::new(MemoryBackend::default().then(outcome(&consent())));
    let held = Rc::downgrade(&backend);
    let mut widget =
        Widget::view(|| provider(IdentityProviderProps::builder().backend(backend).build()));
    widget.reaches("consent").await;
    assert!(held.upgrade().is_some());
    widget.unmount();
    frame().await;
    assert!(held.upgrade().is_none());
}

/// A component whose host removes it in the first callback.
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
        move |_: WidgetEvent| take_away()
    };
    let on_error = move |_: WidgetError| take_away();
    let backend: Rc<dyn Backend> = Rc::new(backend);
    slot.set(Some(Widget::view(move || {
        let props = IdentityProviderProps::builder().backend(backend);
        provider(props.on_event(on_event).on_error(on_error).build())
    })));
    until(|| gone.get()).await;
    frame().await;
}

#[wasm_bindgen_test]
async fn a_host_may_take_it_away_while_it_is_told_something() {
    let busy = BackendFault::Busy { retry_after: Some(7) };
    taken_away_when_told(MemoryBackend::default().then(Answer::With(Err(busy.into())))).await;
    taken_away_when_told(MemoryBackend::default().then(outcome(&consent()))).await;
}

//! A widget as a Leptos view.

use std::{any::Any, cell::Cell, rc::Rc};

use countersign_web::{MountHandle, Options, Slot, attach};
use leptos::{
    prelude::*,
    tachys::{html::directive::directive, renderer::types::Element, view::Mountable},
    wasm_bindgen::JsCast,
};

/// A widget with the host's views above and below its card.
// Not inlined: a page may have both components.
#[inline(never)]
pub(crate) fn widget(mut options: Options, slots: [Option<ViewFn>; 2]) -> AnyView {
    // The views run here, in the owner of the component.
    let [header, footer] = slots.map(|slot| slot.map(|view| view.run()));
    if cfg!(not(target_arch = "wasm32")) {
        return crate::server::skeleton(&options, header, footer);
    }
    options.appearance.header = header.map(slot);
    options.appearance.footer = footer.map(slot);
    let options = Rc::new(Cell::new(Some(options)));
    // The widget runs as long as the owner of the component.
    let handle = StoredValue::new_local(None::<MountHandle>);
    let start = directive(
        |root: Element, start: Rc<dyn Fn(Element)>| start(root),
        Rc::new(move |root| {
            if let Some(options) = options.take() {
                handle.set_value(Some(attach(root, options)));
            }
        }) as Rc<dyn Fn(Element)>,
    );
    leptos::html::div().add_any_attr(start).into_any()
}

/// Appends a view to the root of the widget.
fn slot(view: AnyView) -> Slot {
    Box::new(move |root| {
        let mut state = view.build();
        state.mount(root.unchecked_ref(), None);
        Box::new(state) as Box<dyn Any>
    })
}

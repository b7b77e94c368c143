//! Where a page of the demo puts its widget, and in which languages.

use std::rc::Rc;

use countersign_leptos::{
    Browser, Fetch, FetchBy, Translations,
    countersign::{
        api::{Transport, client::CountersignBackend},
        backend::Backend,
        messages::{ENGLISH, LANGUAGES},
    },
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The place of the outline that the page came with, without it.
pub fn place() -> Option<HtmlElement> {
    let main = document().get_element_by_id("countersign")?;
    main.replace_children_with_node_0();
    Some(main.unchecked_into())
}

/// The backend of a page. The loader leaves a function on the place of the widget that answers its
/// first call with what it has asked for already; Trunk's loader leaves none.
#[allow(dead_code, reason = "the page in front of Stytch has another one")]
pub fn backend(main: &HtmlElement) -> Rc<dyn Backend> {
    let fetch = js_sys::Reflect::get(main, &"fetch".into()).ok();
    let transport: Rc<dyn Transport> = match fetch.and_then(|it| it.dyn_into().ok()) {
        Some(fetch) => Rc::new(FetchBy::new(fetch)),
        None => Rc::new(Fetch),
    };
    Rc::new(CountersignBackend::new("/countersign", transport, Rc::new(Browser)))
}

/// The language that the loader has chosen, for a page that has it always.
#[allow(dead_code, reason = "Trunk builds the other pages too")]
pub fn chosen_translations(main: &HtmlElement) -> Translations {
    let chosen = main.dataset().get("language").unwrap_or_default();
    let language = LANGUAGES.iter().copied().find(|it| *it == chosen && *it != ENGLISH);
    Translations::chosen_at(language, messages())
}

/// Where the languages are: the build writes it on the loader's tag.
#[allow(dead_code, reason = "a page with the loader's choice has the other one")]
pub fn translations() -> Translations {
    Translations::at(messages())
}

fn messages() -> String {
    let tag = document().query_selector("[data-messages]").ok().flatten();
    let at = tag.and_then(|tag| tag.get_attribute("data-messages"));
    at.unwrap_or_default()
}

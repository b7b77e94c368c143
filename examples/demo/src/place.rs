//! Where a page of the demo puts its widget, and in which languages.

use countersign_leptos::Translations;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The place of the outline that the page came with, without it.
pub fn place() -> Option<HtmlElement> {
    let main = document().get_element_by_id("countersign")?;
    main.replace_children_with_node_0();
    Some(main.unchecked_into())
}

/// Where the languages are: the build writes it on the loader's tag.
pub fn translations() -> Translations {
    let tag = document().query_selector("[data-messages]").ok().flatten();
    let at = tag.and_then(|tag| tag.get_attribute("data-messages"));
    Translations::at(at.unwrap_or_default())
}

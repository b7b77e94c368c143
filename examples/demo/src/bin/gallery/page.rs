//! The page: a scene, and the frame to choose another.

use std::{cell::Cell, rc::Rc};

use countersign_web::{
    Appearance, Browser, Layout, OnGesture, Rendered, Theme,
    countersign::messages::{Key, Messages, is_right_to_left, language},
};
use leptos::{
    html::div,
    mount::mount_to,
    prelude::*,
    tachys::{html::directive::directive, renderer::types::Element},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

use super::{address::Address, frame, player::Player, script::Gallery, texts::words};

/// Puts the page in the place of the outline that it came with.
pub(super) fn mount() {
    let Some(main) = document().get_element_by_id("countersign") else {
        return;
    };
    spawn_local(async move {
        if let (Some(gallery), Some(address)) = (Gallery::read(), Address::read()) {
            let messages = spoken(&address.said("lang")).await;
            main.replace_children_with_node_0();
            dress_page(&address, messages.language());
            mount_to(main.unchecked_into(), move || view(&gallery, &address, messages)).forget();
        }
    });
}

/// The texts of a language; English where they do not come.
async fn spoken(wish: &str) -> Messages {
    let messages = Messages::default();
    let Some(language) = language(wish).filter(|language| *language != "en") else {
        return messages;
    };
    match file(language).await.and_then(|file| Messages::read(&file, &Browser)) {
        Some(mut texts) => {
            let table = texts.iter_mut().find(|(key, _)| *key == Key::ConsentDetailWords);
            if let Some((_, table)) = table {
                *table += &words(language);
            }
            messages.in_language(language, texts)
        }
        None => messages,
    }
}

async fn file(language: &str) -> Option<String> {
    let tag = document().query_selector("[data-messages]").ok().flatten()?;
    let base = tag.get_attribute("data-messages")?;
    let response = JsFuture::from(window().fetch_with_str(&format!("{base}{language}.json")));
    let response: Response = response.await.ok()?.dyn_into().ok()?;
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// The page around the card has the card's colours.
fn dress_page(address: &Address, language: &str) {
    let Some(page) = document().document_element() else {
        return;
    };
    let set = |name: &str, value: String| {
        let _ = match value.is_empty() {
            true => page.remove_attribute(name),
            false => page.set_attribute(name, &value),
        };
    };
    set("data-theme", address.said("theme"));
    set("data-countersign-theme", address.said_or("palette", "none"));
    set("lang", language.to_owned());
    set("data-bare", address.said("bare"));
    if is_right_to_left(language) {
        set("data-mirrored", "1".to_owned());
    }
}

fn view(gallery: &Gallery, address: &Address, messages: Messages) -> AnyView {
    let said = |name| address.said(name);
    let script =
        gallery.script(&said("scene"), &said("client"), &said("hostile"), messages.language());
    let left = RwSignal::new(String::new());
    let card = script.map(|script| {
        let (player, rendered) =
            Player::play(script, messages, move |place| left.set(place.to_owned()));
        let on_gesture = Rc::new(move |gesture| player.gesture(gesture));
        root(rendered, appearance(address), on_gesture)
    });
    frame::frame(gallery, address, left, card).into_any()
}

/// The card as a view.
fn root(rendered: Rendered, appearance: Appearance, on_gesture: OnGesture) -> AnyView {
    let appearance = Rc::new(Cell::new(Some(appearance)));
    let attach = move |element: Element, (): ()| {
        if let Some(appearance) = appearance.take() {
            rendered.attach(element, None, appearance, Rc::clone(&on_gesture));
        }
    };
    div().add_any_attr(directive(attach, ())).into_any()
}

fn appearance(address: &Address) -> Appearance {
    let mut appearance = Appearance::default();
    appearance.theme = match address.said("theme").as_str() {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => Theme::System,
    };
    appearance.layout = match address.said("layout").as_str() {
        "compact" => Layout::Compact,
        _ => Layout::Regular,
    };
    appearance.logo = Some(address.said("logo")).filter(|logo| logo.starts_with('/'));
    appearance
}

/// Goes to another address of the gallery's own.
pub(super) fn go(search: &str) {
    let _ = window().location().set_search(search);
}

/// What a chosen option says.
pub(super) fn chosen(event: &leptos::web_sys::Event) -> String {
    let select = event.target().map(JsValue::from).unwrap_or_default();
    let value = js_sys::Reflect::get(&select, &"value".into()).ok();
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

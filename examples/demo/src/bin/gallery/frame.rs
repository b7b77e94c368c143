//! The frame around the card: links to scenes, and the settings of the card's appearance. It is
//! built from elements, not from HTML text, so that it runs under Trusted Types.

use countersign_web::countersign::messages::LANGUAGES;
use leptos::{
    html::{
        a, aside, details, div, h1, h2, label, li, nav, option, p, section, select, summary, ul,
    },
    prelude::*,
};
use serde_json::Value;

use super::{
    address::Address,
    page::{chosen, go},
    script::Gallery,
};

const THEMES: &[(&str, &str)] = &[("", "As the system"), ("light", "Light"), ("dark", "Dark")];
const PALETTES: &[(&str, &str)] = &[("", "Standard"), ("paper", "Paper"), ("harbor", "Harbor")];
const LAYOUTS: &[(&str, &str)] = &[("", "Regular"), ("compact", "Compact")];

/// The card in its frame; alone, where the address says `bare`.
pub(super) fn frame(
    gallery: &Gallery,
    address: &Address,
    left: RwSignal<String>,
    card: Option<AnyView>,
) -> AnyView {
    let stage = section().class("gallery-stage").attr("aria-label", "The card").child((
        card,
        p().class("gallery-left").attr("role", "status").child(move || match left.get() {
            place if place.is_empty() => String::new(),
            place => format!("Here the page would leave for {place}."),
        }),
    ));
    if !address.said("bare").is_empty() {
        return stage.into_any();
    }
    let side = aside().class("gallery-side").child((
        h1().class("gallery-title").child("Countersign, every screen"),
        looks(gallery, address),
        scenes(gallery, address),
    ));
    div().class("gallery").child((side, stage)).into_any()
}

fn looks(gallery: &Gallery, address: &Address) -> impl IntoView + use<> {
    let clients = gallery.data.get("clients").and_then(Value::as_object);
    let clients = clients.into_iter().flatten();
    let clients: Vec<(String, String)> =
        clients.map(|(name, it)| (name.clone(), text(it, "title"))).collect();
    let languages = LANGUAGES.iter().map(|tag| ((*tag).to_owned(), (*tag).to_owned()));
    let fixed = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        let all = all.iter();
        all.map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect()
    };
    div().class("gallery-looks").child(vec![
        choice("Client", "client", "verified", clients, address),
        choice("Theme", "palette", "", fixed(PALETTES), address),
        choice("Colours", "theme", "", fixed(THEMES), address),
        choice("Language", "lang", "en", languages.collect(), address),
        choice("Layout", "layout", "", fixed(LAYOUTS), address),
    ])
}

fn choice(
    words: &'static str,
    name: &'static str,
    default: &str,
    options: Vec<(String, String)>,
    address: &Address,
) -> AnyView {
    let current = address.said_or(name, default);
    let options: Vec<AnyView> = options
        .into_iter()
        .map(|(value, words)| {
            let is_current = value == current;
            option()
                .attr("value", value)
                .attr("selected", is_current.then_some(""))
                .child(words)
                .into_any()
        })
        .collect();
    let address = address.clone();
    label()
        .child((
            words,
            select()
                .on(leptos::ev::change, move |event| go(&address.with(name, &chosen(&event))))
                .child(options),
        ))
        .into_any()
}

fn scenes(gallery: &Gallery, address: &Address) -> impl IntoView + use<> {
    let all = gallery.data.get("scenes").and_then(Value::as_array);
    let mut groups: Vec<(String, Vec<AnyView>)> = Vec::new();
    let current = address.said_or("scene", "consent");
    for scene in all.into_iter().flatten() {
        let name = text(scene, "name");
        let link = link(&address.with("scene", &name), text(scene, "title"), name == current);
        let group = text(scene, "group");
        match groups.iter_mut().find(|(title, _)| *title == group) {
            Some((_, links)) => links.push(link),
            None => groups.push((group, vec![link])),
        }
    }
    let groups: Vec<AnyView> = groups
        .into_iter()
        .map(|(title, links)| (h2().child(title), ul().child(links)).into_any())
        .collect();
    nav().attr("aria-label", "Screens").child((groups, hostile(gallery, address)))
}

/// The clients that try everything.
fn hostile(gallery: &Gallery, address: &Address) -> impl IntoView + use<> {
    let cases = gallery.hostile.as_array().into_iter().flatten().enumerate();
    let current = address.said("hostile");
    let links: Vec<AnyView> = cases
        .map(|(place, case)| {
            let place = place.to_string();
            link(&address.with("hostile", &place), text(case, "note"), place == current)
        })
        .collect();
    let open = (!current.is_empty()).then_some("");
    details().attr("open", open).child((summary().child("Hostile clients"), ul().child(links)))
}

fn link(address: &str, words: String, is_current: bool) -> AnyView {
    let current = is_current.then_some("page");
    let link = a().attr("href", address.to_owned()).attr("aria-current", current);
    li().child(link.child(words)).into_any()
}

fn text(from: &Value, name: &str) -> String {
    let text = from.get(name).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

//! Reads the settings that `ts/element/settings.ts` writes. A missing field is not set.

use std::rc::Rc;

use countersign_web::{
    Answer, Browser, ConsentManifest, DetailRenderers, Flow, Handle, Handler, Options, Translations,
    TrustedTokens,
    countersign::{
        Realm,
        api::client::CountersignBackend,
        backend::{Backend, TrustedToken},
        consent::{AuthorizationDetailDescription, ManifestItem, ManifestSection},
        flow::{WidgetError, WidgetEvent},
        messages::{Key, Messages},
        platform::JsonValue,
        protocol::{RedirectTarget, Secret},
    },
};
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::{bridge::Bridge, transport::BridgeTransport};

pub(crate) fn text(from: &dyn JsonValue, name: &str) -> Option<String> {
    from.member(name)?.text()
}

pub(crate) fn is(from: &dyn JsonValue, name: &str) -> bool {
    from.member(name).and_then(|value| value.boolean()) == Some(true)
}

pub(crate) fn texts(from: &dyn JsonValue, name: &str) -> Vec<String> {
    let items = from.member(name).and_then(|value| value.items());
    let items = items.unwrap_or_default();
    items.iter().filter_map(|item| item.text()).collect()
}

/// The options of a widget.
pub(crate) fn options(from: &dyn JsonValue, bridge: Bridge) -> Options {
    let realm = if is(from, "b2b") { Realm::B2b } else { Realm::Consumer };
    let backend = backend(from, realm, &bridge);
    // Theme, layout and tokens are on the element itself: they change while the card is shown.
    let mut options = Options::new(realm, move || backend);
    options.flow = match text(from, "flow").as_deref() {
        Some("authorize") => Flow::Authorize,
        Some("logout") => Flow::Logout,
        _ => Flow::Auto,
    };
    if let Some(login_url) = text(from, "loginUrl") {
        options.login.url = login_url;
    }
    if let Some(return_to_param) = text(from, "returnToParam") {
        options.login.return_to_param = return_to_param;
    }
    options.answer = text(from, "answer").map(Answer::new);
    options.messages = messages(from).unwrap_or_default();
    options.translations = Some(translations(bridge.clone()));
    options.locale = text(from, "locale");
    options.site_name = text(from, "siteName");
    options.appearance.logo = text(from, "logo");
    options.on_event = Some(on_event(bridge.clone()));
    options.on_error = Some(on_error(bridge.clone()));
    if is(from, "trusted") {
        options.trusted_token = Some(TrustedTokens::first(token(from)));
    }
    if is(from, "manifest") {
        options.get_consent_manifest = Some(manifest(bridge.clone()));
    }
    if is(from, "details") {
        options.detail_renderers = Some(detail_renderers(bridge.clone()));
    }
    if is(from, "login") {
        options.on_login_address = Some(Handler::new(move |address: RedirectTarget| {
            let _ = bridge.login(address.as_str());
        }));
    }
    options
}

/// Updates a widget.
pub(crate) fn change(from: &dyn JsonValue, handle: &Handle) {
    if let Some(messages) = messages(from) {
        handle.set_messages(messages);
    }
    if let Some(token) = token(from) {
        handle.set_token(token);
    }
}

fn backend(from: &dyn JsonValue, realm: Realm, bridge: &Bridge) -> Rc<dyn Backend> {
    let transport = Rc::new(BridgeTransport::new(bridge.clone()));
    #[cfg(feature = "stytch")]
    if let Some(project) = from.member("stytch").filter(|project| !project.is_null()) {
        return crate::stytch::backend(&*project, realm, transport, bridge);
    }
    #[cfg(not(feature = "stytch"))]
    let _ = realm;
    let base = text(from, "apiBase").unwrap_or_else(|| "/countersign".to_owned());
    Rc::new(CountersignBackend::new(base, transport, Rc::new(Browser)))
}

/// The host's texts, by the keys of `messages/en.json`.
fn messages(from: &dyn JsonValue) -> Option<Messages> {
    let from = from.member("messages")?;
    let mut messages = Messages::default();
    for name in from.names()? {
        if let (Some(key), Some(text)) = (Key::named(&name), text(&*from, &name)) {
            messages = messages.with_checked(key, text);
        }
    }
    Some(messages)
}

fn token(from: &dyn JsonValue) -> Option<TrustedToken> {
    let from = from.member("token")?;
    Some(TrustedToken {
        token: Secret::new(text(&*from, "token")?),
        profile_id: text(&*from, "profileId")?,
    })
}

fn on_event(bridge: Bridge) -> Handler<WidgetEvent> {
    Handler::new(move |event: WidgetEvent| {
        let (scopes, left_out) = match event {
            WidgetEvent::Allowed { scopes, left_out } => (scopes, left_out),
            _ => (0, 0),
        };
        // An error in JavaScript is reported there.
        let _ = bridge.tell(event.name(), "", "", "", scopes, left_out);
    })
}

fn on_error(bridge: Bridge) -> Handler<WidgetError> {
    Handler::new(move |failure: WidgetError| {
        let error = failure.error.as_deref().unwrap_or_default();
        let request_id = failure.request_id.as_deref().unwrap_or_default();
        let _ = bridge.tell("failed", failure.code, error, request_id, 0, 0);
    })
}

fn manifest(bridge: Bridge) -> ConsentManifest {
    ConsentManifest::new(move |input| {
        let scopes = input.scopes.iter();
        let scopes: Array = scopes.map(|scope| JsValue::from_str(scope)).collect();
        let sections = bridge.manifest(scopes, &input.client_name, &input.language);
        let sections = sections.ok().and_then(|value| Browser::value(value).items());
        let sections = sections.unwrap_or_default();
        sections.iter().map(|value| section(&**value)).collect()
    })
}

fn translations(bridge: Bridge) -> Translations {
    Translations::new(move |language| {
        let file = bridge.texts(language);
        Box::pin(async move { JsFuture::from(file.ok()?).await.ok()?.as_string() })
    })
}

fn detail_renderers(bridge: Bridge) -> DetailRenderers {
    DetailRenderers::new(move |detail, language| {
        let texts = bridge.detail(&detail.json, language).ok()?;
        let texts = Browser::value(texts).items()?;
        let mut texts = texts.iter().filter_map(|text| text.text());
        let mut description =
            AuthorizationDetailDescription { title: texts.next()?, lines: Vec::new() };
        while let (Some(label), Some(value)) = (texts.next(), texts.next()) {
            description.lines.push((label, value));
        }
        Some(description)
    })
}

fn section(from: &dyn JsonValue) -> ManifestSection {
    let items = from.member("items").and_then(|items| items.items());
    let items = items.unwrap_or_default();
    ManifestSection {
        header: text(from, "header").unwrap_or_default(),
        items: items
            .iter()
            .map(|item| ManifestItem {
                text: text(&**item, "text").unwrap_or_default(),
                details: texts(&**item, "details"),
                scopes: texts(&**item, "scopes"),
            })
            .collect(),
    }
}

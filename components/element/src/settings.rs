//! What `ts/element/settings.ts` writes, as the widget's options. A field that is missing is not set.

use std::rc::Rc;

use countersign_leptos::{
    Appearance, Browser, ConsentManifest, DetailRenderer, Flow, Handle, Handler, Options,
    Translations, TrustedTokens,
    countersign::{
        Realm,
        api::client::CountersignBackend,
        backend::{Backend, TrustedToken},
        consent::{AuthorizationDetailDescription, ManifestItem, ManifestSection},
        flow::{WidgetError, WidgetEvent},
        messages::{Key, Messages},
        platform::JsonValue,
        protocol::{LoginPage, RedirectTarget, Secret},
    },
};
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::{host::Host, transport::Outside};

pub(crate) fn text(from: &dyn JsonValue, name: &str) -> Option<String> {
    from.member(name)?.text()
}

pub(crate) fn is(from: &dyn JsonValue, name: &str) -> bool {
    from.member(name).and_then(|it| it.boolean()) == Some(true)
}

pub(crate) fn texts(from: &dyn JsonValue, name: &str) -> Vec<String> {
    let items = from.member(name).and_then(|it| it.items());
    let items = items.unwrap_or_default();
    items.iter().filter_map(|it| it.text()).collect()
}

/// The options of a widget.
pub(crate) fn options(from: &dyn JsonValue, host: Host) -> Options {
    let realm = if is(from, "b2b") {
        Realm::B2b
    } else {
        Realm::Consumer
    };
    let default = LoginPage::default();
    let (on_event, on_error) = (tell_event(host.clone()), tell_error(host.clone()));
    let backend = backend(from, realm, &host);
    let mut options = Options {
        flow: match text(from, "flow").as_deref() {
            Some("authorize") => Flow::Authorize,
            Some("logout") => Flow::Logout,
            _ => Flow::Auto,
        },
        login: LoginPage {
            url: text(from, "loginUrl").unwrap_or(default.url),
            return_to_param: text(from, "returnToParam").unwrap_or(default.return_to_param),
        },
        messages: messages(from).unwrap_or_default(),
        translations: Some(translations(host.clone())),
        locale: text(from, "locale"),
        site: text(from, "siteName"),
        // Theme, layout and tokens are the element's own to set: they change while the card is shown.
        appearance: Appearance {
            logo: text(from, "logo"),
            ..Appearance::default()
        },
        on_event: Some(on_event),
        on_error: Some(on_error),
        ..Options::of(realm, move || backend)
    };
    if is(from, "trusted") {
        options.trusted = Some(TrustedTokens::at_first(token(from)));
    }
    if is(from, "manifest") {
        options.manifest = Some(manifest(host.clone()));
    }
    if is(from, "details") {
        options.details = Some(details(host.clone()));
    }
    if is(from, "login") {
        options.on_login_page = Some(Handler::new(move |address: RedirectTarget| {
            let _ = host.login(address.as_str());
        }));
    }
    options
}

/// Tells a widget what has changed.
pub(crate) fn change(from: &dyn JsonValue, remote: &Handle) {
    if let Some(messages) = messages(from) {
        remote.set_messages(messages);
    }
    if let Some(token) = token(from) {
        remote.token(token);
    }
}

fn backend(from: &dyn JsonValue, realm: Realm, host: &Host) -> Rc<dyn Backend> {
    let transport = Rc::new(Outside::new(host.clone()));
    #[cfg(feature = "stytch")]
    if let Some(project) = from.member("stytch").filter(|it| !it.is_null()) {
        return crate::stytch::backend(&*project, realm, transport, host);
    }
    #[cfg(not(feature = "stytch"))]
    let _ = realm;
    let base = text(from, "apiBase").unwrap_or_else(|| "/countersign".to_owned());
    Rc::new(CountersignBackend::new(base, transport, Rc::new(Browser)))
}

/// The host's texts, by their names in `messages/en.json`.
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

fn tell_event(host: Host) -> Handler<WidgetEvent> {
    Handler::new(move |event: WidgetEvent| {
        // A host that throws is not told.
        let _ = host.tell(event.name(), "", "", "");
    })
}

fn tell_error(host: Host) -> Handler<WidgetError> {
    Handler::new(move |reported: WidgetError| {
        let error = reported.error.as_deref().unwrap_or_default();
        let request_id = reported.request_id.as_deref().unwrap_or_default();
        let _ = host.tell("failed", reported.code, error, request_id);
    })
}

fn manifest(host: Host) -> ConsentManifest {
    ConsentManifest::new(move |input| {
        let scopes: Array = input
            .scopes
            .iter()
            .map(|it| JsValue::from_str(it))
            .collect();
        let words = host.manifest(scopes, &input.client_name, &input.language);
        let words = words.ok().and_then(|words| Browser::value(words).items());
        let words = words.unwrap_or_default();
        words.iter().map(|it| section(&**it)).collect()
    })
}

fn translations(host: Host) -> Translations {
    Translations::new(move |language| {
        let file = host.texts(language);
        Box::pin(async move { JsFuture::from(file.ok()?).await.ok()?.as_string() })
    })
}

fn details(host: Host) -> DetailRenderer {
    DetailRenderer::new(move |detail, language| {
        let words = host.detail(&detail.json, language).ok()?;
        let words = Browser::value(words).items()?;
        let mut words = words.iter().filter_map(|it| it.text());
        let mut made = AuthorizationDetailDescription {
            title: words.next()?,
            lines: Vec::new(),
        };
        while let (Some(label), Some(said)) = (words.next(), words.next()) {
            made.lines.push((label, said));
        }
        Some(made)
    })
}

fn section(from: &dyn JsonValue) -> ManifestSection {
    let items = from.member("items").and_then(|it| it.items());
    let items = items.unwrap_or_default();
    ManifestSection {
        header: text(from, "header").unwrap_or_default(),
        items: items
            .iter()
            .map(|it| ManifestItem {
                text: text(&**it, "text").unwrap_or_default(),
                details: texts(&**it, "details"),
                scopes: texts(&**it, "scopes"),
            })
            .collect(),
    }
}

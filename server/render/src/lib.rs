//! The card as HTML text for servers that run JavaScript: one function, which `render.ts` calls.
//!
//! ```js
//! const [html, state, language, direction] = render(JSON.stringify(answer), 'de', texts, settings);
//! ```
//!
//! It uses `URL`, `Intl`, `RegExp` and `JSON`, which every such server has, and nothing of a page.

#![deny(rustdoc::broken_intra_doc_links)]
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;

use countersign_html::{
    Layout, RenderForm, RenderSettings, Submitted, Theme,
    countersign::{
        Realm,
        backend::Decision,
        messages::{self, ENGLISH, Key, Messages},
        platform::{Json, JsonValue},
        protocol::Flow,
    },
};
use countersign_web::Browser;
use wasm_bindgen::prelude::*;

/// The allocator, which takes less of the module than the standard library's.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A language, its file, and what was read of it.
type Read = (String, String, Messages);

thread_local! {
    /// The translation of the last card. Most cards are in the language of the one before.
    static LAST: RefCell<Option<Read>> = const { RefCell::new(None) };
}

/// The card for `answer`, as its HTML, state, language and direction.
///
/// `texts` is the JSON text of `messages/<language>.json`, `settings` that of an object: `realm`,
/// `flow`, `host`, `siteName`, `theme`, `layout`, `logo`, `messages`, `submitted` with `decision` and
/// `answer`, and `form` with `action` and `fields`.
///
/// # Errors
/// What is wrong: `texts`, or the field of the answer.
#[wasm_bindgen]
pub fn render(
    answer: &str,
    language: &str,
    texts: &str,
    settings: &str,
) -> Result<Vec<String>, String> {
    let read = Browser.parse(settings);
    let settings = &*read.ok_or_else(|| "settings: not JSON".to_owned())?;
    let mut messages = translation(language, texts).ok_or_else(|| "texts: not texts".to_owned())?;
    for (name, text) in pairs(settings, "messages") {
        if let Some(key) = Key::named(&name) {
            messages = messages.with_checked(key, text);
        }
    }
    let card = countersign_html::render(answer, messages, &appearance(settings), &Browser);
    let card = card.map_err(|error| error.to_string())?;
    Ok(vec![card.html, card.state.to_owned(), card.language, card.direction.to_owned()])
}

/// The texts of a language, which is called as the widget calls it. Without texts it is English.
fn translation(language: &str, texts: &str) -> Option<Messages> {
    let language = messages::language(language).unwrap_or(language);
    if language == ENGLISH {
        return Some(Messages::default());
    }
    LAST.with_borrow_mut(|last| {
        let kept = last.as_ref().filter(|(tag, file, _)| tag == language && file == texts);
        if let Some((_, _, messages)) = kept {
            return Some(messages.clone());
        }
        let read = Messages::read(texts, &Browser)?;
        if read.is_empty() {
            return Some(Messages::default());
        }
        let messages = Messages::default().in_language(language.to_owned(), read);
        *last = Some((language.to_owned(), texts.to_owned(), messages.clone()));
        Some(messages)
    })
}

fn appearance(from: &dyn JsonValue) -> RenderSettings {
    let text = |name| text(from, name);
    let mut settings = RenderSettings::default();
    if text("realm").as_deref() == Some("b2b") {
        settings.realm = Realm::B2b;
    }
    if text("flow").as_deref() == Some("logout") {
        settings.flow = Flow::Logout;
    }
    settings.theme = match text("theme").as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    };
    settings.layout = match text("layout").as_deref() {
        Some("compact") => Layout::Compact,
        _ => Layout::Regular,
    };
    settings.host = text("host");
    settings.site_name = text("siteName");
    settings.logo = text("logo");
    settings.submitted = from.member("submitted").and_then(|submitted| submitted_of(&*submitted));
    settings.form = from.member("form").filter(|form| !form.is_null()).map(|form| {
        let action = self::text(&*form, "action").unwrap_or_default();
        RenderForm::new(action, pairs(&*form, "fields"))
    });
    settings
}

fn submitted_of(from: &dyn JsonValue) -> Option<Submitted> {
    let decision = match text(from, "decision")?.as_str() {
        "allow" => Decision::Allow,
        "deny" => Decision::Deny,
        _ => Decision::RequestApproval,
    };
    Some(Submitted::new(decision, from.member("answer")?.to_json()))
}

fn text(from: &dyn JsonValue, name: &str) -> Option<String> {
    from.member(name)?.text()
}

/// The texts of an object, by their names.
fn pairs(from: &dyn JsonValue, name: &str) -> Vec<(String, String)> {
    let Some(object) = from.member(name) else {
        return Vec::new();
    };
    let names = object.names().unwrap_or_default();
    names.into_iter().filter_map(|name| Some((name.clone(), text(&*object, &name)?))).collect()
}

//! Where the texts of other languages come from.

use std::{fmt, future::Future, pin::Pin, rc::Rc};

/// A language's file on its way, as a text. `None` where it does not come: then it stays English.
pub type TextFuture = Pin<Box<dyn Future<Output = Option<String>>>>;

/// Where the texts of other languages come from: the files of `messages/`, one at a time and only when one is needed. Without, the
/// widget speaks English.
///
/// ```
/// use countersign_leptos::Translations;
///
/// // Your site serves the files at /messages/de.json and so on.
/// let translations = Translations::at("/messages/");
/// ```
// The loading is made here, so that a page without translations has no code for it.
#[derive(Clone)]
pub struct Translations(Rc<dyn Fn(&'static str) -> TextFuture>);

impl fmt::Debug for Translations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Translations")
    }
}

impl Translations {
    /// By a function, from a language (one of [`countersign::messages::LANGUAGES`]) to its file's text.
    pub fn new(load: impl Fn(&'static str) -> TextFuture + 'static) -> Self {
        Self(Rc::new(load))
    }

    /// The files as your site serves them, below this address.
    #[must_use]
    pub fn at(base: impl Into<String>) -> Self {
        let base = base.into();
        Self::new(move |language| file(format!("{base}{language}.json")))
    }

    #[cfg_attr(
        not(target_arch = "wasm32"),
        allow(dead_code, reason = "on a server nothing is begun")
    )]
    pub(crate) fn load(&self, language: &'static str) -> TextFuture {
        (self.0)(language)
    }
}

#[cfg(target_arch = "wasm32")]
fn file(address: String) -> TextFuture {
    Box::pin(crate::platform::text(address))
}

/// On a server nothing is asked.
#[cfg(not(target_arch = "wasm32"))]
fn file(_address: String) -> TextFuture {
    Box::pin(std::future::ready(None))
}

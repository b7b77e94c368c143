//! Files of other languages.

use std::{fmt, future::Future, pin::Pin, rc::Rc};

use crate::platform::text;
use countersign::strings::concat;

/// Loads the text of a language's file. `None` if it cannot be loaded: the widget stays English.
pub type TextFuture = Pin<Box<dyn Future<Output = Option<String>>>>;

/// Loads the files of `messages/`, one at a time and only if one is needed. Without translations
/// the widget is in English.
///
/// ```
/// use countersign_web::Translations;
///
/// // Your site serves the files at /messages/de.json and so on.
/// let translations = Translations::at("/messages/");
/// ```
// The function is stored here, so that a page without translations does not include it.
#[derive(Clone)]
pub struct Translations(Rc<dyn Fn(&'static str) -> TextFuture>);

impl fmt::Debug for Translations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Translations")
    }
}

impl Translations {
    /// Loads by a function, from a language (one of [`countersign::messages::LANGUAGES`]) to the
    /// text of its file.
    pub fn new(load: impl Fn(&'static str) -> TextFuture + 'static) -> Self {
        Self(Rc::new(load))
    }

    /// Loads the files that your site serves below this address.
    #[must_use]
    pub fn at(base: impl Into<String>) -> Self {
        let base = base.into();
        Self::new(move |language| Box::pin(text(concat(&[&base, language, ".json"]))))
    }

    pub(crate) fn load(&self, language: &'static str) -> TextFuture {
        (self.0)(language)
    }
}

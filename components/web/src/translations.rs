//! Files of other languages.

use std::{fmt, future::Future, pin::Pin, rc::Rc};

use countersign::{flow::Languages, protocol::RawQuery, strings::concat};

use crate::platform::{Page, text};

/// Loads the text of a language's file. `None` if it cannot be loaded: the widget stays English.
pub type TextFuture = Pin<Box<dyn Future<Output = Option<String>>>>;

/// Chooses the language of a page, by its own language and its query. `None` is English.
type Choose = dyn Fn(Option<&str>, &RawQuery) -> Option<&'static str>;

/// Loads the files of `messages/`, one at a time and only if one is needed. Without translations
/// the widget is in English.
///
/// ```
/// use countersign_web::Translations;
///
/// // Your site serves the files at /messages/de.json and so on.
/// let translations = Translations::at("/messages/");
/// ```
// Both functions are stored here, so that a page includes no others.
#[derive(Clone)]
pub struct Translations {
    load: Rc<dyn Fn(&'static str) -> TextFuture>,
    choose: Rc<Choose>,
}

impl fmt::Debug for Translations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Translations")
    }
}

impl Translations {
    /// Loads by a function, from a language (one of [`countersign::messages::LANGUAGES`]) to the
    /// text of its file.
    pub fn new(load: impl Fn(&'static str) -> TextFuture + 'static) -> Self {
        Self {
            load: Rc::new(load),
            choose: Rc::new(|locale, query| {
                let browser = Page::new().map(|page| page.languages()).unwrap_or_default();
                Languages { host: locale.map(str::to_owned), browser }.choose(query)
            }),
        }
    }

    /// Loads by a function the language that a script of the page has chosen, by the rule of
    /// [`Languages::choose`]. `None` is English.
    pub fn chosen(
        language: Option<&'static str>,
        load: impl Fn(&'static str) -> TextFuture + 'static,
    ) -> Self {
        Self { load: Rc::new(load), choose: Rc::new(move |_, _| language) }
    }

    /// Loads the files that your site serves below this address.
    #[must_use]
    pub fn at(base: impl Into<String>) -> Self {
        Self::new(file(base.into()))
    }

    /// Loads the chosen language ([`Self::chosen`]) from the files below this address.
    #[must_use]
    pub fn chosen_at(language: Option<&'static str>, base: impl Into<String>) -> Self {
        Self::chosen(language, file(base.into()))
    }

    pub(crate) fn load(&self, language: &'static str) -> TextFuture {
        (self.load)(language)
    }

    /// The language of a page, by its own language and its query.
    pub(crate) fn choose(&self, locale: Option<&str>, query: &RawQuery) -> Option<&'static str> {
        (self.choose)(locale, query)
    }
}

/// Loads the file of a language below an address.
fn file(base: String) -> impl Fn(&'static str) -> TextFuture {
    move |language| Box::pin(text(concat(&[&base, language, ".json"])))
}

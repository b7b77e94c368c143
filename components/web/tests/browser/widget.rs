//! Widgets with options.

use std::rc::Rc;

use countersign::{
    Realm,
    backend::{Backend, memory::MemoryBackend},
};
use countersign_web::{Options, mount};

use crate::{page::Widget, testing::QUERY};

/// The options of a consumer's widget.
pub fn options(backend: impl Backend + 'static) -> Options {
    Options::new(Realm::Consumer, || Rc::new(backend))
}

impl Widget {
    /// A widget on a page of that address.
    pub fn at(page: &str, options: Options) -> Self {
        Self::mount(page, |host| mount(host, options))
    }

    /// A widget on a page with a request.
    pub fn of(options: Options) -> Self {
        Self::at(&format!("/?{QUERY}"), options)
    }

    /// The consumer's widget on a page with a request.
    pub fn with(backend: impl Backend + 'static) -> Self {
        Self::of(options(backend))
    }

    /// The same, as soon as it shows its card.
    pub async fn asking(backend: &MemoryBackend) -> Self {
        let widget = Self::with(backend.clone());
        widget.reaches("consent").await;
        widget
    }
}

//! Everything a host can set, as data.

use std::{fmt, rc::Rc};

use countersign::{
    Realm,
    backend::Backend,
    flow::{WidgetError, WidgetEvent},
    messages::Messages,
    protocol::{Flow, LoginHandOff, LoginPage, RedirectTarget},
};
use leptos::prelude::{Callable, UnsyncCallback};

use crate::{
    Appearance, ConsentManifest, DetailRenderer, Translations, TrustedTokens, remote::Connect,
};

/// A host's own function, which is told something.
///
/// ```
/// use countersign_leptos::{Handler, countersign::flow::WidgetError};
///
/// let on_error: Handler<WidgetError> = Handler::new(|error: WidgetError| println!("{}", error.code));
/// ```
pub struct Handler<T: 'static>(Rc<dyn Fn(T)>);

impl<T> Handler<T> {
    /// From any function.
    pub fn new(function: impl Fn(T) + 'static) -> Self {
        Self(Rc::new(function))
    }

    #[cfg_attr(
        not(target_arch = "wasm32"),
        allow(dead_code, reason = "on a server nothing happens")
    )]
    pub(crate) fn call(&self, what: T) {
        (self.0)(what);
    }
}

impl<T> Clone for Handler<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> fmt::Debug for Handler<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handler")
    }
}

/// A callback that is gone by then is told nothing.
impl<T> From<UnsyncCallback<T>> for Handler<T> {
    fn from(callback: UnsyncCallback<T>) -> Self {
        Self::new(move |what| {
            callback.try_run(what);
        })
    }
}

/// Everything a host can set: the props of both components as data, and what only another layer over this one needs.
///
/// ```
/// use std::rc::Rc;
/// use countersign_leptos::{Options, countersign::{Realm, backend::memory::MemoryBackend}, widget};
///
/// let options = Options::of(Realm::B2b, || Rc::new(MemoryBackend::default()));
/// # let _ = leptos::prelude::Owner::new().with(move ||
/// widget(options)
/// # );
/// ```
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, reason = "on a server nothing is begun")
)]
pub struct Options {
    /// Whom the page serves.
    pub realm: Realm,
    /// Which flow the page runs.
    pub flow: Flow,
    /// The backend. Made as the widget starts, which on a server it does not.
    pub backend: Box<dyn FnOnce() -> Rc<dyn Backend>>,
    /// The login page.
    pub login: LoginPage,
    /// Texts in the place of ours.
    pub messages: Messages,
    /// Where the texts of other languages come from.
    pub translations: Option<Translations>,
    /// The host's language (BCP 47): after what the request asks for, before what the browser is set to.
    pub locale: Option<String>,
    /// What the site calls itself, where the backend does not say.
    pub site: Option<String>,
    /// How it looks.
    pub appearance: Appearance,
    /// The host's own words for what is asked.
    pub manifest: Option<ConsentManifest>,
    /// The host's own words for what is asked in detail.
    pub details: Option<DetailRenderer>,
    /// Trusted auth tokens.
    pub trusted: Option<TrustedTokens>,
    /// OnToken what happens.
    pub on_event: Option<Handler<WidgetEvent>>,
    /// OnToken what fails.
    pub on_error: Option<Handler<WidgetError>>,
    /// Takes the hand-off to the login page over.
    pub on_login: Option<Handler<LoginHandOff>>,
    /// Goes to the login page's address, in the place of the browser.
    pub on_login_page: Option<Handler<RedirectTarget>>,
    /// Where a remote control is connected.
    pub connect: Option<Connect>,
}

impl Options {
    /// Nothing set but the backend.
    pub fn of(realm: Realm, backend: impl FnOnce() -> Rc<dyn Backend> + 'static) -> Self {
        Self {
            realm,
            flow: Flow::default(),
            backend: Box::new(backend),
            login: LoginPage::default(),
            messages: Messages::default(),
            translations: None,
            locale: None,
            site: None,
            appearance: Appearance::default(),
            manifest: None,
            details: None,
            trusted: None,
            on_event: None,
            on_error: None,
            on_login: None,
            on_login_page: None,
            connect: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("realm", &self.realm)
            .field("flow", &self.flow)
            .finish_non_exhaustive()
    }
}

//! Everything that a host can set.

use std::{fmt, rc::Rc};

use countersign::{
    Realm,
    backend::Backend,
    flow::{WidgetError, WidgetEvent},
    messages::Messages,
    protocol::{Flow, LoginHandOff, LoginPage, RedirectTarget},
};

use crate::{
    Appearance, Connect, ConsentManifest, DetailRenderers, OrganizationPicker, Translations,
    TrustedTokens,
};

/// A function of the host's own.
///
/// ```
/// use countersign_web::{Handler, countersign::flow::WidgetError};
///
/// let on_error = Handler::new(|error: WidgetError| eprintln!("{}", error.code));
/// ```
pub struct Handler<T: 'static>(Rc<dyn Fn(T)>);

impl<T> Handler<T> {
    /// Wraps a function.
    pub fn new(function: impl Fn(T) + 'static) -> Self {
        Self(Rc::new(function))
    }

    pub(crate) fn call(&self, value: T) {
        (self.0)(value);
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

/// Everything that a host can set.
///
/// ```
/// use std::rc::Rc;
/// use countersign_web::{Options, countersign::{Realm, backend::memory::MemoryBackend}};
///
/// let mut options = Options::new(Realm::B2b, || Rc::new(MemoryBackend::default()));
/// options.locale = Some("de".to_owned());
/// ```
#[non_exhaustive]
pub struct Options {
    /// Whom the page serves: consumers, or members of organizations.
    pub realm: Realm,
    /// Which flow the page runs.
    pub flow: Flow,
    /// Makes the backend when the widget starts.
    pub backend: Box<dyn FnOnce() -> Rc<dyn Backend>>,
    /// The login page.
    pub login: LoginPage,
    /// Texts that replace the widget's own.
    pub messages: Messages,
    /// Loads other languages. Without it the widget is in English.
    pub translations: Option<Translations>,
    /// The language of the page (BCP 47). The request's `ui_locales` comes first, the browser's
    /// settings come last.
    pub locale: Option<String>,
    /// The name of the site. A name from the backend comes first.
    pub site_name: Option<String>,
    /// How the widget looks.
    pub appearance: Appearance,
    /// Describes the requested scopes.
    pub get_consent_manifest: Option<ConsentManifest>,
    /// Describes authorization details (RFC 9396).
    pub detail_renderers: Option<DetailRenderers>,
    /// The choice among several organizations. Accounts of the consumer realm have none.
    pub organization_picker: Option<OrganizationPicker>,
    /// Trusted auth tokens to exchange for a session first.
    pub trusted_token: Option<TrustedTokens>,
    /// Receives what happens.
    pub on_event: Option<Handler<WidgetEvent>>,
    /// Receives what fails.
    pub on_error: Option<Handler<WidgetError>>,
    /// Replaces the navigation to the login page, for apps that sign in without leaving the page.
    pub on_login: Option<Handler<LoginHandOff>>,
    /// Replaces the navigation to the login page's address. `on_login` comes first.
    pub on_login_address: Option<Handler<RedirectTarget>>,
    /// Connects a [`crate::Handle`].
    pub connect: Option<Connect>,
}

impl Options {
    /// Sets the realm, with the choice among organizations for [`Realm::B2b`], and the backend.
    // Inlined, so that a page for consumers alone leaves out the choice.
    #[inline]
    pub fn new(realm: Realm, backend: impl FnOnce() -> Rc<dyn Backend> + 'static) -> Self {
        Self {
            realm,
            flow: Flow::default(),
            backend: Box::new(backend),
            login: LoginPage::default(),
            messages: Messages::default(),
            translations: None,
            locale: None,
            site_name: None,
            appearance: Appearance::default(),
            get_consent_manifest: None,
            detail_renderers: None,
            organization_picker: (realm == Realm::B2b).then(OrganizationPicker::default),
            trusted_token: None,
            on_event: None,
            on_error: None,
            on_login: None,
            on_login_address: None,
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

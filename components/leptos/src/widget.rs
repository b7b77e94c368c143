//! What both faces are: a card, and a driver that changes it.

use std::{fmt, rc::Rc, sync::Arc};

use countersign::{
    Realm,
    backend::Backend,
    flow::{Notice, View},
    messages::Messages,
    protocol::{LoginHandOff, LoginPage},
};
use leptos::prelude::*;

use crate::{
    ConsentManifest, Theme, Tokens, TrustedTokens,
    view::{Hand, Shown, dressed},
};

/// What the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flow {
    /// What the backend's pages are: the authorization endpoint's, but for Stytch, where one page serves for both and
    /// `post_logout_redirect_uri` tells a logout.
    #[default]
    Auto,
    /// The authorization endpoint's page.
    Authorize,
    /// The end-session endpoint's page.
    Logout,
}

/// Everything a host can set.
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, reason = "on a server nothing is begun")
)]
pub(crate) struct Options {
    pub realm: Realm,
    pub flow: Flow,
    pub api_base: Option<String>,
    pub backend: Option<Rc<dyn Backend>>,
    pub login: LoginPage,
    pub messages: Messages,
    pub theme: Theme,
    pub tokens: Option<Tokens>,
    pub manifest: Option<ConsentManifest>,
    pub trusted: Option<TrustedTokens>,
    pub on_event: Option<UnsyncCallback<Notice>>,
    pub on_error: Option<UnsyncCallback<Notice>>,
    pub on_login: Option<UnsyncCallback<LoginHandOff>>,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("realm", &self.realm)
            .field("flow", &self.flow)
            .finish_non_exhaustive()
    }
}

/// The card's outline at once, and a driver that takes over in the browser.
pub(crate) fn widget(mut options: Options) -> AnyView {
    let messages = Arc::new(options.messages.clone());
    let shown = Shown::new(View::outline(&messages));
    let theme = options.theme;
    let tokens = options.tokens.take();
    let hand = start(options, &messages, &shown);
    dressed(shown, messages, theme, tokens, hand)
}

#[cfg(target_arch = "wasm32")]
fn start(options: Options, messages: &Arc<Messages>, shown: &Shown) -> Hand {
    crate::driver::start(options, Arc::clone(messages), shown.clone())
}

/// On a server nobody presses anything.
#[cfg(not(target_arch = "wasm32"))]
fn start(_options: Options, _messages: &Arc<Messages>, _shown: &Shown) -> Hand {
    Hand::new(|_| ())
}

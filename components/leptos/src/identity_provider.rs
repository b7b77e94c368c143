//! The two components. They differ in the realm only.

use std::rc::Rc;

use countersign::{
    Realm,
    api::client::CountersignBackend,
    backend::Backend,
    flow::{WidgetError, WidgetEvent},
    messages::Messages,
    protocol::LoginHandOff,
};
use countersign_web::{
    Browser, ConsentManifest, DetailRenderers, Fetch, Flow, Layout, Options, Theme, Tokens,
    Translations,
};
use leptos::prelude::*;

use crate::{Handler, InBrowser, TrustedTokens, target::widget};

/// Defines a component with all props.
macro_rules! component {
    ($(#[$about:meta])* $name:ident, $realm:expr) => {
        $(#[$about])*
        #[component]
        pub fn $name(
            /// The address of the countersign API, `/countersign` by default. A `backend` replaces
            /// it.
            #[prop(optional, into)]
            api_base: Option<String>,
            /// A backend of your own, or a function that makes it, which a server does not call.
            #[prop(optional, into)]
            backend: Option<InBrowser<Rc<dyn Backend>>>,
            /// Your login page, `/login` by default. It receives the way back in `return_to_param`.
            #[prop(optional, into)]
            login_url: Option<String>,
            /// The name of the parameter with the way back, `return_to` by default.
            #[prop(optional, into)]
            return_to_param: Option<String>,
            /// Which flow the page runs. By default the backend decides: the authorization flow, or
            /// for Stytch both.
            #[prop(optional)]
            flow: Flow,
            /// A trusted auth token (Stytch): a JWT of another system, which is exchanged for a
            /// session first. The widget waits for the first one; another one starts again.
            #[prop(optional, into)]
            trusted_token: Option<TrustedTokens>,
            /// Texts that replace the widget's own.
            #[prop(optional)]
            messages: Messages,
            /// Loads other languages. Without it the widget is in English.
            #[prop(optional, into)]
            translations: Option<InBrowser<Translations>>,
            /// The language of your page (BCP 47). The request's `ui_locales` comes first, the
            /// browser's settings come last.
            #[prop(optional, into)]
            locale: Option<String>,
            /// The name of your site, for "your … account" on the card.
            #[prop(optional, into)]
            site_name: Option<String>,
            /// The address of your logo. Your page's policy must allow it.
            #[prop(optional, into)]
            logo: Option<String>,
            /// Light, dark, or as the user's system is set.
            #[prop(optional)]
            theme: Theme,
            /// The size of the card.
            #[prop(optional)]
            layout: Layout,
            /// Values for the style sheet's tokens.
            #[prop(optional)]
            tokens: Option<Tokens>,
            /// Your description of the requested scopes. The card shows other scopes below it.
            #[prop(optional, into)]
            get_consent_manifest: Option<InBrowser<ConsentManifest>>,
            /// Your description of authorization details (RFC 9396).
            #[prop(optional, into)]
            detail_renderers: Option<InBrowser<DetailRenderers>>,
            /// What is above the card.
            #[prop(optional, into)]
            header: Option<ViewFn>,
            /// What is below the card.
            #[prop(optional, into)]
            footer: Option<ViewFn>,
            /// Receives what happens, except failures.
            #[prop(optional, into)]
            on_event: Option<Handler<WidgetEvent>>,
            /// Receives what fails.
            #[prop(optional, into)]
            on_error: Option<Handler<WidgetError>>,
            /// Replaces the navigation to the login page, for apps that sign in without leaving the
            /// page. Mount the component again to continue the request.
            #[prop(optional, into)]
            on_login: Option<Handler<LoginHandOff>>,
        ) -> impl IntoView {
            let backend = backend.and_then(InBrowser::take);
            let mut options = Options::new($realm, move || {
                backend.unwrap_or_else(|| countersign_api(api_base))
            });
            let is_translated = translations.is_some();
            options.flow = flow;
            if let Some(login_url) = login_url {
                options.login.url = login_url;
            }
            if let Some(return_to_param) = return_to_param {
                options.login.return_to_param = return_to_param;
            }
            options.trusted_token = trusted_token.and_then(TrustedTokens::take);
            options.messages = messages;
            options.translations = translations.and_then(InBrowser::take);
            options.locale = locale;
            options.site_name = site_name;
            options.appearance.logo = logo;
            options.appearance.theme = theme;
            options.appearance.layout = layout;
            options.appearance.tokens = tokens;
            options.get_consent_manifest = get_consent_manifest.and_then(InBrowser::take);
            options.detail_renderers = detail_renderers.and_then(InBrowser::take);
            options.on_event = on_event.and_then(InBrowser::take);
            options.on_error = on_error.and_then(InBrowser::take);
            options.on_login = on_login.and_then(InBrowser::take);
            // The views run here, in the owner of the component.
            let slots = [header, footer].map(|slot| slot.map(|view| view.run()));
            widget(options, is_translated, slots)
        }
    };
}

component! {
    /// The consent page of an authorization server whose users act for themselves.
    ///
    /// It reads the request from the page's address when it is mounted, and again when the page
    /// comes back from the back-forward cache. A server renders the skeleton of the card.
    IdentityProvider, Realm::Consumer
}

component! {
    /// The consent page of an authorization server whose users act as members of organizations.
    ///
    /// Like [`IdentityProvider`], but the card shows the organization, and a choice if there are
    /// several.
    B2BIdentityProvider, Realm::B2b
}

/// The countersign API, by default on the page's own site.
fn countersign_api(base: Option<String>) -> Rc<dyn Backend> {
    let base = base.unwrap_or_else(|| "/countersign".to_owned());
    Rc::new(CountersignBackend::new(base, Rc::new(Fetch), Rc::new(Browser)))
}

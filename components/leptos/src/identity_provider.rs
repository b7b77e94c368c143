//! The two public faces. They differ in one word of data.

use std::rc::Rc;

use countersign::{
    Realm,
    backend::Backend,
    flow::{WidgetError, WidgetEvent},
    messages::Messages,
    protocol::{LoginHandOff, LoginPage},
};
use leptos::prelude::*;

use crate::{
    Appearance, ConsentManifest, DetailRenderer, Flow, Layout, Theme, Tokens, Translations,
    TrustedTokens, options::Options, widget::widget,
};

/// The consent page of an authorization server whose users act for themselves.
///
/// Reads the request from the page's address when it is mounted, and again when the page comes back from the browser's
/// back-forward cache. On a server it renders the card's outline.
#[component]
pub fn IdentityProvider(
    /// Where the countersign API is; `/countersign` by default. Ignored where `backend` is given.
    #[prop(optional, into)]
    api_base: Option<String>,
    /// A backend of your own.
    #[prop(optional, into)]
    backend: Option<Rc<dyn Backend>>,
    /// Your login page; `/login` by default. It gets the way back in `return_to_param`.
    #[prop(optional, into)]
    login_url: Option<String>,
    /// The name of the parameter with the way back; `return_to` by default.
    #[prop(optional, into)]
    return_to_param: Option<String>,
    /// What the page is; by default, what the backend's pages are: the authorization endpoint's, or Stytch's for both.
    #[prop(optional)]
    flow: Flow,
    /// Trusted auth tokens (Stytch): JWTs of another auth system, exchanged for a session before anything is asked. As long as
    /// there is none, it is waited for; another one starts anew.
    #[prop(optional, into)]
    auth_token_params: Option<TrustedTokens>,
    /// The same by the name that Stytch's B2B component has for it.
    #[prop(optional, into)]
    trusted_auth_token_params: Option<TrustedTokens>,
    /// Texts in the place of ours.
    #[prop(optional)]
    messages: Messages,
    /// Where the texts of other languages come from; without, the widget speaks English.
    #[prop(optional, into)]
    translations: Option<Translations>,
    /// Your page's language (BCP 47). What the request asks for (`ui_locales`) comes before it, what the browser is set to after it.
    #[prop(optional, into)]
    locale: Option<String>,
    /// What your site calls itself: the card asks for access to "your … account".
    #[prop(optional, into)]
    site_name: Option<String>,
    /// Your logo, beside the client's: an address that your page's headers allow.
    #[prop(optional, into)]
    logo: Option<String>,
    /// Light, dark, or as the system has it.
    #[prop(optional)]
    theme: Theme,
    /// How much room the card takes.
    #[prop(optional)]
    layout: Layout,
    /// Values for the style sheet's tokens.
    #[prop(optional)]
    tokens: Option<Tokens>,
    /// Your own words for what is asked. What they do not speak for is shown below them.
    #[prop(optional, into)]
    consent_manifest: Option<ConsentManifest>,
    /// Your own words for what is asked in detail (RFC 9396).
    #[prop(optional, into)]
    detail_renderer: Option<DetailRenderer>,
    /// What stands above the card.
    #[prop(optional, into)]
    header: Option<ViewFn>,
    /// What stands below the card.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// OnToken what happens; failures go to `on_error`.
    #[prop(optional, into)]
    on_event: Option<UnsyncCallback<WidgetEvent>>,
    /// OnToken what fails.
    #[prop(optional, into)]
    on_error: Option<UnsyncCallback<WidgetError>>,
    /// Takes the hand-off to the login page over, for apps that sign in without leaving the page. Return to the request by
    /// mounting the widget anew.
    #[prop(optional, into)]
    on_login: Option<UnsyncCallback<LoginHandOff>>,
) -> impl IntoView {
    face(Face {
        realm: Realm::Consumer,
        api_base,
        backend,
        login_url,
        return_to_param,
        flow,
        trusted: auth_token_params.or(trusted_auth_token_params),
        messages,
        translations,
        locale,
        site_name,
        logo,
        theme,
        layout,
        tokens,
        consent_manifest,
        detail_renderer,
        header,
        footer,
        on_event,
        on_error,
        on_login,
    })
}

/// The consent page of an authorization server whose users act as members of organizations.
///
/// Like [`IdentityProvider`], with the organization on the card, and a choice where there are several.
#[component]
pub fn B2BIdentityProvider(
    /// Where the countersign API is; `/countersign` by default. Ignored where `backend` is given.
    #[prop(optional, into)]
    api_base: Option<String>,
    /// A backend of your own.
    #[prop(optional, into)]
    backend: Option<Rc<dyn Backend>>,
    /// Your login page; `/login` by default. It gets the way back in `return_to_param`.
    #[prop(optional, into)]
    login_url: Option<String>,
    /// The name of the parameter with the way back; `return_to` by default.
    #[prop(optional, into)]
    return_to_param: Option<String>,
    /// What the page is; by default, what the backend's pages are: the authorization endpoint's, or Stytch's for both.
    #[prop(optional)]
    flow: Flow,
    /// Trusted auth tokens (Stytch): JWTs of another auth system, exchanged for a session before anything is asked. As long as
    /// there is none, it is waited for; another one starts anew.
    #[prop(optional, into)]
    auth_token_params: Option<TrustedTokens>,
    /// The same by the name that Stytch's B2B component has for it.
    #[prop(optional, into)]
    trusted_auth_token_params: Option<TrustedTokens>,
    /// Texts in the place of ours.
    #[prop(optional)]
    messages: Messages,
    /// Where the texts of other languages come from; without, the widget speaks English.
    #[prop(optional, into)]
    translations: Option<Translations>,
    /// Your page's language (BCP 47). What the request asks for (`ui_locales`) comes before it, what the browser is set to after it.
    #[prop(optional, into)]
    locale: Option<String>,
    /// What your site calls itself: the card asks for access to "your … account".
    #[prop(optional, into)]
    site_name: Option<String>,
    /// Your logo, beside the client's: an address that your page's headers allow.
    #[prop(optional, into)]
    logo: Option<String>,
    /// Light, dark, or as the system has it.
    #[prop(optional)]
    theme: Theme,
    /// How much room the card takes.
    #[prop(optional)]
    layout: Layout,
    /// Values for the style sheet's tokens.
    #[prop(optional)]
    tokens: Option<Tokens>,
    /// Your own words for what is asked. What they do not speak for is shown below them.
    #[prop(optional, into)]
    consent_manifest: Option<ConsentManifest>,
    /// Your own words for what is asked in detail (RFC 9396).
    #[prop(optional, into)]
    detail_renderer: Option<DetailRenderer>,
    /// What stands above the card.
    #[prop(optional, into)]
    header: Option<ViewFn>,
    /// What stands below the card.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// OnToken what happens; failures go to `on_error`.
    #[prop(optional, into)]
    on_event: Option<UnsyncCallback<WidgetEvent>>,
    /// OnToken what fails.
    #[prop(optional, into)]
    on_error: Option<UnsyncCallback<WidgetError>>,
    /// Takes the hand-off to the login page over, for apps that sign in without leaving the page. Return to the request by
    /// mounting the widget anew.
    #[prop(optional, into)]
    on_login: Option<UnsyncCallback<LoginHandOff>>,
) -> impl IntoView {
    face(Face {
        realm: Realm::B2b,
        api_base,
        backend,
        login_url,
        return_to_param,
        flow,
        trusted: auth_token_params.or(trusted_auth_token_params),
        messages,
        translations,
        locale,
        site_name,
        logo,
        theme,
        layout,
        tokens,
        consent_manifest,
        detail_renderer,
        header,
        footer,
        on_event,
        on_error,
        on_login,
    })
}

/// The props of either face.
struct Face {
    realm: Realm,
    api_base: Option<String>,
    backend: Option<Rc<dyn Backend>>,
    login_url: Option<String>,
    return_to_param: Option<String>,
    flow: Flow,
    trusted: Option<TrustedTokens>,
    messages: Messages,
    translations: Option<Translations>,
    locale: Option<String>,
    site_name: Option<String>,
    logo: Option<String>,
    theme: Theme,
    layout: Layout,
    tokens: Option<Tokens>,
    consent_manifest: Option<ConsentManifest>,
    detail_renderer: Option<DetailRenderer>,
    header: Option<ViewFn>,
    footer: Option<ViewFn>,
    on_event: Option<UnsyncCallback<WidgetEvent>>,
    on_error: Option<UnsyncCallback<WidgetError>>,
    on_login: Option<UnsyncCallback<LoginHandOff>>,
}

/// Once, for a page that has both.
#[inline(never)]
fn face(face: Face) -> AnyView {
    let default = LoginPage::default();
    let (backend, api_base) = (face.backend, face.api_base);
    widget(Options {
        flow: face.flow,
        login: LoginPage {
            url: face.login_url.unwrap_or(default.url),
            return_to_param: face.return_to_param.unwrap_or(default.return_to_param),
        },
        messages: face.messages,
        translations: face.translations,
        locale: face.locale,
        site: face.site_name,
        appearance: Appearance {
            theme: face.theme,
            layout: face.layout,
            logo: face.logo,
            tokens: face.tokens,
            header: face.header.map(|it| it.run()),
            footer: face.footer.map(|it| it.run()),
        },
        manifest: face.consent_manifest,
        details: face.detail_renderer,
        trusted: face.trusted,
        on_event: face.on_event.map(Into::into),
        on_error: face.on_error.map(Into::into),
        on_login: face.on_login.map(Into::into),
        ..Options::of(face.realm, move || {
            backend.unwrap_or_else(|| countersign_api(api_base))
        })
    })
}

/// The countersign API of the page's own site, unless told otherwise.
#[cfg(target_arch = "wasm32")]
fn countersign_api(base: Option<String>) -> Rc<dyn Backend> {
    use crate::platform::{Browser, Fetch};
    use countersign::api::client::CountersignBackend;

    let base = base.unwrap_or_else(|| "/countersign".to_owned());
    Rc::new(CountersignBackend::new(
        base,
        Rc::new(Fetch),
        Rc::new(Browser),
    ))
}

/// On a server nothing is asked.
#[cfg(not(target_arch = "wasm32"))]
fn countersign_api(_base: Option<String>) -> Rc<dyn Backend> {
    Rc::new(countersign::backend::memory::MemoryBackend::default())
}

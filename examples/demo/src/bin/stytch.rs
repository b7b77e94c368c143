//! The authorization page of a team on Stytch, consumer or B2B: the widget and nothing else.
//!
//! The server names the project by attributes on `#countersign` (`data-public-token` and others).

/// The allocator, which takes less of the page than the standard library's.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    #[cfg(target_arch = "wasm32")]
    page::mount();
}

#[cfg(target_arch = "wasm32")]
#[path = "../place.rs"]
mod place;

#[cfg(target_arch = "wasm32")]
mod page {
    use std::rc::Rc;

    use countersign_leptos::{
        B2BIdentityProvider, Handler, IdentityProvider, Translations,
        countersign::{
            Realm,
            backend::{Backend, TrustedToken},
            flow::{WidgetError, WidgetEvent},
            protocol::Secret,
        },
    };
    use countersign_stytch::{StytchCookies, StytchOptions};
    use leptos::{mount::mount_to, prelude::*};
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

    use crate::place::{place, translations};

    /// Puts the widget in the place of the outline that the page came with.
    pub(super) fn mount() {
        let Some(main) = place() else {
            return;
        };
        let said = |name: &str| main.dataset().get(name);
        let realm = match said("realm").as_deref() {
            Some("b2b") => Realm::B2b,
            _ => Realm::Consumer,
        };
        let backend = countersign_stytch::backend(realm, options(&said));
        let login_url = said("loginUrl").unwrap_or_else(|| "/login".to_owned());
        let token = token(&main, &said);
        let (events, errors) = (main.clone(), main.clone());
        let on_event = Handler::from(move |event: WidgetEvent| {
            report(&events, "countersign-event", &[("type", event.name())]);
        });
        let on_error = Handler::from(move |error| report_error(&errors, &error));
        let translations = translations();
        mount_to(main, move || {
            view(realm, backend, login_url, token, translations, on_event, on_error)
        })
        .forget();
    }

    fn view(
        realm: Realm,
        backend: Rc<dyn Backend>,
        login_url: String,
        token: Option<RwSignal<Option<TrustedToken>>>,
        translations: Translations,
        on_event: Handler<WidgetEvent>,
        on_error: Handler<WidgetError>,
    ) -> AnyView {
        match (realm, token) {
            (Realm::Consumer, None) => {
                view! { <IdentityProvider backend login_url translations on_event on_error /> }
                    .into_any()
            }
            (Realm::Consumer, Some(token)) => view! {
                <IdentityProvider backend login_url translations on_event on_error trusted_token=move || token.get() />
            }
            .into_any(),
            (Realm::B2b, None) => {
                view! { <B2BIdentityProvider backend login_url translations on_event on_error /> }
                    .into_any()
            }
            (Realm::B2b, Some(token)) => view! {
                <B2BIdentityProvider backend login_url translations on_event on_error trusted_token=move || token.get() />
            }
            .into_any(),
        }
    }

    fn options(said: &impl Fn(&str) -> Option<String>) -> StytchOptions {
        let mut options = StytchOptions::new(said("publicToken").unwrap_or_default());
        options.custom_base_url = said("baseUrl");
        options.cookies = cookies(said);
        options.project_name = said("projectName");
        options.bootstrap = said("bootstrap").is_some();
        options
    }

    fn cookies(said: &impl Fn(&str) -> Option<String>) -> StytchCookies {
        let mut cookies = StytchCookies::default();
        if let Some(session) = said("sessionCookie") {
            cookies.session = session;
        }
        if let Some(session_jwt) = said("jwtCookie") {
            cookies.session_jwt = session_jwt;
        }
        cookies.path = said("cookiePath");
        cookies.domain = said("cookieDomain");
        cookies.available_to_subdomains = said("cookieSubdomains").is_some();
        cookies
    }

    /// The trusted auth token, if the page has one or waits for one (event `trusted-token`).
    fn token(
        main: &HtmlElement,
        said: &impl Fn(&str) -> Option<String>,
    ) -> Option<RwSignal<Option<TrustedToken>>> {
        let profile_id = said("tokenProfileId")?;
        let make = move |token: String| TrustedToken {
            token: Secret::new(token),
            profile_id: profile_id.clone(),
        };
        let first = said("trustedToken").filter(|token| !token.is_empty());
        let token = RwSignal::new(first.map(&make));
        let listener = Closure::<dyn Fn(CustomEvent)>::new(move |event: CustomEvent| {
            token.set(event.detail().as_string().map(&make));
        });
        let callback = listener.as_ref().unchecked_ref();
        main.add_event_listener_with_callback("trusted-token", callback).ok()?;
        listener.forget();
        Some(token)
    }

    /// Dispatches what the widget reports as an event of the page.
    fn report(main: &HtmlElement, name: &str, members: &[(&str, &str)]) {
        let detail = js_sys::Object::new();
        for (name, value) in members {
            let _ = js_sys::Reflect::set(&detail, &(*name).into(), &(*value).into());
        }
        let init = CustomEventInit::new();
        init.set_detail(&JsValue::from(detail));
        if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
            let _ = main.dispatch_event(&event);
        }
    }

    fn report_error(main: &HtmlElement, error: &WidgetError) {
        let members = [
            ("code", error.code),
            ("error", error.error.as_deref().unwrap_or_default()),
            ("request_id", error.request_id.as_deref().unwrap_or_default()),
        ];
        report(main, "countersign-error", &members);
    }
}

//! The widget in front of Stytch.

use std::rc::Rc;

use countersign::{
    Realm,
    backend::{Backend, stytch::StytchOptions},
};

/// A Stytch project as the `backend` of a component: [`Realm::Consumer`] for [`crate::IdentityProvider`], [`Realm::B2b`] for
/// [`crate::B2BIdentityProvider`].
///
/// ```
/// use countersign_leptos::{IdentityProvider, countersign::{Realm, backend::stytch::StytchOptions}, stytch};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Authorize() -> impl IntoView {
///     let backend = stytch(Realm::Consumer, StytchOptions::new("public-token-live-…"));
///     view! { <IdentityProvider backend login_url="/login" /> }
/// }
/// ```
#[must_use]
pub fn stytch(realm: Realm, options: StytchOptions) -> Rc<dyn Backend> {
    in_this_page(realm, options)
}

#[cfg(target_arch = "wasm32")]
fn in_this_page(realm: Realm, options: StytchOptions) -> Rc<dyn Backend> {
    use crate::platform::{Browser, Fetch, StytchBrowser};
    use countersign::backend::stytch::StytchBackend;

    Rc::new(StytchBackend::new(
        realm,
        options,
        Rc::new(Fetch),
        Rc::new(Browser),
        Rc::new(StytchBrowser),
    ))
}

/// On a server nothing is asked.
#[cfg(not(target_arch = "wasm32"))]
fn in_this_page(_realm: Realm, _options: StytchOptions) -> Rc<dyn Backend> {
    Rc::new(countersign::backend::memory::MemoryBackend::default())
}

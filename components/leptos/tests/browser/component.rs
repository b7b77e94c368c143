//! Components on a page, and what their props set.

use std::{cell::RefCell, rc::Rc};

use countersign::{
    backend::{
        Backend, BackendFault,
        memory::{Answer, Call, MemoryBackend},
    },
    flow::{WidgetError, WidgetEvent},
    messages::{Key, Messages},
    protocol::LoginHandOff,
};
use countersign_leptos::{
    B2BIdentityProvider, B2BIdentityProviderProps, Flow, Handler, IdentityProvider,
    IdentityProviderProps, Layout, Theme, Tokens,
};
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{page::Widget, testing::*};

impl Widget {
    /// Mounts a view on a page with a request.
    pub fn view(view: impl FnOnce() -> AnyView + 'static) -> Self {
        Self::mount(&format!("/?{QUERY}"), |host| mount_to(host.clone(), view))
    }
}

/// The consumer's component.
pub fn provider(props: IdentityProviderProps) -> AnyView {
    IdentityProvider(props).into_view().into_any()
}

/// A backend as components take it.
pub fn shared(backend: &MemoryBackend) -> Rc<dyn Backend> {
    Rc::new(backend.clone())
}

fn recorded<T: 'static>() -> (Rc<RefCell<Vec<T>>>, Handler<T>) {
    let values = Rc::new(RefCell::new(Vec::new()));
    let to = Rc::clone(&values);
    let callback = Handler::from(move |value| to.borrow_mut().push(value));
    (values, callback)
}

#[wasm_bindgen_test]
async fn the_realm_of_a_component_is_its_own() {
    let backend = || shared(&MemoryBackend::default().then(outcome(&consent())));
    let member = Widget::view(move || {
        let props = B2BIdentityProviderProps::builder().backend(backend());
        B2BIdentityProvider(props.build()).into_view().into_any()
    });
    member.reaches("consent").await;
    assert_eq!(member.texts("[part=actions] > button"), ["Cancel"]);
    let consumer =
        Widget::view(move || provider(IdentityProviderProps::builder().backend(backend()).build()));
    consumer.reaches("consent").await;
    assert_eq!(consumer.texts("[part=actions] > button"), ["Deny", "Allow"]);
}

#[wasm_bindgen_test]
async fn the_props_reach_the_widget() {
    let backend = MemoryBackend::default().then(outcome(&consent()));
    let (given, messages) = (shared(&backend), Messages::default().with(Key::Allow, "Yes"));
    let (events, on_event) = recorded::<WidgetEvent>();
    let widget = Widget::view(move || {
        let props = IdentityProviderProps::builder()
            .backend(given)
            .messages(messages)
            .site_name("Harbor")
            .logo("/harbor.svg")
            .theme(Theme::Dark)
            .layout(Layout::Compact)
            .tokens(Tokens::new([("--countersign-accent", "rgb(1, 2, 3)")]))
            .on_event(on_event);
        provider(props.build())
    });
    widget.reaches("consent").await;
    assert_eq!(widget.text("h1"), "Photo Printer wants access to your Harbor account");
    assert_eq!(widget.texts("[part~=allow]"), ["Yes"]);
    let logo = widget.attribute("img[part=host-mark]", "src");
    assert_eq!(logo.as_deref(), Some("/harbor.svg"));
    let root = |name| widget.attribute(".countersign", name).unwrap_or_default();
    assert_eq!([root("data-theme"), root("data-layout")], ["dark", "compact"]);
    let element: HtmlElement = widget.find(".countersign");
    let accent = element.style().get_property_value("--countersign-accent");
    assert_eq!(accent.unwrap(), "rgb(1, 2, 3)");
    assert_eq!(*events.borrow(), [WidgetEvent::Started, WidgetEvent::ConsentShown]);
}

#[wasm_bindgen_test]
async fn a_login_and_a_failure_reach_the_host_s_callbacks() {
    let (logins, on_login) = recorded::<LoginHandOff>();
    let backend = shared(&MemoryBackend::default().then(outcome(&login_answer("max_age", 1))));
    let widget = Widget::view(move || {
        let props = IdentityProviderProps::builder().backend(backend);
        provider(props.on_login(on_login).build())
    });
    widget.reaches("login-required").await;
    assert_eq!(logins.borrow().len(), 1);

    let (errors, on_error) = recorded::<WidgetError>();
    let fault = Answer::With(Err(BackendFault::Server(500).into()));
    let backend = shared(&MemoryBackend::default().then(fault));
    let widget = Widget::view(move || {
        let props = IdentityProviderProps::builder().backend(backend);
        provider(props.on_error(on_error).build())
    });
    widget.reaches("failed").await;
    let mut failed = WidgetError::of("server_error");
    failed.status = 500;
    assert_eq!(*errors.borrow(), [failed]);
}

#[wasm_bindgen_test]
async fn a_logout_page_calls_the_logout() {
    let backend = MemoryBackend::default().then_logout(logout_outcome(&confirmation()));
    let given = shared(&backend);
    let widget = Widget::view(move || {
        let props = IdentityProviderProps::builder().backend(given);
        provider(props.flow(Flow::Logout).build())
    });
    widget.reaches("confirm-logout").await;
    assert!(matches!(backend.calls().as_slice(), [Call::LogoutStart(_)]));
}

//! The page, built from elements, not from HTML text, so that it runs under Trusted Types.

use leptos::{
    ev::{MouseEvent, SubmitEvent},
    html::{ElementChild, bdi, button, details, div, form, h1, input, label, p, span, summary},
    mount::mount_to,
    prelude::*,
};
use wasm_bindgen::JsCast;
// Not Leptos' own: that one needs a mounted page, and the session is asked for before.
use wasm_bindgen_futures::spawn_local;

use super::api::{self, Account, Refused, Welcome};

/// The site's name, as the card has it.
const SITE: &str = "Harbor";

/// The password of every account of the demo.
const PASSWORD: &str = "demo";

/// Puts the page in the place of the outline that it came with.
pub(super) fn mount() {
    let Some(main) = document().get_element_by_id("countersign") else {
        return;
    };
    spawn_local(async move {
        let account = api::session().await;
        main.replace_children_with_node_0();
        mount_to(main.unchecked_into(), move || page(account)).forget();
    });
}

/// What the page's own address says.
#[derive(Clone)]
struct Asked {
    return_to: Option<String>,
    login_hint: Option<String>,
    /// Whether the account must prove itself again: choosing it is not enough.
    again: bool,
}

impl Asked {
    fn read() -> Self {
        let search = window().location().search().unwrap_or_default();
        let query = web_sys::UrlSearchParams::new_with_str(&search).ok();
        let value = |name| query.as_ref().and_then(|query| query.get(name));
        let again = matches!(value("reason").as_deref(), Some("prompt_login" | "max_age"));
        Self { return_to: value("return_to"), login_hint: value("login_hint"), again }
    }
}

/// What the page is doing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Idle,
    Busy,
    Refused(Refused),
}

fn page(account: Option<Account>) -> impl IntoView {
    let asked = Asked::read();
    let progress = RwSignal::new(Progress::Idle);
    let signed_in = account.as_ref().map(|account| account.email.clone());
    let signing_in = sign_in(asked.clone(), None, progress, signed_in);
    let choice = match account {
        Some(account) => {
            let this_one = if asked.again {
                sign_in(asked, Some(account.email.clone()), progress, None).into_any()
            } else {
                go_on(&account, asked, progress).into_any()
            };
            div()
                .class("countersign-form")
                .child((
                    panel(&account),
                    alert(progress),
                    this_one,
                    details().class("countersign-details").child((
                        summary().class("countersign-link").child("Use another account"),
                        signing_in,
                    )),
                ))
                .into_any()
        }
        None => div().class("countersign-form").child((alert(progress), signing_in)).into_any(),
    };
    let title = h1().class("countersign-title").attr("tabindex", "-1");
    let title = title.child(("Sign in to ", bdi().child(SITE)));
    let mark =
        span().class("countersign-mark countersign-host").attr("aria-hidden", "true").child("H");
    div().class("countersign").child((
        p().class("countersign-status")
            .attr("role", "status")
            .child(move || if progress.get() == Progress::Busy { "Signing in…" } else { "" }),
        div().class("countersign-card").child((mark, title, choice)),
    ))
}

fn panel(account: &Account) -> impl IntoView + use<> {
    let initial: String = account.name.chars().take(1).collect();
    div().class("countersign-panel").child(
        div().class("countersign-row").child((
            span()
                .class("countersign-mark countersign-face")
                .attr("aria-hidden", "true")
                .child(initial),
            div().class("countersign-main").child((
                bdi().class("countersign-strong").child(account.name.clone()),
                bdi().class("countersign-small").child(account.email.clone()),
            )),
        )),
    )
}

fn alert(progress: RwSignal<Progress>) -> impl IntoView {
    move || {
        let text = match progress.get() {
            Progress::Refused(Refused::Credentials) => "That email and password don’t match.",
            Progress::Refused(Refused::Failed) => {
                "Signing in failed. Check your connection and try again."
            }
            Progress::Idle | Progress::Busy => return None,
        };
        Some(p().class("countersign-note countersign-alarm").attr("role", "alert").child(text))
    }
}

fn go_on(account: &Account, asked: Asked, progress: RwSignal<Progress>) -> impl IntoView + use<> {
    let name = account.name.clone();
    let pressed = move |_: MouseEvent| {
        let asked = asked.clone();
        act(progress, async move { api::go_on(asked.return_to.as_deref()).await });
    };
    button()
        .class("countersign-button")
        .attr("type", "button")
        .attr("aria-disabled", move || busy(progress))
        .on(leptos::ev::click, pressed)
        .child(("Continue as ", bdi().child(name)))
}

/// The form for a password: of an account that the user names, or of the one that is signed in.
/// `beside` is the account that the page offers first, if any.
fn sign_in(
    asked: Asked,
    account: Option<String>,
    progress: RwSignal<Progress>,
    beside: Option<String>,
) -> impl IntoView {
    let (email, password) = (NodeRef::new(), NodeRef::new());
    let known = account.is_some();
    let name = account.or_else(|| asked.login_hint.clone()).unwrap_or_default();
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        let read = |field: NodeRef<leptos::html::Input>| {
            field.get_untracked().map(|it| it.value()).unwrap_or_default()
        };
        let (email, password, asked) = (read(email), read(password), asked.clone());
        act(
            progress,
            async move { api::login(&email, &password, asked.return_to.as_deref()).await },
        );
    };
    let class = if beside.is_some() {
        "countersign-button countersign-plain"
    } else {
        "countersign-button"
    };
    form().class("countersign-form").attr("method", "post").on(leptos::ev::submit, submitted).child(
        (
            // Password managers need the name, also of an account that the page shows already.
            label().class("countersign-field").attr("hidden", known.then_some("")).child((
                span().child("Email"),
                input()
                    .class("countersign-input")
                    .attr("type", "email")
                    .attr("name", "email")
                    .attr("autocomplete", "username")
                    .attr("required", "")
                    .attr("value", name)
                    .node_ref(email),
            )),
            label().class("countersign-field").child((
                span().child("Password"),
                input()
                    .class("countersign-input")
                    .attr("type", "password")
                    .attr("name", "password")
                    .attr("autocomplete", "current-password")
                    .attr("required", "")
                    .node_ref(password),
            )),
            button()
                .class(class)
                .attr("type", "submit")
                .attr("aria-disabled", move || busy(progress))
                .child("Sign in"),
            (!known).then(|| demo_accounts(email, password, beside)),
        ),
    )
}

/// The accounts of the demo but the one that is signed in. Each fills in the form. A real site has no such list.
fn demo_accounts(
    email: NodeRef<leptos::html::Input>,
    password: NodeRef<leptos::html::Input>,
    signed_in: Option<String>,
) -> impl IntoView {
    let account = |address: &'static str, about: &'static str| {
        let fill = move |_: MouseEvent| {
            for (field, value) in [(email, address), (password, PASSWORD)] {
                if let Some(field) = field.get_untracked() {
                    field.set_value(value);
                }
            }
        };
        let button = button().class("login-account").attr("type", "button");
        let button = button.on(leptos::ev::click, fill).child((
            span().class("countersign-strong").child(address),
            span().class("countersign-small").child(about),
        ));
        (signed_in.as_deref() != Some(address)).then_some(button)
    };
    let intro = ("Pick a demo account. Its password is ", bdi().child(PASSWORD), ".");
    div().class("login-accounts").child((
        p().class("countersign-small").child(intro),
        account("ada@example.com", "Ada Lovelace"),
        account("grace@example.com", "Grace Hopper"),
    ))
}

fn busy(progress: RwSignal<Progress>) -> Option<&'static str> {
    (progress.get() == Progress::Busy).then_some("true")
}

/// One call at a time; afterwards, off to where the server says.
fn act(
    progress: RwSignal<Progress>,
    call: impl Future<Output = Result<Welcome, Refused>> + 'static,
) {
    if progress.get_untracked() == Progress::Busy {
        return;
    }
    progress.set(Progress::Busy);
    spawn_local(async move {
        match call.await {
            Ok(welcome) => {
                if window().location().replace(&welcome.return_to).is_err() {
                    progress.set(Progress::Refused(Refused::Failed));
                }
            }
            Err(refused) => progress.set(Progress::Refused(refused)),
        }
    });
}

//! Runs the state machine: carries out each effect, and answers with an event that has its attempt.
//!
//! The driver owns the abort handles of everything that it starts, and aborts all of it when the
//! widget ends.

mod effects;
mod running;

use std::{any::Any, cell::RefCell, iter, rc::Rc, sync::Arc};

use countersign::{
    backend::Backend,
    flow::{self, Effect, Event, Machine, PageInfo, Step, Trusted, WidgetError, WidgetEvent},
    messages::Messages,
    protocol::{Flow, LoginHandOff, LoginPage, RawQuery, RedirectTarget},
    view::{live, screen, state_name},
};

use crate::{
    ConsentManifest, DetailRenderers, Handler, OnGesture, Options, Rendered, Translations,
    TrustedTokens,
    diagnostics::Diagnostics,
    platform::{Browser, Listener, Page, wait},
};
use running::Running;

/// A running widget.
pub(crate) struct Driver {
    page: Page,
    machine: RefCell<Option<Machine>>,
    backend: Rc<dyn Backend>,
    login: LoginPage,
    messages: RefCell<Arc<Messages>>,
    rendered: Rendered,
    manifest: Option<ConsentManifest>,
    details: Option<DetailRenderers>,
    translations: Option<Translations>,
    /// The language of the page.
    locale: Option<String>,
    running: Running,
    diagnostics: Diagnostics,
    on_event: Option<Handler<WidgetEvent>>,
    on_error: Option<Handler<WidgetError>>,
    on_login: Option<Handler<LoginHandOff>>,
    on_login_address: Option<Handler<RedirectTarget>>,
}

/// Keeps a widget running until this is dropped.
pub(crate) struct DriverHandle {
    driver: Rc<Driver>,
    _restored: Option<Listener>,
    _activated: Option<Listener>,
    _visibility: [Option<Listener>; 3],
    _tokens: Option<Box<dyn Any>>,
}

impl Drop for DriverHandle {
    fn drop(&mut self) {
        self.driver.running.stop();
    }
}

/// Starts a widget.
pub(crate) fn start(
    options: Options,
    messages: Arc<Messages>,
    rendered: Rendered,
) -> (OnGesture, Option<DriverHandle>) {
    let Some(page) = Page::new() else {
        return (Rc::new(|_| ()), None);
    };
    let Options {
        realm,
        flow,
        backend,
        login,
        trusted_token,
        get_consent_manifest: manifest,
        detail_renderers: details,
        translations,
        locale,
        site_name,
        on_event,
        on_error,
        on_login,
        on_login_address,
        connect,
        ..
    } = options;
    let backend = backend();
    let flow = match flow {
        Flow::Auto => backend.default_flow(),
        flow => flow,
    };
    let mut info = PageInfo::new(realm, flow, RawQuery::default()).framed(page.is_framed());
    info.own_hosts = iter::once(page.host()).chain(backend.host()).collect();
    info.site_name = site_name;
    let driver = Rc::new(Driver {
        page,
        machine: RefCell::new(None),
        backend,
        login,
        messages: RefCell::new(messages),
        rendered,
        manifest,
        details,
        translations,
        locale,
        running: Running::default(),
        diagnostics: Diagnostics::default(),
        on_event,
        on_error,
        on_login,
        on_login_address,
    });
    if let Some(connect) = connect {
        connect.to(&driver);
    }
    let tokens = trusted_token;
    let tokens = tokens.map(|tokens| subscribe(tokens, &driver, &mut info.trusted));
    let on_gesture = on_gesture(&driver);
    (on_gesture, Some(DriverHandle::start(driver, info, tokens)))
}

/// Sends gestures to the widget while it runs.
fn on_gesture(driver: &Rc<Driver>) -> OnGesture {
    let weak = Rc::downgrade(driver);
    Rc::new(move |gesture| {
        if let Some(driver) = weak.upgrade() {
            driver.dispatch(Event::User(gesture, driver.page.new_key()));
        }
    })
}

impl DriverHandle {
    /// Listens to the page and opens the request: in a moment, when a router that shows the page has
    /// moved to its address, or when the user opens a prerendered page.
    fn start(driver: Rc<Driver>, info: PageInfo, tokens: Option<Box<dyn Any>>) -> Self {
        let weak = Rc::downgrade(&driver);
        let restored = driver.page.on_restored(move || {
            if let Some(driver) = weak.upgrade() {
                driver.dispatch(Event::PageRestored);
            }
        });
        let weak = Rc::downgrade(&driver);
        let visibility = driver.page.on_visibility_change(move || {
            if let Some(driver) = weak.upgrade() {
                driver.rearm();
            }
        });
        let activated = if driver.page.is_prerendering() {
            let (weak, mut info) = (Rc::downgrade(&driver), Some(info));
            driver.page.on_activated(move |_| {
                if let (Some(driver), Some(info)) = (weak.upgrade(), info.take()) {
                    driver.open(info);
                }
            })
        } else {
            let opener = Rc::clone(&driver);
            let open = Box::pin(async move {
                wait(0).await;
                opener.open(info);
            });
            driver.running.spawn(None, open);
            None
        };
        Self {
            driver,
            _restored: restored,
            _activated: activated,
            _visibility: visibility,
            _tokens: tokens,
        }
    }
}

/// Sends trusted auth tokens to the machine. A token that exists already is its initial one.
fn subscribe(tokens: TrustedTokens, driver: &Rc<Driver>, first: &mut Trusted) -> Box<dyn Any> {
    let initial = Rc::new(RefCell::new(Some(Trusted::Awaited)));
    let (weak, slot) = (Rc::downgrade(driver), Rc::clone(&initial));
    let subscription = tokens.subscribe(Rc::new(move |token| {
        match (&mut *slot.borrow_mut(), token, weak.upgrade()) {
            (Some(first), Some(token), _) => *first = Trusted::Known(token),
            (None, Some(token), Some(driver)) => driver.dispatch(Event::TokenArrived(token)),
            _ => (),
        }
    }));
    *first = initial.take().unwrap_or_default();
    subscription
}

impl Driver {
    fn open(self: &Rc<Self>, mut info: PageInfo) {
        info.query = self.page.query();
        let chosen = self.translations.as_ref();
        info.language = chosen.and_then(|it| it.choose(self.locale.as_deref(), &info.query));
        self.apply(flow::open(info));
        if !self.page.is_visible() {
            self.rearm();
        }
    }

    /// Tells the machine whether the page is visible and focused; a decision counts a moment later.
    fn rearm(self: &Rc<Self>) {
        self.dispatch(Event::VisibilityChanged(self.page.is_visible()));
    }

    pub(crate) fn dispatch(self: &Rc<Self>, event: Event) {
        let machine = self.machine.borrow_mut().take();
        if let Some(machine) = machine {
            self.apply(flow::step(machine, event));
        }
    }

    /// Shows the new state and carries out the effects.
    fn apply(self: &Rc<Self>, step: Step) {
        let Step { machine, effects } = step;
        self.show(&machine, false);
        self.running.keep(machine.attempt());
        *self.machine.borrow_mut() = Some(machine);
        for effect in effects {
            self.perform(effect);
        }
    }

    /// Updates the current screen, or shows a new one. `rebuild` shows the current one again.
    fn show(&self, machine: &Machine, rebuild: bool) {
        let messages = self.messages.borrow();
        let screen_id = machine.screen_id();
        let texts = rebuild.then(|| Arc::clone(&messages));
        let screen = (rebuild || !self.rendered.is_at(screen_id)).then(|| {
            let mut screen = screen(machine, &messages, &Browser);
            if let Some(manifest) = &self.manifest {
                manifest.reword(&mut screen, messages.language());
            }
            if let Some(details) = &self.details {
                details.reword(&mut screen, messages.language());
            }
            screen
        });
        let live = live(machine, &messages);
        self.rendered.show(state_name(machine), screen, live, screen_id, texts);
    }

    /// Changes the texts and keeps the language.
    pub(crate) fn set_messages(self: &Rc<Self>, messages: Messages) {
        self.replace_messages(|current| messages.in_language_of(current));
        // Other texts may move the buttons.
        self.rearm();
    }

    fn replace_messages(&self, messages: impl FnOnce(&Messages) -> Messages) {
        let messages = Arc::new(messages(&self.messages.borrow()));
        *self.messages.borrow_mut() = messages;
        if let Some(machine) = self.machine.borrow().as_ref() {
            self.show(machine, true);
        }
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        self.diagnostics.watch(&effect);
        match effect {
            Effect::Start { attempt, request } => {
                self.respond(attempt, self.backend.start(request))
            }
            Effect::Submit { attempt, request } => {
                self.respond(attempt, self.backend.submit(request))
            }
            Effect::LogoutStart { attempt, request } => {
                self.respond_to_logout(attempt, self.backend.logout_start(request))
            }
            Effect::LogoutSubmit { attempt, request } => {
                self.respond_to_logout(attempt, self.backend.logout_submit(request))
            }
            Effect::Attest { attempt, token } => self.attest(attempt, self.backend.attest(token)),
            Effect::ReplaceUrl(transaction) => self.replace_url(&transaction),
            Effect::Navigate(target) => self.page.leave(&target),
            // If the browser refuses, the page stays, and the timer of the navigation reports it.
            Effect::Post { action, fields } => self.rendered.post(&action, &fields),
            Effect::ShowUnseen => self.rendered.show_unseen(),
            Effect::GoToLogin(hand_off) => self.go_to_login(hand_off),
            Effect::Wait { attempt, timer } => self.wait(attempt, timer),
            Effect::LoadMessages(language) => self.load_messages(language),
            Effect::ReportEvent(event) => report(&self.on_event, event),
            Effect::ReportError(error) => report(&self.on_error, error),
            // A later version of the core may have more effects; this driver does not need them.
            _ => (),
        }
    }
}

fn report<T>(handler: &Option<Handler<T>>, value: T) {
    if let Some(handler) = handler {
        handler.call(value);
    }
}

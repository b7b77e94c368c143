//! Runs the machine: each effect in one function, each answer as an event with its attempt.
//!
//! The driver keeps no reactive owner and spawns unscoped; it owns the handles of everything that is under way, and gives
//! all of it up when the widget goes.

mod effects;
mod running;

use std::{any::Any, cell::RefCell, rc::Rc, sync::Arc};

use countersign::{
    backend::Backend,
    flow::{
        self, Effect, Event, Languages, Machine, PageInfo, Step, Trusted, WidgetError, WidgetEvent,
    },
    messages::Messages,
    protocol::{Flow, LoginHandOff, LoginPage, RedirectTarget},
    view::{live, screen, state_name},
};

use crate::{
    ConsentManifest, DetailRenderer, Translations, TrustedTokens,
    options::{Handler, Options},
    platform::{Browser, Listener, Page},
    view::{OnGesture, Rendered},
};
use running::Running;

/// One widget at work.
pub(crate) struct Driver {
    page: Page,
    machine: RefCell<Option<Machine>>,
    backend: Rc<dyn Backend>,
    login: LoginPage,
    messages: RefCell<Arc<Messages>>,
    shown: Rendered,
    manifest: Option<ConsentManifest>,
    details: Option<DetailRenderer>,
    translations: Option<Translations>,
    running: Running,
    on_event: Option<Handler<WidgetEvent>>,
    on_error: Option<Handler<WidgetError>>,
    on_login: Option<Handler<LoginHandOff>>,
    on_login_page: Option<Handler<RedirectTarget>>,
}

/// Keeps a widget at work, and ends it when the widget goes.
pub(crate) struct DriverHandle {
    driver: Rc<Driver>,
    _restored: Option<Listener>,
    _activated: Option<Listener>,
    _seen: [Option<Listener>; 2],
    _tokens: Option<Box<dyn Any>>,
}

impl Drop for DriverHandle {
    fn drop(&mut self) {
        self.driver.running.stop();
    }
}

/// Starts a widget; the outline is on the page already.
pub(crate) fn start(
    options: Options,
    messages: Arc<Messages>,
    shown: Rendered,
) -> (OnGesture, Option<DriverHandle>) {
    let Some(page) = Page::new() else {
        return (Rc::new(|_| ()), None);
    };
    let Options {
        realm,
        flow,
        backend,
        login,
        trusted,
        manifest,
        details,
        translations,
        locale,
        site,
        on_event,
        on_error,
        on_login,
        on_login_page,
        connect,
        ..
    } = options;
    let backend = backend();
    let languages = translations.as_ref().map(|_| Languages {
        host: locale,
        browser: page.languages(),
    });
    let flow = match flow {
        Flow::Auto => backend.default_flow(),
        flow => flow,
    };
    let mut info = PageInfo::new(realm, flow, page.query()).framed(page.is_framed());
    info.languages = languages;
    info.own_hosts = backend.host().into_iter().chain([page.host()]).collect();
    info.site_name = site;
    let driver = Rc::new(Driver {
        page,
        machine: RefCell::new(None),
        backend,
        login,
        messages: RefCell::new(messages),
        shown,
        manifest,
        details,
        translations,
        running: Running::default(),
        on_event,
        on_error,
        on_login,
        on_login_page,
    });
    if let Some(connect) = connect {
        connect.to(&driver);
    }
    let tokens = trusted.map(|tokens| follow(tokens, &driver, &mut info.trusted));
    let on_gesture = on_gesture(&driver);
    (on_gesture, Some(DriverHandle::begin(driver, info, tokens)))
}

/// Gestures reach the widget while it is mounted.
fn on_gesture(driver: &Rc<Driver>) -> OnGesture {
    let weak = Rc::downgrade(driver);
    Rc::new(move |gesture| {
        if let Some(driver) = weak.upgrade() {
            driver.dispatch(Event::User(gesture, driver.page.new_key()));
        }
    })
}

impl DriverHandle {
    /// Listens to the page, and opens the request: at once, or as soon as somebody looks at a page that was made ahead.
    fn begin(driver: Rc<Driver>, info: PageInfo, tokens: Option<Box<dyn Any>>) -> Self {
        let weak = Rc::downgrade(&driver);
        let restored = driver.page.on_restored(move || {
            if let Some(driver) = weak.upgrade() {
                driver.dispatch(Event::PageRestored);
            }
        });
        let weak = Rc::downgrade(&driver);
        let seen = driver.page.on_seen(move || {
            if let Some(driver) = weak.upgrade() {
                driver.see();
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
            let open = Box::pin(async move { opener.open(info) });
            driver.running.spawn(None, open);
            None
        };
        Self {
            driver,
            _restored: restored,
            _activated: activated,
            _seen: seen,
            _tokens: tokens,
        }
    }
}

/// Has the machine told of every trusted auth token. The first one it learns as it opens.
fn follow(tokens: TrustedTokens, driver: &Rc<Driver>, first: &mut Trusted) -> Box<dyn Any> {
    let opening = Rc::new(RefCell::new(Some(Trusted::Awaited)));
    let (weak, begun) = (Rc::downgrade(driver), Rc::clone(&opening));
    let following = tokens.follow(Rc::new(move |token| {
        match (&mut *begun.borrow_mut(), token, weak.upgrade()) {
            (Some(first), Some(token), _) => *first = Trusted::Known(token),
            (None, Some(token), Some(driver)) => driver.dispatch(Event::TokenArrived(token)),
            _ => (),
        }
    }));
    *first = opening.take().unwrap_or_default();
    following
}

impl Driver {
    fn open(self: &Rc<Self>, info: PageInfo) {
        self.take(flow::open(info));
        if !self.page.is_visible() {
            self.see();
        }
    }

    fn see(self: &Rc<Self>) {
        self.dispatch(Event::VisibilityChanged(self.page.is_visible()));
    }

    pub(crate) fn dispatch(self: &Rc<Self>, event: Event) {
        let machine = self.machine.borrow_mut().take();
        if let Some(machine) = machine {
            self.take(flow::step(machine, event));
        }
    }

    /// Shows where the machine stands now, and does what it asks for.
    fn take(self: &Rc<Self>, step: Step) {
        let Step { machine, effects } = step;
        self.show(&machine, false);
        self.running.keep(machine.attempt());
        *self.machine.borrow_mut() = Some(machine);
        for effect in effects {
            self.run(effect);
        }
    }

    /// As long as the screen stays, only what changes on it is shown; `rebuild` builds the screen again.
    fn show(&self, machine: &Machine, rebuild: bool) {
        let messages = self.messages.borrow();
        let screen_id = machine.screen_id();
        let texts = rebuild.then(|| Arc::clone(&messages));
        let screen = (rebuild || !self.shown.is_at(screen_id)).then(|| {
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
        self.shown
            .show(state_name(machine), screen, live, screen_id, texts);
    }

    /// Says from now on what it says in these texts, in the language it speaks.
    pub(crate) fn set_messages(&self, messages: Messages) {
        self.say(|spoken| messages.in_language_of(spoken));
    }

    fn say(&self, texts: impl FnOnce(&Messages) -> Messages) {
        let messages = Arc::new(texts(&self.messages.borrow()));
        *self.messages.borrow_mut() = messages;
        if let Some(machine) = self.machine.borrow().as_ref() {
            self.show(machine, true);
        }
    }

    fn run(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Start { attempt, request } => self.answer(attempt, self.backend.start(request)),
            Effect::Submit { attempt, request } => {
                self.answer(attempt, self.backend.submit(request))
            }
            Effect::LogoutStart { attempt, request } => {
                self.answer_logout(attempt, self.backend.logout_start(request))
            }
            Effect::LogoutSubmit { attempt, request } => {
                self.answer_logout(attempt, self.backend.logout_submit(request))
            }
            Effect::Attest { attempt, token } => self.attest(attempt, self.backend.attest(token)),
            Effect::ReplaceUrl(transaction) => self.replace_url(&transaction),
            Effect::Navigate(target) => self.page.leave(&target),
            Effect::GoToLogin(hand_off) => self.go_to_login(hand_off),
            Effect::Wait { attempt, timer } => self.wait(attempt, timer),
            Effect::LoadMessages(language) => self.load_messages(language),
            Effect::ReportEvent(event) => report(&self.on_event, event),
            Effect::ReportError(error) => report(&self.on_error, error),
            // The enum may grow with the core; an effect this driver does not know is none it was built for.
            _ => (),
        }
    }
}

fn report<T>(handler: &Option<Handler<T>>, what: T) {
    if let Some(handler) = handler {
        handler.call(what);
    }
}

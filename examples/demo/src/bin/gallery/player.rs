//! Plays a scene with the widget's own machine and views, a memory backend and no clock. It never
//! navigates: the frame says where the page would go.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use countersign_web::{
    Browser, Rendered,
    countersign::{
        backend::{Backend, BackendFuture, memory::MemoryBackend},
        flow::{self, Effect, Event, Gesture, Machine, Step, Timer},
        messages::Messages,
        protocol::IdempotencyKey,
        view::{self, Screen, View},
    },
};
use futures_util::FutureExt;

use super::{
    script::{Rest, Script},
    words,
};

/// A scene at play.
pub(crate) struct Player {
    machine: RefCell<Option<Machine>>,
    backend: MemoryBackend,
    rest: Rest,
    messages: Arc<Messages>,
    words: bool,
    rendered: RefCell<Option<Rendered>>,
    /// OnToken where the page would go.
    leaves: Box<dyn Fn(&str)>,
}

impl Player {
    /// Plays a scene up to where it stands, and shows it.
    pub(crate) fn play(
        script: Script,
        messages: Messages,
        leaves: impl Fn(&str) + 'static,
    ) -> (Rc<Self>, Rendered) {
        let messages = Arc::new(messages);
        let player = Rc::new(Self {
            machine: RefCell::new(None),
            backend: script.backend,
            rest: script.rest,
            messages: Arc::clone(&messages),
            words: script.words,
            rendered: RefCell::new(None),
            leaves: Box::new(leaves),
        });
        player.take(flow::open(script.page));
        for act in &script.acts {
            player.act(act);
        }
        let rendered = Rendered::new(player.view(), messages);
        // The view is on this screen already: what comes into view must not build it again.
        if let Some(machine) = &*player.machine.borrow() {
            let live = view::live(machine, &player.messages);
            rendered.show(view::state_name(machine), None, live, machine.screen_id(), None);
        }
        *player.rendered.borrow_mut() = Some(rendered.clone());
        (player, rendered)
    }

    /// The user does something.
    pub(crate) fn gesture(&self, gesture: Gesture) {
        self.dispatch(|_| Event::User(gesture, key()));
        let (rendered, machine) = (self.rendered.borrow(), self.machine.borrow());
        if let (Some(rendered), Some(machine)) = (&*rendered, &*machine) {
            let id = machine.screen_id();
            let screen = (!rendered.is_at(id)).then(|| self.screen(machine));
            let live = view::live(machine, &self.messages);
            rendered.show(view::state_name(machine), screen, live, id, None);
        }
    }

    fn screen(&self, machine: &Machine) -> Screen {
        let mut screen = view::screen(machine, &self.messages, &Browser);
        if self.words {
            words::put(&mut screen);
        }
        screen
    }

    fn view(&self) -> View {
        match &*self.machine.borrow() {
            Some(machine) => {
                View { screen: self.screen(machine), ..View::of(machine, &self.messages, &Browser) }
            }
            None => View::outline(&self.messages),
        }
    }

    fn act(&self, act: &str) {
        let gesture = |gesture| move |_: &Machine| Event::User(gesture, key());
        match act {
            "allow" => self.dispatch(gesture(Gesture::Allow)),
            "deny" => self.dispatch(gesture(Gesture::Deny)),
            "sign-out" => self.dispatch(gesture(Gesture::SignOut)),
            "stay" => self.dispatch(gesture(Gesture::Stay)),
            "switch-account" => self.dispatch(gesture(Gesture::SwitchAccount)),
            "wait" => {
                for timer in [Timer::Navigation, Timer::HandOver] {
                    self.dispatch(|machine| Event::TimedOut(machine.attempt(), timer));
                }
            }
            toggle => {
                let place = toggle.rsplit(' ').next().and_then(|it| it.parse().ok());
                self.dispatch(gesture(Gesture::ScopeToggled(place.unwrap_or_default())));
            }
        }
    }

    fn dispatch(&self, event: impl FnOnce(&Machine) -> Event) {
        let machine = self.machine.borrow_mut().take();
        if let Some(machine) = machine {
            let event = event(&machine);
            self.take(flow::step(machine, event));
        }
    }

    /// Does at once what a step asks for.
    fn take(&self, Step { machine, effects }: Step) {
        *self.machine.borrow_mut() = Some(machine);
        for effect in effects {
            let event = match effect {
                Effect::Start { attempt, request } => {
                    let mut backend = self.backend.clone();
                    if let Some(organization) = &request.organization {
                        backend = backend.then(self.rest.chosen(organization.as_str()));
                    }
                    now(backend.start(request))
                        .map(|answer| Event::AuthorizeResponse(attempt, answer))
                }
                Effect::Submit { attempt, request } => {
                    // The scene's own answer comes first, where it has one.
                    let rest = self.rest.decided(request.decision);
                    let backend = self.backend.clone().then(rest);
                    now(backend.submit(request))
                        .map(|answer| Event::AuthorizeResponse(attempt, answer))
                }
                Effect::LogoutStart { attempt, request } => now(self.backend.logout_start(request))
                    .map(|answer| Event::LogoutResponse(attempt, answer)),
                Effect::LogoutSubmit { attempt, request } => {
                    let rest = Rest::signed_out(request.decision);
                    let backend = self.backend.clone().then_logout(rest);
                    now(backend.logout_submit(request))
                        .map(|answer| Event::LogoutResponse(attempt, answer))
                }
                Effect::Attest { attempt, token } => now(self.backend.attest(token))
                    .map(|answer| Event::AttestResponse(attempt, answer)),
                // Nobody waits here for a button to count.
                Effect::Wait { attempt, timer: timer @ Timer::Arming(_) } => {
                    self.dispatch(|_| Event::User(Gesture::CardSeen, key()));
                    Some(Event::TimedOut(attempt, timer))
                }
                Effect::Navigate(target) => {
                    (self.leaves)(target.host());
                    None
                }
                Effect::GoToLogin(_) => {
                    (self.leaves)("the login page");
                    None
                }
                _ => None,
            };
            if let Some(event) = event {
                self.dispatch(|_| event);
            }
        }
    }
}

/// A memory backend's answer, which is there at once or never comes.
fn now<T>(
    call: BackendFuture<T>,
) -> Option<Result<T, countersign_web::countersign::backend::BackendError>> {
    call.now_or_never()
}

/// One key for all: a scene takes one decision.
fn key() -> IdempotencyKey {
    IdempotencyKey::new("gallery")
}

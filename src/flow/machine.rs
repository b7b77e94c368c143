//! The machine: its first step, and the dispatch of events to handlers.

use super::{
    Attempt, Effect, Event, Gesture, Guard, PageInfo, Question, State, Timer, Transition,
    context::{self, Context},
    handlers::{arming, attest, decide, failure, login, logout, redirect, start, timers},
    transition::ScreenChange,
};
use crate::{
    backend::{BackendError, LogoutDecision, LogoutOutcome, Outcome, StartRequest},
    consent::Client,
    protocol::{Flow, IdempotencyKey, RawQuery, RequestError, RequestRef},
};

/// The machine: the state, and the context of all states.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    context: Context,
    state: State,
}

/// The result of an event: the new machine, and the effects.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The machine.
    pub machine: Machine,
    /// The effects, in order.
    pub effects: Vec<Effect>,
}

impl Machine {
    /// The state of the flow.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The number of the screen. While it stays the same, [`crate::view::screen`] stays the same
    /// too, and only [`crate::view::live`] changes. A renderer need not build or compare the screen
    /// again.
    #[must_use]
    pub const fn screen_id(&self) -> u32 {
        self.context.screen_id
    }

    /// The attempt number of a current response.
    #[must_use]
    pub const fn attempt(&self) -> Attempt {
        self.context.attempt
    }

    /// When a press of a decision counts.
    #[must_use]
    pub const fn guard(&self) -> Guard {
        self.context.guard
    }

    /// The name of the site, as the backend or the page gives it.
    pub(crate) fn site_name(&self) -> Option<&str> {
        self.context.site_name.as_deref()
    }

    /// The client that the backend named last.
    pub(crate) fn client(&self) -> Option<&Client> {
        self.context.client.as_deref()
    }

    /// The page's own host, with its port.
    pub(crate) fn own_host(&self) -> &str {
        self.context.own_hosts.first().map_or("", String::as_str)
    }

    /// `true` while a translation is loading; views render the skeleton without text.
    #[must_use]
    pub const fn is_loading_messages(&self) -> bool {
        self.context.loading_messages
    }
}

fn finish(mut context: Context, transition: Transition) -> Step {
    let Transition { state, screen, effects } = transition;
    if screen == ScreenChange::New {
        context.screen_id = context.screen_id.wrapping_add(1);
    }
    Step { machine: Machine { context, state }, effects }
}

/// The first step: reads the request and asks the backend.
#[must_use]
pub fn open(page: PageInfo) -> Step {
    let mut context = Context::new(&page);
    // A page in a frame shows no texts.
    let language = page.language.filter(|_| !page.framed);
    context.loading_messages = language.is_some();
    let transition = if page.framed {
        Transition::new_screen(State::Framed)
    } else {
        ask_first(&mut context, page).unwrap_or_else(context::unusable)
    };
    let load = language.map(Effect::LoadMessages);
    finish(context, transition.with(load))
}

fn ask_first(context: &mut Context, page: PageInfo) -> Result<Transition, RequestError> {
    if page.flow() == Flow::Logout {
        // What cannot be read proves nothing: the backend asks the user (RP-Initiated Logout section
        // 4), who would otherwise stay signed in.
        let query = if page.query.parse().is_ok() { page.query } else { RawQuery::default() };
        return Ok(context.ask(Question::Logout(query), None));
    }
    let request = RequestRef::read(page.query)?;
    if let RequestRef::Query(query) = &request {
        context.login_hint = query.login_hint();
    }
    let first =
        page.trusted.question(StartRequest { realm: context.realm, request, organization: None });
    Ok(context.ask(first, None).with([start::STARTED]))
}

/// One step. It is total: an event that does not fit the state changes nothing.
///
/// ```
/// use countersign::{flow::{self, Event, Gesture, Machine}, protocol::IdempotencyKey};
///
/// /// The user tries again: the step has the next machine, and the driver's effects.
/// fn retry(machine: Machine) -> flow::Step {
///     let key = IdempotencyKey::new("one a gesture");
///     flow::step(machine, Event::User(Gesture::Retry, key))
/// }
/// ```
#[must_use]
pub fn step(machine: Machine, event: Event) -> Step {
    let Machine { mut context, state } = machine;
    let transition = if is_stale(&context, &event) {
        Transition::same_screen(state)
    } else {
        handle(&mut context, state, event)
    };
    finish(context, transition)
}

/// A response or timer of an earlier attempt, or input before the first render.
fn is_stale(context: &Context, event: &Event) -> bool {
    match event {
        Event::AuthorizeResponse(attempt, _)
        | Event::LogoutResponse(attempt, _)
        | Event::AttestResponse(attempt, _)
        | Event::TimedOut(attempt, _) => *attempt != context.attempt,
        Event::User(..) => context.loading_messages,
        _ => false,
    }
}

fn handle(context: &mut Context, state: State, event: Event) -> Transition {
    match event {
        Event::AuthorizeResponse(_, response) => on_authorize_response(context, state, response),
        Event::LogoutResponse(_, response) => on_logout_response(context, state, response),
        Event::AttestResponse(_, response) => match (state, response) {
            (State::Attesting, Ok(())) => attest::on_session(context),
            (State::Attesting, Err(error)) => {
                failure::call_failed(context, State::Attesting, error)
            }
            (other, _) => Transition::same_screen(other),
        },
        Event::TokenArrived(token) => attest::on_token(context, state, token),
        Event::TimedOut(_, Timer::Response) => failure::no_response(context, state),
        Event::TimedOut(_, timer) => timers::on_timeout(context, state, timer),
        Event::HandOffFailed(error) => login::on_hand_off_failed(context, state, error),
        Event::PageRestored => timers::on_page_restored(context, state),
        Event::MessagesSettled => arming::on_messages_settled(context, state),
        Event::VisibilityChanged(visible) => arming::on_visibility_change(context, state, visible),
        Event::User(gesture, key) => on_gesture(context, state, gesture, key),
    }
}

/// The response to `start` or `submit`.
fn on_authorize_response(
    context: &mut Context,
    state: State,
    response: Result<Outcome, BackendError>,
) -> Transition {
    let expected = match &state {
        State::Starting(_) => matches!(context.question, Some(Question::Start(_))),
        State::Submitting(_) => true,
        _ => false,
    };
    if !expected {
        return Transition::same_screen(state);
    }
    if response.is_ok() && matches!(state, State::Submitting(_)) {
        context.unanswered = None;
    }
    match response {
        Ok(Outcome::Consent(request)) => start::on_consent(context, state, *request),
        Ok(Outcome::Redirect(address)) => redirect::on_redirect(context, &state, address, None),
        Ok(Outcome::Post(form)) => {
            redirect::on_redirect(context, &state, form.action, Some(form.fields))
        }
        Ok(Outcome::Login(login)) => login::on_login_required(context, login, state.way_back()),
        Ok(Outcome::Error(error)) => failure::request_refused(error),
        Ok(Outcome::Unusable(error)) => context::unusable(error),
        Err(error) => failure::call_failed(context, state, error),
    }
}

/// The response to a logout call.
fn on_logout_response(
    context: &mut Context,
    state: State,
    response: Result<LogoutOutcome, BackendError>,
) -> Transition {
    let expected = match &state {
        State::Starting(_) => matches!(context.question, Some(Question::Logout(_))),
        State::SigningOut(_) => true,
        _ => false,
    };
    if !expected {
        return Transition::same_screen(state);
    }
    match response {
        Ok(LogoutOutcome::Confirm(confirmation)) => logout::on_confirm(context, confirmation),
        Ok(LogoutOutcome::Redirect(address)) => {
            redirect::on_redirect(context, &state, address, None)
        }
        Ok(LogoutOutcome::SignedOut) => logout::on_signed_out(),
        Ok(LogoutOutcome::Stayed) => Transition::new_screen(State::KeptSignedIn),
        Ok(LogoutOutcome::Unsupported) => Transition::new_screen(State::LogoutUnsupported),
        Ok(LogoutOutcome::Error(error)) => failure::request_refused(error),
        Ok(LogoutOutcome::Unusable(error)) => context::unusable(error),
        Err(error) => failure::call_failed(context, state, error),
    }
}

fn on_gesture(
    context: &mut Context,
    mut state: State,
    gesture: Gesture,
    key: IdempotencyKey,
) -> Transition {
    match gesture {
        Gesture::Allow => decide::allow(context, state, key),
        Gesture::Deny => decide::deny(context, state, key),
        Gesture::RequestApproval => decide::request_approval(context, state, key),
        Gesture::ScopeToggled(index) => decide::toggle_scope(state, index),
        Gesture::ReadOnlyToggled => decide::toggle_read_only(state),
        Gesture::RememberToggled => decide::toggle_remember(state),
        Gesture::OrganizationChosen(id) => decide::choose_organization(context, state, id),
        Gesture::Retry => failure::retry(context, state),
        Gesture::SignIn => login::sign_in(context, state),
        Gesture::SwitchAccount => match redirect::switch_address(&mut state) {
            Some(address) => redirect::on_redirect(context, &state, address, None),
            None => login::switch_account(context, state),
        },
        Gesture::CardSeen => arming::on_card_seen(context, state),
        Gesture::OpenAgain => redirect::open_again(context, state),
        Gesture::SignOut => logout::decide(context, state, LogoutDecision::SignOut),
        Gesture::Stay => logout::decide(context, state, LogoutDecision::Stay),
    }
}

//! Properties of any sequence of events with any backend.

use std::collections::HashSet;

use countersign::{
    backend::{Decision, SubmitRequest},
    flow::{self, Effect, Event, Machine, PageInfo, State, Step, Timer},
    messages::Messages,
    platform::native::Native,
    protocol::Scope,
    view::{Action, Body, View},
};
use proptest::{prelude::*, test_runner::TestCaseResult};

use super::events::{self, Act, Asked};
use crate::strategies;
use crate::testing::{
    next_step::{NextStep, next_step},
    texts,
    views::scopes_of,
};

pub(super) fn view(machine: &Machine) -> View {
    View::of(machine, &Messages::default(), &Native)
}

/// Runs the acts, and calls `look` for each step with the view before it, the event (none for the
/// first step) and the step.
pub(super) fn play(
    page: PageInfo,
    acts: &[Act],
    mut look: impl FnMut(&View, Option<&Event>, &Step) -> TestCaseResult,
) -> TestCaseResult {
    let mut step = flow::open(page);
    let mut asked = Asked::default();
    note(&mut asked, &step.effects);
    look(&view(&step.machine), None, &step)?;
    for act in acts {
        for event in act.events(&asked) {
            let before = view(&step.machine);
            step = flow::step(step.machine, event.clone());
            note(&mut asked, &step.effects);
            look(&before, Some(&event), &step)?;
        }
    }
    Ok(())
}

fn note(asked: &mut Asked, effects: &[Effect]) {
    for effect in effects {
        match effect {
            Effect::Start { attempt, .. }
            | Effect::Submit { attempt, .. }
            | Effect::LogoutStart { attempt, .. }
            | Effect::LogoutSubmit { attempt, .. }
            | Effect::Attest { attempt, .. } => asked.attempts.push(*attempt),
            Effect::Wait { attempt, timer } => asked.timers.push((*attempt, *timer)),
            _ => {}
        }
    }
}

pub(super) fn submitted(step: &Step) -> Option<&SubmitRequest> {
    step.effects.iter().find_map(|effect| match effect {
        Effect::Submit { request, .. } => Some(request),
        _ => None,
    })
}

/// The ticked scopes of a view, by their index in the request of the step.
fn ticked_on(before: &View, step: &Step) -> Option<Vec<Scope>> {
    let Body::Consent(card) = &before.screen.body else {
        return None;
    };
    let State::Submitting(submitting) = step.machine.state() else {
        return None;
    };
    let flow::SubmittedFrom::Consent(consent) = &submitting.from else {
        return None;
    };
    let ticked = scopes_of(card)
        .into_iter()
        .filter(|item| before.live.ticked.get(item.index) == Some(&true));
    ticked.map(|item| Some(consent.request.scopes.get(item.index)?.id())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_machine_redirects_only_to_checked_addresses_of_the_backend(
        page in events::page(),
        acts in events::acts(30),
    ) {
        let mut given = HashSet::new();
        play(page, &acts, |_, event, step| {
            given.extend(event.and_then(events::address_of));
            let switch = events::switch_address(&step.machine);
            given.extend(switch.map(|target| target.as_str().to_owned()));
            for effect in &step.effects {
                if let Effect::Navigate(target) | Effect::Post { action: target, .. } = effect {
                    prop_assert!(given.contains(target.as_str()), "{}", target.as_str());
                    let opened = strategies::may_be_opened(target.as_str(), false);
                    prop_assert!(opened || strategies::may_be_opened(target.as_str(), true));
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn every_view_has_a_next_step_and_every_wait_ends(
        page in events::page(),
        acts in events::acts(30),
    ) {
        let mut timers = Vec::new();
        let mut loading_messages = false;
        play(page, &acts, |_, event, step| {
            loading_messages |= step.effects.iter().any(|it| matches!(it, Effect::LoadMessages(_)));
            loading_messages &= event != Some(&Event::MessagesSettled);
            if let Some(Event::TimedOut(attempt, timer)) = event {
                timers.retain(|other| other != &(*attempt, *timer));
            }
            timers.extend(step.effects.iter().filter_map(|effect| match effect {
                Effect::Wait { attempt, timer } => Some((*attempt, *timer)),
                _ => None,
            }));
            let runs = |kinds: &[fn(&Timer) -> bool]| timers.iter().any(|(attempt, timer)| {
                *attempt == step.machine.attempt()
                    && kinds.iter().any(|kind| kind(timer))
                    && timer.milliseconds(1_799_999_000_000.0).is_some()
            });
            let view = view(&step.machine);
            prop_assert!(next_step(&view.screen).is_some(), "{:?}", step.machine.state());
            // The driver makes sure that waiting for texts ends, and the browser that a navigation does.
            let leaves = matches!(step.machine.state(), State::Redirecting(it) if it.late);
            if !loading_messages && !leaves && (next_step(&view.screen) == Some(NextStep::Waiting) || view.live.waiting) {
                let ends: &[fn(&Timer) -> bool] =
                    &[|it| matches!(it, Timer::Response | Timer::Navigation | Timer::HandOver)];
                prop_assert!(runs(ends), "{:?}", step.machine.state());
            }
            if !loading_messages && matches!(step.machine.state(), State::Failed(_)) && !view.live.can_retry {
                prop_assert!(runs(&[|it| matches!(it, Timer::RetryAfter(_))]), "{:?}", step.machine.state());
            }
            Ok(())
        })?;
    }

    #[test]
    fn no_text_of_a_view_changes_how_others_look(
        page in events::page(),
        acts in events::acts(20),
    ) {
        play(page, &acts, |_, _, step| {
            for text in texts::of(&view(&step.machine)) {
                prop_assert!(!strategies::changes_others(&text), "{:?}", text);
            }
            Ok(())
        })?;
    }

    #[test]
    fn submitted_scopes_were_shown_and_ticked(
        page in events::page(),
        acts in events::acts(30),
    ) {
        play(page, &acts, |before, _, step| {
            let Some(request) = submitted(step) else { return Ok(()) };
            match request.decision {
                Decision::Deny | Decision::RequestApproval => {
                    prop_assert!(request.scopes.is_empty() && request.authorization_details.is_empty());
                    prop_assert_eq!(request.remember, None);
                    let asks = before.screen.actions.contains(&Action::RequestApproval);
                    prop_assert!(request.decision == Decision::Deny || asks);
                }
                Decision::Allow => {
                    prop_assert!(before.screen.actions.contains(&Action::Allow));
                    let live = &before.live;
                    prop_assert!(!live.unready && !live.unseen && !live.grants_nothing);
                    let remembered = can_remember(before).then_some(before.live.remember);
                    prop_assert_eq!(request.remember, remembered);
                    prop_assert_eq!(Some(request.scopes.clone()), ticked_on(before, step));
                    prop_assert!(is_readable(before));
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_screen_stays_as_long_as_its_number(
        page in events::page(),
        acts in events::acts(30),
    ) {
        let mut last: Option<(u32, View)> = None;
        play(page, &acts, |_, _, step| {
            let now = (step.machine.screen_id(), view(&step.machine));
            if let Some((scene, before)) = &last && *scene == now.0 {
                prop_assert_eq!(&before.screen, &now.1.screen);
            }
            last = Some(now);
            Ok(())
        })?;
    }

    #[test]
    fn only_a_framed_page_is_ever_framed(
        page in events::page(),
        acts in events::acts(30),
    ) {
        let framed = page.framed;
        play(page, &acts, |_, _, step| {
            prop_assert_eq!(step.machine.state() == &State::Framed, framed);
            Ok(())
        })?;
    }

    #[test]
    fn an_event_that_does_not_fit_changes_nothing(
        page in events::page(),
        acts in events::acts(30),
    ) {
        let mut last: Option<Machine> = None;
        play(page, &acts, |_, event, step| {
            // The state shows neither whether the page is visible nor whether its texts have
            // loaded.
            let seen = matches!(event, Some(Event::VisibilityChanged(_) | Event::MessagesSettled));
            let same = last.as_ref().is_some_and(|last| {
                last.state() == step.machine.state() && last.guard() == step.machine.guard()
            });
            if let Some(last) = &last && same && !seen && step.effects.is_empty() {
                prop_assert_eq!(last, &step.machine);
            }
            last = Some(step.machine.clone());
            Ok(())
        })?;
    }
}

fn can_remember(view: &View) -> bool {
    matches!(&view.screen.body, Body::Consent(card) if card.can_remember)
}

/// Every scope that would be granted is readable.
fn is_readable(view: &View) -> bool {
    match &view.screen.body {
        Body::Consent(card) => scopes_of(card).iter().all(|item| !item.label.trim().is_empty()),
        _ => false,
    }
}

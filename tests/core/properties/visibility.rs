//! Allow counts only after the card was visible, and decisions redirect only to shown hosts.

use countersign::{
    backend::{Decision, LogoutDecision, Outcome},
    flow::{Effect, Event, Gesture, Machine, State, SubmittedFrom, Timer, WidgetEvent},
    messages::{ENGLISH, LANGUAGES},
    protocol::{AddressKind, RedirectTarget},
    view::Body,
};
use proptest::prelude::*;

use super::{
    events,
    sequences::{play, submitted, view},
};

/// The host on the card, if the response belongs to a card.
fn shown_host(machine: &Machine) -> Option<String> {
    let consent = match machine.state() {
        State::Starting(Some(consent)) => consent,
        State::Submitting(submitting) => match &submitting.from {
            SubmittedFrom::Consent(consent) => consent,
            SubmittedFrom::Login(_) => return None,
        },
        _ => return None,
    };
    let target = consent.request.redirect_uri.as_ref().ok()?;
    Some(target.host().to_owned())
}

fn answered(event: Option<&Event>) -> Option<&RedirectTarget> {
    match event {
        Some(Event::AuthorizeResponse(_, Ok(Outcome::Redirect(Ok(target))))) => Some(target),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_decision_redirects_to_the_card_s_host_own_hosts_or_intermediate_steps(
        page in events::page(),
        acts in events::acts(30),
    ) {
        let own = page.own_hosts.clone();
        let mut card: Option<String> = None;
        play(page, &acts, |_, event, step| {
            let leaves = step.effects.iter().any(|it| matches!(it, Effect::Navigate(_)));
            if let (Some(said), Some(target), true) = (&card, answered(event), leaves) {
                let own = own.iter().any(|it| it == target.host());
                prop_assert!(said == target.host() || own || target.is_intermediate(), "{}", target.host());
            }
            card = shown_host(&step.machine);
            Ok(())
        })?;
    }

    #[test]
    fn a_web_address_is_opened_only_when_its_response_arrives(
        page in events::page(),
        acts in events::acts(30),
    ) {
        let own = page.own_hosts.clone();
        let mut switch = None;
        play(page, &acts, |_, event, step| {
            let opened = step.effects.iter().find_map(|it| match it {
                Effect::Navigate(target) if target.kind() != AddressKind::App => Some(target),
                Effect::Post { action, .. } => Some(action),
                _ => None,
            });
            let answered = event.and_then(events::address_of);
            match (opened, event, switch.take()) {
                (Some(opened), Some(Event::User(Gesture::SwitchAccount, _)), switch) => {
                    prop_assert_eq!(Some(opened), switch.as_ref());
                    let is_own = own.iter().any(|it| it == opened.host());
                    prop_assert!(is_own || opened.is_intermediate(), "{}", opened.host());
                }
                (Some(opened), ..) => prop_assert_eq!(answered.as_deref(), Some(opened.as_str())),
                _ => (),
            }
            switch = events::switch_address(&step.machine);
            Ok(())
        })?;
    }

    #[test]
    fn a_form_is_posted_to_own_hosts_alone_and_only_when_its_response_arrives(
        page in events::page(),
        acts in events::acts(30),
    ) {
        let own = page.own_hosts.clone();
        play(page, &acts, |_, event, step| {
            for effect in &step.effects {
                if let Effect::Post { action, fields } = effect {
                    prop_assert!(own.iter().any(|it| it == action.host()), "{}", action.host());
                    let Some(Event::AuthorizeResponse(_, Ok(Outcome::Post(form)))) = event else {
                        return Err(TestCaseError::fail("a form without a response"));
                    };
                    prop_assert_eq!(&form.fields, fields);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn what_gives_something_away_counts_only_after_a_moment_and_allow_after_all_was_in_view(
        page in events::page(),
        acts in events::acts(30),
    ) {
        let (mut begun, mut passed, mut seen) = (None, false, false);
        play(page, &acts, |_, event, step| {
            match event {
                Some(Event::VisibilityChanged(_)) => (begun, passed) = (None, false),
                Some(Event::TimedOut(attempt, timer)) if begun == Some((*attempt, *timer)) => passed = true,
                Some(Event::User(Gesture::CardSeen, _)) => seen = true,
                _ => {}
            }
            let decision = submitted(step).map(|it| it.decision);
            let signs_out = step.effects.iter().any(|it| matches!(
                it,
                Effect::LogoutSubmit { request, .. } if request.decision == LogoutDecision::SignOut
            ));
            let guarded = signs_out || decision.is_some_and(|it| it != Decision::Deny);
            prop_assert!(passed || !guarded);
            prop_assert!(seen || decision != Some(Decision::Allow));
            let shown = step.effects.contains(&Effect::ReportEvent(WidgetEvent::ConsentShown));
            seen &= !shown;
            // A press that does not count starts the delay again.
            if matches!(event, Some(Event::User(Gesture::Allow, _))) && decision.is_none() && passed {
                let waits = step.effects.iter().any(|it| {
                    matches!(it, Effect::Wait { timer: Timer::Arming(_), .. })
                });
                let card = matches!(step.machine.state(), State::Consent(it) if it.grants_something());
                prop_assert!(!card || seen || waits);
            }
            for effect in &step.effects {
                if let Effect::Wait { attempt, timer: timer @ Timer::Arming(_) } = effect {
                    (begun, passed) = (Some((*attempt, *timer)), false);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn no_text_is_shown_before_the_translation_loads(
        page in events::page(),
        acts in events::acts(30),
    ) {
        let (mut first, mut loading_messages) = (true, false);
        play(page, &acts, |_, event, step| {
            let asked = step.effects.iter().filter_map(|effect| match effect {
                Effect::LoadMessages(language) => Some(*language),
                _ => None,
            });
            let asked: Vec<_> = asked.collect();
            prop_assert!(asked.len() <= usize::from(first), "asked for once, at the beginning");
            prop_assert!(asked.iter().all(|it| LANGUAGES.contains(it) && *it != ENGLISH));
            loading_messages |= !asked.is_empty();
            loading_messages &= event != Some(&Event::MessagesSettled);
            if loading_messages {
                let view = view(&step.machine);
                prop_assert!(view.screen.body == Body::Outline && view.screen.actions.is_empty());
                prop_assert!(submitted(step).is_none());
            }
            first = false;
            Ok(())
        })?;
    }

    #[test]
    fn only_a_safe_redirect_is_reported(
        page in events::page(),
        acts in events::acts(30),
    ) {
        play(page, &acts, |_, event, step| {
            let leaving = [WidgetEvent::Redirecting, WidgetEvent::Denied].map(Effect::ReportEvent);
            let told = step.effects.iter().any(|it| leaving.contains(it));
            let leaves = step.effects.iter().any(|it| matches!(it, Effect::Navigate(_) | Effect::Post { .. }));
            let switches = matches!(event, Some(Event::User(Gesture::SwitchAccount, _)));
            prop_assert_eq!(told, leaves && !switches);
            Ok(())
        })?;
    }
}

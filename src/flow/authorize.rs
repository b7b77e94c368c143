//! Start, card, redirect: the way of a request up to the card and away from it.

use std::mem;

use super::{
    Arming, Consent, Effect, Invalid, Machine, Notice, Redirecting, State, SubmittedFrom, Timer,
    login,
    machine::{Effects, unusable},
    state::Question,
    trouble,
};
use crate::{
    backend::{BackendError, Decision, ErrorAnswer, Opening, Outcome, StartRequest},
    consent::ConsentRequest,
    protocol::{Address, AddressKind, OrganizationId, Realm, TransactionId, UnsafeAddress},
};

/// The answer to `start` or `submit`.
pub(super) fn answered(machine: &mut Machine, answer: Result<Outcome, BackendError>) -> Effects {
    let expected = match machine.state {
        State::Starting(_) => matches!(machine.question, Some(Question::Start(_))),
        State::Submitting(_) => true,
        _ => false,
    };
    if !expected {
        return Vec::new();
    }
    if answer.is_ok() && matches!(machine.state, State::Submitting(_)) {
        machine.unanswered = None;
    }
    match answer {
        Ok(Outcome::Consent(asked)) => consent(machine, *asked),
        Ok(Outcome::Redirect(address)) => redirect(machine, address),
        Ok(Outcome::Login(login)) => login::required(machine, login),
        Ok(Outcome::Error(error)) => refused(machine, error),
        Ok(Outcome::Unusable(error)) => unusable(machine, error),
        Err(error) => trouble::failed(machine, error),
    }
}

fn consent(machine: &mut Machine, mut asked: ConsentRequest) -> Effects {
    asked.site = asked.site.or_else(|| machine.site.clone());
    if let Err(unsafe_address) = asked.redirect_uri {
        return refuse_address(machine, unsafe_address);
    }
    let organization = asked.organization.as_ref();
    let organization = organization.map(|it| it.organization_id.clone());
    let replace = asked
        .transaction
        .as_ref()
        .map(|transaction| remember(machine, transaction, organization));
    // What the user unticked stays so where the same is asked again.
    let (selection, remember) = card_before(&machine.state)
        .filter(|before| before.asked.scopes == asked.scopes)
        .map_or_else(Default::default, |before| {
            (before.selection.clone(), before.remember)
        });
    let mut shown = Consent {
        is_homeless: machine.realm == Realm::B2b
            && asked.organization.is_none()
            && asked.organizations.is_empty(),
        asked,
        selection,
        remember,
        arming: Arming::Hidden,
        trouble: None,
    };
    let waits = present(machine, &mut shown);
    let effects = replace.into_iter().chain(waits);
    let effects = effects
        .chain([Effect::Notify(Notice::ConsentShown)])
        .collect();
    machine.with(State::Consent(Box::new(shown)), effects)
}

/// A card is being shown: `allow` counts in a moment, and the transaction has an end.
pub(super) fn present(machine: &mut Machine, shown: &mut Consent) -> Effects {
    let expiry = Effect::Wait {
        attempt: machine.attempt,
        timer: Timer::Expiry(shown.asked.expires_at),
    };
    let arming = arm(machine, shown);
    [expiry].into_iter().chain(arming).collect()
}

/// Begins the moment before `allow` counts, if the page is in view and has words.
fn arm(machine: &mut Machine, shown: &mut Consent) -> Option<Effect> {
    if !machine.visible || machine.speechless {
        shown.arming = Arming::Hidden;
        return None;
    }
    machine.armings = machine.armings.wrapping_add(1);
    shown.arming = Arming::Waiting(machine.armings);
    Some(Effect::Wait {
        attempt: machine.attempt,
        timer: Timer::Arming(machine.armings),
    })
}

/// The page went out of view, or came back.
pub(super) fn seen(machine: &mut Machine, visible: bool) -> Effects {
    machine.visible = visible;
    let state = machine.take();
    look(machine, state)
}

/// From now on it is said in the texts that there are.
pub(super) fn settled(machine: &mut Machine) -> Effects {
    if !mem::take(&mut machine.speechless) {
        return Vec::new();
    }
    machine.scene = machine.scene.wrapping_add(1);
    let state = machine.take();
    look(machine, state)
}

/// A card is looked at anew.
fn look(machine: &mut Machine, mut state: State) -> Effects {
    let arming = match &mut state {
        State::Consent(shown) => arm(machine, shown),
        _ => None,
    };
    machine.keep(state, arming.into_iter().collect())
}

/// From now on the request is asked for by its transaction, by a reload as well.
pub(super) fn remember(
    machine: &mut Machine,
    transaction: &TransactionId,
    organization: Option<OrganizationId>,
) -> Effect {
    let opening = Opening::Transaction {
        transaction: transaction.clone(),
        organization,
    };
    machine.question = Some(Question::Start(StartRequest {
        realm: machine.realm,
        opening,
    }));
    Effect::ReplaceUrl(transaction.clone())
}

fn redirect(machine: &mut Machine, address: Address) -> Effects {
    match address {
        Ok(target) => {
            let card = card_before(&machine.state);
            let leads_elsewhere = card
                .and_then(|card| card.asked.redirect_uri.as_ref().ok())
                .is_some_and(|shown| {
                    !target.is_intermediate()
                        && shown.host() != target.host()
                        && !machine.own_hosts.iter().any(|own| own == target.host())
                });
            if leads_elsewhere {
                return refuse_address(machine, UnsafeAddress::Elsewhere);
            }
            let client = card.map(|card| Box::new(card.asked.client.clone()));
            let notice = match &machine.state {
                State::Submitting(submitting) if submitting.decision() == Decision::Deny => {
                    Notice::Denied
                }
                _ => Notice::Redirecting,
            };
            leave(machine, Redirecting { target, client }, notice)
        }
        Err(unsafe_address) => refuse_address(machine, unsafe_address),
    }
}

/// Leaves the page for a checked address.
pub(super) fn leave(machine: &mut Machine, redirecting: Redirecting, notice: Notice) -> Effects {
    let attempt = machine.renumber();
    let effects = vec![
        Effect::Notify(notice),
        Effect::Wait {
            attempt,
            timer: if redirecting.target.kind_of() == AddressKind::App {
                Timer::HandOver
            } else {
                Timer::Navigation
            },
        },
        Effect::Navigate(redirecting.target.clone()),
    ];
    machine.with(State::Redirecting(redirecting), effects)
}

/// Opens the same checked address again.
pub(super) fn open_again(machine: &mut Machine) -> Effects {
    match machine.take() {
        State::Returned(redirecting) => leave(machine, redirecting, Notice::Redirecting),
        other => machine.back(other),
    }
}

/// The backend says that the request cannot be used.
pub(super) fn refused(machine: &mut Machine, error: ErrorAnswer) -> Effects {
    let notice = Notice::Failed {
        code: "request_refused",
        error: Some(error.error.clone()),
        request_id: Some(error.request_id.as_str().to_owned()),
    };
    machine.with(
        State::Invalid(Invalid::Answer(error)),
        vec![Effect::Notify(notice)],
    )
}

pub(super) fn refuse_address(machine: &mut Machine, unsafe_address: UnsafeAddress) -> Effects {
    let notice = Notice::Failed {
        code: unsafe_address.code(),
        error: None,
        request_id: None,
    };
    machine.with(
        State::UnsafeAddress(unsafe_address),
        vec![Effect::Notify(notice)],
    )
}

/// The card that an answer comes to.
fn card_before(state: &State) -> Option<&Consent> {
    match state {
        State::Starting(Some(consent)) => Some(consent),
        State::Submitting(submitting) => match &submitting.from {
            SubmittedFrom::Consent(consent) => Some(consent),
            SubmittedFrom::Login(_) => None,
        },
        _ => None,
    }
}

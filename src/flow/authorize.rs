//! Start, card, redirect: the way of a request up to the card and away from it.

use super::{
    Consent, Effect, Invalid, Machine, Notice, Redirecting, State, SubmittedFrom, Timer, login,
    machine::{Effects, unusable},
    state::Question,
    trouble,
};
use crate::{
    backend::{BackendError, Decision, ErrorAnswer, Opening, Outcome, StartRequest},
    consent::{ConsentRequest, Selection},
    protocol::{Address, OrganizationId, TransactionId, UnsafeAddress},
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

fn consent(machine: &mut Machine, asked: ConsentRequest) -> Effects {
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
    let selection = card_before(&machine.state)
        .filter(|before| before.asked.scopes == asked.scopes)
        .map_or_else(Selection::default, |before| before.selection.clone());
    let shown = Consent {
        asked,
        selection,
        trouble: None,
    };
    let wait = expiry(machine, &shown);
    let effects = replace.into_iter();
    let effects = effects
        .chain([wait, Effect::Notify(Notice::ConsentShown)])
        .collect();
    machine.with(State::Consent(Box::new(shown)), effects)
}

/// Waits for the end of the transaction that a card shows.
pub(super) const fn expiry(machine: &Machine, shown: &Consent) -> Effect {
    Effect::Wait {
        attempt: machine.attempt,
        timer: Timer::Expiry(shown.asked.expires_at),
    }
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
            let client = card_before(&machine.state)
                .map(|card| card.asked.client.display_name().as_str().to_owned());
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
            timer: Timer::Navigation,
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

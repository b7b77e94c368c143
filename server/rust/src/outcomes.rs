//! Outcomes that several calls have: errors, and how the engine ends a request.

use serde_json::Value;

use crate::{
    addresses::{FormOwner, Known, check_destination, check_form},
    client::cut,
    decisions::Outcome,
    engine::{Destination, Ending, Refused},
    error::CallError,
    finish::{FinishForm, finish_later, members_of},
    kit::{Call, Kit},
    transactions::State,
};

/// What the page posts.
const MOST_FIELDS: usize = 64;
const LONGEST_NAME: usize = 256;
const LONGEST_VALUE: usize = 8192;

/// An outcome with a name and the members that are there.
pub(crate) fn outcome<const N: usize>(name: &str, members: [(&str, Option<Value>); N]) -> Outcome {
    let first = ("outcome".to_owned(), Value::from(name));
    let there = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    std::iter::once(first).chain(there).collect()
}

/// The name of an outcome.
pub(crate) fn name_of(outcome: &Outcome) -> &str {
    outcome.get("outcome").and_then(Value::as_str).unwrap_or_default()
}

/// An error that the page shows and never redirects.
pub(crate) fn refused(error: &str, description: Option<&str>) -> Outcome {
    let error = cut(Some(error), 128).unwrap_or_else(|| "invalid_request".to_owned());
    let description = cut(description, 2048).map(Value::from);
    outcome("error", [("error", Some(error.into())), ("error_description", description)])
}

pub(crate) fn refused_by_engine(refusal: &Refused) -> Outcome {
    refused(&refusal.error, refusal.description.as_deref())
}

/// The outcome for an address with which the engine ends a request.
pub(crate) fn leave(destination: &Destination, known: Known<'_>) -> Result<Outcome, CallError> {
    let redirect = check_destination(destination, known)?;
    let flag = |flag: bool| flag.then_some(Value::Bool(true));
    Ok(outcome(
        "redirect",
        [
            ("redirect_uri", Some(destination.to.as_str().into())),
            ("native", flag(redirect.native)),
            ("intermediate", flag(redirect.intermediate)),
        ],
    ))
}

/// Whether a form has the size that the page posts.
fn is_postable(fields: &[(String, String)]) -> bool {
    let fits = |(name, value): &(String, String)| {
        (1..=LONGEST_NAME).contains(&name.encode_utf16().count())
            && value.encode_utf16().count() <= LONGEST_VALUE
    };
    fields.len() <= MOST_FIELDS && fields.iter().all(fits)
}

/// The outcome of how the engine ends a request. The page posts forms to the site alone; others go by
/// a page that is there once.
pub(crate) async fn end_with(
    kit: &Kit,
    call: &Call,
    state: &State,
    ending: &Ending,
) -> Result<Outcome, CallError> {
    let form = match ending {
        Ending::To(destination) => return leave(destination, kit.known(Some(state))),
        Ending::Form(form) => form,
    };
    let owner = check_form(form, kit.known(Some(state)))?;
    let (action, fields) = (form.action.clone(), members_of(&form.fields));
    if owner == FormOwner::Site && call.v2 && is_postable(&form.fields) {
        return Ok(outcome(
            "post",
            [("action", Some(action.into())), ("fields", Some(fields.into()))],
        ));
    }
    let form = FinishForm { action, fields, forwards: owner != FormOwner::Client };
    if call.is_page {
        return Ok(outcome("form", [("form", Some(serde_json::to_value(form)?))]));
    }
    finish_later(kit, call, &form).await
}

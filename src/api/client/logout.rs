//! `logout/start` and `logout/submit`.

use std::sync::Arc;

use super::{authorize, parties};
use crate::{
    api::writer::Object,
    backend::{LogoutOutcome, LogoutStartRequest, LogoutSubmitRequest, WireError},
    consent::LogoutConfirmation,
    platform::{Json, Platform},
    protocol::LogoutId,
};

/// The body of `logout/start`.
#[must_use]
pub fn write_logout_start(request: &LogoutStartRequest) -> String {
    Object::new().text("realm", request.realm.as_str()).text("query", request.query.as_str()).end()
}

/// The body of `logout/submit`.
#[must_use]
pub fn write_logout_submit(request: &LogoutSubmitRequest) -> String {
    Object::new()
        .text("logout", request.logout.secret())
        .text("decision", request.decision.as_str())
        .end()
}

/// Reads the response to either call.
///
/// ```
/// use countersign::{api::client, backend::LogoutOutcome, platform::native::Native};
///
/// let outcome = client::read_logout_outcome(r#"{"outcome": "signed_out"}"#, &Native, &Native);
/// assert_eq!(outcome, Ok(LogoutOutcome::SignedOut));
/// ```
///
/// # Errors
/// [`WireError`] with the path of the field.
pub fn read_logout_outcome(
    text: &str,
    json: &dyn Json,
    platform: &dyn Platform,
) -> Result<LogoutOutcome, WireError> {
    let from = super::parse(text, json)?;
    use OutcomeName::{Confirm, Error, Redirect, SignedOut, Stayed, Unsupported};
    let names = "confirm|redirect|signed_out|stayed|unsupported|error";
    let values = [Confirm, Redirect, SignedOut, Stayed, Unsupported, Error];
    let outcome = match from.one_of("outcome", names, &values, Stayed) {
        Confirm => LogoutOutcome::Confirm(Box::new(LogoutConfirmation {
            logout: LogoutId::new(from.id("logout")),
            account: Some(parties::account(&from.object("account"))),
            site_name: from.optional_text("site_name"),
            client: from.optional_object("client").as_ref().map(parties::client).map(Arc::new),
            expires_at: from.seconds("expires_at"),
        })),
        Redirect => LogoutOutcome::Redirect(authorize::redirect(&from, platform)),
        SignedOut => LogoutOutcome::SignedOut,
        Stayed => LogoutOutcome::Stayed,
        Unsupported => LogoutOutcome::Unsupported,
        Error => LogoutOutcome::Error(authorize::error(&from)),
    };
    from.checked(outcome)
}

#[derive(Clone, Copy)]
enum OutcomeName {
    Confirm,
    Redirect,
    SignedOut,
    Stayed,
    Unsupported,
    Error,
}

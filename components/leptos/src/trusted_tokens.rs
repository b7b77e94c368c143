//! Trusted auth tokens from signals.

use countersign::backend::TrustedToken;
use leptos::prelude::*;

/// The source of a page's trusted auth tokens: any function that reads signals.
///
/// ```
/// use countersign_leptos::{TrustedTokens, countersign::{backend::TrustedToken, protocol::Secret}};
/// use leptos::prelude::*;
///
/// let jwt = RwSignal::new(None::<String>);
/// let tokens = TrustedTokens::new(move || {
///     let profile_id = "trusted-auth-token-profile-…".to_owned();
///     Some(TrustedToken { token: Secret::new(jwt.get()?), profile_id })
/// });
/// ```
#[derive(Debug)]
pub struct TrustedTokens(countersign_web::TrustedTokens);

impl TrustedTokens {
    /// Follows the signals that the function reads. An equal token is not a new token.
    pub fn new(read: impl Fn() -> Option<TrustedToken> + 'static) -> Self {
        Self(countersign_web::TrustedTokens::new(move |on_token| {
            Box::new(RenderEffect::new(move |previous: Option<Option<TrustedToken>>| {
                let token = read();
                if previous.as_ref() != Some(&token) {
                    on_token(token.clone());
                }
                token
            }))
        }))
    }
}

impl<F: Fn() -> Option<TrustedToken> + 'static> From<F> for TrustedTokens {
    fn from(read: F) -> Self {
        Self::new(read)
    }
}

impl From<TrustedTokens> for countersign_web::TrustedTokens {
    fn from(tokens: TrustedTokens) -> Self {
        tokens.0
    }
}

//! Trusted auth tokens from signals.

use countersign::backend::TrustedToken;
use leptos::prelude::*;

use crate::InBrowser;

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
pub struct TrustedTokens(InBrowser<countersign_web::TrustedTokens>);

impl TrustedTokens {
    /// Follows the signals that the function reads. An equal token is not a new token.
    pub fn new(read: impl Fn() -> Option<TrustedToken> + 'static) -> Self {
        Self(InBrowser::new(|| {
            countersign_web::TrustedTokens::new(move |on_token| {
                Box::new(RenderEffect::new(move |previous: Option<Option<TrustedToken>>| {
                    let token = read();
                    if previous.as_ref() != Some(&token) {
                        on_token(token.clone());
                    }
                    token
                }))
            })
        }))
    }

    /// The source. `None` on a server.
    pub(crate) fn take(self) -> Option<countersign_web::TrustedTokens> {
        self.0.take()
    }
}

impl<F: Fn() -> Option<TrustedToken> + 'static> From<F> for TrustedTokens {
    fn from(read: F) -> Self {
        Self::new(read)
    }
}

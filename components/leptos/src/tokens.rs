//! Trusted auth tokens, as a host has them: at once, later, or one after the other.

use std::{any::Any, fmt, rc::Rc};

use countersign::backend::TrustedToken;
use leptos::prelude::*;

/// OnToken of every token; `None` as long as there is none.
pub(crate) type OnToken = Rc<dyn Fn(Option<TrustedToken>)>;

/// Where the trusted auth tokens of a page come from: anything that reads signals.
///
/// ```
/// use countersign_leptos::{TrustedTokens, countersign::{backend::TrustedToken, protocol::Secret}};
/// use leptos::prelude::*;
///
/// let jwt = RwSignal::new(None::<String>);
/// let tokens = TrustedTokens::new(move || {
///     Some(TrustedToken { token: Secret::new(jwt.get()?), profile_id: "trusted-auth-token-profile-…".to_owned() })
/// });
/// ```
// The effect is made here, so that a page without tokens has no code for it.
pub struct TrustedTokens(Box<dyn FnOnce(OnToken) -> Box<dyn Any>>);

impl fmt::Debug for TrustedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrustedTokens")
    }
}

impl TrustedTokens {
    /// Tokens out of signals. What is read again and is the same is no other token.
    pub fn new(read: impl Fn() -> Option<TrustedToken> + 'static) -> Self {
        Self(Box::new(move |told| {
            Box::new(RenderEffect::new(
                move |before: Option<Option<TrustedToken>>| {
                    let now = read();
                    if before.as_ref() != Some(&now) {
                        told(now.clone());
                    }
                    now
                },
            ))
        }))
    }

    /// One token, or none yet. Others come by a [`crate::Handle`].
    #[must_use]
    pub fn at_first(token: Option<TrustedToken>) -> Self {
        Self(Box::new(move |told| {
            told(token);
            Box::new(())
        }))
    }

    /// Tells the token there is now, and every other one as long as the answer lives.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        allow(dead_code, reason = "on a server nothing is begun")
    )]
    pub(crate) fn follow(self, told: OnToken) -> Box<dyn Any> {
        (self.0)(told)
    }
}

impl<F: Fn() -> Option<TrustedToken> + 'static> From<F> for TrustedTokens {
    fn from(read: F) -> Self {
        Self::new(read)
    }
}

//! Trusted auth tokens.

use std::{any::Any, fmt, rc::Rc};

use countersign::backend::TrustedToken;

/// Receives the current token, and every later one. `None` means that there is no token yet.
pub type OnToken = Rc<dyn Fn(Option<TrustedToken>)>;

/// The source of a page's trusted auth tokens: JWTs of another system that are exchanged for a
/// session before the request starts. The widget waits for the first one; another one starts again.
///
/// ```
/// use countersign_web::TrustedTokens;
///
/// // The first token comes later, through `Handle::set_token`.
/// let tokens = TrustedTokens::first(None);
/// ```
// The source is stored as a function, so that a page without tokens does not include it.
pub struct TrustedTokens(Box<dyn FnOnce(OnToken) -> Box<dyn Any>>);

impl fmt::Debug for TrustedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrustedTokens")
    }
}

impl TrustedTokens {
    /// Subscribes to a source. The function reports the current token at once. The value that it
    /// returns holds the subscription.
    pub fn new(subscribe: impl FnOnce(OnToken) -> Box<dyn Any> + 'static) -> Self {
        Self(Box::new(subscribe))
    }

    /// One token, or none yet. Later ones come through [`crate::Handle::set_token`].
    #[must_use]
    pub fn first(token: Option<TrustedToken>) -> Self {
        Self::new(move |on_token| {
            on_token(token);
            Box::new(())
        })
    }

    pub(crate) fn subscribe(self, on_token: OnToken) -> Box<dyn Any> {
        (self.0)(on_token)
    }
}

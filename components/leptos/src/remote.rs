//! A hold on a widget that is at work, for layers that are no Leptos themselves.

use std::{cell::RefCell, fmt, rc::Rc};

use countersign::{backend::TrustedToken, messages::Messages};

#[cfg(target_arch = "wasm32")]
use crate::driver::Driver;
/// On a server there is nothing to hold.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) struct Driver;

type Connecting = Box<dyn FnOnce(&Rc<Driver>)>;
type Slot<T> = Rc<RefCell<Option<Box<dyn Fn(T)>>>>;

/// What a widget connects a [`Handle`] with as it starts.
// A function, so that a page without a remote has no code for it.
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, reason = "on a server nothing is begun")
)]
pub struct Connect(Connecting);

impl fmt::Debug for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connect")
    }
}

impl Connect {
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn to(self, driver: &Rc<Driver>) {
        (self.0)(driver);
    }
}

/// Tells a widget that is at work what has changed. What is told to none, or to one that is gone, is lost.
#[derive(Clone, Default)]
pub struct Handle {
    messages: Slot<Messages>,
    token: Slot<TrustedToken>,
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handle")
    }
}

impl Handle {
    /// For [`crate::Options::connect`].
    #[must_use]
    pub fn connect(&self) -> Connect {
        let remote = self.clone();
        Connect(Box::new(move |driver| remote.hold(driver)))
    }

    /// Other texts: what is on the screen is shown in them at once.
    pub fn set_messages(&self, messages: Messages) {
        if let Some(told) = &*self.messages.borrow() {
            told(messages);
        }
    }

    /// A trusted auth token: the first one that was waited for, or another one, which starts anew.
    pub fn token(&self, token: TrustedToken) {
        if let Some(told) = &*self.token.borrow() {
            told(token);
        }
    }

    #[cfg(target_arch = "wasm32")]
    fn hold(&self, driver: &Rc<Driver>) {
        use countersign::flow::Event;

        let (texts, tokens) = (Rc::downgrade(driver), Rc::downgrade(driver));
        *self.messages.borrow_mut() = Some(Box::new(move |messages| {
            if let Some(driver) = texts.upgrade() {
                driver.set_messages(messages);
            }
        }));
        *self.token.borrow_mut() = Some(Box::new(move |token| {
            if let Some(driver) = tokens.upgrade() {
                driver.dispatch(Event::TokenArrived(token));
            }
        }));
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn hold(&self, _driver: &Rc<Driver>) {}
}

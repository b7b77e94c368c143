//! Updates of a running widget.

use std::{cell::RefCell, fmt, rc::Rc};

use countersign::{backend::TrustedToken, flow::Event, messages::Messages};

use crate::driver::Driver;

type Hold = Box<dyn FnOnce(&Rc<Driver>)>;
type Setter<T> = Rc<RefCell<Option<Box<dyn Fn(T)>>>>;

/// Connects a [`Handle`] to a widget when it starts.
// A function, so that a page without a handle does not include it.
pub struct Connect(Hold);

impl fmt::Debug for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connect")
    }
}

impl Connect {
    pub(crate) fn to(self, driver: &Rc<Driver>) {
        (self.0)(driver);
    }
}

/// Updates a running widget. Before the widget starts and after it ends, updates do nothing.
///
/// ```
/// use std::rc::Rc;
/// use countersign::{Realm, backend::memory::MemoryBackend};
/// use countersign_web::{Handle, Options};
///
/// let handle = Handle::default();
/// let mut options = Options::new(Realm::Consumer, || Rc::new(MemoryBackend::default()));
/// options.connect = Some(handle.connect());
/// ```
#[derive(Clone, Default)]
pub struct Handle {
    messages: Setter<Messages>,
    token: Setter<TrustedToken>,
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handle")
    }
}

impl Handle {
    /// The value for [`crate::Options::connect`].
    #[must_use]
    pub fn connect(&self) -> Connect {
        let handle = self.clone();
        Connect(Box::new(move |driver| handle.hold(driver)))
    }

    /// Changes the texts. The widget shows the current screen in them at once.
    pub fn set_messages(&self, messages: Messages) {
        if let Some(set) = &*self.messages.borrow() {
            set(messages);
        }
    }

    /// Sets the trusted auth token: the first one, or another one, which starts the request again.
    pub fn set_token(&self, token: TrustedToken) {
        if let Some(set) = &*self.token.borrow() {
            set(token);
        }
    }

    fn hold(&self, driver: &Rc<Driver>) {
        let weak = Rc::downgrade(driver);
        *self.messages.borrow_mut() = Some(Box::new(move |messages| {
            if let Some(driver) = weak.upgrade() {
                driver.set_messages(messages);
            }
        }));
        let weak = Rc::downgrade(driver);
        *self.token.borrow_mut() = Some(Box::new(move |token| {
            if let Some(driver) = weak.upgrade() {
                driver.dispatch(Event::TokenArrived(token));
            }
        }));
    }
}

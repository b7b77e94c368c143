//! Props that exist in a browser alone.

use std::{fmt, rc::Rc};

use countersign::{
    backend::Backend,
    consent::{
        AuthorizationDetail, AuthorizationDetailDescription, ManifestInput, ManifestSection,
    },
};
use countersign_web::{ConsentManifest, DetailRenderers};

use crate::target;

/// A value that exists in a browser alone.
///
/// A server renders one page in several threads, and a handler or a backend may hold what must not
/// leave its own. So a server drops such a prop at once, in the thread that made it, and keeps
/// nothing. That is why it can go into the closures of a `Suspense`, and be cloned there.
///
/// ```
/// use std::{cell::Cell, rc::Rc};
/// use countersign_leptos::{Handler, InBrowser, countersign::flow::WidgetError};
///
/// let failures = Rc::new(Cell::new(0));
/// let on_error = Handler::from(move |_: WidgetError| failures.set(failures.get() + 1));
/// std::thread::spawn(move || drop(on_error)).join().unwrap();
///
/// let never_made = InBrowser::new(|| -> Rc<Cell<u32>> { unreachable!("not on a server") });
/// ```
#[derive(Clone)]
pub struct InBrowser<T>(target::Held<T>);

/// A function of the host's own, made of any closure. Pass the closure itself: a `UnsyncCallback`
/// belongs to the page's reactive owner, which a server drops in whatever thread it ends.
pub type Handler<T> = InBrowser<countersign_web::Handler<T>>;

impl<T> InBrowser<T> {
    /// Makes the value. A server does not call the function.
    pub fn new(make: impl FnOnce() -> T) -> Self {
        Self(target::hold(make))
    }

    /// The value. `None` on a server.
    pub(crate) fn take(self) -> Option<T> {
        target::take(self.0)
    }
}

impl<T> fmt::Debug for InBrowser<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InBrowser")
    }
}

impl<T> From<T> for InBrowser<T> {
    fn from(value: T) -> Self {
        Self::new(|| value)
    }
}

impl<T: 'static, F: Fn(T) + 'static> From<F> for Handler<T> {
    fn from(function: F) -> Self {
        Self::new(|| countersign_web::Handler::new(function))
    }
}

/// The function makes the backend. A server does not call it.
impl<F: FnOnce() -> Rc<dyn Backend>> From<F> for InBrowser<Rc<dyn Backend>> {
    fn from(make: F) -> Self {
        Self::new(make)
    }
}

impl<F: Fn(ManifestInput) -> Vec<ManifestSection> + 'static> From<F>
    for InBrowser<ConsentManifest>
{
    fn from(sections: F) -> Self {
        Self::new(|| sections.into())
    }
}

impl<F> From<F> for InBrowser<DetailRenderers>
where
    F: Fn(&AuthorizationDetail, &str) -> Option<AuthorizationDetailDescription> + 'static,
{
    fn from(describe: F) -> Self {
        Self::new(|| describe.into())
    }
}

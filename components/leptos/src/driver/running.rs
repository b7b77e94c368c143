//! What is under way, by attempt. Whatever is late is given up: its call is aborted, its timer cleared.

use std::{
    cell::{Cell, RefCell},
    future::Future,
    pin::Pin,
};

use countersign::flow::Attempt;
use futures_util::future::{AbortHandle, abortable};
use wasm_bindgen_futures::spawn_local;

/// The handles of everything under way.
#[derive(Debug, Default)]
pub(super) struct Running {
    handles: RefCell<Vec<(Option<Attempt>, AbortHandle)>>,
    /// A host may take the widget away while it is told something; what the same step still asks for is not begun.
    stopped: Cell<bool>,
}

impl Running {
    /// Starts something that belongs to an attempt, or to the widget as a whole. Boxed, so that all of it is one type and
    /// is compiled once.
    pub(super) fn spawn(&self, attempt: Option<Attempt>, work: Pin<Box<dyn Future<Output = ()>>>) {
        if self.stopped.get() {
            return;
        }
        let (work, handle) = abortable(work);
        self.handles.borrow_mut().push((attempt, handle));
        spawn_local(async move {
            // Given up or done: both are fine.
            let _ = work.await;
        });
    }

    /// Gives up what belongs to another attempt than this one.
    pub(super) fn keep(&self, current: Attempt) {
        self.handles.borrow_mut().retain(|(attempt, handle)| {
            let keep = attempt.is_none_or(|attempt| attempt == current);
            if !keep {
                handle.abort();
            }
            keep
        });
    }

    /// Gives everything up.
    pub(super) fn stop(&self) {
        self.stopped.set(true);
        for (_, handle) in self.handles.borrow_mut().drain(..) {
            handle.abort();
        }
    }
}

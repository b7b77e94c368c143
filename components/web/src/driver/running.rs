//! Running tasks, by attempt. A task that is too late is aborted: its call, or its timer.

use std::{
    cell::{Cell, RefCell},
    future::Future,
    pin::Pin,
};

use countersign::flow::Attempt;
use futures_util::future::{AbortHandle, abortable};
use wasm_bindgen_futures::spawn_local;

/// The abort handles of all running tasks.
#[derive(Debug, Default)]
pub(super) struct Running {
    handles: RefCell<Vec<(Option<Attempt>, AbortHandle)>>,
    /// Set when the widget ends. A host may end it in a handler, while a step has more effects to
    /// run.
    stopped: Cell<bool>,
}

impl Running {
    /// Starts a task of an attempt, or of the widget as a whole. Boxed, so that all tasks are one
    /// type and compile to one function.
    pub(super) fn spawn(&self, attempt: Option<Attempt>, task: Pin<Box<dyn Future<Output = ()>>>) {
        if self.stopped.get() {
            return;
        }
        let (task, handle) = abortable(task);
        self.handles.borrow_mut().push((attempt, handle));
        spawn_local(async move {
            // Completed or aborted: nothing is left to do.
            let _ = task.await;
        });
    }

    /// Aborts the tasks of all other attempts.
    pub(super) fn keep(&self, current: Attempt) {
        self.handles.borrow_mut().retain(|(attempt, handle)| {
            let keep = attempt.is_none_or(|attempt| attempt == current);
            if !keep {
                handle.abort();
            }
            keep
        });
    }

    /// Aborts all tasks.
    pub(super) fn stop(&self) {
        self.stopped.set(true);
        for (_, handle) in self.handles.borrow_mut().drain(..) {
            handle.abort();
        }
    }
}

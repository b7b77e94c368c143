//! A widget without a driver: the test steps the machine, and the gestures are recorded.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::Arc,
};

use countersign::{flow::Gesture, messages::Messages, view::View};
use countersign_web::{Appearance, Browser, OnGesture, Rendered};

use crate::{
    page::{Widget, address, document, frame},
    testing::play::Play,
};

pub struct Harness {
    pub widget: Widget,
    pub on_gesture: OnGesture,
    rendered: Rendered,
    gestures: Rc<RefCell<Vec<Gesture>>>,
    seen: Rc<Cell<usize>>,
}

impl Harness {
    pub fn of(play: &Play) -> Self {
        Self::with(play, Appearance::default)
    }

    pub fn with(play: &Play, appearance: impl FnOnce() -> Appearance) -> Self {
        let rendered = Rendered::new(play.view(), Arc::default());
        show(&rendered, play.view(), play.screen_id(), None);
        let gestures: Rc<RefCell<Vec<Gesture>>> = Rc::default();
        let made = Rc::clone(&gestures);
        let seen: Rc<Cell<usize>> = Rc::default();
        let reported = Rc::clone(&seen);
        let on_gesture: OnGesture = Rc::new(move |gesture| match gesture {
            // What comes into view is no act of the user's.
            Gesture::CardSeen => reported.set(reported.get() + 1),
            gesture => made.borrow_mut().push(gesture),
        });
        let widget = Widget::mount(&address(), |host| {
            let root = document().create_element("div").unwrap();
            let attached =
                rendered.attach(root.clone(), None, appearance(), Rc::clone(&on_gesture));
            attached.unwrap();
            host.append_child(&root).unwrap();
            // The elements' own listeners go with the harness.
            rendered.clone()
        });
        Self { widget, on_gesture, rendered, gestures, seen }
    }

    /// Shows the current view of the machine.
    pub async fn show(&self, play: &Play) {
        show(&self.rendered, play.view(), play.screen_id(), None);
        frame().await;
    }

    /// Shows it with other texts.
    pub async fn set_messages(&self, play: &Play, messages: &Messages) {
        let view = play.view_in(messages);
        let texts = Some(Arc::new(messages.clone()));
        show(&self.rendered, view, play.screen_id(), texts);
        frame().await;
    }

    /// Builds the screen again.
    pub fn rebuild(&self, play: &Play) {
        show(&self.rendered, play.view(), play.screen_id(), Some(Arc::default()));
    }

    /// What a press does that does not count because something was not in view.
    pub fn show_unseen(&self) {
        self.rendered.show_unseen();
    }

    /// How often it was reported that all that must be seen has been in view.
    pub fn seen(&self) -> usize {
        self.seen.get()
    }

    pub fn gestures(&self) -> Vec<Gesture> {
        self.gestures.borrow().clone()
    }
}

/// Shows a view, and its screen if the screen or the texts are new.
fn show(rendered: &Rendered, view: View, id: u32, messages: Option<Arc<Messages>>) {
    let is_new = messages.is_some() || !rendered.is_at(id);
    let screen = is_new.then_some(view.screen);
    rendered.show(view.state, screen, view.live, id, messages);
}

const FILES: [(&str, &str); 3] = [
    ("ar", include_str!("../../../../messages/ar.json")),
    ("de", include_str!("../../../../messages/de.json")),
    ("pl", include_str!("../../../../messages/pl.json")),
];

/// A language's file.
pub fn file(language: &str) -> Option<&'static str> {
    let file = FILES.iter().find(|(other, _)| *other == language);
    file.map(|(_, file)| *file)
}

/// A language's texts, read by the browser.
pub fn messages(language: &'static str) -> Messages {
    let texts = Messages::read(file(language).unwrap(), &Browser).unwrap();
    Messages::default().in_language(language, texts)
}

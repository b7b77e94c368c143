//! A widget without a driver: the machine is played by hand, and what is pressed is written down.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use countersign::{flow::Gesture, messages::Messages, view::View};
use countersign_leptos::{
    Browser,
    view::{Appearance, OnGesture, Rendered, root},
};

use crate::{
    page::{Widget, frame},
    support::play::Play,
};

pub struct Board {
    pub widget: Widget,
    pub on_gesture: OnGesture,
    rendered: Rendered,
    gestures: Rc<RefCell<Vec<Gesture>>>,
}

impl Board {
    pub fn of(play: &Play) -> Self {
        Self::with(play, Appearance::default)
    }

    pub fn with(play: &Play, appearance: impl FnOnce() -> Appearance + 'static) -> Self {
        let rendered = Rendered::new(play.view(), Arc::default());
        show(&rendered, play.view(), play.screen_id(), None);
        let gestures: Rc<RefCell<Vec<Gesture>>> = Rc::default();
        let made = Rc::clone(&gestures);
        let on_gesture: OnGesture = Rc::new(move |gesture| made.borrow_mut().push(gesture));
        let (followed, given) = (rendered.clone(), Rc::clone(&on_gesture));
        let widget = Widget::view(move || root(followed, appearance(), given));
        Self {
            widget,
            on_gesture,
            rendered,
            gestures,
        }
    }

    /// Shows where the machine stands now.
    pub async fn show(&self, play: &Play) {
        show(&self.rendered, play.view(), play.screen_id(), None);
        frame().await;
    }

    /// Shows it in these texts from now on.
    pub async fn say(&self, play: &Play, messages: &Messages) {
        let view = play.view_in(messages);
        let texts = Some(Arc::new(messages.clone()));
        show(&self.rendered, view, play.screen_id(), texts);
        frame().await;
    }

    pub fn gestures(&self) -> Vec<Gesture> {
        self.gestures.borrow().clone()
    }
}

/// Shows a view. Its screen counts if it is a new one, or its texts are.
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

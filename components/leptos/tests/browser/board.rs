//! A widget without a driver: the machine is played by hand, and what is pressed is written down.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use countersign::messages::Messages;
use countersign_leptos::{
    Browser,
    view::{Dress, Hand, Press, Shown, root},
};

use crate::{
    page::{Widget, frame},
    support::play::Play,
};

pub struct Board {
    pub widget: Widget,
    pub hand: Hand,
    shown: Shown,
    pressed: Rc<RefCell<Vec<Press>>>,
}

impl Board {
    pub fn of(play: &Play) -> Self {
        Self::dressed(play, Dress::default)
    }

    pub fn dressed(play: &Play, dress: impl FnOnce() -> Dress + 'static) -> Self {
        let shown = Shown::new(play.view(), Arc::default());
        shown.show(play.view(), play.scene());
        let pressed: Rc<RefCell<Vec<Press>>> = Rc::default();
        let told = Rc::clone(&pressed);
        let hand: Hand = Rc::new(move |press| told.borrow_mut().push(press));
        let (followed, given) = (shown.clone(), Rc::clone(&hand));
        let widget = Widget::view(move || root(followed, dress(), given));
        Self {
            widget,
            hand,
            shown,
            pressed,
        }
    }

    /// Shows where the machine stands now.
    pub async fn show(&self, play: &Play) {
        self.shown.show(play.view(), play.scene());
        frame().await;
    }

    /// Shows it in these texts from now on.
    pub async fn say(&self, play: &Play, messages: &Messages) {
        let view = play.view_in(messages);
        let texts = Some(Arc::new(messages.clone()));
        self.shown.put(view, play.scene(), texts);
        frame().await;
    }

    pub fn pressed(&self) -> Vec<Press> {
        self.pressed.borrow().clone()
    }
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

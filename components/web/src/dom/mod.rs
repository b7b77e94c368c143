//! What the widget shows, and the elements that show it.

mod behavior;
mod picker;
mod renderer;
mod seen;

use std::{any::Any, cell::RefCell, fmt, rc::Rc, sync::Arc};

use countersign::{
    flow::Gesture,
    messages::Messages,
    protocol::{FormFields, RedirectTarget},
    view::{Live, Screen, View},
};
use countersign_html::{
    RenderContext, card_attributes, content, language_attributes, root_attributes, status,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Node};

use crate::{Appearance, Slot, platform::document::create_element};
pub use picker::OrganizationPicker;
use renderer::{Followers, Renderer, append, set_attributes};
use seen::Watch;

/// Receives what the user does.
pub type OnGesture = Rc<dyn Fn(Gesture)>;

/// What a widget shows. Clones share it, so a widget that is on a page follows every change.
#[derive(Clone)]
pub struct Rendered(Rc<Inner>);

struct Inner {
    frame: RefCell<Frame>,
    root: RefCell<Option<Root>>,
    /// What keeps the host's own nodes alive.
    slots: RefCell<Vec<Box<dyn Any>>>,
    picker: Option<OrganizationPicker>,
}

/// The current view.
#[derive(Debug)]
struct Frame {
    state: &'static str,
    screen_id: u32,
    screen: Screen,
    live: Live,
    messages: Arc<Messages>,
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.frame.borrow().fmt(f)
    }
}

impl Rendered {
    /// Starts with a view.
    #[must_use]
    pub fn new(view: View, messages: Arc<Messages>) -> Self {
        Self::with_picker(view, messages, Some(OrganizationPicker::default()))
    }

    /// Starts with a view. Without a picker, no card has a choice among organizations.
    #[must_use]
    pub fn with_picker(
        view: View,
        messages: Arc<Messages>,
        picker: Option<OrganizationPicker>,
    ) -> Self {
        let View { state, screen, live } = view;
        Self(Rc::new(Inner {
            frame: RefCell::new(Frame { state, screen_id: 0, screen, live, messages }),
            root: RefCell::default(),
            slots: RefCell::default(),
            picker,
        }))
    }

    /// `true` if the current screen has this number.
    #[must_use]
    pub fn is_at(&self, screen_id: u32) -> bool {
        self.0.frame.borrow().screen_id == screen_id
    }

    /// Shows what a step has changed. `screen` is given if it is a new one, and `messages` if the
    /// texts have changed.
    pub fn show(
        &self,
        state: &'static str,
        screen: Option<Screen>,
        live: Live,
        screen_id: u32,
        messages: Option<Arc<Messages>>,
    ) {
        let rebuild = screen.is_some();
        {
            let mut frame = self.0.frame.borrow_mut();
            frame.state = state;
            frame.live = live;
            frame.screen_id = screen_id;
            if let Some(screen) = screen {
                frame.screen = screen;
            }
            if let Some(messages) = messages {
                frame.messages = messages;
            }
        }
        if let Some(root) = &*self.0.root.borrow() {
            let frame = self.0.frame.borrow();
            let _ = root.element.set_attribute("data-state", frame.state);
            root.followers.update(&frame.live);
            if rebuild {
                root.build(&frame);
            } else {
                root.screen_followers.update(&frame.live);
            }
        }
    }

    /// Leads the user to the first part of the card that must be seen and has not been in view.
    pub fn show_unseen(&self) {
        if let Some(root) = &*self.0.root.borrow() {
            root.watch.show_next(&root.on_gesture);
        }
    }

    /// Posts a form.
    pub(crate) fn post(&self, action: &RedirectTarget, fields: &FormFields) {
        if let Some(root) = &*self.0.root.borrow() {
            renderer::post(&root.card, action.as_str(), fields.secret());
        }
    }

    /// Ends what hears the page. Whatever else holds the widget may stay a moment longer.
    pub(crate) fn end(&self) {
        if let Some(root) = &*self.0.root.borrow() {
            root.watch.stop();
        }
    }

    /// Makes an element the root of the widget. Replaces its content, except around a card that a
    /// server rendered: there it replaces the content of the card, and appends the live region.
    pub fn attach(
        &self,
        element: Element,
        rendered: Option<Element>,
        appearance: Appearance,
        on_gesture: OnGesture,
    ) -> Option<()> {
        let is_new = rendered.is_none();
        let card = match rendered {
            Some(card) => card,
            None => {
                element.set_text_content(None);
                create_element(&element.owner_document()?, "div")?
            }
        };
        for name in ["data-theme", "data-layout", "style"] {
            let _ = element.remove_attribute(name);
        }
        let layout = appearance.layout();
        let frame = self.0.frame.borrow();
        let followers = Followers::default();
        let watch = Watch::new(web_sys::window()?, &card, &on_gesture);
        let renderer = Renderer {
            live: &frame.live,
            followers: &followers,
            on_gesture: &on_gesture,
            messages: &frame.messages,
            picker: self.0.picker,
        };
        let attributes = root_attributes(appearance.theme, layout);
        set_attributes(&element, attributes, None);
        let _ = element.set_attribute("data-state", frame.state);
        append(vec![status()], &element, Some(&renderer));
        set_attributes(&card, card_attributes(), Some(&renderer));
        if is_new {
            let _ = element.append_child(&card);
        }
        self.insert(appearance.header, &element, Some(card.clone().into()));
        self.insert(appearance.footer, &element, None);
        if let Some(tokens) = appearance.tokens {
            tokens.set(&element);
        }
        let messages = Arc::clone(&frame.messages);
        let mut context = RenderContext::without_picker(messages, appearance.logo);
        context.picker = self.0.picker.map(OrganizationPicker::nodes);
        let root = Root {
            element,
            card,
            context,
            on_gesture,
            picker: self.0.picker,
            watch,
            followers,
            screen_followers: Followers::default(),
        };
        root.build(&frame);
        *self.0.root.borrow_mut() = Some(root);
        Some(())
    }

    /// Inserts the host's own nodes in a task of their own. They may throw, for example under
    /// Trusted Types: nothing of the widget is borrowed or waits then.
    fn insert(&self, slot: Option<Slot>, element: &Element, before: Option<Node>) {
        let Some(slot) = slot else {
            return;
        };
        let (widget, element) = (Rc::downgrade(&self.0), element.clone());
        spawn_local(async move {
            if widget.strong_count() > 0 {
                let kept = slot(&element, before.as_ref());
                if let Some(widget) = widget.upgrade() {
                    widget.slots.borrow_mut().push(kept);
                }
            }
        });
    }
}

/// The elements of a widget on a page.
struct Root {
    element: Element,
    card: Element,
    context: RenderContext,
    on_gesture: OnGesture,
    picker: Option<OrganizationPicker>,
    watch: Watch,
    /// Nodes outside the card follow the view as long as the widget lives, nodes in the card as
    /// long as their screen.
    followers: Followers,
    screen_followers: Followers,
}

impl Root {
    /// Renders the screen.
    fn build(&self, frame: &Frame) {
        self.screen_followers.clear();
        self.card.set_text_content(None);
        for (name, value) in language_attributes(&frame.messages) {
            let _ = self.element.set_attribute(name, value);
        }
        let mut context = self.context.clone();
        context.messages = Arc::clone(&frame.messages);
        let renderer = Renderer {
            live: &frame.live,
            followers: &self.screen_followers,
            on_gesture: &self.on_gesture,
            messages: &frame.messages,
            picker: self.picker,
        };
        let nodes = content(&frame.screen, &context);
        append(nodes, &self.card, Some(&renderer));
        self.watch.start();
    }
}

//! What the widget shows, and the elements that show it.

mod adopt;
mod behavior;
mod picker;
mod renderer;
mod seen;

use std::{
    any::Any,
    cell::{Cell, RefCell},
    fmt,
    rc::Rc,
    sync::Arc,
};

use countersign::{
    flow::Gesture,
    messages::Messages,
    protocol::{FormFields, RedirectTarget},
    view::{Body, Live, Screen, View},
};
use countersign_html::{
    Node as CardNode, RenderContext, card_attributes, content, language_attributes,
    root_attributes, status,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Node};

use crate::{Appearance, Slot, platform::document::create_element};
pub(crate) use adopt::hold;
pub use picker::OrganizationPicker;
use renderer::{Followers, Renderer, append, set_attributes};
use seen::Watch;

/// Receives what the user does.
pub type OnGesture = Rc<dyn Fn(Gesture)>;

/// What a widget shows. Clones share it, so a widget that is on a page follows every change.
#[derive(Clone)]
pub struct Rendered(Rc<Inner>);

type Held = Box<dyn FnOnce(&Rendered)>;

/// Makes the elements of a card those of its nodes. `false` if they differ.
type Adopt<'a> = &'a mut dyn FnMut(Vec<CardNode>, &Element, &Renderer<'_>) -> bool;

struct Inner {
    frame: RefCell<Frame>,
    root: RefCell<Option<Root>>,
    /// Takes over the card of a server when there is one to show.
    held: Cell<Option<Held>>,
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
            held: Cell::default(),
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
                root.build(&frame, None);
            } else {
                root.screen_followers.update(&frame.live);
            }
        } else if !self.is_outline()
            && let Some(held) = self.0.held.take()
        {
            held(self);
        }
    }

    fn is_outline(&self) -> bool {
        matches!(self.0.frame.borrow().screen.body, Body::Outline)
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
        self.0.held.take();
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
        self.attach_card(element, rendered, appearance, on_gesture, None)
    }

    fn attach_card(
        &self,
        element: Element,
        rendered: Option<Element>,
        appearance: Appearance,
        on_gesture: OnGesture,
        adopt: Option<Adopt<'_>>,
    ) -> Option<()> {
        let is_new = rendered.is_none();
        let card = match rendered {
            Some(card) => card,
            None => {
                element.set_text_content(None);
                create_element(&element.owner_document()?, "div")?
            }
        };
        // A layer of the host's may have dressed the card of a server already.
        if adopt.is_none() {
            for name in ["data-theme", "data-layout", "style"] {
                let _ = element.remove_attribute(name);
            }
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
        root.build(&frame, adopt);
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
    /// Renders the screen, or adopts the elements that the card has.
    fn build(&self, frame: &Frame, mut adopt: Option<Adopt<'_>>) {
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
        loop {
            let nodes = content(&frame.screen, &context);
            if let Some(adopt) = adopt.take() {
                if adopt(nodes, &self.card, &renderer) {
                    break;
                }
            } else {
                self.screen_followers.clear();
                self.card.set_text_content(None);
                append(nodes, &self.card, Some(&renderer));
                break;
            }
        }
        self.watch.start();
    }
}

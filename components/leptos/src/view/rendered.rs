//! What is shown, and the root that shows it.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use super::{Appearance, OnGesture};
use countersign::{
    messages::Messages,
    view::{Live, Screen, View},
};

/// What is shown, for the root to follow.
#[derive(Clone)]
pub struct Rendered(Rc<Inner>);

struct Inner {
    frame: RefCell<Frame>,
    #[cfg(target_arch = "wasm32")]
    root_nodes: RefCell<Option<browser::Root>>,
}

/// What is shown now.
#[derive(Debug)]
struct Frame {
    state: &'static str,
    /// The number of the screen.
    screen_id: u32,
    screen: Screen,
    live: Live,
    messages: Arc<Messages>,
}

impl std::fmt::Debug for Rendered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.frame.borrow().fmt(f)
    }
}

impl Rendered {
    /// Starts with a view, in these texts.
    #[must_use]
    pub fn new(view: View, messages: Arc<Messages>) -> Self {
        let View {
            state,
            screen,
            live,
        } = view;
        Self(Rc::new(Inner {
            frame: RefCell::new(Frame {
                state,
                screen_id: 0,
                screen,
                live,
                messages,
            }),
            #[cfg(target_arch = "wasm32")]
            root_nodes: RefCell::default(),
        }))
    }

    /// Whether the screen of this number is shown.
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
        self.changed(rebuild);
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[allow(clippy::unused_self, reason = "on a server nothing follows")]
    const fn changed(&self, _rebuild: bool) {}
}

/// The whole widget, as it is at this moment.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
#[allow(clippy::needless_pass_by_value, reason = "in a browser, both are kept")]
pub fn root(
    shown: Rendered,
    appearance: Appearance,
    on_gesture: OnGesture,
) -> leptos::prelude::AnyView {
    use super::{
        RenderContext, around, card,
        html::view,
        inside,
        node::{Node, attr},
        number, spoken, status,
    };
    use leptos::prelude::{AddAnyAttr, ElementChild, IntoAny};
    use leptos::tachys::html::{
        attribute::{any_attribute::IntoAnyAttribute, custom::custom_attribute},
        element::custom,
    };

    let frame = shown.0.frame.borrow();
    let context = RenderContext {
        widget: number(),
        logo: appearance.logo.map(Rc::from),
        messages: Arc::clone(&frame.messages),
        on_gesture,
        refresh: Rc::new(|| ()),
    };
    let inside = Node::Element {
        name: "div",
        attributes: card(),
        children: inside(&frame.screen, &context),
    };
    let mut children = vec![view(status(), &frame.live)];
    children.extend(appearance.header);
    children.push(view(inside, &frame.live));
    children.extend(appearance.footer);
    let mut attributes = around(appearance.theme, appearance.layout);
    attributes.push(attr("data-state", frame.state));
    let attributes = attributes.into_iter().filter_map(|it| match it {
        super::node::Attribute::Fixed(name, value) => Some((name, value.into_owned())),
        _ => None,
    });
    let language = spoken(&frame.messages).map(|(name, value)| (name, value.to_owned()));
    let attributes = attributes.chain(language);
    let attributes = attributes.map(|(name, value)| custom_attribute(name, value).into_any_attr());
    custom("div")
        .add_any_attr(attributes.collect::<Vec<_>>())
        .child(children)
        .into_any()
}

#[cfg(target_arch = "wasm32")]
pub use browser::root;
#[cfg(target_arch = "wasm32")]
pub(crate) use browser::root_in;

#[cfg(target_arch = "wasm32")]
mod browser {
    use std::{any::Any, rc::Rc, sync::Arc};

    use leptos::{
        prelude::*,
        tachys::{html::directive::directive, view::Mountable},
    };
    use wasm_bindgen::JsCast;
    use web_sys::{Element, Node, window};

    use super::{Appearance, OnGesture, Rendered};
    use crate::view::{
        RenderContext, around, card,
        dom::{Followers, put, set_attributes},
        inside, number, spoken, status,
    };

    /// The nodes that follow what is shown.
    pub(super) struct Root {
        root: Element,
        card: Element,
        context: RenderContext,
        /// Who follows on the widget as a whole, and who on the screen.
        whole: Followers,
        screen: Followers,
        /// What a host put around the card.
        _around: Vec<Box<dyn Any>>,
    }

    impl Root {
        /// Makes the screen anew.
        fn build(&self, shown: &Rendered) {
            let frame = shown.0.frame.borrow();
            self.screen.clear();
            self.card.set_text_content(None);
            for (name, value) in spoken(&frame.messages) {
                let _ = self.root.set_attribute(name, value);
            }
            let mut context = self.context.clone();
            context.messages = Arc::clone(&frame.messages);
            let nodes = inside(&frame.screen, &context);
            put(nodes, &self.card, &frame.live, &self.screen);
        }
    }

    impl Rendered {
        pub(super) fn changed(&self, rebuild: bool) {
            if let Some(root_nodes) = &*self.0.root_nodes.borrow() {
                let frame = self.0.frame.borrow();
                let _ = root_nodes.root.set_attribute("data-state", frame.state);
                root_nodes.whole.tell(&frame.live);
                if rebuild {
                    root_nodes.build(self);
                } else {
                    root_nodes.screen.tell(&frame.live);
                }
            }
        }

        fn refresh(&self) {
            if let Some(root_nodes) = &*self.0.root_nodes.borrow() {
                root_nodes.screen.tell(&self.0.frame.borrow().live);
            }
        }

        /// Puts the widget into its root.
        fn begin(
            &self,
            root: Element,
            appearance: Appearance,
            on_gesture: OnGesture,
        ) -> Option<()> {
            let document = window()?.document()?;
            let made = document.create_element("div").ok()?;
            let (whole, weak) = (Followers::default(), Rc::downgrade(&self.0));
            let refresh = Rc::new(move || {
                if let Some(shown) = weak.upgrade() {
                    Rendered(shown).refresh();
                }
            });
            // What a server has rendered is replaced, and so is a widget that its host makes anew in the same place.
            root.set_text_content(None);
            for name in ["data-theme", "data-layout", "style"] {
                let _ = root.remove_attribute(name);
            }
            let frame = self.0.frame.borrow();
            set_attributes(
                &root,
                around(appearance.theme, appearance.layout),
                &frame.live,
                &whole,
            );
            let _ = root.set_attribute("data-state", frame.state);
            put(vec![status()], &root, &frame.live, &whole);
            let header = appearance.header.map(|it| beside(it, &root));
            set_attributes(&made, card(), &frame.live, &whole);
            let _ = root.append_child(&made);
            let footer = appearance.footer.map(|it| beside(it, &root));
            drop(frame);
            if let Some(tokens) = appearance.tokens {
                tokens.set(&root);
            }
            let root_nodes = Root {
                root,
                card: made,
                context: RenderContext {
                    widget: number(),
                    logo: appearance.logo.map(Rc::from),
                    messages: Arc::default(),
                    on_gesture,
                    refresh,
                },
                whole,
                screen: Followers::default(),
                _around: header.into_iter().chain(footer).collect(),
            };
            root_nodes.build(self);
            *self.0.root_nodes.borrow_mut() = Some(root_nodes);
            Some(())
        }
    }

    /// A host's own view beside the card.
    fn beside(view: AnyView, root: &Element) -> Box<dyn Any> {
        let mut state = view.build();
        state.mount(root.unchecked_ref(), None);
        Box::new(state)
    }

    /// The whole widget, at the end of a place. In a page that has no document any more, there is nothing to put.
    pub fn root_in(
        place: &Node,
        shown: &Rendered,
        appearance: Appearance,
        on_gesture: OnGesture,
    ) -> Option<Element> {
        let root = window()?.document()?.create_element("div").ok()?;
        shown.begin(root.clone(), appearance, on_gesture)?;
        place.append_child(&root).ok()?;
        Some(root)
    }

    type Begin = Rc<dyn Fn(Element)>;

    /// The whole widget.
    #[must_use]
    pub fn root(shown: Rendered, appearance: Appearance, on_gesture: OnGesture) -> AnyView {
        // As long as the view is there, so is what it follows.
        StoredValue::new_local(shown.clone());
        let waiting = std::cell::RefCell::new(Some((appearance, on_gesture)));
        let begin: Begin = Rc::new(move |root| {
            if let Some((appearance, on_gesture)) = waiting.take() {
                shown.begin(root, appearance, on_gesture);
            }
        });
        let begin = directive(|root: Element, begin: Begin| begin(root), begin);
        leptos::html::div().add_any_attr(begin).into_any()
    }
}

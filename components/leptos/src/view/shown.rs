//! What is shown, and the root that shows it.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use super::{Dress, Hand};
use countersign::{
    flow::{Live, Screen, View},
    messages::Messages,
};

/// What is shown, for the root to follow.
#[derive(Clone)]
pub struct Shown(Rc<Inner>);

struct Inner {
    now: RefCell<Now>,
    #[cfg(target_arch = "wasm32")]
    stage: RefCell<Option<browser::Stage>>,
}

/// What is shown now.
#[derive(Debug)]
struct Now {
    state: &'static str,
    /// The number of the screen.
    scene: u32,
    screen: Screen,
    live: Live,
    messages: Arc<Messages>,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.now.borrow().fmt(f)
    }
}

impl Shown {
    /// Starts with a view, in these texts.
    #[must_use]
    pub fn new(view: View, messages: Arc<Messages>) -> Self {
        let View {
            state,
            screen,
            live,
        } = view;
        Self(Rc::new(Inner {
            now: RefCell::new(Now {
                state,
                scene: 0,
                screen,
                live,
                messages,
            }),
            #[cfg(target_arch = "wasm32")]
            stage: RefCell::default(),
        }))
    }

    /// Whether the screen of this number is shown.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        allow(dead_code, reason = "on a server nothing changes")
    )]
    pub(crate) fn is_at(&self, scene: u32) -> bool {
        self.0.now.borrow().scene == scene
    }

    /// Shows another view. As long as the number of the screen stays the same, the screen stays as it is.
    pub fn show(&self, view: View, scene: u32) {
        self.put(view, scene, None);
    }

    /// Shows a view, in these texts from now on where there are any: then its screen is made anew.
    pub fn put(&self, view: View, scene: u32, texts: Option<Arc<Messages>>) {
        let anew = texts.is_some() || self.0.now.borrow().scene != scene;
        {
            let mut now = self.0.now.borrow_mut();
            now.state = view.state;
            now.live = view.live;
            now.scene = scene;
            if anew {
                now.screen = view.screen;
            }
            if let Some(texts) = texts {
                now.messages = texts;
            }
        }
        self.changed(anew);
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[allow(clippy::unused_self, reason = "on a server nothing follows")]
    const fn changed(&self, _anew: bool) {}
}

/// The whole widget, as it is at this moment.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
#[allow(clippy::needless_pass_by_value, reason = "in a browser, both are kept")]
pub fn root(shown: Shown, dress: Dress, hand: Hand) -> leptos::prelude::AnyView {
    use super::{
        Scene, around, card,
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

    let now = shown.0.now.borrow();
    let scene = Scene {
        widget: number(),
        logo: dress.logo.map(Rc::from),
        messages: Arc::clone(&now.messages),
        hand,
        refresh: Rc::new(|| ()),
    };
    let inside = Node::Element {
        name: "div",
        attributes: card(),
        children: inside(&now.screen, &scene),
    };
    let mut children = vec![view(status(), &now.live)];
    children.extend(dress.header);
    children.push(view(inside, &now.live));
    children.extend(dress.footer);
    let mut attributes = around(dress.theme, dress.layout);
    attributes.push(attr("data-state", now.state));
    let attributes = attributes.into_iter().filter_map(|it| match it {
        super::node::Attribute::Fixed(name, value) => Some((name, value.into_owned())),
        _ => None,
    });
    let language = spoken(&now.messages).map(|(name, value)| (name, value.to_owned()));
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

    use super::{Dress, Hand, Shown};
    use crate::view::{
        Scene, around, card,
        dom::{Followers, dress, put},
        inside, number, spoken, status,
    };

    /// The nodes that follow what is shown.
    pub(super) struct Stage {
        root: Element,
        card: Element,
        scene: Scene,
        /// Who follows on the widget as a whole, and who on the screen.
        whole: Followers,
        screen: Followers,
        /// What a host put around the card.
        _around: Vec<Box<dyn Any>>,
    }

    impl Stage {
        /// Makes the screen anew.
        fn build(&self, shown: &Shown) {
            let now = shown.0.now.borrow();
            self.screen.clear();
            self.card.set_text_content(None);
            for (name, value) in spoken(&now.messages) {
                let _ = self.root.set_attribute(name, value);
            }
            let mut scene = self.scene.clone();
            scene.messages = Arc::clone(&now.messages);
            let nodes = inside(&now.screen, &scene);
            put(nodes, &self.card, &now.live, &self.screen);
        }
    }

    impl Shown {
        pub(super) fn changed(&self, anew: bool) {
            if let Some(stage) = &*self.0.stage.borrow() {
                let now = self.0.now.borrow();
                let _ = stage.root.set_attribute("data-state", now.state);
                stage.whole.tell(&now.live);
                if anew {
                    stage.build(self);
                } else {
                    stage.screen.tell(&now.live);
                }
            }
        }

        fn refresh(&self) {
            if let Some(stage) = &*self.0.stage.borrow() {
                stage.screen.tell(&self.0.now.borrow().live);
            }
        }

        /// Puts the widget into its root.
        fn begin(&self, root: Element, how: Dress, hand: Hand) -> Option<()> {
            let document = window()?.document()?;
            let made = document.create_element("div").ok()?;
            let (whole, weak) = (Followers::default(), Rc::downgrade(&self.0));
            let refresh = Rc::new(move || {
                if let Some(shown) = weak.upgrade() {
                    Shown(shown).refresh();
                }
            });
            // What a server has rendered is replaced, and so is a widget that its host makes anew in the same place.
            root.set_text_content(None);
            for name in ["data-theme", "data-layout", "style"] {
                let _ = root.remove_attribute(name);
            }
            let now = self.0.now.borrow();
            dress(&root, around(how.theme, how.layout), &now.live, &whole);
            let _ = root.set_attribute("data-state", now.state);
            put(vec![status()], &root, &now.live, &whole);
            let header = how.header.map(|it| beside(it, &root));
            dress(&made, card(), &now.live, &whole);
            let _ = root.append_child(&made);
            let footer = how.footer.map(|it| beside(it, &root));
            drop(now);
            if let Some(tokens) = how.tokens {
                tokens.set(&root);
            }
            let stage = Stage {
                root,
                card: made,
                scene: Scene {
                    widget: number(),
                    logo: how.logo.map(Rc::from),
                    messages: Arc::default(),
                    hand,
                    refresh,
                },
                whole,
                screen: Followers::default(),
                _around: header.into_iter().chain(footer).collect(),
            };
            stage.build(self);
            *self.0.stage.borrow_mut() = Some(stage);
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
    pub fn root_in(place: &Node, shown: &Shown, dress: Dress, hand: Hand) -> Option<Element> {
        let root = window()?.document()?.create_element("div").ok()?;
        shown.begin(root.clone(), dress, hand)?;
        place.append_child(&root).ok()?;
        Some(root)
    }

    type Begin = Rc<dyn Fn(Element)>;

    /// The whole widget.
    #[must_use]
    pub fn root(shown: Shown, dress: Dress, hand: Hand) -> AnyView {
        // As long as the view is there, so is what it follows.
        StoredValue::new_local(shown.clone());
        let waiting = std::cell::RefCell::new(Some((dress, hand)));
        let begin: Begin = Rc::new(move |root| {
            if let Some((dress, hand)) = waiting.take() {
                shown.begin(root, dress, hand);
            }
        });
        let begin = directive(|root: Element, begin: Begin| begin(root), begin);
        leptos::html::div().add_any_attr(begin).into_any()
    }
}

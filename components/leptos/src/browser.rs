//! A widget as a Leptos view, in a browser.

use std::any::Any;

use countersign_web::{MountHandle, Options, Slot, attach};
use fragile::Fragile;
use leptos::{
    prelude::*,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        renderer::{
            Rndr,
            types::{Element, Node},
        },
        view::{Mountable, Position, PositionState, any_view::AnyViewState},
    },
    wasm_bindgen::JsCast,
};

/// A value that only a browser has. A page has one thread.
pub(crate) type Held<T> = Fragile<T>;

/// Makes the value.
pub(crate) fn hold<T>(make: impl FnOnce() -> T) -> Held<T> {
    Held::new(make())
}

/// The value.
pub(crate) fn take<T>(held: Held<T>) -> Option<T> {
    Some(held.into_inner())
}

/// A widget with the host's views above and below its card.
// Not inlined: a page may have both components.
#[inline(never)]
pub(crate) fn widget(
    options: Options,
    _is_translated: bool,
    slots: [Option<AnyView>; 2],
) -> AnyView {
    Widget { options: Fragile::new(options), slots }.into_any()
}

/// A widget that is not on the page yet.
struct Widget {
    options: Fragile<Options>,
    slots: [Option<AnyView>; 2],
}

/// A widget on the page. It runs until this is dropped.
struct Mounted {
    root: Element,
    handle: MountHandle,
    /// What was hydrated above and below the card.
    _slots: [Option<AnyViewState>; 2],
}

impl Render for Widget {
    type State = Mounted;

    fn build(self) -> Mounted {
        let root = Rndr::create_element("div", None);
        let mut options = self.options.into_inner();
        let [header, footer] = self.slots;
        options.appearance.header = header.map(slot);
        options.appearance.footer = footer.map(slot);
        let handle = attach(root.clone(), None, options);
        Mounted { root, handle, _slots: [None, None] }
    }

    fn rebuild(self, state: &mut Mounted) {
        state.handle = MountHandle::default();
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

/// Builds a view in the root of the widget.
fn slot(view: AnyView) -> Slot {
    let owner = Owner::current();
    Box::new(move |root, before| {
        let build = || view.build();
        let mut state = match owner {
            Some(owner) => owner.with(build),
            None => build(),
        };
        state.mount(root, before);
        Box::new(state) as Box<dyn Any>
    })
}

impl RenderHtml for Widget {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    /// A server writes the skeleton instead.
    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    /// Takes over the skeleton that a server rendered: the card first, then what is around it.
    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Mounted {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => (),
            _ => cursor.sibling(),
        }
        let root: Element = cursor.current().unchecked_into();
        let rendered = Skeleton::in_root(&root);
        let card = rendered.as_ref().map(|it| it.card.clone());
        let handle = attach(root.clone(), card, self.options.into_inner());
        let slots = match rendered {
            Some(rendered) => rendered.hydrate::<FROM_SERVER>(&root, self.slots, cursor, position),
            None => [None, None],
        };
        cursor.set(root.clone().into());
        position.set(Position::NextChild);
        Mounted { root, handle, _slots: slots }
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// What a server rendered.
struct Skeleton {
    status: Element,
    card: Element,
    language: [(&'static str, Option<String>); 2],
}

impl Skeleton {
    fn in_root(root: &Element) -> Option<Self> {
        let language = ["lang", "dir"].map(|name| (name, root.get_attribute(name)));
        let card = root.query_selector(":scope > .countersign-card").ok()??;
        Some(Self { status: root.first_element_child()?, card, language })
    }

    /// Keeps the language until the widget knows its own, and hydrates the host's views.
    fn hydrate<const FROM_SERVER: bool>(
        self,
        root: &Element,
        slots: [Option<AnyView>; 2],
        cursor: &Cursor,
        position: &PositionState,
    ) -> [Option<AnyViewState>; 2] {
        for (name, value) in self.language {
            if let Some(value) = value {
                let _ = root.set_attribute(name, &value);
            }
        }
        // The live region is the first child again.
        if let Some(status) = root.last_element_child() {
            status.set_text_content(self.status.text_content().as_deref());
            let _ = self.status.replace_with_with_node_1(&status);
            cursor.set(status.into());
        }
        let [header, footer] = slots;
        let hydrate = |slot: Option<AnyView>| {
            position.set(Position::NextChild);
            slot.map(|view| view.hydrate::<FROM_SERVER>(cursor, position))
        };
        let header = hydrate(header);
        cursor.set(self.card.into());
        [header, hydrate(footer)]
    }
}

impl AddAnyAttr for Widget {
    type Output<New: Attribute> = Self;

    fn add_any_attr<New: Attribute>(self, _: New) -> Self {
        self
    }
}

impl Mountable for Mounted {
    fn unmount(&mut self) {
        self.root.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.root.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.root.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.root.clone()]
    }
}

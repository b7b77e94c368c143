//! Nodes as data.

use std::borrow::Cow;

use countersign::{flow::Gesture, messages::Text, strings::split_once, view::Live};

/// A value that follows the [`Live`] part of a view while its screen stays.
pub type Follow<T> = Box<dyn Fn(&Live) -> T>;

/// A node of the card.
#[allow(missing_debug_implementations, reason = "a value that follows the view is a closure")]
pub enum Node {
    /// A text.
    Text(Cow<'static, str>),
    /// An element.
    ///
    /// The name holds the tag, the classes, after `@` the names of the parts, and after `~` what
    /// never changes: `p countersign-note @caution ~role=note`. One constant takes fewer bytes than
    /// many attributes. [`split_name`] takes it apart.
    Element {
        /// Tag, classes and parts.
        name: &'static str,
        /// All other attributes.
        attributes: Vec<Attribute>,
        /// The content.
        children: Vec<Node>,
    },
    /// An element whose text follows the view.
    LiveText {
        /// Tag, classes, parts and what never changes.
        name: &'static str,
        /// The text.
        text: Follow<Text>,
    },
}

/// An attribute of an element, or a behaviour.
#[allow(missing_debug_implementations, reason = "a value that follows the view is a closure")]
pub enum Attribute {
    /// An attribute with a fixed value.
    Fixed(&'static str, Cow<'static, str>),
    /// An attribute with a fixed value that is present while a condition is true.
    Live(&'static str, &'static str, Follow<bool>),
    /// The state of a checkbox. It follows the view, so it always shows what would be sent.
    Checked(Follow<bool>),
    /// A behaviour. HTML text leaves it out.
    On(On),
}

/// What an element does in a browser.
///
/// Behaviour is data, so a node does not depend on the renderer that carries it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum On {
    /// A click by a person sends a gesture. Clicks by scripts do nothing.
    Press(Gesture),
    /// A click shows or hides the picker, which is the element after the button's row, and sets
    /// `aria-expanded`. The focus moves into what opens, and back to the button.
    Toggle,
    /// Keys in the picker: the arrows move the focus among the choices, a letter goes to the search
    /// field, and Escape closes.
    ChoiceKeys,
    /// Typing filters a list by the names in it, one `bdi` in each item. The element after the field
    /// receives the number of matches, and the element after that is the list.
    Search,
    /// A click copies the text of the element before this one, and shows what is hidden in the
    /// element after it, a live region. If the browser refuses, the text is selected.
    Copy,
    /// A click leads to the first row that is below the window. The renderer shows the element while
    /// there is one, and writes their number into its first `bdi`, and that of sensitive ones into the
    /// second.
    Below,
    /// A key that the user holds down presses nothing: the user meant an earlier screen.
    KeyRepeat,
    /// A picture that does not load is removed.
    LoadError,
    /// The element must have been in view before Allow counts. Until then it has the attribute
    /// `data-unseen`. When the last one has been in view, [`Gesture::CardSeen`] is sent.
    MustBeSeen,
    /// The element receives the focus as soon as it is on the page.
    Insert,
}

/// Splits an element's name into its tag and its attributes.
#[must_use]
pub fn split_name(name: &'static str) -> (&'static str, Vec<(&'static str, &'static str)>) {
    let (name, mut fixed) = split_once(name, b'~').unwrap_or((name, ""));
    let (name, part) = split_once(name, b'@').unwrap_or((name, ""));
    let (tag, class) = split_once(name, b' ').unwrap_or((name, ""));
    let mut attributes = Vec::new();
    for (name, value) in [("class", class.trim_ascii_end()), ("part", part.trim_ascii_end())] {
        if !value.is_empty() {
            attributes.push((name, value));
        }
    }
    while let Some((name, rest)) = split_once(fixed, b'=') {
        let (value, rest) = split_once(rest, b' ').unwrap_or((rest, ""));
        attributes.push((name, value));
        fixed = rest;
    }
    (tag, attributes)
}

impl Node {
    /// Adds a node to an element.
    #[inline(never)]
    pub(crate) fn with(mut self, child: Self) -> Self {
        if let Self::Element { children, .. } = &mut self {
            children.push(child);
        }
        self
    }

    /// Adds an attribute or a behaviour to an element.
    #[inline(never)]
    pub(crate) fn set(mut self, attribute: Attribute) -> Self {
        if let Self::Element { attributes, .. } = &mut self {
            attributes.push(attribute);
        }
        self
    }
}

/// An element that its name describes. Functions like this one are calls, not inlined: a card has
/// dozens of elements.
#[inline(never)]
pub(crate) fn plain(name: &'static str, children: Vec<Node>) -> Node {
    Node::Element { name, attributes: Vec::new(), children }
}

/// An element around one node.
#[inline(never)]
pub(crate) fn around(name: &'static str, child: Node) -> Node {
    empty(name).with(child)
}

/// An element without content.
#[inline(never)]
pub(crate) fn empty(name: &'static str) -> Node {
    plain(name, Vec::new())
}

#[inline(never)]
pub(crate) fn text(text: impl Into<Cow<'static, str>>) -> Node {
    Node::Text(text.into())
}

#[inline(never)]
pub(crate) fn attr(name: &'static str, value: impl Into<Cow<'static, str>>) -> Attribute {
    Attribute::Fixed(name, value.into())
}

/// Marks what must have been in view before Allow counts.
pub(crate) const fn must_be_seen() -> Attribute {
    Attribute::On(On::MustBeSeen)
}

pub(crate) fn class(names: &'static str) -> Attribute {
    attr("class", names)
}

/// A boolean attribute that is present while the condition is true.
pub(crate) fn flag(name: &'static str, condition: impl Fn(&Live) -> bool + 'static) -> Attribute {
    Attribute::Live(name, "", Box::new(condition))
}

/// An ARIA attribute that is `true` while the condition is true, and absent otherwise.
pub(crate) fn aria(name: &'static str, condition: impl Fn(&Live) -> bool + 'static) -> Attribute {
    Attribute::Live(name, "true", Box::new(condition))
}

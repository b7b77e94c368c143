//! How a widget looks.

use std::{any::Any, fmt};

use countersign_html::{Layout, Theme};
use web_sys::{Element, Node};

use crate::{Tokens, platform::Page};

/// Inserts nodes of the host's own into the root of the widget: before the given node, or at the
/// end. The value that it returns is dropped together with the widget.
///
/// It is called once the card is there. If it throws, the card stays.
pub type Slot = Box<dyn FnOnce(&Element, Option<&Node>) -> Box<dyn Any>>;

/// How a widget looks, and what is above and below its card.
///
/// ```
/// use countersign_web::{Appearance, Theme};
///
/// let mut appearance = Appearance::default();
/// appearance.theme = Theme::Dark;
/// appearance.footer = Some(Box::new(|root, _| {
///     root.append_with_str_1("Help: help@example.com").ok();
///     Box::new(())
/// }));
/// ```
#[derive(Default)]
#[non_exhaustive]
pub struct Appearance {
    /// Light, dark, or as the user's system is set.
    pub theme: Theme,
    /// The size of the card.
    pub layout: Layout,
    /// The address of the host's logo. The page's policy must allow it.
    pub logo: Option<String>,
    /// Values for the style sheet's tokens.
    pub tokens: Option<Tokens>,
    /// What is above the card.
    pub header: Option<Slot>,
    /// What is below the card.
    pub footer: Option<Slot>,
}

impl Appearance {
    /// The layout. [`Layout::Auto`] depends on the request.
    pub(crate) fn layout(&self) -> Layout {
        let is_popup = || {
            let query = Page::new().and_then(|page| page.query().parse().ok());
            query.is_some_and(|query| query.one("display").ok().flatten() == Some("popup"))
        };
        match self.layout {
            Layout::Auto if is_popup() => Layout::Compact,
            layout => layout,
        }
    }
}

impl fmt::Debug for Appearance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Appearance")
            .field("theme", &self.theme)
            .field("layout", &self.layout)
            .finish_non_exhaustive()
    }
}

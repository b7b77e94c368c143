//! Light or dark, and the values of the style sheet's tokens.

use leptos::web_sys::Element;

/// Which colours the card has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the user's system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`, where there is one.
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// How much room the card takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// Compact where the request asks for a popup (`display=popup`, OpenID Connect Core section 3.1.2.1), else regular.
    #[default]
    Auto,
    /// For a page of its own.
    Regular,
    /// For a small window.
    Compact,
}

impl Layout {
    /// The value of `data-layout`, where there is one.
    #[must_use]
    pub fn as_str(self) -> Option<&'static str> {
        let compact = match self {
            Self::Auto => asks_for_a_popup(),
            Self::Regular => false,
            Self::Compact => true,
        };
        compact.then_some("compact")
    }
}

#[cfg(target_arch = "wasm32")]
fn asks_for_a_popup() -> bool {
    let query = crate::platform::Page::new().and_then(|page| page.query().parse().ok());
    query.is_some_and(|query| query.one("display").ok().flatten() == Some("popup"))
}

#[cfg(not(target_arch = "wasm32"))]
fn asks_for_a_popup() -> bool {
    false
}

/// Values for the style sheet's tokens (`style/tokens.css`), set on the widget itself. A style sheet of the host's does the same
/// without a line of code; this is for values that only the program knows.
///
/// ```
/// use countersign_leptos::Tokens;
///
/// let tokens = Tokens::new([("--countersign-accent", "#0a7d4b")]);
/// ```
// How they are set is kept with them, so that a page without tokens has no code for it.
#[derive(Debug)]
pub struct Tokens(Vec<(String, String)>, fn(&Element, &[(String, String)]));

impl Tokens {
    /// Tokens with their values.
    pub fn new<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        let values = values.into_iter();
        let values = values.map(|(name, value)| (name.into(), value.into()));
        Self(values.collect(), set)
    }

    /// Sets them on a widget.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        allow(dead_code, reason = "a server sets nothing")
    )]
    pub(crate) fn set(&self, widget: &Element) {
        (self.1)(widget, &self.0);
    }
}

/// By the object model: an attribute would need a looser policy.
#[cfg(target_arch = "wasm32")]
fn set(widget: &Element, values: &[(String, String)]) {
    use wasm_bindgen::JsCast;

    if let Some(widget) = widget.dyn_ref::<web_sys::HtmlElement>() {
        for (name, value) in values {
            // A value that is none leaves the token as it was.
            let _ = widget.style().set_property(name, value);
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn set(_widget: &Element, _values: &[(String, String)]) {}

//! Values for the style sheet's tokens.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Values for the style sheet's tokens (`style/tokens.css`), which are set on the widget itself. A
/// style sheet of the host can set them too; this is for values that only the program knows.
///
/// ```
/// use countersign_web::Tokens;
///
/// let tokens = Tokens::new([("--countersign-accent", "#0a7d4b")]);
/// ```
// The setter is stored with the values, so that a page without tokens does not include it.
#[derive(Debug)]
pub struct Tokens(Vec<(String, String)>, fn(&Element, &[(String, String)]));

impl Tokens {
    /// Tokens with their values.
    pub fn new<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        let values = values.into_iter();
        let values = values.map(|(name, value)| (name.into(), value.into()));
        Self(values.collect(), set)
    }

    /// The names with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Sets the values on a widget.
    pub(crate) fn set(&self, widget: &Element) {
        (self.1)(widget, &self.0);
    }
}

/// Sets the values through the object model: a `style` attribute would need a looser policy.
fn set(widget: &Element, values: &[(String, String)]) {
    if let Some(widget) = widget.dyn_ref::<HtmlElement>() {
        for (name, value) in values {
            // An invalid value leaves the token as it was.
            let _ = widget.style().set_property(name, value);
        }
    }
}

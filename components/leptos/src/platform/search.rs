//! Texts as a search compares them.

use js_sys::{JsString, RegExp};

/// A text without upper case, accents and compatibility forms, as the browser's own tables have it.
pub(crate) fn folded(text: &str) -> String {
    let marks = RegExp::new("\\p{M}", "gu");
    let text = JsString::from(text).normalize("NFKD").to_lower_case();
    text.replace_by_pattern(&marks, "").into()
}

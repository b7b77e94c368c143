//! Case and accents, for searches.

use js_sys::{JsString, RegExp};

/// Removes upper case, accents and compatibility forms, by the browser's Unicode tables.
pub(crate) fn fold(text: &str) -> String {
    let marks = RegExp::new("\\p{M}", "gu");
    let text = JsString::from(text).normalize("NFKD").to_lower_case();
    text.replace_by_pattern(&marks, "").into()
}

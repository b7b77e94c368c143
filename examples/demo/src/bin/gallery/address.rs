//! What the page's address says: which scene, and how it looks.

use leptos::prelude::window;
use web_sys::UrlSearchParams;

/// The gallery's own parameters.
#[derive(Clone)]
pub(crate) struct Address(UrlSearchParams);

impl Address {
    /// The page's own.
    pub(crate) fn read() -> Option<Self> {
        let search = window().location().search().unwrap_or_default();
        UrlSearchParams::new_with_str(&search).ok().map(Self)
    }

    /// A parameter, empty where it is not there.
    pub(crate) fn said(&self, name: &str) -> String {
        self.0.get(name).unwrap_or_default()
    }

    /// A parameter, or what holds without.
    pub(crate) fn said_or(&self, name: &str, default: &str) -> String {
        let said = self.said(name);
        if said.is_empty() { default.to_owned() } else { said }
    }

    /// The address with one parameter changed.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let text = String::from(self.0.to_string());
        let Ok(changed) = UrlSearchParams::new_with_str(&text) else {
            return String::new();
        };
        if value.is_empty() {
            changed.delete(name);
        } else {
            changed.set(name, value);
        }
        format!("?{}", String::from(changed.to_string()))
    }
}

//! A host's own words for what is asked.

use std::{fmt, rc::Rc};

use countersign::{
    consent::{ManifestInput, ManifestSection},
    flow::{Body, View},
};

/// A host's own words for what is asked: sections with lines, from the scopes and the client's name. What no line speaks for is
/// shown below them.
///
/// ```
/// use countersign_leptos::{ConsentManifest, countersign::consent::{ManifestItem, ManifestSection}};
///
/// let manifest = ConsentManifest::new(|input| {
///     let text = format!("Let {} print your photos", input.client_name);
///     let item = ManifestItem { text, scopes: vec!["photos.read".to_owned()], ..ManifestItem::default() };
///     vec![ManifestSection { items: vec![item], ..ManifestSection::default() }]
/// });
/// ```
// The rewording is made here, so that a page without a manifest has no code for it.
#[derive(Clone)]
pub struct ConsentManifest(Rc<dyn Fn(&mut View)>);

impl fmt::Debug for ConsentManifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConsentManifest")
    }
}

impl ConsentManifest {
    /// A manifest by a function.
    pub fn new(words: impl Fn(ManifestInput) -> Vec<ManifestSection> + 'static) -> Self {
        Self(Rc::new(move |view| {
            if let Body::Consent(card) = &mut view.screen.body {
                let sections = words(card.manifest_input());
                card.reword(sections);
            }
        }))
    }

    /// Puts the words on a view.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        allow(dead_code, reason = "on a server nothing is shown but the outline")
    )]
    pub(crate) fn reword(&self, view: &mut View) {
        (self.0)(view);
    }
}

impl<F: Fn(ManifestInput) -> Vec<ManifestSection> + 'static> From<F> for ConsentManifest {
    fn from(words: F) -> Self {
        Self::new(words)
    }
}

//! A host's own words for what is asked.

use std::{fmt, rc::Rc};

use countersign::{
    consent::{AuthorizationDetail, DetailWords, ManifestInput, ManifestSection},
    flow::{Body, View},
};

/// Puts words on a view, in a language.
type Reword = Rc<dyn Fn(&mut View, &str)>;

/// A host's own words for what is asked: sections with lines, from the scopes, the client's name and the language. What no line speaks for
/// is shown below them.
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
pub struct ConsentManifest(Reword);

impl fmt::Debug for ConsentManifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConsentManifest")
    }
}

impl ConsentManifest {
    /// A manifest by a function.
    pub fn new(words: impl Fn(ManifestInput) -> Vec<ManifestSection> + 'static) -> Self {
        Self(Rc::new(move |view, language| {
            if let Body::Consent(card) = &mut view.screen.body {
                let sections = words(card.manifest_input(language));
                card.reword(sections);
            }
        }))
    }

    /// Puts the words on a view.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        allow(dead_code, reason = "on a server nothing is shown but the outline")
    )]
    pub(crate) fn reword(&self, view: &mut View, language: &str) {
        (self.0)(view, language);
    }
}

impl<F: Fn(ManifestInput) -> Vec<ManifestSection> + 'static> From<F> for ConsentManifest {
    fn from(words: F) -> Self {
        Self::new(words)
    }
}

/// A host's own words for what is asked in detail (RFC 9396), by the detail's type. The detail itself stays below them, in full; a type
/// that the function has no words for is shown by its members.
///
/// ```
/// use countersign_leptos::{DetailRenderer, countersign::consent::DetailWords};
///
/// let renderer = DetailRenderer::new(|detail, _language| {
///     (detail.kind == "payment_initiation").then(|| DetailWords {
///         title: "Pay once from your account".to_owned(),
///         lines: detail.members.clone(),
///     })
/// });
/// ```
// Like the manifest, it weighs on those pages alone that use it.
#[derive(Clone)]
pub struct DetailRenderer(Reword);

impl fmt::Debug for DetailRenderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DetailRenderer")
    }
}

impl DetailRenderer {
    /// A renderer by a function of a detail and the language (BCP 47).
    pub fn new(
        words: impl Fn(&AuthorizationDetail, &str) -> Option<DetailWords> + 'static,
    ) -> Self {
        Self(Rc::new(move |view, language| {
            if let Body::Consent(card) = &mut view.screen.body {
                card.word_details(|detail| words(detail, language));
            }
        }))
    }

    /// Puts the words on a view.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        allow(dead_code, reason = "on a server nothing is shown but the outline")
    )]
    pub(crate) fn reword(&self, view: &mut View, language: &str) {
        (self.0)(view, language);
    }
}

impl<F: Fn(&AuthorizationDetail, &str) -> Option<DetailWords> + 'static> From<F>
    for DetailRenderer
{
    fn from(words: F) -> Self {
        Self::new(words)
    }
}

//! A host's own words for what is asked.

use std::{fmt, rc::Rc};

use countersign::{
    consent::{
        AuthorizationDetail, AuthorizationDetailDescription, ManifestInput, ManifestSection,
    },
    view::{Body, Screen},
};

/// Rewords a screen, in a language.
type Reword = Rc<dyn Fn(&mut Screen, &str)>;

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
        Self(Rc::new(move |screen, language| {
            if let Body::Consent(card) = &mut screen.body {
                let sections = words(card.manifest_input(language));
                card.apply_manifest(sections);
            }
        }))
    }

    /// Rewords a screen.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        allow(dead_code, reason = "on a server nothing is shown but the outline")
    )]
    pub(crate) fn reword(&self, screen: &mut Screen, language: &str) {
        (self.0)(screen, language);
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
/// use countersign_leptos::{DetailRenderer, countersign::consent::AuthorizationDetailDescription};
///
/// let renderer = DetailRenderer::new(|detail, _language| {
///     (detail.kind == "payment_initiation").then(|| AuthorizationDetailDescription {
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
        words: impl Fn(&AuthorizationDetail, &str) -> Option<AuthorizationDetailDescription> + 'static,
    ) -> Self {
        Self(Rc::new(move |screen, language| {
            if let Body::Consent(card) = &mut screen.body {
                card.describe_authorization_details(|detail| words(detail, language));
            }
        }))
    }

    /// Rewords a screen.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        allow(dead_code, reason = "on a server nothing is shown but the outline")
    )]
    pub(crate) fn reword(&self, screen: &mut Screen, language: &str) {
        (self.0)(screen, language);
    }
}

impl<F: Fn(&AuthorizationDetail, &str) -> Option<AuthorizationDetailDescription> + 'static> From<F>
    for DetailRenderer
{
    fn from(words: F) -> Self {
        Self::new(words)
    }
}

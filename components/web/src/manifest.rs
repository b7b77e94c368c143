//! Descriptions of the host's own for what the client requests.

use std::{fmt, rc::Rc};

use countersign::{
    consent::{
        AuthorizationDetail, AuthorizationDetailDescription, ManifestInput, ManifestSection,
    },
    view::{Body, Screen},
};

/// Changes a screen, given the language.
type Reword = Rc<dyn Fn(&mut Screen, &str)>;

/// The host's own description of the requested scopes: sections of items, made from the scopes, the
/// client's name and the language. The card shows scopes that no item covers below the sections.
///
/// ```
/// use countersign_web::{ConsentManifest, countersign::consent::{ManifestItem, ManifestSection}};
///
/// let manifest = ConsentManifest::new(|input| {
///     let text = format!("Let {} print your photos", input.client_name);
///     let scopes = vec!["photos.read".to_owned()];
///     let item = ManifestItem { text, scopes, ..ManifestItem::default() };
///     vec![ManifestSection { items: vec![item], ..ManifestSection::default() }]
/// });
/// ```
// The change is stored here, so that a page without a manifest does not include it.
#[derive(Clone)]
pub struct ConsentManifest(Reword);

impl fmt::Debug for ConsentManifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConsentManifest")
    }
}

impl ConsentManifest {
    /// Makes the sections by a function.
    pub fn new(sections: impl Fn(ManifestInput) -> Vec<ManifestSection> + 'static) -> Self {
        Self(Rc::new(move |screen, language| {
            if let Body::Consent(card) = &mut screen.body {
                card.apply_manifest(sections(card.manifest_input(language)));
            }
        }))
    }

    /// Changes a screen.
    pub(crate) fn reword(&self, screen: &mut Screen, language: &str) {
        (self.0)(screen, language);
    }
}

impl<F: Fn(ManifestInput) -> Vec<ManifestSection> + 'static> From<F> for ConsentManifest {
    fn from(function: F) -> Self {
        Self::new(function)
    }
}

/// The host's own description of authorization details (RFC 9396). The card still shows the full
/// detail on demand, and of a payment all that it shows without the function. A detail that the
/// function does not describe is shown in the widget's own words.
///
/// ```
/// use countersign_web::{DetailRenderers, countersign::consent::AuthorizationDetailDescription};
///
/// let renderer = DetailRenderers::new(|detail, _language| {
///     (detail.kind == "print_job").then(|| AuthorizationDetailDescription {
///         title: "Print on your printer at home".to_owned(),
///         lines: detail.members.clone(),
///     })
/// });
/// ```
// Like the manifest, it is only included in pages that use it.
#[derive(Clone)]
pub struct DetailRenderers(Reword);

impl fmt::Debug for DetailRenderers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DetailRenderers")
    }
}

impl DetailRenderers {
    /// Describes by a function of a detail and the language (BCP 47).
    pub fn new(
        describe: impl Fn(&AuthorizationDetail, &str) -> Option<AuthorizationDetailDescription>
        + 'static,
    ) -> Self {
        Self(Rc::new(move |screen, language| {
            if let Body::Consent(card) = &mut screen.body {
                card.describe_authorization_details(|detail| describe(detail, language));
            }
        }))
    }

    /// Changes a screen.
    pub(crate) fn reword(&self, screen: &mut Screen, language: &str) {
        (self.0)(screen, language);
    }
}

impl<F: Fn(&AuthorizationDetail, &str) -> Option<AuthorizationDetailDescription> + 'static> From<F>
    for DetailRenderers
{
    fn from(function: F) -> Self {
        Self::new(function)
    }
}

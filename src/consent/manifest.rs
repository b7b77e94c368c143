//! A host's own description of the requested scopes.
//!
//! It can reword and regroup the scopes. It cannot hide one: the card still lists every scope that
//! the description does not cover.

/// The input of a host's manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestInput {
    /// The tokens of the scopes that would be granted, in the order of the request.
    pub scopes: Vec<String>,
    /// The client's name, cleaned.
    pub client_name: String,
    /// The language of the card (BCP 47).
    pub language: String,
}

/// A section of a manifest. Use `..Default::default()` for the members you leave out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ManifestSection {
    /// The label above the section. If it is empty, the card uses its own label.
    pub header: String,
    /// The items.
    pub items: Vec<ManifestItem>,
}

/// An item of a manifest. Use `..Default::default()` for the members you leave out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ManifestItem {
    /// What the client will be able to do.
    pub text: String,
    /// More details.
    pub details: Vec<String>,
    /// The tokens of the scopes that the item covers. The card lists all other scopes below, as the
    /// backend describes them.
    pub scopes: Vec<String>,
}

//! A host's own words for what is asked. They may reword and regroup, and hide nothing.

/// What a host's manifest is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestInput {
    /// The scopes that would be granted, as tokens, in the order of the request.
    pub scopes: Vec<String>,
    /// The client's name, cleaned.
    pub client_name: String,
    /// The language of the card (BCP 47).
    pub language: String,
}

/// A part of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ManifestSection {
    /// What stands above it; our own words where it is empty.
    pub header: String,
    /// Its lines.
    pub items: Vec<ManifestItem>,
}

/// A line of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ManifestItem {
    /// What the client will be able to do.
    pub text: String,
    /// More about it.
    pub details: Vec<String>,
    /// The scopes that it speaks for, as tokens. A scope that no line speaks for is shown below, in the backend's words.
    pub scopes: Vec<String>,
}

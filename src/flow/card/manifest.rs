//! A host's own words on the card.

use super::{ConsentCard, Tick};
use crate::consent::{ManifestInput, ManifestSection};

impl ConsentCard {
    /// What a host's manifest is made from.
    #[must_use]
    pub fn manifest_input(&self) -> ManifestInput {
        ManifestInput {
            scopes: self.scopes.iter().map(|it| it.scope.clone()).collect(),
            client_name: self.name.clone(),
        }
    }

    /// Puts a host's words above the list of scopes, and takes out of the list what they speak for. A scope that can be
    /// left out stays, since it needs its box; whatever no line speaks for stays, too. A manifest without a line is none.
    pub fn reword(&mut self, mut sections: Vec<ManifestSection>) {
        sections.retain(|section| !section.items.is_empty());
        let spoken = |scope: &str| {
            let mut items = sections.iter().flat_map(|section| &section.items);
            items.any(|item| item.scopes.iter().any(|it| it == scope))
        };
        self.scopes
            .retain(|item| item.tick == Tick::Free || !spoken(&item.scope));
        self.sections = sections;
    }
}

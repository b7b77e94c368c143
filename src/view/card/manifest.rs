//! A host's own texts on the card.

use super::{ConsentCard, ScopeItem, Tick};
use crate::consent::{
    AuthorizationDetail, AuthorizationDetailDescription, ManifestInput, ManifestSection,
};
use crate::messages::Text;

impl ConsentCard {
    /// Every scope that would be granted.
    fn items(&self) -> impl Iterator<Item = &ScopeItem> {
        let groups = self.lists.iter().flat_map(|list| &list.groups);
        groups.flat_map(|group| &group.items).chain(&self.offline_access)
    }

    /// The input of a host's manifest, for a card in this language.
    #[must_use]
    pub fn manifest_input(&self, language: &str) -> ManifestInput {
        // Not sorted by the standard library: that weighs more than it saves.
        let mut items: Vec<&ScopeItem> = Vec::new();
        for item in self.items() {
            let place = items.iter().take_while(|other| other.index < item.index).count();
            items.insert(place, item);
        }
        ManifestInput {
            scopes: items.iter().map(|item| item.scope.clone()).collect(),
            client_name: self.name.clone(),
            language: language.to_owned(),
        }
    }

    /// Shows a host's sections above the list of scopes, and removes the scopes that they cover
    /// from the list. A scope with a checkbox always stays, and so does a scope that no item
    /// covers. A manifest without items changes nothing.
    pub fn apply_manifest(&mut self, mut sections: Vec<ManifestSection>) {
        sections.retain(|section| !section.items.is_empty());
        if sections.is_empty() {
            return;
        }
        let stays = |item: &ScopeItem| {
            let mut covering = sections.iter().flat_map(|section| &section.items);
            item.tick == Tick::Free || !covering.any(|cover| cover.scopes.contains(&item.scope))
        };
        for list in &mut self.lists {
            for group in &mut list.groups {
                group.items.retain(stays);
                for item in &mut group.items {
                    (item.nested, item.folded) = (false, false);
                }
            }
            list.fold = None;
            list.groups.retain(|group| !group.items.is_empty());
        }
        self.lists.retain(|list| !list.groups.is_empty());
        if let [only] = self.lists.as_mut_slice() {
            only.label = self.full_label.clone();
        }
        self.offline_access = self.offline_access.take().filter(stays);
        self.sections = sections;
    }

    /// Puts the host's words on each authorization detail that it describes. They replace the words
    /// of the card, but for a payment: there they come first below its amount and payee, and nothing
    /// of it is lost.
    pub fn describe_authorization_details(
        &mut self,
        describe: impl Fn(&AuthorizationDetail) -> Option<AuthorizationDetailDescription>,
    ) {
        for item in &mut self.authorization_details {
            if let Some(AuthorizationDetailDescription { title, mut lines }) =
                describe(&item.detail)
            {
                if item.detail.is_payment() {
                    lines.insert(0, (String::new(), title));
                    lines.append(&mut item.lines);
                } else {
                    item.title = Text::value(title);
                }
                item.lines = lines;
            }
        }
    }
}

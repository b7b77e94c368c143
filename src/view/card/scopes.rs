//! The scopes of the card.

use super::{AuthorizationDetailItem, ScopeGroup, ScopeItem, ScopeList, Tick};
use crate::{
    consent::{AuthorizationDetail, ConsentRequest, DisplayText, RequestedScope},
    messages::{Key, Messages, Text},
    platform::Platform,
};

/// Builds the scope items of a card.
pub(super) struct Lister<'a> {
    pub request: &'a ConsentRequest,
    pub messages: &'a Messages,
    pub platform: &'a dyn Platform,
}

impl Lister<'_> {
    /// The lists of grantable scopes: new ones first, then those granted before. `offline_access`
    /// is not in them.
    pub fn lists(&self, client: &str) -> Vec<ScopeList> {
        let label = |key| self.messages.format(key, &[("client", client)]);
        let before = self.groups(|scope| scope.granted);
        let new = self.groups(|scope| !scope.granted);
        let list = |key, groups| ScopeList { label: label(key), groups };
        match (new.is_empty(), before.is_empty()) {
            (false, false) => {
                vec![list(Key::ConsentScopesNew, new), list(Key::ConsentScopesBefore, before)]
            }
            (true, false) => vec![list(Key::ConsentScopes, before)],
            (false, true) => vec![list(Key::ConsentScopes, new)],
            (true, true) => Vec::new(),
        }
    }

    /// The grantable scopes in the backend's groups. Scopes without a group come first; groups keep
    /// the order of their first scope.
    fn groups(&self, fits: impl Fn(&RequestedScope) -> bool) -> Vec<ScopeGroup> {
        let mut groups: Vec<ScopeGroup> = Vec::new();
        for (index, scope) in self.request.scopes.iter().enumerate() {
            if !scope.grantable || self.offline_access_index() == Some(index) || !fits(scope) {
                continue;
            }
            let title = scope
                .group
                .as_deref()
                .map(|title| DisplayText::own(title, self.platform))
                .filter(|title| !title.is_empty())
                .map(DisplayText::into_string);
            let item = self.item(index, scope);
            match groups.iter_mut().find(|group| group.title == title) {
                Some(group) => group.items.push(item),
                None => groups.push(ScopeGroup { title, items: vec![item] }),
            }
        }
        let (mut plain, titled): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.title.is_none());
        plain.extend(titled);
        plain
    }

    /// The `offline_access` scope. A second one, for another resource, is in the lists.
    pub fn offline_access(&self) -> Option<ScopeItem> {
        let index = self.offline_access_index()?;
        Some(self.item(index, self.request.scopes.get(index)?))
    }

    fn offline_access_index(&self) -> Option<usize> {
        let mut scopes = self.request.scopes.iter();
        scopes.position(|scope| scope.grantable && scope.is_offline_access())
    }

    /// The scopes that this account cannot grant.
    pub fn refused(&self) -> Vec<ScopeItem> {
        let scopes = self.request.scopes.iter().enumerate();
        scopes
            .filter(|(_, scope)| !scope.grantable)
            .map(|(index, scope)| self.item(index, scope))
            .collect()
    }

    fn item(&self, index: usize, scope: &RequestedScope) -> ScopeItem {
        let tick = if self.request.can_untick(scope) { Tick::Free } else { Tick::Locked };
        let (label, is_raw) = self.label(scope);
        ScopeItem {
            index,
            scope: scope.scope.as_str().to_owned(),
            is_raw,
            label,
            description: scope.description.as_deref().and_then(|text| self.own(text)),
            details: scope.details.iter().filter_map(|line| self.own(line)).collect(),
            comes_with: self.comes_with(scope),
            reason: scope.reason.as_deref().and_then(|text| self.own(text)),
            resource: scope
                .resource
                .as_deref()
                .map(|uri| self.request.resource_name(uri, self.platform).into_string()),
            tick,
            sensitive: scope.sensitive,
            must_be_seen: scope.sensitive
                || is_raw
                || scope.is_offline_access()
                || (!scope.granted && self.request.scopes.iter().any(|other| other.granted)),
        }
    }

    /// A text of the host's, complete, because the user must be able to read all that is granted.
    /// `None` if there is nothing to see.
    fn own(&self, text: &str) -> Option<String> {
        let text = DisplayText::own(text, self.platform);
        (!text.is_empty()).then(|| text.into_string())
    }

    /// The label of a scope, and whether it is the token.
    fn label(&self, scope: &RequestedScope) -> (String, bool) {
        let named = scope.display_name(self.platform).into_string();
        let raw = named == scope.scope.as_str();
        match raw.then(|| meaning(&named)).flatten() {
            Some(key) => (self.messages.get(key).plain(), false),
            None => (named, raw),
        }
    }

    /// The scopes that imply this one, if the user could untick it otherwise.
    fn comes_with(&self, scope: &RequestedScope) -> Option<Text> {
        let names: Vec<String> = self
            .request
            .scopes
            .iter()
            .filter(|other| other.grantable && other.implies(scope))
            .map(|other| self.label(other).0)
            .collect();
        if names.is_empty() || !self.request.can_untick(scope) {
            return None;
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let list = self.platform.list(self.messages.language(), &names);
        let text = self.messages;
        Some(text.format(Key::ConsentComesWith, &[("permissions", &list)]))
    }
}

/// The text for a scope without a title: the scopes of OpenID Connect Core sections 5.4 and 11, and
/// `full_access`.
fn meaning(scope: &str) -> Option<Key> {
    Some(match scope {
        "openid" => Key::ScopeOpenid,
        "profile" => Key::ScopeProfile,
        "email" => Key::ScopeEmail,
        "phone" => Key::ScopePhone,
        "address" => Key::ScopeAddress,
        "offline_access" => Key::ScopeOfflineAccess,
        "full_access" => Key::ScopeFullAccess,
        _ => return None,
    })
}

/// The detail is complete, because the user must be able to read all that is granted.
pub(super) fn detail(
    detail: &AuthorizationDetail,
    platform: &dyn Platform,
) -> AuthorizationDetailItem {
    let whole = |text: &str| DisplayText::whole(text, platform).into_string();
    let lines = detail.members.iter();
    AuthorizationDetailItem {
        description: None,
        kind: whole(&detail.kind),
        members: lines.map(|(name, value)| (whole(name), whole(value))).collect(),
        detail: detail.clone(),
    }
}

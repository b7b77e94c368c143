//! The scopes of the card.

use super::{ResourceItem, ScopeGroup, ScopeItem, ScopeList, Tick};
use crate::{
    consent::{ConsentRequest, DisplayText, RequestedScope, Resource},
    messages::{Key, Messages, Text},
    platform::Platform,
    strings::decimal,
};

/// A group with more rows than this is folded after as many.
const MANY: usize = 5;

/// Builds the scope items of a card.
pub(super) struct Lister<'a> {
    pub request: &'a ConsentRequest,
    pub messages: &'a Messages,
    pub platform: &'a dyn Platform,
    /// Whether Allow is shown.
    pub shows_allow: bool,
}

impl Lister<'_> {
    /// The lists of grantable scopes: new ones first, then those granted before. `offline_access`
    /// is not in them.
    pub fn lists(&self, client: &str) -> Vec<ScopeList> {
        let mut lists = Vec::new();
        let mut has_new = self.offline_access().is_some_and(|item| item.is_new);
        for granted in [false, true] {
            let groups = self.groups(granted);
            if !groups.is_empty() {
                let key = match granted {
                    true => Key::ConsentScopesBefore,
                    false if self.shows_allow => Key::ConsentScopesNew,
                    false => Key::ConsentScopesAsked,
                };
                let label = self.messages.format(key, &[("client", client)]);
                lists.push(ScopeList { label, fold: None, before: granted && has_new, groups });
                has_new = true;
            }
        }
        let all = lists.len();
        for list in &mut lists {
            if list.before {
                self.fold(list, 0);
            } else if all == 1 {
                list.label = self.label_above(client);
                self.fold(list, MANY);
            }
        }
        lists
    }

    /// The label above what is asked: what the client will be able to do, or would like to.
    pub fn label_above(&self, client: &str) -> Text {
        let key = if self.shows_allow { Key::ConsentScopes } else { Key::ConsentScopesAsked };
        self.messages.format(key, &[("client", client)])
    }

    /// Folds what comes after the first rows of each group, but for what must be seen. The fold
    /// itself is a row, so a group that is one row longer is whole.
    fn fold(&self, list: &mut ScopeList, rows: usize) {
        let (mut count, mut open) = (0, false);
        for group in &mut list.groups {
            let fits = rows > 0 && group.items.len() <= rows + 1;
            for (row, item) in group.items.iter_mut().enumerate() {
                let stays = item.must_be_seen || item.reason.is_some();
                item.folded = !fits && row >= rows && !stays;
                count += u32::from(item.folded);
                open |= !item.folded;
            }
        }
        let text = if open {
            self.messages.count(Key::ConsentMore, "count", count, self.platform)
        } else {
            self.messages.format(Key::ConsentScopesAllowed, &[("count", &decimal(count))])
        };
        list.fold = (count > 0).then_some(text);
    }

    /// The grantable scopes in the backend's groups. Scopes without a group come first; groups keep
    /// the order of their first scope. A scope that comes with another is below that.
    fn groups(&self, granted: bool) -> Vec<ScopeGroup> {
        let scopes = &self.request.scopes;
        let offline_access = self.offline_access_index();
        let above = above(scopes);
        // The scopes that come with one, or with none.
        let items = |with: Option<usize>| {
            let mut items = Vec::new();
            for (index, scope) in scopes.iter().enumerate() {
                let listed =
                    scope.grantable && scope.granted == granted && Some(index) != offline_access;
                if listed && above.get(index) == Some(&with) {
                    items.push((self.item(index, scope), scope.group.as_ref()));
                }
            }
            items
        };
        let mut groups: Vec<ScopeGroup> = Vec::new();
        for (item, group) in items(None) {
            let title = self.own(group);
            let place = match groups.iter().position(|group| group.title == title) {
                Some(place) => place,
                None => {
                    let place = if title.is_none() { 0 } else { groups.len() };
                    groups.insert(place, ScopeGroup { title, items: Vec::new() });
                    place
                }
            };
            let below = items(Some(item.index));
            if let Some(group) = groups.get_mut(place) {
                group.items.push(item);
                for (mut item, _) in below {
                    item.nested = true;
                    group.items.push(item);
                }
            }
        }
        groups
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
        let mut items = Vec::new();
        for (index, scope) in self.request.scopes.iter().enumerate() {
            if !scope.grantable {
                items.push(self.item(index, scope));
            }
        }
        items
    }

    fn item(&self, index: usize, scope: &RequestedScope) -> ScopeItem {
        let tick = if self.can_untick(scope) { Tick::Free } else { Tick::Locked };
        let (label, is_raw) = self.label(scope);
        let description = self.own(scope.description.as_ref());
        let is_unknown = is_raw && description.is_none();
        let is_new = !scope.granted && self.request.scopes.iter().any(|other| other.granted);
        ScopeItem {
            index,
            scope: scope.scope.as_str().to_owned(),
            is_raw,
            label,
            description,
            undescribed: is_unknown.then(|| self.messages.get(Key::ConsentUndescribed)),
            details: scope.details.iter().filter_map(|line| self.own(Some(line))).collect(),
            stays: self.stays(scope),
            reason: self.own(scope.reason.as_ref()),
            resource: scope.resource.as_deref().map(|uri| self.resource(uri)),
            nested: false,
            folded: false,
            tick,
            sensitive: scope.sensitive,
            is_new,
            must_be_seen: scope.grantable
                && (scope.sensitive || is_raw || scope.is_offline_access() || is_new),
        }
    }

    /// A resource, by the name that the backend gives it.
    fn resource(&self, uri: &str) -> ResourceItem {
        let mut resources = self.request.resources.iter();
        let named = resources.find(|resource| resource.resource == uri);
        let name = self.own(named.and_then(|resource| resource.name.as_ref()));
        ResourceItem {
            is_raw: name.is_none(),
            label: name.unwrap_or_else(|| DisplayText::whole(uri, self.platform).into_string()),
        }
    }

    /// The resources of the request, unless every scope has its own and names it.
    pub fn resources(&self) -> Vec<ResourceItem> {
        let scopes = &self.request.scopes;
        let mut items = Vec::new();
        let all_concern = scopes.iter().any(|scope| scope.resource.is_none());
        for Resource { resource: uri, .. } in &self.request.resources {
            if all_concern || scopes.iter().all(|scope| scope.resource.as_ref() != Some(uri)) {
                items.push(self.resource(uri));
            }
        }
        items
    }

    /// What is left out if the user unticks all scopes that imply others.
    pub fn without_writing(&self) -> Option<Text> {
        let scopes = &self.request.scopes;
        let names = self.names(&|one| scopes.iter().any(|other| one.implies(other)))?;
        let text = self.messages.format(Key::ConsentReadOnlyWithout, &[("permissions", &names)]);
        (self.shows_allow && self.request.can_read_only()).then_some(text)
    }

    /// The names of some grantable scopes as a list in the card's language.
    fn names(&self, fits: &dyn Fn(&RequestedScope) -> bool) -> Option<String> {
        let mut names = Vec::new();
        for scope in &self.request.scopes {
            if scope.grantable && fits(scope) {
                names.push(self.label(scope).0);
            }
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let list = || self.platform.list(self.messages.language(), &names);
        (!names.is_empty()).then(list)
    }

    /// A text of the host's, complete, because the user must be able to read all that is granted.
    /// `None` if there is nothing to see.
    fn own(&self, text: Option<&String>) -> Option<String> {
        let text = DisplayText::own(text?, self.platform);
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

    /// The scopes that imply this one, if the user could untick it otherwise. Where some scopes can be
    /// unticked, any other is required, unless the site gives a reason of its own.
    fn stays(&self, scope: &RequestedScope) -> Option<Text> {
        if self.can_untick(scope) {
            let names = self.names(&|other| other.implies(scope))?;
            return Some(self.messages.format(Key::ConsentComesWith, &[("permissions", &names)]));
        }
        let is_plain = scope.grantable && scope.reason.is_none();
        (self.shows_allow && self.request.can_narrow && is_plain)
            .then(|| self.messages.get(Key::ConsentRequired))
    }

    /// Whether the scope has a checkbox.
    fn can_untick(&self, scope: &RequestedScope) -> bool {
        self.shows_allow && self.request.can_untick(scope)
    }
}

/// For each scope the only one that brings it, if that is in the same group of the same list and comes
/// with no other.
fn above(scopes: &[RequestedScope]) -> Vec<Option<usize>> {
    let only = |scope: &RequestedScope| {
        let all = scopes.iter().enumerate();
        let mut all = all.filter(|(_, one)| one.grantable && one.implies(scope));
        let (index, one) = all.next()?;
        // `offline_access` has a line of its own, and nothing stands below that.
        let together =
            one.granted == scope.granted && one.group == scope.group && !one.is_offline_access();
        (together && all.next().is_none()).then_some(index)
    };
    let found: Vec<Option<usize>> = scopes.iter().map(only).collect();
    let is_top = |index: &usize| found.get(*index) == Some(&None);
    found.iter().map(|above| above.filter(is_top)).collect()
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

//! What the user ticks: what is sent is what is ticked, and all of it was on the screen.

use super::{ConsentRequest, OrganizationStatus, RequestedScope};
use crate::protocol::Scope;

/// The optional scopes that the user has unticked, by their place in the request.
///
/// ```
/// use countersign::consent::{ConsentRequest, Selection};
///
/// /// What would be granted if the user left out the last scope.
/// fn without_the_last(request: &ConsentRequest) -> usize {
///     let mut selection = Selection::default();
///     selection.toggle(request, request.scopes.len() - 1);
///     selection.granted(request).len()
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    unticked: Vec<usize>,
}

impl ConsentRequest {
    /// Whether the user can leave this scope out.
    #[must_use]
    pub fn can_untick(&self, scope: &RequestedScope) -> bool {
        self.can_narrow && scope.grantable && !is_required(scope)
    }

    /// Whether the organization allows the client. Where there are organizations, one has to be chosen first: what would
    /// be granted holds for it.
    #[must_use]
    pub fn organization_allows(&self) -> bool {
        match &self.organization {
            Some(organization) => organization.status == OrganizationStatus::Allowed,
            None => self.organizations.is_empty(),
        }
    }

    /// Whether `allow` can be offered: the address is one we open, the organization allows the client, and something
    /// can be granted, everything that is required included.
    #[must_use]
    pub fn can_allow(&self) -> bool {
        self.redirect_uri.is_ok()
            && self.organization_allows()
            && self
                .scopes
                .iter()
                .all(|scope| scope.grantable || !is_required(scope))
            && (self.scopes.is_empty() || self.scopes.iter().any(|scope| scope.grantable))
    }
}

/// `openid` is always required: without it there is no ID token (OpenID Connect Core section 3.1.2.1).
fn is_required(scope: &RequestedScope) -> bool {
    scope.required || scope.scope.as_str() == "openid"
}

impl Selection {
    /// Ticks or unticks the scope at this place; a scope that cannot be left out stays.
    pub fn toggle(&mut self, request: &ConsentRequest, place: usize) {
        if !request
            .scopes
            .get(place)
            .is_some_and(|scope| request.can_untick(scope))
        {
            return;
        }
        match self.unticked.iter().position(|other| *other == place) {
            Some(at) => drop(self.unticked.swap_remove(at)),
            None => self.unticked.push(place),
        }
    }

    /// Whether the scope at this place would be granted.
    #[must_use]
    pub fn is_ticked(&self, request: &ConsentRequest, place: usize) -> bool {
        request
            .scopes
            .get(place)
            .is_some_and(|scope| scope.grantable)
            && !self.unticked.contains(&place)
    }

    /// What `allow` grants.
    #[must_use]
    pub fn granted(&self, request: &ConsentRequest) -> Vec<Scope> {
        let scopes = request.scopes.iter().enumerate();
        scopes
            .filter(|(place, _)| self.is_ticked(request, *place))
            .map(|(_, scope)| scope.id())
            .collect()
    }
}

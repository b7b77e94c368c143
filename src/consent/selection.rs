//! The user's selection of scopes. A decision sends exactly what is ticked on the screen.

use super::{ConsentRequest, OrganizationStatus, RequestedScope};
use crate::protocol::Scope;

/// The optional scopes that the user has unticked, by their index in the request.
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
    /// Whether the user can untick the scope.
    #[must_use]
    pub fn can_untick(&self, scope: &RequestedScope) -> bool {
        self.can_narrow && scope.grantable && !is_required(scope)
    }

    /// Whether the organization allows the client. If the account has organizations, one must be
    /// chosen first, because the scopes depend on it.
    #[must_use]
    pub fn organization_allows(&self) -> bool {
        match &self.organization {
            Some(organization) => organization.status == OrganizationStatus::Allowed,
            None => self.organizations.is_empty(),
        }
    }

    /// Whether Allow can be offered: the redirect URI is safe, the organization allows the client,
    /// and the account can grant every required scope and at least one scope in all.
    /// `offline_access` alone is not a useful grant, unless it is the only requested scope.
    #[must_use]
    pub fn can_allow(&self) -> bool {
        self.redirect_uri.is_ok()
            && self.organization_allows()
            && self.scopes.iter().all(|scope| scope.grantable || !is_required(scope))
            && (self.scopes.iter().any(is_useful)
                || self.scopes.iter().all(|scope| scope.grantable))
    }

    /// Whether "read only" can be offered: some scopes imply others, the user can untick all of them,
    /// nothing sensitive stays, and something stays that the user has not granted before.
    #[must_use]
    pub fn can_read_only(&self) -> bool {
        let (mut some, mut is_new) = (false, false);
        for scope in &self.scopes {
            if scope.grantable {
                let implies = self.scopes.iter().any(|other| scope.implies(other));
                some |= implies;
                is_new |= !implies && !scope.granted && is_useful(scope);
                let stays = !self.can_untick(scope);
                if (implies && stays) || (!implies && scope.sensitive) {
                    return false;
                }
            }
        }
        some && is_new
    }

    /// The grantable scopes that imply other requested scopes, with their index.
    fn implying(&self) -> impl Iterator<Item = (usize, &RequestedScope)> {
        let scopes = self.scopes.iter().enumerate();
        scopes.filter(|(_, scope)| {
            scope.grantable && self.scopes.iter().any(|other| scope.implies(other))
        })
    }
}

/// Whether a grant of this scope alone is useful. `offline_access` alone is not.
fn is_useful(scope: &RequestedScope) -> bool {
    scope.grantable && !scope.is_offline_access()
}

/// `openid` is always required: without it, there is no ID token (OpenID Connect Core section
/// 3.1.2.1).
fn is_required(scope: &RequestedScope) -> bool {
    scope.required || scope.scope.as_str() == "openid"
}

impl Selection {
    /// What is ticked when the card appears: everything but what the user had unticked before.
    #[must_use]
    pub fn new(request: &ConsentRequest) -> Self {
        let scopes = request.scopes.iter().enumerate();
        let unticked = scopes.filter(|(_, scope)| scope.unticked && request.can_untick(scope));
        Self { unticked: unticked.map(|(index, _)| index).collect() }
    }

    /// Ticks or unticks a scope. A scope that cannot be unticked, or that another scope implies,
    /// does not change.
    pub fn toggle(&mut self, request: &ConsentRequest, index: usize) {
        let Some(scope) = request.scopes.get(index) else {
            return;
        };
        if request.can_untick(scope) && !self.is_implied(request, index) {
            let ticked = self.unticked.contains(&index);
            self.set(index, ticked);
        }
    }

    /// Unticks every scope that implies another one, or ticks all of them again.
    pub fn toggle_read_only(&mut self, request: &ConsentRequest) {
        let ticked = self.is_read_only(request);
        if request.can_read_only() {
            for (index, _) in request.implying() {
                self.set(index, ticked);
            }
        }
    }

    fn set(&mut self, index: usize, ticked: bool) {
        self.unticked.retain(|other| *other != index);
        if !ticked {
            self.unticked.push(index);
        }
    }

    /// Whether the user has unticked the scope at this index.
    pub(crate) fn is_unticked(&self, index: usize) -> bool {
        self.unticked.contains(&index)
    }

    /// Whether every scope that implies another one is unticked.
    #[must_use]
    pub fn is_read_only(&self, request: &ConsentRequest) -> bool {
        let mut implying = request.implying();
        implying.all(|(index, _)| self.unticked.contains(&index))
    }

    /// Which scopes Allow would grant, by index: the ticked scopes and the scopes that they imply.
    #[must_use]
    pub fn ticked(&self, request: &ConsentRequest) -> Vec<bool> {
        let scopes = request.scopes.iter().enumerate();
        let own = scopes.map(|(index, scope)| scope.grantable && !self.unticked.contains(&index));
        with_implied(request, own.collect())
    }

    /// Whether Allow would grant the scope at this index.
    #[must_use]
    pub fn is_ticked(&self, request: &ConsentRequest, index: usize) -> bool {
        self.ticked(request).get(index) == Some(&true)
    }

    /// Whether another ticked scope implies the scope at this index, so that it cannot be unticked.
    #[must_use]
    pub fn is_implied(&self, request: &ConsentRequest, index: usize) -> bool {
        let mut without = self.clone();
        without.set(index, false);
        without.is_ticked(request, index)
    }

    /// The scopes that Allow grants.
    #[must_use]
    pub fn granted(&self, request: &ConsentRequest) -> Vec<Scope> {
        let scopes = request.scopes.iter().zip(self.ticked(request));
        scopes.filter(|(_, ticked)| *ticked).map(|(scope, _)| scope.id()).collect()
    }

    /// Whether Allow would grant anything, if anything can be granted.
    #[must_use]
    pub fn grants_something(&self, request: &ConsentRequest) -> bool {
        let ticked = self.ticked(request);
        let mut all = request.scopes.iter().zip(ticked);
        !request.authorization_details.is_empty()
            || !request.scopes.iter().any(is_useful)
            || all.any(|(scope, ticked)| ticked && is_useful(scope))
    }
}

/// Adds the implied scopes to the ticked ones.
fn with_implied(request: &ConsentRequest, mut ticked: Vec<bool>) -> Vec<bool> {
    // An implied scope may imply others. There are at most as many rounds as scopes.
    for _ in &request.scopes {
        let is_implied = |scope: &RequestedScope| {
            let mut others = request.scopes.iter().zip(&ticked);
            scope.grantable && others.any(|(other, ticked)| *ticked && other.implies(scope))
        };
        let all = request.scopes.iter().zip(&ticked);
        let next = all.map(|(scope, own)| *own || is_implied(scope)).collect();
        if next == ticked {
            break;
        }
        ticked = next;
    }
    ticked
}

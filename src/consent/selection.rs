//! What the user ticks: what is sent is what is ticked, and all of it was on the screen.

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
    /// can be granted, everything that is required included. To keep nothing is nothing, unless nothing else is asked.
    #[must_use]
    pub fn can_allow(&self) -> bool {
        self.redirect_uri.is_ok()
            && self.organization_allows()
            && self
                .scopes
                .iter()
                .all(|scope| scope.grantable || !is_required(scope))
            && (self.scopes.iter().any(is_something)
                || self.scopes.iter().all(|scope| scope.grantable))
    }

    /// Whether some scopes bring others of the request with them, and all of these can be left out: then "read only" is offered.
    #[must_use]
    pub fn can_read_only(&self) -> bool {
        let mut widening = self.widening().peekable();
        widening.peek().is_some() && widening.all(|(_, scope)| self.can_untick(scope))
    }

    /// The scopes that can be granted and bring others of the request with them, and their places.
    fn widening(&self) -> impl Iterator<Item = (usize, &RequestedScope)> {
        let scopes = self.scopes.iter().enumerate();
        scopes.filter(|(_, scope)| {
            scope.grantable && self.scopes.iter().any(|other| scope.implies(other))
        })
    }
}

/// Whether a grant of this scope alone gives anything. To keep nothing is nothing.
fn is_something(scope: &RequestedScope) -> bool {
    scope.grantable && !scope.is_offline_access()
}

/// `openid` is always required: without it there is no ID token (OpenID Connect Core section 3.1.2.1).
fn is_required(scope: &RequestedScope) -> bool {
    scope.required || scope.scope.as_str() == "openid"
}

impl Selection {
    /// Ticks or unticks the scope at this index; a scope that cannot be left out stays, and so does one that comes with another.
    pub fn toggle(&mut self, request: &ConsentRequest, index: usize) {
        let Some(scope) = request.scopes.get(index) else {
            return;
        };
        if request.can_untick(scope) && !self.is_implied(request, index) {
            let ticked = self.unticked.contains(&index);
            self.set(index, ticked);
        }
    }

    /// Leaves out every scope that brings another with it, or takes all of them in again: reading stays, writing goes.
    pub fn toggle_read_only(&mut self, request: &ConsentRequest) {
        let ticked = self.is_read_only(request);
        if request.can_read_only() {
            for (index, _) in request.widening() {
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

    /// Whether every scope is left out that brings another with it.
    #[must_use]
    pub fn is_read_only(&self, request: &ConsentRequest) -> bool {
        let mut widening = request.widening();
        widening.all(|(index, _)| self.unticked.contains(&index))
    }

    /// Which scopes would be granted, by their index in the request: what is ticked, and what comes with it.
    #[must_use]
    pub fn ticked(&self, request: &ConsentRequest) -> Vec<bool> {
        let scopes = request.scopes.iter().enumerate();
        let own = scopes.map(|(index, scope)| scope.grantable && !self.unticked.contains(&index));
        with_implied(request, own.collect())
    }

    /// Whether the scope at this index would be granted.
    #[must_use]
    pub fn is_ticked(&self, request: &ConsentRequest, index: usize) -> bool {
        self.ticked(request).get(index) == Some(&true)
    }

    /// Whether the scope at this index comes with another that is ticked, so that it cannot be left out by itself.
    #[must_use]
    pub fn is_implied(&self, request: &ConsentRequest, index: usize) -> bool {
        let mut without = self.clone();
        without.set(index, false);
        without.is_ticked(request, index)
    }

    /// What `allow` grants.
    #[must_use]
    pub fn granted(&self, request: &ConsentRequest) -> Vec<Scope> {
        let scopes = request.scopes.iter().zip(self.ticked(request));
        scopes
            .filter(|(_, ticked)| *ticked)
            .map(|(scope, _)| scope.id())
            .collect()
    }

    /// Whether `allow` would grant anything, where there is anything to grant.
    #[must_use]
    pub fn grants_something(&self, request: &ConsentRequest) -> bool {
        let ticked = self.ticked(request);
        let mut all = request.scopes.iter().zip(ticked);
        !request.authorization_details.is_empty()
            || !request.scopes.iter().any(is_something)
            || all.any(|(scope, ticked)| ticked && is_something(scope))
    }
}

/// These scopes, by their places, and what comes with them.
fn with_implied(request: &ConsentRequest, mut ticked: Vec<bool>) -> Vec<bool> {
    // What comes with a scope may bring others in turn: there are no more rounds than scopes.
    for _ in &request.scopes {
        let brought = |scope: &RequestedScope| {
            let mut others = request.scopes.iter().zip(&ticked);
            scope.grantable && others.any(|(other, ticked)| *ticked && other.implies(scope))
        };
        let all = request.scopes.iter().zip(&ticked);
        let next = all.map(|(scope, own)| *own || brought(scope)).collect();
        if next == ticked {
            break;
        }
        ticked = next;
    }
    ticked
}

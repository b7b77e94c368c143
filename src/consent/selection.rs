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

    /// Whether some scopes bring others of the request with them and can be left out: then "read only" is offered.
    #[must_use]
    pub fn can_read_only(&self) -> bool {
        self.widening().next().is_some()
    }

    /// The places of the scopes that bring others of the request with them and can be left out.
    fn widening(&self) -> impl Iterator<Item = usize> {
        let scopes = self.scopes.iter().enumerate();
        scopes
            .filter(|(_, scope)| {
                self.can_untick(scope) && self.scopes.iter().any(|other| scope.brings(other))
            })
            .map(|(place, _)| place)
    }
}

/// `openid` is always required: without it there is no ID token (OpenID Connect Core section 3.1.2.1).
fn is_required(scope: &RequestedScope) -> bool {
    scope.required || scope.scope.as_str() == "openid"
}

impl Selection {
    /// Ticks or unticks the scope at this place; a scope that cannot be left out stays, and so does one that comes with another.
    pub fn toggle(&mut self, request: &ConsentRequest, place: usize) {
        let Some(scope) = request.scopes.get(place) else {
            return;
        };
        if request.can_untick(scope) && !self.is_held(request, place) {
            let ticked = self.unticked.contains(&place);
            self.put(place, ticked);
        }
    }

    /// Leaves out every scope that brings another with it, or takes all of them in again: reading stays, writing goes.
    pub fn toggle_read_only(&mut self, request: &ConsentRequest) {
        let ticked = self.is_read_only(request);
        for place in request.widening() {
            self.put(place, ticked);
        }
    }

    fn put(&mut self, place: usize, ticked: bool) {
        self.unticked.retain(|other| *other != place);
        if !ticked {
            self.unticked.push(place);
        }
    }

    /// Whether every scope is left out that brings another with it.
    #[must_use]
    pub fn is_read_only(&self, request: &ConsentRequest) -> bool {
        request
            .widening()
            .all(|place| self.unticked.contains(&place))
    }

    /// Which scopes would be granted, by their place in the request: what is ticked, and what comes with it.
    #[must_use]
    pub fn ticked(&self, request: &ConsentRequest) -> Vec<bool> {
        let scopes = request.scopes.iter().enumerate();
        let mut ticked: Vec<bool> = scopes
            .map(|(place, scope)| scope.grantable && !self.unticked.contains(&place))
            .collect();
        // What comes with a scope may bring others in turn: there are no more rounds than scopes.
        for _ in &request.scopes {
            let brought = |scope: &RequestedScope| scope.grantable && brings(request, &ticked, scope);
            let all = request.scopes.iter().zip(&ticked);
            let next = all.map(|(scope, own)| *own || brought(scope)).collect();
            if next == ticked {
                break;
            }
            ticked = next;
        }
        ticked
    }

    /// Whether the scope at this place would be granted.
    #[must_use]
    pub fn is_ticked(&self, request: &ConsentRequest, place: usize) -> bool {
        self.ticked(request).get(place) == Some(&true)
    }

    /// Whether the scope at this place comes with another that is ticked, so that it cannot be left out by itself.
    #[must_use]
    pub fn is_held(&self, request: &ConsentRequest, place: usize) -> bool {
        let mut ticked = self.ticked(request);
        if let Some(own) = ticked.get_mut(place) {
            *own = false;
        }
        let scope = request.scopes.get(place);
        scope.is_some_and(|scope| scope.grantable && brings(request, &ticked, scope))
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

    /// Whether `allow` would grant anything, where there is anything to grant. To keep nothing is nothing.
    #[must_use]
    pub fn grants_something(&self, request: &ConsentRequest) -> bool {
        let counts = |scope: &RequestedScope| scope.grantable && !scope.is_lasting();
        let ticked = self.ticked(request);
        let mut all = request.scopes.iter().zip(ticked);
        !request.authorization_details.is_empty()
            || !request.scopes.iter().any(counts)
            || all.any(|(scope, ticked)| ticked && counts(scope))
    }
}

/// Whether one of the scopes that are ticked brings this one with it.
fn brings(request: &ConsentRequest, ticked: &[bool], scope: &RequestedScope) -> bool {
    let mut others = request.scopes.iter().zip(ticked);
    others.any(|(other, ticked)| *ticked && other.brings(scope))
}

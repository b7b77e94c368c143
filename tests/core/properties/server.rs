//! A backend that keeps the first decision by its key.

use std::collections::HashMap;

use countersign::backend::{
    BackendError, BackendFault, Decision, Outcome, StartRequest, SubmitRequest,
};
use serde_json::json;

use crate::testing::fixtures::*;

pub(super) const HOME: &str = "https://printer.example/cb?code=";

/// How the backend handles a call that has no response yet.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mood {
    Well,
    Fails,
    NeedsLogin,
    Changed,
}

/// The backend's side of one transaction.
#[derive(Debug, Default)]
pub(super) struct Backend {
    pub(super) answered: Option<SubmitRequest>,
    /// Whether the approval of `globex` was requested.
    pub(super) requested: bool,
    bodies: HashMap<String, SubmitRequest>,
}

pub(super) type Answer = Result<Outcome, BackendError>;

/// The card for one of two organizations: `acme` allows the client, `globex` must approve it.
fn consent(mood: Mood, organization: &str, requested: bool) -> Outcome {
    let mut answer = organization_consent();
    let approval = if requested { "requested" } else { "offered" };
    answer["organizations"][1]["status"] = "needs_approval".into();
    answer["organizations"][1]["approval"] = approval.into();
    if organization == "globex" {
        answer["organization"] = answer["organizations"][1].clone();
    }
    answer["scopes"][2]["implies"] = json!(["photos.read"]);
    if matches!(mood, Mood::Changed) {
        answer["scopes"] = json!([plain_scope("openid", true), plain_scope("email", false)]);
    }
    outcome(&answer)
}

impl Backend {
    pub(super) fn start(&self, request: &StartRequest, mood: Mood) -> Answer {
        let organization = request.organization.as_ref();
        let organization = organization.map_or("acme", |it| it.as_str());
        match (&self.answered, mood) {
            (Some(_), _) => Err(fault(BackendFault::AlreadyAnswered)),
            (None, Mood::Fails) => Err(fault(BackendFault::Server(500))),
            (None, Mood::NeedsLogin) => Ok(login("no_session", Some("T1"), 1)),
            (None, Mood::Well | Mood::Changed) => Ok(consent(mood, organization, self.requested)),
        }
    }

    pub(super) fn submit(&mut self, request: &SubmitRequest, mood: Mood) -> Answer {
        let key = request.key.secret().to_owned();
        match self.bodies.get(&key) {
            Some(before) if !before.is_same_decision(request) => {
                return Err(fault(BackendFault::KeyReused));
            }
            _ => drop(self.bodies.insert(key.clone(), request.clone())),
        }
        let organization = request.organization.as_ref();
        let organization = organization.map_or("acme", |it| it.as_str());
        match (&self.answered, mood) {
            (Some(first), _) if first.key == request.key => Ok(redirect(&format!("{HOME}{key}"))),
            (Some(_), _) => Err(fault(BackendFault::AlreadyAnswered)),
            (None, Mood::Fails) => Err(fault(BackendFault::Server(500))),
            (None, Mood::NeedsLogin) => Ok(login("no_session", None, 1)),
            (None, Mood::Changed) => Ok(consent(mood, organization, self.requested)),
            (None, Mood::Well) if request.decision == Decision::RequestApproval => {
                assert_eq!(organization, "globex", "only there it is offered");
                self.requested = true;
                Ok(consent(mood, organization, true))
            }
            (None, Mood::Well) => {
                let allowed = request.decision != Decision::Allow || organization == "acme";
                assert!(allowed, "nothing is granted that has to be approved first");
                self.answered = Some(request.clone());
                Ok(redirect(&format!("{HOME}{key}")))
            }
        }
    }
}

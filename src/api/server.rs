//! Deserializes the requests on a server: [`StartBody`], [`SubmitBody`], [`LogoutStartBody`] and
//! [`LogoutSubmitBody`] are the bodies of the four calls. Unknown members are errors, so that the server refuses
//! calls outside the API. [`Version`] writes what a page of the version before reads.

pub use super::version::Version;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser};
use serde_json::{Map, Value};

use crate::{
    backend::{Decision, LogoutStartRequest, LogoutSubmitRequest, StartRequest, SubmitRequest},
    consent::AuthorizationDetail,
    protocol::{
        CardVersion, IdempotencyKey, OrganizationId, RawQuery, Realm, RequestRef, Scope,
        TransactionId,
    },
};

/// The body of `authorize/start`: the whole request.
///
/// ```
/// use countersign::{api::server::StartBody, protocol::{Realm, RequestRef}};
///
/// let body = r#"{"realm": "b2b", "query": "client_id=printer"}"#;
/// let request = serde_json::from_str::<StartBody>(body)?;
/// assert_eq!(request.realm, Realm::B2b);
/// assert!(matches!(request.request, RequestRef::Query(query) if query.has("client_id")));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub type StartBody = StartRequest;

/// The body of `logout/start`: the whole request.
pub type LogoutStartBody = LogoutStartRequest;

/// The body of `logout/submit`: the whole request.
pub type LogoutSubmitBody = LogoutSubmitRequest;

/// The members of `authorize/start`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StartMembers {
    realm: Realm,
    query: Option<RawQuery>,
    transaction: Option<TransactionId>,
    organization_id: Option<OrganizationId>,
}

impl<'de> Deserialize<'de> for StartRequest {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let body = StartMembers::deserialize(from)?;
        let request = match (body.query, body.transaction, &body.organization_id) {
            (Some(query), None, None) => RequestRef::Query(query),
            (None, Some(transaction), _) => RequestRef::Transaction(transaction),
            _ => {
                return Err(D::Error::custom(
                    "either `query`, or `transaction` with or without `organization_id`",
                ));
            }
        };
        Ok(Self { realm: body.realm, request, organization: body.organization_id })
    }
}

/// The body of `authorize/submit`. The key is not part of it: it is the header `Idempotency-Key`.
///
/// ```
/// use countersign::{api::server::SubmitBody, backend::Decision};
/// use countersign::protocol::IdempotencyKey;
///
/// let body = r#"{"transaction": "T", "decision": "deny", "scopes": []}"#;
/// let request = serde_json::from_str::<SubmitBody>(body)?.with_key(IdempotencyKey::new("K"));
/// assert_eq!(request.decision, Decision::Deny);
///
/// let unknown_member = r#"{"transaction": "T", "decision": "deny", "scopes": [], "x": 1}"#;
/// assert!(serde_json::from_str::<SubmitBody>(unknown_member).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmitBody {
    /// The transaction that the decision is about.
    pub transaction: TransactionId,
    /// The version of the card that the decision was made on. If it is not that of the current card,
    /// answer with that card; only a denial counts with any version, or without one.
    pub version: Option<CardVersion>,
    /// The decision.
    pub decision: Decision,
    /// The scopes that Allow grants.
    pub scopes: Vec<Scope>,
    /// The authorization details that Allow grants (RFC 9396), as JSON.
    #[serde(default, deserialize_with = "details")]
    pub authorization_details: Vec<String>,
    /// The organization on the card (B2B).
    #[serde(rename = "organization_id")]
    pub organization: Option<OrganizationId>,
    /// Whether to remember an Allow, if the page sends it.
    pub remember: Option<bool>,
}

impl SubmitBody {
    /// The complete request.
    #[must_use]
    pub fn with_key(self, key: IdempotencyKey) -> SubmitRequest {
        SubmitRequest {
            request: RequestRef::Transaction(self.transaction),
            version: self.version,
            decision: self.decision,
            scopes: self.scopes,
            authorization_details: self.authorization_details,
            organization: self.organization,
            remember: self.remember,
            key,
        }
    }
}

/// Reads a list of objects, each as JSON.
fn details<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let objects = Vec::<Map<String, Value>>::deserialize(from)?;
    let texts = objects.iter().map(serde_json::to_string);
    texts.collect::<Result<_, _>>().map_err(D::Error::custom)
}

/// Writes the JSON object unchanged.
impl Serialize for AuthorizationDetail {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let object: Map<String, Value> =
            serde_json::from_str(&self.json).map_err(ser::Error::custom)?;
        object.serialize(to)
    }
}

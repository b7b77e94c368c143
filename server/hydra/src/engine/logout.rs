//! Signing out.

use countersign_server::{
    engine::{EngineContext, EngineError, LogoutAsked, LogoutOpened, Resume},
    model::ClientMetadata,
};
use serde_json::Value;

use super::{
    Hydra,
    admin::{Flow, object_of, text_of},
    host::HydraHost,
    only,
    time::parse,
};

impl<H: HydraHost> Hydra<H> {
    pub(super) async fn read_logout(
        &self,
        query: &str,
        context: &EngineContext<'_>,
    ) -> Result<LogoutOpened, EngineError> {
        let Some(challenge) = only(query, Flow::Logout.parameter()) else {
            // Hydra knows nobody in this browser, and has no client to go back to.
            return Ok(match context.account {
                None => LogoutOpened::SignedOut,
                Some(_) => LogoutOpened::Ask(LogoutAsked::new(Resume(Value::Null))),
            });
        };
        let body = self.admin.read(Flow::Logout, &challenge).await?;
        let members = object_of(body.get("client"))?;
        let expires = body.get("expires_at").and_then(Value::as_str).and_then(parse);
        let mut asked = LogoutAsked::new(Resume(challenge.into()));
        asked.expires_at = expires.map(|expires| expires.div_euclid(1000));
        asked.client = text_of(members.get("client_id")).map(|id| {
            let mut client = ClientMetadata::new(id);
            client.client_name = text_of(members.get("client_name"));
            client
        });
        Ok(LogoutOpened::Ask(asked))
    }
}

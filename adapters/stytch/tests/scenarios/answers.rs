//! Successful responses of Stytch's API.

use countersign::protocol::Realm;
use serde_json::{Value, json};

use super::api::Stytch;

impl Stytch {
    pub fn session(&self) -> Value {
        let times = json!({
            "started_at": "T100", "last_accessed_at": "T500", "expires_at": "T9000",
            "authentication_factors": [{ "type": "otp", "last_authenticated_at": "T200" }]
        });
        match self.realm {
            Realm::Consumer => json!({
                "user": {
                    "user_id": "user-1", "name": { "first_name": "Ada", "middle_name": "", "last_name": "Lovelace" },
                    "emails": [{ "email_id": "e", "email": "ada@example.com", "verified": true }]
                },
                "session": times, "session_token": "fresh", "session_jwt": "jwt"
            }),
            Realm::B2b => json!({
                "member": { "member_id": "member-1", "organization_id": "org-1", "name": "Ada Lovelace", "email_address": "ada@acme.example" },
                "organization": { "organization_id": "org-1", "organization_name": "Acme", "organization_slug": "acme" },
                "member_session": times, "session_token": "fresh", "session_jwt": "jwt"
            }),
        }
    }

    pub fn start_answer(&self) -> Value {
        let client = json!({
            "client_id": "app", "client_type": "third_party_public", "client_name": "Photo Printer",
            "client_description": "Prints", "client_logo_url": "https://elsewhere.example/logo.png"
        });
        json!({
            "client": client, "consent_required": true, "request_id": "r", "status_code": 200,
            "scope_results": [
                { "scope": "openid", "is_grantable": true, "description": "" },
                { "scope": "photos.read", "is_grantable": true, "description": "See your photos" }
            ]
        })
    }
}

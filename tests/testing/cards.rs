//! Cards with many fields.

use serde_json::{Value, json};

use super::{consent, consent_with, organization, scope};

/// A card with every field that a card can have at once.
pub fn full() -> Value {
    consent_with(|it| {
        it["client"]["logo_uri"] = "/logos/1".into();
        it["client"]["description"] = "Prints your photos and sends them by post.".into();
        it["client"]["client_uri"] = "https://printer.example/".into();
        it["client"]["tos_uri"] = "https://printer.example/terms".into();
        it["client"]["policy_uri"] = "https://printer.example/privacy".into();
        it["client"]["registrable_domain"] = "printer.example".into();
        it["account"]["picture"] = "/pictures/1".into();
        it["redirect_uri"] = "https://login.printer.example:8443/cb".into();
        it["resources"] = json!([{ "resource": "https://api.example/", "name": "Photo store" }]);
        it["scopes"] = full_scopes();
        it["authorization_details"] = json!([
            { "type": "payment", "amount": "5.00", "to": { "name": "Ada" } },
            { "type": "delivery" }
        ]);
    })
}

fn full_scopes() -> Value {
    json!([
        scope("openid", &json!({ "required": true, "granted": true })),
        scope(
            "photos.read",
            &json!({
                "title": "See your photos", "group": "Photos", "granted": true, "details": ["Places and times", "Faces"]
            })
        ),
        scope(
            "photos.write",
            &json!({
                "title": "Add and delete photos", "group": "Photos", "description": "All of them.", "sensitive": true,
                "implies": ["photos.read"], "resource": "https://api.example/"
            })
        ),
        scope("albums.read", &json!({ "title": "See your albums", "group": "Albums" })),
        scope(
            "albums.write",
            &json!({ "title": "Change your albums", "group": "Albums", "implies": ["albums.read"] })
        ),
        scope("mail", &json!({ "title": "Write to you" })),
        scope(
            "billing",
            &json!({ "title": "See your bills", "grantable": false, "reason": "Only owners can." })
        ),
        scope("offline_access", &json!({})),
    ])
}

/// A scope to read photos, and one to write them, which implies it.
pub fn widening() -> Value {
    consent_with(|it| it["scopes"][2]["implies"] = json!(["photos.read"]))
}

/// A card with one of these organizations chosen.
pub fn members(names: &[&str]) -> Value {
    let mut answer = consent();
    let all = names.iter().enumerate().map(|(place, name)| {
        let mut one = organization(&format!("o{place}"), "allowed");
        one["name"] = (*name).into();
        one
    });
    let all: Vec<Value> = all.collect();
    answer["organization"] = all[0].clone();
    answer["organizations"] = all.into();
    answer
}

/// An organization whose administrators can approve, with this state of the approval.
pub fn approval(approval: &str) -> Value {
    consent_with(|it| {
        it["organization"] = organization("umbrella", "needs_approval");
        it["organization"]["approval"] = approval.into();
    })
}

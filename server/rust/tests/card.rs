//! What a card shows, and which decisions match it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod support;

use std::sync::{Arc, Mutex};

use countersign_server::{
    Realm,
    describe::{ClientWord, Describe, DescribeContext, Party, ScopeWord},
    engine::{Narrows, Remembers},
    model::{
        Account, Approval, BoxError, ClientMetadata, Organization, OrganizationStatus,
        RequestedScope,
    },
};
use serde_json::{Value, json};
use support::{
    engine::{Scripted, lock},
    site::{QUERY, Site, allow, decision_on},
};

/// A host with words for scopes, and organizations.
#[derive(Clone, Default)]
struct Harbor {
    requested: Arc<Mutex<Vec<String>>>,
}

impl Describe for Harbor {
    fn site_name(&self) -> Option<&str> {
        Some("Harbor")
    }
    async fn client(&self, client: &ClientMetadata, _: Realm) -> Result<ClientWord, BoxError> {
        let mut word = ClientWord::default();
        word.party = if client.client_id == "own" { Party::First } else { Party::Third };
        word.logo_uri = Some("//evil.example/logo".to_owned());
        Ok(word)
    }
    async fn scope(
        &self,
        scope: &RequestedScope,
        context: &DescribeContext<'_>,
    ) -> Result<Option<ScopeWord>, BoxError> {
        let mut word = ScopeWord::default();
        word.title = Some(format!("{} in {}", scope.scope, context.languages.join(",")));
        match scope.scope.as_str() {
            "write" => word.implies = vec!["read".to_owned(), "never-asked".to_owned()],
            "admin" => word.not_grantable = true,
            "nothing" => return Ok(None),
            _ => {}
        }
        word.reason = Some("because".to_owned());
        Ok(Some(word))
    }
    fn has_organizations(&self) -> bool {
        true
    }
    async fn organizations(
        &self,
        _: &Account,
        _: &ClientMetadata,
    ) -> Result<Vec<Organization>, BoxError> {
        let mut initech =
            Organization::new("initech", "Initech", OrganizationStatus::NeedsApproval);
        initech.approval = Some(if lock(&self.requested).is_empty() {
            Approval::Offered
        } else {
            Approval::Requested
        });
        Ok(vec![
            Organization::new("vandelay", "Vandelay", OrganizationStatus::Blocked),
            Organization::new("acme", "Acme", OrganizationStatus::Allowed),
            initech,
        ])
    }
    fn takes_approvals(&self) -> bool {
        true
    }
    async fn request_approval(
        &self,
        _: &Account,
        _: &ClientMetadata,
        organization: &Organization,
    ) -> Result<(), BoxError> {
        lock(&self.requested).push(organization.organization_id.clone());
        Ok(())
    }
    fn registrable_domain(&self, host: &str) -> Option<String> {
        Some(host.trim_start_matches("app.").to_owned())
    }
}

fn harbor() -> Site {
    Site::with(Scripted::default(), |builder| builder.describe(Harbor::default()))
}

fn with(engine: Scripted) -> Site {
    Site::with(engine, |builder| builder)
}

fn scope<'a>(card: &'a Value, name: &str) -> &'a Value {
    card["scopes"].as_array().unwrap().iter().find(|scope| scope["scope"] == name).unwrap()
}

#[tokio::test]
async fn the_card_has_the_hosts_words_and_nothing_that_a_page_must_not_open() {
    let site = harbor();
    site.engine.on_ask(|asked| {
        asked.scopes.extend(["admin", "nothing"].map(RequestedScope::new));
        asked.scopes.push(RequestedScope::of("https://api.example", "read"));
        asked.scopes.push(RequestedScope::new("read"));
        asked.client.policy_uri = Some("javascript:alert(1)".to_owned());
        asked.client.client_name = Some("x".repeat(2000));
        asked.ui_locales = Some("de".to_owned());
    });
    let body = json!({ "realm": "consumer", "query": QUERY }).to_string();
    let languages = [("accept-language", "fr;q=0.5, en, bad_tag, it;q=0")];
    let card = site.browser().call_with("/authorize/start", body, &languages).await.body;
    assert_eq!(
        (&card["site_name"], &card["client"]["registrable_domain"]),
        (&json!("Harbor"), &json!("example"))
    );
    assert_eq!((card["client"].get("policy_uri"), card["client"].get("logo_uri")), (None, None));
    assert_eq!(card["client"]["name"].as_str().unwrap().len(), 1000);
    assert_eq!(card["scopes"].as_array().unwrap().len(), 6);
    assert_eq!(scope(&card, "openid")["title"], "openid in de,en,fr");
    assert_eq!(
        (&scope(&card, "openid")["required"], &scope(&card, "openid")["reason"]),
        (&json!(true), &json!("because"))
    );
    assert_eq!(
        (&scope(&card, "write")["implies"], scope(&card, "write").get("reason")),
        (&json!(["read"]), None)
    );
    assert_eq!(
        (&scope(&card, "admin")["grantable"], &scope(&card, "admin")["reason"]),
        (&json!(false), &json!("because"))
    );
    assert_eq!(scope(&card, "nothing").get("title"), None);
    assert_eq!(card["resources"], json!([{ "resource": "https://api.example" }]));
}

#[tokio::test]
async fn an_allow_that_does_not_match_the_card_is_400_and_decides_nothing() {
    let site = harbor();
    site.engine.on_ask(|asked| {
        asked.scopes.push(RequestedScope::new("admin"));
        asked.details = vec![
            json!({ "type": "pay", "amount": { "value": 1, "currency": "EUR" } })
                .as_object()
                .unwrap()
                .clone(),
        ];
    });
    let (mut browser, card) = site.at_card().await;
    assert_eq!(card["remember"], "never");
    let scopes = |names: &[&str]| json!({ "scopes": names.iter().map(|name| json!({ "scope": name })).collect::<Vec<_>>() });
    let wrong = [
        (
            scopes(&["openid", "read", "write", "contacts"]),
            "/scopes/3 is a scope that was not offered.",
        ),
        (
            scopes(&["openid", "read", "write", "admin"]),
            "/scopes/3 is a scope that was not offered.",
        ),
        (
            json!({ "scopes": [{ "scope": "openid", "resource": "https://api.example" }] }),
            "/scopes/0 is a scope that was not offered.",
        ),
        (scopes(&["read", "write"]), "/scopes leaves out a required scope."),
        (scopes(&["openid", "write"]), "/scopes leaves out a scope that cannot be left out."),
        (
            json!({ "authorization_details": [] }),
            "/authorization_details are not those that were shown.",
        ),
        (
            json!({ "authorization_details": [{ "type": "pay", "amount": { "value": 2, "currency": "EUR" } }] }),
            "/authorization_details are not those that were shown.",
        ),
    ];
    for (more, detail) in wrong {
        let reply = browser.submit("k", decision_on(&card, "allow", more.clone())).await;
        assert_eq!((reply.status, reply.text("detail")), (400, detail), "{more}");
    }
    assert_eq!(site.engine.count("allow"), 0);
    let more = json!({ "scopes": [{ "scope": "read" }, { "scope": "openid" }, { "scope": "read" }], "remember": true, "authorization_details": [{ "amount": { "currency": "EUR", "value": 1.0 }, "type": "pay" }] });
    assert_eq!(
        browser.submit("k", decision_on(&card, "allow", more)).await.brief(),
        (200, "redirect")
    );
    let grant = site.engine.last_grant();
    assert_eq!((grant.scopes.len(), grant.remember, grant.details.len()), (2, false, 1));
}

#[tokio::test]
async fn an_engine_that_cannot_narrow_gets_all_or_nothing() {
    let site = with(Scripted {
        narrows: Narrows::No,
        remembers: Remembers::Always,
        ..Scripted::default()
    });
    let (mut browser, card) = site.at_card().await;
    assert_eq!((&card["can_narrow"], &card["remember"]), (&json!(false), &json!("always")));
    let left = json!({ "scopes": [{ "scope": "openid" }, { "scope": "read" }] });
    assert_eq!(
        browser.submit("k", decision_on(&card, "allow", left)).await.brief(),
        (400, "malformed_call")
    );
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (200, "redirect"));
    assert!(site.engine.last_grant().remember);
}

#[tokio::test]
async fn what_was_granted_before_stays_where_it_comes_back_anyway() {
    let site = with(Scripted {
        narrows: Narrows::NewOnly,
        remembers: Remembers::Never,
        ..Scripted::default()
    });
    site.engine.on_ask(|asked| asked.granted = vec![RequestedScope::new("write")]);
    let (mut browser, card) = site.at_card().await;
    assert_eq!(
        (&scope(&card, "write")["granted"], &scope(&card, "write")["required"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(scope(&card, "read")["required"], false);
    let left = json!({ "scopes": [{ "scope": "openid" }, { "scope": "write" }], "remember": true });
    assert_eq!(
        browser.submit("k", decision_on(&card, "allow", left)).await.brief(),
        (200, "redirect")
    );
    assert!(!site.engine.last_grant().remember);
}

#[tokio::test]
async fn the_version_changes_with_all_that_a_decision_is_made_on_and_with_no_text() {
    let site = harbor();
    let (mut browser, card) = site.at_card().await;
    let german = json!({ "realm": "consumer", "transaction": card["transaction"] }).to_string();
    let again =
        browser.call_with("/authorize/start", german, &[("accept-language", "de")]).await.body;
    assert_eq!(again["version"], card["version"]);
    type Change = fn(&mut countersign_server::engine::Asked);
    let changes: [Change; 6] = [
        |asked| asked.scopes.reverse(),
        |asked| asked.scopes.truncate(1),
        |asked| asked.resources.push("https://api.example".to_owned()),
        |asked| asked.redirect_uri.push('x'),
        |asked| asked.client.client_name = Some("Another".to_owned()),
        |asked| asked.details.push(json!({ "type": "t" }).as_object().unwrap().clone()),
    ];
    for change in changes {
        site.engine.on_ask(change);
        assert_ne!(browser.resume(&card).await.body["version"], card["version"]);
    }
    site.engine.on_ask(|_| {});
    browser.account = Some("grace".to_owned());
    assert_ne!(browser.resume(&card).await.body["version"], card["version"]);
    browser.account = Some("ada".to_owned());
    assert_eq!(browser.resume(&card).await.body["version"], card["version"]);
}

#[tokio::test]
async fn an_organization_is_chosen_blocked_or_approved() {
    let host = Harbor::default();
    let site = Site::with(Scripted::default(), |builder| builder.describe(host.clone()));
    let mut browser = site.browser();
    let card = browser.start(json!({ "realm": "b2b", "query": QUERY })).await.body;
    assert_eq!(
        (&card["organization"]["organization_id"], card["organizations"].as_array().unwrap().len()),
        (&json!("acme"), 3)
    );
    assert_eq!(card["remember"], "never");
    let choose = |id: &str| json!({ "realm": "b2b", "transaction": card["transaction"], "organization_id": id });
    let foreign = browser.start(choose("nobody")).await;
    assert_eq!(
        (foreign.status, foreign.text("detail")),
        (400, "The account does not belong to this organization.")
    );
    let reply = browser.submit("p", decision_on(&card, "request_approval", json!({}))).await;
    assert_eq!(
        (reply.status, reply.text("detail")),
        (400, "/decision: there is nothing to approve here.")
    );

    let blocked = browser.start(choose("vandelay")).await.body;
    assert_ne!(blocked["version"], card["version"]);
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (200, "consent"));
    let refused = browser.submit("k", allow(&blocked)).await;
    assert_eq!(
        (refused.status, refused.text("detail")),
        (400, "/organization_id does not allow the client.")
    );

    let offered = browser.start(choose("initech")).await.body;
    assert_eq!(offered["organization"]["approval"], "offered");
    let requested =
        browser.submit("r", decision_on(&offered, "request_approval", json!({}))).await.body;
    assert_eq!(
        (&requested["outcome"], &requested["organization"]["approval"]),
        (&json!("consent"), &json!("requested"))
    );
    let again = decision_on(&requested, "request_approval", json!({}));
    assert_eq!(browser.submit("r2", again).await.brief(), (200, "consent"));
    assert_eq!(*lock(&host.requested), ["initech"]);
    assert_eq!(site.engine.count("allow") + site.engine.count("deny"), 0);

    let acme = browser.start(choose("acme")).await.body;
    assert_eq!(browser.submit("a", allow(&acme)).await.brief(), (200, "redirect"));
    assert_eq!(site.engine.last_grant().organization.as_deref(), Some("acme"));
}

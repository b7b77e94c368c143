//! From a scene, as data, to what a memory backend plays.

use countersign_web::{
    Browser,
    countersign::{
        Realm,
        api::client,
        backend::{
            BackendError, BackendFault, ClientHome, Decision, LogoutDecision, LogoutOutcome,
            Outcome, TransportError, TrustedToken,
            memory::{Answer, MemoryBackend},
        },
        flow::{PageInfo, Trusted},
        protocol::{Flow, RawQuery, RequestId, Secret},
    },
};
use serde_json::{Map, Value, json};

use super::texts;

/// The scenes, and the clients they can be played with.
const GALLERY: &str = include_str!("../../../gallery.json");
/// Clients that try everything.
const HOSTILE: &str = include_str!("../../../../../tests/vectors/hostile.json");

/// All there is to show.
pub(crate) struct Gallery {
    pub(crate) data: Value,
    pub(crate) hostile: Value,
}

/// A scene to be played.
pub(crate) struct Script {
    pub(crate) page: PageInfo,
    pub(crate) backend: MemoryBackend,
    /// What the user does, and what runs out, once it stands.
    pub(crate) acts: Vec<String>,
    /// Whether the host has words of its own.
    pub(crate) words: bool,
    /// What is answered beyond the scene's script.
    pub(crate) rest: Rest,
}

/// What a backend would answer next, whatever the user does with a scene.
pub(crate) struct Rest {
    consent: Value,
    client: Value,
}

impl Rest {
    /// To a decision: the way back to the client, or the card again with the administrators asked.
    pub(crate) fn decided(&self, decision: Decision) -> Answer<Outcome> {
        if decision != Decision::RequestApproval {
            return outcome(&redirect(&self.client));
        }
        let mut card = self.consent.clone();
        if let Some(organization) = card.get_mut("organization").and_then(Value::as_object_mut) {
            organization.insert("approval".to_owned(), "requested".into());
        }
        outcome(&card)
    }

    /// To the choice of an organization: its card.
    pub(crate) fn chosen(&self, id: &str) -> Answer<Outcome> {
        let mut card = self.consent.clone();
        let chosen = list(&self.consent, "organizations").iter();
        let chosen = chosen.clone().find(|it| text(it, "organization_id") == id);
        if let (Some(card), Some(chosen)) = (card.as_object_mut(), chosen) {
            card.insert("organization".to_owned(), chosen.clone());
        }
        outcome(&card)
    }

    /// To the word on a logout.
    pub(crate) fn signed_out(decision: LogoutDecision) -> Answer<LogoutOutcome> {
        Answer::from(match decision {
            LogoutDecision::SignOut => LogoutOutcome::SignedOut,
            LogoutDecision::Stay => LogoutOutcome::Stayed,
        })
    }
}

impl Gallery {
    /// `None` where the data is broken, which a test would show.
    pub(crate) fn read() -> Option<Self> {
        Some(Self {
            data: serde_json::from_str(GALLERY).ok()?,
            hostile: serde_json::from_str(HOSTILE).ok()?,
        })
    }

    /// A scene by its name, with a client by its name; or with one of the hostile ones.
    pub(crate) fn script(
        &self,
        scene: &str,
        client: &str,
        hostile: &str,
        language: &str,
    ) -> Option<Script> {
        let scenes = self.data.get("scenes")?.as_array()?;
        let scene =
            scenes.iter().find(|it| text(it, "name") == scene).or_else(|| scenes.first())?;
        let clients = self.data.get("clients")?;
        let client = clients.get(client).or_else(|| clients.get("verified"))?;
        let mut consent = self.consent(scene, client, hostile)?;
        texts::complete(consent.as_object_mut()?, language);
        let start = scene.get("start").unwrap_or(&consent);
        let mut backend = MemoryBackend::default();
        if let Some(token) = scene.get("token") {
            let refused = token.is_object().then(|| answer(token, |_| Ok(())));
            backend = backend.then_attest(refused.unwrap_or(Answer::Never));
        }
        backend = backend.then(outcome(start));
        for answer in list(scene, "then") {
            backend = backend.then(match answer.as_str() {
                Some("redirect") => outcome(&redirect(client)),
                Some("other-account") => outcome(&of_another_account(&consent)),
                _ => outcome(answer),
            });
        }
        for answer in list(scene, "logout") {
            backend = backend.then_logout(match answer.as_str() {
                Some("confirm") => logout_outcome(&confirmation(client)),
                _ => logout_outcome(answer),
            });
        }
        let acts = list(scene, "do").iter().filter_map(Value::as_str);
        Some(Script {
            page: page(scene),
            backend,
            acts: acts.map(str::to_owned).collect(),
            words: scene.get("words").is_some(),
            rest: Rest { consent, client: client.clone() },
        })
    }

    /// The card of a scene.
    fn consent(&self, scene: &Value, client: &Value, hostile: &str) -> Option<Value> {
        let mut consent = self.data.get("consent")?.clone();
        let card = consent.as_object_mut()?;
        card.insert("client".to_owned(), client.get("client")?.clone());
        let address = client.get("redirect_uri")?.clone();
        card.insert("redirect_uri".to_owned(), address);
        extend(card, scene.get("consent"));
        if let Some(kind) = card.get("organizations").and_then(Value::as_str) {
            let organizations = self.organizations(kind)?;
            if kind == "many" {
                let first = organizations.as_array()?.first()?.clone();
                card.insert("organization".to_owned(), first);
            }
            card.insert("organizations".to_owned(), organizations);
        }
        let number: Option<usize> = hostile.parse().ok();
        if let Some(case) = number.and_then(|number| self.hostile.get(number)) {
            let plain = json!({
                "client_id": "printer", "name": "Photo Printer", "party": "third",
                "registration": "dynamic", "verified": false, "native": false
            });
            let mut attacker = plain.as_object()?.clone();
            extend(&mut attacker, case.get("client"));
            card.insert("client".to_owned(), attacker.into());
            let address = case.get("redirect_uri").cloned();
            let address = address.unwrap_or_else(|| "https://printer.example/cb".into());
            card.insert("redirect_uri".to_owned(), address);
        }
        Some(consent)
    }

    fn organizations(&self, kind: &str) -> Option<Value> {
        let names = self.data.get(kind)?.as_array()?.iter();
        let all = names.enumerate().map(|(place, it)| match it.as_str() {
            Some(name) => {
                json!({ "organization_id": format!("o{place}"), "name": name, "status": "allowed" })
            }
            None => it.clone(),
        });
        Some(all.collect())
    }
}

fn extend(card: &mut Map<String, Value>, more: Option<&Value>) {
    let more = more.and_then(Value::as_object);
    card.extend(more.into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())));
}

fn text<'a>(from: &'a Value, name: &str) -> &'a str {
    from.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(from: &'a Value, name: &str) -> &'a [Value] {
    let items = from.get(name).and_then(Value::as_array);
    items.map(Vec::as_slice).unwrap_or_default()
}

fn page(scene: &Value) -> PageInfo {
    let realm = match text(scene, "realm") {
        "b2b" => Realm::B2b,
        _ => Realm::Consumer,
    };
    let query = scene.get("query").and_then(Value::as_str);
    let query = RawQuery::new(query.unwrap_or("client_id=gallery"));
    let (flow, query) = match scene.get("logout") {
        Some(_) => (Flow::Logout, RawQuery::new("")),
        None => (Flow::Authorize, query),
    };
    let mut page = PageInfo::new(realm, flow, query);
    page.framed = scene.get("framed").is_some();
    page.own_hosts = vec!["id.harbor.example".to_owned()];
    page.site_name = scene.get("unnamed").is_none().then(|| "Harbor".to_owned());
    if scene.get("token").is_some() {
        page.trusted = Trusted::Known(TrustedToken {
            token: Secret::new("gallery"),
            profile_id: "gallery".to_owned(),
        });
    }
    page
}

fn redirect(client: &Value) -> Value {
    let native = client.pointer("/client/native").cloned();
    let address = text(client, "redirect_uri");
    json!({ "outcome": "redirect", "redirect_uri": address, "native": native.unwrap_or_default() })
}

fn confirmation(client: &Value) -> Value {
    json!({
        "outcome": "confirm", "logout": "L1", "client": client.get("client"), "expires_at": 32_503_680_000_u64,
        "account": { "sub": "account-ada", "name": "Ada Lovelace", "email": "ada@example.com" }
    })
}

/// The card of somebody who has signed in meanwhile.
fn of_another_account(consent: &Value) -> Value {
    let mut card = consent.clone();
    if let Some(card) = card.as_object_mut() {
        card.insert("version".to_owned(), "V2".into());
        card.insert(
            "account".to_owned(),
            json!({ "sub": "account-grace", "name": "Grace Hopper", "email": "grace@example.com" }),
        );
    }
    card
}

fn outcome(from: &Value) -> Answer<Outcome> {
    answer(from, |text| client::read_outcome(text, &Browser, &Browser).map_err(BackendFault::from))
}

fn logout_outcome(from: &Value) -> Answer<LogoutOutcome> {
    answer(from, |text| {
        client::read_logout_outcome(text, &Browser, &Browser).map_err(BackendFault::from)
    })
}

/// What an answer says, through the readers of the wire; a fault by its name; or nothing, ever.
fn answer<T>(from: &Value, read: impl Fn(&str) -> Result<T, BackendFault>) -> Answer<T> {
    if from.is_string() {
        return Answer::Never;
    }
    let Some(fault) = from.get("fault").and_then(Value::as_str) else {
        return Answer::With(read(&from.to_string()).map_err(BackendError::from));
    };
    let fault = match fault {
        "answered" => BackendFault::AlreadyAnswered,
        "expired" => BackendFault::Expired,
        "busy" => BackendFault::Busy { retry_after: Some(12) },
        "unreachable" => TransportError::Unreachable.into(),
        "slow" => TransportError::TimedOut.into(),
        "token" => BackendFault::Token,
        "cookies" => BackendFault::NoCookies,
        "setup" => BackendFault::CrossOriginCall,
        _ => BackendFault::Server(500),
    };
    let reported = !matches!(fault, BackendFault::Transport(_));
    let decision = match text(from, "decision") {
        "allow" => Some(Decision::Allow),
        "deny" => Some(Decision::Deny),
        _ => None,
    };
    let client = from.get("client").map(|_| {
        Box::new(ClientHome {
            name: "Photo Printer".to_owned(),
            client_uri: Some("https://photo-printer.example/".to_owned()),
        })
    });
    let request_id = from.get("request_id").map(|_| RequestId::new(text(from, "request_id")));
    let error = BackendError { reported, decision, client, request_id, ..fault.into() };
    Answer::With(Err(error))
}

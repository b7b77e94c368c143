//! The optional members of a consent response.

use countersign::{
    backend::{Outcome, WireProblem},
    consent::{Approval, ClientText, OrganizationStatus, RequestedScope, Translated},
    platform::native::Native,
};
use serde_json::{Value, json};

use super::responses::{full_json, read};
use crate::testing::fixtures::consent_request;

/// The error of a response that was changed like this.
fn problem(change: impl FnOnce(&mut Value)) -> Result<(), (String, WireProblem)> {
    let mut answer = full_json();
    change(&mut answer);
    let read = read(&answer).map(drop);
    read.map_err(|error| (error.path.to_string(), error.problem))
}

fn wrong(field: &str, problem: WireProblem) -> Result<(), (String, WireProblem)> {
    Err((field.to_owned(), problem))
}

fn scope(change: impl FnOnce(&mut Value)) -> RequestedScope {
    consent_request(|it| change(&mut it["scopes"][1])).scopes.remove(1)
}

#[test]
fn every_member_of_a_scope_is_read() {
    let said = scope(|it| {
        it["details"] = json!(["One", "Two"]);
        it["implies"] = json!(["photos.list"]);
        it["reason"] = "Not yours".into();
    });
    assert_eq!(said.details, ["One", "Two"]);
    let implied: Vec<_> = said.implies.iter().map(|it| it.as_str()).collect();
    assert_eq!(implied, ["photos.list"]);
    assert_eq!(said.reason.as_deref(), Some("Not yours"));
}

#[test]
fn the_optional_members_of_a_scope_may_be_absent() {
    for nothing in [None, Some(Value::Null)] {
        let said = scope(|it| {
            for member in ["details", "implies", "reason"] {
                it.as_object_mut().unwrap().remove(member);
                if let Some(nothing) = &nothing {
                    it[member] = nothing.clone();
                }
            }
        });
        assert!(said.details.is_empty() && said.implies.is_empty() && said.reason.is_none());
    }
    assert!(scope(|it| it["details"] = json!([])).details.is_empty());
}

#[test]
fn lists_of_strings_accept_only_strings() {
    for member in ["details", "implies"] {
        let path = format!("scopes[1].{member}");
        for value in
            [json!("One"), json!(1), json!({}), json!([1]), json!([["One"]]), json!([null])]
        {
            let found = problem(|it| it["scopes"][1][member] = value.clone());
            assert_eq!(found, wrong(&path, WireProblem::WrongType), "{member}: {value}");
        }
        let found = problem(|it| it["scopes"][1][member] = json!(vec!["x"; 501]));
        assert_eq!(found, wrong(&path, WireProblem::TooLong));
        let found = problem(|it| it["scopes"][1][member] = json!(["x".repeat(8193)]));
        assert_eq!(found, wrong(&path, WireProblem::TooLong));
        assert_eq!(problem(|it| it["scopes"][1][member] = json!(vec!["x"; 500])), Ok(()));
    }
    for value in [json!(1), json!(["x"]), json!({ "x": 1 })] {
        let found = problem(|it| it["scopes"][1]["reason"] = value.clone());
        assert_eq!(found, wrong("scopes[1].reason", WireProblem::WrongType));
    }
}

#[test]
fn translations_of_a_client_s_texts_are_read() {
    let asked = consent_request(|it| {
        it["client"]["name#de"] = "Fotodrucker".into();
        it["client"]["name#pt-BR"] = "Impressora".into();
        it["client"]["description#de"] = "Druckt".into();
        it["client"]["client_uri#de"] = "https://drucker.example/".into();
        it["client"]["tos_uri#de"] = Value::Null;
        it["client"]["logo_uri#de"] = "/logos/de".into();
        it["client"]["names#de"] = "x".into();
        it["client"]["nothing#de"] = 1.into();
    });
    let mut found: Vec<_> = asked.client.translated.iter().collect();
    found.sort_by_key(|it| (it.field.as_str(), it.language.clone()));
    let expected = [
        (ClientText::ClientUri, "de", "https://drucker.example/"),
        (ClientText::Description, "de", "Druckt"),
        (ClientText::Name, "de", "Fotodrucker"),
        (ClientText::Name, "pt-BR", "Impressora"),
    ];
    let expected = expected.map(|(field, language, text)| Translated {
        field,
        language: language.into(),
        text: text.into(),
    });
    assert_eq!(found, expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_translation_must_be_a_string_within_the_limit() {
    for member in ["name", "description", "client_uri", "policy_uri", "tos_uri"] {
        let (tagged, path) = (format!("{member}#de"), format!("client.{member}"));
        let found = problem(|it| it["client"][&tagged] = 1.into());
        assert_eq!(found, wrong(&path, WireProblem::WrongType), "{member}");
        let found = problem(|it| it["client"][&tagged] = "x".repeat(8193).into());
        assert_eq!(found, wrong(&path, WireProblem::TooLong), "{member}");
    }
}

#[test]
fn a_client_s_texts_follow_the_language_of_the_reader() {
    let client = consent_request(|it| {
        it["client"]["name#de"] = "Drucker".into();
        it["client"]["name#DE-at"] = "Druckerl".into();
        it["client"]["name#"] = "nobody's".into();
        it["client"]["description#fr"] = "Imprime".into();
    })
    .client;
    for (language, name) in [
        ("de", "Drucker"),
        ("de-AT", "Druckerl"),
        ("de-AT-1996", "Druckerl"),
        ("de-CH", "Drucker"),
        ("fr", "Photo Printer"),
        ("d", "Photo Printer"),
        ("en", "Photo Printer"),
    ] {
        assert_eq!(client.display_name(language, &Native).as_str(), name, "{language}");
    }
    assert_eq!(client.localized(ClientText::Description, "fr-CA"), Some("Imprime"));
    assert_eq!(client.localized(ClientText::Description, "de"), None);
    assert_eq!(client.localized(ClientText::TosUri, "fr"), None);
}

#[test]
fn an_unreadable_translation_of_a_name_is_ignored() {
    let client = consent_request(|it| it["client"]["name#de"] = "\u{200b}\u{202e}".into()).client;
    assert_eq!(client.display_name("de", &Native).as_str(), "Photo Printer");
    let client = consent_request(|it| {
        it["client"]["name"] = "\u{2066}".into();
        it["client"]["name#de"] = "Drucker".into();
    })
    .client;
    assert_eq!(client.display_name("de", &Native).as_str(), "Drucker");
    assert_eq!(client.display_name("en", &Native).as_str(), "printer");
}

#[test]
fn the_approval_of_an_organization_is_read() {
    for (word, approval) in [
        (json!("offered"), Some(Approval::Offered)),
        (json!("requested"), Some(Approval::Requested)),
        (Value::Null, None),
    ] {
        let asked = consent_request(|it| {
            it["organizations"] = json!([{
                "organization_id": "acme", "name": "Acme", "status": "needs_approval", "approval": word
            }]);
        });
        let organization = &asked.organizations[0];
        assert_eq!(organization.approval, approval);
        assert_eq!(organization.status, OrganizationStatus::NeedsApproval);
    }
    for (value, fault) in [
        (json!("granted"), WireProblem::Unknown),
        (json!(""), WireProblem::Unknown),
        (json!(true), WireProblem::WrongType),
        (json!([]), WireProblem::WrongType),
    ] {
        let found = problem(|it| it["organization"]["approval"] = value.clone());
        assert_eq!(found.unwrap_err().0, "organization.approval", "{value}");
        let found = problem(|it| it["organization"]["approval"] = value.clone());
        assert_eq!(found, wrong("organization.approval", fault), "{value}");
    }
}

#[test]
fn an_intermediate_redirect_is_marked() {
    let step = |intermediate: Value| {
        let answer = json!({
            "outcome": "redirect", "redirect_uri": "https://as.example/", "intermediate": intermediate
        });
        match read(&answer) {
            Ok(Outcome::Redirect(Ok(target))) => Ok(target.is_intermediate()),
            Err(error) => Err(crate::testing::briefly(&error)),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(step(json!(true)), Ok(true));
    assert_eq!(step(json!(false)), Ok(false));
    assert_eq!(step(Value::Null), Ok(false));
    for value in [json!("true"), json!(1), json!([])] {
        assert_eq!(step(value), Err("intermediate: of the wrong type".into()));
    }
}

#[test]
fn an_intermediate_redirect_is_checked_like_any_other() {
    let answer = json!({ "outcome": "redirect", "redirect_uri": "javascript:alert(1)", "intermediate": true });
    assert!(matches!(read(&answer), Ok(Outcome::Redirect(Err(_)))));
}

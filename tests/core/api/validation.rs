//! Validation of a consent response, member by member.

use super::responses::{full_json, read};
use countersign::backend::WireProblem;
use serde_json::{Value, json};

/// The object with the member at this path, such as `client.name` or `scopes[].scope`.
fn holder<'a>(answer: &'a mut Value, path: &str) -> &'a mut Value {
    let parents = path.rsplit_once('.').map_or("", |(parents, _)| parents);
    let parents = parents.split('.').filter(|part| !part.is_empty());
    parents.fold(answer, |value, part| match part.strip_suffix("[]") {
        Some(list) => &mut value[list][0],
        None => &mut value[part],
    })
}

fn name(path: &str) -> String {
    path.rsplit('.').next().unwrap().to_owned()
}

/// The path as an error names it.
fn named(path: &str) -> String {
    path.replace("[]", "[0]")
}

type Problem = Result<(), (String, WireProblem)>;

fn problem(answer: &Value) -> Problem {
    read(answer).map(drop).map_err(|error| (error.path.to_string(), error.problem))
}

/// The error of a response with this value at this path.
fn with(path: &str, value: impl Into<Value>) -> Problem {
    let mut answer = full_json();
    holder(&mut answer, path)[name(path)] = value.into();
    problem(&answer)
}

fn without(path: &str) -> Problem {
    let mut answer = full_json();
    holder(&mut answer, path).as_object_mut().unwrap().remove(&name(path));
    problem(&answer)
}

const REQUIRED: [&str; 32] = [
    "outcome",
    "transaction",
    "version",
    "expires_at",
    "client",
    "client.client_id",
    "client.name",
    "client.party",
    "client.registration",
    "client.verified",
    "client.native",
    "account",
    "account.sub",
    "organization.organization_id",
    "organization.name",
    "organization.status",
    "organizations",
    "organizations[].organization_id",
    "organizations[].name",
    "organizations[].status",
    "scopes",
    "scopes[].scope",
    "scopes[].grantable",
    "scopes[].required",
    "scopes[].granted",
    "scopes[].sensitive",
    "resources",
    "resources[].resource",
    "authorization_details",
    "authorization_details[].type",
    "redirect_uri",
    "can_narrow",
];

const OPTIONAL: [&str; 15] = [
    "client.description",
    "client.logo_uri",
    "client.client_uri",
    "client.policy_uri",
    "client.tos_uri",
    "client.registrable_domain",
    "account.name",
    "account.email",
    "account.picture",
    "organization",
    "organization.slug",
    "organization.logo_uri",
    "resources[].name",
    "scopes[].title",
    "scopes[].resource",
];

#[test]
fn a_missing_or_null_member_is_named() {
    for path in REQUIRED {
        let missing = Err((named(path), WireProblem::Missing));
        assert_eq!(without(path), missing, "{path}");
        assert_eq!(with(path, Value::Null), missing, "{path} as null");
    }
}

#[test]
fn a_member_of_the_wrong_type_is_named() {
    for path in REQUIRED.into_iter().chain(OPTIONAL) {
        // No member of a response is a list of lists.
        let is_list = without(path).is_err() && with(path, json!([])).is_ok();
        let place = if is_list { "[0]" } else { "" };
        let wrong = Err((named(path) + place, WireProblem::WrongType));
        assert_eq!(with(path, json!([[]])), wrong, "{path}");
    }
}

#[test]
fn optional_members_may_be_absent_or_null() {
    for path in OPTIONAL {
        assert_eq!(without(path), Ok(()), "{path}");
        assert_eq!(with(path, Value::Null), Ok(()), "{path} as null");
    }
}

#[test]
fn an_unknown_value_is_named() {
    for path in ["outcome", "client.party", "client.registration", "organization.status"] {
        assert_eq!(with(path, "First"), Err((named(path), WireProblem::Unknown)), "{path}");
    }
}

#[test]
fn an_empty_identifier_counts_as_missing() {
    for path in [
        "transaction",
        "version",
        "client.client_id",
        "account.sub",
        "organization.organization_id",
        "scopes[].scope",
    ] {
        assert_eq!(with(path, ""), Err((named(path), WireProblem::Missing)), "{path}");
    }
}

#[test]
fn unknown_members_are_ignored() {
    for path in
        ["new", "client.new", "account.new", "organization.new", "scopes[].new", "resources[].new"]
    {
        assert_eq!(with(path, json!({ "x": [1] })), Ok(()), "{path}");
    }
}

#[test]
fn a_string_or_list_that_is_too_long_is_named() {
    for path in [
        "transaction",
        "client.name",
        "client.description",
        "scopes[].title",
        "resources[].resource",
    ] {
        let error = with(path, "x".repeat(8 * 1024 + 1));
        assert_eq!(error, Err((named(path), WireProblem::TooLong)), "{path}");
    }
    for path in ["scopes", "organizations", "resources", "authorization_details"] {
        let error = with(path, vec![json!({}); 501]);
        assert_eq!(error, Err((path.to_owned(), WireProblem::TooLong)), "{path}");
    }
}

#[test]
fn a_scope_with_unusual_characters_is_refused() {
    for scope in ["photos.read\u{200b}", "рhotos.read", "a b", "a\"b", "a\\b", "a\nb", "\u{7f}"] {
        assert_eq!(
            with("scopes[].scope", scope),
            Err(("scopes[0].scope".to_owned(), WireProblem::Unknown)),
            "{scope:?}"
        );
    }
    assert_eq!(with("scopes[].scope", "urn:x!#$%&'()*+,-./~"), Ok(()));
}

//! `authorize/start` and `authorize/submit`.

use super::parties;
use crate::{
    api::{
        reader::Reader,
        writer::{Object, array},
    },
    backend::{
        ErrorResponse, FormPost, LoginRequest, Outcome, Refusal, StartRequest, SubmitRequest,
        WireError, WireProblem,
    },
    consent::{AuthorizationDetail, ConsentRequest, Remember, RequestedScope, Resource},
    platform::{Json, Platform},
    protocol::{
        Address, CardVersion, FormFields, LoginHint, LoginReason, OrganizationId, RedirectTarget,
        RequestId, RequestRef, Scope, ScopeToken, TransactionId,
    },
};

/// The body of `authorize/start`.
#[must_use]
pub fn write_start(request: &StartRequest) -> String {
    let object = Object::new().text("realm", request.realm.as_str());
    request_member(object, &request.request)
        .optional("organization_id", request.organization.as_ref().map(OrganizationId::as_str))
        .end()
}

/// Adds the member for the request.
fn request_member(object: Object, request: &RequestRef) -> Object {
    match request {
        RequestRef::Query(query) => object.text("query", query.as_str()),
        RequestRef::Transaction(transaction) => object.text("transaction", transaction.secret()),
    }
}

/// The body of `authorize/submit`. The key is sent as a header.
#[must_use]
pub fn write_submit(request: &SubmitRequest) -> String {
    let scopes: Vec<String> = request
        .scopes
        .iter()
        .map(|Scope { scope, resource }| {
            Object::new()
                .text("scope", scope.as_str())
                .optional("resource", resource.as_deref())
                .end()
        })
        .collect();
    let object = request_member(Object::new(), &request.request)
        .optional("version", request.version.as_ref().map(CardVersion::as_str))
        .text("decision", request.decision.as_str())
        .raw("scopes", &array(&scopes))
        .optional("organization_id", request.organization.as_ref().map(OrganizationId::as_str));
    let object = match request.remember {
        Some(remember) => object.raw("remember", if remember { "true" } else { "false" }),
        None => object,
    };
    if request.authorization_details.is_empty() {
        return object.end();
    }
    object.raw("authorization_details", &array(&request.authorization_details)).end()
}

/// Reads the response to either call. Addresses are checked here, so that there are no unchecked
/// ones.
///
/// ```
/// use countersign::{api::client, backend::Outcome, platform::native::Native};
///
/// let answer = r#"{"outcome": "redirect", "redirect_uri": "https://printer.example/cb"}"#;
/// assert!(matches!(client::read_outcome(answer, &Native, &Native), Ok(Outcome::Redirect(Ok(_)))));
/// let error = client::read_outcome(r#"{"outcome": "redirect"}"#, &Native, &Native).unwrap_err();
/// assert!(error.to_string().starts_with("redirect_uri: missing"));
/// ```
///
/// # Errors
/// [`WireError`] with the path of the field.
pub fn read_outcome(
    text: &str,
    json: &dyn Json,
    platform: &dyn Platform,
) -> Result<Outcome, WireError> {
    let from = super::parse(text, json)?;
    use OutcomeName::{Consent, Error, Login, Post, Redirect};
    let names = "consent|redirect|post|login|error";
    let values = [Consent, Redirect, Post, Login, Error];
    let outcome = match from.one_of("outcome", names, &values, Error) {
        Consent => Outcome::Consent(Box::new(consent(&from, platform))),
        Redirect => Outcome::Redirect(redirect(&from, platform)),
        Post => Outcome::Post(FormPost {
            action: RedirectTarget::check(&from.address("action"), false, platform),
            fields: FormFields::new(from.fields("fields")),
        }),
        Login => Outcome::Login(login(&from)),
        Error => Outcome::Error(error(&from)),
    };
    from.checked(outcome)
}

#[derive(Clone, Copy)]
enum OutcomeName {
    Consent,
    Redirect,
    Post,
    Login,
    Error,
}

/// Reads the redirect URI.
pub(super) fn redirect(from: &Reader, platform: &dyn Platform) -> Address {
    let native = from.optional_boolean("native");
    let intermediate = from.optional_boolean("intermediate");
    RedirectTarget::check(&from.address("redirect_uri"), native, platform)
        .map(|target| target.intermediate(intermediate))
}

fn consent(from: &Reader, platform: &dyn Platform) -> ConsentRequest {
    let client = parties::client(&from.object("client"));
    let redirect_uri =
        RedirectTarget::check(&from.address("redirect_uri"), client.native, platform);
    let mut request = ConsentRequest {
        transaction: Some(TransactionId::new(from.id("transaction"))),
        version: Some(CardVersion::new(from.id("version"))),
        site_name: from.optional_text("site_name"),
        expires_at: from.seconds("expires_at"),
        client: client.into(),
        account: parties::account(&from.object("account")),
        organization: from.optional_object("organization").as_ref().map(parties::organization),
        organizations: from.each("organizations", parties::organization),
        scopes: from.each("scopes", scope),
        resources: from.each("resources", resource),
        authorization_details: from.each("authorization_details", detail),
        redirect_uri,
        can_narrow: from.boolean("can_narrow"),
        remember: remember(from),
        remember_ticked: from.optional_boolean("remember_ticked"),
        switch_account: from
            .optional_object("switch_account")
            .map(|from| redirect(&from, platform)),
    };
    request.merge_scopes();
    request
}

/// Whether an Allow is remembered. In version 1 it is a boolean.
fn remember(from: &Reader) -> Remember {
    match from.member("remember").and_then(|value| value.boolean()) {
        Some(true) => Remember::Choice,
        Some(false) => Remember::Never,
        None => from.one_of(
            "remember",
            "choice|always|never",
            &[Remember::Choice, Remember::Always, Remember::Never],
            Remember::Never,
        ),
    }
}

fn scope(from: &Reader) -> RequestedScope {
    RequestedScope {
        scope: ScopeToken::new(from.scope_token("scope")),
        title: from.optional_text("title"),
        description: from.optional_text("description"),
        details: from.texts("details"),
        group: from.optional_text("group"),
        resource: from.optional_text("resource"),
        implies: from.texts("implies").into_iter().map(ScopeToken::new).collect(),
        grantable: from.boolean("grantable"),
        reason: from.optional_text("reason"),
        required: from.boolean("required"),
        granted: from.boolean("granted"),
        sensitive: from.boolean("sensitive"),
        unticked: from.optional_boolean("unticked"),
    }
}

fn resource(from: &Reader) -> Resource {
    Resource { resource: from.text("resource"), name: from.optional_text("name") }
}

fn detail(from: &Reader) -> AuthorizationDetail {
    AuthorizationDetail::of(from.text("type"), from.value())
}

fn login(from: &Reader) -> LoginRequest {
    let attempt = from.number("attempt");
    if !(1.0..=1000.0).contains(&attempt) {
        from.reject("attempt", WireProblem::Unknown, "1 to 1000", "another number");
    }
    LoginRequest {
        reason: from.one_of(
            "reason",
            LoginReason::NAMES,
            &LoginReason::ALL,
            LoginReason::NoSession,
        ),
        transaction: from
            .optional_text("transaction")
            .filter(|id| !id.is_empty())
            .map(TransactionId::new),
        // The value is in range, as checked above.
        sign_in_count: attempt as u32,
        login_hint: from.optional_text("login_hint").map(LoginHint::new),
        acr_values: from.optional_text("acr_values"),
        return_query: None,
    }
}

pub(super) fn error(from: &Reader) -> ErrorResponse {
    let error = from.text("error");
    ErrorResponse {
        refusal: Refusal::from_code(&error),
        error,
        error_description: from.optional_text("error_description"),
        request_id: RequestId::new(from.text("request_id")),
    }
}

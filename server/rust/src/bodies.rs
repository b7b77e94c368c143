//! From the request of a call to what it asks for.

use bytes::Buf;
use countersign::protocol::Realm;
use http::request::Parts;
use http_body::Body;
use http_body_util::BodyExt;

use crate::{
    calls,
    guard::{MOST_BODY, check_caller, header_text, is_encoded},
    json::{Json, body_fault, read_bytes},
    kit::Kit,
    problem::Fault,
};

/// One of the four calls.
#[derive(Clone, Copy)]
pub(crate) enum Path {
    AuthorizeStart,
    AuthorizeSubmit,
    LogoutStart,
    LogoutSubmit,
}

impl Path {
    pub const ALL: [Self; 4] =
        [Self::AuthorizeStart, Self::AuthorizeSubmit, Self::LogoutStart, Self::LogoutSubmit];

    pub const fn name(self) -> &'static str {
        match self {
            Self::AuthorizeStart => "authorize/start",
            Self::AuthorizeSubmit => "authorize/submit",
            Self::LogoutStart => "logout/start",
            Self::LogoutSubmit => "logout/submit",
        }
    }
}

/// The bytes of a body. What is over the limit is not read.
pub(crate) async fn read_body<B: Body>(body: B, most: usize) -> Result<Vec<u8>, Fault> {
    let mut body = std::pin::pin!(body);
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| body_fault("", "cannot be read"))?;
        let Ok(mut data) = frame.into_data() else { continue };
        if bytes.len() + data.remaining() > most {
            return Err(body_fault("", "is longer than 48 KiB"));
        }
        bytes.extend_from_slice(&data.copy_to_bytes(data.remaining()));
    }
    Ok(bytes)
}

/// The body of a call by a page of the site.
pub(crate) async fn read_json<B: Body>(kit: &Kit, request: &Parts, body: B) -> Result<Json, Fault> {
    check_caller(&request.method, &request.headers, &kit.origin)?;
    if is_encoded(&request.headers) {
        return Err(body_fault("", "has a Content-Encoding"));
    }
    read_bytes(&read_body(body, MOST_BODY).await?)
}

fn check_realm(kit: &Kit, body: &Json) -> Result<(), Fault> {
    let realm = body.member("realm").and_then(Json::as_text);
    if realm.is_some_and(|name| kit.realms.iter().all(|realm| realm.as_str() != name)) {
        return Err(body_fault("/realm", "is not served here"));
    }
    Ok(())
}

/// A body of which is known what it asks for.
pub(crate) enum Checked {
    Start(calls::StartCall),
    Submit(calls::SubmitCall, String),
    LogoutStart(Realm, String),
    LogoutSubmit(String, bool),
}

/// Checks a body as its call describes it.
pub(crate) fn check_body(
    kit: &Kit,
    path: Path,
    request: &Parts,
    body: &Json,
) -> Result<Checked, Fault> {
    let checked = match path {
        Path::AuthorizeStart => Checked::Start(calls::start(body)?),
        Path::AuthorizeSubmit => Checked::Submit(
            calls::submit(body)?,
            calls::check_key(header_text(&request.headers, "idempotency-key"))?,
        ),
        Path::LogoutStart => {
            let (realm, query) = calls::by_query(body)?;
            Checked::LogoutStart(realm, query)
        }
        Path::LogoutSubmit => {
            let (id, signs_out) = calls::logout_submit(body)?;
            Checked::LogoutSubmit(id, signs_out)
        }
    };
    check_realm(kit, body)?;
    Ok(checked)
}

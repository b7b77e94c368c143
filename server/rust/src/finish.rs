//! The page that posts an answer to the client (OAuth 2.0 Form Post Response Mode), once and for one
//! browser.

use bytes::Bytes;
use http::{HeaderValue, Response, header};
use http_body_util::Full;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

use crate::{
    cookie::{Cookies, cookie},
    decisions::Outcome,
    error::CallError,
    html::escape,
    kit::{Call, Kit},
    seal::random_text,
};

const LIFETIME: u64 = 60;
const SCRIPT: &str = "document.forms[0].submit()";
/// Of the script. A test compares them.
const HASH: &str = "sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE=";

/// A form, and whether it goes to a server that forwards the browser: policies apply to the redirects
/// after a form, too.
#[derive(Serialize, Deserialize)]
pub(crate) struct FinishForm {
    pub action: String,
    pub fields: Map<String, Value>,
    pub forwards: bool,
}

/// The fields of a form as an object.
pub(crate) fn members_of(fields: &[(String, String)]) -> Map<String, Value> {
    fields.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect()
}

fn name_of(kit: &Kit, id: &str) -> String {
    format!("{}_{id}", crate::cookie::browser_cookie(kit.secure))
}

fn purpose(id: &str, secret: &str) -> String {
    format!("finish {id} {secret}")
}

fn store_key(id: &str) -> String {
    format!("finish:{id}")
}

/// Keeps a form for its browser, and answers the outcome that leads to it.
pub(crate) async fn finish_later(
    kit: &Kit,
    call: &Call,
    form: &FinishForm,
) -> Result<Outcome, CallError> {
    let (id, secret) = (random_text(18)?, random_text(18)?);
    let sealed = kit.seal.seal(&serde_json::to_string(form)?, &purpose(&id, &secret))?;
    kit.store.set(&store_key(&id), &sealed, LIFETIME).await?;
    let seconds = i64::try_from(LIFETIME).unwrap_or_default();
    call.set_cookie(&cookie(&name_of(kit, &id), &secret, kit.secure, seconds));
    let redirect_uri = format!("{}{}finish/{id}", kit.origin, kit.base);
    Ok(Outcome::from_iter([
        ("outcome".to_owned(), "redirect".into()),
        ("redirect_uri".to_owned(), redirect_uri.into()),
        ("intermediate".to_owned(), true.into()),
    ]))
}

/// The form of this browser, if it was not taken yet.
pub(crate) async fn take_form(
    kit: &Kit,
    cookies: &Cookies,
    id: &str,
) -> Result<Option<FinishForm>, CallError> {
    let Some(secret) = cookies.first(&name_of(kit, id)) else {
        return Ok(None);
    };
    let sealed = kit.store.get(&store_key(id)).await?;
    let Some(text) = sealed.and_then(|sealed| kit.seal.open(&sealed, &purpose(id, secret))) else {
        return Ok(None);
    };
    // Of several loads at once, one gets it.
    let taken = kit.store.claim(&format!("{}:taken", store_key(id)), "", LIFETIME).await?;
    Ok(if taken.is_none() { Some(serde_json::from_str(&text)?) } else { None })
}

/// The page of a form. It may be framed by its client only for `prompt=none`, which clients send from
/// hidden frames.
pub(crate) fn finish_page(
    form: &FinishForm,
    framed: bool,
) -> Result<Response<Full<Bytes>>, CallError> {
    let url = Url::parse(&form.action).map_err(|_| CallError::UncheckedAddress)?;
    let origin = url.origin().ascii_serialization();
    let target = if form.forwards { String::new() } else { format!("form-action {origin}; ") };
    let ancestors = if framed { origin.as_str() } else { "'none'" };
    let policy = format!(
        "default-src 'none'; script-src '{HASH}'; base-uri 'none'; {target}frame-ancestors {ancestors}; require-trusted-types-for 'script'"
    );
    let input = |(name, value): (&String, &Value)| {
        let value = escape(value.as_str().unwrap_or_default());
        format!("<input type=\"hidden\" name=\"{}\" value=\"{value}\">\n", escape(name))
    };
    let (action, inputs) =
        (escape(&form.action), form.fields.iter().map(input).collect::<String>());
    let html = format!(
        "<!doctype html>
<html lang=\"en\">
<head><meta charset=\"utf-8\"><title>…</title></head>
<body>
<form method=\"post\" action=\"{action}\">
{inputs}<noscript><button type=\"submit\">→</button></noscript>
</form>
<script>{SCRIPT}</script>
</body>
</html>
"
    );
    let mut response = Response::new(Full::from(html));
    let headers = response.headers_mut();
    let policy = HeaderValue::try_from(policy).map_err(|_| CallError::UncheckedAddress)?;
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    let others = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    headers.extend(others.map(|(name, value)| (name, HeaderValue::from_static(value))));
    if !framed {
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_policy_allows_the_pages_script_and_no_other() {
        assert_eq!(HASH, format!("sha256-{}", STANDARD.encode(Sha256::digest(SCRIPT))));
    }

    #[test]
    fn a_field_cannot_end_its_attribute() {
        let fields = members_of(&[("\"><script>".to_owned(), "'&</form>".to_owned())]);
        let action = "https://app.example/cb?a=1&b=\"".to_owned();
        let page = finish_page(&FinishForm { action, fields, forwards: false }, false).unwrap();
        let policy = page.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("; form-action https://app.example; "));
        let html = format!("{:?}", page.body());
        assert!(html.contains(
            "name=\\\"&quot;&gt;&lt;script&gt;\\\" value=\\\"&#39;&amp;&lt;/form&gt;\\\""
        ));
        assert!(html.contains("cb?a=1&amp;b=&quot;"));
    }
}

//! Plain pages for what ends a request before the widget is there, in the visitor's language.

use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use http_body_util::Full;
use url::Url;

use super::language::Language;
use crate::{
    answer::Answer,
    headers::PageHeaders,
    html::{escape, html_page, icon_link},
    kit::Kit,
};

/// What a plain page says, by the names of its texts.
pub(super) struct PlainPage<'a> {
    pub status: u16,
    pub heading: &'static str,
    pub texts: &'static [&'static str],
    /// The engine's or the kit's code.
    pub code: &'a str,
    /// The name of the call in the log.
    pub request_id: &'a str,
    pub retry_after: Option<u64>,
    /// The path of the site's icon.
    pub icon: Option<&'a str>,
}

/// The name of the site: its own, else its host.
pub(super) fn site_name(kit: &Kit) -> String {
    let host = || {
        let url = Url::parse(&kit.origin).ok()?;
        let name = url.host_str()?;
        Some(url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}")))
    };
    kit.describe.site_name().map(str::to_owned).or_else(host).unwrap_or_default()
}

/// The headers of a page of the kit.
pub(super) fn page_headers(kit: &Kit) -> PageHeaders {
    PageHeaders::new().https(kit.secure)
}

/// A page of the kit with a status.
pub(super) fn html_answer(status: StatusCode, headers: HeaderMap, html: String) -> Answer {
    let mut answer = Response::new(Full::from(html));
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    let media = HeaderValue::from_static("text/html; charset=utf-8");
    answer.headers_mut().insert(header::CONTENT_TYPE, media);
    answer
}

pub(super) fn plain_page(kit: &Kit, language: Language, page: &PlainPage<'_>) -> Answer {
    let site = site_name(kit);
    let fill = |key: &str| {
        language.text(key).replace("{site}", &site).replace("{reference}", page.request_id)
    };
    let text = |key: &str| escape(&fill(key));
    let texts = page.texts.iter().map(|key| format!("<p>{}</p>", text(key))).collect::<Vec<_>>();
    let body = format!(
        "<main>
<h1>{}</h1>
{}
<p><small>{} · <code>{}</code></small></p>
</main>",
        text(page.heading),
        texts.join("\n"),
        text("reference"),
        escape(page.code)
    );
    let html =
        html_page(language.lang, language.dir(), &fill(page.heading), &icon_link(page.icon), &body);
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = html_answer(status, page_headers(kit).header_map(), html);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.lang));
    if let Some(seconds) = page.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

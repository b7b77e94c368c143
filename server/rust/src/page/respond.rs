//! From a request for a page to its answer.

use std::sync::Arc;

use http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts};
use http_body_util::Full;

use super::{
    Flow, Page, PageContext, Widget,
    authorize::{get_authorize, get_logout, post},
    language::{Language, language_for},
    plain::{PlainPage, html_answer, page_headers, plain_page, site_name},
    widget::widget_page,
};
use crate::{
    answer::{Answer, plain},
    error::CallError,
    headers::FormAction,
    kit::{Call, Kit, Running, parameter},
    limits::check_limits,
    problem::Fault,
    service::End,
};

/// The body of a POST, or `None` if it is too long or cannot be read.
pub(crate) type FormBody = Option<Vec<u8>>;

/// A request for a page, and what it needs.
pub(super) struct View<'a> {
    pub kit: &'a Kit,
    pub page: &'a Page,
    pub call: &'a Call,
    /// The name of the call in the log.
    pub id: &'a str,
}

/// What a call is answered with, and the code that its event has.
pub(super) struct Shown {
    pub answer: Answer,
    pub error: Option<CallError>,
}

impl From<Answer> for Shown {
    fn from(answer: Answer) -> Self {
        Self { answer, error: None }
    }
}

impl View<'_> {
    pub fn query(&self) -> &str {
        self.call.request.uri.query().unwrap_or_default()
    }

    pub fn path(&self) -> &str {
        self.call.request.uri.path()
    }

    fn language(&self) -> Language {
        let locales = parameter(self.query(), "ui_locales").unwrap_or_default();
        let own = locales.split(' ').chain(self.call.languages.iter().map(String::as_str));
        language_for(own.filter(|tag| !tag.is_empty()))
    }

    /// RFC 9700 section 4.12: a 303 never forwards the body of a POST.
    pub fn redirect(&self, to: &str) -> Result<Answer, CallError> {
        let location = HeaderValue::from_str(to).map_err(|_| CallError::UncheckedAddress)?;
        let mut answer = self.empty(StatusCode::SEE_OTHER);
        answer.headers_mut().insert(header::LOCATION, location);
        Ok(answer)
    }

    fn empty(&self, status: StatusCode) -> Answer {
        let mut answer = Answer::new(Full::default());
        *answer.status_mut() = status;
        *answer.headers_mut() = page_headers(self.kit).header_map();
        answer
    }

    /// A plain page that says what is wrong.
    pub fn refuse(
        &self,
        status: u16,
        heading: &'static str,
        texts: &'static [&'static str],
        code: &str,
    ) -> Answer {
        self.plain(status, heading, texts, code, None)
    }

    fn plain(
        &self,
        status: u16,
        heading: &'static str,
        texts: &'static [&'static str],
        code: &str,
        retry_after: Option<u64>,
    ) -> Answer {
        let (request_id, icon) = (self.id, self.page.icon.as_deref());
        let page = PlainPage { status, heading, texts, code, request_id, retry_after, icon };
        plain_page(self.kit, self.language(), &page)
    }

    /// The page for a fault of a request that no page can be shown for.
    fn fault(&self, fault: &Fault) -> Answer {
        let (status, code, retry_after) = (fault.status(), fault.code(), fault.retry_after());
        let (heading, texts): (_, &[_]) = match status {
            409 | 410 => ("expired_heading", &["expired_text", "start_again"]),
            _ if retry_after.is_some() => ("failed_heading", &["failed_busy"]),
            _ => ("failed_heading", &["start_again"]),
        };
        self.plain(status, heading, texts, code, retry_after)
    }

    /// Where forms of the page may lead, for engines that end requests with one.
    fn form_action(&self, address: Option<&str>) -> FormAction {
        let engine = &self.kit.engine;
        match address {
            _ if !engine.posts() => FormAction::None,
            None => FormAction::Any,
            Some(address) => {
                let origins = engine.origins().iter().cloned();
                FormAction::Only(origins.chain([address.to_owned()]).collect())
            }
        }
    }

    /// The page with the widget. `address`: where the answer goes, if that is known.
    pub fn show_widget(&self, flow: Flow, address: Option<&str>) -> Answer {
        let (kit, page, language) = (self.kit, self.page, self.language());
        let files = match &page.widget {
            Widget::Served(files) => format!("{}files/{}/", kit.base, files.version()),
            Widget::At(path) => path.clone(),
        };
        let context = PageContext {
            lang: language.lang,
            dir: language.dir(),
            realm: page.realm,
            flow,
            site_name: &site_name(kit),
            api_base: kit.base.trim_end_matches('/'),
            login_url: &page.login_url,
            files: &files,
            unavailable: language.text("shell_unavailable"),
            icon: page.icon.as_deref(),
        };
        let html = page.html.as_ref().map_or_else(|| widget_page(&context), |html| html(&context));
        let headers = page_headers(kit).form_action(self.form_action(address));
        html_answer(StatusCode::OK, headers.header_map(), html)
    }

    async fn answer(&self, flow: Flow, body: FormBody) -> Result<Shown, CallError> {
        Ok(match self.call.request.method {
            Method::POST => post(self, flow, body).await?.into(),
            Method::GET if flow == Flow::Logout => get_logout(self).await?.into(),
            Method::GET => get_authorize(self).await?,
            // HEAD has the headers of the page, and no other effect.
            Method::HEAD => {
                let mut answer = self.show_widget(flow, None);
                *answer.body_mut() = Full::default();
                answer.into()
            }
            _ => {
                let mut answer = self.empty(StatusCode::METHOD_NOT_ALLOWED);
                let methods = HeaderValue::from_static("GET, HEAD, POST");
                answer.headers_mut().insert(header::ALLOW, methods);
                answer.into()
            }
        })
    }
}

/// Counts the call, reads who is there, and answers.
async fn answer_call(
    kit: &Kit,
    page: &Page,
    flow: Flow,
    call: &mut Call,
    id: &str,
    body: FormBody,
) -> Result<Shown, CallError> {
    check_limits(kit, call).await?;
    call.account = kit.account(&call.request).await?;
    View { kit, page, call, id }.answer(flow, body).await
}

fn with_cookies(mut answer: Answer, call: &Call) -> Answer {
    for line in call.set_cookies.take() {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
    answer
}

/// Answers a request for a page, and logs it.
async fn show(
    kit: Arc<Kit>,
    index: usize,
    flow: Flow,
    request: Parts,
    id: String,
    body: FormBody,
) -> Answer {
    let _running = Running::begin(&kit);
    let began = kit.milliseconds();
    let Some(page) = kit.pages.get(index) else {
        return plain(StatusCode::NOT_FOUND, "There is nothing at this address.");
    };
    let mut call = Call::new(request);
    call.is_page = true;
    let shown = answer_call(&kit, page, flow, &mut call, &id, body).await;
    let shown = shown.unwrap_or_else(|error| {
        let view = View { kit: &kit, page, call: &call, id: &id };
        Shown { answer: view.fault(&error.fault()), error: Some(error) }
    });
    let Shown { answer, error } = shown;
    let end = End { error: error.as_ref(), outcome: None, body: None, call: Some(&call) };
    kit.write_log("page", &id, began, &answer, &end);
    with_cookies(answer, &call)
}

/// Which page is at a path, and what it is for.
fn find(kit: &Kit, path: &str) -> Option<(usize, Flow)> {
    kit.pages.iter().enumerate().find_map(|(index, page)| {
        let is_logout = page.logout.as_deref() == Some(path);
        let flow = if is_logout { Flow::Logout } else { Flow::Authorize };
        (is_logout || page.authorize == path).then_some((index, flow))
    })
}

/// A file of the widget.
fn file(kit: &Kit, request: &Parts) -> Option<Answer> {
    let path = request.uri.path().strip_prefix(kit.base.as_str())?.strip_prefix("files/")?;
    let served = kit.pages.iter().filter_map(|page| match &page.widget {
        Widget::Served(files) => files.respond(path),
        Widget::At(_) => None,
    });
    served.into_iter().next().filter(|_| request.method == Method::GET)
}

/// Answers a request for a page or a file, or `None` if the path is none of them. `body` is that of a
/// POST. A page that ends a request goes on when its browser has left.
pub(crate) async fn respond(
    kit: &Arc<Kit>,
    request: Parts,
    id: &str,
    body: FormBody,
) -> Option<Answer> {
    let Some((index, flow)) = find(kit, request.uri.path()) else {
        return file(kit, &request);
    };
    let work = show(Arc::clone(kit), index, flow, request, id.to_owned(), body);
    Some(tokio::spawn(work).await.unwrap_or_else(|_| {
        let mut answer = plain(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong.");
        if let Ok(id) = HeaderValue::from_str(id) {
            answer.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
        }
        answer
    }))
}

/// The page for a step that is over, if there are pages.
pub(crate) fn gone(kit: &Kit, request: Parts, id: &str) -> Option<Answer> {
    let page = kit.pages.first()?;
    let call = Call::new(request);
    Some(View { kit, page, call: &call, id }.fault(&Fault::EXPIRED))
}

/// Whether a path is that of a page.
pub(crate) fn is_page(kit: &Kit, path: &str) -> bool {
    find(kit, path).is_some()
}

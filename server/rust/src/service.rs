//! The four calls as a service of HTTP requests.

use std::{
    convert::Infallible,
    fmt,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use http::{HeaderValue, Method, Request, StatusCode, request::Parts};
use http_body::Body;
use tower_service::Service;

use crate::{
    answer::{Answer, answer_fault, answer_with, plain},
    authorize::start,
    bodies::{Checked, Path, check_body, read_body, read_json},
    builder::Builder,
    cookie::Cookies,
    decisions::Outcome,
    describe::Sessions,
    engine::Engine,
    error::CallError,
    finish::{finish_page, take_form},
    json::Json,
    kit::{Call, Kit, Running, parameter},
    limits::check_limits,
    log::{LogDetails, LogEvent, chain_of},
    logout::{start_logout, submit_logout},
    outcomes::name_of,
    page::{MOST_QUERY, gone, is_page, respond},
    seal::random_text,
    submit::submit,
    transactions::Transaction,
};

/// The bytes of an identifier in the log.
const ID: usize = 12;

/// The countersign API in front of an engine: a [`tower_service::Service`] of HTTP requests. A clone
/// is the same mount. It runs on tokio: a call goes on when its browser has left, so that a decision
/// never stops half-way.
///
/// What is not one of its paths is 404.
#[derive(Clone)]
pub struct Countersign(pub(crate) Arc<Kit>);

impl fmt::Debug for Countersign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Countersign").field("base", &self.0.base).finish_non_exhaustive()
    }
}

/// How a call ended, for the log.
pub(crate) struct End<'a> {
    pub error: Option<&'a CallError>,
    pub outcome: Option<&'a Outcome>,
    pub body: Option<&'a Json>,
    pub call: Option<&'a Call>,
}

/// Reads who is there, and answers. A call over a limit is a fault, before the host is asked for the
/// account.
async fn answer_call(
    kit: &Kit,
    call: &mut Call,
    checked: Checked,
    body: &Json,
) -> Result<Outcome, CallError> {
    check_limits(kit, call).await?;
    call.account = kit.account(&call.request).await?;
    let call = &*call;
    match checked {
        Checked::Start(body) => start(kit, call, body).await,
        Checked::Submit(decision, key) => submit(kit, call, decision, &body.write(), &key).await,
        Checked::LogoutStart(realm, query) => start_logout(kit, call, realm, query).await,
        Checked::LogoutSubmit(id, signs_out) => {
            submit_logout(kit, call, &id, signs_out, &body.write()).await
        }
    }
}

impl Kit {
    pub(crate) fn write_log(
        &self,
        path: &'static str,
        id: &str,
        began: i64,
        answer: &Answer,
        end: &End<'_>,
    ) {
        let status = answer.status().as_u16();
        let fault = end.error.map(CallError::fault);
        let account = end.call.and_then(|call| call.account.as_ref());
        let details = self.log.details.then(|| LogDetails {
            body: end.body.map(Json::write),
            sub: account.map(|account| account.sub.clone()),
            error: end.error.map(chain_of),
        });
        let event = LogEvent {
            event: "call",
            path,
            request_id: id.to_owned(),
            status,
            outcome: end.outcome.map(|outcome| name_of(outcome).to_owned()),
            code: fault.map(|fault| fault.code()),
            took: self.milliseconds() - began,
            error: end.error.filter(|_| status >= 500).map(CallError::name),
            details,
        };
        // A log that fails costs no answer.
        let _ = catch_unwind(AssertUnwindSafe(|| (self.log.write)(&event)));
    }

    /// Answers a fault, and logs it.
    fn refuse(
        &self,
        path: Path,
        id: &str,
        began: i64,
        error: &CallError,
        body: Option<&Json>,
        call: Option<&Call>,
    ) -> Answer {
        let answer = answer_fault(id, &error.fault(), call);
        self.write_log(
            path.name(),
            id,
            began,
            &answer,
            &End { error: Some(error), outcome: None, body, call },
        );
        answer
    }

    async fn decide(
        self: Arc<Self>,
        path: Path,
        request: Parts,
        id: String,
        began: i64,
        body: Json,
    ) -> Answer {
        let _running = Running::begin(&self);
        let checked = match check_body(&self, path, &request, &body) {
            Ok(checked) => checked,
            Err(fault) => return self.refuse(path, &id, began, &fault.into(), Some(&body), None),
        };
        let mut call = Call::new(request);
        match answer_call(&self, &mut call, checked, &body).await {
            Ok(outcome) => {
                let mut written = outcome.clone();
                if name_of(&outcome) == "error" {
                    written.insert("request_id".to_owned(), id.as_str().into());
                }
                let answer =
                    answer_with(&id, 200, "application/json", &written.into(), Some(&call));
                let (body, call) = (Some(&body), Some(&call));
                self.write_log(
                    path.name(),
                    &id,
                    began,
                    &answer,
                    &End { error: None, outcome: Some(&outcome), body, call },
                );
                answer
            }
            Err(error) => self.refuse(path, &id, began, &error, Some(&body), Some(&call)),
        }
    }
}

impl Countersign {
    /// A mount for an engine and the sessions of a host.
    pub fn builder(engine: impl Engine, sessions: impl Sessions) -> Builder {
        Builder::new(engine, sessions)
    }

    async fn call_path<B: Body>(&self, path: Path, request: Request<B>) -> Answer {
        let began = self.0.milliseconds();
        let (request, body) = request.into_parts();
        let id = match random_text(ID) {
            Ok(id) => id,
            Err(error) => return self.0.refuse(path, "", began, &error.into(), None, None),
        };
        let body = match read_json(&self.0, &request, body).await {
            Ok(body) => body,
            Err(fault) => return self.0.refuse(path, &id, began, &fault.into(), None, None),
        };
        // The browser may leave, but the decision must not stop half-way.
        let work = tokio::spawn(Arc::clone(&self.0).decide(path, request, id.clone(), began, body));
        let failed = |_| self.0.refuse(path, &id, began, &CallError::Panicked, None, None);
        work.await.unwrap_or_else(failed)
    }

    /// The page that posts an answer to its client.
    async fn finish(&self, request: Parts, id: &str) -> Answer {
        if request.method != Method::GET {
            return plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET is answered here.");
        }
        let form = take_form(&self.0, &Cookies::read(&request.headers), id).await;
        match form.and_then(|form| form.as_ref().map(|form| finish_page(form, false)).transpose()) {
            Ok(Some(page)) => page,
            Ok(None) => {
                let log_id = random_text(ID).unwrap_or_default();
                if let Some(answer) = gone(&self.0, request, &log_id) {
                    return answer;
                }
                let text = "This step is over. Start again at the app you came from.";
                plain(StatusCode::GONE, text)
            }
            Err(error) => {
                let fault = error.fault();
                plain(StatusCode::from_u16(fault.status()).unwrap_or_default(), &fault.to_string())
            }
        }
    }

    /// Answers a request.
    pub async fn handle<B: Body>(&self, request: Request<B>) -> Answer {
        let rest = request.uri().path().strip_prefix(self.0.base.as_str()).unwrap_or_default();
        if let Some(path) = Path::ALL.into_iter().find(|path| path.name() == rest) {
            return self.call_path(path, request).await;
        }
        if let Some(id) = rest.strip_prefix("finish/") {
            let id = id.to_owned();
            return self.finish(request.into_parts().0, &id).await;
        }
        let id = random_text(ID).unwrap_or_default();
        let (parts, body) = request.into_parts();
        let is_form = parts.method == Method::POST && is_page(&self.0, parts.uri.path());
        let body = if is_form { read_body(body, MOST_QUERY).await.ok() } else { None };
        if let Some(answer) = respond(&self.0, parts, &id, body).await {
            return answer;
        }
        plain(StatusCode::NOT_FOUND, "There is nothing at this address.")
    }

    /// Resolves when no call is being answered. A call goes on when its browser has left, so that a
    /// host which ends waits for this, too, once it takes no more requests.
    pub async fn idle(&self) {
        let mut running = self.0.running.subscribe();
        // The sender is in the mount itself.
        let _ = running.wait_for(|running| *running == 0).await;
    }

    /// For hosts that serve the page: counts a request for it that comes back from the login page.
    /// Answers values of `Set-Cookie` for its answer.
    pub async fn visited(&self, request: &Parts) -> Vec<HeaderValue> {
        let query = request.uri.query().unwrap_or_default();
        let named =
            parameter(query, "transaction").filter(|_| parameter(query, "client_id").is_none());
        let Some(id) = named else {
            return Vec::new();
        };
        let call = Call::new(request.clone());
        let counted = async {
            let mut transaction = Transaction::load(&self.0, &call, &id, None).await?;
            transaction.visit();
            transaction.save(&self.0, &call).await
        };
        // If it is gone, the page's own call says so.
        let _: Result<(), CallError> = counted.await;
        call.set_cookies.take()
    }
}

impl<B> Service<Request<B>> for Countersign
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Send,
{
    type Response = Answer;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Answer, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let mount = self.clone();
        Box::pin(async move { Ok(mount.handle(request).await) })
    }
}

//! The demo server's login API: JSON over POST, with the header that no form can send.

use gloo_net::http::{Request, Response};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Who is signed in.
#[derive(Clone, Deserialize)]
pub(super) struct Account {
    pub name: String,
    pub email: String,
}

#[derive(Deserialize)]
struct Session {
    account: Option<Account>,
}

#[derive(Serialize)]
struct Login<'a> {
    email: &'a str,
    password: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_to: Option<&'a str>,
}

#[derive(Serialize)]
struct Continue<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    return_to: Option<&'a str>,
}

/// Where to go on: a local path that the server has checked.
#[derive(Deserialize)]
pub(super) struct Welcome {
    pub return_to: String,
}

/// Why nobody was signed in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// E-mail address and password do not match.
    Credentials,
    /// The server did not answer, or not as it should.
    Failed,
}

/// Who is signed in already, if anybody.
pub(super) async fn session() -> Option<Account> {
    let session: Session = post("/account/session", &serde_json::Map::new()).await.ok()?;
    session.account
}

/// Signs in.
pub(super) async fn login(
    email: &str,
    password: &str,
    return_to: Option<&str>,
) -> Result<Welcome, Refused> {
    post("/account/login", &Login { email, password, return_to }).await
}

/// Goes on with the account that is signed in.
pub(super) async fn go_on(return_to: Option<&str>) -> Result<Welcome, Refused> {
    post("/account/continue", &Continue { return_to }).await
}

async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Refused> {
    let request =
        Request::post(path).header("X-Countersign", "1").json(body).map_err(|_| Refused::Failed)?;
    let response: Response = request.send().await.map_err(|_| Refused::Failed)?;
    match response.status() {
        200 => response.json().await.map_err(|_| Refused::Failed),
        401 => Err(Refused::Credentials),
        _ => Err(Refused::Failed),
    }
}

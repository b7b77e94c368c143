//! The pages, for the server and the browser.

use std::{cell::Cell, rc::Rc};

use countersign_leptos::{
    Flow, IdentityProvider, Tokens, Translations,
    countersign::flow::{WidgetError, WidgetEvent},
};
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    components::{A, Route, Router, Routes},
    path,
};

/// The document around the app.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>"Harbor Bank"</title>
                <link rel="stylesheet" href="/style/tokens.css" />
                <link rel="stylesheet" href="/style/widget.css" />
                <link rel="stylesheet" href="/style/page.css" />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <main>
                <Routes fallback=|| "There is no such page.">
                    <Route path=path!("/") view=Home />
                    <Route path=path!("/oauth/authorize") view=|| view! { <Page flow=Flow::Authorize /> } />
                    <Route path=path!("/oauth/logout") view=|| view! { <Page flow=Flow::Logout /> } />
                </Routes>
            </main>
        </Router>
    }
}

/// A client on the same site, which asks by a link of the router.
#[component]
fn Home() -> impl IntoView {
    let request = "/oauth/authorize?client_id=printer&response_type=code&scope=photos.read+photos.write\
                   &redirect_uri=http%3A%2F%2Flocalhost%3A4600%2Fcallback&state=by-a-link";
    view! { <A href=request>"Connect the photo printer"</A> }
}

/// The name of the site, from a database that takes its time.
#[server(prefix = "/api", endpoint = "site")]
async fn site() -> Result<String, ServerFnError> {
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    Ok("Harbor Bank".to_owned())
}

/// The authorization page, and the logout page.
#[component]
fn Page(flow: Flow) -> impl IntoView {
    let site = Resource::new(|| (), |()| site());
    let last = RwSignal::new("");
    let page = move || {
        Suspend::new(async move {
            let site_name = site.await.unwrap_or_default();
            // Handlers may hold what stays in one thread: a server drops them at once.
            let failures = Rc::new(Cell::new(0_u32));
            let on_error = move |error: WidgetError| {
                failures.set(failures.get() + 1);
                leptos::logging::warn!("failure {}: {}", failures.get(), error.code);
            };
            view! {
                <IdentityProvider
                    flow
                    site_name
                    login_url="/login"
                    translations=Translations::at("/messages/")
                    tokens=Tokens::new([("--countersign-accent", "light-dark(#0a6b4b, #6bd6ac)")])
                    header=brand
                    footer=move || view! { <output>{move || last.get()}</output> }
                    on_event=move |event: WidgetEvent| last.set(event.name())
                    on_error
                />
            }
        })
    };
    view! { <Suspense fallback=|| "One moment…">{page}</Suspense> }
}

/// HTML that is written as a text, as a release build does with all static HTML of a view. A server
/// renders it. A browser that makes it needs what Trusted Types refuse: the card then stands alone.
fn brand() -> impl IntoView {
    view! { <p class="brand" inner_html="<b>Harbor</b> Bank"></p> }
}

//! Signals: trusted auth tokens, and views above and below the card.

use countersign::{
    backend::{
        TrustedToken,
        memory::{Call, MemoryBackend},
    },
    protocol::Secret,
};
use countersign_leptos::{IdentityProviderProps, TrustedTokens};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    component::{provider, shared},
    page::{Widget, frame},
    testing::*,
};

fn token(jwt: &str) -> TrustedToken {
    TrustedToken { token: Secret::new(jwt), profile_id: "profile".into() }
}

/// The tokens that were exchanged, and the number of calls of `start`.
fn exchanged(backend: &MemoryBackend) -> (Vec<String>, usize) {
    let calls = backend.calls();
    let tokens = calls.iter().filter_map(|call| match call {
        Call::Attest(token) => Some(token.token.secret().to_owned()),
        _ => None,
    });
    let starts = calls.iter().filter(|call| matches!(call, Call::Start(_)));
    (tokens.collect(), starts.count())
}

#[wasm_bindgen_test]
async fn a_token_is_waited_for_and_every_other_one_starts_anew() {
    let card = || outcome(&consent());
    let backend = MemoryBackend::default().then_attest(()).then_attest(());
    let backend = backend.then(card()).then(card());
    let given = shared(&backend);
    let jwt = RwSignal::new(None::<&str>);
    let widget = Widget::view(move || {
        let tokens = TrustedTokens::new(move || jwt.get().map(token));
        let props = IdentityProviderProps::builder().backend(given);
        provider(props.trusted_token(tokens).build())
    });
    widget.reaches("attesting").await;
    frame().await;
    assert_eq!(exchanged(&backend), (vec![], 0));
    jwt.set(Some("one"));
    widget.reaches("consent").await;
    assert_eq!(exchanged(&backend), (vec!["one".into()], 1));
    jwt.set(Some("one"));
    frame().await;
    assert_eq!(exchanged(&backend).1, 1);
    jwt.set(Some("two"));
    frame().await;
    widget.reaches("consent").await;
    assert_eq!(exchanged(&backend), (vec!["one".into(), "two".into()], 2));
}

#[wasm_bindgen_test]
async fn what_a_host_puts_around_the_card_stands_there_and_lives_on() {
    let visits = RwSignal::new(1);
    let backend = shared(&MemoryBackend::default().then(outcome(&consent())));
    let widget = Widget::view(move || {
        let props = IdentityProviderProps::builder().backend(backend);
        let header = move || leptos::html::small().child(move || visits.get());
        let footer = || leptos::html::nav().child("Help");
        provider(props.header(header).footer(footer).build())
    });
    let order = || -> Vec<String> {
        let all = widget.all(".countersign > *");
        all.iter().map(|it| it.tag_name()).collect()
    };
    assert_eq!(order(), ["P", "DIV"], "the card comes first");
    frame().await;
    assert_eq!(order(), ["P", "SMALL", "DIV", "NAV"]);
    let (header, footer) = (widget.element("small"), widget.element("nav"));
    widget.reaches("consent").await;
    assert_eq!(order(), ["P", "SMALL", "DIV", "NAV"]);
    assert!(widget.element("nav").is_same_node(Some(&footer)));
    visits.set(2);
    frame().await;
    assert_eq!(header.text_content().as_deref(), Some("2"));
}

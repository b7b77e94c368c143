//! One file per subject: each handler takes the context and the state, and returns a transition. No
//! handler uses another one: what they share is in `context.rs`.

pub(super) mod arming;
pub(super) mod attest;
pub(super) mod decide;
pub(super) mod failure;
pub(super) mod login;
pub(super) mod logout;
pub(super) mod redirect;
pub(super) mod start;
pub(super) mod timers;

//! The effects that take time, one function each.

use std::rc::Rc;

use countersign::{
    backend::{BackendFuture, LogoutOutcome, Outcome},
    flow::{Attempt, Event, Timer},
    messages::Messages,
    protocol::{LoginHandOff, TransactionId},
};

use futures_util::future::{Either, select};

use super::Driver;
use crate::platform::{Browser, now, wait};

/// After this many milliseconds without a translation, the widget stays English.
const LANGUAGE_TIMEOUT: u32 = 4_000;

impl Driver {
    pub(super) fn respond(self: &Rc<Self>, attempt: Attempt, call: BackendFuture<Outcome>) {
        let driver = Rc::clone(self);
        self.running.spawn(
            Some(attempt),
            Box::pin(async move {
                let response = call.await;
                driver.dispatch(Event::AuthorizeResponse(attempt, response));
            }),
        );
    }

    pub(super) fn respond_to_logout(
        self: &Rc<Self>,
        attempt: Attempt,
        call: BackendFuture<LogoutOutcome>,
    ) {
        let driver = Rc::clone(self);
        self.running.spawn(
            Some(attempt),
            Box::pin(async move {
                let response = call.await;
                driver.dispatch(Event::LogoutResponse(attempt, response));
            }),
        );
    }

    pub(super) fn attest(self: &Rc<Self>, attempt: Attempt, call: BackendFuture<()>) {
        let driver = Rc::clone(self);
        self.running.spawn(
            Some(attempt),
            Box::pin(async move {
                let response = call.await;
                driver.dispatch(Event::AttestResponse(attempt, response));
            }),
        );
    }

    pub(super) fn wait(self: &Rc<Self>, attempt: Attempt, timer: Timer) {
        let Some(milliseconds) = timer.milliseconds(now()) else {
            return;
        };
        let driver = Rc::clone(self);
        self.running.spawn(
            Some(attempt),
            Box::pin(async move {
                wait(milliseconds).await;
                driver.dispatch(Event::TimedOut(attempt, timer));
            }),
        );
    }

    pub(super) fn load_messages(self: &Rc<Self>, language: &'static str) {
        let Some(translations) = &self.translations else {
            return;
        };
        let (driver, file) = (Rc::clone(self), translations.load(language));
        self.running.spawn(
            None,
            Box::pin(async move {
                let timeout = Box::pin(wait(LANGUAGE_TIMEOUT));
                if let Either::Left((Some(file), _)) = select(file, timeout).await
                    && let Some(texts) = Messages::read(&file, &Browser)
                {
                    driver
                        .replace_messages(|messages| messages.clone().in_language(language, texts));
                }
                driver.dispatch(Event::MessagesSettled);
            }),
        );
    }

    pub(super) fn replace_url(&self, transaction: &TransactionId) {
        if let Some(path) = transaction.page_path(&self.page.address(), &Browser) {
            self.page.replace_address(&path);
        }
    }

    pub(super) fn go_to_login(self: &Rc<Self>, hand_off: LoginHandOff) {
        if let Some(on_login) = &self.on_login {
            on_login.call(hand_off);
            return;
        }
        match self.login.address(&hand_off, &self.page.address(), &Browser) {
            Ok(address) => match &self.on_login_address {
                Some(on_login_address) => on_login_address.call(address),
                None => self.page.leave(&address),
            },
            Err(error) => self.dispatch(Event::HandOffFailed(error)),
        }
    }
}

//! How many calls there may be within a minute.

use crate::{
    cookie::browser_cookie,
    error::CallError,
    kit::{Call, Kit},
    problem::Fault,
    seal::hash,
};

const WITHIN: u64 = 60;

/// The limits of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Calls of an address within a minute.
    pub per_address: u64,
    /// Calls of a browser within a minute.
    pub per_browser: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { per_address: 600, per_browser: 120 }
    }
}

/// Counts a call of an address, and of a browser, if it is known. The store has no addresses.
pub(crate) async fn check_limits(kit: &Kit, call: &Call) -> Result<(), CallError> {
    let Limits { per_address, per_browser } = kit.limits;
    let address = (kit.address_of)(&call.request);
    let browser = call.cookies.first(browser_cookie(kit.secure));
    for (caller, most) in [(address.as_deref(), per_address), (browser, per_browser)] {
        let Some(caller) = caller else { continue };
        if kit.store.count(&format!("calls:{}", hash(caller)), WITHIN).await? > most {
            return Err(Fault::TooMany { retry_after: WITHIN }.into());
        }
    }
    Ok(())
}

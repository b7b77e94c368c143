//! The only users of the browser: its parsers, its network, its page, its clock.

mod browser;
mod fetch;
mod page;
mod stytch;
mod search;
mod timer;

pub use browser::Browser;
pub use fetch::Fetch;
pub(crate) use fetch::text;
pub(crate) use page::{Listener, Page, focus_soon};
pub use stytch::StytchBrowser;
pub(crate) use search::folded;
pub(crate) use timer::{now, wait};

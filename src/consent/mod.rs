//! What is asked and by whom: the client, the account, the organizations, the scopes, and what the user ticks.
//!
//! All of it is the backend's word. Texts that a client chose are attacker text: they go through [`DisplayText`].

mod client;
mod display;
mod manifest;
mod request;
mod scope;
mod selection;
mod who;

pub use client::{Client, Party, Registration};
pub use display::DisplayText;
pub use manifest::{ManifestInput, ManifestItem, ManifestSection};
pub use request::{AuthorizationDetail, ConsentRequest, LogoutConfirmation, Resource};
pub use scope::RequestedScope;
pub use selection::Selection;
pub use who::{Account, Organization, OrganizationStatus};

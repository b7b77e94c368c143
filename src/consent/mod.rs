//! What is asked and by whom: the client, the account, the organizations, the scopes, and what the user ticks.
//!
//! All of it is the backend's word. Texts that a client chose are attacker text: they go through [`DisplayText`].

mod client;
mod detail;
mod display;
mod host;
mod identity;
mod letters;
mod manifest;
mod request;
mod scope;
mod selection;
mod who;

pub use client::{Client, ClientText, Party, Registration, Translated};
pub use detail::{AuthorizationDetail, DetailWords};
pub use display::DisplayText;
pub use host::HostName;
pub use identity::{Caution, Destination, DestinationKind, Identity, Standing};
pub use letters::mixes_scripts;
pub use manifest::{ManifestInput, ManifestItem, ManifestSection};
pub use request::{ConsentRequest, LogoutConfirmation, Resource};
pub use scope::RequestedScope;
pub use selection::Selection;
pub use who::{Account, Approval, Organization, OrganizationStatus};

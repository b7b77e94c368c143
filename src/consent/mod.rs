//! The content of a consent request: client, account, organizations and scopes, and the user's
//! selection.
//!
//! The backend provides all of it. Texts that a client chose are untrusted: [`DisplayText`] cleans
//! them.

mod account;
mod characters;
mod client;
mod detail;
mod display;
mod host;
mod identity;
mod manifest;
mod organization;
mod request;
mod scope;
mod scripts;
mod selection;

pub use account::Account;
pub use client::{Client, ClientText, Party, Registration, Translated};
pub use detail::{AuthorizationDetail, AuthorizationDetailDescription};
pub use display::DisplayText;
pub use host::HostName;
pub use identity::{Caution, ClientTrust, Destination, DestinationKind, Identity};
pub use manifest::{ManifestInput, ManifestItem, ManifestSection};
pub use organization::{Approval, Organization, OrganizationStatus};
pub use request::{ConsentRequest, LogoutConfirmation, Remember, Resource};
pub use scope::RequestedScope;
pub use scripts::mixes_scripts;
pub use selection::Selection;

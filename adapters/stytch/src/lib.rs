//! Stytch Connected Apps as a backend of Countersign's consent widget.

#![deny(rustdoc::broken_intra_doc_links)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod messages;
mod theme;

pub use messages::messages;
pub use theme::{theme, theme_pair};

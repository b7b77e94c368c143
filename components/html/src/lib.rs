//! The consent card of Countersign as nodes, and as HTML text.
//!
//! A view of the core ([`countersign::view::View`]) becomes nodes: plain data with texts,
//! attributes and behaviour. [`to_html`] writes them as HTML, on a server or in a test. Crate
//! `countersign-web` renders the same nodes in a browser and carries the behaviour out. Nothing
//! here needs a browser.
//!
//! ```
//! use std::sync::Arc;
//! use countersign::{messages::Messages, view::View};
//! use countersign_html::{Layout, RenderContext, Theme, to_html, widget};
//!
//! let messages = Arc::new(Messages::default());
//! let view = View::outline(&messages);
//! let context = RenderContext::new(messages, None);
//! let node = widget(&view, Theme::Dark, Layout::Regular, &context);
//! let html = to_html(&[node], &view.live);
//! assert!(html.starts_with(r#"<div class="countersign" part="root" data-theme="dark""#));
//! ```
//!
//! # Modules
//!
//! - `node.rs`: the nodes
//! - `write.rs`: nodes as HTML text
//! - `widget.rs`: the root, the card, and the view of each kind of screen
//! - `consent.rs`, `scopes.rs`, `details.rs`, `organizations.rs`, `message.rs`: the screens
//! - `render/`: from an answer of the backend to HTML text, also as a form that works without script
//! - `controls.rs`, `parts.rs`: buttons, checkboxes and the pieces that screens share

#![forbid(unsafe_code)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

mod consent;
mod controls;
mod details;
mod message;
mod node;
mod organizations;
mod parts;
mod render;
mod scopes;
mod theme;
mod widget;
mod write;

pub use countersign;
pub use node::{Attribute, Follow, Node, On, split_name};
pub use organizations::choice;
pub use parts::{rich, slow};
pub use render::{RenderError, RenderForm, RenderSettings, RenderedCard, Submitted, render};
pub use theme::{Layout, Theme};
pub use widget::{
    Picker, RenderContext, card_attributes, content, language_attributes, root_attributes, status,
    widget,
};
pub use write::to_html;

/// The crate's page, whose sample compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Page;

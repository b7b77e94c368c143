//! The whole widget as HTML text, from an answer of the backend: for servers.
//!
//! ```
//! use countersign::{messages::Messages, platform::native::Native};
//! use countersign_html::{RenderSettings, render};
//!
//! let answer = r#"{"outcome": "error", "error": "invalid_client", "request_id": "R1"}"#;
//! let card = render(answer, Messages::default(), &RenderSettings::default(), &Native)?;
//! assert_eq!(card.state, "invalid");
//! assert!(card.html.starts_with(r#"<div class="countersign""#));
//! # Ok::<(), countersign_html::RenderError>(())
//! ```

mod answer;
mod form;

use std::{fmt, sync::Arc};

use countersign::{
    Realm,
    backend::{Decision, WireError},
    messages::Messages,
    platform::Services,
    protocol::Flow,
    view::View,
};

use crate::{Layout, RenderContext, Theme, language_attributes, to_html, widget};

/// What a page says besides the answer. The widget on the page needs the same values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenderSettings {
    /// The kind of accounts that the page serves.
    pub realm: Realm,
    /// The call that was answered: [`Flow::Logout`] for `logout/start`, else `authorize/start`.
    pub flow: Flow,
    /// The page's host, with its port. It is shown if the site has no name.
    pub host: Option<String>,
    /// The name of the site, if the backend does not give one.
    pub site_name: Option<String>,
    /// Light or dark.
    pub theme: Theme,
    /// Regular or compact.
    pub layout: Layout,
    /// The address of the host's logo.
    pub logo: Option<String>,
    /// The decision that the user has made on the card of the answer, and what came of it.
    pub submitted: Option<Submitted>,
    /// The form that the card is, if it has to work without script.
    pub form: Option<RenderForm>,
}

/// A decision, and what the backend answered to it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Submitted {
    /// The decision.
    pub decision: Decision,
    /// The JSON text of the answer of `authorize/submit`, or of a problem document.
    pub answer: String,
}

impl Submitted {
    /// A decision with its answer.
    pub fn new(decision: Decision, answer: impl Into<String>) -> Self {
        Self { decision, answer: answer.into() }
    }
}

/// The answer may have the code.
impl fmt::Debug for Submitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Submitted({}, [redacted])", self.decision.as_str())
    }
}

impl Default for RenderSettings {
    fn default() -> Self {
        Self {
            realm: Realm::Consumer,
            flow: Flow::Authorize,
            host: None,
            site_name: None,
            theme: Theme::default(),
            layout: Layout::default(),
            logo: None,
            submitted: None,
            form: None,
        }
    }
}

/// A form around the widget. Its fields may be secret, so `Debug` names none.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct RenderForm {
    /// Where it is posted.
    pub action: String,
    /// The hidden fields.
    pub fields: Vec<(String, String)>,
}

impl RenderForm {
    /// A form that is posted to this address, with these hidden fields.
    pub fn new(action: impl Into<String>, fields: Vec<(String, String)>) -> Self {
        Self { action: action.into(), fields }
    }
}

impl fmt::Debug for RenderForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RenderForm({}, [redacted])", self.action)
    }
}

/// The widget as HTML.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenderedCard {
    /// The root element with the live region and the card, in the form if there is one.
    pub html: String,
    /// The name of the state, such as `consent`.
    pub state: &'static str,
    /// The language of the texts (BCP 47).
    pub language: String,
    /// The direction of the texts: `ltr` or `rtl`.
    pub direction: &'static str,
}

/// The HTML has the form's fields.
impl fmt::Debug for RenderedCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RenderedCard({}, {}, [redacted])", self.state, self.language)
    }
}

/// Why there is no card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenderError {
    /// The answer does not conform to the API.
    Answer(WireError),
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<WireError> for RenderError {
    fn from(error: WireError) -> Self {
        Self::Answer(error)
    }
}

/// The widget as its page shows it when the answer has arrived, as HTML text. Its identifiers are
/// those of the first widget of a page, so that a widget that starts there can adopt the elements.
///
/// `answer` is the JSON text of an outcome of `authorize/start`, or a problem document (RFC 9457)
/// with its `status`. Without a form, the text is what [`to_html`] writes of [`widget`]. With one,
/// each behaviour is written as what a form can do.
///
/// # Errors
/// [`RenderError::Answer`] if the answer does not conform to the API.
pub fn render(
    answer: &str,
    messages: Messages,
    settings: &RenderSettings,
    services: &dyn Services,
) -> Result<RenderedCard, RenderError> {
    let machine = answer::machine(answer, settings, services)?;
    let view = View::of(&machine, &messages, services);
    let messages = Arc::new(messages);
    let mut context = RenderContext::first(Arc::clone(&messages), settings.logo.clone());
    // A widget for consumers has no choice among organizations either.
    context.picker = context.picker.filter(|_| settings.realm == Realm::B2b);
    let node = widget(&view, settings.theme, settings.layout, &context);
    let html = match &settings.form {
        Some(form) => form::write(form, &node, &view),
        None => to_html(&[node], &view.live),
    };
    let [(_, language), (_, direction)] = language_attributes(&messages);
    let direction = if direction == "rtl" { "rtl" } else { "ltr" };
    Ok(RenderedCard { html, state: view.state, language: language.to_owned(), direction })
}

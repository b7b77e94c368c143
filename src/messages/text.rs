//! Texts in pieces, so that values stay apart from the words around them.

use std::borrow::Cow;

use crate::consent::HostName;

/// A text in pieces: literals of our own, and values from others.
///
/// A renderer isolates each value (`<bdi>`), so that it cannot change how the text around it reads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(pub Vec<Piece>);

/// A piece of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A literal of our own.
    Literal(Cow<'static, str>),
    /// A value.
    Value(String),
    /// A host name.
    Host(HostName),
}

impl Text {
    /// A text with one value only.
    pub fn value(text: impl Into<String>) -> Self {
        Self(vec![Piece::Value(text.into())])
    }

    /// The plain text, for attributes without markup.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Value(value) => text.push_str(value),
                Piece::Host(host) => text.push_str(&host.whole()),
            }
        }
        text
    }

    /// The text, with the value that equals this host as a host name.
    #[must_use]
    pub(crate) fn with_host(mut self, host: &HostName) -> Self {
        let whole = host.whole();
        for piece in &mut self.0 {
            if matches!(piece, Piece::Value(value) if *value == whole) {
                *piece = Piece::Host(host.clone());
            }
        }
        self
    }
}

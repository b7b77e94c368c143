//! Light or dark, regular or compact.

/// The colours of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Theme {
    /// Light or dark, as the user's system is set.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`. `None` for the system's theme.
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The size of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Layout {
    /// Compact if the request has `display=popup` (OpenID Connect Core, section 3.1.2.1), else
    /// regular. Only a browser resolves this: HTML text is regular.
    #[default]
    Auto,
    /// For a page of its own.
    Regular,
    /// For a small window.
    Compact,
}

impl Layout {
    /// The value of `data-layout`. `None` for the regular layout.
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Auto | Self::Regular => None,
            Self::Compact => Some("compact"),
        }
    }
}

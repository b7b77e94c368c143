//! Newtypes of the protocol's values. A value that must not be logged prints as `[redacted]`.

use std::fmt;

macro_rules! value {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it came.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// `Debug` prints `[redacted]`; never log or show the value.
        #[derive(Clone, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it came.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The value itself.
            #[must_use]
            pub fn secret(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }
    };
}

value!(
    /// `client_id` (RFC 6749 section 2.2): compared as it is, never shown as a name.
    ClientId
);
value!(
    /// One scope token (RFC 6749 section 3.3).
    ScopeToken
);
value!(
    /// An organization's identifier in the backend (B2B).
    OrganizationId
);
value!(
    /// The backend's name for one call, for support: shown to users beside an error.
    RequestId
);
value!(
    /// One language tag (BCP 47) out of `ui_locales` (OpenID Connect Core section 3.1.2.1).
    Locale
);
secret!(
    /// A transaction: one authorization request that the backend keeps, open until it is answered or expires.
    TransactionId
);
secret!(
    /// A logout that waits for the user's word.
    LogoutId
);
secret!(
    /// The key of one decision (`Idempotency-Key`), so that sending it again cannot count twice.
    IdempotencyKey
);
secret!(
    /// `login_hint` (OpenID Connect Core section 3.1.2.1): often an e-mail address. Only for filling in the login form.
    LoginHint
);
secret!(
    /// A request parameter that only the two ends may know, such as `state`, `nonce` or `id_token_hint`.
    Secret
);

/// A scope token, and the target (RFC 8707) it is asked for where it is not the backend's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Scope {
    /// The token.
    pub scope: ScopeToken,
    /// The resource's URI.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub resource: Option<String>,
}

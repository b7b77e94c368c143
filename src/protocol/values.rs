//! Newtypes of the protocol's values. `Debug` prints `[redacted]` for a secret value.

use std::fmt;

macro_rules! text {
    ($(#[$doc:meta])* $name:ident $read:ident $read_doc:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
        pub struct $name(String);

        impl $name {
            /// Wraps the text unchanged.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            #[doc = $read_doc]
            #[must_use]
            pub fn $read(&self) -> &str {
                &self.0
            }
        }
    };
}

macro_rules! value {
    ($(#[$doc:meta])* $name:ident) => {
        text!($(#[$doc])* #[derive(Debug)] $name as_str "The text.");
    };
}

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        text!($(#[$doc])*
            ///
            /// `Debug` prints `[redacted]`. Never log or show the value.
            $name secret "The secret value.");

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }
    };
}

value!(
    /// `client_id` (RFC 6749 section 2.2). It is compared byte for byte and never shown as a name.
    ClientId
);
value!(
    /// A scope token (RFC 6749 section 3.3).
    ScopeToken
);
value!(
    /// An organization's identifier in the backend (B2B).
    OrganizationId
);
value!(
    /// What a card shows, as one opaque value: account, organization, client, address, scopes and
    /// details. A decision returns it, so that it counts for that card alone.
    CardVersion
);
value!(
    /// The backend's identifier of a call. Users see it beside an error, for support.
    RequestId
);
value!(
    /// A language tag (BCP 47) from `ui_locales` (OpenID Connect Core section 3.1.2.1).
    Locale
);
secret!(
    /// A transaction: an authorization request that the backend keeps until it is answered or
    /// expires.
    TransactionId
);
secret!(
    /// A logout that waits for the user's decision.
    LogoutId
);
secret!(
    /// The key of a decision (`Idempotency-Key`), so that a repeated request counts once.
    IdempotencyKey
);
secret!(
    /// `login_hint` (OpenID Connect Core section 3.1.2.1), often an e-mail address. It only fills
    /// in the login form.
    LoginHint
);
secret!(
    /// A secret request parameter, such as `state`, `nonce` or `id_token_hint`.
    Secret
);

/// The fields of a form, as names and values. `Debug` prints the names only.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct FormFields(Vec<(String, String)>);

impl FormFields {
    /// Keeps the order of the fields.
    #[must_use]
    pub const fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The names and the secret values.
    #[must_use]
    pub fn secret(&self) -> &[(String, String)] {
        &self.0
    }
}

impl fmt::Debug for FormFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// Writes an object.
#[cfg(feature = "serde")]
impl serde::Serialize for FormFields {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A scope token and its resource (RFC 8707), if the resource is not the backend itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Scope {
    /// The scope token.
    pub scope: ScopeToken,
    /// The URI of the resource.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub resource: Option<String>,
}

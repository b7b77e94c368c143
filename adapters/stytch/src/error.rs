//! The error types of Stytch's API, and what each means for the user.

use countersign::backend::Refusal;

/// What an error means for the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meaning {
    /// No user is signed in: the user must sign in again.
    SignIn,
    /// The request cannot be used.
    Refused(Refusal),
    /// The trusted auth token was refused.
    Token,
}

macro_rules! error_types {
    ($($meaning:expr => { $($variant:ident = $code:literal,)* })*) => {
        /// An `error_type` that a consent page can receive from Stytch's API (`StytchAPIErrorType`
        /// of its SDK).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum StytchErrorType {
            $($(#[doc = concat!("`", $code, "`")] $variant,)*)*
        }

        const HASHES: &[u32] = &[$($(hash($code),)*)*];

        impl StytchErrorType {
            /// Every error type.
            pub const ALL: &'static [Self] = &[$($(Self::$variant,)*)*];

            /// The API's code for the error type.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $($(Self::$variant => $code,)*)*
                }
            }

            /// What the error type means for the flow.
            #[must_use]
            pub const fn meaning(self) -> Meaning {
                use Meaning::{Refused, SignIn, Token};
                match self {
                    $($(Self::$variant)|* => $meaning,)*
                }
            }
        }
    };
}

impl StytchErrorType {
    /// Finds the error type of a code. `None` for a code that this crate does not know.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        // The codes are found by their hashes, so that a page does not carry the codes.
        let hash = hash(code);
        let index = HASHES.iter().position(|known| *known == hash)?;
        Self::ALL.get(index).copied()
    }
}

/// FNV-1a, 32 bits.
const fn hash(code: &str) -> u32 {
    let (mut hash, mut rest) = (0x811c_9dc5_u32, code.as_bytes());
    while let [byte, tail @ ..] = rest {
        hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
        rest = tail;
    }
    hash
}

error_types! {
    Refused(Refusal::Client) => {
        ConnectedAppNotFound = "connected_app_not_found",
        DynamicClientRegistrationNotEnabled = "dynamic_client_registration_not_enabled",
    }
    Refused(Refusal::RedirectUri) => {
        InvalidRedirectUrl = "connected_app_invalid_redirect_url",
        RedirectUrlNotFoundInClient = "connected_app_supplied_redirect_url_not_found_in_client",
        RedirectUrlCannotUseLocalhost = "connected_app_redirect_url_cannot_use_localhost",
        RedirectUrlHttpMustUseLoopback = "connected_app_redirect_url_http_scheme_must_use_loopback",
        RedirectUrlMustIncludeScheme = "connected_app_redirect_url_must_include_scheme",
        RedirectUrlMustUseHttps = "connected_app_redirect_url_must_use_https_scheme",
        RedirectUrlMustUseHttpOrHttps = "connected_app_redirect_url_must_use_http_or_https_scheme",
    }
    Refused(Refusal::Setup) => {
        MisconfiguredClient = "connected_app_misconfigured_client",
        AccessTokenExchangeMissingFullAccess = "oauth_access_token_exchange_missing_full_access",
    }
    Refused(Refusal::Organization) => {
        NotAllowedForOrganization = "connected_app_not_allowed_for_org",
    }
    Refused(Refusal::Revoked) => { ConsentRevoked = "connected_app_consent_revoked", }
    Refused(Refusal::Malformed) => {
        PkceRequired = "pkce_required_for_idp_authorization_flow",
        InvalidPkceCodeChallenge = "invalid_pkce_code_challenge",
        PromptNoneMustBeExclusive = "oidc_prompt_none_must_be_exclusive",
    }
    Refused(Refusal::Scope) => {
        InvalidScope = "oauth_invalid_scope_requested",
        OfflineAccessNeedsConsent = "third_party_clients_require_consent_for_offline_access",
    }
    Refused(Refusal::Over) => {
        AuthCodeExpired = "idp_auth_code_expired",
        AuthCodeNotFound = "idp_auth_code_not_found",
        RefreshTokenAlreadyUsed = "idp_refresh_token_already_used",
        RefreshTokenExpired = "idp_refresh_token_expired",
        RefreshTokenNotFound = "idp_refresh_token_not_found",
    }
    Refused(Refusal::Limit) => { TooManyConnectedApps = "too_many_connected_apps", }
    SignIn => {
        NoUserSelector = "no_oauth_authorize_user_selector",
        NoMemberSelector = "no_oauth_authorize_member_selector",
        UnauthorizedCredentials = "unauthorized_credentials",
        UserUnauthenticated = "user_unauthenticated",
        InvalidSecretAuthentication = "invalid_secret_authentication",
        SessionNotFound = "session_not_found",
    }
    Token => {
        InvalidTrustedAuthToken = "invalid_trusted_auth_token",
        TrustedTokenProfileNotFound = "trusted_token_profile_not_found",
        TrustedTokenProfileInvalidRequest = "trusted_token_profile_invalid_request",
    }
}

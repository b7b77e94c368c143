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
    ($($variant:ident = $code:literal => $meaning:expr,)*) => {
        /// An `error_type` that a consent page can receive from Stytch's API (`StytchAPIErrorType`
        /// of its SDK).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum StytchErrorType {
            $(#[doc = concat!("`", $code, "`")] $variant,)*
        }

        impl StytchErrorType {
            /// Every error type.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The API's code for the error type.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// What the error type means for the flow.
            #[must_use]
            pub const fn meaning(self) -> Meaning {
                use Meaning::{Refused, SignIn, Token};
                match self {
                    $(Self::$variant => $meaning,)*
                }
            }
        }
    };
}

impl StytchErrorType {
    /// Finds the error type of a code. `None` for a code that this crate does not know.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        // A search through a table is smaller than a `match` on strings.
        let mut all = Self::ALL.iter().copied();
        all.find(|known| known.code() == code)
    }
}

error_types! {
    ConnectedAppNotFound = "connected_app_not_found" => Refused(Refusal::Client),
    DynamicClientRegistrationNotEnabled = "dynamic_client_registration_not_enabled" => Refused(Refusal::Client),
    InvalidRedirectUrl = "connected_app_invalid_redirect_url" => Refused(Refusal::RedirectUri),
    RedirectUrlNotFoundInClient = "connected_app_supplied_redirect_url_not_found_in_client" => Refused(Refusal::RedirectUri),
    RedirectUrlCannotUseLocalhost = "connected_app_redirect_url_cannot_use_localhost" => Refused(Refusal::RedirectUri),
    RedirectUrlHttpMustUseLoopback = "connected_app_redirect_url_http_scheme_must_use_loopback" => Refused(Refusal::RedirectUri),
    RedirectUrlMustIncludeScheme = "connected_app_redirect_url_must_include_scheme" => Refused(Refusal::RedirectUri),
    RedirectUrlMustUseHttps = "connected_app_redirect_url_must_use_https_scheme" => Refused(Refusal::RedirectUri),
    RedirectUrlMustUseHttpOrHttps = "connected_app_redirect_url_must_use_http_or_https_scheme" => Refused(Refusal::RedirectUri),
    MisconfiguredClient = "connected_app_misconfigured_client" => Refused(Refusal::Setup),
    AccessTokenExchangeMissingFullAccess = "oauth_access_token_exchange_missing_full_access" => Refused(Refusal::Setup),
    NotAllowedForOrganization = "connected_app_not_allowed_for_org" => Refused(Refusal::Organization),
    ConsentRevoked = "connected_app_consent_revoked" => Refused(Refusal::Revoked),
    PkceRequired = "pkce_required_for_idp_authorization_flow" => Refused(Refusal::Malformed),
    InvalidPkceCodeChallenge = "invalid_pkce_code_challenge" => Refused(Refusal::Malformed),
    PromptNoneMustBeExclusive = "oidc_prompt_none_must_be_exclusive" => Refused(Refusal::Malformed),
    InvalidScope = "oauth_invalid_scope_requested" => Refused(Refusal::Scope),
    OfflineAccessNeedsConsent = "third_party_clients_require_consent_for_offline_access" => Refused(Refusal::Scope),
    AuthCodeExpired = "idp_auth_code_expired" => Refused(Refusal::Over),
    AuthCodeNotFound = "idp_auth_code_not_found" => Refused(Refusal::Over),
    RefreshTokenAlreadyUsed = "idp_refresh_token_already_used" => Refused(Refusal::Over),
    RefreshTokenExpired = "idp_refresh_token_expired" => Refused(Refusal::Over),
    RefreshTokenNotFound = "idp_refresh_token_not_found" => Refused(Refusal::Over),
    TooManyConnectedApps = "too_many_connected_apps" => Refused(Refusal::Limit),
    NoUserSelector = "no_oauth_authorize_user_selector" => SignIn,
    NoMemberSelector = "no_oauth_authorize_member_selector" => SignIn,
    UnauthorizedCredentials = "unauthorized_credentials" => SignIn,
    UserUnauthenticated = "user_unauthenticated" => SignIn,
    InvalidSecretAuthentication = "invalid_secret_authentication" => SignIn,
    SessionNotFound = "session_not_found" => SignIn,
    InvalidTrustedAuthToken = "invalid_trusted_auth_token" => Token,
    TrustedTokenProfileNotFound = "trusted_token_profile_not_found" => Token,
    TrustedTokenProfileInvalidRequest = "trusted_token_profile_invalid_request" => Token,
}

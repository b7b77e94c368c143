//! How a server writes an address. It writes only checked addresses.

use serde::{Serialize, Serializer, ser::Error as _};

use super::{Address, AddressKind};

/// Writes the address.
pub fn address<S: Serializer>(address: &Address, to: S) -> Result<S::Ok, S::Error> {
    let target = address.as_ref().map_err(S::Error::custom)?;
    target.as_str().serialize(to)
}

/// Writes the members of a redirect that is not always there.
#[allow(clippy::ref_option, reason = "serde passes a reference to the field")]
pub fn optional_redirect<S: Serializer>(
    to_check: &Option<Address>,
    to: S,
) -> Result<S::Ok, S::Error> {
    to_check
        .as_ref()
        .map_or_else(|| Err(S::Error::custom("no address")), |address| redirect(address, to))
}

/// Writes the members of the outcome `redirect`.
pub fn redirect<S: Serializer>(address: &Address, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Redirect<'a> {
        redirect_uri: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        native: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        intermediate: Option<bool>,
    }
    let target = address.as_ref().map_err(S::Error::custom)?;
    let redirect = Redirect {
        redirect_uri: target.as_str(),
        native: (target.kind() == AddressKind::App).then_some(true),
        intermediate: target.is_intermediate().then_some(true),
    };
    redirect.serialize(to)
}

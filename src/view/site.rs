//! The site's name.

use crate::{
    consent::{DisplayText, HostName},
    flow::Machine,
    messages::Piece,
    platform::Platform,
};

/// The name of the site and its initial. A site without a name is called by the page's host, without
/// the `www.` that address bars leave out.
pub(super) fn site(machine: &Machine, platform: &dyn Platform) -> (Piece, String) {
    let clean = |name| DisplayText::own_name(name, platform);
    let host = machine.own_host();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let name = clean(machine.site_name().unwrap_or_default()).or(|| clean(host));
    let initial = name.initial(platform);
    let piece = if name.as_str() == host {
        Piece::Host(HostName::new(host, None))
    } else {
        Piece::Value(name.into_string())
    };
    (piece, initial)
}

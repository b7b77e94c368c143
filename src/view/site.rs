//! The site's name.

use crate::{
    consent::{DisplayText, HostName},
    flow::Machine,
    messages::Piece,
    platform::Platform,
};

/// The name of the site and its initial. A site without a name is called by the page's host.
pub(super) fn site(machine: &Machine, platform: &dyn Platform) -> (Piece, String) {
    let clean = |name: &str| DisplayText::own_name(name, platform);
    let mut name = clean(machine.site_name().unwrap_or_default());
    let mut piece = Piece::Value(name.as_str().to_owned());
    if name.is_empty() {
        let host = machine.own_host();
        piece = Piece::Host(HostName::new(host, None));
        name = clean(host.strip_prefix("www.").unwrap_or(host));
    }
    (piece, name.initial(platform))
}

//! The identity of a client: what the backend knows, what the client claims, and what the user
//! should check.

use super::{
    Client, ClientText, ConsentRequest, DisplayText, HostName, Party, Registration,
    host::{has_punycode, is_address, within, without_port},
    mixes_scripts,
};
use crate::{
    platform::Platform,
    protocol::{AddressKind, Link, RedirectTarget},
};

/// A client as the card shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// How much the backend knows about the client.
    pub trust: ClientTrust,
    /// The name that the client chose, cleaned.
    pub name: DisplayText,
    /// The client's description of itself, cleaned and capped.
    pub description: Option<DisplayText>,
    /// The host of the client's metadata document, which identifies the client.
    pub document: Option<String>,
    /// The home page.
    pub homepage: Option<Link>,
    /// The terms of service.
    pub terms: Option<Link>,
    /// The privacy policy.
    pub privacy: Option<Link>,
    /// Where the user goes after the decision.
    pub destination: Destination,
    /// What the user should check, the gravest first. The client must not be able to choose a
    /// warning that hides another one.
    pub cautions: Vec<Caution>,
}

/// How much the backend knows about a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientTrust {
    /// The client belongs to the site itself.
    FirstParty,
    /// The backend has verified who operates the client.
    Verified,
    /// An administrator registered the client, but nobody has verified who operates it.
    Registered,
    /// The client registered itself, or publishes its own metadata.
    SelfDeclared,
}

/// Where the user goes after the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Destination {
    /// The complete host; for an app, its address without query and fragment.
    pub host: HostName,
    /// The kind of destination.
    pub kind: DestinationKind,
}

/// The kind of a destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DestinationKind {
    /// A site with a host name.
    Site,
    /// An IP address.
    Address,
    /// A program on this device.
    Loopback,
    /// An app with a private-use scheme.
    App,
}

/// What the user should check before a decision.
///
/// The enum is exhaustive: a renderer must handle every caution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caution {
    /// The client is another party's, and its name is that of the site, or begins with it.
    SiteName,
    /// The name mixes several scripts.
    MixedScripts,
    /// The destination is an IP address.
    IpAddress,
    /// Any program on this device can receive the response.
    Loopback,
    /// Any app on this device can register the scheme.
    App,
    /// The client claims another host than the destination.
    HostMismatch {
        /// The host that the client claims.
        home: String,
    },
    /// The host contains non-ASCII letters.
    Punycode,
    /// The client describes itself, and nobody has verified who operates it.
    Unverified,
}

impl Identity {
    /// The identity of a request's client, in a language if its metadata has one. `target` is the
    /// checked redirect URI, and `site` the name of the site.
    #[must_use]
    pub fn of(
        request: &ConsentRequest,
        target: &RedirectTarget,
        site: &str,
        language: &str,
        platform: &dyn Platform,
    ) -> Self {
        let client = &request.client;
        let link = |field| Link::check(client.localized(field, language)?, platform);
        let description = client
            .localized(ClientText::Description, language)
            .map(|text| DisplayText::line(text, platform));
        let mut identity = Self {
            trust: ClientTrust::of(client),
            name: client.display_name(language, platform),
            description: description.filter(|text| !text.is_empty()),
            document: document(client, platform),
            homepage: link(ClientText::ClientUri),
            terms: link(ClientText::TosUri),
            privacy: link(ClientText::PolicyUri),
            destination: Destination::of(target, client.registrable_domain.as_deref()),
            cautions: Vec::new(),
        };
        identity.cautions = identity.cautions(client.registrable_domain.as_deref(), platform);
        if identity.trust != ClientTrust::FirstParty && identity.has_name_of(site, platform) {
            identity.cautions.insert(0, Caution::SiteName);
        }
        identity
    }

    /// Whether the name is that of the site or begins with it: without case, accents and what is
    /// neither a letter nor a digit. Too many names begin with a letter or two.
    fn has_name_of(&self, site: &str, platform: &dyn Platform) -> bool {
        let plain = |text| platform.replace(&platform.fold(text), r"()[^\p{L}\p{N}]", "");
        let (site, name) = (plain(site), plain(self.name.as_str()));
        !site.is_empty() && name.starts_with(&site) && (site.len() > 2 || site == name)
    }

    fn cautions(&self, registrable: Option<&str>, platform: &dyn Platform) -> Vec<Caution> {
        let kind = self.destination.kind;
        let by_kind = match kind {
            DestinationKind::Address => Some(Caution::IpAddress),
            DestinationKind::Loopback => Some(Caution::Loopback),
            DestinationKind::App => Some(Caution::App),
            DestinationKind::Site => None,
        };
        match self.trust {
            ClientTrust::FirstParty => return Vec::new(),
            // Any program can pretend to be a verified client, if a program receives the response.
            ClientTrust::Verified => {
                return by_kind.filter(|_| kind != DestinationKind::Address).into_iter().collect();
            }
            ClientTrust::Registered | ClientTrust::SelfDeclared => {}
        }
        let host = self.destination.host.whole();
        // A program on this device has its home page elsewhere by nature.
        let is_remote = matches!(kind, DestinationKind::Site | DestinationKind::Address);
        let registrable = registrable.filter(|_| kind == DestinationKind::Site);
        let claimed = self.claimed_host(&host, registrable).filter(|_| is_remote);
        let mixed = mixes_scripts(self.name.as_str(), platform);
        let punycode = kind == DestinationKind::Site && has_punycode(&host);
        let mut cautions = Vec::new();
        if let Some(home) = claimed {
            cautions.push(Caution::HostMismatch { home });
        }
        if mixed {
            cautions.push(Caution::MixedScripts);
        }
        if punycode {
            cautions.push(Caution::Punycode);
        }
        cautions.extend(by_kind);
        // A client that an administrator registered needs no other check.
        if cautions.is_empty() && self.trust == ClientTrust::SelfDeclared {
            cautions.push(Caution::Unverified);
        }
        cautions
    }

    /// The host that the client claims, if it differs from the destination.
    fn claimed_host(&self, host: &str, registrable: Option<&str>) -> Option<String> {
        for home in [self.document.as_deref(), self.homepage.as_ref().map(Link::host)] {
            if let Some(home) = home
                && !belong_together(home, host, registrable)
            {
                return Some(home.to_owned());
            }
        }
        None
    }
}

impl ClientTrust {
    const fn of(client: &Client) -> Self {
        match (client.party, client.verified, client.registration) {
            (Party::First, ..) => Self::FirstParty,
            (Party::Third, true, _) => Self::Verified,
            (Party::Third, false, Registration::Managed) => Self::Registered,
            (Party::Third, false, Registration::Dynamic | Registration::MetadataDocument) => {
                Self::SelfDeclared
            }
        }
    }
}

impl Destination {
    /// The destination of a checked address.
    #[must_use]
    pub fn of(target: &RedirectTarget, registrable: Option<&str>) -> Self {
        let kind = match target.kind() {
            AddressKind::App => DestinationKind::App,
            AddressKind::Loopback => DestinationKind::Loopback,
            AddressKind::Web if is_address(target.host()) => DestinationKind::Address,
            AddressKind::Web => DestinationKind::Site,
        };
        let host = match kind {
            DestinationKind::App => HostName::app(target.host()),
            DestinationKind::Site => HostName::new(target.host(), registrable),
            DestinationKind::Address | DestinationKind::Loopback => {
                HostName::new(target.host(), None)
            }
        };
        Self { host, kind }
    }
}

/// The host of a client's metadata document (Client ID Metadata Document draft, section 8.5).
fn document(client: &Client, platform: &dyn Platform) -> Option<String> {
    if client.registration != Registration::MetadataDocument {
        return None;
    }
    Link::check(client.client_id.as_str(), platform).map(|link| link.host().to_owned())
}

/// Whether two hosts belong to one site: they are equal except for `www.`, or share the registrable
/// domain.
fn belong_together(one: &str, other: &str, registrable: Option<&str>) -> bool {
    let bare = |host| {
        let name = without_port(host);
        name.strip_prefix("www.").unwrap_or(name)
    };
    let (one, other) = (bare(one), bare(other));
    one == other
        || registrable.is_some_and(|domain| {
            domain.contains('.') && within(one, domain) && within(other, domain)
        })
}

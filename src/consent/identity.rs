//! Who really asks: what the backend knows of a client, what the client only says, and what there is to check.

use super::{
    Client, ClientText, ConsentRequest, DisplayText, HostName, Party, Registration,
    host::{has_punycode, is_address, within, without_port},
    mixes_scripts,
};
use crate::{
    platform::Platform,
    protocol::{AddressKind, Link, RedirectTarget},
};

/// A client as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// How the backend knows it.
    pub trust: ClientTrust,
    /// Its name: the client's own choice, cleaned.
    pub name: DisplayText,
    /// What it says of itself, cleaned and capped.
    pub description: Option<DisplayText>,
    /// The host of its metadata document, which is what identifies it.
    pub document: Option<String>,
    /// Its home page.
    pub homepage: Option<Link>,
    /// Its terms of service.
    pub terms: Option<Link>,
    /// Its privacy policy.
    pub privacy: Option<Link>,
    /// Where the user goes after the decision.
    pub destination: Destination,
    /// What there is to check before going on; one thing at most.
    pub caution: Option<Caution>,
}

/// How a backend knows a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientTrust {
    /// It is an app of the site itself.
    FirstParty,
    /// The backend has checked who runs it.
    Verified,
    /// An administrator entered it, and nobody checked who runs it.
    Registered,
    /// It registered itself, or its metadata are its own document.
    SelfDeclared,
}

/// Where the user goes after the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The host in full; for an app, its scheme.
    pub host: HostName,
    /// What stands behind it.
    pub kind: DestinationKind,
}

/// What stands behind a destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DestinationKind {
    /// A site with a name.
    Site,
    /// A bare network address.
    Address,
    /// A program on this device.
    Loopback,
    /// An app, by its private-use scheme.
    App,
}

/// What there is to check before going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caution {
    /// The name's letters are of several scripts.
    MixedScripts,
    /// The user goes to a bare network address.
    IpAddress,
    /// Any program on this device can be behind it.
    Loopback,
    /// Any app on this device can have the scheme.
    App,
    /// What it says it belongs to is another host than where the user goes.
    HostMismatch {
        /// What it says it belongs to.
        home: String,
    },
    /// The host stands for letters beyond ASCII.
    Punycode,
    /// It describes itself, and nobody has checked who runs it.
    Unverified,
}

impl Identity {
    /// What is known of the client of a request, in a language as far as its metadata have it. `target` is the request's checked
    /// address.
    #[must_use]
    pub fn of(
        request: &ConsentRequest,
        target: &RedirectTarget,
        language: &str,
        platform: &dyn Platform,
    ) -> Self {
        let client = &request.client;
        let link = |field| Link::check(client.localized(field, language)?, platform);
        let description = client
            .localized(ClientText::Description, language)
            .map(DisplayText::line);
        let mut identity = Self {
            trust: ClientTrust::of(client),
            name: client.display_name(language),
            description: description.filter(|text| !text.is_empty()),
            document: document(client, platform),
            homepage: link(ClientText::ClientUri),
            terms: link(ClientText::TosUri),
            privacy: link(ClientText::PolicyUri),
            destination: Destination::of(target, client.registrable_domain.as_deref()),
            caution: None,
        };
        identity.caution = identity.caution(client.registrable_domain.as_deref(), platform);
        identity
    }

    fn caution(&self, registrable: Option<&str>, platform: &dyn Platform) -> Option<Caution> {
        let kind = self.destination.kind;
        let by_kind = match kind {
            DestinationKind::Address => Some(Caution::IpAddress),
            DestinationKind::Loopback => Some(Caution::Loopback),
            DestinationKind::App => Some(Caution::App),
            DestinationKind::Site => None,
        };
        match self.trust {
            ClientTrust::FirstParty => None,
            // Whoever runs the app, any program can pretend to be it where a program is what answers.
            ClientTrust::Verified => by_kind.filter(|_| kind != DestinationKind::Address),
            ClientTrust::Registered | ClientTrust::SelfDeclared => {
                if mixes_scripts(self.name.as_str(), platform) {
                    return Some(Caution::MixedScripts);
                }
                let host = self.destination.host.whole();
                let elsewhere = self.elsewhere(&host, registrable);
                match (by_kind, elsewhere) {
                    (Some(caution), _) => Some(caution),
                    (None, Some(home)) => Some(Caution::HostMismatch { home }),
                    (None, None) if has_punycode(&host) => Some(Caution::Punycode),
                    // Where an administrator entered it, there is nothing else to check.
                    (None, None) => {
                        (self.trust == ClientTrust::SelfDeclared).then_some(Caution::Unverified)
                    }
                }
            }
        }
    }

    /// What the client says it belongs to, where that is another host than the one the user goes to.
    fn elsewhere(&self, host: &str, registrable: Option<&str>) -> Option<String> {
        let homes = [
            self.document.as_deref(),
            self.homepage.as_ref().map(Link::host),
        ];
        let mut others = homes
            .into_iter()
            .flatten()
            .filter(|home| !belong_together(home, host, registrable));
        others.next().map(str::to_owned)
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
    /// Where a checked address leads.
    #[must_use]
    pub fn of(target: &RedirectTarget, registrable: Option<&str>) -> Self {
        let kind = match target.kind() {
            AddressKind::App => DestinationKind::App,
            AddressKind::Loopback => DestinationKind::Loopback,
            AddressKind::Web if is_address(target.host()) => DestinationKind::Address,
            AddressKind::Web => DestinationKind::Site,
        };
        let registrable = registrable.filter(|_| kind == DestinationKind::Site);
        Self {
            host: HostName::new(target.host(), registrable),
            kind,
        }
    }
}

/// The host of a client's metadata document (Client ID Metadata Document draft, section 8.5).
fn document(client: &Client, platform: &dyn Platform) -> Option<String> {
    if client.registration != Registration::MetadataDocument {
        return None;
    }
    Link::check(client.client_id.as_str(), platform).map(|link| link.host().to_owned())
}

/// Whether two hosts are one site's: the same but for `www.`, or both below what was registered.
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

//! Readers for client, account and organization.

use crate::{
    api::reader::Reader,
    consent::{
        Account, Approval, Client, ClientText, Organization, OrganizationStatus, Party,
        Registration, Translated,
    },
    protocol::{ClientId, OrganizationId},
};

pub(super) fn client(from: &Reader) -> Client {
    Client {
        client_id: ClientId::new(from.id("client_id")),
        name: from.text("name"),
        description: from.optional_text("description"),
        logo_uri: picture(from, "logo_uri"),
        client_uri: from.optional_text("client_uri"),
        policy_uri: from.optional_text("policy_uri"),
        tos_uri: from.optional_text("tos_uri"),
        registrable_domain: from.optional_text("registrable_domain"),
        party: from.one_of("party", "first|third", &[Party::First, Party::Third], Party::Third),
        registration: from.one_of(
            "registration",
            "managed|dynamic|metadata_document",
            &[Registration::Managed, Registration::Dynamic, Registration::MetadataDocument],
            Registration::Dynamic,
        ),
        verified: from.boolean("verified"),
        native: from.boolean("native"),
        translated: translated(from),
    }
}

fn translated(from: &Reader) -> Vec<Translated> {
    let mut all = Vec::new();
    for field in ClientText::ALL {
        for (language, text) in from.translated(field.as_str()) {
            all.push(Translated { field, language, text });
        }
    }
    all
}

pub(super) fn account(from: &Reader) -> Account {
    Account {
        sub: from.id("sub"),
        name: from.optional_text("name"),
        email: from.optional_text("email"),
        picture: picture(from, "picture"),
    }
}

pub(super) fn organization(from: &Reader) -> Organization {
    Organization {
        organization_id: OrganizationId::new(from.id("organization_id")),
        name: from.text("name"),
        slug: from.optional_text("slug"),
        logo_uri: picture(from, "logo_uri"),
        status: from.one_of(
            "status",
            "allowed|blocked|needs_approval",
            &[
                OrganizationStatus::Allowed,
                OrganizationStatus::Blocked,
                OrganizationStatus::NeedsApproval,
            ],
            OrganizationStatus::Blocked,
        ),
        approval: from.member("approval").map(|_| {
            from.one_of(
                "approval",
                "offered|requested",
                &[Approval::Offered, Approval::Requested],
                Approval::Requested,
            )
        }),
    }
}

/// Reads the path of a picture on the backend's own origin. Any other address would tell a third
/// party who visits the page, so it is ignored and the card shows the initial.
fn picture(from: &Reader, field: &'static str) -> Option<String> {
    let path = from.optional_text(field);
    path.filter(|path| {
        path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\t', '\n', '\r'])
    })
}

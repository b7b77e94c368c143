//! A host's own words, as a team would write them.

use countersign_web::countersign::{
    consent::{AuthorizationDetail, AuthorizationDetailDescription, ManifestItem, ManifestSection},
    view::{Body, Screen},
};

/// Puts the words on a card.
pub(crate) fn put(screen: &mut Screen) {
    if let Body::Consent(card) = &mut screen.body {
        let name = card.manifest_input("en").client_name;
        card.apply_manifest(vec![ManifestSection {
            header: "Your photo library".to_owned(),
            items: vec![ManifestItem {
                text: format!("Let {name} show and sort your photos"),
                details: vec![
                    "It can also delete them; you find them in the bin for 30 days.".to_owned(),
                ],
                scopes: vec!["photos.read".to_owned(), "photos.write".to_owned()],
            }],
        }]);
        card.describe_authorization_details(payment);
    }
}

fn payment(detail: &AuthorizationDetail) -> Option<AuthorizationDetailDescription> {
    (detail.kind == "payment_initiation").then(|| AuthorizationDetailDescription {
        title: "Pays once, today".to_owned(),
        lines: vec![("From".to_owned(), "Your current account".to_owned())],
    })
}

//! Cards on which nothing can be allowed: not yet, not now, or not at all.

use crate::testing::{
    cards,
    driver::{Driver, answering},
    fixtures::*,
    views::{card, scopes_of, view},
};
use countersign::{
    flow::Gesture,
    messages::Key,
    protocol::{OrganizationId, Realm},
    view::{Action, ConsentCard, Organizations, Tick, View},
};
use serde_json::{Value, json};

/// A card for one of these organizations, or for none.
fn of(chosen: Option<&str>, organizations: &[(&str, &str)]) -> Value {
    consent_with(|it| {
        it["scopes"][2]["implies"] = json!(["photos.read"]);
        it["scopes"].as_array_mut().unwrap().push(plain_scope("offline_access", false));
        let all = organizations.iter();
        it["organizations"] = all.map(|(id, status)| organization(id, status)).collect();
        let chosen = organizations.iter().find(|(id, _)| Some(*id) == chosen);
        if let Some((id, status)) = chosen {
            it["organization"] = organization(id, status);
        }
    })
}

fn choosing() -> Value {
    of(None, &[("acme", "allowed"), ("globex", "blocked")])
}

fn boxes(card: &ConsentCard) -> usize {
    scopes_of(card).iter().filter(|item| item.tick == Tick::Free).count()
}

fn notice(answer: &Value) -> String {
    card(answer).notice.unwrap().plain()
}

#[test]
fn before_an_organization_is_chosen_both_answers_are_there_and_allow_does_nothing() {
    let view = view(&choosing());
    assert_eq!(view.screen.actions, [Action::Deny, Action::Allow]);
    assert!(view.live.grants_nothing && view.live.hint.is_none());
    let card = card(&choosing());
    assert!(card.shows_allow && card.can_remember);
    assert_eq!(card.scopes_label.plain(), "Photo Printer will be able to");
    assert_eq!(boxes(&card), 3, "what is unticked now stays so");
    let Organizations::Several(choices) = card.organizations else { panic!("a choice") };
    assert!(choices.iter().all(|choice| !choice.chosen));
    assert_eq!(notice(&choosing()), Key::ConsentOrganizationChoose.english());
}

#[test]
fn an_allow_before_an_organization_is_chosen_says_what_to_do() {
    let chosen = of(Some("acme"), &[("acme", "allowed"), ("globex", "blocked")]);
    let mut driver = Driver::open(page(), answering([Ok(outcome(&choosing()))]));
    driver.backend = answering([Ok(outcome(&chosen))]);
    for _ in 0..3 {
        driver.user(Gesture::Allow);
        let hint = driver.view().live.hint.map(|hint| hint.plain());
        assert_eq!(hint.as_deref(), Some(Key::ConsentOrganizationChoose.english()));
        assert!(driver.calls().is_empty());
    }
    driver.user(Gesture::OrganizationChosen(OrganizationId::new("acme")));
    let live = driver.view().live;
    assert!(!live.grants_nothing && live.hint.is_none());
}

#[test]
fn the_card_of_the_chosen_organization_is_armed_anew() {
    let chosen = of(Some("acme"), &[("acme", "allowed"), ("globex", "blocked")]);
    let answers = answering([Ok(outcome(&choosing())), Ok(outcome(&chosen))]);
    let mut driver = Driver::hasty(page(), answers);
    driver.run_out(|timer| matches!(timer, countersign::flow::Timer::Arming(_)));
    driver.user(Gesture::CardSeen);
    assert!(!driver.view().live.unready && !driver.view().live.unseen);
    driver.user(Gesture::OrganizationChosen(OrganizationId::new("acme")));
    assert!(driver.view().live.unready && driver.view().live.unseen);
}

#[test]
fn where_nothing_can_be_allowed_the_card_says_what_is_asked_and_has_no_boxes() {
    let blocked = of(Some("globex"), &[("acme", "allowed"), ("globex", "blocked")]);
    let asked = [blocked, cards::approval("offered"), cards::approval("requested")];
    for answer in asked {
        let card = card(&answer);
        assert!(!card.shows_allow && !card.can_remember && card.without_writing.is_none());
        assert_eq!(card.scopes_label.plain(), "Photo Printer wants to");
        assert_eq!(card.lists[0].label.plain(), "Photo Printer wants to");
        assert_eq!(boxes(&card), 0);
    }
    let allowed = card(&of(Some("acme"), &[("acme", "allowed")]));
    assert!(allowed.without_writing.is_some());
    assert_eq!(boxes(&allowed), 3);
}

#[test]
fn what_was_allowed_before_is_so_still() {
    let mut answer = of(Some("globex"), &[("globex", "blocked")]);
    answer["scopes"][1]["granted"] = true.into();
    let labels: Vec<_> = card(&answer).lists.iter().map(|list| list.label.plain()).collect();
    assert_eq!(labels, ["Photo Printer wants to", "You’ve already allowed Photo Printer to"]);
}

#[test]
fn a_lone_way_out_is_called_what_it_does() {
    let lone = |answer: &Value| {
        let view = view(answer);
        let [action] = view.screen.actions[..] else { panic!("one action") };
        assert_eq!(action.gesture(), Gesture::Deny);
        action
    };
    assert_eq!(lone(&of(Some("globex"), &[("globex", "blocked")])), Action::Cancel);
    assert_eq!(
        lone(&consent_with(|it| it["scopes"][0]["grantable"] = false.into())),
        Action::Cancel
    );
    let mut silent = cards::approval("offered");
    silent["organization"]["approval"] = Value::Null;
    assert_eq!(lone(&silent), Action::Cancel);
    assert_eq!(lone(&cards::approval("requested")), Action::Return);
    let offered = view(&cards::approval("offered")).screen.actions;
    assert_eq!(offered, [Action::Deny, Action::RequestApproval]);
}

#[test]
fn a_pending_way_out_marks_its_own_button() {
    for (answer, pressed) in [
        (of(Some("globex"), &[("globex", "blocked")]), Action::Cancel),
        (cards::approval("requested"), Action::Return),
    ] {
        let mut driver = Driver::open(page(), answering([Ok(outcome(&answer))]));
        driver.backend = driver.backend.clone().then(countersign::backend::memory::Answer::Never);
        driver.user(Gesture::Deny);
        let View { live, .. } = driver.view();
        assert_eq!((live.pressed, live.status.plain()), (Some(pressed), "One moment".into()));
    }
}

#[test]
fn a_notice_names_only_ways_that_are_there() {
    let blocked = ("globex", "blocked");
    let another = of(Some("globex"), &[blocked, ("umbrella", "needs_approval")]);
    assert_eq!(notice(&another), Key::ConsentOrganizationUnavailable.english());
    for none in [of(Some("globex"), &[blocked]), of(None, &[blocked, ("initech", "blocked")])] {
        assert_eq!(notice(&none), Key::InvalidOrganization.english());
        assert_eq!(view(&none).screen.actions, [Action::Cancel]);
    }
    let page = hosted(Realm::B2b, countersign::protocol::Flow::Authorize, QUERY);
    let homeless = Driver::open(page, answering([Ok(outcome(&consent()))])).view();
    assert_eq!(homeless.screen.actions, [Action::Cancel]);
}

#[test]
fn where_an_administrator_is_asked_only_a_denial_is_said_to_lead_away() {
    let destination = |answer: &Value| card(answer).destination.plain();
    let denied = "If you deny, you’ll be sent to printer.example";
    assert_eq!(destination(&cards::approval("offered")), denied);
    for answer in [cards::approval("requested"), choosing()] {
        assert_eq!(destination(&answer), "You’ll be sent to printer.example");
    }
}

#[test]
fn a_card_asks_for_a_choice_where_another_organization_may_allow_the_app() {
    let blocked = ("globex", "blocked");
    let chooses = |answer: &Value| card(answer).chooses;
    assert!(chooses(&choosing()));
    assert!(chooses(&of(Some("globex"), &[blocked, ("acme", "allowed")])));
    for answer in [
        of(Some("globex"), &[blocked]),
        of(None, &[blocked, ("initech", "blocked")]),
        of(Some("acme"), &[blocked, ("acme", "allowed")]),
        cards::approval("offered"),
        cards::approval("requested"),
        consent(),
    ] {
        assert!(!chooses(&answer));
    }
}

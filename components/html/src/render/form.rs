//! The widget as a form: each behaviour is written as what a form can do without script.
//!
//! A press of a button is the button's name and value, a ticked box is a field. What no form can do,
//! such as to copy a text, has no button. What waits for something that script alone can tell, such
//! as a moment of quiet before Allow, does not wait here: whoever reads the form asks once more.

use countersign::{
    flow::Gesture,
    strings::decimal,
    view::{Action, Live, View},
};

use super::RenderForm;
use crate::{
    node::{Node, On},
    write::{Attributes, Writer},
};

/// Marks what must have been in view before Allow counts, for a script that guards the form.
const UNSEEN: &str = "data-unseen";

/// Keeps the Enter key in a field from posting the form: it presses the first submit button, or in
/// Chromium the first that is enabled. Nothing happens if that is disabled, or closes a dialog and
/// there is none.
const NO_ENTER: &str = concat!(
    r#"<button type="submit" disabled hidden></button>"#,
    r#"<button type="submit" formmethod="dialog" hidden></button>"#
);

/// Writes a form around the widget.
pub(super) fn write(form: &RenderForm, widget: &Node, view: &View) -> String {
    let mut html = "<form".to_owned();
    // A browser that loads the page again does not restore the ticks of an earlier card.
    let form_attributes = [
        ("method", "post"),
        ("action", form.action.as_str()),
        ("accept-charset", "utf-8"),
        ("autocomplete", "off"),
    ];
    Attributes::from(form_attributes).write(&mut html);
    html.push('>');
    for (name, value) in &form.fields {
        html.push_str("<input");
        let field = [("type", "hidden"), ("name", name.as_str()), ("value", value.as_str())];
        Attributes::from(field).write(&mut html);
        html.push('>');
    }
    html.push_str(NO_ENTER);
    let denial = denial(view);
    let behave = |on: &On, attributes: &mut Attributes<'_>| behave(on, denial, attributes);
    let live = without_script(&view.live);
    let writer = Writer { live: &live, behave: &behave };
    writer.write_all(std::slice::from_ref(widget), &mut html);
    html.push_str("</form>");
    html
}

/// What a denial is called on this screen. The gesture is the same.
fn denial(view: &View) -> &'static str {
    let mut actions = view.screen.actions.iter();
    match actions.find(|action| action.gesture() == Gesture::Deny) {
        Some(Action::Cancel) => "cancel",
        Some(Action::Return) => "return",
        _ => "deny",
    }
}

/// The live part for those who have no script: nothing would ever turn on what is off, nor turn off
/// what another box implies.
fn without_script(live: &Live) -> Live {
    Live {
        implied: Vec::new(),
        unready: false,
        unseen: false,
        grants_nothing: false,
        can_retry: true,
        ..live.clone()
    }
}

fn behave(on: &On, denial: &'static str, attributes: &mut Attributes<'_>) {
    match on {
        On::Press(gesture) => press(gesture, denial, attributes),
        On::MustBeSeen => attributes.set(UNSEEN, ""),
        // The list of organizations is open, so that nothing has to open it or to filter it.
        On::ChoiceKeys => attributes.remove("hidden"),
        On::Toggle | On::Search | On::Copy => attributes.set("hidden", ""),
        // The style sheet shows the button while something is below.
        On::Below | On::KeyRepeat | On::LoadError | On::Insert => (),
    }
}

/// A press as a field of the form.
fn press(gesture: &Gesture, denial: &'static str, attributes: &mut Attributes<'_>) {
    let press = match gesture {
        Gesture::ScopeToggled(index) => {
            attributes.set("name", "scope");
            return attributes.set("value", decimal(*index as u32));
        }
        Gesture::RememberToggled => {
            attributes.set("name", "remember");
            return attributes.set("value", "1");
        }
        Gesture::OrganizationChosen(id) => {
            attributes.set("type", "submit");
            attributes.set("name", "organization");
            return attributes.set("value", id.as_str().to_owned());
        }
        Gesture::Allow => "allow",
        Gesture::Deny => denial,
        Gesture::RequestApproval => "request-approval",
        Gesture::SwitchAccount => "switch-account",
        Gesture::Retry => "retry",
        Gesture::SignIn => "sign-in",
        Gesture::SignOut => "sign-out",
        Gesture::Stay => "stay",
        Gesture::ReadOnlyToggled => "read-only",
        // An address that has been opened, and whatever a later version of the core may have.
        _ => return attributes.set("hidden", ""),
    };
    attributes.set("type", "submit");
    attributes.set("name", "press");
    attributes.set("value", press);
}

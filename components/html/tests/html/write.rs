//! The HTML writer.

use countersign::{messages::Messages, view::View};
use countersign_html::{Attribute, Node, On, to_html};

fn write(attributes: Vec<Attribute>, name: &'static str, text: &'static str) -> String {
    let node = Node::Element { name, attributes, children: vec![Node::Text(text.into())] };
    to_html(&[node], &View::outline(&Messages::default()).live)
}

#[test]
fn texts_and_attributes_are_escaped() {
    let value = "\"'><&\r\n";
    let attributes = vec![Attribute::Fixed("title", value.into())];
    assert_eq!(
        write(attributes, "p", "<b>&amp;\"'\r"),
        "<p title=\"&quot;'&gt;&lt;&amp;&#13;\n\">&lt;b&gt;&amp;amp;&quot;'&#13;</p>"
    );
}

#[test]
fn a_name_becomes_tag_classes_and_parts() {
    assert_eq!(
        write(Vec::new(), "p one two @three four", "x"),
        "<p class=\"one two\" part=\"three four\">x</p>"
    );
    assert_eq!(write(Vec::new(), "p @part", "x"), "<p part=\"part\">x</p>");
}

#[test]
fn a_void_element_has_no_end_tag_and_an_empty_value_no_quotes() {
    let attributes = vec![Attribute::Fixed("alt", "".into())];
    assert_eq!(write(attributes, "img", ""), "<img alt>");
}

#[test]
fn an_attribute_that_follows_the_view_is_written_only_with_a_value_and_behaviour_never() {
    let attributes = vec![
        Attribute::Live("lang", "de", Box::new(|_| true)),
        Attribute::Live("dir", "rtl", Box::new(|_| false)),
        Attribute::Checked(Box::new(|live| !live.remember)),
        Attribute::Checked(Box::new(|live| live.remember)),
        Attribute::On(On::KeyRepeat),
    ];
    assert_eq!(write(attributes, "input", ""), "<input lang=\"de\" checked>");
}

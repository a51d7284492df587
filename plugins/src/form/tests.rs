//! Lying declarations, and what is a flaw in them.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use super::samples::{about, any_fields, column, default, english, field, integer, options, shown_when, text};
use super::*;
use crate::wit::click2callme::plugin::types::SettingValue;
use crate::wit::exports::click2callme::plugin::manifest::{
    Capability, CellKind, Field, FieldKind, Localised, NumberRule,
};

/// The places of all flaws of these fields.
fn flawed(fields: &[Field]) -> Vec<String> {
    check_fields(fields, Place::Settings).into_iter().map(|flaw| flaw.at).collect()
}

#[test]
fn a_sound_description_has_no_flaw() {
    let fields = vec![
        default("greeting", text(40, Some("[A-Z].*")), SettingValue::Text("Hello".to_owned())),
        default("wait", integer(0, 300, 5), SettingValue::Integer(30)),
        field("key", FieldKind::Secret),
        default("sizes", FieldKind::Choices(options(&["s", "l"])), SettingValue::Texts(vec!["s".to_owned()])),
        shown_when("large", "sizes", "l"),
        field("team", FieldKind::Table(vec![column("who", CellKind::Consultant), column("from", CellKind::TimeOfDay)])),
    ];

    assert_eq!(check_about(&about(fields)), []);
}

#[test]
fn keys_are_words_and_stand_once() {
    assert_eq!(
        flawed(&[field("a", FieldKind::Toggle), field("a", FieldKind::Date), field("", FieldKind::Date)]),
        ["/1/key", "/2/key"]
    );
    assert_eq!(flawed(&[field(&"k".repeat(65), FieldKind::Toggle)]), ["/0/key"]);
}

#[test]
fn a_rule_that_no_value_can_keep_is_a_flaw() {
    assert_eq!(flawed(&[field("a", integer(5, 1, 0))]), ["/0/kind", "/0/kind/Integer/step"]);
    assert_eq!(flawed(&[field("a", text(0, Some("(")))]), ["/0/kind/Text/max_length", "/0/kind/Text/pattern"]);
    assert_eq!(flawed(&[field("a", text(9, Some("a)|(b")))]), ["/0/kind/Text/pattern"]);
    assert_eq!(flawed(&[field("a", FieldKind::Number(NumberRule { min: f64::NAN, max: 1.0 }))]), ["/0/kind"]);
    assert_eq!(flawed(&[field("a", FieldKind::Choice(Vec::new()))]), ["/0/kind/Choice"]);
    assert_eq!(flawed(&[field("a", FieldKind::Choice(options(&["x", "x"])))]), ["/0/kind/Choice/1/value"]);
    assert_eq!(flawed(&[field("a", FieldKind::Table(Vec::new()))]), ["/0/kind/Table"]);
}

#[test]
fn a_default_is_what_the_field_would_take() {
    let wrong = [
        default("a", FieldKind::Toggle, SettingValue::Text("yes".to_owned())),
        default("b", integer(0, 10, 5), SettingValue::Integer(3)),
        default("c", FieldKind::Secret, SettingValue::Text("hunter2".to_owned())),
        default("d", FieldKind::Date, SettingValue::Text("2026-02-30".to_owned())),
    ];

    assert_eq!(flawed(&wrong), ["/0/default/value", "/1/default/value", "/2/default/value", "/3/default/value"]);
    let foreign = Field { key: "other".to_owned(), ..default("a", FieldKind::Toggle, SettingValue::Toggle(true)) };
    assert_eq!(flawed(&[foreign]), ["/0/default/key"]);
}

#[test]
fn a_condition_looks_at_a_field_above() {
    assert_eq!(flawed(&[shown_when("a", "missing", "true")]), ["/0/visible_when/key"]);
    assert_eq!(flawed(&[shown_when("a", "a", "true")]), ["/0/visible_when/key"], "not at itself");
    assert_eq!(
        flawed(&[shown_when("a", "b", "true"), shown_when("b", "a", "true")]),
        ["/0/visible_when/key"],
        "not in a circle"
    );
    assert_eq!(flawed(&[field("a", FieldKind::Toggle), shown_when("b", "a", "maybe")]), ["/1/visible_when/one_of/0"]);
}

#[test]
fn a_flood_of_fields_has_a_short_list_of_flaws() {
    let fields: Vec<_> = (0..10_000).map(|_| field("", FieldKind::Choice(Vec::new()))).collect();

    assert_eq!(check_fields(&fields, Place::Settings).len(), MOST_FLAWS);
}

#[test]
fn labels_are_short_and_can_be_shown() {
    let labelled = |text: &str| Field { label: english(text), ..field("a", FieldKind::Toggle) };

    assert_eq!(flawed(&[labelled("شعار")]), Vec::<String>::new(), "text from right to left is text");
    for wrong in ["", "a\u{202e}b", "a\0b", &"x".repeat(1_000_000)] {
        assert_eq!(flawed(&[labelled(wrong)]), ["/0/label/0/text"]);
    }
    let twice = vec![english("A").remove(0), Localised { language: "en".to_owned(), text: "B".to_owned() }];
    assert_eq!(flawed(&[Field { label: twice, ..labelled("A") }]), ["/0/label/1/language"]);
}

#[test]
fn hosts_are_public_names_and_asked_for() {
    let asks = |hosts: &[&str], capabilities: Vec<Capability>| {
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        let flaws = check_about(&crate::wit::exports::click2callme::plugin::manifest::About {
            capabilities,
            hosts,
            ..about(Vec::new())
        });
        flaws.into_iter().map(|flaw| flaw.at).collect::<Vec<_>>()
    };
    let fetch = || vec![Capability::HttpFetch];

    assert_eq!(asks(&["crm.example"], fetch()), Vec::<String>::new());
    assert_eq!(asks(&["127.0.0.1", "*", "localhost"], fetch()), ["/hosts/0", "/hosts/1", "/hosts/2"]);
    assert_eq!(asks(&["crm.example"], Vec::new()), ["/hosts"]);
    assert_eq!(asks(&[], vec![Capability::HttpFetch, Capability::HttpFetch]), ["/capabilities/1"]);
}

#[test]
fn an_update_keeps_the_id() {
    let before = about(Vec::new());
    let mut after = about(Vec::new());
    after.version = "1.1.0".to_owned();
    assert_eq!(check_update(&before, &after), []);

    after.id = "example.other".to_owned();
    assert_eq!(check_update(&before, &after)[0].to_string(), "/id is the id of another plugin");
    after.version = "latest".to_owned();
    assert_eq!(check_update(&before, &after).len(), 2);
}

proptest! {
    #[test]
    fn a_form_without_a_flaw_takes_its_own_defaults(fields in any_fields()) {
        let mut sane: Vec<Field> = Vec::new();
        for field in fields {
            sane.push(Field { required: false, ..field });
            if !check_fields(&sane, Place::Settings).is_empty() {
                sane.pop();
            }
        }
        let optional = sane;
        let shown = Value::Object(defaults(&optional));

        let accepted = settings(&optional, &shown, &BTreeSet::new(), &Known::default());
        prop_assert!(accepted.is_ok(), "{accepted:?}");
    }
}

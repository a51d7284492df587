//! Fields for tests, sound ones and any at all.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::wit::click2callme::plugin::types::{Setting, SettingValue};
use crate::wit::exports::click2callme::plugin::manifest::{
    About, CellKind, ChoiceOption, Column, Condition, Field, FieldKind, IntegerRule, Localised, NumberRule, TextRule,
};

pub(crate) fn english(text: &str) -> Vec<Localised> {
    vec![Localised { language: "en".to_owned(), text: text.to_owned() }]
}

pub(crate) fn field(key: &str, kind: FieldKind) -> Field {
    Field {
        key: key.to_owned(),
        label: english("A field"),
        help: Vec::new(),
        section: None,
        kind,
        required: false,
        default: None,
        visible_when: None,
    }
}

pub(crate) fn default(key: &str, kind: FieldKind, value: SettingValue) -> Field {
    Field { default: Some(Setting { key: key.to_owned(), value }), ..field(key, kind) }
}

/// A field that is shown while another has a value.
pub(crate) fn shown_when(key: &str, other: &str, value: &str) -> Field {
    let condition = Condition { key: other.to_owned(), one_of: vec![value.to_owned()] };
    Field { visible_when: Some(condition), ..field(key, FieldKind::Toggle) }
}

pub(crate) fn text(max_length: u32, pattern: Option<&str>) -> FieldKind {
    FieldKind::Text(TextRule { max_length, multiline: false, pattern: pattern.map(str::to_owned) })
}

pub(crate) fn integer(min: i32, max: i32, step: i32) -> FieldKind {
    FieldKind::Integer(IntegerRule { min, max, step, unit: None })
}

pub(crate) fn options(values: &[&str]) -> Vec<ChoiceOption> {
    values.iter().map(|value| ChoiceOption { value: (*value).to_owned(), label: english(value) }).collect()
}

pub(crate) fn column(key: &str, kind: CellKind) -> Column {
    Column { key: key.to_owned(), label: english(key), kind }
}

pub(crate) fn about(fields: Vec<Field>) -> About {
    About {
        id: "example.sticky".to_owned(),
        name: english("Sticky consultant"),
        summary: english("Gives a visitor to the same consultant again"),
        version: "1.0.0".to_owned(),
        author: "Bakery".to_owned(),
        homepage: Some("https://bakery.example/plugins".to_owned()),
        license: Some("MIT".to_owned()),
        capabilities: Vec::new(),
        hosts: Vec::new(),
        fields,
    }
}

fn any_kind() -> impl Strategy<Value = FieldKind> {
    let words = vec("[a-c]?", 0..4);
    let text = (any::<u32>(), option::of(any::<String>()), any::<bool>())
        .prop_map(|(max_length, pattern, multiline)| FieldKind::Text(TextRule { max_length, multiline, pattern }));
    let integer = (any::<i32>(), any::<i32>(), any::<i32>())
        .prop_map(|(min, max, step)| FieldKind::Integer(IntegerRule { min, max, step, unit: None }));
    let number = (any::<f64>(), any::<f64>()).prop_map(|(min, max)| FieldKind::Number(NumberRule { min, max }));
    let choice = words.prop_map(|words| options(&words.iter().map(String::as_str).collect::<Vec<_>>()));
    prop_oneof![
        text,
        integer,
        number,
        choice.prop_map(FieldKind::Choice),
        Just(FieldKind::Toggle),
        Just(FieldKind::Date),
        Just(FieldKind::Secret),
        Just(FieldKind::Consultant),
        vec("[a-c]", 0..3)
            .prop_map(|keys| { FieldKind::Table(keys.iter().map(|key| column(key, CellKind::Integer)).collect()) }),
    ]
}

pub(crate) fn any_value() -> impl Strategy<Value = SettingValue> {
    prop_oneof![
        any::<String>().prop_map(SettingValue::Text),
        any::<i32>().prop_map(SettingValue::Integer),
        any::<f64>().prop_map(SettingValue::Number),
        any::<bool>().prop_map(SettingValue::Toggle),
        vec(any::<String>(), 0..3).prop_map(SettingValue::Texts),
        vec(vec("[0-9]", 0..3), 0..3).prop_map(SettingValue::Rows),
    ]
}

/// Fields as a lying plugin may declare them: now sound, now not.
pub(crate) fn any_fields() -> impl Strategy<Value = Vec<Field>> {
    let key = || prop_oneof![4 => "[a-h]", 1 => any::<String>()];
    let condition = (key(), vec(prop_oneof![Just("true".to_owned()), any::<String>()], 0..3))
        .prop_map(|(key, one_of)| Condition { key, one_of });
    let default = (key(), any_value()).prop_map(|(key, value)| Setting { key, value });
    let label = prop_oneof![4 => Just("A field".to_owned()), 1 => any::<String>()];
    let one = (key(), label, any_kind(), option::of(default), option::of(condition), any::<bool>()).prop_map(
        |(key, label, kind, default, visible_when, required)| Field {
            label: english(&label),
            default,
            visible_when,
            required,
            ..field(&key, kind)
        },
    );
    vec(one, 0..25)
}

//! Settings that fit their form, and settings that do not.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::form::samples::{any_fields, column, default, field, integer, options, shown_when, text};
use crate::wit::exports::click2callme::plugin::manifest::CellKind;

fn known() -> Known {
    Known { consultants: BTreeSet::from(["anna".to_owned()]), ..Known::default() }
}

fn accepted(fields: &[Field], given: Value) -> Result<Accepted, Vec<String>> {
    settings(fields, &given, &BTreeSet::new(), &known())
        .map_err(|flaws| flaws.iter().map(ToString::to_string).collect())
}

#[test]
fn settings_are_read_as_their_fields_ask() {
    let fields = [
        field("greeting", text(5, Some("[A-Z].*"))),
        field("wait", integer(0, 300, 5)),
        field("who", FieldKind::Consultant),
        field("team", FieldKind::Table(vec![column("who", CellKind::Consultant), column("from", CellKind::TimeOfDay)])),
    ];

    let given = json!({"greeting": "Hello", "wait": 30, "who": "anna", "team": [{"from": "09:30", "who": "anna"}]});
    let settings: Vec<_> =
        accepted(&fields, given.clone()).unwrap().settings.into_iter().map(|one| one.value).collect();
    assert_eq!(
        settings,
        [
            SettingValue::Text("Hello".to_owned()),
            SettingValue::Integer(30),
            SettingValue::Text("anna".to_owned()),
            SettingValue::Rows(vec![vec!["anna".to_owned(), "09:30".to_owned()]]),
        ]
    );
    assert_eq!(Value::Object(accepted(&fields, given.clone()).unwrap().values), given);

    let wrong = json!({"greeting": "hello!", "wait": 31, "who": "olga", "team": [{"from": "25:00", "x": 1}], "a/b": 1});
    assert_eq!(
        accepted(&fields, wrong).unwrap_err(),
        [
            "/a~1b is unknown",
            "/greeting has more than 5",
            "/wait must be counted in steps of 5",
            "/who is unknown",
            "/team/0/x is unknown",
            "/team/0/who is unknown",
            "/team/0/from must be a time like 09:30",
        ]
    );
}

#[test]
fn defaults_fill_what_is_left_out_and_required_fields_must_be_there() {
    let mut name = field("name", text(20, None));
    name.required = true;
    let fields = [default("wait", integer(0, 300, 5), SettingValue::Integer(30)), name];

    assert_eq!(accepted(&fields, json!({"name": " "})).unwrap_err(), ["/name is missing"]);
    let accepted = accepted(&fields, json!({"name": "Bakery"})).unwrap();
    assert_eq!(accepted.settings[0].value, SettingValue::Integer(30));
    assert_eq!(Value::Object(accepted.values), json!({"name": "Bakery"}), "a default is not written down");
    assert_eq!(Value::Object(defaults(&fields)), json!({"wait": 30}));
}

#[test]
fn what_an_owner_emptied_stays_empty() {
    let sizes = FieldKind::Choices(options(&["s", "l"]));
    let fields = [
        default("greeting", text(9, Some("[A-Z].*")), SettingValue::Text("Hello".to_owned())),
        default("sizes", sizes, SettingValue::Texts(vec!["s".to_owned()])),
    ];
    let emptied = json!({"greeting": "", "sizes": []});

    let kept = accepted(&fields, emptied.clone()).unwrap();
    let values: Vec<_> = kept.settings.iter().map(|one| one.value.clone()).collect();
    assert_eq!(values, [SettingValue::Text(String::new()), SettingValue::Texts(Vec::new())]);
    assert_eq!(Value::Object(kept.values), emptied);

    let required = fields.map(|field| Field { required: true, ..field });
    assert_eq!(accepted(&required, emptied).unwrap_err(), ["/greeting is missing", "/sizes is missing"]);
}

#[test]
fn a_field_that_is_not_shown_has_no_setting() {
    let mut size = shown_when("size", "cake", "true");
    size.required = true;
    let fields = [field("cake", FieldKind::Toggle), size];

    assert_eq!(accepted(&fields, json!({"cake": false, "size": true})).unwrap().settings.len(), 1);
    assert_eq!(accepted(&fields, json!({"cake": true})).unwrap_err(), ["/size is missing"]);
}

#[test]
fn a_secret_goes_its_own_way() {
    let mut key = field("key", FieldKind::Secret);
    key.required = true;
    let fields = [key];
    let kept = BTreeSet::from(["key".to_owned()]);

    let first = accepted(&fields, json!({"key": "s3cret"})).unwrap();
    assert_eq!(first.settings[0].value, SettingValue::Text("{{secret:key}}".to_owned()));
    assert_eq!(first.secrets["key"].reveal(), "s3cret");
    assert!(first.values.is_empty(), "no secret is written beside the others");

    assert_eq!(accepted(&fields, json!({})).unwrap_err(), ["/key is missing"]);
    for unchanged in [json!({}), json!({"key": ""}), json!({"key": "{{secret:key}}"})] {
        let again = settings(&fields, &unchanged, &kept, &known()).unwrap();
        assert_eq!((again.settings.len(), again.secrets.len()), (1, 0));
    }
}

#[test]
fn only_its_own_addresses_count_as_a_plugins_own() {
    let fields = [field("mail", FieldKind::Email), field("hook", FieldKind::Url), field("text", text(99, None))];
    let given = json!({"mail": "desk@bakery.example", "hook": "http://bakery.example/", "text": "x@bakery.example"});

    let settings = accepted(&fields, given).unwrap().settings;

    assert_eq!(own_addresses(&fields, &settings), BTreeSet::from(["desk@bakery.example".to_owned()]));
}

#[test]
fn what_a_visitor_filled_in_is_text_for_the_plugin() {
    let fields = [field("cake", FieldKind::Toggle), field("sizes", FieldKind::Choices(options(&["s", "l"])))];

    let answers = answers(&fields, &json!({"cake": true, "sizes": ["l", "s"]})).unwrap();

    let told: Vec<_> = answers.iter().map(|one| (one.key.as_str(), one.value.as_str())).collect();
    assert_eq!(told, [("cake", "true"), ("sizes", "l, s")]);
}

#[test]
fn settings_that_are_too_large_are_not_read() {
    let many = json!({"a": "x".repeat(SETTINGS_BYTES)});

    assert_eq!(accepted(&[], many).unwrap_err(), [" has more than 65536"]);
    assert_eq!(accepted(&[], json!([])).unwrap_err(), [" must be an object"]);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(fields in any_fields(), values in proptest::collection::vec(any::<String>(), 0..9)) {
        let given = fields.iter().zip(values).map(|(field, text)| (field.key.clone(), Value::from(text)));
        let given = Value::Object(given.collect());

        if let Ok(accepted) = settings(&fields, &given, &BTreeSet::new(), &Known::default()) {
            for setting in &accepted.settings {
                prop_assert!(fields.iter().any(|field| field.key == setting.key));
            }
        }
    }
}

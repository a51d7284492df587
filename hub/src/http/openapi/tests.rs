//! The document says what the hub does: no route is missing, none is made up.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;

/// The text of the route table.
const ROUTES: &str = include_str!("../../http.rs");
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn document() -> Value {
    serde_json::from_str(&DOCUMENT).unwrap()
}

/// Every route under `/v1` as `METHOD path`; files and pages are routed by `read()`.
fn routed() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for route in ROUTES.split("at(\"").skip(1) {
        let (path, handlers) = route.split_once('"').unwrap();
        for method in METHODS.iter().filter(|method| handlers.contains(&format!("web::{method}()"))) {
            found.insert(format!("{method} /v1{path}"));
        }
    }
    found
}

fn described() -> BTreeSet<String> {
    let document = document();
    let paths = document["paths"].as_object().unwrap().clone();
    let operations = paths.into_iter().flat_map(|(path, item)| {
        let methods: Vec<_> = item.as_object().unwrap().keys().cloned().collect();
        methods.into_iter().map(move |method| format!("{method} {path}"))
    });
    operations.collect()
}

#[test]
fn every_route_is_described_and_nothing_else() {
    assert!(routed().len() > 40, "the table is read: {:?}", routed());
    assert_eq!(described(), routed());
}

#[test]
fn every_refusal_is_a_problem() {
    let document = document();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            for (status, response) in operation["responses"].as_object().unwrap() {
                let is_refusal = status.starts_with(['4', '5']);
                let has_problem = response["content"].get(PROBLEM).is_some();
                assert_eq!(is_refusal, has_problem, "{method} {path} {status}");
            }
        }
    }
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let document = document();
    let items = document["paths"].as_object().unwrap().values();
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    let names: Vec<_> = operations.map(|operation| operation["operationId"].as_str().unwrap().to_owned()).collect();

    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    assert!(names.contains(&"get_packages_package_identity_secret".to_owned()), "{names:?}");
}

#[test]
fn every_reference_leads_somewhere() {
    let text = DOCUMENT.as_str();
    let document = document();
    for name in text.split("\"#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
    }
}

#[test]
fn bodies_with_fields_of_their_own_are_closed() {
    let schemas = &document()["components"]["schemas"];
    for name in ["SaveBody", "CreateBody", "OrderBody", "StateBody", "PackageSettings", "Button", "Hours"] {
        assert_eq!(schemas[name]["additionalProperties"], Value::Bool(false), "{name}");
    }
}

#[test]
fn what_needs_a_sign_in_says_so() {
    let document = document();
    let security = |path: &str, method: &str| document["paths"][path][method]["security"].clone();

    assert_eq!(security("/v1/packages", "get"), serde_json::json!([{ "sign_in": [] }]));
    assert_eq!(security("/v1/visitor/orders", "post"), Value::Null);
    assert_eq!(security("/v1/visitor/chats/{chat}/events", "get"), serde_json::json!([{ "visitor": [] }]));
}

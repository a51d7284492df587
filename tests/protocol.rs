//! `docs/protocol.md` is true: each example is a frame, and each frame, refusal and close code is in it.

use std::collections::BTreeSet;

use actors::protocol::{CloseCode, FromConsultant, FromVisitor, ToConsultant, ToVisitor};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const DOCUMENT: &str = include_str!("../docs/protocol.md");
/// Generated from the types, so it names every kind there is.
const WIRE: &str = include_str!("../widget/kit/wire.ts");

fn examples(direction: &str) -> Vec<Value> {
    let fence = format!("```json {direction}\n");
    let blocks = DOCUMENT.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.map(|block| serde_json::from_str(block).unwrap_or_else(|error| panic!("{error} in {block}"))).collect()
}

/// Reads each example and writes it again: what is missing or misspelt does not come back the same.
fn check<F: Serialize + DeserializeOwned>(direction: &str) {
    for example in examples(direction) {
        let frame: F = serde_json::from_value(example.clone()).unwrap_or_else(|error| panic!("{error} in {example}"));
        let mut written = serde_json::to_value(&frame).unwrap();
        drop_nulls(&mut written);
        assert_eq!(written, example);
    }
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// The values of a tag in the generated type of this name.
fn kinds(type_name: &str, tag: &str) -> BTreeSet<String> {
    let start = WIRE.split(&format!("export type {type_name} = ")).nth(1).unwrap();
    let declaration = start.split("\nexport ").next().unwrap();
    let mark = format!("\"{tag}\": \"");
    let quoted = declaration.split(&mark).skip(1);
    let kinds: BTreeSet<String> = quoted.map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert!(!kinds.is_empty(), "no kinds of {type_name} in the generated types");
    kinds
}

fn shown(direction: &str, tag: &str) -> BTreeSet<String> {
    examples(direction).iter().map(|example| example[tag].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_example_is_a_frame() {
    check::<FromVisitor>("from-visitor");
    check::<ToVisitor>("to-visitor");
    check::<FromConsultant>("from-consultant");
    check::<ToConsultant>("to-consultant");
}

#[test]
fn every_frame_has_an_example() {
    assert_eq!(shown("from-visitor", "t"), kinds("FromVisitor", "t"));
    assert_eq!(shown("to-visitor", "t"), kinds("ToVisitor", "t"));
    assert_eq!(shown("from-consultant", "t"), kinds("FromConsultant", "t"));
    assert_eq!(shown("to-consultant", "t"), kinds("ToConsultant", "t"));
}

#[test]
fn every_event_and_every_change_of_the_lists_has_an_example() {
    let frames = examples("to-visitor");
    let events: BTreeSet<String> = frames.iter().filter_map(|frame| Some(frame["k"].as_str()?.to_owned())).collect();
    assert_eq!(events, kinds("Fact", "k"));
    let frames = examples("to-consultant");
    let changes = frames.iter().filter_map(|frame| Some(frame["change"]["what"].as_str()?.to_owned()));
    assert_eq!(changes.collect::<BTreeSet<String>>(), kinds("ListsDelta", "what"));
}

#[test]
fn every_refusal_is_explained() {
    let declaration = WIRE.split("export type Code = ").nth(1).unwrap().split(';').next().unwrap();
    let codes: Vec<&str> = declaration.split('"').skip(1).step_by(2).collect();
    assert!(codes.len() > 10, "{codes:?}");
    for code in codes {
        assert!(DOCUMENT.contains(&format!("| `{code}` |")), "{code} is not in the document");
    }
}

#[test]
fn every_close_code_is_explained() {
    let all = [
        CloseCode::Restart,
        CloseCode::Slow,
        CloseCode::NoHello,
        CloseCode::Silent,
        CloseCode::Rate,
        CloseCode::TooManySockets,
        CloseCode::Unavailable,
        CloseCode::SignedOut,
        CloseCode::Origin,
        CloseCode::UnknownPackage,
        CloseCode::Protocol,
        CloseCode::Version,
    ];
    for code in all {
        let row = format!("| {} | {} |", code.number(), code.reason());
        assert!(DOCUMENT.contains(&row), "{row} is not in the document");
        assert!(is_listed(code));
    }
    let rows = DOCUMENT.lines().filter(|line| line.starts_with("| 1012 ") || line.starts_with("| 4"));
    assert_eq!(rows.count(), all.len());
}

/// Does not compile when a code is added; then it belongs into the list above too.
fn is_listed(code: CloseCode) -> bool {
    match code {
        CloseCode::Restart
        | CloseCode::Slow
        | CloseCode::NoHello
        | CloseCode::Silent
        | CloseCode::Rate
        | CloseCode::TooManySockets
        | CloseCode::Unavailable
        | CloseCode::SignedOut
        | CloseCode::Origin
        | CloseCode::UnknownPackage
        | CloseCode::Protocol
        | CloseCode::Version => true,
    }
}

//! Rules about the front ends: nothing a person wrote becomes markup, and every
//! language has every text.

use std::collections::BTreeSet;

use super::tree::{File, Tree};
use super::{accepts, catches, holds};

fn markup_from_text(tree: &Tree) -> Vec<String> {
    let doors = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "dangerouslySetInnerHTML", "srcdoc"];
    let mut found = Vec::new();
    for file in tree.with_ending(&["ts", "tsx", "js", "mjs", "html"]) {
        if !file.path.starts_with("admin/") && !file.path.starts_with("widget/") {
            continue;
        }
        for (number, line) in file.lines() {
            let door = doors.iter().find(|door| line.contains(**door));
            found.extend(door.map(|door| format!("{}:{number}: {door} would turn text into markup", file.path)));
        }
    }
    found
}

fn unequal_locales(tree: &Tree) -> Vec<String> {
    let locales: Vec<&File> =
        tree.files().filter(|file| file.folder().ends_with("/locales") && file.ending() == "json").collect();
    let mut found = Vec::new();
    for file in &locales {
        for other in locales.iter().filter(|other| other.folder() == file.folder()) {
            let own = keys(file);
            for key in keys(other).difference(&own) {
                found.push(format!("{}: {key} is missing", file.path));
            }
        }
    }
    found
}

/// The full names of every text: `chat.waiting.nobody`.
///
/// Languages differ in their plural forms, so `one`, `few` and `many` count as
/// one key when `other` stands beside them.
fn keys(file: &File) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    collect(&serde_json::from_str(&file.text).unwrap(), String::new(), &mut keys);
    keys
}

fn collect(value: &serde_json::Value, path: String, keys: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(parts) if !parts.contains_key("other") => {
            for (name, part) in parts {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                collect(part, path, keys);
            }
        }
        _ => {
            keys.insert(path);
        }
    }
}

#[test]
fn no_text_becomes_markup() {
    holds(markup_from_text);
}

#[test]
fn a_door_for_markup_is_caught() {
    catches(markup_from_text, &[("widget/chat/Line.tsx", "line.innerHTML = body;")]);
    accepts(markup_from_text, &[("widget/chat/Line.tsx", "line.textContent = body;")]);
}

#[test]
fn every_language_has_every_text() {
    holds(unequal_locales);
}

#[test]
fn a_missing_text_is_caught() {
    let english = ("widget/locales/en.json", r#"{"chat": {"send": "Send", "close": "Close"}}"#);

    catches(unequal_locales, &[english, ("widget/locales/pl.json", r#"{"chat": {"send": "Wyślij"}}"#)]);
    accepts(
        unequal_locales,
        &[
            ("admin/locales/en.json", r#"{"waiting": {"one": "1", "other": "{n}"}}"#),
            ("admin/locales/pl.json", r#"{"waiting": {"one": "1", "few": "{n}", "other": "{n}"}}"#),
        ],
    );
}

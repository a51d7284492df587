//! Rules about who may know whom: crates, and modules inside hub.

use super::tree::{File, Tree};
use super::{accepts, catches, holds};

/// A crate and what it must not depend on, not even for tests.
const FORBIDDEN: [(&str, &[&str]); 6] = [
    (
        "actors/Cargo.toml",
        &[
            "actix-web",
            "actix-web-actors",
            "actix-http",
            "diesel",
            "wasmtime",
            "webrtc",
            "lettre",
            "image",
            "hub",
            "plugins",
        ],
    ),
    ("plugins/Cargo.toml", &["hub", "hub-store", "actix-web", "diesel", "lettre"]),
    ("hub/Cargo.toml", &["diesel", "diesel-async", "wasmtime"]),
    ("hub/media/Cargo.toml", &["hub", "hub-store", "plugins", "actix", "actix-web", "diesel", "wasmtime", "lettre"]),
    ("hub/store/Cargo.toml", &["hub", "plugins", "actix", "actix-web", "wasmtime", "lettre"]),
    ("tests/Cargo.toml", &["hub-store", "diesel"]),
];

/// A module of hub and the modules it must not use. `app` puts the parts together, so only `main` may name it.
const DIRECTIONS: [(&str, &[&str]); 8] = [
    ("config", &["app", "http", "sockets", "server", "journal", "sign_in", "demo", "assets"]),
    ("journal", &["app", "http", "sockets", "server", "sign_in", "demo", "assets"]),
    ("egress", &["app", "config", "http", "images", "sockets", "server", "journal", "sign_in", "demo"]),
    ("images", &["app", "config", "http", "sockets", "server", "journal", "sign_in", "demo"]),
    ("sign_in", &["app", "http", "server", "demo"]),
    ("sockets", &["app", "http", "server", "demo", "sign_in"]),
    ("http", &["app", "server", "demo"]),
    ("metrics", &["app", "http", "sockets", "server", "journal", "sign_in", "demo"]),
];

fn forbidden_dependencies(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (manifest, forbidden) in FORBIDDEN {
        let Some(file) = tree.get(manifest) else { continue };
        for name in dependencies(file) {
            if forbidden.contains(&name.as_str()) {
                found.push(format!("{manifest}: must not know {name}"));
            }
        }
    }
    found
}

/// The names in every table of dependencies.
fn dependencies(manifest: &File) -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for (_, line) in manifest.lines() {
        if line.starts_with('[') {
            inside = line.trim_end().ends_with("dependencies]") && !line.starts_with("[workspace");
        } else if inside && line.starts_with(|c: char| c.is_ascii_lowercase()) {
            names.extend(line.split(['.', ' ', '=']).next().map(str::to_owned));
        }
    }
    names
}

fn unused_dependencies(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for manifest in tree.files().filter(|file| file.path.ends_with("/Cargo.toml")) {
        let folder = format!("{}/", manifest.folder());
        let nested: Vec<String> = tree
            .files()
            .filter(|file| file.path.ends_with("/Cargo.toml") && file.path != manifest.path)
            .map(|file| format!("{}/", file.folder()))
            .filter(|other| other.starts_with(&folder))
            .collect();
        let sources: Vec<&File> = tree
            .under(&folder)
            .filter(|file| file.ending() == "rs" && !nested.iter().any(|other| file.path.starts_with(other)))
            .collect();
        for name in dependencies(manifest) {
            let identifier = name.replace('-', "_");
            let is_used = |file: &&File| mentions(&file.text, &identifier);
            // A crate with nothing but feature switches is used by naming it.
            let switches = manifest.text.contains(&format!("# {name}: for its features"));
            if !switches && !sources.iter().any(is_used) {
                found.push(format!("{}: nothing uses {name}", manifest.path));
            }
        }
    }
    found
}

/// Does the text name this crate, as a whole word?
fn mentions(text: &str, identifier: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(identifier)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + identifier.len()..].starts_with(is_part))
}

fn foreign_socket_code(tree: &Tree) -> Vec<String> {
    tree.with_ending(&["rs"])
        .filter(|file| !file.path.starts_with("hub/src/sockets") && !file.path.starts_with("tests/tidy"))
        .filter(|file| file.text.contains("actix_web_actors"))
        .map(|file| format!("{}: only hub/src/sockets names actix_web_actors", file.path))
        .collect()
}

fn wrong_directions(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for (module, forbidden) in DIRECTIONS {
        let file = format!("hub/src/{module}.rs");
        let folder = format!("hub/src/{module}/");
        for file in tree.files().filter(|f| f.path == file || f.path.starts_with(&folder)) {
            for (number, line) in file.lines() {
                let used = forbidden.iter().find(|other| names_module(line, other));
                found.extend(used.map(|other| format!("{}:{number}: {module} must not know {other}", file.path)));
            }
        }
    }
    found
}

fn names_module(line: &str, module: &str) -> bool {
    let path = format!("crate::{module}");
    line.match_indices(&path)
        .any(|(at, _)| !line[at + path.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[test]
fn every_crate_knows_only_what_it_may() {
    holds(forbidden_dependencies);
}

#[test]
fn a_forbidden_dependency_is_caught() {
    catches(forbidden_dependencies, &[("actors/Cargo.toml", "[dependencies]\ndiesel.workspace = true\n")]);
    catches(forbidden_dependencies, &[("actors/Cargo.toml", "[dev-dependencies]\nimage = \"1\"\n")]);
    accepts(
        forbidden_dependencies,
        &[("actors/Cargo.toml", "[features]\nimage = []\n[dependencies]\nactix = \"1\"\n")],
    );
}

#[test]
fn every_dependency_is_used() {
    holds(unused_dependencies);
}

#[test]
fn an_unused_dependency_is_caught() {
    let manifest = ("hub/Cargo.toml", "[dependencies]\nserde_json.workspace = true\n");

    catches(unused_dependencies, &[manifest, ("hub/src/main.rs", "use my_serde_json::Value;")]);
    catches(
        unused_dependencies,
        &[manifest, ("hub/store/Cargo.toml", ""), ("hub/store/src/lib.rs", "use serde_json::Value;")],
    );
    accepts(unused_dependencies, &[manifest, ("hub/src/main.rs", "use serde_json::Value;")]);
}

#[test]
fn only_the_sockets_name_their_library() {
    holds(foreign_socket_code);
}

#[test]
fn a_foreign_use_of_the_socket_library_is_caught() {
    let line = "use actix_web_actors::ws;";

    catches(foreign_socket_code, &[("hub/src/http.rs", line), ("hub/src/sockets/driver.rs", line)]);
}

#[test]
fn the_modules_of_hub_know_each_other_in_one_direction() {
    holds(wrong_directions);
}

#[test]
fn a_wrong_direction_is_caught() {
    catches(wrong_directions, &[("hub/src/config/chat.rs", "use crate::http::Api;")]);
    accepts(wrong_directions, &[("hub/src/config.rs", "use crate::app_name; use crate::config::Chat;")]);
}

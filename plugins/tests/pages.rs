//! Texts that follow from `plugin.wit`: the page about hooks and the types of the TypeScript SDK. Both are
//! kept in the repository; the tests fail when they are out of date, and write them with `UPDATE_EXPECT=1`.

mod hooks;
mod typescript;

use std::fs;
use std::path::{Path, PathBuf};

use wit_parser::Resolve;

/// A file of this repository.
fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn interfaces() -> Resolve {
    let mut resolve = Resolve::default();
    resolve.push_source("plugin.wit", &read("plugins/wit/plugin.wit")).unwrap();
    resolve
}

#[expect(clippy::disallowed_methods, reason = "the switch that expect-test has too")]
fn is_updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

fn is_up_to_date(path: &str, text: &str) {
    if is_updating() {
        fs::write(at(path), text).unwrap();
    }
    assert!(read(path) == text, "{path} is out of date: run this test again with UPDATE_EXPECT=1");
}

#[test]
fn the_page_about_hooks_follows_from_the_interface() {
    is_up_to_date("docs/plugins/hooks.md", &hooks::page(&interfaces()));
}

#[test]
fn the_types_for_typescript_follow_from_the_interface() {
    is_up_to_date("plugins/sdk/typescript/types.ts", &typescript::types(&interfaces()));
}

//! Rules about files: how long, how they begin, what stands beside them.

use std::collections::BTreeSet;

use super::tree::Tree;
use super::{accepts, catches, holds};

/// A file that is longer is split by feature.
const MOST_LINES: usize = 300;

/// Written by programs, so their length is nobody's choice.
const GENERATED: [&str; 3] = ["widget/kit/wire.ts", "hub/store/src/schema.rs", "plugins/sdk/typescript/types.ts"];

fn long_files(tree: &Tree) -> Vec<String> {
    tree.with_ending(&["rs", "ts", "tsx", "css", "js", "mjs", "sql", "html"])
        .filter(|file| !GENERATED.contains(&file.path.as_str()))
        .filter(|file| file.text.lines().count() > MOST_LINES)
        .map(|file| format!("{}: {} lines, at most {MOST_LINES}", file.path, file.text.lines().count()))
        .collect()
}

fn files_without_purpose(tree: &Tree) -> Vec<String> {
    tree.with_ending(&["rs"])
        .filter(|file| !GENERATED.contains(&file.path.as_str()))
        .filter(|file| !file.text.starts_with("//! ") && !file.text.starts_with("#![no_main]\n//! "))
        .map(|file| format!("{}: the first line says what the file is for, with //!", file.path))
        .collect()
}

fn mod_files(tree: &Tree) -> Vec<String> {
    tree.files()
        .filter(|file| file.path.ends_with("/mod.rs"))
        .map(|file| format!("{}: name the file after the module, beside its folder", file.path))
        .collect()
}

fn half_migrations(tree: &Tree) -> Vec<String> {
    let mut missing = Vec::new();
    let mut versions = BTreeSet::new();
    for file in tree.under("migrations/") {
        if let [_, _, version, _] = file.path.split('/').collect::<Vec<_>>()[..] {
            versions.insert(version.to_owned());
        }
    }
    for version in versions {
        for engine in ["sqlite", "postgres"] {
            for direction in ["up.sql", "down.sql"] {
                let path = format!("migrations/{engine}/{version}/{direction}");
                if tree.get(&path).is_none() {
                    missing.push(format!("{path}: is missing"));
                }
            }
        }
    }
    missing
}

/// What a machine lacks is found out by the test itself and printed; nothing else is a reason to leave one out.
const LEFT_OUT: &str = concat!("test.", "skip(obstacle !== undefined, obstacle);");

fn skipped_tests(tree: &Tree) -> Vec<String> {
    let skips =
        [concat!("#[ign", "ore"), concat!("#[should_", "panic"), concat!("test.", "skip("), concat!("test.", "only(")];
    let mut found = Vec::new();
    for file in tree.with_ending(&["rs", "ts", "tsx"]) {
        for (number, line) in file.lines() {
            if skips.iter().any(|skip| line.contains(skip)) && line != LEFT_OUT {
                found.push(format!("{}:{number}: every test runs, always", file.path));
            }
        }
    }
    found
}

#[test]
fn files_are_short() {
    holds(long_files);
}

#[test]
fn a_long_file_is_caught() {
    let long = "line\n".repeat(MOST_LINES + 1);
    let enough = "line\n".repeat(MOST_LINES);

    catches(long_files, &[("hub/src/a.rs", &long), ("hub/src/b.rs", &enough)]);
}

#[test]
fn every_file_says_what_it_is_for() {
    holds(files_without_purpose);
}

#[test]
fn a_file_without_purpose_is_caught() {
    catches(files_without_purpose, &[("hub/src/a.rs", "use std::fmt;\n"), ("hub/src/b.rs", "//! Why.\n")]);
}

#[test]
fn modules_are_named_by_their_file() {
    holds(mod_files);
}

#[test]
fn a_mod_file_is_caught() {
    catches(mod_files, &[("hub/src/http/mod.rs", "//! Why.\n")]);
}

#[test]
fn both_engines_have_every_migration_and_its_way_back() {
    holds(half_migrations);
}

#[test]
fn a_half_migration_is_caught() {
    let all = ["migrations/sqlite/1/up.sql", "migrations/sqlite/1/down.sql", "migrations/postgres/1/up.sql"];

    catches(half_migrations, &all.map(|path| (path, "")));
    accepts(half_migrations, &[("migrations/README.md", "")]);
}

#[test]
fn no_test_is_skipped() {
    holds(skipped_tests);
}

#[test]
fn a_skipped_test_is_caught() {
    catches(skipped_tests, &[("tests/chat.rs", concat!("#[ign", "ore = \"later\"]"))]);
}

//! House rules that no compiler knows: one test for each, and beside it a test
//! that a planted violation is caught. Rules read text only; they build nothing.

mod crates;
mod documents;
mod front_end;
mod layout;
mod tree;
mod words;

use tree::Tree;

/// Fails with every finding of a rule in this repository.
fn holds(rule: fn(&Tree) -> Vec<String>) {
    let findings = rule(&Tree::of_repository());

    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

/// Fails unless a rule finds exactly one violation in the planted files.
fn catches(rule: fn(&Tree) -> Vec<String>, planted: &[(&str, &str)]) {
    let findings = rule(&Tree::planted(planted));

    assert_eq!(findings.len(), 1, "expected one finding, got {findings:#?}");
}

/// Fails if a rule finds anything in files that are as they should be.
fn accepts(rule: fn(&Tree) -> Vec<String>, planted: &[(&str, &str)]) {
    let findings = rule(&Tree::planted(planted));

    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

#[test]
fn the_repository_is_found() {
    let tree = Tree::of_repository();

    assert!(tree.files().any(|file| file.path == "Cargo.toml"));
    assert!(tree.files().count() > 50);
    assert!(!tree.files().any(|file| file.path.starts_with("target/")));
}

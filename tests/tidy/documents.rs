//! Rules about documents: links lead somewhere, settings are explained, every
//! invariant names the guard that keeps it.

use super::tree::{File, Tree};
use super::{accepts, catches, holds};

/// The map fits in a quarter of an hour, the front page on a page.
const PAGES: [(&str, usize); 2] = [("ARCHITECTURE.md", 250), ("README.md", 100)];

fn long_pages(tree: &Tree) -> Vec<String> {
    let is_long = |(path, most): &(&str, usize)| {
        let lines = tree.get(path)?.text.lines().count();
        (lines > *most).then(|| format!("{path}: {lines} lines, at most {most}"))
    };
    PAGES.iter().filter_map(is_long).collect()
}

fn dead_links(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for file in tree.with_ending(&["md"]) {
        for (number, line) in file.lines() {
            for target in links(line) {
                if !leads_somewhere(tree, file, target) {
                    found.push(format!("{}:{number}: {target} leads nowhere", file.path));
                }
            }
        }
    }
    found
}

/// The targets of `[text](target)` in a line.
fn links(line: &str) -> Vec<&str> {
    line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target).collect()
}

fn leads_somewhere(tree: &Tree, from: &File, target: &str) -> bool {
    if target.contains("://") || target.starts_with("mailto:") {
        return true;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = if path.is_empty() { from.path.clone() } else { joined(from.folder(), path) };
    match tree.get(&path) {
        Some(page) => anchor.is_empty() || page.lines().any(|(_, line)| line.starts_with('#') && slug(line) == anchor),
        None => anchor.is_empty() && tree.has(&path),
    }
}

/// Resolves `..` and `.` against a folder.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The anchor a heading gets.
fn slug(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn unexplained_settings(tree: &Tree) -> Vec<String> {
    let page = tree.get("docs/running/configure.md").map_or("", |file| file.text.as_str());
    let mut found = Vec::new();
    for file in tree.under("hub/src/config/").filter(|file| file.text.contains("deny_unknown_fields")) {
        for (number, line) in file.lines() {
            let Some((name, _)) = line
                .strip_prefix("    pub ")
                .or_else(|| line.strip_prefix("    pub(crate) "))
                .and_then(|rest| rest.split_once(": "))
            else {
                continue;
            };
            let is_name = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if is_name && !page.contains(&format!("`{name}`")) {
                found.push(format!("{}:{number}: docs/running/configure.md does not explain `{name}`", file.path));
            }
        }
    }
    found
}

/// Rows of the table under "Invariants": what holds, and what keeps it.
fn unguarded_invariants(tree: &Tree) -> Vec<String> {
    let Some(map) = tree.get("ARCHITECTURE.md") else { return Vec::new() };
    let Some((_, after)) = map.text.split_once("Invariants\n") else {
        return vec!["ARCHITECTURE.md: has no heading Invariants".into()];
    };
    let section = after.split("\n## ").next().unwrap_or_default();
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    let mut found: Vec<String> = rows
        .iter()
        .filter(|row| !names_a_guard(tree, row))
        .map(|row| format!("ARCHITECTURE.md: no guard exists for: {row}"))
        .collect();
    if rows.is_empty() {
        found.push("ARCHITECTURE.md: lists no invariant".into());
    }
    found
}

/// The last column names, between backticks, tests that exist or files that stand there.
fn names_a_guard(tree: &Tree, row: &str) -> bool {
    let guards = row.trim_end_matches(['|', ' ']).rsplit('|').next().unwrap_or_default();
    let named: Vec<&str> = guards.split('`').skip(1).step_by(2).collect();
    let exists = |name: &&str| {
        let is_test = || tree.with_ending(&["rs"]).any(|file| file.text.contains(&format!("fn {name}(")));
        tree.has(name) || is_test()
    };
    !named.is_empty() && named.iter().all(exists)
}

#[test]
fn the_pages_everybody_reads_are_short() {
    holds(long_pages);
}

#[test]
fn a_long_page_is_caught() {
    catches(long_pages, &[("README.md", &"line\n".repeat(101))]);
}

#[test]
fn every_link_leads_somewhere() {
    holds(dead_links);
}

#[test]
fn a_dead_link_is_caught() {
    let guide = ("docs/running/install.md", "# Install\n\n## Behind a proxy\n");

    catches(dead_links, &[guide, ("docs/README.md", "[install](running/instal.md)")]);
    catches(dead_links, &[guide, ("docs/README.md", "[install](running/install.md#tls)")]);
    accepts(dead_links, &[guide, ("docs/using/a.md", "[a](../running/install.md#behind-a-proxy) [b](../running)")]);
}

#[test]
fn every_setting_is_explained() {
    holds(unexplained_settings);
}

#[test]
fn an_unexplained_setting_is_caught() {
    let page = ("docs/running/configure.md", "| `bind` | where to listen |");
    let section = "#[serde(default, deny_unknown_fields)]\npub struct Http {\n    pub bind: SocketAddr,\n    pub spread_ms: u32,\n}\n";

    catches(unexplained_settings, &[page, ("hub/src/config/http.rs", section)]);
}

#[test]
fn every_invariant_has_a_guard() {
    holds(unguarded_invariants);
}

#[test]
fn an_invariant_without_a_guard_is_caught() {
    let head = "## Invariants\n\n| what holds | guard |\n|---|---|\n";
    let test = ("tests/chat.rs", "fn a_line_is_kept() {}");

    catches(unguarded_invariants, &[test, ("ARCHITECTURE.md", &format!("{head}| lines are kept | hope |\n"))]);
    catches(
        unguarded_invariants,
        &[test, ("ARCHITECTURE.md", &format!("{head}| lines are kept | test `a_line_is_lost` |\n"))],
    );
    accepts(
        unguarded_invariants,
        &[test, ("ARCHITECTURE.md", &format!("{head}| lines are kept | test `a_line_is_kept` |\n"))],
    );
}

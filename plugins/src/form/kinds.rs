//! Are the rules of one kind of field such that some value can keep them?

use regex_lite::{Regex, RegexBuilder};

use super::about::texts;
use super::fields::is_key;
use super::flaws::{FlawKind, Flaws};
use super::{LABEL_CHARS, MOST_COLUMNS, MOST_OPTIONS, PATTERN_BYTES, TEXT_CHARS};
use crate::wit::exports::click2callme::plugin::manifest::{CellKind, ChoiceOption, Column, FieldKind, TextRule};

/// Largest compiled pattern, in bytes.
const PATTERN_SIZE: usize = 65_536;

pub(super) fn check(flaws: &mut Flaws, at: &str, kind: &FieldKind) {
    const ORDER: &str = "the least value is above the greatest";
    match kind {
        FieldKind::Text(rule) => text(flaws, at, rule),
        FieldKind::Integer(rule) => {
            if rule.min > rule.max {
                flaws.rule(at, ORDER);
            }
            if rule.step < 1 {
                flaws.add(format!("{at}/Integer/step"), FlawKind::OutOfRange { least: 1.0, most: f64::from(i32::MAX) });
            }
            flaws.text(&format!("{at}/Integer/unit"), rule.unit.as_deref().unwrap_or_default(), LABEL_CHARS);
        }
        FieldKind::Number(rule) if !rule.min.is_finite() || !rule.max.is_finite() => {
            flaws.add(at, FlawKind::NotA { wanted: "between two numbers" });
        }
        FieldKind::Number(rule) if rule.min > rule.max => flaws.rule(at, ORDER),
        FieldKind::Choice(list) => options(flaws, &format!("{at}/Choice"), list),
        FieldKind::Choices(list) => options(flaws, &format!("{at}/Choices"), list),
        FieldKind::Table(list) => columns(flaws, &format!("{at}/Table"), list),
        _ => {}
    }
}

/// The pattern of a text field, for the whole text as browsers do it (HTML, section 4.10.5.3.6).
///
/// Matching takes time in proportion to the text, whatever the pattern is.
pub(super) fn pattern(pattern: &str) -> Option<Regex> {
    if pattern.len() > PATTERN_BYTES {
        return None;
    }
    // By itself first: brackets that close too early would end the group around it.
    RegexBuilder::new(pattern).size_limit(PATTERN_SIZE).build().ok()?;
    RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(PATTERN_SIZE).build().ok()
}

fn text(flaws: &mut Flaws, at: &str, rule: &TextRule) {
    if !(1..=TEXT_CHARS).contains(&rule.max_length) {
        let most = f64::from(TEXT_CHARS);
        flaws.add(format!("{at}/Text/max_length"), FlawKind::OutOfRange { least: 1.0, most });
    }
    if rule.pattern.as_deref().is_some_and(|text| pattern(text).is_none()) {
        flaws.add(format!("{at}/Text/pattern"), FlawKind::NotA { wanted: "a short regular expression" });
    }
}

fn options(flaws: &mut Flaws, at: &str, options: &[ChoiceOption]) {
    if options.is_empty() {
        flaws.add(at, FlawKind::Missing);
    }
    flaws.more_than(at, options.len(), MOST_OPTIONS);
    for (index, option) in options.iter().enumerate().take(MOST_OPTIONS) {
        let at_value = format!("{at}/{index}/value");
        flaws.text(&at_value, &option.value, LABEL_CHARS);
        if option.value.is_empty() {
            flaws.add(at_value, FlawKind::Missing);
        } else if options.iter().take(index).any(|other| other.value == option.value) {
            flaws.add(at_value, FlawKind::Twice);
        }
        texts(flaws, &format!("{at}/{index}/label"), &option.label, LABEL_CHARS);
    }
}

fn columns(flaws: &mut Flaws, at: &str, columns: &[Column]) {
    if columns.is_empty() {
        flaws.add(at, FlawKind::Missing);
    }
    flaws.more_than(at, columns.len(), MOST_COLUMNS);
    for (index, column) in columns.iter().enumerate().take(MOST_COLUMNS) {
        let at_key = format!("{at}/{index}/key");
        if !is_key(&column.key) {
            flaws.rule(at_key, "must be letters, digits, _ and -, at most 64, beginning with a letter");
        } else if columns.iter().take(index).any(|other| other.key == column.key) {
            flaws.add(at_key, FlawKind::Twice);
        }
        if column.label.is_empty() {
            flaws.add(format!("{at}/{index}/label"), FlawKind::Missing);
        }
        texts(flaws, &format!("{at}/{index}/label"), &column.label, LABEL_CHARS);
        if let CellKind::Choice(list) = &column.kind {
            options(flaws, &format!("{at}/{index}/kind/Choice"), list);
        }
    }
}

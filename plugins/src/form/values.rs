//! One value: what an owner or a visitor filled in, read as its field asks.
//!
//! | kind | in JSON | what the plugin gets |
//! |---|---|---|
//! | toggle | `true` | toggle |
//! | integer, duration (seconds) | `30` | integer |
//! | number | `0.5` | number |
//! | choices, consultants | `["a", "b"]` | texts |
//! | table | `[{"column": "cell"}]` | rows, cells in column order |
//! | time of day, date | `"09:30"`, `"2026-12-25"` | text |
//! | every other | `"text"` | text |

use std::collections::BTreeSet;

use serde_json::Value;

use super::flaws::{FlawKind, Flaws};
use super::{about, address, cells, kinds};
use crate::wit::click2callme::plugin::types::SettingValue;
use crate::wit::exports::click2callme::plugin::manifest::{ChoiceOption, FieldKind, IntegerRule, NumberRule, TextRule};

/// Most consultants or options that are chosen at once.
const MOST_CHOSEN: usize = 256;

/// What settings of a business may name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The ids of its consultants.
    pub consultants: BTreeSet<String>,
    /// The ids of its queues.
    pub queues: BTreeSet<String>,
    pub skills: BTreeSet<String>,
}

/// Reads a value; a flaw is added when there is none.
pub(super) fn read(flaws: &mut Flaws, at: &str, kind: &FieldKind, json: &Value, known: &Known) -> Option<SettingValue> {
    match kind {
        FieldKind::Toggle => json.as_bool().map(SettingValue::Toggle).or_else(|| not_a(flaws, at, "true or false")),
        FieldKind::Integer(rule) => integer(flaws, at, rule, json),
        FieldKind::Duration => {
            let seconds = IntegerRule { min: 0, max: i32::MAX, step: 1, unit: None };
            integer(flaws, at, &seconds, json)
        }
        FieldKind::Number(rule) => number(flaws, at, rule, json),
        FieldKind::Choices(options) => texts(flaws, at, json, |text| options.iter().any(|option| option.value == text)),
        FieldKind::Consultants => texts(flaws, at, json, |text| known.consultants.contains(text)),
        FieldKind::Table(columns) => cells::read(flaws, at, columns, json, known),
        _ => {
            let Some(text) = json.as_str() else { return not_a(flaws, at, "text") };
            word(flaws, at, kind, text, known).map(SettingValue::Text)
        }
    }
}

/// A value as an owner would have filled it in, or nothing when it is of another kind.
pub(super) fn to_json(kind: &FieldKind, value: &SettingValue) -> Option<Value> {
    let is_number = matches!(kind, FieldKind::Integer(_) | FieldKind::Duration);
    match (kind, value) {
        (FieldKind::Toggle, SettingValue::Toggle(is_on)) => Some(Value::from(*is_on)),
        (_, SettingValue::Integer(number)) if is_number => Some(Value::from(*number)),
        (FieldKind::Number(_), SettingValue::Number(number)) => Some(Value::from(*number)),
        (FieldKind::Choices(_) | FieldKind::Consultants, SettingValue::Texts(texts)) => {
            Some(Value::from(texts.clone()))
        }
        (FieldKind::Table(columns), SettingValue::Rows(rows)) => cells::to_json(columns, rows),
        (kind, SettingValue::Text(text)) if is_text(kind) => Some(Value::from(text.clone())),
        _ => None,
    }
}

/// Is a value of this kind one text?
fn is_text(kind: &FieldKind) -> bool {
    use FieldKind::{Choices, Consultants, Duration, Integer, Number, Table, Toggle};

    !matches!(kind, Toggle | Integer(_) | Duration | Number(_) | Choices(_) | Consultants | Table(_))
}

fn not_a<T>(flaws: &mut Flaws, at: &str, wanted: &'static str) -> Option<T> {
    flaws.add(at, FlawKind::NotA { wanted });
    None
}

fn integer(flaws: &mut Flaws, at: &str, rule: &IntegerRule, json: &Value) -> Option<SettingValue> {
    let Some(number) = json.as_i64() else { return not_a(flaws, at, "a whole number") };
    let (least, most) = (i64::from(rule.min), i64::from(rule.max));
    let Some(kept) = i32::try_from(number).ok().filter(|_| (least..=most).contains(&number)) else {
        flaws.add(at, FlawKind::OutOfRange { least: f64::from(rule.min), most: f64::from(rule.max) });
        return None;
    };
    if (number - least) % i64::from(rule.step.max(1)) != 0 {
        flaws.add(at, FlawKind::Step { step: rule.step });
        return None;
    }
    Some(SettingValue::Integer(kept))
}

fn number(flaws: &mut Flaws, at: &str, rule: &NumberRule, json: &Value) -> Option<SettingValue> {
    let Some(number) = json.as_f64() else { return not_a(flaws, at, "a number") };
    if !(rule.min..=rule.max).contains(&number) {
        flaws.add(at, FlawKind::OutOfRange { least: rule.min, most: rule.max });
        return None;
    }
    Some(SettingValue::Number(number))
}

fn texts(flaws: &mut Flaws, at: &str, json: &Value, is_known: impl Fn(&str) -> bool) -> Option<SettingValue> {
    let Some(list) = json.as_array() else { return not_a(flaws, at, "a list") };
    if flaws.more_than(at, list.len(), MOST_CHOSEN) {
        return None;
    }
    let mut texts: Vec<String> = Vec::new();
    let before = flaws.len();
    for (index, one) in list.iter().enumerate() {
        let at = format!("{at}/{index}");
        match one.as_str() {
            None => flaws.add(at, FlawKind::NotA { wanted: "text" }),
            Some(text) if !is_known(text) => flaws.add(at, FlawKind::Unknown),
            Some(text) if texts.iter().any(|other| other == text) => flaws.add(at, FlawKind::Twice),
            Some(text) => texts.push(text.to_owned()),
        }
    }
    (flaws.len() == before).then_some(SettingValue::Texts(texts))
}

/// Reads a value that is one text.
fn word(flaws: &mut Flaws, at: &str, kind: &FieldKind, text: &str, known: &Known) -> Option<String> {
    let (is_right, wanted) = match kind {
        FieldKind::Text(rule) => return free_text(flaws, at, rule, text),
        FieldKind::Choice(options) => return known_word(flaws, at, text, is_option(options, text)),
        FieldKind::Consultant => return known_word(flaws, at, text, known.consultants.contains(text)),
        FieldKind::Queue => return known_word(flaws, at, text, known.queues.contains(text)),
        FieldKind::Skill => return known_word(flaws, at, text, known.skills.contains(text)),
        FieldKind::TimeOfDay => (cells::is_time(text), "a time like 09:30"),
        FieldKind::Date => (cells::is_date(text), "a date like 2026-12-25"),
        FieldKind::Language => (about::is_language(text), "a language like pl or en-GB"),
        FieldKind::Colour => (is_color(text), "a color like #c0ffee"),
        FieldKind::Email => (address::is_email(text), "an e-mail address"),
        FieldKind::Phone => (is_phone(text), "a phone number like +48 600 000 000"),
        FieldKind::Url => (address::is_page(text), "a web address"),
        // Read before a value comes here; a secret is read by `settings`.
        _ => (false, "of another kind"),
    };
    if is_right { Some(text.to_owned()) } else { not_a(flaws, at, wanted) }
}

fn free_text(flaws: &mut Flaws, at: &str, rule: &TextRule, text: &str) -> Option<String> {
    let before = flaws.len();
    let limit = usize::try_from(rule.max_length).unwrap_or(usize::MAX);
    let shown: String = if rule.multiline { text.replace(['\n', '\r', '\t'], " ") } else { text.to_owned() };
    flaws.text(at, &shown, limit);
    if flaws.len() == before && rule.pattern.as_deref().and_then(kinds::pattern).is_some_and(|p| !p.is_match(text)) {
        flaws.add(at, FlawKind::Pattern);
    }
    (flaws.len() == before).then(|| text.to_owned())
}

pub(super) fn known_word(flaws: &mut Flaws, at: &str, text: &str, is_known: bool) -> Option<String> {
    if !is_known {
        flaws.add(at, FlawKind::Unknown);
    }
    is_known.then(|| text.to_owned())
}

pub(super) fn is_option(options: &[ChoiceOption], text: &str) -> bool {
    options.iter().any(|option| option.value == text)
}

fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit())
}

/// Three to fifteen digits (ITU-T E.164), written as people do.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let number = text.strip_prefix('+').unwrap_or(text);
    let is_part = |c: char| c.is_ascii_digit() || " ()-./".contains(c);
    text.len() <= 32 && (3..=15).contains(&digits) && number.chars().all(is_part)
}

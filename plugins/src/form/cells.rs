//! Tables in settings: rows of cells, read as their columns ask.

use serde_json::{Map, Value};

use super::flaws::{FlawKind, Flaws, escaped};
use super::values::{Known, is_option, known_word};
use super::{CELL_CHARS, MOST_ROWS};
use crate::wit::click2callme::plugin::types::SettingValue;
use crate::wit::exports::click2callme::plugin::manifest::{CellKind, Column};

/// Reads a list of rows, each an object of cells by column.
pub(super) fn read(
    flaws: &mut Flaws,
    at: &str,
    columns: &[Column],
    json: &Value,
    known: &Known,
) -> Option<SettingValue> {
    let Some(list) = json.as_array() else {
        flaws.add(at, FlawKind::NotA { wanted: "a list of rows" });
        return None;
    };
    if flaws.more_than(at, list.len(), MOST_ROWS) {
        return None;
    }
    let before = flaws.len();
    let rows = list.iter().enumerate().map(|(index, json)| row(flaws, &format!("{at}/{index}"), columns, json, known));
    let rows = rows.collect();
    (flaws.len() == before).then_some(SettingValue::Rows(rows))
}

/// Rows as an owner would have filled them in, or nothing when they do not fit the columns.
pub(super) fn to_json(columns: &[Column], rows: &[Vec<String>]) -> Option<Value> {
    let row = |cells: &Vec<String>| {
        let pairs = columns.iter().zip(cells).map(|(column, cell)| (column.key.clone(), Value::from(cell.clone())));
        (cells.len() == columns.len()).then(|| Value::Object(pairs.collect()))
    };
    rows.iter().map(row).collect::<Option<Vec<Value>>>().map(Value::from)
}

fn row(flaws: &mut Flaws, at: &str, columns: &[Column], json: &Value, known: &Known) -> Vec<String> {
    let nothing = Map::new();
    let cells = json.as_object().unwrap_or_else(|| {
        flaws.add(at, FlawKind::NotA { wanted: "a row of cells" });
        &nothing
    });
    for key in cells.keys().filter(|key| !columns.iter().any(|column| column.key == **key)) {
        flaws.add(format!("{at}/{}", escaped(key)), FlawKind::Unknown);
    }
    let read = columns.iter().map(|column| {
        let at = format!("{at}/{}", escaped(&column.key));
        cell(flaws, &at, &column.kind, cells.get(&column.key).unwrap_or(&Value::Null), known).unwrap_or_default()
    });
    read.collect()
}

fn cell(flaws: &mut Flaws, at: &str, kind: &CellKind, json: &Value, known: &Known) -> Option<String> {
    let text = match json {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(is_on) => is_on.to_string(),
        Value::Null => String::new(),
        Value::Array(_) | Value::Object(_) => {
            flaws.add(at, FlawKind::NotA { wanted: "a cell" });
            return None;
        }
    };
    let (is_right, wanted) = match kind {
        CellKind::Text => {
            flaws.text(at, &text, CELL_CHARS);
            return Some(text);
        }
        CellKind::Choice(options) => return known_word(flaws, at, &text, is_option(options, &text)),
        CellKind::Consultant => return known_word(flaws, at, &text, known.consultants.contains(&text)),
        CellKind::Skill => return known_word(flaws, at, &text, known.skills.contains(&text)),
        CellKind::Integer => (text.parse::<i32>().is_ok(), "a whole number"),
        CellKind::Toggle => (matches!(text.as_str(), "true" | "false"), "true or false"),
        CellKind::TimeOfDay => (is_time(&text), "a time like 09:30"),
        CellKind::Date => (is_date(&text), "a date like 2026-12-25"),
    };
    if !is_right {
        flaws.add(at, FlawKind::NotA { wanted });
    }
    is_right.then_some(text)
}

/// Is this a minute of a day, 00:00 to 24:00?
pub(super) fn is_time(text: &str) -> bool {
    let two_digits = |part: &str| {
        let is_number = part.len() == 2 && part.chars().all(|c| c.is_ascii_digit());
        if is_number { part.parse::<u16>().ok() } else { None }
    };
    let Some((hours, minutes)) = text.split_once(':') else { return false };
    let (Some(hours), Some(minutes)) = (two_digits(hours), two_digits(minutes)) else { return false };
    minutes < 60 && hours * 60 + minutes <= 1_440
}

/// Is this a day of the calendar, as `2026-12-25`?
pub(super) fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok_and(|date| date.to_string() == text)
}

//! Reading a table that an owner filled in: every flaw with its place.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Action, Condition, Row, Step, Table, Who};
use crate::form::{Flaw, FlawKind, Flaws, Known};
use crate::hooks::route::{AT_ONCE, LEAST_PATIENCE, MESSAGE_CHARS, MOST_PATIENCE, MOST_TIERS, PRIORITIES, RECONSIDER};

/// Most rows of a table; an owner reads them from the top.
pub const MOST_ROWS: usize = 100;
/// Most conditions of a row.
pub const MOST_CONDITIONS: usize = 10;
/// Most values of a condition, tags of a row or consultants of a step.
pub const MOST_VALUES: usize = 100;
/// Most steps of an offer.
pub const MOST_STEPS: usize = MOST_TIERS;
/// Longest name of a row, in characters.
pub const NAME_CHARS: usize = 80;
/// Longest value of a condition, in characters.
pub const VALUE_CHARS: usize = 200;
/// Most tags of a row.
const MOST_TAGS: usize = 16;
/// Longest tag, in characters.
const TAG_CHARS: usize = 40;
/// Longest part of a parser's complaint that is shown, in characters.
const WHY_CHARS: usize = 200;

/// Reads and checks a table: `{"rows": [...]}`.
pub fn read(json: &Value, known: &Known) -> Result<Table, Vec<Flaw>> {
    let mut flaws = Flaws::default();
    let object = json.as_object();
    for key in object.into_iter().flat_map(serde_json::Map::keys).filter(|key| *key != "rows") {
        flaws.add(format!("/{}", crate::form::escaped(key)), FlawKind::Unknown);
    }
    let Some(list) = object.and_then(|table| table.get("rows")).and_then(Value::as_array) else {
        flaws.add("/rows", FlawKind::NotA { wanted: "a list of rows" });
        return Err(flaws.into_vec());
    };
    let mut rows = Vec::new();
    if !flaws.more_than("/rows", list.len(), MOST_ROWS) {
        for (index, json) in list.iter().enumerate() {
            let at = format!("/rows/{index}");
            if let Some(row) = parsed(&mut flaws, &at, json) {
                check(&mut flaws, &at, &row, known);
                rows.push(row);
            }
        }
    }
    if flaws.is_empty() { Ok(Table { rows }) } else { Err(flaws.into_vec()) }
}

/// Reads a row part by part, so that a flaw is told where it is.
fn parsed(flaws: &mut Flaws, at: &str, json: &Value) -> Option<Row> {
    let before = flaws.len();
    let part = |flaws: &mut Flaws, key: &str| {
        if let Some(json) = json.get(key) {
            typed::<Action>(flaws, &format!("{at}/{key}"), json);
        }
    };
    part(flaws, "then");
    for (index, json) in json.get("when").and_then(Value::as_array).into_iter().flatten().enumerate() {
        typed::<Condition>(flaws, &format!("{at}/when/{index}"), json);
    }
    if flaws.len() > before { None } else { typed(flaws, at, json) }
}

fn typed<T: DeserializeOwned>(flaws: &mut Flaws, at: &str, json: &Value) -> Option<T> {
    match T::deserialize(json) {
        Ok(value) => Some(value),
        Err(error) => {
            let why = error.to_string().chars().take(WHY_CHARS).collect();
            flaws.add(at, FlawKind::Unreadable { why });
            None
        }
    }
}

fn check(flaws: &mut Flaws, at: &str, row: &Row, known: &Known) {
    required(flaws, &format!("{at}/name"), &row.name, NAME_CHARS);
    flaws.more_than(&format!("{at}/when"), row.when.len(), MOST_CONDITIONS);
    for (index, condition) in row.when.iter().enumerate().take(MOST_CONDITIONS) {
        self::condition(flaws, &format!("{at}/when/{index}"), condition);
    }
    list(flaws, &format!("{at}/tags"), &row.tags, MOST_TAGS, TAG_CHARS);
    let at = format!("{at}/then");
    match &row.then {
        Action::BuiltIn => {}
        Action::Offer { steps } => offer(flaws, &format!("{at}/steps"), steps, known),
        Action::Queue { queue, priority, message, reconsider_seconds } => {
            if !known.queues.contains(queue) {
                flaws.add(format!("{at}/queue"), FlawKind::Unknown);
            }
            within(flaws, format!("{at}/priority"), *priority, PRIORITIES);
            if let Some(message) = message {
                required(flaws, &format!("{at}/message"), &message.replace('\n', " "), MESSAGE_CHARS);
            }
            if let Some(seconds) = reconsider_seconds {
                within(flaws, format!("{at}/reconsider_seconds"), *seconds, RECONSIDER);
            }
        }
        Action::Callback { message } | Action::Refuse { message, .. } => {
            required(flaws, &format!("{at}/message"), &message.replace('\n', " "), MESSAGE_CHARS);
        }
    }
}

fn condition(flaws: &mut Flaws, at: &str, condition: &Condition) {
    match condition {
        Condition::Language { values, .. }
        | Condition::Topic { values, .. }
        | Condition::PageUrl { values, .. }
        | Condition::Country { values, .. }
        | Condition::Tag { values, .. }
        | Condition::Package { values, .. } => {
            let at = format!("{at}/values");
            if values.is_empty() {
                flaws.add(at.clone(), FlawKind::Missing);
            }
            list(flaws, &at, values, MOST_VALUES, VALUE_CHARS);
        }
        Condition::WaitingSeconds { at_least, at_most } | Condition::Visits { at_least, at_most } => {
            match (at_least, at_most) {
                (None, None) => flaws.rule(at, "needs at_least, at_most or both"),
                (Some(least), Some(most)) if least > most => flaws.rule(at, "can never hold"),
                _ => {}
            }
        }
        Condition::HourOfDay { from, to } => {
            within(flaws, format!("{at}/from"), *from, (0, 23));
            within(flaws, format!("{at}/to"), *to, (1, 24));
            if from == to {
                flaws.rule(at, "begins when it ends");
            }
        }
    }
}

fn offer(flaws: &mut Flaws, at: &str, steps: &[Step], known: &Known) {
    if steps.is_empty() {
        flaws.add(at, FlawKind::Missing);
    }
    flaws.more_than(at, steps.len(), MOST_STEPS);
    for (index, step) in steps.iter().enumerate().take(MOST_STEPS) {
        let at = format!("{at}/{index}");
        if step.patience_seconds != AT_ONCE {
            within(flaws, format!("{at}/patience_seconds"), step.patience_seconds, (LEAST_PATIENCE, MOST_PATIENCE));
        }
        match &step.to {
            Who::Consultants(ids) => people(flaws, &format!("{at}/to/consultants"), ids, known),
            Who::Skill(skill) if !known.skills.contains(skill) => {
                flaws.add(format!("{at}/to/skill"), FlawKind::Unknown);
            }
            Who::Skill(_) | Who::Speakers | Who::LastConsultant | Who::Wished | Who::Everybody => {}
        }
    }
}

fn people(flaws: &mut Flaws, at: &str, ids: &[String], known: &Known) {
    if ids.is_empty() {
        flaws.add(at, FlawKind::Missing);
    }
    flaws.more_than(at, ids.len(), MOST_VALUES);
    for (index, id) in ids.iter().enumerate().take(MOST_VALUES) {
        if !known.consultants.contains(id) {
            flaws.add(format!("{at}/{index}"), FlawKind::Unknown);
        } else if ids.iter().take(index).any(|other| other == id) {
            flaws.add(format!("{at}/{index}"), FlawKind::Twice);
        }
    }
}

fn list(flaws: &mut Flaws, at: &str, values: &[String], most: usize, chars: usize) {
    flaws.more_than(at, values.len(), most);
    for (index, value) in values.iter().enumerate().take(most) {
        let at = format!("{at}/{index}");
        required(flaws, &at, value, chars);
        if values.iter().take(index).any(|other| other == value) {
            flaws.add(at, FlawKind::Twice);
        }
    }
}

fn required(flaws: &mut Flaws, at: &str, text: &str, most: usize) {
    if text.trim() != text || text.is_empty() {
        flaws.add(at, FlawKind::NotA { wanted: "text without space around it" });
    }
    flaws.text(at, text, most);
}

fn within<N: Copy + PartialOrd + Into<f64>>(flaws: &mut Flaws, at: String, value: N, (least, most): (N, N)) {
    if value < least || value > most {
        flaws.add(at, FlawKind::OutOfRange { least: least.into(), most: most.into() });
    }
}

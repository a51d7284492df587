//! What everybody did and was told, and whether it fits what the hub kept.
//!
//! Steps are `invoked`, `kept` (ok) or `refused`; an invoked message without an
//! answer is unknown and may or may not have been kept. One pass over the steps.

mod check;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use check::{Fault, Summary, check};

use super::setup::failures;

/// A line of a chat as a participant sees it: a message, or what else happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Line {
    Said { cid: String, body: String },
    Other(String),
}

impl Line {
    /// Reads an event as the hub sends it.
    pub fn of(event: &Value) -> Self {
        let kind = event["k"].as_str().unwrap();
        if kind != "said" {
            return Self::Other(kind.to_owned());
        }
        let text = |field: &str| event[field].as_str().unwrap().to_owned();
        Self::Said { cid: text("cid"), body: text("body") }
    }
}

/// One step of one participant; their order in the history is their order in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Sent for the first time; repetitions are not steps.
    Invoked { who: String, cid: String, body: String },
    /// The hub promised that it is durable.
    Kept { who: String, cid: String, chat: String, seq: u64 },
    /// The hub will not take it, for good.
    Refused { who: String, cid: String, code: String },
    /// The participant was told a line; `live` on the open socket, else by a resume or a page.
    Told { who: String, chat: String, seq: u64, line: Line, live: bool },
    /// The hub asked the participant to forget a chat.
    Forgot { who: String, chat: String },
}

/// What the hub kept in the end: of each chat the numbered lines.
pub type Truth = BTreeMap<String, Vec<(u64, Line)>>;

/// Collects the steps of all participants.
#[derive(Clone, Debug, Default)]
pub struct History {
    steps: Arc<Mutex<Vec<Step>>>,
}

impl History {
    /// Adds a step; its time is its place.
    pub fn add(&self, step: Step) {
        self.steps.lock().unwrap().push(step);
    }

    /// How many messages were acknowledged so far.
    pub fn kept(&self) -> usize {
        self.steps.lock().unwrap().iter().filter(|step| matches!(step, Step::Kept { .. })).count()
    }

    /// Every chat anybody knows of.
    pub fn chats(&self) -> BTreeSet<String> {
        let steps = self.steps.lock().unwrap();
        let named = steps.iter().filter_map(|step| match step {
            Step::Kept { chat, .. } | Step::Told { chat, .. } => Some(chat.clone()),
            _ => None,
        });
        named.collect()
    }

    /// Compares everything with what the hub kept.
    pub fn check(&self, truth: &Truth) -> Result<Summary, Vec<Fault>> {
        check(&self.steps.lock().unwrap(), truth)
    }

    /// Keeps the history of a failed run and returns where.
    pub fn save(&self, name: &str, truth: &Truth) -> String {
        let path = failures().join(format!("{name}-{}.json", std::process::id()));
        let steps = self.steps.lock().unwrap();
        let whole = serde_json::json!({ "steps": &*steps, "truth": truth });
        std::fs::write(&path, whole.to_string()).unwrap();
        path.display().to_string()
    }
}

/// Reads events of a chat as the truth about it.
pub fn lines(events: &[Value]) -> Vec<(u64, Line)> {
    events.iter().map(|event| (event["seq"].as_u64().unwrap(), Line::of(event))).collect()
}

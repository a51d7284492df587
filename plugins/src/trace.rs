//! The decision log: what was asked, who said what and why, and what was done.
//!
//! A record holds all that a decision depended on, so that it can be replayed
//! with another version and compared. Secrets are never in it: plugins get placeholders.

mod compare;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use compare::{Difference, MOST_DIFFERENCES, compare, sentence};

use crate::ask::{Answer, Failure, LogLine, Question, Run};
use crate::hooks::{Checked, Note};
use crate::table::RowTrace;

/// Largest record that is kept, as JSON, in bytes.
pub const RECORD_BYTES: usize = 262_144;

/// One decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub question: Question,
    /// In the order asked.
    pub steps: Vec<Step>,
    /// What was done.
    pub answer: Answer,
    pub decided_by: Voice,
    /// From the question to the answer, waiting included.
    pub took: Duration,
}

/// One voice in a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub voice: Voice,
    pub mode: Mode,
    /// Checked; absent when it failed.
    pub answer: Option<Answer>,
    /// What was changed in its answer, so that it could be carried out.
    pub notes: Vec<Note>,
    pub failure: Option<Failure>,
    /// For a plugin: what the run cost.
    pub cost: Option<Cost>,
    /// For the rule table: why each row did or did not decide.
    pub rows: Vec<RowTrace>,
    pub logs: Vec<LogLine>,
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "voice", rename_all = "snake_case")]
pub enum Voice {
    /// One version of a plugin.
    Plugin {
        id: String,
        version: String,
        /// SHA-256 of the uploaded file, in hexadecimal.
        digest: String,
    },
    Table,
    BuiltIn,
}

/// Does the answer count?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Active,
    /// Asked beside the others and compared; its answer is never carried out.
    Shadow,
}

/// What a run cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    pub fuel: u64,
    pub took: Duration,
    /// In bytes.
    pub memory: u64,
}

/// Recorded decisions, asked again of another version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replay {
    pub same: usize,
    /// The places of records that would be decided differently, and how.
    pub different: Vec<(usize, Vec<Difference>)>,
    /// The places of records that the other version gave no answer to, and why.
    pub failed: Vec<(usize, Failure)>,
}

/// What a shadow would have done differently.
#[derive(Clone, Debug, PartialEq)]
pub struct ShadowReport {
    pub voice: Voice,
    /// Nothing when it failed.
    pub differences: Option<Vec<Difference>>,
}

impl Replay {
    /// Compares what was done with what the other version answers, checked; one answer for each record.
    pub fn of(records: &[Record], again: impl IntoIterator<Item = Result<Answer, Failure>>) -> Self {
        let mut replay = Self::default();
        for (place, (record, answer)) in records.iter().zip(again).enumerate() {
            match answer.map(|answer| compare(&record.answer, &answer)) {
                Err(failure) => replay.failed.push((place, failure)),
                Ok(differences) if differences.is_empty() => replay.same += 1,
                Ok(differences) => replay.different.push((place, differences)),
            }
        }
        replay
    }
}

impl Step {
    /// A plugin that answered, with its answer checked by `hooks`.
    ///
    /// `wrap` puts the checked value back into an answer: `Answer::Route`.
    pub fn answered<T>(voice: Voice, run: Run, checked: Checked<T>, wrap: impl FnOnce(T) -> Answer) -> Self {
        let Checked { value, notes } = checked;
        Self { answer: Some(wrap(value)), notes, ..Self::of(voice, run) }
    }

    /// A plugin that gave no answer.
    pub fn failed(voice: Voice, run: Run, failure: Failure) -> Self {
        Self { failure: Some(failure), ..Self::of(voice, run) }
    }

    /// The rule table, with what it says about its rows.
    pub fn table(answer: Answer, rows: Vec<RowTrace>) -> Self {
        Self { rows, ..Self::plain(Voice::Table, answer) }
    }

    /// The built-in rules.
    pub fn built_in(answer: Answer) -> Self {
        Self::plain(Voice::BuiltIn, answer)
    }

    /// The same, asked beside the others.
    #[must_use]
    pub fn in_shadow(self) -> Self {
        Self { mode: Mode::Shadow, ..self }
    }

    fn of(voice: Voice, run: Run) -> Self {
        let Run { answer: _, fuel, took, memory, logs } = run;
        let cost = Some(Cost { fuel, took, memory });
        Self { voice, mode: Mode::Active, answer: None, notes: Vec::new(), failure: None, cost, rows: Vec::new(), logs }
    }

    fn plain(voice: Voice, answer: Answer) -> Self {
        Self {
            voice,
            mode: Mode::Active,
            answer: Some(answer),
            notes: Vec::new(),
            failure: None,
            cost: None,
            rows: Vec::new(),
            logs: Vec::new(),
        }
    }
}

impl Record {
    /// What each shadow would have done differently.
    pub fn shadows(&self) -> Vec<ShadowReport> {
        let shadows = self.steps.iter().filter(|step| step.mode == Mode::Shadow);
        let report = |step: &Step| ShadowReport {
            voice: step.voice.clone(),
            differences: step.answer.as_ref().map(|answer| compare(&self.answer, answer)),
        };
        shadows.map(report).collect()
    }

    /// The record as it is kept; log lines go first when it is too large, and then nothing is kept.
    pub fn to_json(&self) -> Option<String> {
        let fits = |json: &String| json.len() <= RECORD_BYTES;
        let json = serde_json::to_string(self).ok()?;
        if fits(&json) {
            return Some(json);
        }
        let mut short = self.clone();
        short.steps.iter_mut().for_each(|step| step.logs.clear());
        serde_json::to_string(&short).ok().filter(fits)
    }
}

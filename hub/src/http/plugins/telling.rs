//! Decisions told to people: by name, in sentences, with all that each voice said.

use std::collections::HashMap;

use actors::ids::PluginId;
use plugins::ask::{Answer, Level, LogLine, Question};
use plugins::hooks::Note;
use plugins::table::{RowTrace, Verdict};
use plugins::trace::{self, Cost, Mode, Step, Voice, compare};
use plugins::wit::click2callme::plugin::types::Medium;
use plugins::wit::exports::click2callme::plugin::routing::{Decision, Outcome, Request, Stage};
use serde::Serialize;
use utoipa::ToSchema;

use super::naming::Names;
use super::views::micros;

/// One voice in a decision.
#[derive(Serialize, ToSchema)]
pub(crate) struct StepView {
    /// Name of the plugin or rule table; empty for the hub's own rule.
    who: String,
    /// `null` for the hub's own rule.
    plugin: Option<PluginId>,
    version: Option<String>,
    /// `active`, or `shadow`: asked beside the others and only compared.
    mode: &'static str,
    /// Its answer in words; `null` when it failed.
    sentence: Option<String>,
    /// What a shadow would have done differently.
    differs: Vec<DifferenceView>,
    /// Why, in its own words.
    reason: String,
    /// Checked, as it was carried out; `null` when it failed.
    #[schema(value_type = Option<Object>)]
    answer: Option<Answer>,
    /// What was changed in its answer, so that it could be carried out.
    notes: Vec<NoteView>,
    failure: Option<String>,
    /// What the run of a plugin cost.
    cost: Option<CostView>,
    /// Why each row of a rule table did or did not decide.
    rows: Vec<RowView>,
    logs: Vec<LogView>,
}

/// One place where two answers differ; `null` where one of them has nothing.
#[derive(Serialize, ToSchema)]
pub(crate) struct DifferenceView {
    /// JSON pointer into the answer, or empty for the whole.
    at: String,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct NoteView {
    at: String,
    text: String,
}

#[derive(Serialize, ToSchema)]
struct CostView {
    fuel: u64,
    took_us: u64,
    memory_bytes: u64,
}

#[derive(Serialize, ToSchema)]
struct RowView {
    /// Counted from 0.
    row: usize,
    name: String,
    /// `decided`, `off`, `missed`, `nobody_free`, `impossible` or `not_reached`.
    verdict: &'static str,
    text: String,
}

#[derive(Serialize, ToSchema)]
struct LogView {
    /// `debug`, `info`, `warn` or `error`.
    level: &'static str,
    text: String,
}

/// Consultants and queues of a question, by id.
pub(super) struct Cast(HashMap<String, String>);

impl Cast {
    pub(super) fn of(question: &Question) -> Self {
        let request = request(question);
        let consultants = request.into_iter().flat_map(|request| &request.consultants);
        let queues = request.into_iter().flat_map(|request| &request.queues);
        let named = consultants.map(|one| (one.id.clone(), one.name.clone()));
        Self(named.chain(queues.map(|one| (one.id.clone(), one.name.clone()))).collect())
    }

    fn name(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// The same answer with names in the place of ids.
    fn named(&self, answer: &Answer) -> Answer {
        let Answer::Route(outcome) = answer else { return answer.clone() };
        let mut outcome = outcome.clone();
        match &mut outcome.decision {
            Decision::Offer(tiers) => {
                for consultant in tiers.iter_mut().flat_map(|tier| &mut tier.consultants) {
                    *consultant = self.name(consultant);
                }
            }
            Decision::Enqueue(ticket) => ticket.queue = self.name(&ticket.queue),
            Decision::Inherit | Decision::Bot | Decision::Callback(_) | Decision::Refuse(_) => {}
        }
        Answer::Route(outcome)
    }

    /// An answer in words; only those about routes have some.
    pub(super) fn sentence(&self, answer: &Answer) -> Option<String> {
        match self.named(answer) {
            Answer::Route(outcome) => Some(trace::sentence(&outcome)),
            _ => None,
        }
    }

    /// What differs, by name.
    pub(super) fn differences(&self, before: &Answer, after: &Answer) -> Vec<DifferenceView> {
        let found = compare(&self.named(before), &self.named(after));
        let view = |found: trace::Difference| DifferenceView { at: found.at, before: found.before, after: found.after };
        found.into_iter().map(view).collect()
    }
}

impl StepView {
    /// What a voice said to a question; `done` is what was carried out, when something was.
    pub(super) fn of(step: Step, done: Option<&Answer>, cast: &Cast, names: &Names) -> Self {
        let Step { voice, mode, answer, notes, failure, cost, rows, logs } = step;
        let (plugin, version) = match &voice {
            Voice::Plugin { id, version, .. } => (id.parse().ok(), Some(version.clone())),
            Voice::Table | Voice::BuiltIn => (None, None),
        };
        let differs = match (mode, done, &answer) {
            (Mode::Shadow, Some(done), Some(answer)) => cast.differences(done, answer),
            _ => Vec::new(),
        };
        Self {
            who: who(&voice, names),
            plugin,
            version,
            mode: match mode {
                Mode::Active => "active",
                Mode::Shadow => "shadow",
            },
            sentence: answer.as_ref().and_then(|answer| cast.sentence(answer)),
            differs,
            reason: answer.as_ref().and_then(reason).unwrap_or_default(),
            answer,
            notes: notes.iter().map(|Note { at, why }| NoteView { at: at.clone(), text: why.to_string() }).collect(),
            failure: failure.map(|failure| failure.to_string()),
            cost: cost.map(|Cost { fuel, took, memory }| CostView {
                fuel,
                took_us: micros(took),
                memory_bytes: memory,
            }),
            rows: rows.into_iter().map(row).collect(),
            logs: logs.into_iter().map(log).collect(),
        }
    }
}

/// Name of a voice; a plugin that is gone has none but its id.
pub(super) fn who(voice: &Voice, names: &Names) -> String {
    match voice {
        Voice::Plugin { id, .. } => id.parse().ok().and_then(|id| names.of(id)).unwrap_or_else(|| id.clone()),
        Voice::Table | Voice::BuiltIn => String::new(),
    }
}

/// The request of a question about a route.
pub(super) fn request(question: &Question) -> Option<&Request> {
    match question {
        Question::Route { request, .. } => Some(request),
        _ => None,
    }
}

/// How the visitor wishes to talk.
pub(super) fn medium(question: &Question) -> &'static str {
    match request(question).map(|request| request.medium) {
        Some(Medium::Call) => "call",
        Some(Medium::Chat) | None => "chat",
    }
}

/// Why the question was asked.
pub(super) fn stage(question: &Question) -> &'static str {
    match request(question).map(|request| &request.stage) {
        Some(Stage::Arrived) | None => "arrived",
        Some(Stage::Unanswered(_)) => "unanswered",
        Some(Stage::Waiting(_)) => "waiting",
        Some(Stage::Transferred(_)) => "transferred",
        Some(Stage::Abandoned(_)) => "abandoned",
    }
}

/// The visitor's name, or nothing.
pub(super) fn visitor(question: &Question) -> String {
    request(question).and_then(|request| request.visitor.name.clone()).unwrap_or_default()
}

fn reason(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Route(Outcome { reason, .. }) => Some(reason.clone()),
        _ => None,
    }
}

fn row(trace: RowTrace) -> RowView {
    let said = trace.to_string();
    let start = format!("Row {}, {}: ", trace.row.saturating_add(1), trace.name);
    let text = said.strip_prefix(&start).unwrap_or(&said).to_owned();
    let verdict = match trace.verdict {
        Verdict::Decided => "decided",
        Verdict::Off => "off",
        Verdict::Missed { .. } => "missed",
        Verdict::NobodyFree => "nobody_free",
        Verdict::Impossible { .. } => "impossible",
        Verdict::NotReached => "not_reached",
    };
    RowView { row: trace.row, name: trace.name, verdict, text }
}

fn log(LogLine { level, text }: LogLine) -> LogView {
    let level = match level {
        Level::Debug => "debug",
        Level::Info => "info",
        Level::Warn => "warn",
        Level::Error => "error",
    };
    LogView { level, text }
}

//! What a plugin is asked, what it answers, and why there may be no answer.
//!
//! Plain values only: every run can be recorded, shown in the admin and
//! replayed. Their JSON is also what `hub plugin run` and the playground read.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use crate::wit::click2callme::plugin::host::Level;
use crate::wit::click2callme::plugin::types::{Attribute, Context, Medium, Setting, Visitor};
use crate::wit::exports::click2callme::plugin::bot::{self, Turn};
use crate::wit::exports::click2callme::plugin::enrichment::{HttpRequest, HttpResponse, Profile};
use crate::wit::exports::click2callme::plugin::manifest::{About, Field, Problem};
use crate::wit::exports::click2callme::plugin::messages::{Finding, Message};
use crate::wit::exports::click2callme::plugin::notifications::{Event, Plan};
use crate::wit::exports::click2callme::plugin::routing::{Outcome, Request};
use crate::wit::exports::click2callme::plugin::working_hours::{Day, SlotQuery, Verdict};

/// One question to a plugin: the hook and everything it may know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "hook", rename_all = "kebab-case")]
pub enum Question {
    /// What are you, and which settings do you want?
    Describe,
    /// Are these settings good? The hub has checked them against the fields.
    Check { settings: Vec<Setting> },
    /// Who gets this visitor?
    Route { ctx: Context, request: Request },
    /// When is each of these days open?
    PlanDays { ctx: Context, days: Vec<Day> },
    /// Which of these half-hours may be ordered?
    OfferSlots { ctx: Context, query: SlotQuery },
    /// Who is told about this event?
    Notify { ctx: Context, event: Event },
    /// May this message be stored and delivered?
    Review { ctx: Context, visitor: Visitor, message: Message },
    /// Which questions come before the chat or call?
    Form { ctx: Context, visitor: Visitor, medium: Medium },
    /// Are these answers of the visitor good?
    Submit { ctx: Context, visitor: Visitor, answers: Vec<Attribute> },
    /// What do you want to ask other servers about this visitor?
    Requests { ctx: Context, visitor: Visitor },
    /// What do the answers of those servers say about this visitor?
    Enrich { ctx: Context, visitor: Visitor, responses: Vec<Result<HttpResponse, String>> },
    /// What does the bot say next?
    Reply { ctx: Context, visitor: Visitor, turn: Turn },
}

impl Question {
    /// The hook that answers it; `None` for the two questions that every plugin answers.
    pub fn hook(&self) -> Option<Hook> {
        match self {
            Self::Describe | Self::Check { .. } => None,
            Self::Route { .. } => Some(Hook::Routing),
            Self::PlanDays { .. } | Self::OfferSlots { .. } => Some(Hook::WorkingHours),
            Self::Notify { .. } => Some(Hook::Notifications),
            Self::Review { .. } => Some(Hook::Messages),
            Self::Reply { .. } => Some(Hook::Bot),
            Self::Form { .. } | Self::Submit { .. } => Some(Hook::PreChat),
            Self::Requests { .. } | Self::Enrich { .. } => Some(Hook::Enrichment),
        }
    }

    /// The settings that the plugin is given with it.
    pub fn settings_mut(&mut self) -> Option<&mut Vec<Setting>> {
        match self {
            Self::Describe => None,
            Self::Check { settings } => Some(settings),
            Self::Route { ctx, .. }
            | Self::PlanDays { ctx, .. }
            | Self::OfferSlots { ctx, .. }
            | Self::Notify { ctx, .. }
            | Self::Review { ctx, .. }
            | Self::Form { ctx, .. }
            | Self::Submit { ctx, .. }
            | Self::Requests { ctx, .. }
            | Self::Enrich { ctx, .. }
            | Self::Reply { ctx, .. } => Some(&mut ctx.settings),
        }
    }
}

/// What a plugin answered, unchecked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "hook", content = "answer", rename_all = "kebab-case")]
pub enum Answer {
    Describe(Box<About>),
    Check(Vec<Problem>),
    Route(Outcome),
    PlanDays(Vec<Verdict>),
    /// Indices into the slots of the question.
    OfferSlots(Vec<u32>),
    Notify(Plan),
    Review(Finding),
    Form(Vec<Field>),
    Submit(Result<Vec<Attribute>, Vec<Problem>>),
    Requests(Vec<HttpRequest>),
    Enrich(Profile),
    Reply(bot::Answer),
}

/// One run: the answer or why there is none, and what it cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub answer: Result<Answer, Failure>,
    /// Used; about one for each instruction.
    pub fuel: u64,
    /// On the clock, instantiation included.
    pub took: Duration,
    /// The most it held in linear memories and tables, in bytes.
    pub memory: u64,
    /// In the order written; cut at `limits::LOG_BYTES`.
    pub logs: Vec<LogLine>,
}

/// Why a plugin gave no answer. The built-in rule decides instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "failure", rename_all = "kebab-case")]
pub enum Failure {
    #[error("it used all of its {} instructions", grouped(*limit))]
    Fuel { limit: u64 },
    #[error("it was not done after {} ms", limit.as_millis())]
    Late { limit: Duration },
    /// Sizes in bytes.
    #[error("it asked for {} of memory, and {} are allowed", size(*asked), size(*allowed))]
    Memory { asked: u64, allowed: u64 },
    /// Numbers of elements.
    #[error("it asked for a table of {} elements, and {} are allowed", grouped(*asked), grouped(*allowed))]
    Table { asked: u64, allowed: u64 },
    #[error("its functions call each other too deeply")]
    Stack,
    /// `frames` names the functions, the innermost first.
    #[error("it stopped with an error: {message}")]
    Trap { message: String, frames: Vec<String> },
    #[error("its answer cannot be read: {message}")]
    Output { message: String },
    /// More than `limits::HOST_BYTES`.
    #[error("its answer and log lines are too large: {} are allowed in all", size(*limit))]
    HostBytes { limit: u64 },
    #[error("too many questions of this business are waiting")]
    Busy,
    /// It waited longer than `limits::QUEUE_WAIT`.
    #[error("its turn did not come within {} ms", limit.as_millis())]
    Expired { limit: Duration },
    #[error("it does not answer questions about {hook}")]
    Missing { hook: Hook },
    /// The breaker is open.
    #[error("it is switched off for now because it failed too often")]
    SwitchedOff,
    /// Not the plugin's fault: for the operator.
    #[error("the hub could not run it: {message}")]
    Host { message: String },
}

impl Failure {
    /// Does it count against the plugin? Being crowded out does not.
    pub fn is_fault(&self) -> bool {
        !matches!(
            self,
            Self::Busy | Self::Expired { .. } | Self::Missing { .. } | Self::SwitchedOff | Self::Host { .. }
        )
    }
}

/// A group of questions that a plugin may answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hook {
    Routing,
    WorkingHours,
    Notifications,
    Messages,
    Bot,
    PreChat,
    Enrichment,
}

impl Hook {
    pub const ALL: [Self; 7] = [
        Self::Routing,
        Self::WorkingHours,
        Self::Notifications,
        Self::Messages,
        Self::Bot,
        Self::PreChat,
        Self::Enrichment,
    ];

    /// As its interface is called in `wit/plugin.wit`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Routing => "routing",
            Self::WorkingHours => "working-hours",
            Self::Notifications => "notifications",
            Self::Messages => "messages",
            Self::Bot => "bot",
            Self::PreChat => "pre-chat",
            Self::Enrichment => "enrichment",
        }
    }
}

impl fmt::Display for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Routing => "who gets a visitor",
            Self::WorkingHours => "working hours",
            Self::Notifications => "notifications",
            Self::Messages => "messages",
            Self::Bot => "the bot",
            Self::PreChat => "the form before a chat",
            Self::Enrichment => "facts about a visitor",
        })
    }
}

/// What a plugin wrote while it ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogLine {
    pub level: Level,
    pub text: String,
}

/// `20000000` as `20,000,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Bytes in the largest unit that leaves a whole number at least 1.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KiB", bytes / 1_024),
        _ => format!("{} MiB", grouped(bytes / 1_048_576)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_a_sentence_for_the_owner() {
        let fuel = Failure::Fuel { limit: 20_000_000 };
        assert_eq!(fuel.to_string(), "it used all of its 20,000,000 instructions");
        let memory = Failure::Memory { asked: 64 << 20, allowed: 32 << 20 };
        assert_eq!(memory.to_string(), "it asked for 64 MiB of memory, and 32 MiB are allowed");
        let missing = Failure::Missing { hook: Hook::WorkingHours };
        assert_eq!(missing.to_string(), "it does not answer questions about working hours");
    }

    #[test]
    fn numbers_and_sizes_are_readable() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(size(1_023), "1023 bytes");
        assert_eq!(size(65_536), "64 KiB");
        assert_eq!(size(2_000 << 20), "2,000 MiB");
    }

    #[test]
    fn a_run_survives_json() {
        let run = Run {
            answer: Err(Failure::Trap { message: "unreachable".to_owned(), frames: vec!["route".to_owned()] }),
            fuel: 7,
            took: Duration::from_micros(53),
            memory: 65_536,
            logs: vec![LogLine { level: Level::Warn, text: "hm".to_owned() }],
        };
        let json = serde_json::to_string(&run).unwrap();
        assert_eq!(serde_json::from_str::<Run>(&json).unwrap(), run);
        let answer = Answer::Submit(Err(vec![]));
        let json = serde_json::to_string(&answer).unwrap();
        assert_eq!(json, r#"{"hook":"submit","answer":{"Err":[]}}"#);
        assert_eq!(serde_json::from_str::<Answer>(&json).unwrap(), answer);
    }

    #[test]
    fn every_hook_is_an_interface_of_the_package() {
        let wit = include_str!("../wit/plugin.wit");
        for hook in Hook::ALL {
            assert!(wit.contains(&format!("interface {} {{", hook.name())), "{hook:?}");
        }
    }
}

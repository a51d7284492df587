//! The rule table: routing for owners without code.
//!
//! From the top, the first row whose conditions hold and whose action can be
//! carried out decides. It answers the same question as a plugin, is checked
//! the same way, and says of each row why it did or did not decide.

mod check;
mod evaluate;
mod facts;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use check::{MOST_CONDITIONS, MOST_ROWS, MOST_STEPS, MOST_VALUES, NAME_CHARS, VALUE_CHARS, read};
pub use evaluate::{Evaluated, RowTrace, Verdict, evaluate};
pub use facts::WAITING_FACT;

use crate::wit::exports::click2callme::plugin::routing::Ring;

/// The rules of an owner, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub rows: Vec<Row>,
}

/// Reads a table that was checked when it was kept.
pub fn stored(json: &serde_json::Value) -> Option<Table> {
    serde_json::from_value(json.clone()).ok()
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub name: String,
    #[serde(default = "on")]
    pub is_on: bool,
    /// All must hold; none always holds.
    #[serde(default)]
    pub when: Vec<Condition>,
    pub then: Action,
    /// Put on the visitor's chat or call when this row decides.
    #[serde(default)]
    pub tags: Vec<String>,
}

fn on() -> bool {
    true
}

/// What must be true of a visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// BCP 47; `en` stands for `en-GB` too.
    Language {
        test: Test,
        values: Vec<String>,
    },
    Topic {
        test: Test,
        values: Vec<String>,
    },
    PageUrl {
        test: Test,
        values: Vec<String>,
    },
    /// Two letters (ISO 3166-1 alpha-2).
    Country {
        test: Test,
        values: Vec<String>,
    },
    /// Any of the visitor's tags.
    Tag {
        test: Test,
        values: Vec<String>,
    },
    /// The name or id of the package.
    Package {
        test: Test,
        values: Vec<String>,
    },
    /// Seconds since the visitor began to wait.
    WaitingSeconds {
        at_least: Option<u32>,
        at_most: Option<u32>,
    },
    /// This one included.
    Visits {
        at_least: Option<u32>,
        at_most: Option<u32>,
    },
    /// On the package's clock, from the beginning of one hour to the beginning of another, over midnight too.
    HourOfDay {
        /// 0 to 23.
        from: u8,
        /// 1 to 24.
        to: u8,
    },
}

/// How a text is compared, upper and lower case alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    OneOf,
    /// Also when there is no text at all.
    NoneOf,
    Contains,
    StartsWith,
}

/// What a row does with the visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Step after step; a step with nobody who is free is left out.
    Offer {
        steps: Vec<Step>,
    },
    Queue {
        queue: String,
        /// Higher comes first.
        #[serde(default)]
        priority: i32,
        #[serde(default)]
        message: Option<String>,
        /// The table is asked again after so many seconds.
        #[serde(default)]
        reconsider_seconds: Option<u32>,
    },
    Callback {
        message: String,
    },
    Refuse {
        message: String,
        #[serde(default)]
        offer_callback: bool,
    },
    /// The rule of the hub decides, and no row below.
    BuiltIn,
}

/// Some consultants who are offered the visitor together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub to: Who,
    pub ring: RingMode,
    /// 0 gives a chat to the first of them without asking.
    pub patience_seconds: u32,
}

/// Whom a step means; only those who are free are offered the visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// By id, in this order.
    Consultants(Vec<String>),
    Skill(String),
    /// Who speaks the visitor's language.
    Speakers,
    /// Who talked to the visitor before.
    LastConsultant,
    /// Whom the visitor picked.
    Wished,
    Everybody,
}

/// How the consultants of a step are rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RingMode {
    AllAtOnce,
    OneByOne,
    LeastBusy,
    LongestIdle,
}

impl From<RingMode> for Ring {
    fn from(mode: RingMode) -> Self {
        match mode {
            RingMode::AllAtOnce => Self::AllAtOnce,
            RingMode::OneByOne => Self::OneByOne,
            RingMode::LeastBusy => Self::LeastBusy,
            RingMode::LongestIdle => Self::LongestIdle,
        }
    }
}

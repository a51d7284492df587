//! One file for each hook: what a plugin answered, checked against what was asked.
//!
//! Pure. The result always keeps the promises of its file; whatever had to be
//! dropped, cut or changed for that is told in notes, which stand in the trace.

mod any;
pub mod bot;
pub mod enrich;
pub mod hours;
pub mod notify;
pub mod pre_chat;
pub mod review;
pub mod route;
pub mod slots;
mod text;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use any::{Given, check};
pub(crate) use text::{attributes, line, lines, problems, tags};

/// Most notes about one answer; a lying plugin must not fill the decision log.
pub const MOST_NOTES: usize = 64;
/// Longest part of a plugin's text that a note repeats, in characters.
const QUOTED_CHARS: usize = 60;

/// An answer that may be acted on, and what was changed to make it so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked<T> {
    pub value: T,
    /// At most [`MOST_NOTES`], in the order of the answer.
    pub notes: Vec<Note>,
}

impl<T> Checked<T> {
    /// The same with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: change(self.value), notes: self.notes }
    }
}

/// One thing in an answer that could not stay as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// JSON pointer into the answer (RFC 6901).
    pub at: String,
    #[serde(flatten)]
    pub why: Why,
}

/// Why a part of an answer was dropped, cut or changed; the admin translates it by its code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Why {
    /// Names somebody or something that was not in the question.
    Unknown {
        id: String,
    },
    /// Names a consultant who cannot take this visitor at the moment.
    NotFree {
        id: String,
    },
    Twice,
    Empty,
    TooMany {
        limit: usize,
    },
    /// Limit in characters, for a bot's memory in bytes.
    TooLong {
        limit: usize,
    },
    OutOfRange {
        least: i64,
        most: i64,
    },
    /// Control characters or marks that reorder text were taken out.
    Cleaned,
    /// The answer breaks a rule that the sentence names.
    Refused {
        rule: String,
    },
}

impl Why {
    pub(crate) fn unknown(id: &str) -> Self {
        Self::Unknown { id: quoted(id) }
    }

    pub(crate) fn not_free(id: &str) -> Self {
        Self::NotFree { id: quoted(id) }
    }

    pub(crate) fn refused(rule: &str) -> Self {
        Self::Refused { rule: rule.to_owned() }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { id } => write!(f, "\"{id}\" was not in the question"),
            Self::NotFree { id } => write!(f, "\"{id}\" cannot take this visitor at the moment"),
            Self::Twice => f.write_str("was there already"),
            Self::Empty => f.write_str("was empty"),
            Self::TooMany { limit } => write!(f, "there may be at most {limit}"),
            Self::TooLong { limit } => write!(f, "may be at most {limit} long"),
            Self::OutOfRange { least, most } => write!(f, "must lie between {least} and {most}"),
            Self::Cleaned => f.write_str("had characters that cannot be shown"),
            Self::Refused { rule } => f.write_str(rule),
        }
    }
}

/// The notes of an answer that is being checked.
#[derive(Debug, Default)]
pub(crate) struct Notes(Vec<Note>);

impl Notes {
    /// Remembers a note; past [`MOST_NOTES`] it is forgotten.
    pub(crate) fn add(&mut self, at: impl Into<String>, why: Why) {
        if self.0.len() < MOST_NOTES {
            self.0.push(Note { at: at.into(), why });
        }
    }

    pub(crate) fn with<T>(self, value: T) -> Checked<T> {
        Checked { value, notes: self.0 }
    }

    /// Brings a number between two others.
    pub(crate) fn clamp<N: Copy + Ord + Into<i64>>(&mut self, at: &str, value: N, least: N, most: N) -> N {
        let kept = value.clamp(least, most);
        if kept != value {
            self.add(at, Why::OutOfRange { least: least.into(), most: most.into() });
        }
        kept
    }

    /// Keeps the first `limit` of a list.
    pub(crate) fn first<T>(&mut self, at: &str, mut list: Vec<T>, limit: usize) -> Vec<T> {
        if list.len() > limit {
            self.add(at, Why::TooMany { limit });
            list.truncate(limit);
        }
        list
    }
}

/// The start of a plugin's text, fit to be repeated.
fn quoted(text: &str) -> String {
    let mut forgotten = Notes::default();
    line(&mut forgotten, "", text, QUOTED_CHARS)
}

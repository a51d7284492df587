//! What is wrong in a declaration or in settings, and where.

use std::fmt;

use serde::Serialize;

/// Most flaws that are told at once; ten thousand wrong fields need no list.
pub const MOST_FLAWS: usize = 50;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flaw {
    /// JSON pointer to it (RFC 6901).
    pub at: String,
    #[serde(flatten)]
    pub kind: FlawKind,
}

/// What is wrong; the admin translates it by its code.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FlawKind {
    Missing,
    /// Names a field, option, column or person that there is not.
    Unknown,
    Twice,
    /// At most so many entries, characters or bytes.
    TooMany {
        limit: usize,
    },
    /// Has characters that cannot be shown.
    Unshowable,
    OutOfRange {
        least: f64,
        most: f64,
    },
    /// Must be counted in steps from the least value.
    Step {
        step: i32,
    },
    /// Is not of the kind that is asked for.
    NotA {
        wanted: &'static str,
    },
    /// Cannot be read, and where in it.
    Unreadable {
        why: String,
    },
    /// Does not match the pattern that the plugin asks for.
    Pattern,
    /// Breaks a rule that the sentence names.
    Rule {
        rule: &'static str,
    },
}

impl fmt::Display for FlawKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing"),
            Self::Unknown => f.write_str("is unknown"),
            Self::Twice => f.write_str("is there twice"),
            Self::TooMany { limit } => write!(f, "has more than {limit}"),
            Self::Unshowable => f.write_str("has characters that cannot be shown"),
            Self::OutOfRange { least, most } => write!(f, "must lie between {least} and {most}"),
            Self::Step { step } => write!(f, "must be counted in steps of {step}"),
            Self::NotA { wanted } => write!(f, "must be {wanted}"),
            Self::Unreadable { why } => write!(f, "cannot be read: {why}"),
            Self::Pattern => f.write_str("does not match the pattern"),
            Self::Rule { rule } => f.write_str(rule),
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.at, self.kind)
    }
}

/// The flaws of something that is being checked.
#[derive(Debug, Default)]
pub(crate) struct Flaws(Vec<Flaw>);

impl Flaws {
    /// Remembers a flaw; past [`MOST_FLAWS`] it is forgotten.
    pub(crate) fn add(&mut self, at: impl Into<String>, kind: FlawKind) {
        if self.0.len() < MOST_FLAWS {
            self.0.push(Flaw { at: at.into(), kind });
        }
    }

    pub(crate) fn rule(&mut self, at: impl Into<String>, rule: &'static str) {
        self.add(at, FlawKind::Rule { rule });
    }

    /// Remembers that there is more than allowed; is there?
    pub(crate) fn more_than(&mut self, at: &str, count: usize, limit: usize) -> bool {
        if count > limit {
            self.add(at, FlawKind::TooMany { limit });
        }
        count > limit
    }

    /// Checks a text that people read.
    pub(crate) fn text(&mut self, at: &str, text: &str, limit: usize) {
        let count = text.chars().take(limit.saturating_add(1)).count();
        if !self.more_than(at, count, limit) && text.chars().any(is_unshowable) {
            self.add(at, FlawKind::Unshowable);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn into_vec(self) -> Vec<Flaw> {
        self.0
    }
}

/// Control characters, and the marks that reorder what is around them (UAX #9, explicit formatting).
fn is_unshowable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A key as a part of a JSON pointer (RFC 6901, section 3).
pub(crate) fn escaped(key: &str) -> String {
    let short: String = key.chars().take(super::KEY_BYTES).collect();
    short.replace('~', "~0").replace('/', "~1")
}

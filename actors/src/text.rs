//! `PlainText`: the only text a person may send in or read back.
//!
//! NFC, without control characters and without the marks that reorder what is
//! shown around them (UAX #9, explicit formatting). Never HTML, never empty.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization as _;

/// Longest message body, in characters.
pub const BODY_CHARS: usize = 4_000;
/// Longest page address or referrer, in characters.
pub const URL_CHARS: usize = 2_048;
/// Longest user agent kept, in characters.
pub const AGENT_CHARS: usize = 512;
/// Longest page title, language tag or other short line, in characters.
pub const LINE_CHARS: usize = 200;

/// Text that cannot be taken.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum TextError {
    #[error("is empty")]
    Empty,
    #[error("is too long")]
    TooLong,
}

/// Cleaned text of a person; see the module for what is cleaned.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string", export, export_to = "wire.ts"))]
pub struct PlainText(String);

impl PlainText {
    /// Cleans text that may have several lines.
    pub fn lines(raw: &str, max_chars: usize) -> Result<Self, TextError> {
        Self::clean(raw, max_chars, true)
    }

    /// Cleans text of one line: each line break becomes a space.
    pub fn line(raw: &str, max_chars: usize) -> Result<Self, TextError> {
        Self::clean(raw, max_chars, false)
    }

    /// Cleans one line and cuts it to `max_chars` instead of refusing it.
    ///
    /// For what a browser tells of itself (page, referrer, user agent): nobody
    /// could act on a refusal.
    pub fn cut(raw: &str, max_chars: usize) -> Option<Self> {
        let bounded: String = raw.chars().take(max_chars.saturating_mul(4)).collect();
        let text: String = cleaned(&bounded, false).chars().take(max_chars).collect();
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    fn clean(raw: &str, max_chars: usize, many_lines: bool) -> Result<Self, TextError> {
        // A character takes four bytes at most, and composing never makes text longer than three times.
        if raw.len() > max_chars.saturating_mul(12) {
            return Err(TextError::TooLong);
        }
        let text = cleaned(raw, many_lines);
        let text = text.trim();
        match text.chars().count() {
            0 => Err(TextError::Empty),
            count if count > max_chars => Err(TextError::TooLong),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The cleaned text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first `max_chars` characters on one line, for lists.
    #[must_use]
    pub fn preview(&self, max_chars: usize) -> Self {
        Self(self.0.chars().take(max_chars).map(|c| if c == '\n' { ' ' } else { c }).collect())
    }
}

impl fmt::Display for PlainText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<PlainText> for String {
    fn from(text: PlainText) -> Self {
        text.0
    }
}

/// Reads text that was cleaned before it was kept, and cleans it again.
impl<'de> Deserialize<'de> for PlainText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = String::deserialize(deserializer)?;
        Self::lines(&raw, usize::MAX / 16).map_err(serde::de::Error::custom)
    }
}

fn cleaned(raw: &str, many_lines: bool) -> String {
    let unbroken = raw.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let kept = unbroken.chars().filter_map(|c| match c {
        '\n' if many_lines => Some('\n'),
        '\n' | '\t' => Some(' '),
        c if is_dropped(c) => None,
        c => Some(c),
    });
    kept.nfc().collect()
}

fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || (u32::from(c) & 0xFFFE) == 0xFFFE
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn body(raw: &str) -> Result<String, TextError> {
        PlainText::lines(raw, 10).map(String::from)
    }

    #[test]
    fn line_breaks_are_one_kind() {
        assert_eq!(body("a\r\nb\rc\u{2028}d"), Ok("a\nb\nc\nd".into()));
        assert_eq!(PlainText::line("a\nb\tc", 10).map(String::from), Ok("a b c".into()));
    }

    #[test]
    fn controls_and_bidi_overrides_are_dropped() {
        assert_eq!(body("a\0\u{1b}\u{202E}b\u{2066}c\u{FEFF}"), Ok("abc".into()));
    }

    #[test]
    fn letters_are_composed() {
        assert_eq!(body("z\u{307}o\u{301}w"), Ok("żów".into()));
    }

    #[test]
    fn the_limit_counts_characters() {
        assert_eq!(body(&"ż".repeat(10)), Ok("ż".repeat(10)));
        assert_eq!(body(&"ż".repeat(11)), Err(TextError::TooLong));
        assert_eq!(body(" \n\u{202E} "), Err(TextError::Empty));
    }

    #[test]
    fn a_cut_text_keeps_its_start() {
        assert_eq!(PlainText::cut("https://bakery.example/", 8).map(String::from), Some("https://".into()));
        assert_eq!(PlainText::cut("\0", 8), None);
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(raw in "\\PC{0,40}|[\\x00-\\x{2069}]{0,40}") {
            if let Ok(once) = PlainText::lines(&raw, 200) {
                let twice = PlainText::lines(once.as_str(), 200);
                prop_assert_eq!(twice, Ok(once.clone()));
                prop_assert!(!once.as_str().chars().any(|c| c != '\n' && is_dropped(c)));
            }
        }
    }
}

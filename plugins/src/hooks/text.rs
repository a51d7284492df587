//! Texts of plugins: cleaned like the texts of people, and cut instead of refused.

use std::collections::BTreeSet;

use actors::text::{PlainText, TextError};

use super::{Notes, Why};
use crate::wit::click2callme::plugin::types::Attribute;
use crate::wit::exports::click2callme::plugin::manifest::{Localised, Problem};

/// Longest key of an attribute, in characters.
pub(crate) const KEY_CHARS: usize = 64;
/// Most attributes in one answer.
pub(crate) const MOST_ATTRIBUTES: usize = 32;
/// Most problems that are shown at once: one for each field of the largest form.
pub(crate) const MOST_PROBLEMS: usize = crate::form::MOST_FIELDS;
/// Longest text about a problem, in characters.
pub(crate) const PROBLEM_CHARS: usize = 300;
/// Most languages of one text.
pub(crate) const MOST_LANGUAGES: usize = 16;
/// Longest language tag, in characters (BCP 47, section 4.4.1).
pub(crate) const LANGUAGE_CHARS: usize = 35;
/// Most tags in one answer.
pub(crate) const MOST_TAGS: usize = 16;
/// Longest tag, in characters.
pub(crate) const TAG_CHARS: usize = 40;

/// Cleans text of one line and cuts it; blank text comes back empty.
pub(crate) fn line(notes: &mut Notes, at: &str, raw: &str, limit: usize) -> String {
    shaped(notes, at, raw, limit, PlainText::line)
}

/// Cleans text that may have several lines and cuts it; blank text comes back empty.
pub(crate) fn lines(notes: &mut Notes, at: &str, raw: &str, limit: usize) -> String {
    shaped(notes, at, raw, limit, PlainText::lines)
}

/// Cleans tags: each once, none blank, at most [`MOST_TAGS`].
pub(crate) fn tags(notes: &mut Notes, at: &str, raw: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for (index, tag) in raw.iter().enumerate() {
        let at = format!("{at}/{index}");
        let tag = line(notes, &at, tag, TAG_CHARS);
        if tag.is_empty() {
            notes.add(at, Why::Empty);
        } else if kept.len() == MOST_TAGS {
            notes.add(at, Why::TooMany { limit: MOST_TAGS });
            break;
        } else if seen.insert(tag.clone()) {
            kept.push(tag);
        } else {
            notes.add(at, Why::Twice);
        }
    }
    kept
}

/// Cleans attributes: each key once, no key blank, at most [`MOST_ATTRIBUTES`].
pub(crate) fn attributes(notes: &mut Notes, at: &str, raw: Vec<Attribute>, value_chars: usize) -> Vec<Attribute> {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for (index, attribute) in raw.into_iter().enumerate() {
        let at = format!("{at}/{index}");
        let key = line(notes, &format!("{at}/key"), &attribute.key, KEY_CHARS);
        if key.is_empty() {
            notes.add(at, Why::Empty);
        } else if kept.len() == MOST_ATTRIBUTES {
            notes.add(at, Why::TooMany { limit: MOST_ATTRIBUTES });
            break;
        } else if seen.insert(key.clone()) {
            let value = lines(notes, &format!("{at}/value"), &attribute.value, value_chars);
            kept.push(Attribute { key, value });
        } else {
            notes.add(at, Why::Twice);
        }
    }
    kept
}

/// Cleans one text in several languages; what is blank is left out.
pub(crate) fn localised(notes: &mut Notes, at: &str, raw: Vec<Localised>, limit: usize) -> Vec<Localised> {
    let mut kept = Vec::new();
    for (index, one) in notes.first(at, raw, MOST_LANGUAGES).into_iter().enumerate() {
        let at = format!("{at}/{index}");
        let language = line(notes, &format!("{at}/language"), &one.language, LANGUAGE_CHARS);
        let text = line(notes, &format!("{at}/text"), &one.text, limit);
        if text.is_empty() {
            notes.add(at, Why::Empty);
        } else {
            kept.push(Localised { language, text });
        }
    }
    kept
}

/// Cleans what is wrong with a form; a problem with a field that is not there is left out.
pub(crate) fn problems(
    notes: &mut Notes,
    at: &str,
    raw: Vec<Problem>,
    is_field: impl Fn(&str) -> bool,
) -> Vec<Problem> {
    let mut kept = Vec::new();
    for (index, problem) in notes.first(at, raw, MOST_PROBLEMS).into_iter().enumerate() {
        let at = format!("{at}/{index}");
        if is_field(&problem.key) {
            let message = localised(notes, &format!("{at}/message"), problem.message, PROBLEM_CHARS);
            kept.push(Problem { key: problem.key, message });
        } else {
            notes.add(format!("{at}/key"), Why::unknown(&problem.key));
        }
    }
    kept
}

type Clean = fn(&str, usize) -> Result<PlainText, TextError>;

fn shaped(notes: &mut Notes, at: &str, raw: &str, limit: usize, clean: Clean) -> String {
    let start: String = raw.chars().take(limit).collect();
    // Composing can make a few rare characters longer, never more than three times.
    let text = clean(&start, limit).or_else(|error| match error {
        TextError::Empty => Err(error),
        TextError::TooLong => clean(&raw.chars().take(limit / 3).collect::<String>(), limit),
    });
    let text = text.map(|text| text.as_str().to_owned()).unwrap_or_default();
    if start.len() < raw.len() {
        notes.add(at, Why::TooLong { limit });
    } else if text != raw.trim() {
        notes.add(at, Why::Cleaned);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_cut_at_its_limit_and_cleaned() {
        let mut notes = Notes::default();

        assert_eq!(line(&mut notes, "/a", "  Hello ", 10), "Hello");
        assert!(notes.0.is_empty());
        assert_eq!(line(&mut notes, "/b", "żżżż", 3), "żżż");
        assert_eq!(line(&mut notes, "/c", "a\u{202e}b\0", 10), "ab");
        assert_eq!(lines(&mut notes, "/d", "a\nb", 10), "a\nb");

        let whys: Vec<_> = notes.0.into_iter().map(|note| (note.at, note.why)).collect();
        assert_eq!(whys, [("/b".to_owned(), Why::TooLong { limit: 3 }), ("/c".to_owned(), Why::Cleaned)]);
    }

    #[test]
    fn every_tag_stands_once() {
        let mut notes = Notes::default();
        let raw = ["vip", " ", "vip", "new"].map(str::to_owned);

        assert_eq!(tags(&mut notes, "/tags", &raw), ["vip", "new"]);
        assert_eq!(notes.0.len(), 2);
    }

    proptest! {
        #[test]
        fn no_text_is_longer_than_its_limit(raw in any::<String>(), limit in 1_usize..50) {
            let text = line(&mut Notes::default(), "", &raw, limit);

            prop_assert!(text.chars().count() <= limit);
            prop_assert!(!text.contains(char::is_control));
        }
    }
}

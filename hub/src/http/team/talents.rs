//! What the rules may choose a consultant by, as owners send it. Pure.

use std::ops::RangeInclusive;

use actors::text::PlainText;

use super::forms::MostChats;
use crate::http::error::ApiError;

/// Chats at once that a limit may be set to.
const MOST_CHATS: RangeInclusive<u32> = 1..=50;
/// Languages of one account.
const LANGUAGES: usize = 10;
/// Longest language tag, in bytes; RFC 5646, section 4.4.1, asks for 35 at least.
const LANGUAGE_BYTES: usize = 35;
/// Skills of one account.
const SKILLS: usize = 20;
/// Longest skill, in characters.
const SKILL_CHARS: usize = 30;

/// A limit, or none.
pub(super) fn most_chats(MostChats(most): MostChats) -> Result<Option<u32>, ApiError> {
    match most {
        Some(most) if !MOST_CHATS.contains(&most) => Err(ApiError::invalid("/most_chats", "must be between 1 and 50")),
        most => Ok(most),
    }
}

/// Languages spoken, the best one first.
pub(super) fn languages(given: Vec<String>) -> Result<Vec<String>, ApiError> {
    list("/languages", &given, LANGUAGES, |text| {
        if is_language(text) { Ok(text.to_owned()) } else { Err("must be a language such as pl or en-GB".to_owned()) }
    })
}

/// Skills, cleaned.
pub(super) fn skills(given: Vec<String>) -> Result<Vec<String>, ApiError> {
    let skill =
        |text: &str| PlainText::line(text, SKILL_CHARS).map(String::from).map_err(|problem| problem.to_string());
    list("/skills", &given, SKILLS, skill)
}

/// Is this shaped like a language tag (BCP 47; RFC 5646, section 2.1)?
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_first = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_next = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.len() <= LANGUAGE_BYTES && parts.next().is_some_and(is_first) && parts.all(is_next)
}

/// Checks each entry; the first that is wrong, too much or there twice is named.
fn list(
    pointer: &str,
    given: &[String],
    most: usize,
    check: impl Fn(&str) -> Result<String, String>,
) -> Result<Vec<String>, ApiError> {
    if given.len() > most {
        return Err(ApiError::invalid(pointer, format!("has more than {most} entries")));
    }
    let mut kept: Vec<String> = Vec::new();
    for (at, text) in given.iter().enumerate() {
        let refused = |problem: String| ApiError::invalid(&format!("{pointer}/{at}"), problem);
        let entry = check(text).map_err(refused)?;
        if kept.iter().any(|other| other.eq_ignore_ascii_case(&entry)) {
            return Err(refused("stands there twice".to_owned()));
        }
        kept.push(entry);
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointer<T: std::fmt::Debug>(result: Result<T, ApiError>) -> String {
        match result {
            Err(ApiError::Invalid { pointer, .. }) => pointer,
            other => panic!("{other:?}"),
        }
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn languages_are_tags() {
        assert_eq!(languages(words(&["pl", "en-GB", "zh-Hant-TW"])).unwrap(), ["pl", "en-GB", "zh-Hant-TW"]);
        for wrong in ["", "p", "polish language", "pl_PL", "pl-", "łaa"] {
            assert_eq!(pointer(languages(words(&["pl", wrong]))), "/languages/1", "{wrong}");
        }
        assert_eq!(pointer(languages(words(&["pl", "en", "PL"]))), "/languages/2");
        assert_eq!(pointer(languages(vec!["pl".to_owned(); LANGUAGES + 1])), "/languages");
    }

    #[test]
    fn skills_are_short_lines() {
        assert_eq!(skills(words(&[" cakes ", "Bread & rolls"])).unwrap(), ["cakes", "Bread & rolls"]);
        assert_eq!(pointer(skills(words(&["cakes", " "]))), "/skills/1");
        assert_eq!(pointer(skills(vec!["x".repeat(SKILL_CHARS + 1)])), "/skills/0");
        assert_eq!(pointer(skills(vec!["x".to_owned(); SKILLS + 1])), "/skills");
    }

    #[test]
    fn a_limit_is_a_small_number_or_none() {
        assert_eq!(most_chats(MostChats(None)).unwrap(), None);
        assert_eq!(most_chats(MostChats(Some(50))).unwrap(), Some(50));
        for wrong in [0, 51, u32::MAX] {
            assert_eq!(pointer(most_chats(MostChats(Some(wrong)))), "/most_chats");
        }
    }
}

//! Is what a plugin says about itself fit to be shown and used?

use super::flaws::{Flaw, FlawKind, Flaws};
use super::{HELP_CHARS, LABEL_CHARS, Place, address, fields};
use crate::wit::exports::click2callme::plugin::manifest::{About, Capability, Localised};

/// Longest id of a plugin, in bytes.
const ID_BYTES: usize = 64;
/// Longest version, in bytes.
const VERSION_BYTES: usize = 32;
/// Most hosts that a plugin asks for; an owner reads each.
const MOST_HOSTS: usize = 16;
/// Most languages of one text.
const MOST_LANGUAGES: usize = 16;

/// Checks a description; it is sane when there is no flaw.
pub fn check_about(about: &About) -> Vec<Flaw> {
    let mut flaws = Flaws::default();
    if !is_id(&about.id) {
        flaws.rule("/id", "must be lowercase letters, digits, dots and hyphens, at most 64, beginning with a letter");
    }
    if !is_version(&about.version) {
        flaws.rule("/version", "must be like 1.2.3 or 1.2.3-beta");
    }
    texts(&mut flaws, "/name", &about.name, LABEL_CHARS);
    if about.name.is_empty() {
        flaws.add("/name", FlawKind::Missing);
    }
    texts(&mut flaws, "/summary", &about.summary, HELP_CHARS);
    flaws.text("/author", &about.author, LABEL_CHARS);
    flaws.text("/license", about.license.as_deref().unwrap_or_default(), LABEL_CHARS);
    if about.homepage.as_deref().is_some_and(|page| address::https_host(page).is_none()) {
        flaws.add("/homepage", FlawKind::NotA { wanted: "an https address" });
    }
    wishes(&mut flaws, about);
    fields::into(&mut flaws, "/fields", &about.fields, Place::Settings);
    flaws.into_vec()
}

/// Checks a description that is to take the place of another version of the same plugin.
pub fn check_update(before: &About, after: &About) -> Vec<Flaw> {
    let mut flaws = check_about(after);
    if before.id != after.id {
        flaws.push(Flaw { at: "/id".to_owned(), kind: FlawKind::Rule { rule: "is the id of another plugin" } });
    }
    flaws
}

/// What the plugin asks to be allowed.
fn wishes(flaws: &mut Flaws, about: &About) {
    for (index, wish) in about.capabilities.iter().enumerate() {
        if about.capabilities.iter().take(index).any(|other| other == wish) {
            flaws.add(format!("/capabilities/{index}"), FlawKind::Twice);
        }
    }
    if flaws.more_than("/hosts", about.hosts.len(), MOST_HOSTS) {
        return;
    }
    if !about.hosts.is_empty() && !about.capabilities.contains(&Capability::HttpFetch) {
        flaws.rule("/hosts", "needs the capability http-fetch");
    }
    for (index, host) in about.hosts.iter().enumerate() {
        let at = format!("/hosts/{index}");
        if !address::is_public_host(host) {
            flaws.add(at, FlawKind::NotA { wanted: "the name of one public host, in lowercase" });
        } else if about.hosts.iter().take(index).any(|other| other == host) {
            flaws.add(at, FlawKind::Twice);
        }
    }
}

/// Checks one text in several languages.
pub(super) fn texts(flaws: &mut Flaws, at: &str, texts: &[Localised], limit: usize) {
    if flaws.more_than(at, texts.len(), MOST_LANGUAGES) {
        return;
    }
    for (index, one) in texts.iter().enumerate() {
        if !is_language(&one.language) {
            flaws.add(format!("{at}/{index}/language"), FlawKind::NotA { wanted: "a language like pl or en-GB" });
        } else if texts.iter().take(index).any(|other| other.language == one.language) {
            flaws.add(format!("{at}/{index}/language"), FlawKind::Twice);
        }
        if one.text.trim().is_empty() {
            flaws.add(format!("{at}/{index}/text"), FlawKind::Missing);
        }
        flaws.text(&format!("{at}/{index}/text"), &one.text, limit);
    }
}

/// Is this shaped like a language tag (BCP 47; RFC 5646, section 2.1)?
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_first = |part: &str| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphabetic());
    let is_next = |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
    tag.len() <= 35 && parts.next().is_some_and(is_first) && parts.all(is_next)
}

fn is_id(id: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    id.len() <= ID_BYTES && id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(is_part)
}

/// Three numbers, and perhaps a word (Semantic Versioning 2.0.0, section 2).
fn is_version(version: &str) -> bool {
    let (numbers, word) = version.split_once(['-', '+']).unwrap_or((version, "0"));
    let is_number = |part: &str| !part.is_empty() && part.len() <= 9 && part.chars().all(|c| c.is_ascii_digit());
    let is_word = |c: char| c.is_ascii_alphanumeric() || "-.+".contains(c);
    let is_shaped = numbers.split('.').count() == 3 && numbers.split('.').all(is_number);
    version.len() <= VERSION_BYTES && is_shaped && !word.is_empty() && word.chars().all(is_word)
}

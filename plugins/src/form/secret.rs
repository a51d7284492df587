//! Secrets in settings: a plugin sees `{{secret:key}}`, the hub puts the secret in its place.
//!
//! Secrets enter neither a plugin's memory nor a trace.

use std::collections::BTreeSet;
use std::fmt;

/// Longest secret, in bytes.
pub const SECRET_BYTES: usize = 1_024;

const BEGIN: &[u8] = b"{{secret:";
const END: &[u8] = b"}}";

/// A secret that no log can show.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(String);

impl Hidden {
    /// Takes a secret of one line that can stand in a header.
    pub(crate) fn new(secret: &str) -> Option<Self> {
        let is_line = secret.chars().all(|c| c == ' ' || c.is_ascii_graphic());
        (!secret.is_empty() && secret.len() <= SECRET_BYTES && is_line).then(|| Self(secret.to_owned()))
    }

    /// The secret itself, to be sealed or sent.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

/// What a plugin sees in place of the secret of this field.
pub fn placeholder(key: &str) -> String {
    format!("{{{{secret:{key}}}}}")
}

/// The keys of all secrets that are named in a text or body.
pub fn named(bytes: &[u8]) -> BTreeSet<String> {
    let keys = Parts(bytes).filter_map(|part| match part {
        Part::Secret(key) => Some(String::from_utf8_lossy(key).into_owned()),
        Part::Plain(_) => None,
    });
    keys.collect()
}

/// Puts secrets in the place of their names; nothing when one of them is not known.
pub fn filled<'a>(bytes: &[u8], known: impl Fn(&str) -> Option<&'a str>) -> Option<Vec<u8>> {
    let mut full = Vec::with_capacity(bytes.len());
    for part in Parts(bytes) {
        match part {
            Part::Plain(plain) => full.extend_from_slice(plain),
            Part::Secret(key) => full.extend_from_slice(known(std::str::from_utf8(key).ok()?)?.as_bytes()),
        }
    }
    Some(full)
}

enum Part<'a> {
    Plain(&'a [u8]),
    Secret(&'a [u8]),
}

/// A text cut at its placeholders.
struct Parts<'a>(&'a [u8]);

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        if self.0.is_empty() {
            return None;
        }
        let begin = position(self.0, BEGIN).unwrap_or(self.0.len());
        let (plain, rest) = self.0.split_at(begin);
        if !plain.is_empty() {
            self.0 = rest;
            return Some(Part::Plain(plain));
        }
        let inside = rest.get(BEGIN.len()..).unwrap_or_default();
        let Some(end) = position(inside, END) else {
            self.0 = &[];
            return Some(Part::Plain(rest));
        };
        let (key, after) = inside.split_at(end);
        self.0 = after.get(END.len()..).unwrap_or_default();
        Some(Part::Secret(key))
    }
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn known(key: &str) -> Option<&'static str> {
        (key == "token").then_some("s3cret")
    }

    #[test]
    fn a_secret_takes_the_place_of_its_name() {
        let text = format!("Bearer {}", placeholder("token"));

        assert_eq!(text, "Bearer {{secret:token}}");
        assert_eq!(filled(text.as_bytes(), known).unwrap(), b"Bearer s3cret");
        assert_eq!(named(b"{{secret:a}}{{secret:b}} {{secret:a}}"), BTreeSet::from(["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn an_unknown_secret_fills_nothing_and_a_broken_name_is_text() {
        assert_eq!(filled(b"{{secret:other}}", known), None);
        assert_eq!(filled(b"{{secret:token", known).unwrap(), b"{{secret:token");
        assert_eq!(filled(b"{{token}}", known).unwrap(), b"{{token}}");
    }

    #[test]
    fn a_secret_shows_in_no_log_and_breaks_no_header() {
        let secret = Hidden::new("s3cret").unwrap();

        assert!(!format!("{secret:?}").contains("s3cret"));
        assert_eq!(secret.reveal(), "s3cret");
        assert!(Hidden::new("a\r\nHost: b").is_none() && Hidden::new("").is_none());
        assert!(Hidden::new(&"a".repeat(SECRET_BYTES + 1)).is_none());
    }

    proptest! {
        #[test]
        fn bytes_without_a_name_stay_as_they_are(bytes in any::<Vec<u8>>()) {
            prop_assume!(named(&bytes).is_empty());

            prop_assert_eq!(filled(&bytes, known), Some(bytes));
        }
    }
}

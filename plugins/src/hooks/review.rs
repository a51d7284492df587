//! Review: a plugin's word on a message before it is kept or shown.
//!
//! Promises: a replacement is never blank and never longer than a message may
//! be. What was to be replaced by nothing is refused, never shown as it was.

use super::{Checked, Notes, Why, lines, tags};
use crate::wit::exports::click2callme::plugin::messages::{Finding, Message, Verdict};

/// Longest text of a message, in characters.
pub const MESSAGE_CHARS: usize = actors::text::BODY_CHARS;
/// Longest text that tells a writer why a message was refused, in characters.
pub const REFUSAL_CHARS: usize = 300;

/// Checks a finding; an empty refusal means that the hub's own text is shown.
pub fn check(finding: Finding) -> Checked<Finding> {
    let mut notes = Notes::default();
    let verdict = match finding.verdict {
        Verdict::Pass => Verdict::Pass,
        Verdict::Refuse(text) => Verdict::Refuse(lines(&mut notes, "/verdict/Refuse", &text, REFUSAL_CHARS)),
        Verdict::Replace(text) => {
            let text = lines(&mut notes, "/verdict/Replace", &text, MESSAGE_CHARS);
            if text.is_empty() {
                notes.add("/verdict/Replace", Why::Empty);
                Verdict::Refuse(text)
            } else {
                Verdict::Replace(text)
            }
        }
    };
    let tags = tags(&mut notes, "/tags", &finding.tags);
    notes.with(Finding { verdict, tags })
}

/// The message as the next plugin sees it, or nothing when it was refused.
pub fn passed_on(message: Message, finding: &Finding) -> Option<Message> {
    match &finding.verdict {
        Verdict::Pass => Some(message),
        Verdict::Replace(text) => Some(Message { text: text.clone(), ..message }),
        Verdict::Refuse(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::wit::exports::click2callme::plugin::messages::Author;

    fn finding(verdict: Verdict) -> Finding {
        Finding { verdict, tags: vec!["card".to_owned()] }
    }

    #[test]
    fn a_redacted_message_goes_on_as_it_was_changed() {
        let checked = check(finding(Verdict::Replace("My card is ****".to_owned())));
        assert!(checked.notes.is_empty());

        let message = Message { author: Author::Visitor, text: "My card is 4111".to_owned() };
        assert_eq!(passed_on(message.clone(), &checked.value).unwrap().text, "My card is ****");
        assert_eq!(passed_on(message.clone(), &finding(Verdict::Pass)), Some(message.clone()));
        assert_eq!(passed_on(message, &finding(Verdict::Refuse(String::new()))), None);
    }

    #[test]
    fn what_was_replaced_by_nothing_is_not_shown() {
        for blank in ["", "  \n", "\u{202e}"] {
            let checked = check(finding(Verdict::Replace(blank.to_owned())));
            assert_eq!(checked.value.verdict, Verdict::Refuse(String::new()));
        }
    }

    proptest! {
        #[test]
        fn a_replacement_is_a_message(text in any::<String>(), repeat in 1_usize..3, tags in vec(any::<String>(), 0..20)) {
            let checked = check(Finding { verdict: Verdict::Replace(text.repeat(repeat * 40)), tags });

            if let Verdict::Replace(text) = &checked.value.verdict {
                prop_assert!((1..=MESSAGE_CHARS).contains(&text.chars().count()));
                prop_assert!(!text.trim().is_empty());
            }
            prop_assert!(checked.value.tags.len() <= 16);
            prop_assert!(check(checked.value).notes.is_empty());
        }
    }
}

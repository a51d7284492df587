//! Bot: what a plugin says in a chat before a person does.
//!
//! Promises: a bot answers people only, says a bounded number of things that can
//! be shown, and a chat that it talks too long in goes to a person.

use std::collections::BTreeSet;

use super::{Checked, Notes, Why, line, lines};
use crate::wit::exports::click2callme::plugin::bot::{Act, Answer, Speech, Turn};
use crate::wit::exports::click2callme::plugin::messages::Author;

/// Most texts in one answer.
pub const MOST_TEXTS: usize = 5;
/// Longest text, in characters: half a message, which is a lot to read from a machine.
pub const TEXT_CHARS: usize = 2_000;
/// Most quick replies under an answer.
pub const MOST_REPLIES: usize = 8;
/// Longest quick reply, in characters: it stands on a button.
pub const REPLY_CHARS: usize = 60;
/// Largest memory that is kept with a chat, in bytes.
pub const MEMORY_BYTES: usize = 8_192;
/// Most messages of a bot in a chat; then a person takes over.
pub const MOST_MESSAGES: usize = 50;

/// Checks an answer; a memory that is too large is not kept, the previous one stays.
pub fn check(turn: &Turn, answer: Answer) -> Checked<Answer> {
    let mut notes = Notes::default();
    let memory = if answer.memory.len() > MEMORY_BYTES {
        notes.add("/memory", Why::TooLong { limit: MEMORY_BYTES });
        turn.memory.clone()
    } else {
        answer.memory
    };
    let act = held(&mut notes, turn, answer.act);
    notes.with(Answer { act, memory })
}

fn held(notes: &mut Notes, turn: &Turn, act: Act) -> Act {
    let said = turn.history.iter().filter(|message| message.author == Author::Bot).count();
    let is_own_turn = turn.history.last().is_some_and(|message| message.author == Author::Bot);
    match act {
        Act::Silent => Act::Silent,
        Act::HandOver(text) => Act::HandOver(lines(notes, "/act/HandOver", &text, TEXT_CHARS)),
        Act::Close(text) => Act::Close(lines(notes, "/act/Close", &text, TEXT_CHARS)),
        Act::Say(_) if is_own_turn => {
            notes.add("/act/Say", Why::refused("a bot does not answer a bot"));
            Act::Silent
        }
        Act::Say(_) if said >= MOST_MESSAGES => {
            notes.add("/act/Say", Why::TooMany { limit: MOST_MESSAGES });
            Act::HandOver(String::new())
        }
        Act::Say(speech) => say(notes, speech),
    }
}

fn say(notes: &mut Notes, speech: Speech) -> Act {
    const TEXTS: &str = "/act/Say/texts";
    const REPLIES: &str = "/act/Say/quick_replies";
    let mut texts = Vec::new();
    for (index, text) in notes.first(TEXTS, speech.texts, MOST_TEXTS).into_iter().enumerate() {
        let at = format!("{TEXTS}/{index}");
        let text = lines(notes, &at, &text, TEXT_CHARS);
        if text.is_empty() {
            notes.add(at, Why::Empty);
        } else {
            texts.push(text);
        }
    }
    let mut seen = BTreeSet::new();
    let mut quick_replies = Vec::new();
    for (index, reply) in notes.first(REPLIES, speech.quick_replies, MOST_REPLIES).into_iter().enumerate() {
        let at = format!("{REPLIES}/{index}");
        let reply = line(notes, &at, &reply, REPLY_CHARS);
        if reply.is_empty() {
            notes.add(at, Why::Empty);
        } else if seen.insert(reply.clone()) {
            quick_replies.push(reply);
        } else {
            notes.add(at, Why::Twice);
        }
    }
    if texts.is_empty() {
        // The visitor waits for somebody: saying nothing would leave them alone.
        notes.add("/act/Say", Why::Empty);
        return Act::HandOver(String::new());
    }
    Act::Say(Speech { texts, quick_replies })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::wit::exports::click2callme::plugin::messages::Message;

    fn turn(authors: &[Author]) -> Turn {
        let message = |author: &Author| Message { author: *author, text: "Hello".to_owned() };
        Turn { history: authors.iter().map(message).collect(), memory: "before".to_owned(), available_consultants: 1 }
    }

    fn say(texts: &[&str], replies: &[&str]) -> Answer {
        let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        let speech = Speech { texts: owned(texts), quick_replies: owned(replies) };
        Answer { act: Act::Say(speech), memory: "after".to_owned() }
    }

    #[test]
    fn a_sound_answer_stays_as_it_is() {
        let answer = say(&["Which size?"], &["Small", "Large"]);

        assert_eq!(check(&turn(&[Author::Visitor]), answer.clone()), Checked { value: answer, notes: Vec::new() });
    }

    #[test]
    fn a_bot_does_not_answer_a_bot() {
        let checked = check(&turn(&[Author::Visitor, Author::Bot]), say(&["And?"], &[]));

        assert_eq!(checked.value, Answer { act: Act::Silent, memory: "after".to_owned() });
    }

    #[test]
    fn a_bot_that_talks_too_long_or_says_nothing_hands_over() {
        let mut long = vec![Author::Bot; MOST_MESSAGES];
        long.push(Author::Visitor);

        assert_eq!(check(&turn(&long), say(&["And?"], &[])).value.act, Act::HandOver(String::new()));
        let nothing = check(&turn(&[Author::Visitor]), say(&[" ", "\0"], &["Yes"]));
        assert_eq!(nothing.value.act, Act::HandOver(String::new()));
    }

    #[test]
    fn a_memory_that_is_too_large_leaves_the_previous_one() {
        let answer = |bytes: usize| Answer { act: Act::Silent, memory: "m".repeat(bytes) };

        assert_eq!(check(&turn(&[]), answer(MEMORY_BYTES)).value.memory.len(), MEMORY_BYTES);
        assert_eq!(check(&turn(&[]), answer(MEMORY_BYTES + 1)).value.memory, "before");
    }

    proptest! {
        #[test]
        fn every_answer_can_be_shown(
            bots in 0_usize..60,
            asks in any::<bool>(),
            texts in vec(any::<String>(), 0..10),
            quick_replies in vec(any::<String>(), 0..12),
            memory in any::<String>(),
        ) {
            let mut authors = vec![Author::Bot; bots];
            authors.extend(asks.then_some(Author::Visitor));
            let turn = turn(&authors);

            let checked = check(&turn, Answer { act: Act::Say(Speech { texts, quick_replies }), memory });

            if let Act::Say(speech) = &checked.value.act {
                prop_assert!(bots < MOST_MESSAGES && (asks || bots == 0));
                prop_assert!((1..=MOST_TEXTS).contains(&speech.texts.len()) && speech.quick_replies.len() <= MOST_REPLIES);
                prop_assert!(speech.texts.iter().all(|text| (1..=TEXT_CHARS).contains(&text.chars().count())));
                prop_assert!(speech.quick_replies.iter().all(|text| (1..=REPLY_CHARS).contains(&text.chars().count())));
            }
            prop_assert!(checked.value.memory.len() <= MEMORY_BYTES);
            prop_assert!(check(&turn, checked.value).notes.is_empty());
        }
    }
}

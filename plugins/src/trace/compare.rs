//! Two answers to the same question: what would have been different?

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::ask::Answer;
use crate::wit::exports::click2callme::plugin::routing::{Decision, Outcome, Ring, Tier};

/// Most differences that are told of two answers.
pub const MOST_DIFFERENCES: usize = 50;
/// Longest value that a difference repeats, in characters.
const VALUE_CHARS: usize = 120;

/// One place where two answers differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// JSON pointer into the answer (RFC 6901), or "" for the answer as a whole.
    pub at: String,
    /// In words or JSON; nothing when it is only in the other answer.
    pub before: Option<String>,
    pub after: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.at.is_empty() { String::new() } else { format!("{}: ", self.at) };
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => write!(f, "{at}{before} → {after}"),
            (Some(before), None) => write!(f, "{at}no longer {before}"),
            (None, Some(after)) => write!(f, "{at}also {after}"),
            (None, None) => f.write_str(&at),
        }
    }
}

/// What differs between two answers; reasons are words, not deeds, and are not compared.
pub fn compare(before: &Answer, after: &Answer) -> Vec<Difference> {
    let mut found = Vec::new();
    match (before, after) {
        (Answer::Route(before), Answer::Route(after)) => {
            if before.decision != after.decision {
                let words = (Some(sentence(before)), Some(sentence(after)));
                found.push(Difference { at: String::new(), before: words.0, after: words.1 });
            }
            walk(&mut found, "/tags", &json(&before.tags), &json(&after.tags));
        }
        _ => walk(&mut found, "", &json(before), &json(after)),
    }
    found
}

/// A decision in words: `offers anna, ben (all at once, 20 s), then olga (one by one, 30 s)`.
pub fn sentence(outcome: &Outcome) -> String {
    match &outcome.decision {
        Decision::Inherit => "leaves it to the next rule".to_owned(),
        Decision::Bot => "lets the bot talk first".to_owned(),
        Decision::Offer(tiers) => {
            format!("offers {}", tiers.iter().map(tier).collect::<Vec<_>>().join(", then "))
        }
        Decision::Enqueue(ticket) => {
            let again = ticket.reconsider_after.map(|seconds| format!(", asks again after {seconds} s"));
            format!("queue {}, priority {}{}", ticket.queue, ticket.priority, again.unwrap_or_default())
        }
        Decision::Callback(text) => format!("offers a callback: {}", cut(text)),
        Decision::Refuse(refusal) => {
            let callback = if refusal.offer_callback { " and offers a callback" } else { "" };
            format!("refuses{callback}: {}", cut(&refusal.message))
        }
    }
}

fn tier(tier: &Tier) -> String {
    let ring = match tier.ring {
        Ring::AllAtOnce => "all at once",
        Ring::OneByOne => "one by one",
        Ring::LeastBusy => "least busy first",
        Ring::LongestIdle => "longest idle first",
    };
    format!("{} ({ring}, {} s)", tier.consultants.join(", "), tier.patience)
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

fn walk(found: &mut Vec<Difference>, at: &str, before: &Value, after: &Value) {
    if before == after || found.len() == MOST_DIFFERENCES {
        return;
    }
    match (before, after) {
        (Value::Object(one), Value::Object(other)) => {
            let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for key in keys {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                step(found, &at, one.get(key), other.get(key));
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            for index in 0..one.len().max(other.len()) {
                step(found, &format!("{at}/{index}"), one.get(index), other.get(index));
            }
        }
        _ => {
            found.push(Difference { at: at.to_owned(), before: Some(words(before)), after: Some(words(after)) });
        }
    }
}

fn step(found: &mut Vec<Difference>, at: &str, before: Option<&Value>, after: Option<&Value>) {
    match (before, after) {
        (Some(before), Some(after)) => walk(found, at, before, after),
        (None, None) => {}
        _ if found.len() == MOST_DIFFERENCES => {}
        _ => found.push(Difference { at: at.to_owned(), before: before.map(words), after: after.map(words) }),
    }
}

fn words(value: &Value) -> String {
    value.as_str().map_or_else(|| cut(&value.to_string()), cut)
}

fn cut(text: &str) -> String {
    let mut start: String = text.chars().take(VALUE_CHARS).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

//! Routing: a plugin's choice, held to the consultants and queues of the question.
//!
//! Promises: everybody who is offered the visitor was in the question and is
//! free; queues too; no tier is empty, none rings shorter or longer than allowed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Checked, Notes, Why, line, lines, tags};
use crate::wit::click2callme::plugin::types::{Consultant, Medium, Presence};
use crate::wit::exports::click2callme::plugin::routing::{Decision, Outcome, Refusal, Request, Stage, Ticket, Tier};

/// Most tiers of an offer: ten of the shortest still end within a minute.
pub const MOST_TIERS: usize = 10;
/// Most consultants in a tier; a larger business uses a queue.
pub const MOST_IN_A_TIER: usize = 256;
/// Shortest time that a tier rings, in seconds: nobody answers faster.
pub const LEAST_PATIENCE: u32 = 5;
/// The patience that gives a chat to the first of a tier without asking; a call always rings.
pub const AT_ONCE: u32 = 0;
/// Longest time that a tier rings, in seconds.
pub const MOST_PATIENCE: u32 = 300;
/// Bounds of a ticket's priority.
pub const PRIORITIES: (i32, i32) = (-1_000, 1_000);
/// Bounds of the time until a plugin is asked again about a waiting visitor, in seconds.
pub const RECONSIDER: (u32, u32) = (5, 3_600);
/// Longest text to the visitor, in characters.
pub const MESSAGE_CHARS: usize = 500;
/// Longest reason, in characters.
pub const REASON_CHARS: usize = 300;

/// What else this package can do with a visitor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Means {
    /// The plugin that answered has the bot hook.
    pub has_bot: bool,
    /// The package takes callback orders.
    pub takes_orders: bool,
}

/// Can this consultant take one more visitor now?
pub fn is_free(consultant: &Consultant, medium: Medium) -> bool {
    let has_room = medium == Medium::Call || consultant.active_chats < consultant.max_chats;
    consultant.presence == Presence::Available && !consultant.in_call && has_room
}

/// Checks an outcome; what cannot be carried out becomes `inherit`.
pub fn check(request: &Request, means: Means, outcome: Outcome) -> Checked<Outcome> {
    let mut notes = Notes::default();
    let decision = match outcome.decision {
        Decision::Inherit => Decision::Inherit,
        Decision::Offer(tiers) => offer(&mut notes, request, tiers),
        Decision::Enqueue(ticket) => enqueue(&mut notes, request, ticket),
        Decision::Bot => bot(&mut notes, request, means),
        Decision::Callback(text) if means.takes_orders => {
            Decision::Callback(lines(&mut notes, "/decision/Callback", &text, MESSAGE_CHARS))
        }
        Decision::Callback(_) => {
            notes.add("/decision/Callback", Why::refused("this package takes no callback orders"));
            Decision::Inherit
        }
        Decision::Refuse(refusal) => Decision::Refuse(refuse(&mut notes, means, refusal)),
    };
    let reason = line(&mut notes, "/reason", &outcome.reason, REASON_CHARS);
    let tags = tags(&mut notes, "/tags", &outcome.tags);
    notes.with(Outcome { decision, reason, tags })
}

fn offer(notes: &mut Notes, request: &Request, tiers: Vec<Tier>) -> Decision {
    const AT: &str = "/decision/Offer";
    let mut kept = Vec::new();
    for (index, tier) in notes.first(AT, tiers, MOST_TIERS).into_iter().enumerate() {
        let at = format!("{AT}/{index}");
        let patience = match (tier.patience, request.medium) {
            (AT_ONCE, Medium::Chat) => AT_ONCE,
            (patience, _) => notes.clamp(&format!("{at}/patience"), patience, LEAST_PATIENCE, MOST_PATIENCE),
        };
        let consultants = free(notes, &format!("{at}/consultants"), request, tier.consultants);
        if consultants.is_empty() {
            notes.add(at, Why::Empty);
        } else {
            kept.push(Tier { consultants, ring: tier.ring, patience });
        }
    }
    if kept.is_empty() {
        notes.add(AT, Why::refused("nobody is left who could be offered this visitor"));
        return Decision::Inherit;
    }
    Decision::Offer(kept)
}

/// Keeps those who were in the question and are free, each once.
fn free(notes: &mut Notes, at: &str, request: &Request, ids: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for (index, id) in notes.first(at, ids, MOST_IN_A_TIER).into_iter().enumerate() {
        let at = format!("{at}/{index}");
        match request.consultants.iter().find(|consultant| consultant.id == id) {
            None => notes.add(at, Why::unknown(&id)),
            Some(consultant) if !is_free(consultant, request.medium) => notes.add(at, Why::not_free(&id)),
            Some(_) if !seen.insert(id.clone()) => notes.add(at, Why::Twice),
            Some(_) => kept.push(id),
        }
    }
    kept
}

fn enqueue(notes: &mut Notes, request: &Request, ticket: Ticket) -> Decision {
    const AT: &str = "/decision/Enqueue";
    if !request.queues.iter().any(|queue| queue.id == ticket.queue) {
        notes.add(format!("{AT}/queue"), Why::unknown(&ticket.queue));
        return Decision::Inherit;
    }
    let (least, most) = PRIORITIES;
    let priority = notes.clamp(&format!("{AT}/priority"), ticket.priority, least, most);
    let message = ticket.message.map(|text| lines(notes, &format!("{AT}/message"), &text, MESSAGE_CHARS));
    let (least, most) = RECONSIDER;
    let again = ticket.reconsider_after;
    let reconsider_after = again.map(|wait| notes.clamp(&format!("{AT}/reconsider_after"), wait, least, most));
    let message = message.filter(|text| !text.is_empty());
    Decision::Enqueue(Ticket { queue: ticket.queue, priority, message, reconsider_after })
}

/// A bot talks first or not at all: otherwise a visitor could be sent back to it for ever.
fn bot(notes: &mut Notes, request: &Request, means: Means) -> Decision {
    let is_first = matches!(request.stage, Stage::Arrived) && request.attempts == 0;
    let rule = match request.medium {
        Medium::Call => "a bot cannot take a call",
        Medium::Chat if !means.has_bot => "this plugin has no bot",
        Medium::Chat if !is_first => "a bot talks first or not at all",
        Medium::Chat => return Decision::Bot,
    };
    notes.add("/decision", Why::refused(rule));
    Decision::Inherit
}

fn refuse(notes: &mut Notes, means: Means, refusal: Refusal) -> Refusal {
    const AT: &str = "/decision/Refuse";
    if refusal.offer_callback && !means.takes_orders {
        notes.add(format!("{AT}/offer_callback"), Why::refused("this package takes no callback orders"));
    }
    let message = lines(notes, &format!("{AT}/message"), &refusal.message, MESSAGE_CHARS);
    Refusal { message, offer_callback: refusal.offer_callback && means.takes_orders }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

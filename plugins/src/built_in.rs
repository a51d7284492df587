//! The rules of a business that has none of its own, as answers to the questions plugins are asked.
//!
//! They are the last of every chain, so every question has an answer. With no
//! plugin the hub does what it does here.

use crate::ask::{Answer, Question};
use crate::hooks::route::{MOST_TIERS, is_free};
use crate::hooks::slots::has_room;
use crate::wit::click2callme::plugin::types::Medium;
use crate::wit::exports::click2callme::plugin::bot::{self, Act};
use crate::wit::exports::click2callme::plugin::enrichment::Profile;
use crate::wit::exports::click2callme::plugin::manifest::{About, Localised};
use crate::wit::exports::click2callme::plugin::messages::{self, Finding};
use crate::wit::exports::click2callme::plugin::routing::{Decision, Outcome, Request, Ring, Ticket, Tier};
use crate::wit::exports::click2callme::plugin::working_hours::{SlotQuery, Verdict};

mod notify;
#[cfg(test)]
mod tests;

pub use notify::notify;

/// How long each consultant is rung for a call, in seconds.
pub const RING_SECONDS: u32 = 20;

/// Answers any question as a business without plugins would.
pub fn answer(question: &Question) -> Answer {
    match question {
        Question::Describe => Answer::Describe(Box::new(about())),
        Question::Check { settings: _ } => Answer::Check(Vec::new()),
        Question::Route { ctx: _, request } => Answer::Route(route(request)),
        Question::PlanDays { ctx: _, days } => Answer::PlanDays(vec![Verdict::Inherit; days.len()]),
        Question::OfferSlots { ctx: _, query } => Answer::OfferSlots(offer_slots(query)),
        Question::Notify { ctx: _, event } => Answer::Notify(notify(event)),
        Question::Review { .. } => Answer::Review(Finding { verdict: messages::Verdict::Pass, tags: Vec::new() }),
        Question::Form { .. } => Answer::Form(Vec::new()),
        Question::Submit { ctx: _, visitor: _, answers } => Answer::Submit(Ok(answers.clone())),
        Question::Requests { .. } => Answer::Requests(Vec::new()),
        Question::Enrich { .. } => Answer::Enrich(Profile { name: None, attributes: Vec::new(), tags: Vec::new() }),
        // Nobody has a bot unless a plugin brings one: a person takes over.
        Question::Reply { ctx: _, visitor: _, turn } => {
            Answer::Reply(bot::Answer { act: Act::HandOver(String::new()), memory: turn.memory.clone() })
        }
    }
}

/// A chat waits where everybody sees it; a call rings one consultant after another, the chosen one first.
///
/// `inherit` as the last word means: the visitor waits in the waiting room.
pub fn route(request: &Request) -> Outcome {
    let (decision, reason) = match request.medium {
        Medium::Chat => waiting(request),
        Medium::Call => ringing(request),
    };
    Outcome { decision, reason: reason.to_owned(), tags: Vec::new() }
}

/// Every slot that has room, in the order of time.
pub fn offer_slots(query: &SlotQuery) -> Vec<u32> {
    let mut free: Vec<(u32, u32)> = (0_u32..)
        .zip(&query.slots)
        .filter(|(_, slot)| has_room(slot))
        .map(|(index, slot)| (slot.start, index))
        .collect();
    free.sort_unstable();
    free.into_iter().map(|(_, index)| index).collect()
}

fn waiting(request: &Request) -> (Decision, &'static str) {
    let reason = "Everybody sees the visitor, and the first to claim answers";
    let ticket = |queue: String| Ticket { queue, priority: 0, message: None, reconsider_after: None };
    let queue = request.queues.first().map(|queue| queue.id.clone());
    (queue.map_or(Decision::Inherit, |queue| Decision::Enqueue(ticket(queue))), reason)
}

fn ringing(request: &Request) -> (Decision, &'static str) {
    let free = request.consultants.iter().filter(|consultant| is_free(consultant, Medium::Call));
    let ids = free.map(|consultant| consultant.id.clone()).collect();
    let order = chosen_first(request.wished.as_ref(), ids);
    let alone = order.len().min(MOST_TIERS - 1);
    let tier = |consultants: &[String]| Tier {
        consultants: consultants.to_vec(),
        ring: Ring::OneByOne,
        patience: RING_SECONDS,
    };
    let (first, rest) = order.split_at(alone);
    let mut tiers: Vec<Tier> = first.chunks(1).map(tier).collect();
    if !rest.is_empty() {
        tiers.push(tier(rest));
    }
    if tiers.is_empty() {
        return (Decision::Inherit, "Nobody is free");
    }
    (Decision::Offer(tiers), "The chosen consultant first, then the others from the top")
}

/// Puts the chosen one in front, when it is there, and keeps the order of the others.
fn chosen_first<T: PartialEq>(chosen: Option<&T>, all: Vec<T>) -> Vec<T> {
    let (first, then): (Vec<T>, Vec<T>) = all.into_iter().partition(|one| chosen == Some(one));
    first.into_iter().chain(then).collect()
}

fn about() -> About {
    let english = |text: &str| vec![Localised { language: "en".to_owned(), text: text.to_owned() }];
    About {
        id: "built-in".to_owned(),
        name: english("Built-in rules"),
        summary: english("What the hub does when no plugin decides"),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        author: "Click2CallMe".to_owned(),
        homepage: None,
        license: None,
        capabilities: Vec::new(),
        hosts: Vec::new(),
        fields: Vec::new(),
    }
}

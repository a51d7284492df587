//! From a checked outcome to a plan that the hub carries out.

use std::time::Duration;

use actors::ids::AccountId;
use actors::ports::{Candidate, Plan, Room, RouteQuestion, Step, without_rules};
use actors::text::PlainText;

use crate::hooks::route::MESSAGE_CHARS;
use crate::wit::exports::click2callme::plugin::routing::{Decision, Outcome, Ring, Ticket, Tier};

/// The plan of an outcome; one that inherits is the hub's own.
pub fn plan(question: &RouteQuestion, outcome: &Outcome) -> Plan {
    match &outcome.decision {
        // The bot has no turn yet when nobody brought one: the hub's own plan.
        Decision::Inherit | Decision::Bot => without_rules(question),
        Decision::Offer(tiers) => Plan::Steps(tiers.iter().flat_map(|tier| steps(question, tier)).collect()),
        Decision::Enqueue(Ticket { message, reconsider_after, .. }) => Plan::Room(Room {
            message: message.as_deref().and_then(said),
            is_asked_again: true,
            asked_again_after: reconsider_after.map(|seconds| Duration::from_secs(seconds.into())),
        }),
        Decision::Callback(message) => told(message),
        Decision::Refuse(refusal) => told(&refusal.message),
    }
}

/// The visitor is told and goes on waiting where everybody sees it: nobody is sent away unheard.
fn told(message: &str) -> Plan {
    Plan::Room(Room { message: said(message), is_asked_again: false, asked_again_after: None })
}

fn said(message: &str) -> Option<PlainText> {
    PlainText::lines(message, MESSAGE_CHARS).ok()
}

/// All at once is one step; the others ask one after another, in the order of their way of ringing.
fn steps(question: &RouteQuestion, tier: &Tier) -> Vec<Step> {
    let patience = Some(Duration::from_secs(tier.patience.into()));
    let named = |id: &String| question.candidates.iter().find(|one| one.account.to_string() == *id);
    let mut members: Vec<&Candidate> = tier.consultants.iter().filter_map(named).collect();
    match tier.ring {
        Ring::AllAtOnce | Ring::OneByOne => {}
        Ring::LeastBusy => members.sort_by_key(|one| one.chats),
        Ring::LongestIdle => members.sort_by_key(|one| one.last_given),
    }
    let accounts: Vec<AccountId> = members.iter().map(|one| one.account).collect();
    if tier.ring == Ring::AllAtOnce {
        return vec![Step { consultants: accounts, patience }];
    }
    let alone = |account: AccountId| Step { consultants: vec![account], patience };
    accounts.into_iter().map(alone).collect()
}

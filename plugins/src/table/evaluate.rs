//! Evaluation: which row decides, and what is to be said of every other.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::facts::{Miss, holds, speaks, waiting_seconds};
use super::{Action, Condition, Row, Step, Table, Who};
use crate::hooks::route::{
    AT_ONCE, LEAST_PATIENCE, MOST_IN_A_TIER, MOST_PATIENCE, MOST_TIERS, Means, RECONSIDER, is_free,
};
use crate::wit::click2callme::plugin::types::{Context, Medium};
use crate::wit::exports::click2callme::plugin::routing::{Decision, Outcome, Refusal, Request, Ticket, Tier};

/// What the table decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluated {
    pub outcome: Outcome,
    /// One for each row, in order.
    pub rows: Vec<RowTrace>,
    /// A row waits for the visitor to wait longer: ask again after so many seconds.
    pub ask_again: Option<u32>,
}

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowTrace {
    pub row: usize,
    pub name: String,
    pub verdict: Verdict,
}

/// Why a row did or did not decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    Decided,
    Off,
    /// This condition of the row does not hold.
    Missed {
        condition: usize,
        fact: String,
        found: String,
    },
    /// Its conditions hold, but nobody it names is free.
    NobodyFree,
    /// Its conditions hold, but the package has no such queue or takes no orders.
    Impossible {
        rule: String,
    },
    /// A row above decided.
    NotReached,
}

impl fmt::Display for RowTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row {}, {}: ", self.row.saturating_add(1), self.name)?;
        match &self.verdict {
            Verdict::Decided => f.write_str("decided"),
            Verdict::Off => f.write_str("is switched off"),
            Verdict::Missed { condition: _, fact, found } if found.is_empty() => write!(f, "{fact} is not known"),
            Verdict::Missed { condition: _, fact, found } => write!(f, "{fact} is {found}"),
            Verdict::NobodyFree => f.write_str("nobody it names is free"),
            Verdict::Impossible { rule } => f.write_str(rule),
            Verdict::NotReached => f.write_str("not reached"),
        }
    }
}

/// Lets a table answer; `inherit` when no row decides.
pub fn evaluate(table: &Table, ctx: &Context, request: &Request, means: Means) -> Evaluated {
    let mut decided: Option<Outcome> = None;
    let mut rows = Vec::new();
    let mut ask_again: Option<u32> = None;
    for (index, row) in table.rows.iter().enumerate() {
        let verdict = if decided.is_some() {
            Verdict::NotReached
        } else {
            ask_again = ask_again.into_iter().chain(waits_for(row, ctx, request)).min();
            match decide(row, ctx, request, means) {
                Ok(decision) => {
                    let reason = format!("Row {}, {}", index.saturating_add(1), row.name);
                    decided = Some(Outcome { decision, reason, tags: row.tags.clone() });
                    Verdict::Decided
                }
                Err(verdict) => verdict,
            }
        };
        rows.push(RowTrace { row: index, name: row.name.clone(), verdict });
    }
    let nothing = || Outcome { decision: Decision::Inherit, reason: "No row holds".to_owned(), tags: Vec::new() };
    Evaluated { outcome: decided.unwrap_or_else(nothing), rows, ask_again }
}

fn decide(row: &Row, ctx: &Context, request: &Request, means: Means) -> Result<Decision, Verdict> {
    if !row.is_on {
        return Err(Verdict::Off);
    }
    for (condition, tested) in row.when.iter().enumerate() {
        holds(tested, ctx, request).map_err(|Miss { fact, found }| {
            let fact = fact.to_owned();
            Verdict::Missed { condition, fact, found }
        })?;
    }
    let impossible = |rule: &str| Verdict::Impossible { rule: rule.to_owned() };
    match &row.then {
        Action::BuiltIn => Ok(Decision::Inherit),
        Action::Offer { steps } => {
            let tiers: Vec<Tier> = steps.iter().filter_map(|step| tier(step, request)).take(MOST_TIERS).collect();
            if tiers.is_empty() { Err(Verdict::NobodyFree) } else { Ok(Decision::Offer(tiers)) }
        }
        Action::Queue { queue, priority, message, reconsider_seconds } => {
            if request.queues.iter().all(|known| known.id != *queue) {
                return Err(impossible("this package has no such queue"));
            }
            let (queue, message, reconsider_after) = (queue.clone(), message.clone(), *reconsider_seconds);
            Ok(Decision::Enqueue(Ticket { queue, priority: *priority, message, reconsider_after }))
        }
        Action::Callback { .. } if !means.takes_orders => Err(impossible("this package takes no callback orders")),
        Action::Callback { message } => Ok(Decision::Callback(message.clone())),
        Action::Refuse { message, offer_callback } => {
            let offer_callback = *offer_callback && means.takes_orders;
            Ok(Decision::Refuse(Refusal { message: message.clone(), offer_callback }))
        }
    }
}

/// The free consultants of a step, in its order or the admin's.
fn tier(step: &Step, request: &Request) -> Option<Tier> {
    let free = || request.consultants.iter().filter(|one| is_free(one, request.medium));
    let language = &request.visitor.language;
    let one = |id: &Option<String>| free().filter(|one| Some(&one.id) == id.as_ref()).collect::<Vec<_>>();
    let chosen: Vec<_> = match &step.to {
        Who::Everybody => free().collect(),
        Who::Skill(skill) => free().filter(|one| one.skills.contains(skill)).collect(),
        Who::Speakers => free().filter(|one| one.languages.iter().any(|known| shares(known, language))).collect(),
        Who::LastConsultant => one(&request.visitor.last_consultant),
        Who::Wished => one(&request.wished),
        Who::Consultants(ids) => ids.iter().filter_map(|id| free().find(|one| one.id == *id)).collect(),
    };
    let consultants: Vec<String> = chosen.into_iter().take(MOST_IN_A_TIER).map(|one| one.id.clone()).collect();
    let patience = match (step.patience_seconds, request.medium) {
        (AT_ONCE, Medium::Chat) => AT_ONCE,
        (seconds, _) => seconds.clamp(LEAST_PATIENCE, MOST_PATIENCE),
    };
    (!consultants.is_empty()).then(|| Tier { consultants, ring: step.ring.into(), patience })
}

/// Are two language tags of the same language, however exact each is?
fn shares(one: &str, other: &str) -> bool {
    speaks(one, other) || speaks(other, one)
}

/// In how many seconds a row could hold that only waits for the visitor to wait longer.
fn waits_for(row: &Row, ctx: &Context, request: &Request) -> Option<u32> {
    let waited = waiting_seconds(request);
    let mut wanted = 0;
    for condition in row.when.iter().filter(|_| row.is_on) {
        match condition {
            Condition::WaitingSeconds { at_least: Some(least), at_most } if *least > waited => {
                at_most.is_none_or(|most| most >= *least).then_some(())?;
                wanted = wanted.max(*least);
            }
            other => holds(other, ctx, request).ok()?,
        }
    }
    let (least, most) = RECONSIDER;
    (wanted > waited).then(|| (wanted - waited).clamp(least, most))
}

//! What businesses decide for themselves: who is offered a visitor, in which plan.

use std::time::Duration;

use super::{Later, Visit};
use crate::hours::LocalTime;
use crate::ids::{AccountId, BusinessId, CallId, ChatId, PackageId, VisitorId};
use crate::moment::Moment;
use crate::status::Status;
use crate::text::PlainText;

/// Decides what businesses may decide for themselves; plugins implement it.
///
/// Whoever asks waits no longer than [`PATIENCE`] and goes on [`without_rules`] then.
pub trait Rules: Send + Sync {
    /// Who is offered a visitor, in which plan.
    fn route(&self, question: RouteQuestion) -> Later<Plan>;
}

/// How long the rules may think. They answer within 100 ms by themselves; this also bounds a hub out of breath.
pub const PATIENCE: Duration = Duration::from_millis(250);

/// Steps of one plan that are carried out; further ones are dropped.
pub const STEPS: usize = 100;

/// The longest a step waits for an answer.
pub const LONGEST_PATIENCE: Duration = Duration::from_mins(5);

/// What the visitor wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Chat(ChatId),
    Call(CallId),
}

/// Why the rules are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The visitor just came.
    Arrived,
    /// The plan before ended without an answer after so many steps.
    Unanswered { steps: u32 },
    /// The visitor still waits, and something changed or the plan asked for it.
    Waiting,
    /// This consultant answered before and is gone.
    Returned,
}

/// A visitor who waits, and who could answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteQuestion {
    pub business: BusinessId,
    pub package: PackageId,
    pub package_name: String,
    /// Is the package inside its working hours?
    pub is_open: bool,
    pub wish: Wish,
    pub stage: Stage,
    /// How often the rules were asked about this visitor before.
    pub attempt: u32,
    pub visitor: VisitorId,
    pub visit: Visit,
    /// The newest message of the visitor.
    pub preview: Option<PlainText>,
    /// Whom the visitor chose.
    pub chosen: Option<AccountId>,
    pub now: Moment,
    /// The same on the clock of the package.
    pub local: LocalTime,
    pub waits_since: Moment,
    /// Who serves the package, in the order of its list; also those who cannot answer now.
    pub candidates: Vec<Candidate>,
    /// How many wait at the package, this visitor too.
    pub waiting: u32,
}

/// Somebody who serves the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub account: AccountId,
    pub name: String,
    /// As others see it.
    pub status: Status,
    /// Since when.
    pub status_since: Moment,
    /// Chats this consultant answers.
    pub chats: u32,
    /// Chats this consultant answers at most before the rules pass by.
    pub most_chats: Option<u32>,
    pub is_in_call: bool,
    /// When the last visitor was given.
    pub last_given: Option<Moment>,
    pub languages: Vec<String>,
    pub skills: Vec<String>,
}

impl Candidate {
    /// May the rules give this consultant somebody now?
    pub fn is_free(&self) -> bool {
        self.status == Status::Available && self.most_chats.is_none_or(|most| self.chats < most)
    }
}

/// How a visitor is offered to consultants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Everybody sees the visitor in the waiting room; the first to claim answers.
    Room(Room),
    /// One step after another; meanwhile nobody else may claim.
    Steps(Vec<Step>),
}

impl Plan {
    /// What happens without any rules.
    pub const ROOM: Self = Self::Room(Room { message: None, is_asked_again: false, asked_again_after: None });
}

/// How somebody waits in the room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// Said to the visitor by the hub.
    pub message: Option<PlainText>,
    /// Are the rules asked again when somebody becomes free?
    pub is_asked_again: bool,
    /// And after this time?
    pub asked_again_after: Option<Duration>,
}

/// One step of a plan: everybody in it is asked at once, the first to accept answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub consultants: Vec<AccountId>,
    /// How long they are asked, at most five minutes; nothing means as long as the hub rings.
    ///
    /// Zero gives a chat to the first of them without asking; a call always rings.
    pub patience: Option<Duration>,
}

/// The plan of somebody who has no rules: for a chat the room, for a call the chosen one, then the rest from the top.
pub fn without_rules(question: &RouteQuestion) -> Plan {
    match question.wish {
        Wish::Chat(_) => Plan::ROOM,
        Wish::Call(_) => {
            let is_chosen = |one: &&Candidate| question.chosen == Some(one.account);
            let free = question.candidates.iter().filter(|one| one.status == Status::Available);
            let (first, then): (Vec<_>, Vec<_>) = free.partition(is_chosen);
            let step = |one: &Candidate| Step { consultants: vec![one.account], patience: None };
            Plan::Steps(first.into_iter().chain(then).map(step).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::Zone;

    fn order(chosen: Option<i64>, free: &[i64]) -> Vec<i64> {
        let candidate = |id: i64| Candidate {
            account: AccountId::from(id),
            name: String::new(),
            status: if free.contains(&id) { Status::Available } else { Status::Busy },
            status_since: Moment::default(),
            chats: 0,
            most_chats: None,
            is_in_call: false,
            last_given: None,
            languages: Vec::new(),
            skills: Vec::new(),
        };
        let question = RouteQuestion {
            business: BusinessId::from(1),
            package: PackageId::from(1),
            package_name: "Shop".to_owned(),
            is_open: true,
            wish: Wish::Call(CallId::from(1)),
            stage: Stage::Arrived,
            attempt: 0,
            visitor: VisitorId::from(1),
            visit: Visit::default(),
            preview: None,
            chosen: chosen.map(AccountId::from),
            now: Moment::default(),
            local: Zone::named("UTC").unwrap().local(Moment::default()),
            waits_since: Moment::default(),
            candidates: [1, 2, 3].map(candidate).into(),
            waiting: 0,
        };
        let Plan::Steps(steps) = without_rules(&question) else { panic!("a call should ring somebody") };
        steps.into_iter().flat_map(|step| step.consultants).map(i64::from).collect()
    }

    #[test]
    fn the_chosen_one_is_rung_first_then_the_rest_from_the_top() {
        assert_eq!(order(Some(2), &[1, 2, 3]), [2, 1, 3]);
        assert_eq!(order(None, &[1, 2, 3]), [1, 2, 3]);
    }

    #[test]
    fn who_is_not_free_is_not_rung() {
        assert_eq!(order(Some(2), &[1, 3]), [1, 3]);
        assert_eq!(order(Some(1), &[]), [] as [i64; 0]);
    }
}

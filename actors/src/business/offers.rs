//! The rules of offers: whom a waiting visitor is offered to, step after step.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use crate::ids::{AccountId, ChatId};
use crate::moment::Moment;
use crate::ports::{LONGEST_PATIENCE, Plan, Room, STEPS, Stage, Step};
use crate::protocol::Offered;

/// How often the rules are asked in a row about a visitor nobody answers; then everybody sees the visitor.
const ATTEMPTS: u32 = 5;

/// How long a visitor whose plans all ended stays in the room before the rules are asked again.
const ASK_AGAIN: Duration = Duration::from_secs(30);

/// A plan that is being carried out.
#[derive(Clone, Debug, Default)]
struct Offer {
    steps: VecDeque<Step>,
    /// Who is asked now.
    asked: Vec<AccountId>,
    /// Who was asked before; they may still claim.
    before: Vec<AccountId>,
    until: Moment,
    done: u32,
}

/// What a waiting visitor's plan is at.
#[derive(Clone, Debug, Default)]
struct Route {
    /// Counts questions and steps: an answer or a timer with another number is late.
    number: u32,
    attempt: u32,
    offer: Option<Offer>,
    /// Who does not want this visitor: not offered again while the visitor waits, but may claim.
    declined: HashSet<AccountId>,
    is_asked_again: bool,
}

/// Asks the rules; the answer comes under this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) stage: Stage,
    /// How often they were asked before.
    pub(crate) attempt: u32,
    pub(crate) number: u32,
}

/// When something is decided, and who is free then.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfferMoment {
    pub(crate) now: Moment,
    pub(crate) free: Vec<AccountId>,
}

/// The visitor is not offered to this consultant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotOffered;

/// What the business does next for a waiting visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Ask(Ask),
    /// Shows the offer, and comes back under this number.
    Offer {
        number: u32,
        after: Duration,
    },
    /// Gives the visitor to this consultant.
    Give(AccountId),
    /// Everybody may claim; comes back under the number after this time.
    Room {
        number: u32,
        after: Option<Duration>,
    },
}

/// The plans of everybody who waits.
#[derive(Clone, Debug)]
pub(crate) struct Offers {
    routes: HashMap<ChatId, Route>,
    /// How long a step without a time of its own is.
    patience: Duration,
}

impl Offers {
    pub(crate) fn new(patience: Duration) -> Self {
        Self { routes: HashMap::new(), patience }
    }

    /// A visitor begins to wait, or waits again.
    pub(crate) fn begin(&mut self, chat: ChatId, stage: Stage) -> Next {
        let number = self.routes.get(&chat).map_or(0, |route| route.number);
        self.routes.insert(chat, Route { number, ..Route::default() });
        self.ask(chat, stage)
    }

    /// The visitor waits no more.
    pub(crate) fn end(&mut self, chat: ChatId) {
        self.routes.remove(&chat);
    }

    /// The rules answered. Nothing when the answer is late.
    pub(crate) fn plan(&mut self, chat: ChatId, number: u32, plan: Plan, moment: &OfferMoment) -> Option<Next> {
        let route = self.current(chat, number)?;
        match plan {
            Plan::Room(Room { is_asked_again, asked_again_after, .. }) => {
                route.is_asked_again = is_asked_again;
                route.attempt = 0;
                Some(Next::Room { number, after: asked_again_after })
            }
            Plan::Steps(steps) => {
                let steps = steps.into_iter().take(STEPS).collect();
                route.offer = Some(Offer { steps, ..Offer::default() });
                Some(self.next_step(chat, moment))
            }
        }
    }

    /// A timer rang. Nothing when it is late.
    pub(crate) fn time_is_up(&mut self, chat: ChatId, number: u32, moment: &OfferMoment) -> Option<Next> {
        let is_offered = self.current(chat, number)?.offer.is_some();
        Some(if is_offered { self.next_step(chat, moment) } else { self.ask(chat, Stage::Waiting) })
    }

    /// A consultant does not want this visitor; the next step unless others are still asked.
    pub(crate) fn decline(
        &mut self,
        chat: ChatId,
        account: AccountId,
        moment: &OfferMoment,
    ) -> Result<Option<Next>, NotOffered> {
        let Route { offer, declined, .. } = self.routes.get_mut(&chat).ok_or(NotOffered)?;
        let offer = offer.as_mut().filter(|offer| offer.asked.contains(&account)).ok_or(NotOffered)?;
        offer.asked.retain(|asked| *asked != account);
        declined.insert(account);
        let is_over = offer.asked.is_empty();
        Ok(is_over.then(|| self.next_step(chat, moment)))
    }

    /// The given one could not take the visitor: the next step.
    pub(crate) fn not_given(&mut self, chat: ChatId, moment: &OfferMoment) -> Next {
        self.next_step(chat, moment)
    }

    /// May this consultant take the visitor by hand?
    pub(crate) fn may_claim(&self, chat: ChatId, account: AccountId) -> bool {
        let offer = self.routes.get(&chat).and_then(|route| route.offer.as_ref());
        offer.is_none_or(|offer| offer.asked.contains(&account) || offer.before.contains(&account))
    }

    /// The offer as desks show it.
    pub(crate) fn shown(&self, chat: ChatId) -> Option<Offered> {
        let offer = self.routes.get(&chat)?.offer.as_ref()?;
        (!offer.asked.is_empty()).then(|| Offered { to: offer.asked.clone(), until: offer.until })
    }

    /// Offers to somebody who is not free any more: they end at once.
    pub(crate) fn without(&mut self, account: AccountId) -> Vec<(ChatId, u32)> {
        let mut over = Vec::new();
        for (chat, route) in &mut self.routes {
            let Some(offer) = route.offer.as_mut().filter(|offer| offer.asked.contains(&account)) else { continue };
            offer.asked.retain(|asked| *asked != account);
            if offer.asked.is_empty() {
                over.push((*chat, route.number));
            }
        }
        over
    }

    /// Does the plan of this visitor ask again when somebody becomes free?
    pub(crate) fn is_asked_again(&self, chat: ChatId) -> bool {
        self.routes.get(&chat).is_some_and(|route| route.is_asked_again && route.offer.is_none())
    }

    /// Somebody became free.
    pub(crate) fn ask_again(&mut self, chat: ChatId) -> Option<Next> {
        self.is_asked_again(chat).then(|| self.ask(chat, Stage::Waiting))
    }

    fn current(&mut self, chat: ChatId, number: u32) -> Option<&mut Route> {
        self.routes.get_mut(&chat).filter(|route| route.number == number)
    }

    fn ask(&mut self, chat: ChatId, stage: Stage) -> Next {
        let route = self.routes.entry(chat).or_default();
        route.number += 1;
        route.offer = None;
        route.is_asked_again = false;
        let attempt = route.attempt;
        route.attempt += 1;
        Next::Ask(Ask { stage, attempt, number: route.number })
    }

    fn next_step(&mut self, chat: ChatId, moment: &OfferMoment) -> Next {
        let patience = self.patience;
        let route = self.routes.entry(chat).or_default();
        route.number += 1;
        let declined = &route.declined;
        let offer = route.offer.get_or_insert_default();
        offer.before.append(&mut offer.asked);
        while let Some(step) = offer.steps.pop_front() {
            offer.done += 1;
            let may = |account: &AccountId| !declined.contains(account) && moment.free.contains(account);
            let free: Vec<AccountId> = step.consultants.into_iter().filter(may).collect();
            let Some(first) = free.first().copied() else { continue };
            let after = step.patience.unwrap_or(patience).min(LONGEST_PATIENCE);
            if after.is_zero() {
                return Next::Give(first);
            }
            offer.asked = free;
            offer.until = moment.now.after(after);
            return Next::Offer { number: route.number, after };
        }
        let steps = offer.done;
        route.offer = None;
        if route.attempt < ATTEMPTS {
            return self.ask(chat, Stage::Unanswered { steps });
        }
        route.attempt = 0;
        route.is_asked_again = true;
        Next::Room { number: route.number, after: Some(ASK_AGAIN) }
    }
}
